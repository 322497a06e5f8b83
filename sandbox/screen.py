"""What a person sees on their phone, and waiting for it to appear."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

from sandbox.bubbles import Bubble, Button, Card, File, Place, Row, Version, quote_on
from sandbox.courier import Delivery
from sandbox.waiting import Signal

T = TypeVar("T")


class Screen(ABC):
    """The bubbles of one person, oldest first, and what they have sent that is still on its way."""

    channel = ""

    def __init__(self, name: str) -> None:
        self.name = name
        self.screen: list[Bubble] = []
        self.activity = ""
        self.deliveries: list[Delivery] = []
        self._changed = Signal()

    @property
    def unseen(self) -> list[Bubble]:
        """Bubbles from the service that hold something no `sees` has consumed yet."""
        return [b for b in self.screen if not b.mine and not b.deleted and b.seen < len(b.versions)]

    async def sees(self, fragment: str, timeout: float = 20.0) -> Bubble:
        """Wait for a bubble, or an edit of one, that shows the fragment and was not consumed before.

        Every text a bubble passes through counts, so that a quick second edit hides nothing. AssertionError
        with the whole screen after `timeout` seconds.
        """

        return await self.sees_that(lambda: self._consume(fragment), repr(fragment), timeout)

    async def sees_kind(self, kind: str, timeout: float = 20.0) -> Bubble:
        """As `sees`, for a bubble of a kind (photo, voice, location …) whatever it says."""

        def newest() -> Bubble | None:
            found = next((bubble for bubble in self.unseen if bubble.kind == kind), None)
            if found is not None:
                found.seen = len(found.versions)
            return found

        return await self.sees_that(newest, f"a bubble of kind {kind!r}", timeout)

    async def sees_reaction(self, bubble: Bubble, emoji: str, timeout: float = 20.0) -> Bubble:
        """Wait until the service's reaction on a bubble is this one (empty: none)."""
        wanted = f"{emoji!r} on {bubble.summary!r}"
        return await self.sees_that(lambda: bubble if bubble.bot_reaction == emoji else None, wanted, timeout)

    async def sees_that(self, find: Callable[[], T | None], wanted: str, timeout: float = 20.0) -> T:
        """Wait until `find` gives something; AssertionError with the screen and what was wanted otherwise."""
        return await self._changed.expect(find, timeout, lambda: f"{self.transcript()}\n{self.name} never saw {wanted}")

    async def quiet(self, seconds: float = 0.3, timeout: float = 20.0) -> str:
        """Wait until nothing has changed on the phone for that long and nothing of theirs is under way.

        Returns the conversation as text.
        """
        async with asyncio.timeout(timeout):
            while True:
                if not await self._changes(seconds) and all(delivery.done for delivery in self.deliveries):
                    return self.transcript()

    def shows(self, fragment: str) -> bool:
        """Whether any bubble shows the fragment now, consumed or not."""
        return any(b.shows(fragment) for b in self.screen if not b.deleted)

    def bubble(self, bubble_id: str) -> Bubble | None:
        """The bubble with that id of the channel."""
        return next((b for b in self.screen if b.id == bubble_id), None)

    def transcript(self) -> str:
        """The conversation as text, oldest first."""
        head = f"--- {self.name} ({self.channel}) ---"
        return "\n".join([head, *(bubble.as_text() for bubble in self.screen)])

    def show(self, bubble: Bubble) -> Bubble:
        """Put a bubble on the screen; a message from the service ends `typing`."""
        self.screen.append(bubble)
        if not bubble.mine:
            self.activity = ""
        self.touched(bubble)
        return bubble

    def revise(self, bubble: Bubble, version: Version) -> None:
        """Change what a bubble shows."""
        bubble.versions.append(version)
        self.touched(bubble)

    def touched(self, bubble: Bubble | None = None) -> None:
        """Tell whoever waits or watches that a bubble (or the phone itself, with None) changed."""
        self._changed.notify()
        self._tell(bubble)

    async def find_label(self, label: str, bubble: Bubble | None, timeout: float) -> tuple[Bubble, Button | Row]:
        """The bubble and the button or row to tap."""
        if bubble is not None:
            target = bubble.find(label, old=True)
            assert target is not None, f"The bubble never had {label!r}.\n{bubble.as_text()}"
            return bubble, target

        def complain() -> str:
            return f"{self.transcript()}\n{self.name} had no {label!r} to tap"

        return await self._changed.expect(lambda: self._newest(label), timeout, complain)

    def sending(self, delivery: Delivery, bubble: Bubble | None = None) -> Delivery:
        """Remember what is on its way, and tick its bubble once the service has it."""
        self.deliveries.append(delivery)
        if bubble is not None:
            delivery.on_accepted = lambda: self._tick(bubble)
        return delivery

    def mine(
        self,
        bubble_id: str,
        when: float,
        *,
        kind: str = "text",
        text: str = "",
        file: File | None = None,
        quote: Bubble | None = None,
        location: Place | None = None,
        contacts: tuple[Card, ...] = (),
        raw: dict[str, Any] | None = None,
    ) -> Bubble:
        """Show a bubble of the person's own."""
        bubble = Bubble(bubble_id, len(self.screen) + 1, True, when, kind, [Version(text)])
        bubble.file, bubble.location, bubble.contacts = file, location, contacts
        bubble.raw = raw or {}
        quote_on(bubble, quote)
        return self.show(bubble)

    def _tick(self, bubble: Bubble) -> None:
        bubble.status = bubble.status or "sent"
        self.touched(bubble)

    def _newest(self, label: str) -> tuple[Bubble, Button | Row] | None:
        for bubble in reversed(self.screen):
            if bubble.mine or bubble.deleted:
                continue
            if target := bubble.find(label):
                return bubble, target
        return None

    def _consume(self, fragment: str) -> Bubble | None:
        for bubble in self.unseen:
            for version in range(bubble.seen, len(bubble.versions)):
                if bubble.shows(fragment, version):
                    bubble.seen = version + 1
                    return bubble
        return None

    @abstractmethod
    def _tell(self, bubble: Bubble | None) -> None:
        """Tell the page that a bubble changed, or the phone itself."""

    async def _changes(self, seconds: float) -> bool:
        """Whether anything changes on the phone within that time."""
        before = self._fingerprint()
        try:
            return await self._changed.until(lambda: True if self._fingerprint() != before else None, seconds)
        except TimeoutError:
            return False

    def _fingerprint(self) -> tuple[int, int, int]:
        versions = sum(len(bubble.versions) + bubble.deleted for bubble in self.screen)
        return len(self.screen), versions, sum(delivery.done for delivery in self.deliveries)
