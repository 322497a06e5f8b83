"""A person on WhatsApp."""

from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from sandbox.bubbles import Bubble, Button, Card, File, Place, Row, Version
from sandbox.courier import Delivery
from sandbox.faults import Faults
from sandbox.phone import Phone, Watcher
from sandbox.whatsapp.media import WhatsAppMedia, webhook_object

Content = dict[str, Any]

# The Cloud API's name of a kind of bubble, where it has another.
_TYPES = {"photo": "image", "voice": "audio"}


class Network(Protocol):
    """WhatsApp, from a phone's side (sandbox/whatsapp/whatsapp.py)."""

    display_number: str
    media: WhatsAppMedia
    clock: Callable[[], float]

    @property
    def faults(self) -> Faults:
        """What goes wrong; who has blocked the number is kept there."""

    def new_message(self, phone: "WhatsAppPhone") -> Content:
        """The frame of an inbound message with a new wamid."""

    def send_message(
        self, phone: "WhatsAppPhone", message: Content, *, bubble: Bubble | None = None, with_contact: bool = True
    ) -> Delivery:
        """Queue an inbound message for the service."""

    def rename(self, phone: "WhatsAppPhone", telefone: str) -> None:
        """Give a person another number."""


class WhatsAppPhone(Phone):
    """One person. `wa_id` is None for somebody known by a business-scoped `user_id` alone."""

    channel = "whatsapp"
    recording = ("voice.ogg", "audio/ogg; codecs=opus")

    def __init__(
        self,
        whatsapp: "Network",
        user_id: str,
        wa_id: str | None,
        name: str,
        telefone: str | None,
        papel: str,
        watch: Watcher,
    ) -> None:
        super().__init__(name, telefone, papel, watch)
        self.user_id = user_id
        self.wa_id = wa_id
        self.last_wrote: float | None = None
        self._whatsapp = whatsapp

    @property
    def id(self) -> str:
        return self.wa_id or self.user_id

    @property
    def actions(self) -> list[str]:
        return []

    @property
    def contact(self) -> dict[str, Any]:
        """The entry of `contacts` in a webhook."""
        ids = {"wa_id": self.wa_id, "user_id": self.user_id} if self.wa_id else {"user_id": self.user_id}
        return {"profile": {"name": self.name}} | ids

    async def says(self, text: str, *, reply_to: Bubble | None = None) -> Delivery:
        return self._send("text", {"body": text}, text, quote=reply_to)

    async def tap(self, bubble: Bubble, target: Button | Row) -> Delivery | None:
        if isinstance(target, Row):
            reply = {"id": target.id, "title": target.title}
            reply |= {"description": target.description} if target.description else {}
            return self._reply("list_reply", reply, bubble)
        if target.url:
            return await self._follow(target)
        if bubble.kind == "template":
            return self._send("button", {"payload": target.data, "text": target.label}, target.label, quote=bubble)
        return self._reply("button_reply", {"id": target.data, "title": target.label}, bubble)

    async def taps_data(self, data: str, *, bubble: Bubble) -> Delivery:
        return self._reply("button_reply", {"id": data, "title": data[:20]}, bubble)

    async def shares_contact_of(self, other: Phone) -> Delivery:
        first, _, last = other.name.partition(" ")
        name = {"first_name": first, "formatted_name": other.name} | ({"last_name": last} if last else {})
        phone = {"phone": f"+{other.telefone}", "type": "CELL"}
        phone |= {"wa_id": other.wa_id} if isinstance(other, WhatsAppPhone) and other.wa_id else {}
        content = [{"name": name, "phones": [phone]}]
        card = Card(other.name, other.telefone or "")
        return self._send("contacts", content, card.text, kind="contact", contacts=(card,))

    async def opens_link(self, link: str) -> Delivery:
        query = parse_qs(urlsplit(link).query)
        return await self.says(query.get("text", query.get("start", [link]))[0])

    async def reacts(self, bubble: Bubble, emoji: str) -> Delivery:
        bubble.my_reaction = emoji
        self.touched(bubble)
        reaction = {"message_id": bubble.id} | ({"emoji": emoji} if emoji else {})
        message = self._whatsapp.new_message(self) | {"type": "reaction", "reaction": reaction}
        return self._whatsapp.send_message(self, message)

    async def edits(self, bubble: Bubble, text: str) -> Delivery:
        """Correct a text: Meta tells the service under a new id (webhooks/reference/messages/edit)."""
        bubble.versions.append(Version(text))
        self.touched(bubble)
        now = {"type": "text", "text": {"body": text}}
        return self._tell_change("edit", {"original_message_id": bubble.id, "message": now})

    async def takes_back(self, bubble: Bubble) -> Delivery:
        """Delete a message for everybody (webhooks/reference/messages/revoke)."""
        bubble.deleted = True
        self.touched(bubble)
        return self._tell_change("revoke", {"original_message_id": bubble.id})

    def _tell_change(self, kind: str, change: Content) -> Delivery:
        return self._whatsapp.send_message(self, self._whatsapp.new_message(self) | {"type": kind, kind: change})

    async def sends_unsupported(self) -> Delivery:
        """Send something that the Cloud API does not carry, such as a poll."""
        error: Content = {"code": 131051, "title": "Message type unknown", "message": "Message type unknown"}
        error |= {"error_data": {"details": "Message type is currently not supported."}}
        message = self._whatsapp.new_message(self) | {"type": "unsupported", "errors": [error]}
        self.mine(message["id"], self._whatsapp.clock(), kind="unsupported")
        return self._whatsapp.send_message(self, message)

    async def changes_number(self, telefone: str) -> Delivery:
        """Move to another number: Meta tells the service under the old one, and gives a new `user_id`."""
        old = self.id
        self._whatsapp.rename(self, telefone)
        system = {
            "body": f"User {self.name} changed from {old} to {self.wa_id}",
            "wa_id": self.wa_id,
            "type": "user_changed_number",
        }
        message = self._whatsapp.new_message(self) | {"from": old, "type": "system", "system": system}
        return self._whatsapp.send_message(self, message, with_contact=False)

    async def blocks(self) -> None:
        """Block the business: its messages end as 131026, and nobody is told."""
        self._whatsapp.faults.block(self)

    async def unblocks(self) -> None:
        """Let the business write again."""
        self._whatsapp.faults.unblock(self)

    def _reply(self, kind: str, reply: Content, bubble: Bubble) -> Delivery:
        content = {"type": kind, kind: reply}
        return self._send("interactive", content, reply["title"], quote=bubble)

    def _send_file(self, kind: str, file: File, caption: str, reply_to: Bubble | None, emoji: str = "") -> Delivery:
        extra: Content = {"caption": caption} if caption else {}
        extra |= {"filename": file.name} if kind == "document" else {}
        extra |= {"voice": kind == "voice"} if kind in ("voice", "audio") else {}
        extra |= {"animated": False} if kind == "sticker" else {}
        content = extra | webhook_object(self._whatsapp.media.keep(file), file)
        return self._send(_TYPES.get(kind, kind), content, caption, kind=kind, file=file, quote=reply_to)

    def _send_place(self, place: Place, reply_to: Bubble | None) -> Delivery:
        content: Content = {"latitude": place.latitude, "longitude": place.longitude}
        content |= {key: value for key, value in (("name", place.name), ("address", place.address)) if value}
        return self._send("location", content, place.text, kind="location", quote=reply_to, location=place)

    def _send(
        self,
        type_: str,
        content: Any,
        text: str,
        *,
        kind: str = "text",
        file: File | None = None,
        quote: Bubble | None = None,
        location: Place | None = None,
        contacts: tuple[Card, ...] = (),
    ) -> Delivery:
        message = self._whatsapp.new_message(self) | {"type": type_, type_: content}
        if quote:
            author = self.id if quote.mine else self._whatsapp.display_number
            message["context"] = {"from": author, "id": quote.id}
        self.last_wrote = self._whatsapp.clock()
        bubble = self.mine(
            message["id"], self.last_wrote, kind=kind, text=text, file=file, quote=quote, location=location,
            contacts=contacts, raw=message,
        )  # fmt: skip
        return self._whatsapp.send_message(self, message, bubble=bubble)

    async def _follow(self, button: Button) -> Delivery | None:
        self.opened.append(button.url)
        return await self.opens_link(button.url) if "wa.me/" in button.url else None
