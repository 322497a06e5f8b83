"""On a busy machine the tests' engines answer late, and few tests are about the deadline: others wait for longer."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from bot.runtime import redis_client
from storage import database

T = TypeVar("T")

# Where the service waits for 1 to 5.
SECONDS = 20.0
_DEADLINES = (
    (redis_client, "PATIENCE_SECONDS"),
    (database, "LOCK_WAIT_SECONDS"),
    (database, "_POOL_SECONDS"),
    (database, "_CONNECT_SECONDS"),
    (database, "_LOCK_SECONDS"),
    (database, "_STATEMENT_SECONDS"),
    (database, "_SILENT_SECONDS"),
)
_OURS = {(module, name): getattr(module, name) for module, name in _DEADLINES}


def pytest_configure() -> None:
    for module, name in _DEADLINES:
        setattr(module, name, SECONDS)


async def within(seconds: float, waiting: Coroutine[Any, Any, T]) -> T:
    """What it waits for, if that comes within so many seconds in which this process had its turn.

    They are counted in tenths, each as long as the machine makes it: what it takes away for others does not count.
    """
    task = asyncio.ensure_future(waiting)
    for _ in range(round(seconds * 10)):
        if (await asyncio.wait({task}, timeout=0.1))[0]:
            return await task
    task.cancel()
    await asyncio.wait({task})
    raise AssertionError(f"not within {seconds:g} s")


@pytest.fixture
def as_impatient_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service's own deadlines."""
    for (module, name), seconds in _OURS.items():
        monkeypatch.setattr(module, name, seconds)
