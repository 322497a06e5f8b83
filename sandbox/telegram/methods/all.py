"""The Bot API's methods, each as the server answers it; a function's name without `_` is the method's."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.bubbles import Bubble, Place, Version
from sandbox.telegram.account import Account
from sandbox.telegram.content import describe_place
from sandbox.telegram.html import read_text
from sandbox.telegram.limits import (
    ALBUM,
    TelegramError,
    bad,
    check_callback_answer,
    check_caption,
    check_reaction,
    check_text,
)
from sandbox.telegram.methods.copies import COPY_METHODS
from sandbox.telegram.methods.messages import edit, editable, show, show_file
from sandbox.telegram.methods.polling import get_updates
from sandbox.telegram.methods.topics import TOPIC_METHODS

Params = dict[str, Any]
Method = Callable[[Account, Params], Awaitable[Any]]
MEDIA = ("document", "photo", "audio", "video", "voice", "sticker")


async def get_me(telegram: Account, params: Params) -> Any:
    topics = {"has_topics_enabled": telegram.topics_enabled, "allows_users_to_create_topics": telegram.topics_enabled}
    rights = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return telegram.bot | rights | topics


async def send_message(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    text, entities = read_text(str(params.get("text", "")), params.get("parse_mode", ""), params.get("entities"))
    check_text(text)
    return show(telegram, phone, params, {"text": text} | ({"entities": entities} if entities else {}))


async def send_contact(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    contact = {key: params[key] for key in ("phone_number", "first_name", "last_name", "vcard") if params.get(key)}
    if "phone_number" not in contact or "first_name" not in contact:
        raise bad("phone number and first name must be non-empty")
    return show(telegram, phone, params, {"contact": contact})


async def send_location(telegram: Account, params: Params) -> Any:
    return show(telegram, telegram.reachable(params), params, describe_place(_place(params)))


async def send_venue(telegram: Account, params: Params) -> Any:
    phone, place = telegram.reachable(params), _place(params)
    if not place.name or not place.address:
        raise bad("venue title and address must be non-empty")
    return show(telegram, phone, params, describe_place(place))


def _place(params: Params) -> Place:
    try:
        latitude, longitude = float(params["latitude"]), float(params["longitude"])
    except (KeyError, ValueError):
        raise bad("latitude and longitude must be specified") from None
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad("wrong latitude or longitude specified")
    return Place(latitude, longitude, str(params.get("title", "")), str(params.get("address", "")))


def _sender(kind: str) -> Method:
    async def send(telegram: Account, params: Params) -> Any:
        phone = telegram.reachable(params)
        given = await telegram.uploaded(params.get(kind), params)
        return show_file(telegram, phone, params, kind, given)

    return send


async def send_media_group(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    items = params.get("media") or []
    if len(items) not in ALBUM:
        raise bad("wrong number of messages in the album")
    files = [await telegram.uploaded(item.get("media"), params) for item in items]
    shared = {key: value for key, value in params.items() if key not in ("media", "reply_markup")}
    if any(item.get("type") not in MEDIA for item in items):
        raise bad("can't parse InputMedia: type must be audio, document, photo or video")
    return [
        show_file(telegram, phone, shared | item, item["type"], file) for item, file in zip(items, files, strict=True)
    ]


async def edit_message_text(telegram: Account, params: Params) -> Any:
    phone, bubble = editable(telegram, params)
    if "text" not in bubble.raw:
        raise bad("there is no text in the message to edit")
    text, entities = read_text(str(params.get("text", "")), params.get("parse_mode", ""), params.get("entities"))
    check_text(text, edit=True)
    return edit(telegram, phone, bubble, params, {"text": text}, "entities", entities)


async def edit_message_caption(telegram: Account, params: Params) -> Any:
    phone, bubble = editable(telegram, params)
    raw = str(params.get("caption", ""))
    text, entities = read_text(raw, params.get("parse_mode", ""), params.get("caption_entities"))
    check_caption(text)
    return edit(telegram, phone, bubble, params, {"caption": text}, "caption_entities", entities)


async def edit_message_reply_markup(telegram: Account, params: Params) -> Any:
    phone, bubble = editable(telegram, params)
    return edit(telegram, phone, bubble, params, {}, "", [])


async def delete_message(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    bubble = phone.bubble(str(params.get("message_id", "")))
    if bubble is None or bubble.deleted:
        raise bad("message to delete not found")
    if telegram.now() - bubble.when > 48 * 3600:
        raise bad("message can't be deleted for everyone")
    bubble.deleted = True
    phone.touched(bubble)
    return True


async def answer_callback_query(telegram: Account, params: Params) -> Any:
    phone = telegram.take_callback(str(params.get("callback_query_id", "")))
    text = str(params.get("text", ""))
    check_callback_answer(text)
    if text:
        kind = "alert" if params.get("show_alert") else "toast"
        phone.show(Bubble(f"t{len(phone.screen)}", len(phone.screen) + 1, False, telegram.now(), kind, [Version(text)]))
    return True


async def send_chat_action(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    phone.activity = str(params.get("action", "")) or "typing"
    phone.touched()
    return True


async def set_message_reaction(telegram: Account, params: Params) -> Any:
    phone = telegram.reachable(params)
    bubble = phone.bubble(str(params.get("message_id", "")))
    if bubble is None:
        raise bad("message to react not found")
    bubble.bot_reaction = check_reaction(params.get("reaction") or [])
    phone.touched(bubble)
    return True


async def get_file(telegram: Account, params: Params) -> Any:
    return telegram.files.describe(str(params.get("file_id", "")))


async def set_my_commands(telegram: Account, params: Params) -> Any:
    telegram.commands.put(params.get("scope"), params.get("language_code", ""), params.get("commands"))
    telegram.everybody_changed()
    return True


async def get_my_commands(telegram: Account, params: Params) -> Any:
    return telegram.commands.get(params.get("scope"), params.get("language_code", ""))


async def delete_my_commands(telegram: Account, params: Params) -> Any:
    telegram.commands.drop(params.get("scope"), params.get("language_code", ""))
    telegram.everybody_changed()
    return True


async def set_webhook(telegram: Account, params: Params) -> Any:
    telegram.subscribe(params)
    return True


async def delete_webhook(telegram: Account, params: Params) -> Any:
    telegram.subscribe({"drop_pending_updates": params.get("drop_pending_updates", False)})
    return True


async def get_webhook_info(telegram: Account, params: Params) -> Any:
    return telegram.webhook_info()


METHODS: dict[str, Method] = {
    function.__name__.replace("_", ""): function
    for function in (
        get_me, send_message, send_contact, send_location, send_venue, send_media_group, edit_message_text,
        edit_message_caption, edit_message_reply_markup, delete_message, answer_callback_query, send_chat_action,
        set_message_reaction, get_file, set_my_commands, get_my_commands, delete_my_commands, set_webhook,
        delete_webhook, get_webhook_info, get_updates,
    )
} | {f"send{kind}": _sender(kind) for kind in MEDIA} | TOPIC_METHODS | COPY_METHODS  # fmt: skip


async def perform(telegram: Account, method: str, params: Params) -> Any:
    """Do what a call asks; its result, or TelegramError."""
    if method.lower() not in METHODS:
        raise TelegramError("Not Found", 404)
    telegram.check_rates(method, str(params.get("chat_id", "")))
    return await METHODS[method.lower()](telegram, params)
