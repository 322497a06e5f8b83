"""What the tests of the inbound channels share: payload files, people known by an id, counters, and what was said."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from sandbox import Phone
from sandbox.telegram.phone import TelegramPhone
from sandbox.whatsapp.phone import WhatsAppPhone
from sandbox.whatsapp.whatsapp import PHONE_NUMBER_ID
from tests.support.consultores import nothing_is_under_way
from tests.support.service import RunningService

PAYLOADS = Path(__file__).parents[1] / "payloads"
# What we say to a person, as the outbox names it on every channel.
MESSAGES = ("sendMessage", "sendDocument", "sendPhoto", "editMessageText")


def payload(channel: str, name: str) -> Any:
    """One payload file, as it is."""
    return json.loads(payload_bytes(channel, name))


def payload_bytes(channel: str, name: str) -> bytes:
    """One payload file as it goes over the wire."""
    return (PAYLOADS / channel / f"{name}.json").read_bytes()


def payload_names(channel: str) -> set[str]:
    return {path.stem for path in (PAYLOADS / channel).glob("*.json")}


def for_our_number(notification: Any) -> Any:
    """A WhatsApp payload addressed to our number and sent now: both decide whether we act on it."""
    for entry in notification["entry"]:
        for value in (change["value"] for change in entry["changes"]):
            if "metadata" in value:
                value["metadata"]["phone_number_id"] = PHONE_NUMBER_ID
            for message in value.get("messages", []):
                if str(message.get("timestamp", "")).isdigit():
                    message["timestamp"] = type(message["timestamp"])(int(time.time()))
    return notification


def telegram_person(service: RunningService, user_id: int, name: str = "Mario Bros") -> TelegramPhone:
    """A person (or a group) with this id, whom the bot may write to."""
    telegram = service.sandbox.telegram
    phone = telegram.phone(name)
    del telegram.phones[phone.user_id]
    phone.user_id, phone.started = user_id, True
    telegram.phones[user_id] = phone
    return phone


def whatsapp_person(
    service: RunningService, name: str, telefone: str | None, *, user_id: str | None = None
) -> WhatsAppPhone:
    """A person who wrote just now, so that they may be answered; what they wrote is delivered by hand."""
    phone = service.sandbox.whatsapp.phone(name, telefone, user_id=user_id)
    phone.last_wrote = service.sandbox.whatsapp.clock()
    return phone


def telegram_text(phone: Phone, text: str, update_id: int) -> dict[str, Any]:
    """An update with a text of this person, to be delivered by hand."""
    assert isinstance(phone, TelegramPhone)
    message = {"message_id": update_id, "from": phone.user, "chat": phone.chat, "date": int(time.time()), "text": text}
    return {"update_id": update_id, "message": message}


def telegram_tap(phone: Phone, data: str, update_id: int) -> dict[str, Any]:
    """An update with a tap of this person on a button with that data, to be delivered by hand."""
    assert isinstance(phone, TelegramPhone)
    message = {"message_id": 1, "from": phone.user, "chat": phone.chat, "date": int(time.time()), "text": "…"}
    tap = {"id": str(update_id), "from": phone.user, "message": message, "chat_instance": "1", "data": data}
    return {"update_id": update_id, "callback_query": tap}


async def answered(service: RunningService, phone: Phone) -> str:
    """The conversation, once all is done that was written down by the answers to what was delivered by hand.

    On a busy machine a phone may be quiet for longer than `Phone.quiet` waits, and have more to come.
    """
    await nothing_is_under_way(service, within=30)
    return phone.transcript()


async def until(found: Callable[[], Awaitable[bool]], timeout: float = 10.0) -> None:
    """Wait for a condition that nobody can tell us of: a row, a counter."""
    async with asyncio.timeout(timeout):
        while not await found():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.01)


async def metric(service: RunningService, name: str, **labels: str) -> float:
    """A counter or gauge as `/metrics` shows it; 0 before it was first counted."""
    async with service.http.get("/metrics") as response:
        shown = await response.text()
    samples = (sample for family in text_string_to_metric_families(shown) for sample in family.samples)
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


async def ignored(service: RunningService, channel: str, kind: str) -> float:
    """How many events of this channel were counted and set aside as this kind."""
    return await metric(service, "balcao_ignored_events_total", channel=channel, kind=kind)


async def said(service: RunningService) -> list[str]:
    """Every text the service wrote down to be said, oldest first, sent already or not."""
    calls = await service.rows("SELECT method, params FROM outbox WHERE target IN ('telegram', 'whatsapp') ORDER BY id")
    return [_params(call)["text"] for call in calls if call["method"] in MESSAGES]


async def nothing_failed(service: RunningService) -> bool:
    """No turn failed, so there is no dead letter either."""
    return await service.rows("SELECT * FROM failed_events") == []


def _params(call: dict[str, Any]) -> dict[str, Any]:
    params = call["params"]
    return dict(json.loads(params) if isinstance(params, str) else params)
