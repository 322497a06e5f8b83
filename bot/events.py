"""What was heard as the object that dialogs are given: aiogram's, on every channel."""

from datetime import UTC, datetime
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery, Chat, Message, MessageReactionUpdated, TelegramObject, User

from core.doors.plain import is_plain_text
from core.heard import PAST_US, Heard

_EVENTS: dict[str, type[TelegramObject]] = {
    "message": Message,
    "callback_query": CallbackQuery,
    "edited_message": Message,
    "message_reaction": MessageReactionUpdated,
    PAST_US: Message,
}
# Copied for every plain text: reading one field by field takes four times as long.
_CHAT = Chat(id=0, type="private")
_USER = User(id=0, is_bot=False, first_name="?")
_TAP = frozenset({"id", "from", "chat_instance", "data", "message"})
_TYPED = CallbackQuery(id="", from_user=_USER, chat_instance="")
_TEXT = Message(message_id=0, date=datetime.fromtimestamp(1, UTC), chat=_CHAT, from_user=_USER, text="")


def event_of(heard: Heard, contato_id: int, bot: Bot) -> TelegramObject:
    """The event, with our own integer as chat and user id. `ValidationError` when it is none that can be read."""
    event = heard.place(contato_id)
    if heard.kind == "message" and is_plain_text(event):
        return _plain_text(event).as_(bot)
    if heard.kind == "callback_query" and _is_typed(event):
        message = _plain_text(event["message"]).as_(bot)
        read = {"from_user": message.from_user, "data": event["data"], "message": message}
        return _TYPED.model_copy(update=read).as_(bot)
    return _EVENTS[heard.kind].model_validate(event, context={"bot": bot})


def _is_typed(tap: dict[str, Any]) -> bool:
    """Whether it was a plain text (`Heard.as_tap`): nobody waits for its acknowledgement."""
    message = tap.get("message")
    return (
        tap.keys() == _TAP
        and tap["id"] == ""
        and isinstance(tap["data"], str)
        and isinstance(message, dict)
        and is_plain_text(message)
        and message["from"] == tap["from"]
    )


def _plain_text(message: dict[str, Any]) -> Message:
    return _TEXT.model_copy(
        update={
            "message_id": message["message_id"],
            "date": datetime.fromtimestamp(message["date"], UTC),
            "text": message["text"],
            "chat": _CHAT.model_copy(update=message["chat"]),
            "from_user": _USER.model_copy(update=message["from"]),
        }
    )
