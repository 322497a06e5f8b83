"""BackOffice logins under stress: expired, taken again, paused workers, Redis gone, passwords refused."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from sandbox import Job, Phone
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from tests.support.patience import within
from tests.support.sellers import (
    ANA,
    BIA,
    CAIO,
    LITERAL,
    asks_to_sell,
    holders,
    ocorrencias,
    pool,
    seller,
    sells,
    venda_of,
)
from tests.support.service import RunningService, settings_for

pytestmark = pytest.mark.each_database


async def open_leases(service: RunningService) -> list[dict[str, Any]]:
    """The open rows of the ledger."""
    return await service.rows(
        "SELECT epoch, telefone, venda_id, expira_em FROM pap_bo_em_uso WHERE liberado_em IS NULL ORDER BY epoch"
    )


async def locks(service: RunningService) -> int:
    """How many locks Redis holds."""
    return len(await service.wiring.redis.keys("{pool-bo}:lock:*"))


async def taken_over(service: RunningService) -> tuple[Phone, Job, Phone, Job]:
    """Ana's robot went silent for 31 minutes, and Bia has the login now: Ana and her old job, Bia and hers."""
    await service.login_bo()
    ana, bia = await seller(service), await seller(service, BIA)
    old = await sells(service, ana)
    service.clock.move(minutes=31)
    new = await sells(service, bia)
    await ana.sees("A venda foi encerrada: passou tempo demais sem sinal do robô ou sem a sua resposta.")
    await old.cancel_asked()
    assert old.body["login"] == new.body["login"]
    return ana, old, bia, new


@pytest.mark.falha(43)
async def test_a_success_after_the_login_was_lent_again_is_kept_and_leaves_the_new_holder_alone(
    service: RunningService,
) -> None:
    ana, old, bia, new = await taken_over(service)
    before = await open_leases(service)

    reply = await old.complete({"numero_pedido": "NIO-1"})
    assert reply is not None
    assert reply.status == 200
    await ana.sees("o pedido saiu. Número do pedido: NIO-1")
    assert await open_leases(service) == before
    assert await holders(service) == [BIA[1]]
    venda = await venda_of(service, old)
    assert (venda["status_venda"], venda["numero_pedido"]) == ("TIMEOUT", "NIO-1")
    assert await ocorrencias(service) == ["callback_depois_do_fim"]

    await new.complete({"numero_pedido": "NIO-2"})
    await bia.sees("NIO-2")
    assert (await pool(service)).livres == 1


@pytest.mark.falha(48)
async def test_a_robot_that_wakes_up_after_31_minutes_changes_nothing(service: RunningService) -> None:
    ana, old, _, new = await taken_over(service)
    before = await open_leases(service)

    for reply in (await old.heartbeat(), await old.progress(50, "Acordei"), await old.ask("Qual é o CEP?", "cep")):
        assert reply is not None
        assert reply.status == 200
    await ana.quiet()
    assert not ana.shows("Qual é o CEP?")
    assert await open_leases(service) == before
    # Its failure, too, says nothing about the login in the new holder's hands.
    await old.fail("CREDENCIAL_RECUSADA")
    status = await pool(service)
    assert (status.afastados, [uso.telefone for uso in status.em_uso]) == (0, [BIA[1]])
    # It is told to stop, again for each sign that it still works.
    assert len(service.sandbox.rpa.calls.of("cancelar")) >= 2
    assert not new.cancel_requested


@pytest.mark.falha(48)
async def test_a_worker_that_wakes_up_after_31_minutes_has_its_job_stopped(service: RunningService) -> None:
    """Paused between the commit and the robot's answer, it starts a job for a sale that is long over."""
    await service.login_bo()
    ana, bia = await seller(service), await seller(service, BIA)
    rpa = service.sandbox.rpa
    rpa.next("manual", "manual")
    rpa.faults.hang = True
    await asks_to_sell(ana)
    await rpa.calls.wait_for("executar")

    service.clock.move(minutes=31)
    await asks_to_sell(bia)
    await bia.sees("Venda iniciada")
    await ana.sees("A venda foi encerrada")
    rpa.faults.hang = False
    late = await rpa.started(matricula_vendedor="V4000")
    new = await rpa.started(matricula_vendedor="V5000")
    await late.cancel_asked()
    assert await holders(service) == [BIA[1]]
    await new.ask("Qual é o CEP?", "cep")
    await bia.sees("Qual é o CEP?")
    assert not new.cancel_requested


@pytest.mark.falha(49)
async def test_redis_emptied_in_mid_sale_lends_nothing_twice(service: RunningService) -> None:
    await service.login_bo()
    ana, bia = await seller(service), await seller(service, BIA)
    job = await sells(service, ana)
    assert await locks(service) == 1
    await service.wiring.redis.flushall()

    await asks_to_sell(bia)
    await bia.sees(LITERAL)
    assert await holders(service) == [ANA[1]]
    await service.clock_work.reconcile()
    assert await locks(service) == 1

    await service.wiring.redis.flushall()
    await job.heartbeat()
    assert await locks(service) == 1
    await service.wiring.redis.flushall()
    service.sandbox.rpa.next("manual")
    await job.complete()
    await ana.sees("Venda concluída")
    await bia.says("SIM")
    await bia.sees("Venda iniciada")
    assert [row["telefone"] for row in await open_leases(service)] == [BIA[1]]
    epochs = [row["epoch"] for row in await service.rows("SELECT epoch FROM pap_bo_em_uso ORDER BY desde")]
    assert epochs == sorted(set(epochs))


