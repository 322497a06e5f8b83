"""Filters: a chat word, typed or tapped, and kinds of content. Async: aiogram runs plain functions in a thread."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from core.fala.respostas.algumas import names_some
from core.palavras import Palavra, is_bare_command
from dialogs.frame.buttons import Button, known_beginning
from dialogs.frame.i18n import _
from dialogs.frame.signs import Admits, Sign
from dialogs.frame.talk import Choice, Talk

Handler = Callable[..., Awaitable[Any]]


class Word(Filter, Admits):
    """The message is one of these chat words, typed alone."""

    def __init__(self, *palavras: Palavra) -> None:
        self._palavras = frozenset(palavras)

    def admits(self, sign: Sign) -> bool:
        return sign.palavra in self._palavras

    async def __call__(self, event: Message, palavra: Palavra | None = None) -> bool:
        return palavra in self._palavras


class Unworded(Filter, Admits):
    """The message is no chat word of this person's."""

    def admits(self, sign: Sign) -> bool:
        return sign.palavra is None

    async def __call__(self, event: Message, palavra: Palavra | None = None) -> bool:
        return palavra is None


class Free(Filter, Admits):
    """Something is written where no question is open and nobody else may be meant: it begins something by itself.

    It is no chat word, or one of these, for which such a sentence may have been taken. `any_word`: or any of them.
    """

    is_all = False

    def __init__(self, *palavras: Palavra, any_word: bool = False) -> None:
        self._palavras = frozenset((None, *palavras))
        self._any_word = any_word

    def admits(self, sign: Sign) -> bool:
        return sign.state is None and (self._any_word or sign.palavra in self._palavras)

    async def __call__(
        self, event: Message, talk: Talk, palavra: Palavra | None = None, raw_state: str | None = None
    ) -> bool:
        return self.admits(Sign(raw_state, palavra)) and bool(event.text) and not talk.is_attended


class NotTheirs(Filter, Admits):
    """The message is one of these chat words, typed alone, by somebody whose perfil has not got it."""

    def __init__(self, *palavras: Palavra) -> None:
        self._palavras = frozenset(palavras)

    def admits(self, sign: Sign) -> bool:
        return sign.alheia in self._palavras

    async def __call__(self, event: Message, alheia: Palavra | None = None) -> bool:
        return alheia in self._palavras


class WordButton(Button, prefix="palavra"):
    """Stands for a chat word."""

    palavra: Palavra


def a_person() -> Choice:
    """The way to a person of ours, for a customer."""
    return _("Falar com consultor"), WordButton(palavra=Palavra.CONSULTOR)


_WORD_BUTTONS = frozenset(WordButton(palavra=palavra).pack() for palavra in Palavra)


def button_sign(data: str | None) -> str | None:
    """What a sign says of a tap with this text; None for a text that is no button of ours."""
    return data if data in _WORD_BUTTONS else known_beginning(data)


class WordTap(Filter, Admits):
    """A tap on the button of this chat word."""

    def __init__(self, palavra: Palavra) -> None:
        self.palavra = palavra
        self._data = WordButton(palavra=palavra).pack()

    def admits(self, sign: Sign) -> bool:
        return sign.button == self._data

    async def __call__(self, event: CallbackQuery) -> bool:
        return event.data == self._data


class Command(Filter):
    """A `/word` and nothing else: said to us, whoever it is of, and nothing for a consultor to read."""

    async def __call__(self, event: Message) -> bool:
        return is_bare_command(event.text or "")


class NamesSome(Filter):
    """Of all that were shown the message picks some."""

    async def __call__(self, event: Message) -> bool:
        return event.text is not None and names_some(event.text)


class Carries(Filter):
    """The message carries one of these kinds of content (the Bot API's field names)."""

    def __init__(self, *kinds: str) -> None:
        self._kinds = kinds

    async def __call__(self, event: Message) -> bool:
        # A list of no photos is none.
        return any(getattr(event, kind) not in (None, []) for kind in self._kinds)


def on_word(router: Router, palavra: Palavra, *states: State) -> Callable[[Handler], Handler]:
    """Register a handler for a chat word, typed or tapped in a menu; in these states only, when some are given."""
    condition = [StateFilter(*states)] if states else []

    def register(handler: Handler) -> Handler:
        router.message.register(handler, Word(palavra), *condition)
        router.callback_query.register(handler, WordTap(palavra), *condition)
        return handler

    return register
