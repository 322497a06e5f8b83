"""A person on Telegram."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox.bubbles import Bubble, Button, Row
from sandbox.courier import Delivery
from sandbox.phone import Phone
from sandbox.telegram.content import fill
from sandbox.telegram.sending import TelegramSender
from sandbox.telegram.topics import Topic

# Where everybody is: degrees of Belo Horizonte.
HERE = (-19.9191, -43.9386)


class TelegramPhone(TelegramSender):
    """What else they do: tap, share, react, edit, keep topics, and block the bot."""

    @property
    def actions(self) -> list[str]:
        rows = self.reply_keyboard.get("keyboard", [])
        return [button if isinstance(button, str) else button["text"] for row in rows for button in row]

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The commands that this person's menu shows, with their descriptions."""
        return self._telegram.commands.menu(self.user_id, self.language)

    async def taps(self, label: str, *, bubble: Bubble | None = None, timeout: float = 20.0) -> Delivery | None:
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

    async def shares_contact_of(self, other: Phone) -> Delivery:
        first, _, last = other.name.partition(" ")
        contact: dict[str, Any] = {"phone_number": other.telefone or "", "first_name": first}
        contact |= {"last_name": last} if last else {}
        contact |= {"user_id": other.user_id} if isinstance(other, TelegramPhone) else {}
        self._hide_once()
        return self._send({"contact": contact})

    async def opens_link(self, link: str) -> Delivery:
        query = parse_qs(urlsplit(link).query)
        payload = query["start"][0] if "start" in query else link if "/" not in link else ""
        return await self.says(f"/start {payload}".rstrip())

    async def reacts(self, bubble: Bubble, emoji: str) -> Delivery:
        old, bubble.my_reaction = bubble.my_reaction, emoji
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
        """Change a text or a caption of their own."""
        key = "text" if "text" in bubble.raw else "caption"
        self._telegram.revise(self, bubble, {key: text, "edit_date": self._telegram.now()})
        return self._telegram.send_update("edited_message", bubble.raw, self)

    def opens_topic(self, topic: Topic | str | None) -> Topic | None:
        """Look at a topic (also by its name), or with None at the chat itself; what they send goes there."""
        if isinstance(topic, str):
            names = [known.name for known in self.topics.open]
            assert topic in names, f"{self.name} has no topic {topic!r} but {names}"
            topic = next(known for known in reversed(self.topics.open) if known.name == topic)
        self.topic = topic
        self.touched()
        return topic

    async def sees_topic(self, fragment: str, timeout: float = 20.0) -> Topic:
        """Wait for a topic whose name has the fragment; the newest such."""

        def newest() -> Topic | None:
            return next((topic for topic in reversed(self.topics.open) if fragment in topic.name), None)

        def complain() -> str:
            return f"{self.name} has the topics {[topic.name for topic in self.topics.open]}, none with {fragment!r}"

        return await self._changed.expect(newest, timeout, complain)

    async def creates_topic(self, name: str, *, implicit: bool = False) -> Delivery:
        """Make a topic and open it; `implicit` when the app chose its name from the first message."""
        topic = self.add_topic(Topic(0, name, mine=True, implicit=implicit), self.user)
        self.topic, self.started = topic, True
        bubble = self.screen[-1]
        return self._telegram.send_update("message", bubble.raw, self, bubble)

    def deletes_topic(self, topic: Topic) -> None:
        """Delete a topic with all its messages. The service is told nothing, as by the real server."""
        self.forget_topic(topic)

    def add_topic(self, topic: Topic, creator: dict[str, Any]) -> Topic:
        """Put a new topic in the list, and its service message on the screen."""
        message = self._telegram.new_message(self.chat, creator)
        topic.id = message["message_id"]
        message |= {"message_thread_id": topic.id, "is_topic_message": True, "forum_topic_created": topic.created()}
        bubble = Bubble(str(topic.id), len(self.screen) + 1, topic.mine, message["date"])
        fill(bubble, message)
        # `sees` waits for what was said: the name of a topic is found by `sees_topic`.
        bubble.seen = 1
        self.topics.append(topic)
        self.show(bubble)
        return topic

    def forget_topic(self, topic: Topic) -> None:
        """Take a topic and its messages off the screen."""
        topic.deleted = True
        self.topic = None if self.topic is topic else self.topic
        for bubble in self.screen:
            if bubble.topic == topic.id:
                bubble.deleted = True
                self.touched(bubble)
        self.touched()

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

    async def _tap_action(self, label: str) -> Delivery:
        rows = self.reply_keyboard.get("keyboard", [])
        button = next(b for row in rows for b in row if (b if isinstance(b, str) else b["text"]) == label)
        if isinstance(button, dict) and button.get("request_contact"):
            return await self.shares_contact()
        self._hide_once()
        if isinstance(button, dict) and button.get("request_location"):
            return await self.sends_location(*HERE)
        return await self.says(label)

    async def _follow(self, button: Button) -> Delivery | None:
        self.opened.append(button.url)
        ours = f"t.me/{self._telegram.bot['username']}"
        return await self.opens_link(button.url) if ours in button.url else None

    def _hide_once(self) -> None:
        if self.reply_keyboard.get("one_time_keyboard"):
            self.reply_keyboard = {}
            self.touched()