class TestRedisAway:
    """A service with a Redis of its own, whose clock ticks by itself."""

    @pytest.fixture
    async def redis(self, tmp_path: Path) -> AsyncIterator[EmbeddedRedis]:
        redis = EmbeddedRedis(tmp_path / "own")
        await redis.start()
        yield redis
        await redis.stop()

    @pytest.fixture
    async def service(
        self, sqlite_url: str, redis: EmbeddedRedis, s3: EmbeddedS3, tmp_path: Path
    ) -> AsyncIterator[RunningService]:
        async with RunningService(settings_for(sqlite_url, redis.url, s3, tmp_path), steps=True) as running:
            yield running

    @pytest.mark.falha(50)
    async def test_without_redis_sellers_are_queued_and_served_within_ten_seconds_of_its_return(
        self, service: RunningService, redis: EmbeddedRedis
    ) -> None:
        await service.login_bo()
        ana = await seller(service)
        await redis.stop()
        await asks_to_sell(ana)
        await ana.sees(f"{LITERAL}\n\nVocê é o 1º da fila e será atendido automaticamente.")
        assert await holders(service) == []
        await ana.says("STATUS")
        await ana.sees("Você é o 1º da fila")

        service.sandbox.rpa.next("manual")
        await redis.start()
        await within(10, ana.sees("Chegou a sua vez!", timeout=120))
        assert await holders(service) == [ANA[1]]

    @pytest.mark.falha(50)
    async def test_a_login_given_back_without_redis_reaches_the_queue_within_ten_seconds_of_its_return(
        self, service: RunningService, redis: EmbeddedRedis
    ) -> None:
        await service.login_bo()
        ana, bia = await seller(service), await seller(service, BIA)
        job = await sells(service, ana)
        await asks_to_sell(bia)
        await bia.taps("Entrar na fila")
        await bia.sees("Você é o 1º da fila")
        # A lock as old as a sale lasts; one of the last minute might belong to a turn that is about to commit.
        (lock,) = await service.wiring.redis.keys("{pool-bo}:lock:*")
        await service.wiring.redis.hincrby(lock, "since", -61)
        await redis.stop()
        # However long Redis stays away, waits that grow must not decide when the queue moves again.
        service.wiring.courier.senders["turn"].first_wait = 60.0
        await job.complete()
        await ana.sees("Venda concluída")

        service.sandbox.rpa.next("manual")
        await redis.start()
        await within(10, bia.sees("Chegou a sua vez!", timeout=120))

    @pytest.mark.falha(50)
    async def test_a_full_redis_lends_nothing_until_there_is_room(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        await service.wiring.redis.config_set("maxmemory", "1")
        await asks_to_sell(ana)
        await ana.sees("Você é o 1º da fila")
        assert await holders(service) == []

        service.sandbox.rpa.next("manual")
        await service.wiring.redis.config_set("maxmemory", "0")
        await within(10, ana.sees("Chegou a sua vez!", timeout=120))

    @pytest.mark.falha(50)
    async def test_a_sale_at_work_goes_on_and_ends_without_redis(
        self, service: RunningService, redis: EmbeddedRedis
    ) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        await redis.stop()
        await job.ask("Qual é o CEP?", "cep")
        await ana.sees("Qual é o CEP?")
        await ana.says("30140-071")
        assert await job.answered() == ["30140071"]
        await job.complete({"numero_pedido": "NIO-1"})
        await ana.sees("NIO-1")
        assert await holders(service) == []
        await redis.start()


@pytest.mark.falha(51)
class TestRenewalThatFails:
    """31 minutes went by and nobody has closed the lease yet; then there is a sign of life, too late."""

    async def test_the_robots_sign_stops_the_job_before_its_next_step(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        service.clock.move(minutes=31)
        reply = await job.ask("Qual é o CEP?", "cep")
        assert reply is not None
        assert reply.status == 200
        await job.cancel_asked()
        await ana.sees("A venda foi encerrada")
        assert not ana.shows("Qual é o CEP?")
        assert (await pool(service)).livres == 1
        assert (await venda_of(service, job))["status_venda"] == "TIMEOUT"

    async def test_the_sellers_answer_is_not_passed_on(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana)
        await job.ask("Confirma o pedido?", "sim_nao")
        await ana.sees("Confirma o pedido?")
        service.clock.move(minutes=31)
        await ana.taps("SIM")
        await job.cancel_asked()
        await ana.sees("Essa pergunta já foi respondida ou não vale mais.")
        await ana.sees("A venda foi encerrada")
        assert job.answers == {}
        assert (await pool(service)).livres == 1

    async def test_the_next_in_the_queue_is_served(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        ana, bia = await seller(service), await seller(service, BIA)
        job = await sells(service, ana)
        await asks_to_sell(bia)
        await bia.taps("Entrar na fila")
        await bia.sees("Você é o 1º da fila")
        service.sandbox.rpa.next("manual")
        service.clock.move(minutes=31)
        await job.heartbeat()
        await bia.sees("Chegou a sua vez!")
        assert await holders(service) == [BIA[1]]


@pytest.mark.falha(52)
async def test_an_empty_pool_serves_those_who_wait_in_order_and_forgets_leavers(service: RunningService) -> None:
    await service.login_bo("Bo Um", "5531900000001")
    await service.login_bo("Bo Dois", "5531900000002")
    first = [await sells(service, await seller(service, quem)) for quem in (ANA, BIA)]
    names = ["Caio Lima", "Davi Reis", "Eva Dias", "Fabi Melo"]
    phones = [await seller(service, (name, f"55319888{number}7000")) for number, name in enumerate(names)]
    for place, phone in enumerate(phones, 1):
        await asks_to_sell(phone)
        await phone.taps("Entrar na fila")
        await phone.sees(f"{LITERAL}\n\nVocê é o {place}º da fila")
    caio, davi, eva, fabi = phones

    await davi.says("CANCELAR")
    await davi.sees("Você saiu da fila.")
    await fabi.says("STATUS")
    await fabi.sees("Você é o 3º da fila")

    service.sandbox.rpa.next("manual", "manual", "manual")
    await asyncio.gather(*(job.complete() for job in first))
    await caio.sees("Chegou a sua vez!")
    await eva.sees("Chegou a sua vez!")
    await fabi.says("STATUS")
    await fabi.sees("Você é o 1º da fila")
    assert not davi.shows("Chegou a sua vez!")
    assert sorted(await holders(service)) == sorted([str(caio.telefone), str(eva.telefone)])

    # A newcomer does not pass whoever waits, though a login comes back in that very moment.
    newcomer = await seller(service, ("Gil Novo", "5531988897000"))
    job = await service.sandbox.rpa.started(matricula_vendedor=f"V{str(caio.telefone)[-4:]}")
    await newcomer.says("VENDER")
    await newcomer.sees("Posso começar?")
    await asyncio.gather(job.complete(), newcomer.taps("SIM"))
    await fabi.sees("Chegou a sua vez!")
    await newcomer.sees(LITERAL)


@pytest.mark.falha(52)
async def test_sellers_who_say_sim_in_the_same_moment_never_share_a_login(service: RunningService) -> None:
    await service.login_bo("Bo Um", "5531900000001")
    await service.login_bo("Bo Dois", "5531900000002")
    phones = [await seller(service, (f"Pessoa {number}", f"55319888{number}7000")) for number in range(6)]
    service.sandbox.rpa.next(*["manual"] * 6)
    for phone in phones:
        await phone.says("VENDER")
        await phone.sees("Posso começar?")
    await asyncio.gather(*(phone.taps("SIM") for phone in phones))

    screens = [await phone.quiet() for phone in phones]
    assert sorted((("Venda iniciada" in screen), (LITERAL in screen)) for screen in screens) == (
        [(False, True)] * 4 + [(True, False)] * 2
    )
    for _ in range(2):
        await service.sandbox.rpa.started()
    assert {job.body["login"] for job in service.sandbox.rpa.jobs} == {"BO0001", "BO0002"}


@pytest.mark.falha(52)
async def test_nobody_is_left_waiting_beside_a_free_login(sqlite_service: RunningService) -> None:
    """A login set free while its queue could not be served is found by the next tick of the clock."""
    service = sqlite_service
    await service.login_bo()
    await sells(service, await seller(service))
    bia = await seller(service, BIA)
    await asks_to_sell(bia)
    await bia.taps("Entrar na fila")
    await bia.sees("Você é o 1º da fila")
    await service.login_bo("Bo Dois", "5531900000002")
    service.sandbox.rpa.next("manual")
    await service.clock_work.reconcile()
    await bia.sees("Chegou a sua vez!")


@pytest.mark.falha(54)
async def test_a_refused_password_is_set_aside_after_one_try(service: RunningService) -> None:
    await service.login_bo()
    ana, bia, caio = await seller(service), await seller(service, BIA), await seller(service, CAIO)
    job = await sells(service, ana, "manual")
    await asks_to_sell(bia)
    await bia.taps("Entrar na fila")
    await bia.sees("Você é o 1º da fila")

    await job.fail("CREDENCIAL_RECUSADA", "matrícula ou senha inválida", definitivo=True)
    await ana.sees("O portal recusou o acesso BackOffice usado; ele foi separado para conferência.")
    await asks_to_sell(caio)
    await caio.sees(LITERAL)
    await bia.says("STATUS")
    await bia.sees("Você é o 1º da fila")
    status = await pool(service)
    assert (status.livres, status.afastados, status.em_uso) == (0, 1, ())
    assert len(service.sandbox.rpa.jobs) == 1
    assert await ocorrencias(service) == ["login_recusado"]
