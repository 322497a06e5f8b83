"""What is under way is moved on by somebody, whatever was lost: a callback, a turn, a store, the room on a disk."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from bot.outbox.courier import Courier
from bot.runtime import background
from bot.turn import Turns
from core.processo.execucoes import enviar
from core.processo.processos import aprovar
from core.processo.quem import Quem
from sandbox import Job, Phone
from storage.objects import ObjectStoreError
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.robo.perguntas import add_pergunta
from storage.tables import pap_bo_em_uso
from storage.transaction import Call, Transaction
from tests.support.downloads import GIL, becomes, download, execucoes, operator, processos
from tests.support.sellers import eventually, seller, sells, venda_of
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver


async def goes_to_sat(service: RunningService) -> Processo:
    """An invoice that a robot brought, approved and on its way."""
    (processo,) = await processos(service)
    await download(service, processo)
    await becomes(service, processo, "AGUARDANDO_APROVACAO")
    await eventually(service, "SELECT 1 FROM documentos_fatura WHERE guardado_em IS NOT NULL")
    gil = Quem("api", await service.usuario(*GIL, Perfil.APROVADOR), Perfil.APROVADOR)
    limits, hugo = service.wiring.processo_limits, (await operator(service))[1]
    await service.wiring.turns.run(lambda tx: aprovar(tx, processo.id, gil, limits))
    await service.wiring.turns.run(lambda tx: enviar(tx, processo.id, hugo, limits))
    return processo


@pytest.mark.falha(270)
async def test_no_robot_is_sent_to_sat_for_a_file_that_the_store_cannot_give_now(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, away = sqlite_service, iter(range(3))
    find = service.wiring.objects.find

    async def sometimes(key: str) -> None:
        if next(away, None) is not None:
            assert all(job.operadora != "sat" for job in service.sandbox.rpa.jobs)
            raise ObjectStoreError("away")
        await find(key)

    monkeypatch.setattr(service.wiring.objects, "find", sometimes)
    monkeypatch.setattr("core.delivery_errors.STORE_AWAY_SECONDS", 0.02)
    processo = await goes_to_sat(service)
    await becomes(service, processo, "UPLOAD_REALIZADO")
    assert next(away, None) is None, "it was asked until it was back"
    assert [one["status_execucao"] for one in await execucoes(service, processo)] == ["CONCLUIDO", "CONCLUIDO"]


async def keeps_saying_that_it_lives(service: RunningService, job: Job) -> None:
    """For a little more than a minute, and nothing else: what it asked was lost on the way."""
    for _ in range(4):
        service.clock.move(seconds=16)
        reply = await job.heartbeat()
        assert reply is not None
        assert reply.status == 200


@pytest.mark.falha(271)
async def test_a_sales_robot_that_gives_signs_of_life_is_asked_too_for_its_question_may_be_lost(
    sqlite_service: RunningService,
) -> None:
    await sqlite_service.login_bo()
    ana = await seller(sqlite_service)
    job = await sells(sqlite_service, ana)
    await job.ask("Qual é o CEP?", "cep", call=False)
    poll = sqlite_service.wiring.robot_events.poll
    assert await poll(timedelta(seconds=5)) == 0
    await keeps_saying_that_it_lives(sqlite_service, job)
    assert await poll(timedelta(seconds=5)) == 1
    await ana.sees("Qual é o CEP?")
    await keeps_saying_that_it_lives(sqlite_service, job)
    assert await poll(timedelta(minutes=5)) == 0, "but not more often than those that are silent"


async def test_a_sale_whose_login_was_taken_ends_though_the_turn_that_was_to_end_it_never_came(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)

    async def taken(tx: Transaction) -> None:
        await tx.connection.execute(update(pap_bo_em_uso).values(liberado_em=tx.now, motivo_liberacao="EXPIRADO"))

    await service.wiring.turns.run(taken)
    await service.clock_work.expire_logins()
    assert (await venda_of(service, job))["status_venda"] == "INICIANDO", "its own turn may still come"
    service.clock.move(seconds=61)
    await service.clock_work.expire_logins()
    await ana.sees("A venda foi encerrada")
    await job.cancel_asked()


async def a_download(service: RunningService) -> tuple[Phone, Processo, Job]:
    hugo, quem = await operator(service)
    service.sandbox.rpa.next("manual")
    (processo,) = await processos(service)
    await download(service, processo, quem)
    job = await service.sandbox.rpa.started()
    await eventually(service, "SELECT 1 FROM execucoes WHERE job_id IS NOT NULL")
    return hugo, processo, job


@pytest.mark.falha(271)
async def test_so_is_the_robot_of_a_download(sqlite_service: RunningService) -> None:
    hugo, _processo, job = await a_download(sqlite_service)
    await job.ask("Qual código chegou por SMS?", call=False)
    await keeps_saying_that_it_lives(sqlite_service, job)
    assert await sqlite_service.wiring.execucao_events.poll(timedelta(seconds=5)) == 1
    await hugo.sees("Qual código chegou por SMS?")


@pytest.mark.falha(272)
async def test_a_robots_question_that_was_given_to_nobody_is_asked_by_the_clock(sqlite_service: RunningService) -> None:
    hugo, processo, _job = await a_download(sqlite_service)
    execucao_id = UUID((await execucoes(sqlite_service, processo))[0]["id"])
    # As the turn that was to ask somebody leaves it, when it failed for good.
    pergunta = {"pergunta_id": "p1", "texto": "Qual código chegou por SMS?", "tipo": "texto"}
    await sqlite_service.wiring.turns.run(lambda tx: add_pergunta(tx, execucao_id, "p1", pergunta, 1))
    assert await sqlite_service.clock_work.processos.ask_the_next() == 0
    sqlite_service.clock.move(seconds=61)
    assert await sqlite_service.clock_work.processos.ask_the_next() == 1
    await hugo.sees("Qual código chegou por SMS?")


class _Hanging:
    """A courier whose first lane takes for ever."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.both = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    def look_at(self, lane: str) -> asyncio.Task[None]:
        self.begun.append(lane)
        if len(self.begun) == 2:
            self.both.set()
        self.tasks.append(asyncio.create_task(self._make(lane)))
        return self.tasks[-1]

    async def _make(self, lane: str) -> None:
        if lane == "backups":
            await asyncio.Event().wait()


