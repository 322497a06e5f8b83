"""What a person may do with a phone on the page: one function an act, named in the address."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.bubbles import Bubble, File
from sandbox.phone import Phone
from sandbox.telegram.phone import TelegramPhone

Body = dict[str, Any]
Act = Callable[[Phone, Body], Awaitable[Any]]
UPLOADS = ("document", "photo", "audio", "voice", "video")


class Acts:
    """The acts. `find` gives the phone with a name of the page's, `tell` tells the pages."""

    def __init__(self, find: Callable[[str], Phone], tell_typing: Callable[[Phone], None]) -> None:
        self._find = find
        self._tell_typing = tell_typing
        self._acts: dict[str, Act] = {
            "says": self._say,
            "taps": self._tap,
            "presses": lambda phone, body: phone.taps(str(body["label"])),
            "contact": self._contact,
            "location": self._location,
            "reacts": self._react,
            "edits": self._edit,
            "opens": lambda phone, body: phone.opens_link(str(body.get("link", ""))),
            "topic": self._topic,
            "types": self._type,
        }

    async def do(self, name: str, phone: Phone, body: Body) -> None:
        """Do it. 404 for an act, a bubble or a person that there is not; 422 when something is missing."""
        if name not in self._acts:
            raise web.HTTPNotFound
        try:
            await self._acts[name](phone, body)
        except (KeyError, TypeError, ValueError):
            raise web.HTTPUnprocessableEntity from None

    async def upload(self, phone: Phone, kind: str, file: File, caption: str) -> None:
        """Send a file as the person asked: as a document, a photo, audio, a voice message or a video."""
        if kind == "photo":
            await phone.sends_photo(file.data, caption, file.mime)
        elif kind == "audio":
            await phone.sends_audio(file.name, file.data, file.mime)
        elif kind == "voice":
            await phone.sends_voice(file.data)
        elif kind == "video":
            await phone.sends_video(file.data, caption, file.mime)
        else:
            await phone.sends_document(file.name, file.data, file.mime, caption)

    async def _say(self, phone: Phone, body: Body) -> None:
        reply_to = bubble_on(phone, body["reply_to"]) if body.get("reply_to") else None
        await phone.says(str(body["text"]), reply_to=reply_to)

    async def _tap(self, phone: Phone, body: Body) -> None:
        """Tap the n-th thing that can be tapped on a bubble, buttons before rows."""
        bubble, position = bubble_on(phone, body["bubble"]), int(body["position"])
        if not 0 <= position < len(bubble.targets):
            raise web.HTTPNotFound
        await phone.tap(bubble, bubble.targets[position])

    async def _contact(self, phone: Phone, body: Body) -> None:
        """Share their own contact, or somebody else's who is on the page."""
        await phone.shares_contact_of(self._find(str(body["of"])) if body.get("of") else phone)

    async def _location(self, phone: Phone, body: Body) -> None:
        latitude, longitude = float(body["latitude"]), float(body["longitude"])
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError
        await phone.sends_location(latitude, longitude, str(body.get("name", "")), str(body.get("address", "")))

    async def _react(self, phone: Phone, body: Body) -> None:
        await phone.reacts(bubble_on(phone, body["bubble"]), str(body["emoji"]))

    async def _edit(self, phone: Phone, body: Body) -> None:
        bubble = bubble_on(phone, body["bubble"])
        if not isinstance(phone, TelegramPhone) or not bubble.mine:
            raise web.HTTPNotFound
        await phone.edits(bubble, str(body["text"]))

    async def _topic(self, phone: Phone, body: Body) -> None:
        """Look at a topic of a Telegram chat, or with 0 at the chat itself."""
        if not isinstance(phone, TelegramPhone):
            raise web.HTTPNotFound
        wanted = int(body["topic"])
        phone.opens_topic(next((topic for topic in phone.topics.open if topic.id == wanted), None))

    async def _type(self, phone: Phone, body: Body) -> None:
        self._tell_typing(phone)


def bubble_on(phone: Phone, bubble_id: Any) -> Bubble:
    """The bubble with that id on the phone; 404 when there is none."""
    bubble = phone.bubble(str(bubble_id))
    if bubble is None or bubble.deleted:
        raise web.HTTPNotFound
    return bubble
