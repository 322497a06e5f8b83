"""Messages of the bot on a phone: shown, quoted and edited."""

from typing import TYPE_CHECKING, Any

from sandbox.bubbles import Bubble, File
from sandbox.telegram_html import read_text
from sandbox.telegram_limits import UPLOAD, TelegramError, bad, check_caption, read_keyboard
from sandbox.telegram_phone import TelegramPhone

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Params = dict[str, Any]
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


def show(
    telegram: "Telegram",
    phone: TelegramPhone,
    params: Params,
    content: Params,
    *,
    kind: str = "text",
    file: File | None = None,
) -> Params:
    """Put a message on a phone; the `Message` object."""
    markup = params.get("reply_markup") or {}
    inline = read_keyboard(markup) if "inline_keyboard" in markup else ()
    message = telegram.new_message(phone.chat, telegram.bot) | content
    message |= {"reply_markup": markup} if inline else {}
    quote = _quoted(phone, params)
    message |= {"reply_to_message": quote.raw} if quote else {}
    bubble = Bubble(str(message["message_id"]), len(phone.screen) + 1, False, message["date"], kind)
    bubble.raw, bubble.file, bubble.quote = message, file, quote.text if quote else ""
    bubble.silent = bool(params.get("disable_notification"))
    bubble.versions = [telegram.version(message)]
    if "keyboard" in markup:
        phone.reply_keyboard = markup
    elif markup.get("remove_keyboard"):
        phone.reply_keyboard = {}
    phone.show(bubble)
    return message


def show_file(telegram: "Telegram", phone: TelegramPhone, params: Params, kind: str, file: File) -> Params:
    """Put a file on a phone; the `Message` object."""
    if len(file.data) > UPLOAD:
        raise TelegramError("Request Entity Too Large", 413)
    raw = str(params.get("caption", ""))
    caption, entities = read_text(raw, params.get("parse_mode", ""), params.get("caption_entities"))
    check_caption(caption)
    stored = telegram.files.keep(file.data, file.name, file.mime)
    content: Params = {kind: [stored | {"width": 1280, "height": 960}]}
    if kind != "photo":
        content = {kind: stored | {"file_name": file.name, "mime_type": file.mime}}
    content |= {"caption": caption} if caption else {}
    content |= {"caption_entities": entities} if entities else {}
    return show(telegram, phone, params, content, kind=kind, file=file)


def _quoted(phone: TelegramPhone, params: Params) -> Bubble | None:
    reply = params.get("reply_parameters") or {"message_id": params.get("reply_to_message_id")}
    if not reply.get("message_id"):
        return None
    found = phone.bubble(str(reply["message_id"]))
    forgiven = reply.get("allow_sending_without_reply") or params.get("allow_sending_without_reply")
    if (found is None or found.deleted) and not forgiven:
        raise bad("message to be replied not found")
    return found


def editable(telegram: "Telegram", params: Params) -> tuple[TelegramPhone, Bubble]:
    """The message that an edit names, refused when it is gone or not the bot's."""
    phone = telegram.reachable(params)
    bubble = phone.bubble(str(params.get("message_id", "")))
    if bubble is None or bubble.deleted:
        raise bad("message to edit not found")
    if bubble.mine:
        raise bad("message can't be edited")
    return phone, bubble


def edit(
    telegram: "Telegram",
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