class _Finding(background.Background):
    """Finds one lane due, then another."""

    def __init__(self, courier: _Hanging, *found: Sequence[str]) -> None:
        super().__init__(background.make_broker("redis://127.0.0.1:1/0"), cast(Turns, None), cast(Courier, courier))
        self._found = iter(found)

    async def _due_lanes(self) -> list[str]:
        return list(next(self._found, ()))


@pytest.mark.falha(273)
async def test_without_redis_a_backup_that_takes_an_hour_keeps_no_other_call_from_the_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "OWN_SWEEP_SECONDS", 0.01)
    courier = _Hanging()
    worker = _Finding(courier, ["backups"], ["contato:1"])
    await worker.start_worker()
    try:
        async with asyncio.timeout(5):
            await courier.both.wait()
    finally:
        await worker.stop_worker()
        for task in courier.tasks:
            task.cancel()
    assert courier.begun == ["backups", "contato:1"]


@pytest.mark.falha(274)
async def test_nothing_that_follows_from_a_turn_is_given_up_for_a_full_disk(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = sqlite_service
    monkeypatch.setattr("bot.outbox.tries.NO_ROOM_WAIT", 0.01)
    gil = await approver(service, channel="whatsapp")

    async def full(tx: Transaction) -> None:
        raises = "SELECT RAISE(ABORT, 'database or disk is full')"
        await tx.connection.execute(text(f"CREATE TRIGGER full BEFORE INSERT ON cartoes_aprovacao BEGIN {raises}; END"))

    await service.wiring.turns.run(full)
    (processo,) = await processos(service)
    await download(service, processo)
    tries = "SELECT 1 FROM outbox WHERE done_at IS NULL AND error = 'the database has no room' AND attempts = 0"
    await eventually(service, tries)

    async def room(tx: Transaction) -> None:
        await tx.connection.execute(text("DROP TRIGGER full"))

    await service.wiring.turns.run(room)
    await gil.sees("🧾")


@pytest.mark.falha(465)
async def test_nothing_that_follows_from_a_turn_is_given_up_for_connections_that_are_lost(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is restarted again and again, whoever does so: each try finds another connection that ends."""
    service = sqlite_service
    monkeypatch.setattr("bot.outbox.tries.NO_ROOM_WAIT", 0.01)
    gil = await approver(service, channel="whatsapp")
    sender, lost = service.wiring.courier.senders["turn"], 10
    send = sender.send

    async def loses_it(call: Call) -> str | None:
        nonlocal lost
        if call.method == "cartoes_aprovacao" and lost:
            lost -= 1
            raise DBAPIError(None, None, Exception("connection was closed"), connection_invalidated=True)
        return await send(call)

    monkeypatch.setattr(sender, "send", loses_it)
    (processo,) = await processos(service)
    await download(service, processo)
    await gil.sees("🧾")
    assert lost == 0
