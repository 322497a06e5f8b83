"""Messages of the bot on a phone: shown, quoted and edited."""

from typing import Any

from sandbox.bubbles import Bubble, File, quote_on
from sandbox.telegram.account import Account
from sandbox.telegram.content import describe_file, fill, quoted
from sandbox.telegram.html import read_text
from sandbox.telegram.limits import bad, check_caption, check_upload, read_keyboard, units
from sandbox.telegram.phone import TelegramPhone

Params = dict[str, Any]
EXTRAS = {"audio": ("title", "performer"), "sticker": ("emoji",)}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


def show(telegram: Account, phone: TelegramPhone, params: Params, content: Params, file: File | None = None) -> Params:
    """Put a message on a phone; the `Message` object."""
    markup = params.get("reply_markup") or {}
    inline = read_keyboard(markup) if "inline_keyboard" in markup else ()
    reply = params.get("reply_parameters") or {"message_id": params.get("reply_to_message_id")}
    target = _replied(phone, params, reply)
    topic = thread(telegram, phone, params, target)
    part = _quoted_part(target, reply)
    message = telegram.new_message(phone.chat, telegram.bot) | content
    message |= {"message_thread_id": topic, "is_topic_message": True} if topic else {}
    message |= {"reply_markup": markup} if inline else {}
    if target and target.topic == topic:
        message |= {"reply_to_message": quoted(target)} | ({"quote": part} if part else {})
    bubble = Bubble(str(message["message_id"]), len(phone.screen) + 1, False, message["date"])
    fill(bubble, message)
    bubble.file, bubble.silent = file, bool(params.get("disable_notification"))
    quote_on(bubble, target, part.get("text", ""))
    if "keyboard" in markup:
        phone.reply_keyboard = markup
    elif markup.get("remove_keyboard"):
        phone.reply_keyboard = {}
    phone.show(bubble)
    return message


def show_file(telegram: Account, phone: TelegramPhone, params: Params, kind: str, given: File | str) -> Params:
    """Put a file on a phone, uploaded or known by its id; the `Message` object."""
    raw = str(params.get("caption", ""))
    caption, entities = read_text(raw, params.get("parse_mode", ""), params.get("caption_entities"))
    check_caption(caption)
    if isinstance(given, File):
        check_upload(kind, len(given.data))
        file, stored = given, telegram.files.keep(given, kind)
    else:
        file, stored = telegram.files.get(given), telegram.files.again(given, kind)
    extra = {key: params[key] for key in EXTRAS.get(kind, ()) if key in params}
    content = describe_file(kind, [stored], file.name, file.mime, extra)
    content |= {"caption": caption} if caption else {}
    content |= {"caption_entities": entities} if entities else {}
    return show(telegram, phone, params, content, file)


def thread(telegram: Account, phone: TelegramPhone, params: Params, target: Bubble | None) -> int:
    """The topic that a message goes to: the one named, else that of the message it replies to, else 0."""
    named = params.get("message_thread_id")
    if named is None:
        return target.topic if target else 0
    if not telegram.topics_enabled:
        raise bad("message thread not found")
    return phone.topics.find(int(named)).id


def _replied(phone: TelegramPhone, params: Params, reply: Params) -> Bubble | None:
    if not reply.get("message_id"):
        return None
    found = phone.bubble(str(reply["message_id"]))
    forgiven = reply.get("allow_sending_without_reply") or params.get("allow_sending_without_reply")
    if found is None or found.deleted:
        if not forgiven:
            raise bad("message to be replied not found")
        return None
    return found


def _quoted_part(target: Bubble | None, reply: Params) -> Params:
    """The `TextQuote` of a reply that quotes a part; it must be in the message as it is written there."""
    part = str(reply.get("quote") or "")
    if target is None or not part:
        return {}
    text, _ = read_text(part, reply.get("quote_parse_mode", ""), reply.get("quote_entities"))
    if text not in target.text or units(text) > 1024:
        raise bad("QUOTE_TEXT_INVALID")
    position = units(target.text[: target.text.index(text)])
    return {"text": text, "position": position, "is_manual": True}


def editable(telegram: Account, params: Params) -> tuple[TelegramPhone, Bubble]:
    """The message that an edit names, refused when it is gone or not the bot's."""
    phone = telegram.reachable(params)
    bubble = phone.bubble(str(params.get("message_id", "")))
    if bubble is None or bubble.deleted:
        raise bad("message to edit not found")
    if bubble.mine:
        raise bad("message can't be edited")
    return phone, bubble


def edit(
    telegram: Account,
    phone: TelegramPhone,
    bubble: Bubble,
    params: Params,
    content: Params,
    entities_key: str,
    entities: list[Params],
) -> Params:
    """Change a message; refused when nothing would change."""
    markup = params.get("reply_markup") or {}
    keyboard = read_keyboard(markup) if markup else ()
    changed = {key: value for key, value in bubble.raw.items() if key not in ("reply_markup", entities_key)}
    changed |= content | ({entities_key: entities} if entities else {})
    changed |= {"reply_markup": markup} if keyboard else {}
    if {**changed, "edit_date": 0} == {**bubble.raw, "edit_date": 0}:
        raise bad(NOT_MODIFIED)
    telegram.revise(phone, bubble, changed | {"edit_date": telegram.now()}, replace=True)
    return bubble.raw
