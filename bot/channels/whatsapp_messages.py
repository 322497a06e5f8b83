"""From the Bot API's words to the Cloud API's: one written-down call becomes the messages WhatsApp can show.

Limits: developers.facebook.com/docs/whatsapp/cloud-api/messages (see docs/channels.md).
"""

from dataclasses import dataclass, replace
from typing import Any

TEXT_LIMIT = 4096
BODY_LIMIT = CAPTION_LIMIT = 1024
BUTTONS, BUTTON_TITLE = 3, 20
ROWS, ROW_TITLE, ROW_DESCRIPTION = 10, 24, 72

# What stands on the button that opens a list, where the call does not say it in the person's language.
LIST_BUTTON = "Escolher"

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Media:
    """A stored file that has to be uploaded before the message that shows it."""

    kind: str
    object_key: str
    filename: str
    mime_type: str
    caption: str | None


def to_cloud(method: str, params: dict[str, Any]) -> list[Payload | Media]:
    """The Cloud API messages for one call, in order; none where WhatsApp has no such thing and needs none."""
    if method == "sendMessage":
        return list(_text(params["text"], params.get("reply_markup"), params.get("list_button", LIST_BUTTON)))
    if method == "editMessageText":
        # Nothing can be edited here; what it says now is what the person would want to read.
        return list(_text(params["text"], params.get("reply_markup"), params.get("list_button", LIST_BUTTON)))
    if method == "sendChatAction":
        return _read_and_typing(params.get("inbound_id"))
    if method in ("sendDocument", "sendPhoto"):
        return list(_media(method, params))
    return []


def _text(text: str, markup: dict[str, Any] | None, list_button: str) -> list[Payload]:
    buttons = _buttons(markup)
    if not buttons:
        return [_plain(part) for part in split_text(text, TEXT_LIMIT)]
    choice = _as_buttons(buttons) or _as_list(buttons, list_button)
    if choice is None:
        numbered = "\n".join(f"{number}. {label}" for number, (label, _) in enumerate(buttons, 1))
        return [_plain(part) for part in split_text(f"{text}\n\n{numbered}", TEXT_LIMIT)]
    *before, last = split_text(text, BODY_LIMIT)
    interactive = {"type": "interactive", "interactive": {**choice, "body": {"text": last}}}
    return [*(_plain(part) for part in before), interactive]


def split_text(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` characters, cut at line ends or spaces where there are any; none of them empty."""
    parts, text = [], text.strip()
    while len(text) > limit:
        cut = max(text.rfind("\n", 1, limit), 0) or max(text.rfind(" ", 1, limit), 0) or limit
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def _plain(body: str) -> Payload:
    return {"type": "text", "text": {"body": body}}


def _buttons(markup: dict[str, Any] | None) -> list[tuple[str, str]]:
    rows = (markup or {}).get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row if "callback_data" in button]


def _as_buttons(buttons: list[tuple[str, str]]) -> Payload | None:
    titles = {label for label, _ in buttons}
    if len(buttons) > BUTTONS or len(titles) < len(buttons) or any(len(title) > BUTTON_TITLE for title in titles):
        return None
    replies = [{"type": "reply", "reply": {"id": data, "title": label}} for label, data in buttons]
    return {"type": "button", "action": {"buttons": replies}}


def _as_list(buttons: list[tuple[str, str]], list_button: str) -> Payload | None:
    if len(buttons) > ROWS or any(len(label) > ROW_DESCRIPTION for label, _ in buttons):
        return None
    rows = [_row(label, data) for label, data in buttons]
    if len({row["title"] for row in rows}) < len(rows):
        return None
    return {"type": "list", "action": {"button": list_button, "sections": [{"rows": rows}]}}


def _row(label: str, data: str) -> dict[str, str]:
    if len(label) <= ROW_TITLE:
        return {"id": data, "title": label}
    return {"id": data, "title": label[: ROW_TITLE - 1].rstrip() + "…", "description": label}


def _read_and_typing(inbound_id: str | None) -> list[Payload | Media]:
    """The indicator needs the message it answers, marks it read, and ends at the reply or after 25 s."""
    if inbound_id is None:
        return []
    return [{"status": "read", "message_id": inbound_id, "typing_indicator": {"type": "text"}}]


def _media(method: str, params: dict[str, Any]) -> list[Payload | Media]:
    """The file; what cannot stand under it, a long caption or choices, comes after it."""
    kind = "document" if method == "sendDocument" else "image"
    file = params["document" if method == "sendDocument" else "photo"]
    caption, markup = params.get("caption"), params.get("reply_markup")
    media = Media(kind, file["object_key"], file["filename"], file["mime_type"], caption)
    if not _buttons(markup) and len(caption or "") <= CAPTION_LIMIT:
        return [media]
    after = _text(caption or file["filename"], markup, params.get("list_button", LIST_BUTTON))
    return [replace(media, caption=None), *after]
