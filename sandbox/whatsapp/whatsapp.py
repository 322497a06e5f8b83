"""The WhatsApp Cloud API: one business number, its people, and the webhook it calls."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from typing import Any

import aiohttp

from sandbox.bubbles import Bubble
from sandbox.courier import Courier, Delivery, Reply, post
from sandbox.faults import Calls, Faults
from sandbox.phone import Watcher
from sandbox.rates import Allowances
from sandbox.whatsapp.errors import GraphError
from sandbox.whatsapp.limits import OVERALL_RATE, PAIR_RATE
from sandbox.whatsapp.media import WhatsAppMedia
from sandbox.whatsapp.phone import WhatsAppPhone
from sandbox.whatsapp.templates import Template

WINDOW = 24 * 3600.0
# Meta tries a webhook again, ever more rarely, for seven days.
KEPT = 7 * 24 * 3600.0
VERSION = "v24.0"
PHONE_NUMBER_ID = "106540352242922"
ACCESS_TOKEN = "EAAsandbox0000000000000000000000"  # noqa: S105 - a stand-in's token opens nothing
ACCOUNT_ID = "102290129340398"


class WhatsAppFaults(Faults):
    """Faults that only the Cloud API has."""

    def __init__(self, courier: Courier) -> None:
        super().__init__(courier)
        self.failures_come_later = False

    def close_window(self, phone: WhatsAppPhone) -> None:
        """End that person's 24 hours now; their next message opens the window again."""
        phone.last_wrote = None

    def clear(self) -> None:
        super().clear()
        self.failures_come_later = False


