"""A person on Telegram."""

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from sandbox.bubbles import Bubble, Button, File, Row
from sandbox.courier import Delivery
from sandbox.phone import Phone, Watcher

if TYPE_CHECKING:
    from sandbox.telegram import Telegram


class TelegramPhone(Phone):
    """One person in their private chat with the bot, whose chat id is the person's id."""

    channel = "telegram"
    started = False

    def __init__(
        self, telegram: "Telegram", user_id: int, name: str, telefone: str | None, papel: str, watch: Watcher
    ) -> None:
        super().__init__(name, telefone, papel, watch)
        self.user_id = user_id
        self.language = "pt-br"
        self.reply_keyboard: dict[str, Any] = {}
        self._telegram = telegram

    @property
    def id(self) -> str:
        return str(self.user_id)

    @property
    def user(self) -> dict[str, Any]:
        """The `User` object of this person."""
        first, _, last = self.name.partition(" ")
        user = {"id": self.user_id, "is_bot": False, "first_name": first, "language_code": self.language}
        return user | ({"last_name": last} if last else {})

    @property
    def chat(self) -> dict[str, Any]:
        """The `Chat` object of their private chat."""
        names = {key: value for key, value in self.user.items() if key in ("id", "first_name", "last_name")}
        return names | {"type": "private"}

    @property
    def actions(self) -> list[str]:
        rows = self.reply_keyboard.get("keyboard", [])
        return [button if isinstance(button, str) else button["text"] for row in rows for button in row]

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The commands that this person's menu shows, with their descriptions."""
        return self._telegram.commands.menu(self.user_id, self.language)

    async def says(self, text: str, *, reply_to: Bubble | None = None) -> Delivery:
        word = text.split()[0] if text.startswith("/") else ""
        command = [{"type": "bot_command", "offset": 0, "length": len(word)}] if word else []
        content = {"text": text} | ({"entities": command} if command else {})
        return self._send(content, "text", text, quote=reply_to)

    async def taps(self, label: str, *, bubble: Bubble | None = None, timeout: float = 10.0) -> Delivery | None:
        if bubble is None and label in self.actions:
            return await self._tap_action(label)
        return await super().taps(label, bubble=bubble, timeout=timeout)

    async def tap(self, bubble: Bubble, target: Button | Row) -> Delivery | None:
        if isinstance(target, Row):
            raise AssertionError("Telegram has no lists")
        if target.url:
            return await self._follow(target)
        return None if target.copies else await self.taps_data(target.data, bubble=bubble)

    async def taps_data(self, data: str, *, bubble: Bubble) -> Delivery:
        query_id = self._telegram.new_callback(self.user_id)
        gone = {"chat": bubble.raw["chat"], "message_id": bubble.raw["message_id"], "date": 0}
        query = {
            "id": query_id,
            "from": self.user,
            "message": gone if bubble.deleted else bubble.raw,
            "chat_instance": str(self.user_id * 7919),
            "data": data,
        }
        return self._telegram.send_update("callback_query", query, self)

    async def shares_contact(self) -> Delivery:
        return await self.shares_contact_of(self)

    async def shares_contact_of(self, other: Phone) -> Delivery:
        first, _, last = other.name.partition(" ")
        contact: dict[str, Any] = {"phone_number": other.telefone or "", "first_name": first}
        contact |= {"last_name": last} if last else {}
        contact |= {"user_id": other.user_id} if isinstance(other, TelegramPhone) else {}
        self._hide_once()
        return self._send({"contact": contact}, "contact", f"{other.name}\n{other.telefone or ''}")

    async def opens_link(self, link: str) -> Delivery:
        query = parse_qs(urlsplit(link).query)
        payload = query["start"][0] if "start" in query else link if "/" not in link else ""
        return await self.says(f"/start {payload}".rstrip())

    async def sends_document(
        self, name: str, data: bytes, mime: str = "application/pdf", caption: str = ""
    ) -> Delivery:
        stored = self._telegram.files.keep(data, name, mime)
        document = stored | {"file_name": name, "mime_type": mime}
        content = {"document": document} | ({"caption": caption} if caption else {})
        return self._send(content, "document", caption, file=File(name, mime, data))

    async def sends_photo(self, data: bytes, caption: str = "", mime: str = "image/jpeg") -> Delivery:
        sizes = [
            self._telegram.files.keep(data, "photo.jpg", mime) | {"width": width, "height": width * 3 // 4}
            for width in (320, 1280)
        ]
        content = {"photo": sizes} | ({"caption": caption} if caption else {})
        return self._send(content, "photo", caption, file=File("photo.jpg", mime, data))

    async def sends_voice(self, data: bytes = b"OggS") -> Delivery:
        voice = self._telegram.files.keep(data, "voice.oga", "audio/ogg") | {
            "duration": 2,
            "mime_type": "audio/ogg",
        }
        return self._send({"voice": voice}, "voice", "", file=File("voice.oga", "audio/ogg", data))

    async def reacts(self, bubble: Bubble, emoji: str) -> Delivery:
        old, bubble.reaction = bubble.reaction, emoji
        self.touched(bubble)
        reaction = {
            "chat": self.chat,
            "message_id": int(bubble.id),
            "user": self.user,
            "date": self._telegram.now(),
            "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        return self._telegram.send_update("message_reaction", reaction, self)

    async def edits(self, bubble: Bubble, text: str) -> Delivery:
        """Change a text of their own."""
        self._telegram.revise(self, bubble, {"text": text, "edit_date": self._telegram.now()})
        return self._telegram.send_update("edited_message", bubble.raw, self)

    async def blocks(self) -> Delivery:
        """Block the bot: it cannot write any more, and is told so."""
        self._telegram.faults.block(self)
        return self._membership("member", "kicked")

    async def unblocks(self) -> Delivery:
        """Let the bot write again."""
        self._telegram.faults.unblock(self)
        return self._membership("kicked", "member")

    def _membership(self, old: str, new: str) -> Delivery:
        bot = self._telegram.bot
        change = {
            "chat": self.chat,
            "from": self.user,
            "date": self._telegram.now(),
            "old_chat_member": {"user": bot, "status": old},
            "new_chat_member": {"user": bot, "status": new} | ({"until_date": 0} if new == "kicked" else {}),
        }
        return self._telegram.send_update("my_chat_member", change, self)

    def _send(
        self,
        content: dict[str, Any],
        kind: str,
        text: str,
        *,
        file: File | None = None,
        quote: Bubble | None = None,
    ) -> Delivery:
        self.started = True
        message = self._telegram.new_message(self.chat, self.user) | content
        message |= {"reply_to_message": quote.raw} if quote else {}
        bubble = self.mine(str(message["message_id"]), message["date"], kind=kind, text=text, file=file, quote=quote)
        bubble.raw = message
        return self._telegram.send_update("message", message, self, bubble)

    async def _tap_action(self, label: str) -> Delivery:
        rows = self.reply_keyboard.get("keyboard", [])
        button = next(b for row in rows for b in row if (b if isinstance(b, str) else b["text"]) == label)
        if isinstance(button, dict) and button.get("request_contact"):
            return await self.shares_contact()
        self._hide_once()
        return await self.says(label)

    async def _follow(self, button: Button) -> Delivery | None:
        self.opened.append(button.url)
        ours = f"t.me/{self._telegram.bot['username']}"
        return await self.opens_link(button.url) if ours in button.url else None

    def _hide_once(self) -> None:
        if self.reply_keyboard.get("one_time_keyboard"):
            self.reply_keyboard = {}
            self.touched()
