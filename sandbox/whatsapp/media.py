"""Media of the Cloud API: uploads, ids, and links that live five minutes."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.bubbles import File
from sandbox.whatsapp.errors import GraphError
from sandbox.whatsapp.limits import check_media_size, check_upload

LINK_LIFE = 300.0


@dataclass
class _Link:
    media_id: str
    until: float


class WhatsAppMedia:
    """Every file sent by either side, by its media id."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._files: dict[str, File] = {}
        self._links: dict[str, _Link] = {}

    def keep(self, file: File) -> str:
        """Store a file; its media id."""
        media_id = str(1_160_000_000_000_000 + len(self._files) + 1)
        self._files[media_id] = file
        return media_id

    def upload(self, file: File) -> str:
        """Store a file that the service uploaded, of a type that WhatsApp knows and within the size of its kind."""
        check_upload(file.mime)
        check_media_size(kind_of(file.mime), len(file.data))
        return self.keep(file)

    def get(self, media_id: str) -> File:
        """The file with that id; 131009 when there is none."""
        if media_id not in self._files:
            raise GraphError(131009, f"Media ID {media_id} does not exist")
        return self._files[media_id]

    def has(self, media_id: str) -> bool:
        """Whether that id is a media id."""
        return media_id in self._files

    def drop(self, media_id: str) -> None:
        """Delete a file."""
        self._files.pop(media_id, None)

    def describe(self, media_id: str, base: str) -> dict[str, Any]:
        """The answer of `GET /{media_id}`, with a new link."""
        file = self._files[media_id]
        key = f"{len(self._links) + 1}{media_id}"
        self._links[key] = _Link(media_id, self._clock() + LINK_LIFE)
        return {
            "messaging_product": "whatsapp",
            "url": f"{base}/whatsapp_business/attachments/?mid={key}",
            "mime_type": file.mime,
            "sha256": hashlib.sha256(file.data).hexdigest(),
            "file_size": len(file.data),
            "id": media_id,
        }

    def at(self, key: str) -> File | None:
        """The file behind a link, while the link lives."""
        link = self._links.get(key)
        if link is None or link.until < self._clock():
            return None
        return self._files.get(link.media_id)

    def expire_links(self) -> None:
        """End every link now."""
        self._links.clear()


def kind_of(mime: str) -> str:
    """The message type for a MIME type."""
    family = mime.partition("/")[0]
    return family if family in ("image", "audio", "video") else "document"


def webhook_object(media_id: str, file: File) -> dict[str, Any]:
    """What a webhook says of a file."""
    digest = base64.b64encode(hashlib.sha256(file.data).digest()).decode()
    return {"mime_type": file.mime, "sha256": digest, "id": media_id}
