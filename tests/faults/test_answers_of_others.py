"""What comes back from our own calls is trusted no more than what comes in (94-97)."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.answers import MOST_BYTES
from bot.channels.downloads import MAX_BYTES
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.api import classify as telegram_error
from bot.channels.whatsapp.api import CloudApi
from bot.channels.whatsapp.api import classify as whatsapp_error
from bot.robots.api import RobotsApi
from bot.senders.pipedrive import PipedriveApi
from core.delivery_errors import Again, DeliveryError, Refused
from core.venda.respostas import Pergunta
from sandbox import Job, Phone, late
from tests.support.everything import everything
from tests.support.inbound import nothing_failed
from tests.support.sellers import ANA, BIA, asks_to_sell, seller, sells, venda_of
from tests.support.service import RunningService

STRANGE: dict[str, bytes] = {
    "nothing": b"",
    "a page": b"<html>Portal fora do ar</html>",
    "a text": b'"Portal fora do ar"',
    "null": b"null",
    "a list": b'["x", null, 7]',
    "texts for objects": b'{"ok": true, "result": "x", "data": "x", "messages": "x", "job_id": {}, "error": "x"}',
    "lists for objects": b'{"ok": true, "result": [7], "data": [7], "messages": [7], "job_id": [7], "error": []}',
    "no error of any kind": b'{"ok": false, "error_code": "x", "parameters": "x", "description": {"a": 1}}',
    "NaN": b'{"ok": true, "result": NaN, "data": {"id": NaN}, "id": NaN, "job_id": Infinity, "messages": NaN}',
    "half a pair": b'{"ok": true, "result": {"message_id": "\\ud83d"}, "id": "\\ud83d", "data": {"id": "\\ud83d"}}',
    "beyond 64 bits": b'{"ok": true, "result": {"message_id": %d}, "data": {"id": %d}, "id": %d}' % ((2**70,) * 3),
    "not UTF-8": b'{"ok": true, "id": "\xff"}',
    "nested without end": b"[" * 100_000,
    "larger than any": b'"' + b"x" * (MOST_BYTES + 1) + b'"',
}  # fmt: skip


@dataclass
class Strange:
    """A provider that answers whatever the test says, and our own ways of asking it."""

    url: str
    http: aiohttp.ClientSession
    status: int = 200
    body: bytes = b""

    @property
    def calls(self) -> dict[str, Callable[[], Awaitable[Any]]]:
        telegram = TelegramApi(self.http, self.url, "1:x")
        cloud = CloudApi(self.http, f"{self.url}/v25.0", "1", "x")
        robots = RobotsApi(self.http, self.url, "x")
        pipedrive = PipedriveApi(self.http, self.url, "x")
        return {
            "sendMessage": lambda: telegram.call("sendMessage", {}),
            "getFile": lambda: telegram.download("f"),
            "messages": lambda: cloud.send({}),
            "media": lambda: cloud.upload(b"x", "x.txt", "text/plain"),
            "download": lambda: cloud.download("1"),
            "executar": lambda: robots.start_pap("1", {}),
            "job": lambda: robots.job("1"),
            "logs": lambda: robots.logs("1", 0),
            "responder": lambda: robots.answer("1", "1", "x", "1"),
            "find_person": lambda: pipedrive.find_person("5531988804000"),
            "add_person": lambda: pipedrive.add_person({}),
            "find_activity": lambda: pipedrive.find_activity(1, "x"),
            "add_activity": lambda: pipedrive.add_activity({}),
            "change_activity": lambda: pipedrive.change_activity(1, {}),
        }


@pytest.fixture
async def strange() -> AsyncIterator[Strange]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=provider.body, status=provider.status, content_type="application/json")

    app = web.Application(client_max_size=2**30)
    app.router.add_route("*", "/{tail:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as http:
        provider = Strange(f"http://127.0.0.1:{runner.addresses[0][1]}", http)
        yield provider
    await runner.cleanup()


@pytest.mark.falha(94)
@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize("name", STRANGE)
async def test_no_answer_of_a_provider_is_a_fault_of_ours(strange: Strange, name: str, status: int) -> None:
    strange.status, strange.body = status, STRANGE[name]
    for what, call in strange.calls.items():
        try:
            result = await call()
        except DeliveryError:
            continue
        except Exception as error:
            pytest.fail(f"{what}: {error!r}")
        assert "\ud83d" not in str(result), what
        assert str(2**70) not in str(result), what


@pytest.mark.falha(94)
async def test_an_integer_is_an_id(strange: Strange) -> None:
    strange.body = b'{"job_id": 17, "id": 18, "data": {"id": "19"}}'
    calls = strange.calls
    assert [await calls[one]() for one in ("executar", "media", "add_person")] == ["17", "18", 19]


@pytest.mark.falha(94)
async def test_a_file_larger_than_it_was_said_to_be_is_not_read_to_its_end(strange: Strange) -> None:
    strange.body = b"x" * (MAX_BYTES + 1)
    api = CloudApi(strange.http, strange.url, "1", "x")

    async def media(*_: object, **__: object) -> dict[str, Any]:
        return {"url": strange.url, "file_size": "7"}

    api._request = media  # type: ignore[method-assign]
    with pytest.raises(Refused):
        await api.download("1")


@pytest.mark.falha(94)
@pytest.mark.parametrize("seconds", ["amanhã", None, float("nan"), 1e300, -5, {}], ids=str)
def test_whatever_we_are_told_to_wait_is_a_time_to_wait(seconds: Any) -> None:
    refusal = telegram_error({"error_code": 429, "parameters": {"retry_after": seconds}})
    assert 0 <= getattr(refusal, "seconds", 0) <= 86_400


@pytest.mark.falha(94)
def test_an_error_that_is_no_object_is_known_by_its_status() -> None:
    assert isinstance(whatsapp_error(500, {"error": "fora do ar"}), Again)
    assert isinstance(whatsapp_error(400, {"error": {"code": "x"}}), Refused)
    assert isinstance(telegram_error({"description": ["x"]}), Again)


@pytest.mark.falha(95)
class TestRobotsThatAnswerStrangely:
    @pytest.fixture
    async def ana(self, sqlite_service: RunningService) -> Phone:
        await sqlite_service.login_bo()
        return await seller(sqlite_service)

    async def _polled(self, service: RunningService, ana: Phone, answer: dict[str, Any]) -> dict[str, Any]:
        """A sale, as its robot says when it is asked."""
        job = await sells(service, ana)
        return await self._asked(service, job, answer)

    async def _asked(self, service: RunningService, job: Job, answer: dict[str, Any]) -> dict[str, Any]:
        job.as_polled = lambda: answer  # type: ignore[method-assign]
        assert await service.wiring.robot_events.poll(timedelta(0)) == 1
        assert await nothing_failed(service)
        return await venda_of(service, job)

    async def test_an_error_that_is_a_text_is_its_message(self, sqlite_service: RunningService, ana: Phone) -> None:
        venda = await self._polled(sqlite_service, ana, {"status": "failed", "erro": "Portal fora do ar"})
        assert venda["status_venda"] == "FALHOU"
        assert "Portal fora do ar" in str(venda["erro"])

    async def test_a_sale_that_succeeded_has_succeeded_whatever_it_brings(
        self, sqlite_service: RunningService, ana: Phone
    ) -> None:
        for resultado in ("NIO-1", ["NIO-1"], None, 7):
            venda = await self._polled(sqlite_service, ana, {"status": "completed", "resultado": resultado})
            assert (venda["status_venda"], venda["numero_pedido"]) == ("CONCLUIDO", None), resultado

    async def test_a_failed_sale_has_failed_whatever_it_says(self, sqlite_service: RunningService, ana: Phone) -> None:
        erros: list[Any] = [
            {"codigo": {"a": 1}, "mensagem": ["x"]},
            {"codigo": "\ud83d", "mensagem": "a\x00b"},
            {"codigo": 2**70, "mensagem": "x" * 100_000},
            [1, 2],
            7.5,
        ]
        for erro in erros:
            venda = await self._polled(sqlite_service, ana, {"status": "failed", "erro": erro})
            assert venda["status_venda"] == "FALHOU", erro
        known = await everything(sqlite_service)
        assert "\ud83d" not in known
        assert "\\u0000" not in known
        assert "x" * 1000 not in known

    async def test_progress_of_any_number_is_from_0_to_100(self, sqlite_service: RunningService, ana: Phone) -> None:
        job = await sells(sqlite_service, ana)
        for percentual in (1e300, -1, "metade", True, {}):
            said = {"status": "running", "progresso": {"percentual": percentual, "etapa": 7}}
            progresso = (await self._asked(sqlite_service, job, said))["progresso"]
            assert re.search(r'"percentual":(?:100|0|null)\b', progresso), percentual


@pytest.mark.falha(96)
class TestAJobIdOfAnOlderVenda:
    """The robots were set up anew and count from the beginning: the address that we gave out decides."""

    async def test_a_new_sale_with_an_old_ones_job_id_runs_to_its_end(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service, ANA)
        old = await sells(service, ana)
        await old.complete({"numero_pedido": "NIO-1"})
        await ana.sees("NIO-1")
        bia = await seller(service, BIA)
        new = await self._sells_as(service, bia, old.id)
        await new.ask("Qual é o CEP?", "cep")
        await bia.sees("Qual é o CEP?")
        await new.complete({"numero_pedido": "NIO-2"})
        await bia.sees("NIO-2")
        assert "NIO-2" not in await ana.quiet()
        assert await nothing_failed(service)

    async def test_the_callback_that_overtakes_the_answer_is_the_new_sales(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service, ANA)
        old = await sells(service, ana)
        await old.complete({"numero_pedido": "NIO-1"})
        bia = await seller(service, BIA)
        service.sandbox.rpa.next(late("manual"))
        await asks_to_sell(bia)
        new = await service.sandbox.rpa.started(matricula_vendedor="V5000")
        new.id = old.id
        await new.ask("Qual é o CEP?", "cep")
        await bia.sees("Qual é o CEP?")
        new.answer_start()
        await bia.quiet()
        assert "Qual é o CEP?" not in await ana.quiet()
        assert (await venda_of(service, new))["status_venda"] == "AGUARDANDO_RESPOSTA"

    async def _sells_as(self, service: RunningService, phone: Any, job_id: str) -> Job:
        rpa = service.sandbox.rpa
        made = rpa.start

        def start(*args: Any, **kwargs: Any) -> Any:
            job = made(*args, **kwargs)
            job.id = job_id
            return job

        rpa.start = start  # type: ignore[method-assign]
        return await sells(service, phone)


@pytest.mark.falha(97)
class TestTheSameQuestionIdAgain:
    async def test_with_another_text_it_is_another_question(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        rpa = service.sandbox.rpa
        for seq, texto in enumerate(("Qual é o CEP?", "Qual é o número da casa?"), 1):
            data = {"pergunta_id": "p1", "texto": texto, "tipo": "texto"}
            body = {"event": "job.question", "job_id": job.id, "seq": seq, "data": data}
            assert (await rpa.call_back(job, body)).status == 200
            await ana.sees(texto)
            await ana.says(f"resposta {seq}")
            # The same once more, under a number of its own, is known.
            assert (await rpa.call_back(job, body | {"seq": seq + 10})).status == 200
        screen = await ana.quiet()
        assert (screen.count("Qual é o CEP?"), screen.count("Qual é o número da casa?")) == (1, 1)

    def test_a_question_without_end_is_cut_and_a_thousand_options_are_refused(self) -> None:
        assert len(Pergunta.parse({"pergunta_id": 7, "texto": "x" * 10**6}).texto) == 4096
        for wrong in ({"opcoes": ["x"] * 501}, {"pergunta_id": "x" * 600}):
            with pytest.raises(ValueError, match="must be"):
                Pergunta.parse({"pergunta_id": 7, "texto": "x", **wrong})
