"""What is no strict JSON, and values that no database keeps: nothing of it reaches a table (115, 116, 128, 129)."""

import json
import re
import time
from io import BytesIO
from itertools import product
from typing import Any

import pytest

from core.doors.json_text import NotJson, TooLarge, read_safely, read_strictly
from sandbox import Phone
from sandbox.rpa.rpa import sign
from sandbox.telegram.phone import TelegramPhone
from sandbox.whatsapp.phone import WhatsAppPhone
from tests.support.everything import everything
from tests.support.inbound import answered, ignored, nothing_failed, telegram_text
from tests.support.sellers import BIA, seller, sells
from tests.support.service import RunningService

API_KEY = {"api-key": "chave-da-api"}
# What stands for itself in the bodies below, and the raw JSON that takes its place.
HOSTILE = {
    "not a number": "NaN",
    "infinite": "-Infinity",
    "beyond any float": "1e999",
    "beyond 64 bits": str(2**70),
    "of 5,000 digits": "9" * 5000,
    "half a pair": '"\\ud83d"',
    "the other half": '{"\\udc00": "\\udc00"}',
    "NUL": '"a\\u0000b"',
    "a key twice": '{"a": 1, "a": 2}',
}
STRICTLY = {name: 422 if name == "beyond 64 bits" else 400 for name in HOSTILE}
NOWHERE = ("NaN", "Infinity", "\\ud83d", "\\udc00", "\x00", "\\u0000", str(2**70), "9" * 100)
PLACE = "@@"


class TestReading:
    @pytest.mark.falha(115)
    @pytest.mark.parametrize("name", HOSTILE)
    def test_strictly_none_of_it_is_read(self, name: str) -> None:
        with pytest.raises((NotJson, TooLarge)):
            read_strictly(f'{{"x": {HOSTILE[name]}}}'.encode())

    @pytest.mark.falha(115)
    def test_safely_what_cannot_be_kept_is_null_and_what_is_no_character_is_replaced(self) -> None:
        read = {name: read_safely(f'{{"x": {raw}}}'.encode())["x"] for name, raw in HOSTILE.items()}
        assert read == {
            **dict.fromkeys(list(HOSTILE)[:5]),
            "half a pair": "\ufffd",
            "the other half": {"\ufffd": "\ufffd"},
            "NUL": "a\ufffdb",
            "a key twice": {"a": 2},
        }

    def test_what_is_exact_is_read_as_it_is_both_ways(self) -> None:
        exact = {"n": [2**63 - 1, -(2**63 - 1), 1.5, True, None], "t": "😀 ção \\ud83d"}
        for text in (json.dumps(exact), json.dumps(exact, ensure_ascii=False)):
            assert read_safely(text.encode()) == read_strictly(text.encode()) == exact

    @pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"[" * 100_000], ids=["nothing", "latin", "cut", "deep"])
    def test_what_is_no_json_at_all_is_refused_both_ways(self, body: bytes) -> None:
        for read in (read_safely, read_strictly):
            with pytest.raises(NotJson):
                read(body)


# Where in a message it stands.
ON_TELEGRAM = (
    "message.message_id", "message.date", "message.from.first_name", "message.from.language_code", "message.chat.id",
    "message.chat.title", "message.reply_to_message", "message.location", "message.document", "message.entities",
    "message.contact", "message.message_thread_id", "update_id",
)  # fmt: skip
# What is read of the others is one of these, too: nothing, a text, an object.
EVERYWHERE = ("beyond 64 bits", "half a pair", "the other half")
ON_WHATSAPP = ("id", "timestamp", "from", "user_id", "context", "location", "contacts", "type", "errors", "group")


@pytest.mark.falha(115, 128)
class TestWebhooks:
    """A channel brings what it is refused for days: it is read as far as it can be kept."""

    @pytest.mark.parametrize("name", EVERYWHERE)
    async def test_a_message_on_telegram_is_answered_and_no_table_knows(
        self, service: RunningService, name: str
    ) -> None:
        ana = await seller(service, channel="telegram")
        assert isinstance(ana, TelegramPhone)
        for number, where in enumerate(ON_TELEGRAM, 500):
            raw = _with(telegram_text(ana, "MENU", number), where, HOSTILE[name])
            status, _ = await service.sandbox.telegram.deliver(raw)
            assert status == (400 if where == "update_id" and name in list(HOSTILE)[5:] else 200), where
        # Once more for her /start, and none for the update that has no number.
        assert (await answered(service, ana)).count("O que você quer fazer, Ana?") == len(ON_TELEGRAM)
        await _nothing_of_it(service)

    @pytest.mark.parametrize("name", EVERYWHERE)
    async def test_a_message_on_whatsapp_is_answered_and_no_table_knows(
        self, service: RunningService, name: str
    ) -> None:
        ana = await seller(service)
        for number, where in enumerate(ON_WHATSAPP):
            body = _whatsapp_text(service, ana, f"wamid.{number}", where, HOSTILE[name])
            assert (await service.sandbox.whatsapp.deliver(body))[0] == 200, where
        assert (await answered(service, ana)).count("O que você quer fazer, Ana?") >= len(ON_WHATSAPP) - 1
        await _nothing_of_it(service)

    async def test_so_is_whatever_stands_in_it(self, service: RunningService) -> None:
        ana, bia = await seller(service, channel="telegram"), await seller(service, BIA)
        assert isinstance(ana, TelegramPhone)
        for number, raw in enumerate(HOSTILE.values(), 600):
            update = _with(telegram_text(ana, "MENU", number), "message.from.first_name", raw)
            assert (await service.sandbox.telegram.deliver(update))[0] == 200, raw
            body = _whatsapp_text(service, bia, f"wamid.{number}", "context", raw)
            assert (await service.sandbox.whatsapp.deliver(body))[0] == 200, raw
        for phone in (ana, bia):
            assert (await answered(service, phone)).count("O que você quer fazer, ") >= len(HOSTILE)
        await _nothing_of_it(service)

    @pytest.mark.falha(129)
    @pytest.mark.parametrize("where", ["id", "from", "user_id", "context"])
    @pytest.mark.each_database
    async def test_ids_longer_than_any_index_are_put_aside(self, service: RunningService, where: str) -> None:
        ana = await seller(service)
        long = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(20_000))
        value = json.dumps({"id": long} if where == "context" else long)
        # As a channel brings it again: the same, to the second in it.
        body = _whatsapp_text(service, ana, "wamid.1", where, value)
        for _ in range(2):
            assert (await service.sandbox.whatsapp.deliver(body))[0] == 200
        assert (await answered(service, ana)).count("O que você quer fazer, Ana?") == 1
        assert await nothing_failed(service)
        assert long not in await everything(service)

    @pytest.mark.falha(129)
    async def test_an_update_id_beyond_64_bits_is_taken_and_counted(self, sqlite_service: RunningService) -> None:
        before = await ignored(sqlite_service, "telegram", "malformed")
        assert (await sqlite_service.sandbox.telegram.deliver({"update_id": 2**64, "message": {}}))[0] == 200
        assert await ignored(sqlite_service, "telegram", "malformed") == before + 1


