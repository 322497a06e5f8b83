"""From the words of a written-down call to those of the Bot API: requests within Telegram's limits, in order.

Limits: core.telegram.org/bots/api.
"""

from dataclasses import dataclass
from typing import Any

from core.textos import CAPTION_LIMIT, TEXT_LIMIT, shortened, split_text, units

TOPIC_NAME_LIMIT = 128
# Buttons of one message; more are refused ("reply markup is too long").
BUTTONS_LIMIT = 100

# The field that holds the file, by method.
FILE_FIELDS = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendAudio": "audio",
    "sendVideo": "video",
    "sendSticker": "sticker",
}

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the Bot API."""

    method: str
    params: Params


def to_bot_api(method: str, params: Params) -> list[Request]:
    """The requests for one call, whose references are ids already."""
    if method in ("sendMessage", "editMessageText") and len(_labels(params)) > BUTTONS_LIMIT:
        params = numbered(Request(method, params)).params
    if method == "sendMessage":
        return _texts(params)
    if method in FILE_FIELDS:
        return _file(method, params)
    if method == "editMessageText":
        return [Request(method, params | {"text": shortened(params["text"], TEXT_LIMIT)})]
    if method == "editMessageCaption":
        return [Request(method, params | {"caption": shortened(params.get("caption") or "", CAPTION_LIMIT)})]
    if method == "sendVenue":
        # A place without an address is none to Telegram.
        return [Request(method, params | {"address": params.get("address") or params["title"]})]
    if method == "setMessageReaction":
        return [_reaction(params)]
    if method in ("createForumTopic", "editForumTopic") and "name" in params:
        return [Request(method, params | {"name": params["name"][:TOPIC_NAME_LIMIT]})]
    return [Request(method, params)]


def as_document(request: Request) -> Request | None:
    """The same file as a plain document, which can be anything; None when it is one already, or no file."""
    field = FILE_FIELDS.get(request.method)
    if field is None or field == "document":
        return None
    params = dict(request.params)
    return Request("sendDocument", params | {"document": params.pop(field)} if field in params else params)


def numbered(request: Request) -> Request:
    """The same question with its choices as numbered text: typing a number or a label works as a tap does."""
    lines = [f"{number}. {label}" for number, label in enumerate(_labels(request.params), 1)]
    params = {key: value for key, value in request.params.items() if key != "reply_markup"}
    return Request(request.method, params | {"text": "\n".join([params["text"], "", *lines])})


def has_choices(request: Request) -> bool:
    """Whether it is a text with choices under it."""
    return "text" in request.params and bool(_labels(request.params))


def _labels(params: Params) -> list[str]:
    """As they are numbered in the conversation (bot/channels/recorder.py)."""
    rows = (params.get("reply_markup") or {}).get("inline_keyboard") or []
    return [button["text"] for row in rows for button in row if button.get("callback_data")]


def as_text(request: Request, text: str) -> Request:
    """A text in the place of another message."""
    kept = ("chat_id", "message_thread_id", "reply_parameters", "reply_markup")
    return Request("sendMessage", {key: request.params[key] for key in kept if key in request.params} | {"text": text})


def headed(request: Request, line: str) -> Request:
    """With that line above it, where it has words or may have a caption, and room for it."""
    is_text = "text" in request.params
    if not is_text and request.method not in FILE_FIELDS.keys() - {"sendSticker"}:
        return request
    field, limit = ("text", TEXT_LIMIT) if is_text else ("caption", CAPTION_LIMIT)
    said = "\n".join(filter(None, (line, request.params.get(field))))
    return Request(request.method, request.params | {field: said}) if units(said) <= limit else request


def emoji_as_text(request: Request) -> Request:
    """A reaction that Telegram does not have, as a short answer to the message."""
    params = request.params
    reply = {"message_id": params["message_id"], "allow_sending_without_reply": True}
    text = params["reaction"][0]["emoji"]
    return Request("sendMessage", {"chat_id": params["chat_id"], "text": text, "reply_parameters": reply})


def _texts(params: Params) -> list[Request]:
    """What carries markup of its own is never cut."""
    text = params["text"]
    if units(text) <= TEXT_LIMIT or "parse_mode" in params or "entities" in params:
        return [Request("sendMessage", params)]
    return _spread(params, split_text(text, TEXT_LIMIT))


def _spread(params: Params, texts: list[str]) -> list[Request]:
    """Several texts: the first one quotes, the last one has the buttons."""
    shared = {key: value for key, value in params.items() if key not in ("reply_parameters", "reply_markup", "text")}
    requests = [shared | {"text": text} for text in texts]
    if "reply_parameters" in params:
        requests[0]["reply_parameters"] = params["reply_parameters"]
    if "reply_markup" in params:
        requests[-1]["reply_markup"] = params["reply_markup"]
    return [Request("sendMessage", request) for request in requests]


def _file(method: str, params: Params) -> list[Request]:
    """The file; a caption that cannot stand under it comes after it."""
    caption = params.get("caption") or ""
    if not caption or (units(caption) <= CAPTION_LIMIT and method != "sendSticker"):
        return [Request(method, params)]
    bare = {key: value for key, value in params.items() if key not in ("caption", "reply_markup")}
    after = ("chat_id", "message_thread_id", "reply_markup")
    texts = _texts({key: params[key] for key in after if key in params} | {"text": caption})
    return [Request(method, bare), *texts]


def _reaction(params: Params) -> Request:
    emoji = params.get("emoji")
    kept = {key: value for key, value in params.items() if key != "emoji"}
    return Request("setMessageReaction", kept | {"reaction": [{"type": "emoji", "emoji": emoji}] if emoji else []})
