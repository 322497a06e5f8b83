"""What the Bot API refuses, in its own words (https://core.telegram.org/bots/api)."""

import re
from typing import Any

from sandbox.bubbles import Button
from sandbox.rates import Rate

TEXT = 4096
CAPTION = 1024
CALLBACK_DATA = 64
CALLBACK_ANSWER = 200
COPY_TEXT = 256
COMMANDS = 100
COMMAND_DESCRIPTION = 256
UPLOAD = 50 * 1024 * 1024
PHOTO = 10 * 1024 * 1024
DOWNLOAD = 20 * 1024 * 1024
ALBUM = range(2, 11)
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: 1 a second in a chat, where the
# server forgives short bursts (how short is not documented), and about 30 a second in all.
CHAT_RATE = Rate(1.0, 20)
OVERALL_RATE = Rate(30.0, 30)
LINKS = ("http://", "https://", "tg://", "tel:", "mailto:")
DEFAULT_UPDATES = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})

# https://core.telegram.org/bots/api#reactiontypeemoji; anything else is refused.
REACTIONS = frozenset({
    "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮",
    "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤\u200d🔥", "🌚", "🌭", "💯", "🤣", "⚡",
    "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨\u200d💻",
    "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿",
    "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷\u200d♂", "🤷", "🤷\u200d♀", "😡",
})  # fmt: skip

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class TelegramError(Exception):
    """A refusal: HTTP status, description, and the `parameters` of the answer."""

    def __init__(self, description: str, status: int = 400, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        body = {"ok": False, "error_code": self.status, "description": str(self)}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(description: str) -> TelegramError:
    """A 400, prefixed as the server prefixes it."""
    return TelegramError(f"Bad Request: {description}")


def units(text: str) -> int:
    """Length in UTF-16 code units, in which entities are counted."""
    return len(text.encode("utf-16-le")) // 2


def check_text(text: str, *, edit: bool = False) -> None:
    """1 to 4096 characters after entities are parsed."""
    if not text.strip():
        raise bad("message text is empty")
    if units(text) > TEXT:
        raise bad("MESSAGE_TOO_LONG" if edit else "message is too long")


def check_caption(caption: str) -> None:
    """At most 1024 characters after entities are parsed."""
    if units(caption) > CAPTION:
        raise bad("message caption is too long")


def check_upload(kind: str, size: int) -> None:
    """Not empty, at most 50 MB, a photo at most 10."""
    if not size:
        raise bad("file must be non-empty")
    if size > UPLOAD:
        raise TelegramError("Request Entity Too Large", 413)
    if kind == "photo" and size > PHOTO:
        raise bad(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO} bytes")


def check_reaction(reactions: list[dict[str, Any]]) -> str:
    """At most one reaction, of the emoji that Telegram has; empty for none."""
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if not reactions:
        return ""
    emoji = str(reactions[0].get("emoji", "")).replace("\ufe0f", "")
    if reactions[0].get("type") != "emoji" or emoji not in REACTIONS:
        raise bad("REACTION_INVALID")
    return emoji


def check_callback_answer(text: str) -> None:
    """At most 200 characters."""
    if units(text) > CALLBACK_ANSWER:
        raise bad("MESSAGE_TOO_LONG")


def check_secret(secret: str) -> None:
    """A webhook secret is 1-256 of A-Z, a-z, 0-9, _ and -."""
    if secret and not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")


def check_commands(commands: Any) -> list[dict[str, str]]:
    """At most 100 commands, names of 1-32 lower-case characters, descriptions of 1-256."""
    if not isinstance(commands, list):
        raise bad("can't parse BotCommands JSON object")
    if len(commands) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(str(command.get("description", ""))) <= COMMAND_DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def read_keyboard(markup: Any) -> tuple[tuple[Button, ...], ...]:
    """The buttons of an inline keyboard, each checked."""
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays')
    if sum(len(row) for row in rows) > 100:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return tuple(tuple(_read_button(button) for button in row) for row in rows if row)


def _read_button(button: dict[str, Any]) -> Button:
    label = str(button.get("text", ""))
    if not label:
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    style = str(button.get("style", ""))
    if "callback_data" in button:
        data = str(button["callback_data"])
        if not 1 <= len(data.encode()) <= CALLBACK_DATA:
            raise bad("BUTTON_DATA_INVALID")
        return Button(label, data, style=style)
    if "url" in button:
        return Button(label, url=_link(str(button["url"])), style=style)
    if "web_app" in button:
        return Button(label, url=_app(str(button["web_app"].get("url", ""))), style=style)
    if "copy_text" in button:
        copies = str(button["copy_text"].get("text", ""))
        if not 1 <= units(copies) <= COPY_TEXT:
            raise bad("BUTTON_COPY_TEXT_INVALID")
        return Button(label, copies=copies, style=style)
    raise bad("Text buttons are unallowed in the inline keyboard")


def _app(url: str) -> str:
    if not url.startswith("https://"):
        raise bad(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    return url


def _link(url: str) -> str:
    if not url.startswith(LINKS) or any(space in url for space in " \n\t"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url
