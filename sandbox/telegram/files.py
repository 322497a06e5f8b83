"""Files that the Bot API keeps, and the commands it shows in menus."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from sandbox.bubbles import File
from sandbox.telegram.limits import DOWNLOAD, bad, check_commands

FOLDERS = {"document": "documents", "photo": "photos", "video": "videos", "audio": "music", "sticker": "stickers"}


@dataclass(frozen=True)
class _Stored:
    """A file as the server knows it; it can be sent again only as the kind it is."""

    file: File
    kind: str
    unique: str
    path: str


class TelegramFiles:
    """Every file sent by either side, by its opaque id."""

    def __init__(self) -> None:
        self._files: dict[str, _Stored] = {}

    def keep(self, file: File, kind: str = "document") -> dict[str, Any]:
        """Store a file; the id, unique id and size that a message carries."""
        number = len(self._files) + 1
        unique = base64.urlsafe_b64encode(f"u{number:08d}".encode()).decode().rstrip("=")
        file_id = f"BQACAgEAAxkBAAI{unique}AAHmY2uQ5r1bXJt0nB0h8wABHgQ"
        ending = PurePosixPath(file.name).suffix
        self._files[file_id] = _Stored(file, kind, unique, f"{FOLDERS.get(kind, kind)}/file_{number}{ending}")
        return self.again(file_id, kind)

    def again(self, file_id: str, kind: str) -> dict[str, Any]:
        """What a message carries of a file that is already known; refused as another kind than its own."""
        stored = self._find(file_id)
        if stored.kind != kind:
            raise bad(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
        return {"file_id": file_id, "file_unique_id": stored.unique, "file_size": len(stored.file.data)}

    def get(self, file_id: str) -> File:
        """The file with that id; 400 when there is none."""
        return self._find(file_id).file

    def describe(self, file_id: str) -> dict[str, Any]:
        """The answer of `getFile`: at most 20 MB can be fetched."""
        if file_id not in self._files:
            raise bad("invalid file_id")
        stored = self._files[file_id]
        if len(stored.file.data) > DOWNLOAD:
            raise bad("file is too big")
        return self.again(file_id, stored.kind) | {"file_path": stored.path}

    def at(self, path: str) -> File | None:
        """The file behind a `file_path`."""
        return next((stored.file for stored in self._files.values() if stored.path == path), None)

    def _find(self, file_id: str) -> _Stored:
        if file_id not in self._files:
            raise bad("wrong file identifier/HTTP URL specified")
        return self._files[file_id]


@dataclass
class TelegramCommands:
    """Command lists by scope and language, as `setMyCommands` leaves them."""

    lists: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)

    def put(self, scope: Any, language: str, commands: Any) -> None:
        """Replace one list."""
        self.lists[_key(scope), language] = check_commands(commands)

    def get(self, scope: Any, language: str) -> list[dict[str, str]]:
        """One list exactly, empty when never set."""
        return self.lists.get((_key(scope), language), [])

    def drop(self, scope: Any, language: str) -> None:
        """Forget one list."""
        self.lists.pop((_key(scope), language), None)

    def menu(self, user_id: int, language: str) -> list[tuple[str, str]]:
        """What a private chat shows: the narrowest scope that has a list, their language first."""
        scopes = [{"type": "chat", "chat_id": user_id}, {"type": "all_private_chats"}, {"type": "default"}]
        for scope in scopes:
            for code in (language.partition("-")[0], ""):
                if found := self.get(scope, code):
                    return [(command["command"], command["description"]) for command in found]
        return []


def _key(scope: Any) -> str:
    scope = dict(scope or {"type": "default"})
    if "chat_id" in scope:
        scope["chat_id"] = int(scope["chat_id"])
    return json.dumps(scope, sort_keys=True)
