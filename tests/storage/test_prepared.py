"""A statement compiled once for many rows says what SQLAlchemy's own would say, on both databases."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select

from storage.engines.prepared import ForMany, Prepared
from storage.tables import outbox
from storage.transaction import Transaction
from tests.support.turning import World, open_world

AT = datetime(2026, 5, 4, 12, 0, tzinfo=timezone(timedelta(hours=-3)))
GIVEN = ("id", "lane", "method", "params", "created_at", "due_at", "error")
WRITE = ForMany(
    insert(outbox).values(
        {name: bindparam(f"b_{name}", type_=outbox.c[name].type) for name in GIVEN} | {"target": "rpa", "attempts": 2}
    )
)


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


def row(number: int, **other: Any) -> dict[str, Any]:
    values = {"id": number, "lane": "ação", "method": "x", "params": {"to": [number, None]}, "created_at": AT}
    return {f"b_{name}": value for name, value in {**values, "due_at": AT, "error": None, **other}.items()}


@pytest.mark.parametrize("numbers", [[1], [1, 2, 3]], ids=["one", "several"])
async def test_rows_are_written_as_their_columns_keep_them(world: World, numbers: list[int]) -> None:
    await world.turns.run(lambda tx: WRITE.execute(tx.connection, [row(number) for number in numbers]))
    async with world.database.read() as connection:
        kept = (await connection.execute(select(outbox).order_by(outbox.c.id))).all()
    assert [one.id for one in kept] == numbers
    for one in kept:
        assert one.params == {"to": [one.id, None]}, "JSON is read as what it was"
        assert (one.created_at, one.created_at.tzinfo) == (AT, UTC), "a moment of another zone is the same moment"
        assert (one.lane, one.error) == ("ação", None)
        assert (one.target, one.attempts) == ("rpa", 2), "what the statement itself says"


async def test_a_row_that_lacks_a_value_is_not_written_without_it(world: World) -> None:
    lacking = {name: value for name, value in row(1).items() if name != "b_error"}

    async def work(tx: Transaction) -> None:
        await WRITE.execute(tx.connection, [lacking])

    with pytest.raises(KeyError, match="b_error"):
        await world.turns.run(work)


async def test_a_statement_that_has_a_text_for_each_list_is_refused(world: World) -> None:
    of_these = Prepared(select(outbox.c.id).where(outbox.c.lane.in_(["a", "b"])))

    async def work(tx: Transaction) -> None:
        await of_these.rows(tx.connection, {})

    if world.database.is_sqlite:
        await world.turns.run(work)
    else:
        with pytest.raises(TypeError, match="one for each list"):
            await world.turns.run(work)
