"""Log lines of execucoes: packed a month after the end, read back as they came, wherever they lie."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert

from bot.agendamento.limpeza import clean_up, pack_logs
from core.ids import first_id_at
from core.processo.execucoes import baixar
from core.processo.limites import ProcessoLimits
from core.processo.quem import O_RELOGIO
from storage.pages import Pagina
from storage.processo.execucoes import add_log, close_execucao
from storage.processo.logs import linhas_of
from storage.processo.panorama import abertas, falhas
from storage.processo.status import StatusExecucao
from storage.tables import logs_compactados
from storage.transaction import Transaction
from tests.support.faturas import novo_processo
from tests.support.turning import World, open_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def execucao(world: World, status: StatusExecucao | None = StatusExecucao.CONCLUIDO) -> UUID:
    """One with twenty lines, ended unless no status is given."""

    async def work(tx: Transaction) -> UUID:
        processo = await novo_processo(tx)
        begun = (await baixar(tx, processo.id, O_RELOGIO, ProcessoLimits())).execucao
        assert begun is not None
        await writes(tx, begun.id, 0, 20)
        if status is not None:
            await close_execucao(tx, begun.id, status)
        return begun.id

    found: UUID = await world.turns.run(work)
    return found


async def writes(tx: Transaction, execucao_id: UUID, first: int, last: int) -> None:
    lines = [
        {"seq": seq, "timestamp": tx.now, "level": "INFO", "message": f"passo {seq} ação"} for seq in range(first, last)
    ]
    await add_log(tx, execucao_id, lines)


async def read(world: World, execucao_id: UUID, limit: int, antes: int | None = None) -> list[int]:
    async with world.database.read() as connection:
        return [line.seq for line in await linhas_of(connection, execucao_id, limit, antes)]


async def test_lines_are_packed_a_month_after_the_end_and_read_as_before(world: World) -> None:
    old = await execucao(world)
    world.clock.move(days=29)
    assert await pack_logs(world.turns) == 0
    world.clock.move(days=2)
    young, running = await execucao(world), await execucao(world, None)
    assert await pack_logs(world.turns) == 20
    assert len(await world.rows("SELECT 1 FROM logs_execucao")) == 40
    for one in (old, young, running):
        assert await read(world, one, 5) == [15, 16, 17, 18, 19]
        assert await read(world, one, 5, antes=3) == [0, 1, 2]
    async with world.database.read() as connection:
        assert (await linhas_of(connection, old, 1))[0].message == "passo 19 ação"


async def test_a_line_that_comes_after_it_was_packed_is_read_with_the_others(world: World) -> None:
    old = await execucao(world)
    world.clock.move(days=31)
    await pack_logs(world.turns)
    await world.turns.run(lambda tx: writes(tx, old, 20, 22))
    assert await read(world, old, 4) == [18, 19, 20, 21]
    assert await pack_logs(world.turns) == 2
    assert await read(world, old, 30) == list(range(22))


@pytest.mark.falha(262)
async def test_one_log_that_cannot_be_packed_keeps_no_other_from_it(world: World) -> None:
    broken, other = await execucao(world), await execucao(world)
    row = {"execucao_id": broken, "linhas": 1, "conteudo": b"no zlib", "compactado_em": world.clock()}
    await world.turns.run(lambda tx: tx.execute(insert(logs_compactados).values(row)))
    world.clock.move(days=31)
    assert await pack_logs(world.turns) == 20
    assert await read(world, other, 30) == list(range(20))
    assert len(await world.rows("SELECT 1 FROM logs_execucao")) == 20


async def test_packed_lines_go_after_a_year(world: World) -> None:
    old = await execucao(world)
    world.clock.move(days=31)
    await pack_logs(world.turns)
    world.clock.move(days=366)
    await clean_up(world.turns)
    assert await read(world, old, 5) == []


async def test_what_runs_and_what_failed_and_nobody_tried_again(world: World) -> None:
    running, failed = await execucao(world, None), await execucao(world, StatusExecucao.FALHOU)
    solved = await execucao(world, StatusExecucao.TIMEOUT)
    world.clock.move(minutes=1)

    async def again(tx: Transaction) -> None:
        found, _ = await falhas(tx.connection, Pagina(), first_id_at(tx.now - timedelta(days=7)))
        processo_id = next(one.execucao.processo_id for one in found if one.execucao.id == solved)
        await baixar(tx, processo_id, O_RELOGIO, ProcessoLimits())

    await world.turns.run(again)
    async with world.database.read() as connection:
        since = first_id_at(world.clock() - timedelta(days=7))
        open_now, several = await abertas(connection, Pagina(1))
        failures, count = await falhas(connection, Pagina(), since)
        none, _ = await falhas(connection, Pagina(), first_id_at(world.clock()))
    assert (len(open_now), several) == (1, 2)
    assert ([one.execucao.id for one in failures], count, none) == ([failed], 1, [])
    assert failures[0].razao_social == "Padaria Pão Quente Ltda"
    assert running
