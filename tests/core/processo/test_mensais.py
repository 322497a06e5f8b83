"""The processos of a month for every cliente: once each, whatever is killed in the middle."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from core.ids import new_id
from core.processo.mensais import BATCH, criar_lote, month_of
from storage.tables import clientes, operadoras
from storage.transaction import Transaction
from tests.support.turning import World, open_world

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MANY = BATCH * 2 + 100


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def with_clientes(world: World, count: int, codigo: str = "VIVO", **values: bool) -> None:
    """So many of a new operadora."""

    async def work(tx: Transaction) -> None:
        times = {"criado_em": tx.now, "atualizado_em": tx.now}
        operadora_id = new_id(tx.now)
        await tx.execute(insert(operadoras).values(id=operadora_id, nome=codigo, codigo=codigo, **times))
        rows = [_cliente(new_id(tx.now), operadora_id, f"{codigo}{n}") | times | values for n in range(count)]
        await tx.execute(insert(clientes), rows)

    await world.turns.run(work)


def _cliente(cliente_id: UUID, operadora_id: UUID, conta: str) -> dict[str, object]:
    texts = {
        "razao_social": conta,
        "cnpj": "12345678000195",
        "unidade": "",
        "servico": "",
        "filtro": conta,
        "busca": conta,
    }
    return {"id": cliente_id, "operadora_id": operadora_id, "hash_unico": conta, **texts}


async def a_batch(world: World, *codigos: str) -> tuple[int, bool]:
    return await world.turns.run(lambda tx: criar_lote(tx, "03/2026", 202603, codigos))


async def test_each_gets_one_and_a_run_that_was_killed_is_gone_on_with(world: World) -> None:
    await with_clientes(world, MANY)
    assert await a_batch(world) == (BATCH, True)
    # Killed here: what is done stays done, and the next run sees what is missing.
    assert [await a_batch(world) for _ in range(3)] == [(BATCH, True), (100, False), (0, False)]
    (count,) = await world.rows("SELECT count(*) AS n, count(DISTINCT cliente_id) AS c FROM processos")
    assert (count["n"], count["c"]) == (MANY, MANY)
    (steps,) = await world.rows("SELECT count(*) AS n FROM historico WHERE acao = 'CRIAR' AND canal = 'relogio'")
    assert steps["n"] == MANY


async def test_inactive_ones_and_other_operadoras_get_none(world: World) -> None:
    await with_clientes(world, 2, "VIVO")
    await with_clientes(world, 3, "OI")
    await with_clientes(world, 4, "TIM", status_ativo=False)
    assert await a_batch(world, "OI") == (3, False)
    assert await a_batch(world) == (2, False)


def test_the_month_is_that_of_the_business_day() -> None:
    """On 1 January at 01:00 UTC it is still December in São Paulo."""
    now = datetime(2026, 1, 1, 1, tzinfo=UTC)
    months = [month_of(mes, now, SAO_PAULO) for mes in ("anterior", "atual", "proximo")]
    assert months == [("11/2025", 202511), ("12/2025", 202512), ("01/2026", 202601)]
