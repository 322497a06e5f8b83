"""Reading filters out of an address: an empty one is none, a wrong one is 422."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from aiohttp import web

from webhooks.http.answers import ApiError

Word = TypeVar("Word", bound=StrEnum)


# What every register is looked through by.
FILTROS = frozenset({"busca", "situacao", "depois"})
# What mail, advertisements and networks hang on to a link that somebody passes on.
_OF_OTHERS = re.compile(
    "utm_[a-z]+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|ttclid|yclid|igshid|mc_[ce]id|_g[al]"
)
# Of a filter that is typed: longer ones find nothing.
_LONGEST = 200
_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


def names_of(request: web.Request) -> list[str]:
    """What the address asks for, by name; not what others have hung on to it."""
    return sorted(name for name in set(request.query) if not _OF_OTHERS.fullmatch(name))


def texts_of(request: web.Request, *names: str) -> dict[str, str]:
    """What was typed or chosen in these filters, as their fields show it again."""
    return {name: request.query.get(name, "").strip()[:_LONGEST] for name in names}


def uuid_of(request: web.Request, name: str) -> UUID | None:
    """An id."""
    return as_uuid(request.query.get(name, ""), name)


def as_uuid(text: str, name: str) -> UUID | None:
    """The text of an id; None for nothing."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise ApiError(422, name) from None


def number_of(request: web.Request, name: str) -> int | None:
    """A whole number, as of a row."""
    text = request.query.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise ApiError(422, name)
    return int(text)


def word_of(request: web.Request, name: str, words: type[Word]) -> Word | None:
    """One of these words."""
    text = request.query.get(name, "")
    if not text:
        return None
    try:
        return words(text)
    except ValueError:
        raise ApiError(422, name) from None


def flag_of(request: web.Request, name: str) -> bool:
    """Whether it is chosen: `1`, or nothing."""
    text = request.query.get(name, "").strip()
    if text not in ("", "1"):
        raise ApiError(422, name)
    return text == "1"


def state_of(request: web.Request, states: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """What the chosen `situacao` means for the list; nothing for none chosen."""
    text = request.query.get("situacao", "").strip()
    if text and text not in states:
        raise ApiError(422, "situacao")
    return dict(states[text]) if text else {}


def day_of(request: web.Request, name: str) -> date | None:
    """A day as a date field sends it, or as people write it; one of another century is none that a person meant."""
    text = request.query.get(name, "").strip()
    if not text:
        return None
    try:
        written = _WRITTEN.fullmatch(text)
        day = date(*(int(part) for part in reversed(written.groups()))) if written else date.fromisoformat(text)
    except ValueError:
        raise ApiError(422, name) from None
    if not 2000 <= day.year < 2100:
        raise ApiError(422, name)
    return day
