"""A person with a phone: what they can do on it. What they see is their `Screen`."""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from sandbox.bubbles import Bubble, Button, File, Place, Row
from sandbox.courier import Delivery
from sandbox.screen import Screen

Watcher = Callable[["Phone", Bubble | None], None]


class Phone(Screen):
    """One person on one channel. Their screen belongs to the person, not to the service under test."""

    # Whether the channel tells the service of an edited message, and whether it has topics.
    edits_messages = False
    has_topics = False
    # What its app calls a recording, and as which type it sends one.
    recording = ("voice.oga", "audio/ogg")

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

    async def taps(self, label: str, *, bubble: Bubble | None = None, timeout: float = 20.0) -> Delivery | None:
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

    async def shares_contact(self) -> Delivery:
        """Share the person's own contact."""
        return await self.shares_contact_of(self)

    @abstractmethod
    async def shares_contact_of(self, other: "Phone") -> Delivery:
        """Share somebody else's contact."""

    @abstractmethod
    async def opens_link(self, link: str) -> Delivery:
        """Follow a deep link: a full address, `?start=payload`, or the payload alone."""

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
        return self._send_file("document", File(name, mime, data), caption, reply_to)

    async def sends_photo(
        self, data: bytes, caption: str = "", mime: str = "image/jpeg", *, reply_to: Bubble | None = None
    ) -> Delivery:
        """Send a picture."""
        return self._send_file("photo", File("photo.jpg", mime, data), caption, reply_to)

    async def sends_photos(self, photos: Sequence[bytes], caption: str = "") -> list[Delivery]:
        """Send several pictures at once; the first carries the caption."""
        return [await self.sends_photo(data, "" if number else caption) for number, data in enumerate(photos)]

    async def sends_voice(self, data: bytes = b"OggS", *, reply_to: Bubble | None = None) -> Delivery:
        """Record and send a voice message."""
        return self._send_file("voice", File(*self.recording, data), "", reply_to)

    async def sends_audio(
        self, name: str, data: bytes, mime: str = "audio/mpeg", *, reply_to: Bubble | None = None
    ) -> Delivery:
        """Send a piece of music or another recording as a file."""
        return self._send_file("audio", File(name, mime, data), "", reply_to)

    async def sends_video(
        self, data: bytes, caption: str = "", mime: str = "video/mp4", *, reply_to: Bubble | None = None
    ) -> Delivery:
        """Send a film."""
        return self._send_file("video", File("video.mp4", mime, data), caption, reply_to)

    async def sends_sticker(
        self, data: bytes = b"RIFF0000WEBP", emoji: str = "👍", *, reply_to: Bubble | None = None
    ) -> Delivery:
        """Send a sticker (WebP); WhatsApp tells no emoji."""
        return self._send_file("sticker", File("sticker.webp", "image/webp", data), "", reply_to, emoji)

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
        return self._send_place(Place(latitude, longitude, name, address), reply_to)

    @abstractmethod
    def _send_file(self, kind: str, file: File, caption: str, reply_to: Bubble | None, emoji: str = "") -> Delivery:
        """Send a file as one of a bubble's kinds; `emoji` is a sticker's."""

    @abstractmethod
    def _send_place(self, place: Place, reply_to: Bubble | None) -> Delivery:
        """Send a place."""

    @abstractmethod
    async def reacts(self, bubble: Bubble, emoji: str) -> Delivery:
        """React to a bubble; an empty emoji takes the reaction back."""

    def _tell(self, bubble: Bubble | None) -> None:
        self._watch(self, bubble)
