"""A person with a phone: what they can do on it. What they see is their `Screen`."""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from sandbox.bubbles import Bubble, Button, Row
from sandbox.courier import Delivery
from sandbox.screen import Screen

Watcher = Callable[["Phone", Bubble | None], None]


class Phone(Screen):
    """One person on one channel. Their screen belongs to the person, not to the service under test."""

    # Whether the channel tells the service of an edited message, and whether it has topics.
    edits_messages = False
    has_topics = False

    started = True

    def __init__(self, name: str, telefone: str | None, papel: str, watch: Watcher) -> None:
        super().__init__(name)
        self.telefone = telefone
        self.papel = papel
        self.dicas: tuple[str, ...] = ()
        self.opened: list[str] = []
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
        self,
        name: str,
        data: bytes,
        mime: str = "application/pdf",
        caption: str = "",
        *,
        reply_to: Bubble | None = None,
    ) -> Delivery:
        """Send a file."""

    @abstractmethod
    async def sends_photo(
        self, data: bytes, caption: str = "", mime: str = "image/jpeg", *, reply_to: Bubble | None = None
    ) -> Delivery:
        """Send a picture."""

    async def sends_photos(self, photos: Sequence[bytes], caption: str = "") -> list[Delivery]:
        """Send several pictures at once; the first carries the caption."""
        return [await self.sends_photo(data, "" if number else caption) for number, data in enumerate(photos)]

    @abstractmethod
    async def sends_voice(self, data: bytes = b"OggS", *, reply_to: Bubble | None = None) -> Delivery:
        """Record and send a voice message."""

    @abstractmethod
    async def sends_audio(
        self, name: str, data: bytes, mime: str = "audio/mpeg", *, reply_to: Bubble | None = None
    ) -> Delivery:
        """Send a piece of music or another recording as a file."""

    @abstractmethod
    async def sends_video(
        self, data: bytes, caption: str = "", mime: str = "video/mp4", *, reply_to: Bubble | None = None
    ) -> Delivery:
        """Send a film."""

    @abstractmethod
    async def sends_sticker(
        self, data: bytes = b"RIFF0000WEBP", emoji: str = "👍", *, reply_to: Bubble | None = None
    ) -> Delivery:
        """Send a sticker (WebP); WhatsApp tells no emoji."""

    @abstractmethod
    async def sends_location(
        self,
        latitude: float,
        longitude: float,
        name: str = "",
        address: str = "",
        *,
        reply_to: Bubble | None = None,
    ) -> Delivery:
        """Send a point on the map (degrees), or with `name` and `address` a known place."""

    @abstractmethod
    async def reacts(self, bubble: Bubble, emoji: str) -> Delivery:
        """React to a bubble; an empty emoji takes the reaction back."""

    def _tell(self, bubble: Bubble | None) -> None:
        self._watch(self, bubble)
