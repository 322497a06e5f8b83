"""Files on WhatsApp: which message shows a file, and as what it is uploaded.

Types and sizes: developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types.
"""

from dataclasses import dataclass
from typing import Any

_MB = 1_000_000
_AUDIO = ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")
# What may be sent as this kind, and how large; a document may be anything.
_TYPES: dict[str, tuple[tuple[str, ...], int]] = {
    "image": (("image/jpeg", "image/png"), 5 * _MB),
    "audio": (_AUDIO, 16 * _MB),
    "video": (("video/mp4", "video/3gpp"), 16 * _MB),
    "sticker": (("image/webp",), _MB // 2),
}
LARGEST = 100 * _MB
# Types that have another name, by which alone WhatsApp knows them: phones and recorders call them so.
_CALLED = {
    "audio/x-m4a": "audio/mp4", "audio/m4a": "audio/mp4", "audio/mp3": "audio/mpeg", "audio/x-mp3": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg", "audio/x-aac": "audio/aac", "audio/aacp": "audio/aac", "audio/opus": "audio/ogg",
    "audio/x-opus+ogg": "audio/ogg", "application/ogg": "audio/ogg", "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg", "video/x-m4v": "video/mp4", "application/x-pdf": "application/pdf",
}  # fmt: skip

# Kind of message and field of the call, by method.
FILES = {
    "sendPhoto": ("image", "photo"),
    "sendDocument": ("document", "document"),
    "sendVoice": ("audio", "voice"),
    "sendAudio": ("audio", "audio"),
    "sendVideo": ("video", "video"),
    "sendSticker": ("sticker", "sticker"),
}
CAPTIONED = frozenset({"image", "document", "video"})


@dataclass(frozen=True, slots=True)
class Media:
    """A stored file that has to be uploaded before the message that shows it. `voice`: played as spoken just now."""

    kind: str
    object_key: str
    filename: str
    mime_type: str
    caption: str | None
    voice: bool = False

    @property
    def upload_type(self) -> str:
        """The MIME type to upload it as; of texts only the plain one is known, of Ogg only what says its codec."""
        if (bare := _bare(self.mime_type)) == "audio/ogg":
            return "audio/ogg; codecs=opus"
        return "text/plain" if bare.startswith("text/") else bare

    @property
    def limit(self) -> int:
        """The largest file of this type in bytes, whatever message shows it."""
        bare = _bare(self.mime_type)
        return next((limit for types, limit in _TYPES.values() if bare in types), LARGEST)

    @property
    def file(self) -> dict[str, str]:
        """The file as calls describe it."""
        return {"object_key": self.object_key, "filename": self.filename, "mime_type": self.mime_type}

    def shown(self, media_id: str) -> dict[str, Any]:
        """The message that shows it, once it is uploaded."""
        content: dict[str, Any] = {"id": media_id}
        if self.caption and self.kind in CAPTIONED:
            content["caption"] = self.caption
        if self.kind == "document":
            content["filename"] = self.filename
        if self.voice:
            content["voice"] = True
        return {"type": self.kind, self.kind: content}


def media_of(method: str, params: dict[str, Any], caption: str | None) -> Media:
    """The file of a call, as the kind that its method names if WhatsApp takes its type as that."""
    kind, field = FILES[method]
    file = params[field]
    mime_type = _bare(file["mime_type"])
    if kind == "sticker" and mime_type in _TYPES["image"][0]:
        kind = "image"
    if kind in _TYPES and mime_type not in _TYPES[kind][0]:
        kind = "document"
    # Only Ogg with Opus is played as a voice message.
    voice = method == "sendVoice" and mime_type == "audio/ogg"
    return Media(kind, file["object_key"], file["filename"], file["mime_type"], caption, voice)


def _bare(mime_type: str) -> str:
    """By the name that WhatsApp has for it, without parameters such as `codecs=opus`."""
    bare = mime_type.partition(";")[0].strip().lower()
    return _CALLED.get(bare, bare)
