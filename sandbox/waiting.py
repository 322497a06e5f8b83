"""Waiting for a condition without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Signal:
    """Wakes everyone who waits whenever something changed; each waiter judges for itself."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Say that something changed."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def until(self, find: Callable[[], T | None], timeout: float | None) -> T:
        """The first thing `find` returns that is not None; TimeoutError after `timeout` seconds (None: never)."""
        async with asyncio.timeout(timeout):
            while (found := find()) is None:
                await self._event.wait()
            return found

    async def expect(self, find: Callable[[], T | None], timeout: float, complain: Callable[[], str]) -> T:
        """As `until`, but AssertionError with the complaint after `timeout` seconds."""
        try:
            return await self.until(find, timeout)
        except TimeoutError:
            raise AssertionError(f"{complain()} within {timeout:g} s") from None
