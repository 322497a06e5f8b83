"""What a person on Telegram writes and sends, and where it goes."""

from collections.abc import Sequence
from typing import Any

from sandbox.bubbles import Bubble, File, Place, quote_on
from sandbox.courier import Delivery
from sandbox.phone import Phone, Watcher
from sandbox.telegram.content import describe_file, describe_place, fill, quoted
from sandbox.telegram.line import Line
from sandbox.telegram.topics import Topic, Topics


class TelegramSender(Phone):
    """One person in their private chat with the bot, whose chat id is the person's id.

    `topic` is the topic that is open on the screen, None for the chat itself: what they send goes there.
    """

    channel = "telegram"
    edits_messages = True
    has_topics = True
    started = False

    def __init__(
        self, telegram: Line, user_id: int, name: str, telefone: str | None, papel: str, watch: Watcher
    ) -> None:
        super().__init__(name, telefone, papel, watch)
        self.user_id = user_id
        self.language = "pt-br"
        self.reply_keyboard: dict[str, Any] = {}
        self.topics = Topics()
        self.topic: Topic | None = None
        self._telegram = telegram
        self._album = ""

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

    async def says(self, text: str, *, reply_to: Bubble | None = None) -> Delivery:
        word = text.split()[0] if text.startswith("/") else ""
        command = [{"type": "bot_command", "offset": 0, "length": len(word)}] if word else []
        content = {"text": text} | ({"entities": command} if command else {})
        return self._send(content, reply_to=reply_to)

    async def sends_photos(self, photos: Sequence[bytes], caption: str = "") -> list[Delivery]:
        self._album = str(self._telegram.now() * 1000 + len(self.screen))
        try:
            return await super().sends_photos(photos, caption)
        finally:
            self._album = ""

    def _send_file(self, kind: str, file: File, caption: str, reply_to: Bubble | None, emoji: str = "") -> Delivery:
        stored = [self._telegram.files.keep(file, kind) for _ in range(2 if kind == "photo" else 1)]
        content = describe_file(kind, stored, file.name, file.mime, {"emoji": emoji} if emoji else None)
        content |= {"caption": caption} if caption else {}
        return self._send(content, file=file, reply_to=reply_to)

    def _send_place(self, place: Place, reply_to: Bubble | None) -> Delivery:
        return self._send(describe_place(place), reply_to=reply_to)

    def _send(self, content: dict[str, Any], *, file: File | None = None, reply_to: Bubble | None = None) -> Delivery:
        self.started = True
        topic = reply_to.topic if reply_to else self.topic.id if self.topic else 0
        message = self._telegram.new_message(self.chat, self.user) | content
        message |= {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        message |= {"reply_to_message": quoted(reply_to)} if reply_to else {}
        message |= {"media_group_id": self._album} if self._album else {}
        bubble = Bubble(str(message["message_id"]), len(self.screen) + 1, True, message["date"], file=file)
        fill(bubble, message)
        quote_on(bubble, reply_to)
        self.show(bubble)
        return self._telegram.send_update("message", message, self, bubble)
