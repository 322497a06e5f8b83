"""Schedules on real databases: one run for each instant, whatever the number of clocks; missed ones made up once."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from redis.asyncio import Redis
from sqlalchemy import text

from bot.agendamento.clock import AgendamentoClock
from bot.turn import LeftToWorkers, Turns
from core.agendamento import resultado
from core.agendamento.agendamentos import criar, executar_agora, mudar
from core.agendamento.vencidos import late_agendamentos
from core.auditoria.auditoria import LINHA_DE_COMANDO, Autor
from storage.agendamento.agendamentos import Agendamento
from storage.agendamento.execucoes import ExecucaoAgendamento, newest_execucoes
from storage.agendamento.tipos import StatusExecucao
from storage.database import Database
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario
from storage.secrets import SecretBox
from storage.transaction import Transaction

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ADM = UUID("5f0f6d0e-3d5c-4a53-9a0c-1f2e3d4c5b6a")
CLOCKS = 4


# 1000 in the long run: `BALCAO_TICKS=1000 pytest tests/core/agendamento/test_vencidos.py -k four_clocks`.
TICKS = int(os.environ.get("BALCAO_TICKS", "50"))


class World:
    """A database, a time that is moved by hand, and clocks with connections of their own."""

    def __init__(self, url: str, redis_url: str, clocks: int = CLOCKS) -> None:
        self.time = datetime(2026, 3, 2, 12, tzinfo=UTC)
        secrets = SecretBox(["a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="])
        self.redis = Redis.from_url(redis_url)
        self.databases = [Database(url) for _ in range(clocks)]
        self.turns = [
            Turns(one, self.redis, secrets, lambda: self.time, LeftToWorkers(), owner_seconds=0)
            for one in self.databases
        ]
        self.clocks = [
            AgendamentoClock(turns, database, SAO_PAULO)
            for turns, database in zip(self.turns, self.databases, strict=True)
        ]

    async def schedule(self, cron: str, nome: str = "Backup") -> Agendamento:
        values = {"nome_agendamento": nome, "cron_expressao": cron, "tipo_agendamento": "BACKUP_DADOS"}
        return await self.turns[0].run(lambda tx: criar(tx, values | {"parametros_execucao": {}}, LINHA_DE_COMANDO))

    async def tick(self) -> int:
        """Every clock at once; how many runs began."""
        return sum(await asyncio.gather(*(clock.run_schedules() for clock in self.clocks)))

    async def runs(self, agendamento: Agendamento) -> list[ExecucaoAgendamento]:
        async with self.databases[0].read() as connection:
            return await newest_execucoes(connection, agendamento.id, 10_000)

    async def told(self) -> list[str]:
        """What administrators are to hear, in order."""

        async def work(tx: Transaction) -> list[str]:
            rows = await tx.execute(text("SELECT params FROM outbox WHERE method = 'aviso_agendamento' ORDER BY id"))
            return [(row[0] if isinstance(row[0], dict) else json.loads(row[0]))["aviso"] for row in rows]

        return await self.turns[0].run(work)

    async def close(self) -> None:
        for database in self.databases:
            await database.close()
        await self.redis.aclose()


@pytest.fixture
async def world(database_url: str, clean_redis_url: str) -> AsyncIterator[World]:
    made = World(database_url, clean_redis_url)

    async def administrator(tx: Transaction) -> None:
        row = {"nome_completo": "Adm", "telefone": "5531999990000", "perfil_usuario": Perfil.ADMINISTRADOR}
        await add_usuario(tx, row | {"id": ADM})

    await made.turns[0].run(administrator)
    yield made
    await made.close()


@pytest.mark.falha(65)
async def test_four_clocks_make_one_run_of_each_instant(world: World) -> None:
    hourly = await world.schedule("0 * * * *")
    began = 0
    for number in range(TICKS):
        world.time += timedelta(hours=1)
        if number % 7 == 3 and not world.databases[0].is_sqlite:
            # Killed in the middle of a step, whichever it has come to; the three others are there. On SQLite there is
            # one process, and a step that is cancelled within it holds the one lock until its connection is gone.
            killed = asyncio.ensure_future(world.clocks[number % 4].run_schedules())
            await asyncio.sleep(number % 5 / 1000)
            killed.cancel()
            await asyncio.gather(killed, return_exceptions=True)
        began += await world.tick()
    runs = await world.runs(hourly)
    assert began <= len(runs) == TICKS
    assert len({run.devido_em for run in runs}) == TICKS


@pytest.mark.falha(66)
async def test_a_clock_that_stood_still_makes_the_run_late_not_never(world: World) -> None:
    daily = await world.schedule("0 8 * * *")
    world.time = datetime(2026, 3, 3, 11, 0, 2, tzinfo=UTC)
    assert await world.tick() == 1
    (run,) = await world.runs(daily)
    assert run.devido_em == datetime(2026, 3, 3, 11, tzinfo=UTC)
    assert await world.told() == [], "two seconds are not worth a word"


@pytest.mark.falha(66)
async def test_after_three_days_away_the_newest_is_made_up_once_and_said(world: World) -> None:
    daily = await world.schedule("0 8 * * *")
    world.time = datetime(2026, 3, 5, 14, tzinfo=UTC)
    assert await world.tick() == 1
    assert await world.tick() == 0
    (run,) = await world.runs(daily)
    assert (run.devido_em, run.puladas) == (datetime(2026, 3, 5, 11, tzinfo=UTC), 2)
    assert await world.told() == ["atrasada"]


async def test_what_was_missed_by_more_than_a_week_is_lost_and_said(world: World) -> None:
    monthly = await world.schedule("0 6 1 * *")
    world.time = datetime(2026, 4, 15, 12, tzinfo=UTC)
    assert await world.tick() == 0
    (run,) = await world.runs(monthly)
    assert run.status == StatusExecucao.PERDIDA
    assert await world.told() == ["perdida"]
    assert await world.tick() == 0


@pytest.mark.falha(464)
async def test_a_clock_that_was_ahead_for_a_moment_keeps_nothing_from_running(world: World) -> None:
    """A machine that started with a date of its own, until it had asked the network."""
    daily = await world.schedule("0 8 * * *")
    right = world.time
    world.time += timedelta(days=366)
    assert await world.tick() == 1
    world.time = right
    assert await world.tick() == 0
    for day in range(1, 4):
        world.time = right + timedelta(days=day)
        assert await world.tick() == 1
        assert await world.tick() == 0
    assert len(await world.runs(daily)) == 4


@pytest.mark.falha(67)
@pytest.mark.parametrize(
    ("cron", "night"),
    [("0 0 * * *", datetime(2018, 11, 3, 12, tzinfo=UTC)), ("30 23 * * *", datetime(2019, 2, 16, 12, tzinfo=UTC))],
)
async def test_in_the_night_in_which_clocks_change_each_schedule_runs_once(
    world: World, cron: str, night: datetime
) -> None:
    world.time = night
    nightly = await world.schedule(cron)
    for _ in range(24 * 6):
        world.time += timedelta(minutes=10)
        await world.clocks[0].run_schedules()
    assert len(await world.runs(nightly)) == 1


async def test_a_paused_one_does_not_run_and_what_it_missed_is_not_made_up(world: World) -> None:
    daily = await world.schedule("0 8 * * *")
    await world.turns[0].run(lambda tx: mudar(tx, daily.id, {"status_ativo": False}, Autor("telegram", ADM)))
    world.time += timedelta(days=3)
    assert await world.tick() == 0
    await world.turns[0].run(lambda tx: mudar(tx, daily.id, {"status_ativo": True}, Autor("telegram", ADM)))
    assert await world.tick() == 0
    world.time += timedelta(days=1)
    assert await world.tick() == 1


async def test_running_it_now_takes_nothing_from_its_own_instants(world: World) -> None:
    daily = await world.schedule("0 8 * * *")
    assert await world.turns[0].run(lambda tx: executar_agora(tx, daily.id, Autor("telegram", ADM))) is not None
    world.time += timedelta(days=1)
    assert await world.tick() == 1
    assert len(await world.runs(daily)) == 2


@pytest.mark.falha(235)
async def test_asked_for_twice_in_one_moment_it_runs_twice(world: World) -> None:
    daily, por = await world.schedule("0 8 * * *"), Autor("telegram", ADM)
    asked = [await world.turns[0].run(lambda tx: executar_agora(tx, daily.id, por)) for _ in range(2)]
    assert sorted(map(str, asked)) == sorted(str(run.id) for run in await world.runs(daily))


async def test_a_failing_schedule_is_told_of_once_until_it_has_worked_again(world: World) -> None:
    hourly, turns = await world.schedule("0 * * * *"), world.turns[0]

    async def one(ends_well: bool) -> None:
        world.time += timedelta(hours=1)
        assert await world.tick() == 1
        run = (await world.runs(hourly))[0]
        if ends_well:
            await turns.run(lambda tx: resultado.done(tx, hourly.id, run.id, {}))
        else:
            await turns.run(lambda tx: resultado.failed(tx, hourly.id, run.id, "sem espaço"))

    for ends_well in (False, False, False, True, True, False):
        await one(ends_well)
    assert await world.told() == ["falhou", "voltou", "falhou"]


async def test_one_that_cannot_be_read_does_not_keep_the_others_from_running(
    world: World,
) -> None:
    broken = await world.schedule("0 8 * * *", "A quebrado")
    sound = await world.schedule("0 8 * * *", "B são")

    async def break_it(tx: Transaction) -> None:
        await tx.execute(text("UPDATE agendamentos SET cron_expressao = 'nada' WHERE nome_agendamento = 'A quebrado'"))

    await world.turns[0].run(break_it)
    world.time += timedelta(days=1)
    assert await world.tick() == 1
    assert (len(await world.runs(broken)), len(await world.runs(sound))) == (0, 1)


class TestAlarm:
    """A schedule that has not run when it should have."""

    async def late(self, world: World) -> list[str]:
        async with world.databases[0].read() as connection:
            return [one.nome_agendamento for one in await late_agendamentos(connection, world.time, SAO_PAULO)]

    async def test_no_clock_has_noticed(self, world: World) -> None:
        await world.schedule("0 8 * * *")
        assert await self.late(world) == []
        world.time = datetime(2026, 3, 3, 11, 4, tzinfo=UTC)
        assert await self.late(world) == [], "clocks have a few minutes"
        world.time = datetime(2026, 3, 3, 11, 6, tzinfo=UTC)
        assert await self.late(world) == ["Backup"]

    async def test_no_worker_has_ended_it_and_that_is_said_once(self, world: World) -> None:
        await world.schedule("0 8 * * *")
        world.time = datetime(2026, 3, 3, 11, tzinfo=UTC)
        assert await world.tick() == 1
        world.time += timedelta(minutes=11)
        assert await self.late(world) == ["Backup"]
        for clock in world.clocks:
            await clock.watch_schedules()
        assert await world.told() == ["parada"]
