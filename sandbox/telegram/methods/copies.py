"""The Bot API's methods that work on messages that are there already: copied, forwarded, replaced, pinned, deleted."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.bubbles import Bubble
from sandbox.telegram.account import Account
from sandbox.telegram.content import describe_file
from sandbox.telegram.html import read_text
from sandbox.telegram.limits import bad, check_caption, check_upload
from sandbox.telegram.methods.messages import edit, editable, show

Params = dict[str, Any]
Method = Callable[[Account, Params], Awaitable[Any]]

CONTENT = (
    "text", "entities", "caption", "caption_entities", "document", "photo", "audio", "video", "voice", "sticker",
    "location", "venue", "contact",
)  # fmt: skip
REPLACEABLE = ("document", "photo", "audio", "video")


async def copy_message(telegram: Account, params: Params) -> Any:
    phone, source = telegram.reachable(params), _source(telegram, params, "copy")
    content = _content(source)
    if "caption" in params and source.file:
        caption, entities = read_text(
            str(params["caption"]), params.get("parse_mode", ""), params.get("caption_entities")
        )
        check_caption(caption)
        content |= {"caption": caption, "caption_entities": entities}
    return {"message_id": show(telegram, phone, params, content, source.file)["message_id"]}


async def forward_message(telegram: Account, params: Params) -> Any:
    phone, source = telegram.reachable(params), _source(telegram, params, "forward")
    origin = {"type": "user", "sender_user": source.raw["from"], "date": source.raw["date"]}
    return show(telegram, phone, params, _content(source) | {"forward_origin": origin}, source.file)


async def edit_message_media(telegram: Account, params: Params) -> Any:
    phone, bubble = editable(telegram, params)
    media = params.get("media") or {}
    kind = media.get("type")
    if kind not in REPLACEABLE:
        raise bad("can't parse InputMedia: type must be audio, document, photo or video")
    given = await telegram.uploaded(media.get("media"), params)
    if isinstance(given, str):
        file, stored = telegram.files.get(given), telegram.files.again(given, kind)
    else:
        check_upload(kind, len(given.data))
        file, stored = given, telegram.files.keep(given, kind)
    text, entities = read_text(
        str(media.get("caption", "")), media.get("parse_mode", ""), media.get("caption_entities")
    )
    check_caption(text)
    bubble.raw = {key: value for key, value in bubble.raw.items() if key not in CONTENT}
    bubble.kind, bubble.file = kind, file
    content = describe_file(kind, [stored], file.name, file.mime) | ({"caption": text} if text else {})
    return edit(telegram, phone, bubble, params, content, "caption_entities", entities)


async def delete_messages(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    wanted = {str(message_id) for message_id in params.get("message_ids") or []}
    for bubble in phone.screen:
        if bubble.id in wanted and telegram.now() - bubble.when <= 48 * 3600:
            bubble.deleted = True
            phone.touched(bubble)
    return True


async def pin_chat_message(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    if phone.bubble(str(params.get("message_id", ""))) is None:
        raise bad("message to pin not found")
    return True


async def unpin_chat_message(telegram: Account, params: Params) -> Any:
    telegram.reachable(params)
    return True


async def get_chat(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    return phone.chat | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": NO_GIFTS}


NO_GIFTS = {
    "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False, "premium_subscription": False,
    "gifts_from_channels": False,
}  # fmt: skip


def _source(telegram: Account, params: Params, verb: str) -> Bubble:
    """The message to be copied, in whichever chat it is."""
    chat = str(params.get("from_chat_id", ""))
    phone = telegram.phones.get(int(chat)) if chat.lstrip("-").isdigit() else None
    if phone is None:
        raise bad("chat not found")
    found = phone.bubble(str(params.get("message_id", "")))
    if found is None or found.deleted:
        raise bad(f"message to {verb} not found")
    return found


def _content(bubble: Bubble) -> Params:
    content = {key: value for key, value in bubble.raw.items() if key in CONTENT}
    if not content:
        raise bad("message can't be copied")
    return content


COPY_METHODS: dict[str, Method] = {
    function.__name__.replace("_", ""): function
    for function in (
        copy_message, forward_message, edit_message_media, delete_messages, pin_chat_message, unpin_chat_message,
        get_chat,
    )
}  # fmt: skip
