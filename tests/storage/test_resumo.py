"""Sums of months: a month that holds still is added up once, one that changes anew."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from storage.relatorio import resumo
from storage.relatorio.resumo import Somado, por_mes, por_operadora
from tests.support.faturas import novo_processo
from tests.support.turning import World, open_world

AGORA = datetime(2026, 3, 2, 12, tzinfo=UTC)
DIA = timedelta(days=1)


@pytest.mark.parametrize(
    ("quantas", "mudou", "agora", "vale"),
    [
        (10, -DIA, timedelta(minutes=9), True),
        (10, -DIA, timedelta(minutes=11), False),
        # What was written within the hour before may have been committed after the sum.
        (10, -timedelta(minutes=5), timedelta(seconds=1), False),
        (resumo.MANY, -timedelta(minutes=5), timedelta(seconds=59), True),
        (resumo.MANY, -timedelta(minutes=5), timedelta(seconds=61), False),
        # A clock that was set back.
        (resumo.MANY, -DIA, -timedelta(seconds=1), False),
    ],
)
def test_a_sum_holds_while_nothing_changed_or_for_a_minute(
    quantas: int, mudou: timedelta, agora: timedelta, vale: bool
) -> None:
    kept = Somado(0, quantas, AGORA, AGORA + mudou)
    assert kept.holds(AGORA + mudou, AGORA + agora, timedelta(minutes=10)) is vale


async def test_what_changed_is_in_the_next_sum_and_a_still_month_is_read_once(sqlite_url: str) -> None:
    async with open_world(sqlite_url) as world:
        await world.turns.run(novo_processo)
        assert await how_many(world) == 1
        await world.turns.run(novo_processo)
        assert await how_many(world) == 2
        world.clock.move(hours=2)
        assert await how_many(world) == 2
        world.clock.move(minutes=1)
        asked: list[str] = []
        event.listen(world.database._reader.sync_engine, "before_cursor_execute", lambda *all_: asked.append(all_[2]))
        assert await how_many(world) == 2
        assert [one for one in asked if "sum(" in one] == []
        await world.turns.run(novo_processo)
        assert await how_many(world) == 3


async def how_many(world: World) -> int:
    """The same by operadora and by month."""
    async with world.database.read() as connection:
        months = [one.competencia for one in await por_mes(connection, range(202512, 202613), world.clock())]
        assert len(months) == 1
        partes = await por_operadora(connection, months[0], world.clock())
        (mes,) = await por_mes(connection, months, world.clock())
        assert mes.quantas == partes.quantas
        return mes.quantas
