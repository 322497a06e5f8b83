"""The processos of a month for every cliente: once each, whatever is killed in the middle."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import RFC_4122, UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

import core.processo.mensais as module
from core.ids import new_id
from core.processo.mensais import criar_lote, month_of
from storage.tables import clientes, operadoras, processos
from storage.transaction import Transaction
from tests.support.turning import World, open_world

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MANY = 250


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


async def whole(world: World, *codigos: str, after: UUID | None = None) -> int:
    """A run from there to its end; how many were made."""
    made = 0
    while True:
        count, after = await world.turns.run(
            lambda tx, after=after: criar_lote(tx, "03/2026", 202603, codigos, after)  # type: ignore[misc]
        )
        made += count
        if after is None:
            return made


async def test_each_gets_one_and_a_run_that_was_killed_is_gone_on_with(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 100)
    await with_clientes(world, MANY)
    made, after = await world.turns.run(lambda tx: criar_lote(tx, "03/2026", 202603, ()))
    assert (made, after is not None) == (100, True)
    # Killed here: what is done stays done, and the next run sees what is missing.
    assert await whole(world) == MANY - 100
    assert await whole(world) == 0
    (count,) = await world.rows("SELECT count(*) AS n, count(DISTINCT cliente_id) AS c FROM processos")
    assert (count["n"], count["c"]) == (MANY, MANY)
    (steps,) = await world.rows("SELECT count(*) AS n FROM historico WHERE acao = 'CRIAR' AND canal = 'relogio'")
    assert steps["n"] == MANY


async def test_their_ids_grow_with_time_as_others_do(world: World) -> None:
    await with_clientes(world, 3)
    assert await whole(world) == 3

    async def ids(tx: Transaction) -> list[UUID]:
        return list((await tx.execute(select(processos.c.id))).scalars())

    found = await world.turns.run(ids)
    assert {one.version for one in found} == {7}
    assert {one.variant for one in found} == {RFC_4122}
    moment = int(world.clock().timestamp() * 1000)
    assert {one.int >> 80 for one in found} == {moment}
    assert len({one.int & (1 << 62) - 1 for one in found}) == 3


async def test_inactive_ones_and_other_operadoras_get_none(world: World) -> None:
    await with_clientes(world, 2, "VIVO")
    await with_clientes(world, 3, "OI")
    await with_clientes(world, 4, "TIM", status_ativo=False)
    assert await whole(world, "OI") == 3
    assert await whole(world) == 2


def test_the_month_is_that_of_the_business_day() -> None:
    """On 1 January at 01:00 UTC it is still December in São Paulo."""
    now = datetime(2026, 1, 1, 1, tzinfo=UTC)
    months = [month_of(mes, now, SAO_PAULO) for mes in ("anterior", "atual", "proximo")]
    assert months == [("11/2025", 202511), ("12/2025", 202512), ("01/2026", 202601)]
