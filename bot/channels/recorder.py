"""A bot session that writes calls down instead of making them.

Inside a turn `await message.answer(…)` becomes an outbox row. The Message it gives back carries the row's number,
negated, as its id: an edit that names such an id is resolved when it is sent.
"""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any, NoReturn, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, InlineKeyboardMarkup, InputFile, Message, TelegramObject

from dialogs.frame.sending import SENDS, send
from dialogs.frame.speaking import Speaking, speaking
from storage.contatos.contatos import Contato
from storage.contatos.conversas import opened

_CHAT = Chat(id=0, type="private")
# Copied for every answer: building a Message anew was a quarter of a turn's time.
_MESSAGE = Message(message_id=0, date=datetime.fromtimestamp(1, UTC), chat=_CHAT)


class StoredFile(InputFile):
    """A file in the object store, to be sent as a document or photo."""

    def __init__(self, key: str, filename: str, mime_type: str) -> None:
        # It becomes part of a header.
        super().__init__(filename="".join(char for char in filename if char.isprintable()) or "arquivo")
        self.key = key
        self.mime_type = mime_type

    async def read(self, bot: Bot) -> AsyncGenerator[bytes, None]:
        raise NotImplementedError("a stored file is read by the courier, after the commit")
        yield b""


class RecordingSession(BaseSession):
    """The session of every bot that dialogs see. `channel` is the outbox target of what is said through it."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self.channel = channel

    async def __call__(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        # No request middlewares: nothing is requested here.
        return await self.make_request(bot, method, timeout)

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        turn = speaking.get()
        params = plain_parameters(method)
        contato = _addressee(turn, params.pop("chat_id", None))
        name = method.__api_method__
        if name == "sendChatAction":
            # WhatsApp shows that we type, and that we read, under a message of theirs.
            params["inbound_id"] = contato.last_inbound_id
        message_id = await send(turn, contato, name, params, _choices(getattr(method, "reply_markup", None)))
        if name not in SENDS:
            return cast(TelegramType, True)
        answer = _MESSAGE.model_copy(
            update={"message_id": message_id, "chat": _CHAT.model_copy(update={"id": contato.id})}
        )
        return cast(TelegramType, answer.as_(bot))

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        _no_reading()
        yield b""


def plain_parameters(method: TelegramMethod[Any]) -> dict[str, Any]:
    """The method's parameters as JSON-ready values, unset ones left out."""
    return {
        name: _plain(value)
        for name, value in method.__dict__.items()
        if value is not None and not isinstance(value, Default)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, StoredFile):
        return {"object_key": value.key, "filename": value.filename, "mime_type": value.mime_type}
    if isinstance(value, InputFile):
        raise TypeError("inside a turn only a StoredFile can be sent: put the content into the object store first")
    if isinstance(value, TelegramObject):
        return value.model_dump(mode="json", exclude_none=True, warnings=False)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return int(value.timestamp())
    return value


def _addressee(turn: Speaking, chat_id: Any) -> Contato:
    """The conversation a call goes to; it has to be open, and so locked, in this turn."""
    contato = turn.contato if chat_id is None else opened(turn.tx, chat_id)
    if contato is None:
        raise LookupError(f"a call to a conversation that this turn did not open: {chat_id}")
    return contato


def _choices(markup: Any) -> list[tuple[str, str]]:
    """The labels of the buttons that say something when they are tapped, with what they say."""
    if not isinstance(markup, InlineKeyboardMarkup):
        return []
    buttons = [button for row in markup.inline_keyboard for button in row]
    return [(button.text, button.callback_data) for button in buttons if button.callback_data]


def _no_reading() -> NoReturn:
    raise RuntimeError("calls that read belong to jobs after the commit")
