"""Buttons as types: each kind of button is a class, and the text under it (callback data) is made and read here only.

Messages stay on people's phones for years, with their buttons: the text of a class never changes once it was sent
(tests/dialogs/test_buttons.py lists them all), and whoever handles a tap reads again what is true now.
"""

from functools import lru_cache
from typing import Annotated, Any, ClassVar, Self, TypeVar

from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from pydantic import AfterValidator, Field

from dialogs.frame.i18n import LANGUAGE_NAMES
from dialogs.frame.signs import Admits, Sign


def _spoken(code: str) -> str:
    if code not in LANGUAGE_NAMES:
        raise ValueError(code)
    return code


# What the databases' integers hold.
Id = Annotated[int, Field(ge=1, lt=2**63)]
Idioma = Annotated[str, AfterValidator(_spoken)]


_LONGEST = 64
_REMEMBERED = 4096
B = TypeVar("B", bound="Button")
# By what their texts begin with; several may begin alike.
_KINDS: dict[str, list[type["Button"]]] = {}


class Button(CallbackData, prefix="-", frozen=True):
    """The base of all: the prefix, then the fields in their order, joined by colons.

    A field with one literal value says what a tap does; packing fails beyond the 64 bytes that Telegram takes
    (core.telegram.org/bots/api#inlinekeyboardbutton).
    """

    # Of a question's yes (True) and no (False): who answers it in words taps it (dialogs/fala/pergunta.py).
    answers: ClassVar[bool | None] = None

    @classmethod
    def __pydantic_init_subclass__(cls, **given: Any) -> None:
        super().__pydantic_init_subclass__(**given)
        _KINDS.setdefault(cls.__prefix__, []).append(cls)

    @classmethod
    def read(cls, data: str | None) -> Self | None:
        """The button with this text; None for every text that we would not have written: `01`, `٣`, one too long."""
        return _read(cls, data) if data is not None and len(data) <= _LONGEST and cls.begins(data) else None

    def pack(self) -> str:
        """The text under it."""
        return _written(self)

    @classmethod
    def begins(cls, data: str | None) -> bool:
        """Whether the text has this prefix, and so is a button of this kind, of one akin, or made up."""
        return beginning_of(data) == cls.__prefix__


# Buttons never change, and most of them are shown and tapped again and again.
@lru_cache(maxsize=_REMEMBERED)
def _read(kind: type[B], data: str) -> B | None:
    try:
        button = kind.unpack(data)
        return button if button.pack() == data else None
    except (TypeError, ValueError):
        return None


@lru_cache(maxsize=_REMEMBERED)
def _written(button: Button) -> str:
    return CallbackData.pack(button)


def beginning_of(data: str | None) -> str:
    """What a button's text begins with: its kind, or one akin."""
    return (data or "").partition(Button.__separator__)[0]


def known_beginning(data: str | None) -> str | None:
    """`beginning_of`, when there are buttons that begin so."""
    beginning = beginning_of(data)
    return beginning if beginning in _KINDS else None


def button_of(data: str | None) -> Button | None:
    """The button with this text, of whatever kind; None when we would not have written it."""
    akin = _KINDS.get(beginning_of(data), ())
    return next((button for kind in akin if (button := kind.read(data)) is not None), None)


class Tap(Filter, Admits):
    """A tap on a button of one of these kinds, given as `button`. Async, and no `F`: those run in a thread."""

    is_all = False

    def __init__(self, *kinds: type[Button]) -> None:
        self.kinds = kinds

    def admits(self, sign: Sign) -> bool:
        return any(kind.begins(sign.button) for kind in self.kinds)

    async def __call__(self, event: CallbackQuery) -> bool | dict[str, Any]:
        for kind in self.kinds:
            button = kind.read(event.data)
            if button is not None:
                return {"button": button}
        return False


class Unreadable(Filter, Admits):
    """A tap whose text begins like one of these kinds; behind their own handlers it is one that nobody was sent."""

    def __init__(self, *kinds: type[Button]) -> None:
        self.kinds = kinds

    def admits(self, sign: Sign) -> bool:
        return any(kind.begins(sign.button) for kind in self.kinds)

    async def __call__(self, event: CallbackQuery) -> bool:
        return any(kind.begins(event.data) for kind in self.kinds)
