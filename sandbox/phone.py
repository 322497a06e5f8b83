"""A person with a phone: what they see, and what they can do on it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable

from sandbox.bubbles import Bubble, Button, File, Row, Version
from sandbox.courier import Delivery
from sandbox.waiting import Signal

Watcher = Callable[["Phone", Bubble | None], None]


class Phone(ABC):
    """One person on one channel. Their screen belongs to the person, not to the service under test."""

    channel = ""

    started = True

    def __init__(self, name: str, telefone: str | None, papel: str, watch: Watcher) -> None:
        self.name = name
        self.telefone = telefone
        self.papel = papel
        self.dicas: tuple[str, ...] = ()
        self.screen: list[Bubble] = []
        self.activity = ""
        self.deliveries: list[Delivery] = []
        self.opened: list[str] = []
        self._changed = Signal()
        self._watch = watch

    @property
    @abstractmethod
    def id(self) -> str:
        """How the channel names this person, as text."""

    @property
    @abstractmethod
    def actions(self) -> list[str]:
        """What the page offers beside typing: labels of a reply keyboard, for instance."""

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The commands that this person's menu shows, with their descriptions."""
        return []

    @abstractmethod
    async def says(self, text: str, *, reply_to: Bubble | None = None) -> Delivery:
        """Type and send a text."""

    async def taps(self, label: str, *, bubble: Bubble | None = None, timeout: float = 10.0) -> Delivery | None:
        """Tap the newest visible button or row with that label, or the one of an older bubble.

        Waits up to `timeout` seconds for it to appear; AssertionError with the screen when it does not.
        A link opens instead of sending anything and gives None unless it leads back into the chat.
        """
        found, target = await self.find_label(label, bubble, timeout)
        return await self.tap(found, target)

    @abstractmethod
    async def tap(self, bubble: Bubble, target: Button | Row) -> Delivery | None:
        """Tap that very button or row."""

    @abstractmethod
    async def taps_data(self, data: str, *, bubble: Bubble) -> Delivery:
        """Forge a tap on a bubble with data of the test's own choice."""

    @abstractmethod
    async def shares_contact(self) -> Delivery:
        """Share the person's own contact."""

    @abstractmethod
    async def shares_contact_of(self, other: "Phone") -> Delivery:
        """Share somebody else's contact."""

    @abstractmethod
    async def opens_link(self, link: str) -> Delivery:
        """Follow a deep link: a full address, `?start=payload`, or the payload alone."""

    @abstractmethod
    async def sends_document(
        self, name: str, data: bytes, mime: str = "application/pdf", caption: str = ""
    ) -> Delivery:
        """Send a file."""

    @abstractmethod
    async def sends_photo(self, data: bytes, caption: str = "", mime: str = "image/jpeg") -> Delivery:
        """Send a picture."""

    @abstractmethod
    async def sends_voice(self, data: bytes = b"OggS") -> Delivery:
        """Record and send a voice message."""

    @abstractmethod
    async def reacts(self, bubble: Bubble, emoji: str) -> Delivery:
        """React to a bubble; an empty emoji takes the reaction back."""

    @property
    def unseen(self) -> list[Bubble]:
        """Bubbles from the service that hold something no `sees` has consumed yet."""
        return [b for b in self.screen if not b.mine and not b.deleted and b.seen < len(b.versions)]

    async def sees(self, fragment: str, timeout: float = 10.0) -> Bubble:
        """Wait for a bubble, or an edit of one, that shows the fragment and was not consumed before.

        Every text a bubble passes through counts, so that a quick second edit hides nothing. AssertionError
        with the whole screen after `timeout` seconds.
        """

        def complain() -> str:
            return f"{self.transcript()}\n{self.name} never saw {fragment!r}"

        return await self._changed.expect(lambda: self._consume(fragment), timeout, complain)

    async def quiet(self, seconds: float = 0.3, timeout: float = 10.0) -> str:
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
        self._watch(self, bubble)

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
    ) -> Bubble:
        """Show a bubble of the person's own."""
        return self.show(
            Bubble(
                id=bubble_id,
                order=len(self.screen) + 1,
                mine=True,
                when=when,
                kind=kind,
                versions=[Version(text)],
                file=file,
                quote=quote.text if quote else "",
            )
        )

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
