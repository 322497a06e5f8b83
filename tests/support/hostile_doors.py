"""The service with people at its doors, beside Hypothesis: whatever comes is taken, and who writes next is answered."""

import asyncio
import itertools
import json
import os
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiogram.types import Chat, Message, Update, User
from hypothesis import HealthCheck, Phase, settings

from sandbox import Job
from sandbox.rpa.rpa import sign
from tests.support.hostile import as_bytes, every_member
from tests.support.inbound import (
    for_our_number,
    payload,
    payload_names,
    telegram_person,
    telegram_text,
    whatsapp_person,
)
from tests.support.sellers import ANA, BIA, eventually
from tests.support.service import RunningService

T = TypeVar("T")
EXAMPLES = int(os.environ.get("BALCAO_EXAMPLES", "0"))
PERSON = {"id": 4001002003, "is_bot": False, "first_name": "Ana"}
CHAT = {"id": PERSON["id"], "type": "private"}
TEXT = {"message_id": 7, "date": int(time.time()), "chat": CHAT, "from": PERSON, "text": "oi"}
# Of CPU, of everything in this process: a turn takes some milliseconds of it.
SECONDS = 2.0
# The stand-in has neither files nor messages of what was delivered by hand, nor whoever was made up.
REFUSED = (
    "SELECT method, params, error FROM outbox WHERE done_at IS NOT NULL AND error NOT IN ('outdated', 'unreachable')"
    " AND method NOT IN ('sendChatAction', 'fetch')"
    " AND contato_id IN (SELECT id FROM contatos WHERE usuario_id IS NOT NULL) LIMIT 5"
)
AT_WORK = "SELECT 1 FROM vendas WHERE job_id IS NOT NULL AND encerrada_em IS NULL"


