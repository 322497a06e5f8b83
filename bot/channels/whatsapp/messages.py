"""From the Bot API's words to the Cloud API's: one written-down call becomes the messages WhatsApp can show.

Limits: developers.facebook.com/docs/whatsapp/cloud-api/messages.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.channels.whatsapp.media import CAPTIONED, FILES, Media, media_of
from core.telefones import digits_of
from core.textos import CAPTION_LIMIT, TEXT_LIMIT, split_text

BODY_LIMIT = 1024
BUTTONS, BUTTON_TITLE = 3, 20
ROWS, ROW_TITLE, ROW_DESCRIPTION = 10, 24, 72

# What stands on the button that opens a list, where the call does not say it in the person's language.
LIST_BUTTON = "Escolher"

Payload = dict[str, Any]


def to_cloud(method: str, params: dict[str, Any]) -> list[Payload | Media]:
    """The Cloud API messages for one call, in order; none where WhatsApp has no such thing and needs none.

    `message` and `quote` are wamids already, or None.
    """
    if method in FILES:
        return _media(method, params)
    if method in ("sendMessage", "editMessageText"):
        return list(_text(_said(method, params), params.get("reply_markup"), params.get("list_button", LIST_BUTTON)))
    if method == "editMessageCaption":
        return list(_text(_said(method, params), None, LIST_BUTTON))
    if method == "sendChatAction":
        return _read_and_typing(params.get("inbound_id"))
    make = _OTHERS.get(method)
    made = make(params) if make is not None else None
    return [] if made is None else [made]


def _said(method: str, params: dict[str, Any]) -> str:
    """Nothing can be edited here: what it says now is sent again, marked when it is a person's own message."""
    text = str(params.get("text") or params.get("caption") or "")
    return f"✏️ {text}" if method != "sendMessage" and "message" in params else text


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


def as_numbered(payload: Payload) -> list[Payload]:
    """A question whose choices were refused, with its choices as numbered text."""
    question = payload["interactive"]
    action = question["action"]
    titles = [button["reply"]["title"] for button in action.get("buttons", ())]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    labels = titles or [row.get("description") or row["title"] for row in rows]
    lines = [f"{number}. {label}" for number, label in enumerate(labels, 1)]
    return [_plain(part) for part in split_text("\n".join([question["body"]["text"], "", *lines]), TEXT_LIMIT)]


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
    labels = [label for label, _ in buttons]
    titles = _titles(labels, _whole_words) or _titles(labels, _head)
    if titles is None:
        return None
    rows = [_row(label, title, data) for (label, data), title in zip(buttons, titles, strict=True)]
    return {"type": "list", "action": {"button": list_button, "sections": [{"rows": rows}]}}


def _titles(labels: list[str], cut: Callable[[str], str]) -> list[str] | None:
    """What stands on the rows, or None where two would read the same."""
    titles = [label if len(label) <= ROW_TITLE else f"{cut(label)}…" for label in labels]
    return titles if len(set(titles)) == len(titles) else None


def _head(label: str) -> str:
    return label[: ROW_TITLE - 1].rstrip()


def _whole_words(label: str) -> str:
    """Half an amount reads as another one: `R$ 159,90` is there or is not, and no sign hangs at the end."""
    words = label[:ROW_TITLE].split(" ")[:-1]
    while words and (words[-1] == "R$" or not any(map(str.isalnum, words[-1]))):
        words.pop()
    return " ".join(words) or _head(label)


def _row(label: str, title: str, data: str) -> dict[str, str]:
    return {"id": data, "title": title} | ({} if title == label else {"description": label})


def _read_and_typing(inbound_id: str | None) -> list[Payload | Media]:
    """The indicator needs the message it answers, marks it read, and ends at the reply or after 25 s."""
    if inbound_id is None:
        return []
    return [{"status": "read", "message_id": inbound_id, "typing_indicator": {"type": "text"}}]


def _media(method: str, params: dict[str, Any]) -> list[Payload | Media]:
    """The file; what cannot stand under it, a long caption or choices, comes after it."""
    caption, markup = params.get("caption"), params.get("reply_markup")
    media = media_of(method, params, caption)
    if not _buttons(markup) and (not caption or (media.kind in CAPTIONED and len(caption) <= CAPTION_LIMIT)):
        return [media]
    after = _text(caption or media.filename, markup, params.get("list_button", LIST_BUTTON))
    return [replace(media, caption=None), *after]


def _location(params: dict[str, Any]) -> Payload:
    place = {"latitude": params["latitude"], "longitude": params["longitude"]}
    known = {"name": params.get("title"), "address": params.get("address")}
    return {"type": "location", "location": place | {key: value for key, value in known.items() if value}}


def _contact(params: dict[str, Any]) -> Payload:
    parts = {name: params[name] for name in ("first_name", "last_name") if params.get(name)}
    name = {"formatted_name": " ".join(parts.values()), **parts}
    phone = {"phone": _with_country(params["phone_number"]), "type": "CELL"}
    return {"type": "contacts", "contacts": [{"name": name, "phones": [phone]}]}


def _with_country(phone: str) -> str:
    """As WhatsApp can call it; what is no phone we know stays as it was typed."""
    try:
        return f"+{digits_of(phone)}"
    except ValueError:
        return phone


def _reaction(params: dict[str, Any]) -> Payload | None:
    """None when the message was never sent. An empty emoji takes the reaction back."""
    if params.get("message") is None:
        return None
    return {"type": "reaction", "reaction": {"message_id": params["message"], "emoji": params.get("emoji") or ""}}


def _template(params: dict[str, Any]) -> Payload:
    template = params["template"]
    content = {"name": template["name"], "language": {"code": template["language"]}}
    return {"type": "template", "template": content | {"components": template.get("components") or []}}


_OTHERS: dict[str, Callable[[dict[str, Any]], Payload | None]] = {
    "sendLocation": _location,
    "sendVenue": _location,
    "sendContact": _contact,
    "setMessageReaction": _reaction,
    "sendTemplate": _template,
}
