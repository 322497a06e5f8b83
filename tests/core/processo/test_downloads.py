"""EXECUTAR_DOWNLOADS: a month's downloads, spread over a window, none while the operadora is paused."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

import core.processo.downloads as module
from core.agendamento.espalhar import offset_seconds
from core.processo.downloads import pedir_lote
from core.processo.execucoes import baixar, despachar
from core.processo.faturas import receber
from core.processo.processos import criar
from core.processo.quem import O_ROBO
from core.testemunha.meses import Mes
from storage.cliente.clientes import Cliente, hold_login
from storage.operadora.operadoras import Operadora, pause
from storage.processo.downloads import Contagem, count_downloads
from storage.tables import clientes, execucoes, processos
from storage.transaction import Transaction
from tests.support.faturas import LIMITS, fatura, nova_operadora, novo_cliente
from tests.support.turning import World, open_world

MARCO = Mes(2026, 3)
WINDOW = timedelta(hours=1)


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def operadora_with(world: World, count: int, codigo: str = "VIVO", **values: Any) -> tuple[Operadora, list[UUID]]:
    """An operadora, and the processos of March of so many clientes."""

    async def work(tx: Transaction) -> tuple[Operadora, list[UUID]]:
        operadora = await nova_operadora(tx, codigo, **values)
        found = [await criar(tx, (await novo_cliente(tx, operadora.id)).id, str(MARCO), O_ROBO) for _ in range(count)]
        return operadora, [one.processo.id for one in found if one.processo is not None]

    return await world.turns.run(work)


async def run(world: World, codigos: Sequence[str] = (), window: timedelta = timedelta()) -> int:
    asked, after, now = 0, None, world.clock()
    while True:
        lote = await world.turns.run(lambda tx, after=after: pedir_lote(tx, MARCO, codigos, now, window, after))  # type: ignore[misc]
        asked, after = asked + lote.pedidos, lote.ultimo
        if after is None:
            return asked


async def test_each_is_asked_for_once_in_batches_whatever_is_killed_between(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 3)
    await operadora_with(world, 7)
    killed = await world.turns.run(lambda tx: pedir_lote(tx, MARCO, (), tx.now, WINDOW, None))
    assert (killed.pedidos, killed.ultimo is not None) == (3, True)
    assert await run(world) == 4
    assert await run(world) == 0
    (steps,) = await world.rows("SELECT count(*) AS n FROM historico WHERE acao = 'BAIXAR' AND canal = 'relogio'")
    assert steps["n"] == 7


async def test_a_client_keeps_its_place_in_the_window(world: World) -> None:
    await operadora_with(world, 5)
    start = world.clock()
    assert await run(world, window=WINDOW) == 5

    async def due(tx: Transaction) -> list[tuple[UUID, Any]]:
        joined = execucoes.join(processos, processos.c.id == execucoes.c.processo_id)
        rows = await tx.execute(joined.select().with_only_columns(processos.c.cliente_id, execucoes.c.devida_em))
        return [(row[0], row[1]) for row in rows]

    for cliente_id, when in await world.turns.run(due):
        assert when == start + timedelta(seconds=offset_seconds(cliente_id, WINDOW))


async def test_only_what_waits_and_may_be_begun(world: World) -> None:
    """Not what is there already, is under way, has a refused login, or is of another operadora, another month."""
    vivo, ids = await operadora_with(world, 5)
    await operadora_with(world, 2, "OI")
    await operadora_with(world, 2, "TIM", possui_rpa=False)

    async def work(tx: Transaction) -> None:
        await receber(tx, ids[0], fatura(), O_ROBO, LIMITS)
        await baixar(tx, ids[1], O_ROBO, LIMITS)
        held: Cliente = await novo_cliente(tx, vivo.id, login_portal="padaria")
        await criar(tx, held.id, str(MARCO), O_ROBO)
        await hold_login(tx, vivo.id, held.id, "padaria")
        gone = await novo_cliente(tx, vivo.id)
        await criar(tx, gone.id, str(MARCO), O_ROBO)
        await tx.execute(update(clientes).where(clientes.c.id == gone.id).values(status_ativo=False))
        await criar(tx, held.id, "02/2026", O_ROBO)

    await world.turns.run(work)
    counted = await world.turns.run(lambda tx: count_downloads(tx.connection, MARCO.competencia, ["VIVO"]))
    assert counted == Contagem(a_baixar=3, ja_baixadas=1, em_andamento=1, recusadas=1)
    assert await run(world, ["VIVO"]) == 3
    assert await run(world) == 2


async def test_no_robot_is_sent_while_the_operadora_is_paused(world: World) -> None:
    vivo, _ = await operadora_with(world, 2)
    assert await run(world) == 2
    await world.turns.run(lambda tx: pause(tx, vivo.id, tx.now + timedelta(minutes=30)))
    assert await world.turns.run(lambda tx: despachar(tx, vivo.id, LIMITS)) == 0
    world.clock.move(minutes=31)
    assert await world.turns.run(lambda tx: despachar(tx, vivo.id, LIMITS)) == 2
