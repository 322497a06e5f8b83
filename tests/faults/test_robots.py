"""Robots that answer late, twice, never, or to the wrong question."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from sandbox import Job, Reply, late
from sandbox.rpa.rpa import sign
from tests.support.sellers import BIA, asks_to_sell, eventually, ocorrencias, pool, seller, sells, venda_of
from tests.support.service import RunningService


def payload(job: Job, event: str, data: dict[str, Any], seq: int = 1) -> dict[str, Any]:
    """A callback as the robots send it."""
    return {"event": event, "job_id": job.id, "seq": seq, "data": data}


def told(screen: str, fragment: str) -> int:
    """How many times the seller was told so."""
    return screen.count(fragment)


@pytest.mark.falha(44)
class TestCallbackBeforeTheStartsAnswer:
    async def test_it_is_matched_by_its_address(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.next(late("manual"))
        await asks_to_sell(ana)
        job = await service.sandbox.rpa.started()
        reply = await job.ask("Qual é o CEP?", "cep")
        assert reply is not None
        assert reply.status == 200
        await ana.sees("Qual é o CEP?")
        await ana.says("30140-071")
        job.answer_start()
        assert await job.answered() == ["30140071"]
        assert (job.starts, len(service.sandbox.rpa.jobs)) == (1, 1)

    async def test_robots_that_drop_the_query_are_matched_when_the_answer_comes(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.next(late("manual"))
        await asks_to_sell(ana)
        job = await service.sandbox.rpa.started()
        job.body["callback_url"] = job.body["callback_url"].partition("?")[0]
        for reply in (await job.progress(5, "Entrando no portal"), await job.ask("Qual é o CEP?", "cep", times=2)):
            assert reply is not None
            assert reply.status == 200
        assert not ana.shows("Qual é o CEP?")
        job.answer_start()
        await ana.sees("Qual é o CEP?")
        assert told(await ana.quiet(), "Qual é o CEP?") == 1
        assert await service.rows("SELECT * FROM early_callbacks") == []

    async def test_a_sale_that_ends_before_the_answer_stays_ended(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.next(late("manual"))
        await asks_to_sell(ana)
        job = await service.sandbox.rpa.started()
        await job.complete({"numero_pedido": "NIO-1"})
        await ana.sees("NIO-1")
        job.answer_start()
        await ana.quiet()
        assert (await venda_of(service, job))["status_venda"] == "CONCLUIDO"
        assert len(service.sandbox.rpa.jobs) == 1


@pytest.mark.falha(45)
class TestTheSameCallbackAgain:
    async def test_five_times_counts_once(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        await job.ask("Qual é o CEP?", "cep", times=5)
        reply = await job.complete({"numero_pedido": "NIO-1"}, times=5)
        assert reply is not None
        assert reply.status == 200
        await ana.sees("NIO-1")
        screen = await ana.quiet()
        assert (told(screen, "Qual é o CEP?"), told(screen, "NIO-1")) == (1, 1)
        assert await ocorrencias(service) == []
        assert (await pool(service)).livres == 1

    @pytest.mark.each_database
    async def test_five_times_at_once_counts_once(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        done = payload(job, "job.completed", {"resultado": {"numero_pedido": "NIO-1"}})
        ids = ["msg_1", "msg_1", "msg_1", "msg_2", "msg_3"]
        replies = await asyncio.gather(
            *(service.sandbox.rpa.call_back(job, done, webhook_id=webhook_id) for webhook_id in ids)
        )
        assert [reply.status for reply in replies] == [200] * 5
        await ana.sees("NIO-1")
        assert told(await ana.quiet(), "NIO-1") == 1
        assert await ocorrencias(service) == []

    async def test_a_failure_after_the_success_is_recorded_and_changes_nothing(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        await job.complete({"numero_pedido": "NIO-1"})
        reply = await job.fail("CREDENCIAL_RECUSADA")
        assert reply is not None
        assert reply.status == 200
        assert "não foi concluída" not in await ana.quiet()
        venda = await venda_of(service, job)
        assert (venda["status_venda"], venda["numero_pedido"], venda["erro"]) == ("CONCLUIDO", "NIO-1", None)
        assert await ocorrencias(service) == ["callback_depois_do_fim"]
        status = await pool(service)
        assert (status.livres, status.afastados) == (1, 0)

    async def test_an_order_number_after_the_failure_is_kept_and_told(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        await job.fail("TEMPO_ESGOTADO")
        await ana.sees("O portal demorou demais para responder.")
        await job.complete({"numero_pedido": "NIO-1"}, times=2)
        await ana.sees("o pedido saiu. Número do pedido: NIO-1")
        assert told(await ana.quiet(), "NIO-1") == 1
        venda = await venda_of(service, job)
        assert (venda["status_venda"], venda["numero_pedido"]) == ("FALHOU", "NIO-1")
        assert await ocorrencias(service) == ["callback_depois_do_fim"]


@pytest.mark.falha(46)
@pytest.mark.each_database
class TestPollAndCallbackInTheSameMoment:
    async def test_the_end_comes_once(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        venda_id = UUID(job.body["venda_id"])
        ask = service.wiring.robot_events.ask
        await asyncio.gather(job.complete({"numero_pedido": "NIO-1"}), ask(venda_id, job.id), ask(venda_id, job.id))
        await ana.sees("NIO-1")
        assert told(await ana.quiet(), "NIO-1") == 1
        assert await ocorrencias(service) == []
        assert len(await service.rows("SELECT 1 FROM pap_bo_em_uso WHERE liberado_em IS NOT NULL")) == 1

    async def test_a_question_is_asked_once(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        venda_id = UUID(job.body["venda_id"])
        ask = service.wiring.robot_events.ask
        await asyncio.gather(job.ask("Qual é o CEP?", "cep"), ask(venda_id, job.id), ask(venda_id, job.id))
        await ana.sees("Qual é o CEP?")
        assert told(await ana.quiet(), "Qual é o CEP?") == 1
        await ana.says("30140-071")
        assert await job.answered() == ["30140071"]
        await ask(venda_id, job.id)
        assert told(await ana.quiet(), "Qual é o CEP?") == 1

    async def test_a_poll_that_shows_nonsense_changes_nothing(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        ana, bia = await seller(service), await seller(service, BIA)
        await service.login_bo("Bo Dois", "5531900000002")
        nonsense, sound = await sells(service, ana), await sells(service, bia)
        nonsense.pergunta, nonsense.progresso = {"tipo": 7}, ["?"]  # type: ignore[assignment]
        await sound.ask("Qual é o CEP?", "cep", call=False)
        assert await service.wiring.robot_events.poll(timedelta(0)) == 2
        await bia.sees("Qual é o CEP?")


@pytest.mark.falha(53)
class TestSilentRobot:
    async def test_past_its_deadline_it_is_asked_then_given_up(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        service.clock.move(minutes=31)
        await service.clock_work.expire_logins()
        assert [call.params["job_id"] for call in service.sandbox.rpa.calls.of("job")] == [job.id]
        await ana.sees("A venda foi encerrada")
        await job.cancel_asked()
        assert (await venda_of(service, job))["status_venda"] == "TIMEOUT"
        assert (await pool(service)).livres == 1

    async def test_what_it_answers_then_counts(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        await job.fail("NEGADO", "Cliente com débito", call=False)
        service.clock.move(minutes=31)
        await service.clock_work.expire_logins()
        await ana.sees("O pedido foi negado pela operadora para este cliente. Motivo informado: Cliente com débito")
        assert (await venda_of(service, job))["status_venda"] == "FALHOU"

    async def test_robots_that_do_not_answer_even_then_keep_no_login(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        ana = await seller(service)
        await sells(service, ana)
        service.sandbox.rpa.faults.down = True
        service.clock.move(minutes=31)
        await service.clock_work.expire_logins()
        await ana.sees("A venda foi encerrada")
        assert (await pool(service)).livres == 1

    async def test_a_question_left_open_is_no_sign_of_life_when_polled(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        await job.ask("Qual é o CEP?", "cep")
        await ana.sees("Qual é o CEP?")
        for _ in range(4):
            service.clock.move(minutes=8)
            await service.wiring.robot_events.ask(UUID(job.body["venda_id"]), job.id)
        assert await service.clock_work.expire_logins() == 1
        await ana.sees("A venda foi encerrada")


@pytest.mark.falha(55)
class TestCallbacksThatAreNotTrusted:
    @pytest.mark.parametrize(
        "how",
        [
            {"signed": False},
            {"secret": "whsec_b3V0cm8gc2VncmVkbyBxdWFscXVlcg=="},
            {"age": 301.0},
            {"age": -301.0},
        ],
        ids=["unsigned", "another secret", "stale", "from the future"],
    )
    async def test_it_is_401_and_changes_nothing(self, sqlite_service: RunningService, how: dict[str, Any]) -> None:
        service = sqlite_service
        await service.login_bo()
        job = await sells(service, await seller(service))
        done = payload(job, "job.completed", {"resultado": {"numero_pedido": "FALSO-1"}})
        reply = await service.sandbox.rpa.call_back(job, done, **how)
        assert reply.status == 401
        assert (await venda_of(service, job))["status_venda"] == "INICIANDO"
        assert await service.rows("SELECT * FROM events WHERE channel = 'rpa'") == []

    async def test_a_body_changed_on_the_way_is_401(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        job = await sells(service, await seller(service))
        headers = await signed_headers(service, job, payload(job, "job.heartbeat", {}))
        changed = json.dumps(payload(job, "job.completed", {"resultado": {"numero_pedido": "FALSO-1"}}))
        async with service.http.post("/webhooks/rpa", data=changed, headers=headers) as response:
            assert response.status == 401
        assert (await venda_of(service, job))["status_venda"] == "INICIANDO"

    async def test_just_within_the_five_minutes_is_taken(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        job = await sells(service, await seller(service))
        reply = await service.sandbox.rpa.call_back(job, payload(job, "job.heartbeat", {}), age=290.0)
        assert reply.status == 200

    async def test_an_unknown_job_is_404(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        job = await sells(service, await seller(service))
        # While a start is being made, a job nobody knows may be the one it will name.
        await eventually(service, "SELECT 1 FROM outbox WHERE method = 'executar_pap' AND done_at IS NOT NULL")
        for url in (job.body["callback_url"], f"{service.url}/webhooks/rpa", f"{service.url}/webhooks/rpa?venda=xyz"):
            job.body["callback_url"] = url
            stranger = payload(job, "job.completed", {"resultado": {}}) | {"job_id": "nobody-knows-it"}
            reply: Reply = await service.sandbox.rpa.call_back(job, stranger)
            assert reply.status == 404, url
        assert (await venda_of(service, job))["status_venda"] == "INICIANDO"
        assert await service.rows("SELECT * FROM early_callbacks") == []


async def signed_headers(service: RunningService, job: Job, body: dict[str, Any]) -> dict[str, str]:
    """The headers of a callback with this body, rightly signed."""
    raw = json.dumps(body, ensure_ascii=False).encode()
    return sign(raw, "msg_1", service.sandbox.rpa.clock(), service.sandbox.rpa.secret)


@pytest.mark.falha(45)
async def test_progress_out_of_order_does_not_go_back(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    await job.progress(10, "Entrando no portal", seq=1)
    await job.progress(80, "Gravando o pedido", seq=3)
    await job.progress(40, "Analisando o crédito", seq=2)
    await eventually(service, "SELECT 1 FROM vendas WHERE progresso IS NOT NULL")
    await ana.says("STATUS")
    await ana.sees("Gravando o pedido")
