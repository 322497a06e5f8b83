"""No text that somebody sends keeps a pattern of ours at work: what repeats a word of its own is decided at once.

A pattern that can read the same text in many ways ("kkkk" as kk+kk, k+kkk, …) tries them all before it says no; of
forty letters that takes hours, and the event loop waits for it.
"""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

import core
import dialogs
import storage
import webhooks

# What fits nothing: patterns say no only once every way is tried.
_FITS_NOTHING = "\x01x"
_TIMES = 40
_SECONDS = 1.0
_ORDINARY = ("k", "a", "s", "0", "1", "rs", "ha", "9-", "0.", "0,", " ")


class _TooLong(Exception):
    pass


def _patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every pattern that is a global of a module, in a table or by itself."""
    for package in (core, dialogs, storage, webhooks):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations." in info.name:
                continue
            for name, value in vars(importlib.import_module(info.name)).items():
                for pattern in _within(value):
                    yield f"{info.name}.{name}", pattern


def _within(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, dict):
        for part in (*value.keys(), *value.values()):
            yield from _within(part, depth + 1)
    elif depth < 3 and isinstance(value, (list, tuple, set, frozenset)):
        for part in value:
            yield from _within(part, depth + 1)


def _pumps(source: str) -> Iterator[str]:
    """Words and letters that the pattern itself names, and what people repeat."""
    for word in dict.fromkeys((*_ORDINARY, *re.findall(r"[a-z]{1,14}", source))):
        yield from (word, f"{word} ", word[0])


def _took_too_long(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


@pytest.mark.falha(408)
def test_no_pattern_is_at_work_for_long() -> None:
    tried, slow = set(), {}
    before = signal.signal(signal.SIGALRM, _took_too_long)
    try:
        for where, pattern in _patterns():
            source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
            if (source, pattern.flags) in tried:
                continue
            tried.add((source, pattern.flags))
            for pump in dict.fromkeys(_pumps(source)):
                text = (pump * _TIMES)[:400] + _FITS_NOTHING
                said: Any = text if isinstance(pattern.pattern, str) else text.encode()
                signal.setitimer(signal.ITIMER_REAL, _SECONDS)
                try:
                    pattern.search(said)
                    pattern.fullmatch(said)
                except _TooLong:
                    slow[where] = pump
                    break
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert len(tried) > 200
    assert slow == {}
