"""What the Bot API's server keeps of one bot: its people, messages and files, and the webhook it calls."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import aiohttp

from sandbox.bubbles import Bubble, File
from sandbox.courier import Courier, Delivery, Reply, post
from sandbox.faults import Calls, Faults
from sandbox.phone import Phone, Watcher
from sandbox.rates import Allowances
from sandbox.telegram.content import version_of
from sandbox.telegram.files import TelegramCommands, TelegramFiles
from sandbox.telegram.limits import CHAT_RATE, DEFAULT_UPDATES, OVERALL_RATE, TelegramError, bad, check_secret
from sandbox.telegram.phone import TelegramPhone

# Seconds for which the server keeps what the service does not take.
UPDATE_KEPT = 24 * 3600.0
TAP_KEPT = 150.0
# Numbers of updates and messages grow with the time: from 2026 on, and within 32 bits for some years.
FIRST_SECOND = 1_767_225_600
NUMBERS_A_SECOND = 8
FIRST_USER = 5_100_000_001
TOKEN = "7400000001:AAH-sandbox-sandbox-sandbox-sandbox"  # noqa: S105 - a stand-in's token opens nothing


class Account(ABC):
    """The bot, and everything that its people and its methods work on."""

    def __init__(self, clock: Callable[[], float], watch: Watcher) -> None:
        self.bot = {
            "id": int(TOKEN.partition(":")[0]),
            "is_bot": True,
            "first_name": "Balcão",
            "username": "balcao_sandbox_bot",
        }
        self.phones: dict[int, TelegramPhone] = {}
        self.files = TelegramFiles()
        self.commands = TelegramCommands()
        self.calls = Calls()
        self.courier = Courier(self._post, clock=clock)
        self.faults = Faults(self.courier)
        self.webhook: dict[str, Any] = {}
        self.topics_enabled = True
        self.polls = 0
        self._chat_rate = Allowances(CHAT_RATE, clock)
        self._overall_rate = Allowances(OVERALL_RATE, clock)
        self.clock = clock
        self._watch = watch
        self._http: aiohttp.ClientSession | None = None
        # Above those of a sandbox that was here before: a service that was there too has not forgotten them.
        self._messages = self._updates = 100 + max(0, int(clock() - FIRST_SECOND)) * NUMBERS_A_SECOND
        self._callbacks: dict[str, int] = {}

    def phone(self, name: str, telefone: str | None = None, papel: str = "") -> TelegramPhone:
        """A new person with the app."""
        user_id = FIRST_USER + len(self.phones)
        phone = TelegramPhone(self, user_id, name, telefone, papel, self._watch)
        self.phones[user_id] = phone
        return phone

    async def deliver(self, update: Any, *, secret: str | None = None) -> tuple[int, str]:
        """POST a raw update (JSON-able, or bytes as they are) once; its status and body.

        `secret` overrides the header; an empty one leaves it out.
        """
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        reply = await self._send(body, self.webhook.get("secret_token", "") if secret is None else secret)
        return reply.status, reply.body

    @property
    def connected(self) -> bool:
        """Whether the service has set its webhook."""
        return bool(self.webhook.get("url"))

    async def settled(self, timeout: float = 20.0) -> None:
        """Wait until the service has taken every update."""
        await self.courier.settled(timeout)

    def now(self) -> int:
        """Epoch seconds, as the Bot API writes dates."""
        return int(self.clock())

    def new_message(self, chat: dict[str, Any], sender: dict[str, Any]) -> dict[str, Any]:
        """The frame of a message with the next id."""
        self._messages += 1
        return {"message_id": self._messages, "from": sender, "chat": chat, "date": self.now()}

    def new_callback(self, user_id: int) -> str:
        """The id of a new tap, which may be answered once."""
        query_id = str(user_id * 4_294_967_296 + len(self._callbacks) + 1)
        self._callbacks[query_id] = user_id
        return query_id

    def check_rates(self, method: str, chat_id: str) -> None:
        """429 when messages come faster than the server takes them, if `faults.rates` says so."""
        method = method.lower()
        if not self.faults.rates or method == "sendchataction" or not method.startswith(("send", "edit")):
            return
        if wait := self._chat_rate.take(chat_id) or self._overall_rate.take():
            raise TelegramError(f"Too Many Requests: retry after {wait}", 429, retry_after=wait)

    def take_callback(self, query_id: str) -> TelegramPhone:
        """Whose tap that was; each can be answered once."""
        user_id = self._callbacks.pop(query_id, 0)
        if not user_id:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return self.phones[user_id]

    def send_update(self, kind: str, content: dict[str, Any], phone: Phone, bubble: Bubble | None = None) -> Delivery:
        """Queue an update: taps of one person have a lane of their own beside the chat's messages."""
        self._updates += 1
        lane = f"tap:{phone.id}" if kind == "callback_query" else f"chat:{phone.id}"
        until = self.clock() + (TAP_KEPT if kind == "callback_query" else UPDATE_KEPT)
        delivery = Delivery({"update_id": self._updates, kind: json.loads(json.dumps(content))}, lane, kind, until)
        phone.sending(delivery, bubble)
        if kind not in (self.webhook.get("allowed_updates") or DEFAULT_UPDATES):
            delivery.done = True
            return delivery
        return self.courier.send(delivery)

    def reachable(self, params: dict[str, Any]) -> TelegramPhone:
        """The person behind `chat_id`; refused as the server does when they cannot be written to."""
        chat = str(params.get("chat_id", ""))
        if not chat:
            raise bad("chat_id is empty")
        phone = self.phones.get(int(chat)) if chat.lstrip("-").isdigit() else None
        if phone is None:
            raise bad("chat not found")
        if phone.id in self.faults.blocked:
            raise TelegramError("Forbidden: bot was blocked by the user", 403)
        if not phone.started:
            raise TelegramError("Forbidden: bot can't initiate conversation with a user", 403)
        return phone

    def revise(self, phone: Phone, bubble: Bubble, change: dict[str, Any], *, replace: bool = False) -> None:
        """Change a message on a screen."""
        bubble.raw = change if replace else bubble.raw | change
        phone.revise(bubble, version_of(bubble.raw))

    def everybody_changed(self) -> None:
        """Tell the phones that their menus or their connection may differ now."""
        for phone in self.phones.values():
            phone.touched()

    def subscribe(self, params: dict[str, Any]) -> None:
        """Set the webhook, or remove it when there is no `url`; the kinds of updates stay as they were unless named."""
        check_secret(str(params.get("secret_token", "")))
        if params.get("drop_pending_updates"):
            self.courier.forget()
        kept = {"allowed_updates": self.webhook["allowed_updates"]} if "allowed_updates" in self.webhook else {}
        self.webhook = kept | {key: value for key, value in params.items() if key != "drop_pending_updates"}
        if params.get("url"):
            self.courier.open()
        else:
            self.courier.close()
        self.courier.wake()
        self.everybody_changed()

    def webhook_info(self) -> dict[str, Any]:
        """The `WebhookInfo` object."""
        info: dict[str, Any] = {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.courier.pending),
            "max_connections": int(self.webhook.get("max_connections", 40)),
        }
        if allowed := self.webhook.get("allowed_updates"):
            info["allowed_updates"] = allowed
        last = next((d.attempts[-1] for d in reversed(self.courier.sent) if d.attempts), None)
        if last and not last.accepted:
            info |= {"last_error_date": self.now(), "last_error_message": f"Wrong response: {last.status}"}
        return info

    async def uploaded(self, value: Any, params: dict[str, Any]) -> File | str:
        """A file given as an upload or a link; the id of one that is known."""
        if isinstance(value, str) and value.startswith("attach://"):
            value = params.get(value.removeprefix("attach://"))
        if isinstance(value, File):
            return value
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return await self._fetch(value)
        if not value:
            raise bad("there is no file in the request")
        return str(value)

    def start(self, http: aiohttp.ClientSession) -> None:
        """Borrow the client that carries updates out."""
        self._http = http

    @property
    def http(self) -> aiohttp.ClientSession:
        """The client that carries updates out."""
        assert self._http is not None, "the sandbox is not started"
        return self._http

    async def _post(self, delivery: Delivery) -> Reply:
        body = json.dumps(delivery.payload).encode()
        reply = await self._send(body, self.webhook.get("secret_token", ""))
        if reply.accepted:
            await self.answered(reply.body)
        return reply

    @abstractmethod
    async def answered(self, body: str) -> None:
        """The service took an update, and said so with this body."""

    async def _send(self, body: bytes, secret: str) -> Reply:
        assert self.webhook.get("url"), "the service has not called setWebhook"
        headers = {"Content-Type": "application/json"}
        headers |= {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        return await post(self.http, self.webhook["url"], body, headers)

    async def _fetch(self, url: str) -> File:
        async with self.http.get(url) as response:
            if response.status != 200:
                raise bad("failed to get HTTP URL content")
            return File(url.rpartition("/")[2].partition("?")[0], response.content_type, await response.read())