def hostile(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many in the suite, always the same; as many as asked by hand, others each time."""
    return settings(
        max_examples=EXAMPLES or examples,
        derandomize=not EXAMPLES,
        # What fails is shown as it was: each try of a smaller one is a turn of a real service.
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


class Counter:
    """The service in a loop of its own beside Hypothesis, and two sellers at its doors."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.numbers = itertools.count(10**6)
        self.service = self.run(self._open(environment))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Its result, however long it takes."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(300)

    def close(self) -> None:
        self.run(self.service.__aexit__())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self, environment: dict[str, str]) -> RunningService:
        service = await RunningService(environment).__aenter__()
        await service.vendedor(*ANA)
        ana = telegram_person(service, PERSON["id"], ANA[0])
        ana.telefone = ANA[1]
        await ana.shares_contact()
        await ana.sees("O que você quer fazer")
        self.ana, self.bia = ana, whatsapp_person(service, *BIA)
        await service.vendedor(*BIA)
        return service

    def telegram(self, update: Any) -> None:
        """An update: taken, in time; and what Ana says next is answered."""
        if isinstance(update, dict) and update.get("update_id") == 1:
            update["update_id"] = next(self.numbers)
        self.takes(self.service.sandbox.telegram.deliver(as_bytes(update)), {200, 400, 413})
        ordinary = telegram_text(self.ana, "MENU", next(self.numbers))
        self.answers("telegram", self.ana.id, self.service.sandbox.telegram.deliver(ordinary))

    def whatsapp(self, notification: Any) -> None:
        """A notification: taken, in time; and what Bia says next is answered."""
        whatsapp = self.service.sandbox.whatsapp
        self.takes(whatsapp.deliver(as_bytes(notification)), {200, 400, 413})
        self.answers("whatsapp", self.bia.id, whatsapp.deliver(self._from_bia(whatsapp.envelope)))

    def says(self, channel: str, text: str) -> None:
        """They say this, and are answered."""
        if channel == "telegram":
            heard = telegram_text(self.ana, text, next(self.numbers))
            self.answers(channel, self.ana.id, self.service.sandbox.telegram.deliver(heard))
        else:
            whatsapp = self.service.sandbox.whatsapp
            self.answers(channel, self.bia.id, whatsapp.deliver(self._from_bia(whatsapp.envelope, text)))

    def robot(self, callback: Any, address: str) -> None:
        """A callback: taken or refused, in time; and what Bia says next is answered."""
        whatsapp = self.service.sandbox.whatsapp
        self.takes(self._call_back(as_bytes(callback), address), {200, 400, 404, 413, 422})
        self.answers("whatsapp", self.bia.id, whatsapp.deliver(self._from_bia(whatsapp.envelope)))

    def takes(self, delivering: Coroutine[Any, Any, tuple[int, str]], statuses: set[int]) -> None:
        """Answered with one of these, and soon."""
        began = time.process_time()
        status, body = self.run(delivering)
        assert status in statuses, body
        assert time.process_time() - began < SECONDS

    def answers(self, channel: str, who: str, delivering: Coroutine[Any, Any, tuple[int, str]]) -> None:
        """What they say now is answered with something."""
        self.bia.last_wrote = time.time()
        before = self._said(channel, who)
        status, body = self.run(delivering)
        assert status == 200, body
        assert self._said(channel, who) > before

    def nothing_failed(self) -> None:
        """No turn failed, and no channel refused what we say of it."""
        assert self.run(self.service.rows("SELECT channel, event_id, error FROM failed_events")) == []
        assert self.run(self.service.rows(REFUSED)) == []

    async def sale(self) -> Job:
        """Bia's next sale, the robot at work. Hostile robots say too that the portal refused a password."""
        number, whatsapp, rpa = next(self.numbers), self.service.sandbox.whatsapp, self.service.sandbox.rpa
        await self.service.login_bo(f"Bo {number}", f"553190{number}", matricula_pap=f"BO{number}")
        rpa.next("manual")
        for word in ("CANCELAR", "NAO", "VENDER", "SIM"):
            assert (await whatsapp.deliver(self._from_bia(whatsapp.envelope, word)))[0] == 200
        await eventually(self.service, AT_WORK)
        return rpa.jobs[-1]

    async def _call_back(self, body: bytes, address: str) -> tuple[int, str]:
        headers = sign(body, f"msg_{next(self.numbers)}", time.time(), self.service.sandbox.rpa.secret)
        async with self.service.http.post(address, data=body, headers=headers) as response:
            return response.status, await response.text()

    def _from_bia(self, envelope: Callable[[dict[str, Any]], Any], text: str = "MENU") -> Any:
        message = {"id": f"wamid.{next(self.numbers)}", "type": "text", "text": {"body": text}, "from": self.bia.id}
        return envelope({"messages": [{**message, "timestamp": str(int(time.time()))}]})

    def _said(self, channel: str, who: str) -> int:
        sql = (
            "SELECT count(*) AS n FROM outbox o JOIN contatos c ON c.id = o.contato_id"
            " WHERE c.channel = :channel AND c.external_id = :who"
        )
        return int(self.run(self.service.rows(sql, channel=channel, who=who))[0]["n"])


def updates() -> list[Any]:
    """What Telegram sends: the payload files, as Ana's, and every member of every Union of the Bot API."""
    files = [payload("telegram", name) for name in sorted(payload_names("telegram"))]
    samples = {User: PERSON, Chat: CHAT, Message: TEXT}
    return [{**_as_anas(update), "update_id": 1} for update in files] + list(every_member(Update, samples))


def notifications(bia: str) -> list[Any]:
    """What WhatsApp sends: the payload files, from Bia."""
    files = [for_our_number(payload("whatsapp", name)) for name in sorted(payload_names("whatsapp"))]
    return [_as_bias(notification, bia) for notification in files]


def renamed(notification: Any, number: int) -> Any:
    """Each message is a new one, and is not known already."""
    text = json.dumps(notification)
    return json.loads(text.replace('"wamid.', f'"wamid.{number}.'))


def _as_bias(notification: Any, bia: str) -> Any:
    for value in (change["value"] for entry in notification["entry"] for change in entry["changes"]):
        for message in value.get("messages", []):
            message |= {"from": bia} if "from" in message else {}
        for contact in value.get("contacts", []):
            contact |= {"wa_id": bia} if "wa_id" in contact else {}
    return notification


def _as_anas(update: Any) -> Any:
    """The same, from Ana in her own chat where it is from somebody in a private one."""
    for part in (part for part in update.values() if isinstance(part, dict)):
        for message in (part, part.get("message", {})):
            if message.get("chat", {}).get("type") == "private":
                message["chat"]["id"] = PERSON["id"]
        if "from" in part:
            part["from"]["id"] = PERSON["id"]
    return update