class WhatsApp:
    """The stand-in. `statuses` are those reported for each message sent; empty reports none.

    `templates` are the registered ones by name, as a body or a `Template`; while there is none, every name will do.
    """

    def __init__(self, clock: Callable[[], float], watch: Watcher, app_secret: str, verify_token: str) -> None:
        self.display_number = "553140042000"
        self.phones: list[WhatsAppPhone] = []
        self.media = WhatsAppMedia(clock)
        self.calls = Calls()
        self.courier = Courier(self._post, clock=clock)
        self.faults = WhatsAppFaults(self.courier)
        self.templates: dict[str, str | Template] = {}
        self.statuses: tuple[str, ...] = ("sent", "delivered", "read")
        self.webhook_url = ""
        self.clock = clock
        self.app_secret = app_secret
        self.verify_token = verify_token
        self._pair_rate = Allowances(PAIR_RATE, clock)
        self._overall_rate = Allowances(OVERALL_RATE, clock)
        self._watch = watch
        self._http: aiohttp.ClientSession | None = None

    def phone(
        self,
        name: str,
        telefone: str | None = None,
        papel: str = "",
        *,
        wa_id: str | None = None,
        user_id: str | None = None,
    ) -> WhatsAppPhone:
        """A new person. Without `telefone` they are known by their business-scoped id alone.

        `wa_id` is the number as WhatsApp writes it, which may lack the ninth digit of `telefone`.
        """
        scoped = user_id or f"BR.{13491208655302741918 + len(self.phones)}"
        phone = WhatsAppPhone(self, scoped, wa_id or telefone, name, telefone, papel, self._watch)
        self.phones.append(phone)
        return phone

    def find(self, recipient: str) -> WhatsAppPhone | None:
        """The person behind `to` or `recipient`: an id, or a number, `+` and ninth digit forgiven."""
        digits = "".join(character for character in recipient if character.isdecimal())
        for phone in self.phones:
            numbers = {phone.wa_id, phone.telefone} - {None}
            if recipient == phone.user_id or digits in numbers or ninth_digit(digits) in numbers:
                return phone
        return None

    def rename(self, phone: WhatsAppPhone, telefone: str) -> None:
        """Give a person another number and, as Meta does, another business-scoped id."""
        phone.telefone = phone.wa_id = telefone
        phone.user_id = f"BR.{13491208655302741918 + 10_000 + len(self.phones)}"

    async def verify(self, webhook_url: str, token: str | None = None, challenge: str | None = None) -> tuple[int, str]:
        """Meta's GET when a webhook is registered; its status and body."""
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge or str(secrets.randbelow(10**9)),
            "hub.verify_token": self.verify_token if token is None else token,
        }
        async with self.http.get(webhook_url, params=query) as response:
            return response.status, await response.text()

    async def connect(self, webhook_url: str) -> None:
        """Verify the webhook as Meta does and deliver there from now on; ConnectionError when it fails."""
        challenge = str(secrets.randbelow(10**9))
        status, body = await self.verify(webhook_url, challenge=challenge)
        if status != 200 or body != challenge:
            raise ConnectionError(f"The webhook was not verified: HTTP {status}, challenge echoed: {body == challenge}")
        self.webhook_url = webhook_url
        self.courier.open()
        for phone in self.phones:
            phone.touched()

    @property
    def connected(self) -> bool:
        """Whether a webhook was verified."""
        return bool(self.webhook_url)

    async def deliver(self, body: Any, *, sign: bool = True, secret: str | None = None) -> tuple[int, str]:
        """POST a raw webhook (JSON-able, or bytes as they are) once; its status and body."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        reply = await self._send(raw, self.app_secret if secret is None else secret, sign)
        return reply.status, reply.body

    async def settled(self, timeout: float = 20.0) -> None:
        """Wait until the service has taken every webhook, statuses too."""
        await self.courier.settled(timeout)

    def new_message(self, phone: WhatsAppPhone) -> dict[str, Any]:
        """The frame of an inbound message with a new wamid."""
        return {"from": phone.id, "id": new_wamid(), "timestamp": str(int(self.clock()))}

    def send_message(
        self,
        phone: WhatsAppPhone,
        message: dict[str, Any],
        *,
        bubble: Bubble | None = None,
        with_contact: bool = True,
    ) -> Delivery:
        """Queue an inbound message."""
        contacts = {"contacts": [phone.contact]} if with_contact else {}
        payload = self.envelope(contacts | {"messages": [message]})
        delivery = phone.sending(Delivery(payload, f"chat:{phone.user_id}", "message", self.clock() + KEPT), bubble)
        return self.courier.send(delivery)

    def send_status(
        self,
        phone: WhatsAppPhone | None,
        wamid: str,
        status: str,
        *,
        error: GraphError | None = None,
        to: str = "",
        named: str | None = None,
    ) -> Delivery:
        """Queue a status of a message that the service sent; `named`: what it said with it (`biz_opaque_…`)."""
        report: dict[str, Any] = {
            "id": wamid,
            "status": status,
            "timestamp": str(int(self.clock())),
            "recipient_id": phone.id if phone else to,
        }
        report |= {"biz_opaque_callback_data": named} if named else {}
        if error:
            report["errors"] = [error.as_status()]
        else:
            report["conversation"] = {"id": wamid[-32:].lower(), "origin": {"type": "service"}}
            report["pricing"] = {"billable": True, "pricing_model": "PMP", "category": "service"}
        contacts = {"contacts": [phone.contact]} if phone else {}
        payload = self.envelope(contacts | {"statuses": [report]})
        return self.courier.send(Delivery(payload, f"status:{wamid}", "status", self.clock() + KEPT))

    def out_of_rate(self, person: str) -> int:
        """The error code when messages come faster than the Cloud API takes them, if `faults.rates` says so; else 0."""
        if not self.faults.rates:
            return 0
        if self._pair_rate.take(person):
            return 131056
        return 130429 if self._overall_rate.take() else 0

    def window_open(self, phone: WhatsAppPhone) -> bool:
        """Whether that person wrote within the last 24 hours."""
        return phone.last_wrote is not None and self.clock() - phone.last_wrote < WINDOW

    def bubble(self, wamid: str) -> tuple[WhatsAppPhone, Bubble] | None:
        """The bubble with that wamid and whose screen it is on."""
        return next(((p, b) for p in self.phones if (b := p.bubble(wamid))), None)

    def start(self, http: aiohttp.ClientSession) -> None:
        """Borrow the client that carries webhooks out."""
        self._http = http

    @property
    def http(self) -> aiohttp.ClientSession:
        """The client that carries webhooks out."""
        assert self._http is not None, "the sandbox is not started"
        return self._http

    def envelope(self, *values: dict[str, Any]) -> dict[str, Any]:
        """The body of a webhook, one change for each value: `contacts`, `messages`, `statuses`."""
        metadata = {"display_phone_number": self.display_number, "phone_number_id": PHONE_NUMBER_ID}
        frame = {"messaging_product": "whatsapp", "metadata": metadata}
        changes = [{"value": frame | value, "field": "messages"} for value in values]
        return {"object": "whatsapp_business_account", "entry": [{"id": ACCOUNT_ID, "changes": changes}]}

    async def _post(self, delivery: Delivery) -> Reply:
        return await self._send(json.dumps(delivery.payload).encode(), self.app_secret, True)

    async def _send(self, body: bytes, secret: str, sign: bool) -> Reply:
        assert self.webhook_url, "call whatsapp.connect(webhook_url) first"
        headers = {"Content-Type": "application/json"}
        if sign:
            headers["X-Hub-Signature-256"] = signature(body, secret)
        return await post(self.http, self.webhook_url, body, headers)


def signature(body: bytes, secret: str) -> str:
    """`X-Hub-Signature-256`: HMAC-SHA256 over the raw bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def new_wamid() -> str:
    """A message id as long and as opaque as Meta's."""
    return "wamid.HBgM" + secrets.token_urlsafe(40)


def ninth_digit(digits: str) -> str:
    """A Brazilian mobile number with its ninth digit added or taken away; other numbers unchanged."""
    if not digits.startswith("55"):
        return digits
    if len(digits) == 13 and digits[4] == "9" and digits[5] in "6789":
        return digits[:4] + digits[5:]
    return digits[:4] + "9" + digits[4:] if len(digits) == 12 and digits[4] in "6789" else digits
