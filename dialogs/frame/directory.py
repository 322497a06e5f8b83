"""From an event to the handler that takes it, over aiogram's routers: read once, and asked only where one may fit.

The routers say it all, in their order; aiogram's own way through them asks every filter of every handler.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from aiogram import Dispatcher
from aiogram.dispatcher.event.handler import CallableObject, FilterObject
from aiogram.filters import StateFilter
from aiogram.types import TelegramObject

from dialogs.frame.signs import Admits, Sign

# Signs are few: a conversation's state, with a word or the beginning of a button.
_REMEMBERED = 2048

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A filter or a handler, and the facts it asks for by name."""

    callback: Any
    wants: tuple[str, ...]

    @classmethod
    def of(cls, called: CallableObject) -> "Part":
        """As aiogram has read its signature."""
        return cls(called.callback, tuple(sorted(called.params)))

    def given(self, event: TelegramObject, facts: Facts) -> Callable[[], Awaitable[Any]]:
        """The call of it, with what it asks for and is there."""
        return partial(self.callback, event, **{name: facts[name] for name in self.wants if name in facts})


def said_by(handle: Callable[[], Awaitable[Any]]) -> str:
    """The module of the handler that a call is of."""
    assert isinstance(handle, partial)
    return str(handle.func.__module__)


@dataclass(frozen=True, slots=True)
class Handling:
    """A handler, the filters before it, and those of its router (the same tuple for all of a router's)."""

    handler: Part
    own: tuple[Part, ...]
    shared: tuple[Part, ...]


class Directory:
    """Every handler of a dispatcher, in its routers' order. aiogram's middlewares are not asked: there are none."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    async def find(
        self, kind: str, sign: Sign, event: TelegramObject, facts: Facts
    ) -> Callable[[], Awaitable[Any]] | None:
        """The call of the first handler whose filters take the event, with its facts and what the filters have found.

        None: nobody takes it.
        """
        passed: dict[int, Facts | None] = {}
        for handling in _fitting(self._dispatcher, kind, sign):
            router = id(handling.shared)
            if router not in passed:
                passed[router] = await _passed(handling.shared, event, facts)
            known = passed[router]
            if known is not None and (found := await _passed(handling.own, event, known)) is not None:
                return handling.handler.given(event, found)
        return None


@lru_cache(maxsize=_REMEMBERED)
def _fitting(dispatcher: Dispatcher, kind: str, sign: Sign) -> tuple[Handling, ...]:
    """The handlers that this sign does not rule out, without the filters that it has answered."""
    return tuple(_read(dispatcher, kind, sign))


def _read(dispatcher: Dispatcher, kind: str, sign: Sign) -> Iterator[Handling]:
    for router in dispatcher.sub_routers:
        observer = router.observers[kind]
        shared = tuple(Part.of(part) for part in observer._handler.filters or ())
        for handler in observer.handlers:
            filters = handler.filters or []
            if all(_admits(part, sign) for part in filters):
                own = tuple(Part.of(part) for part in filters if not _is_answered(part))
                yield Handling(Part.of(handler), own, shared)


def _admits(part: FilterObject, sign: Sign) -> bool:
    condition = part.callback
    if isinstance(condition, StateFilter):
        return any(sign.state == getattr(state, "state", state) for state in condition.states)
    return not isinstance(condition, Admits) or condition.admits(sign)


def _is_answered(part: FilterObject) -> bool:
    condition = part.callback
    return isinstance(condition, StateFilter) or (isinstance(condition, Admits) and condition.is_all)


async def _passed(filters: Sequence[Part], event: TelegramObject, facts: Facts) -> Facts | None:
    """The facts with what the filters have found; None when one of them refuses the event."""
    for part in filters:
        found = await part.given(event, facts)()
        if not found:
            return None
        if isinstance(found, dict):
            facts = {**facts, **found}
    return facts