@pytest.mark.falha(116, 128)
@pytest.mark.each_database
class TestOurOwnDoors:
    """Robots and programs are told what is wrong with their call."""

    async def test_a_callback_is_refused_and_no_table_knows(self, service: RunningService) -> None:
        await service.login_bo()
        job = await sells(service, await seller(service))
        whole: dict[str, Any] = {"event": "job.progress", "job_id": job.id, "seq": 7, "data": {"etapa": "Cadastro"}}
        for name, where in product(HOSTILE, ("seq", "data.percentual", "data.etapa", "extra", "job_id")):
            assert await _call_back(service, _with(whole, where, HOSTILE[name])) == STRICTLY[name], (name, where)
        assert await _call_back(service, json.dumps(whole).encode()) == 200
        await _nothing_of_it(service)

    @pytest.mark.falha(129)
    @pytest.mark.parametrize("where", ["job_id", "webhook-id"])
    async def test_an_id_longer_than_any_index_is_422(self, service: RunningService, where: str) -> None:
        await service.login_bo()
        job = await sells(service, await seller(service))
        long = "x" * 3000
        body = {"event": "job.heartbeat", "job_id": long if where == "job_id" else job.id}
        webhook_id = long if where == "webhook-id" else "msg_1"
        assert await _call_back(service, json.dumps(body).encode(), webhook_id) == 422
        assert await nothing_failed(service)

    async def test_a_call_of_the_api_is_refused_and_no_table_knows(self, service: RunningService) -> None:
        whole = {"nome": "João", "idiomas": ["pt"], "id_pipedrive": 1}
        for name, where in product(HOSTILE, ("nome", "idiomas", "id_pipedrive", "telefone", "status_ativo")):
            raw = _with(whole, where, HOSTILE[name])
            headers = API_KEY | {"Content-Type": "application/json"}
            async with service.http.post("/consultor", data=BytesIO(raw), headers=headers) as response:
                assert response.status == STRICTLY[name], (name, where)
        assert await service.rows("SELECT * FROM consultores") == []


def _with(body: dict[str, Any], where: str, raw: str) -> bytes:
    """The body as JSON, with this raw JSON at that place."""
    whole = json.loads(json.dumps(body))
    *way, last = where.split(".")
    inside = whole
    for key in way:
        inside = inside[key]
    inside[last] = PLACE
    return json.dumps(whole).replace(f'"{PLACE}"', raw).encode()


def _whatsapp_text(service: RunningService, phone: Phone, wamid: str, where: str, raw: str) -> bytes:
    assert isinstance(phone, WhatsAppPhone)
    phone.last_wrote = time.time()
    text: dict[str, Any] = {"id": wamid, "from": phone.wa_id, "type": "text", "text": {"body": "MENU"}}
    value = {"contacts": [phone.contact], "messages": [text | {"timestamp": str(int(time.time())), where: PLACE}]}
    return json.dumps(service.sandbox.whatsapp.envelope(value)).replace(f'"{PLACE}"', raw).encode()


async def _call_back(service: RunningService, body: bytes, webhook_id: str = "msg_1") -> int:
    headers = sign(body, webhook_id, service.sandbox.rpa.clock(), service.sandbox.rpa.secret)
    async with service.http.post("/webhooks/rpa", data=BytesIO(body), headers=headers) as response:
        return response.status


async def _nothing_of_it(service: RunningService) -> None:
    assert await nothing_failed(service)
    known = await everything(service)
    assert [value for value in NOWHERE if _stands_in(value, known)] == []
    known.encode("utf-8")


def _stands_in(value: str, known: str) -> bool:
    """By itself: three letters of a random text of ours are none of it."""
    return re.search(rf"(?<![\w+/=-]){re.escape(value)}(?![\w+/=-])", known) is not None
