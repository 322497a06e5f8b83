"""Filters: a chat word, and a tap. Async on purpose: aiogram runs plain-function filters in a thread."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from core.palavras import Palavra

Handler = Callable[..., Awaitable[Any]]


class Word(Filter):
    """The message is one of these chat words, typed alone."""

    def __init__(self, *palavras: Palavra) -> None:
        self._palavras = frozenset(palavras)

    async def __call__(self, event: Message, palavra: Palavra | None = None) -> bool:
        return palavra in self._palavras


class Tap(Filter):
    """A tap on a button whose data begins with these parts, joined by colons; the rest is given as `partes`."""

    def __init__(self, *parts: str) -> None:
        self._parts = list(parts)

    async def __call__(self, event: CallbackQuery) -> bool | dict[str, Any]:
        parts = (event.data or "").split(":")
        if parts[: len(self._parts)] != self._parts:
            return False
        return {"partes": parts[len(self._parts) :]}


class Carries(Filter):
    """The message carries one of these kinds of content (the Bot API's field names)."""

    def __init__(self, *kinds: str) -> None:
        self._kinds = kinds

    async def __call__(self, event: Message) -> bool:
        return any(getattr(event, kind) is not None for kind in self._kinds)


def word_tap(palavra: Palavra) -> str:
    """The data of a button that stands for a chat word."""
    return f"palavra:{palavra}"


def on_word(router: Router, palavra: Palavra, *states: State) -> Callable[[Handler], Handler]:
    """Register a handler for a chat word, typed or tapped in a menu; in these states only, when some are given."""
    condition = [StateFilter(*states)] if states else []

    def register(handler: Handler) -> Handler:
        router.message.register(handler, Word(palavra), *condition)
        router.callback_query.register(handler, Tap(*word_tap(palavra).split(":")), *condition)
        return handler

    return register
