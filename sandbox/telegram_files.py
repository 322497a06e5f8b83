"""Files that the Bot API keeps, and the commands it shows in menus."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.bubbles import File
from sandbox.telegram_limits import DOWNLOAD, bad, check_commands


class TelegramFiles:
    """Every file sent by either side, by its opaque id."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def keep(self, data: bytes, name: str, mime: str) -> dict[str, Any]:
        """Store a file; the id, unique id and size that a message carries."""
        number = len(self._files) + 1
        unique = base64.urlsafe_b64encode(f"u{number:08d}".encode()).decode().rstrip("=")
        file_id = f"BQACAgEAAxkBAAI{unique}AAHmY2uQ5r1bXJt0nB0h8wABHgQ"
        self._files[file_id] = File(name, mime, data)
        return {"file_id": file_id, "file_unique_id": unique, "file_size": len(data)}

    def get(self, file_id: str) -> File:
        """The file with that id; 400 when there is none."""
        if file_id not in self._files:
            raise bad("wrong file identifier/HTTP URL specified")
        return self._files[file_id]

    def describe(self, file_id: str) -> dict[str, Any]:
        """The answer of `getFile`: at most 20 MB can be fetched."""
        if file_id not in self._files:
            raise bad("invalid file_id")
        size = len(self._files[file_id].data)
        if size > DOWNLOAD:
            raise bad("file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": file_id[15:28],
            "file_size": size,
            "file_path": f"documents/{file_id}",
        }

    def at(self, path: str) -> File | None:
        """The file behind a `file_path`."""
        return self._files.get(path.rpartition("/")[2])


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
