"""People who go on with what they do whatever happens around them, and remember which reply did not come."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox import Bubble, Phone
from tests.faults.harness.book import Book

# A reply is missing when it has not come by the end, not when it comes late: the drain ends who still waits.
PATIENCE = 7200.0


class GaveUp(Exception):
    """A reply did not come."""


class Person:
    """Somebody with a phone, who reads it from where they have read it."""

    def __init__(self, phone: Phone, book: Book) -> None:
        self.phone = phone
        self.book = book
        self._read = 0

    @property
    def ended(self) -> asyncio.Event:
        """When they begin nothing new."""
        return self.book.stop

    async def lives(self) -> None:
        """`once` again and again, until it is said that nobody begins anything new."""
        while not self.ended.is_set():
            try:
                await self.once()
            except GaveUp:
                return
            except AssertionError as error:
                self.book.wrong.append(f"{self.phone.name}: {error}")
                return

    async def once(self) -> None:
        """One thing, from its begin to its end."""
        raise NotImplementedError

    async def begins(self, text: str) -> None:
        """Say the first thing of something new: what was said before is no answer to it."""
        self._read = len(self.phone.screen)
        await self.says(text)

    async def says(self, text: str) -> None:
        await self.phone.says(text)

    async def taps(self, label: str, bubble: Bubble) -> None:
        await self.phone.taps(label, bubble=bubble)

    async def sees(self, *fragments: str, patience: float = PATIENCE) -> tuple[str, Bubble]:
        """The next message that shows one of these, and which it was."""
        wanted = " | ".join(fragments)
        try:
            return await self.phone.sees_that(lambda: self.find(fragments), wanted, patience)
        except AssertionError:
            self.book.missing.append(f"{self.phone.name} never saw {wanted}:\n{_tail(self.phone)}")
            raise GaveUp from None
        except asyncio.CancelledError:
            self.book.missing.append(f"{self.phone.name} still waited for {wanted}:\n{_tail(self.phone)}")
            raise

    @contextmanager
    def reads_on_from_here(self) -> Iterator[None]:
        """What comes while they wait for an answer is read afterwards: a card among it is passed over by nobody."""
        place = self._read
        yield
        self._read = place

    def find(self, fragments: tuple[str, ...]) -> tuple[str, Bubble] | None:
        """The next such message, if it is there."""
        for place in range(self._read, len(self.phone.screen)):
            bubble = self.phone.screen[place]
            if bubble.mine:
                continue
            shown = [
                one for one in fragments if any(bubble.shows(one, version) for version in range(len(bubble.versions)))
            ]
            if shown:
                self._read = place + 1
                return shown[0], bubble
        return None


def _tail(phone: Phone, lines: int = 14) -> str:
    return "\n".join(phone.transcript().splitlines()[-lines:])
