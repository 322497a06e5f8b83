"""One statement is a transaction by itself on PostgreSQL: one call to the server, and never two statements."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select

from storage.database import Database
from storage.engines.single import SecondStatement
from storage.tables import events

_NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
_MARK = insert(events).values(channel="whatsapp", received_at=_NOW)


@pytest.fixture
async def database(postgresql_url: str) -> Database:
    return Database(postgresql_url)


async def test_what_one_statement_writes_is_kept_when_it_is_answered(database: Database) -> None:
    async with database.begin(single=True) as connection:
        await connection.execute(_MARK, [{"event_id": "1"}, {"event_id": "2"}])
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(events)) == 2
    await database.close()


async def test_a_statement_for_many_rows_is_done_for_all_of_them_or_for_none(database: Database) -> None:
    async with database.begin(single=True) as connection:
        with pytest.raises(Exception, match="duplicate key"):
            await connection.execute(_MARK, [{"event_id": "1"}, {"event_id": "1"}])
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(events)) == 0
    await database.close()


async def test_a_second_statement_is_refused_before_it_is_asked(database: Database) -> None:
    async with database.begin(single=True) as connection:
        await connection.execute(_MARK, {"event_id": "1"})
        with pytest.raises(SecondStatement):
            await connection.execute(_MARK, {"event_id": "2"})
    async with database.begin(single=True) as connection:
        await connection.execute(_MARK, {"event_id": "3"})
    async with database.read() as connection:
        assert set(await connection.scalars(select(events.c.event_id))) == {"1", "3"}
    await database.close()


async def test_the_same_connection_begins_a_transaction_for_a_turn(database: Database) -> None:
    async with database.begin(single=True) as connection:
        await connection.execute(_MARK, {"event_id": "1"})
    async with database.begin() as connection:
        await connection.execute(_MARK, {"event_id": "2"})
        await connection.execute(_MARK, {"event_id": "3"})
        await connection.rollback()
    async with database.read() as connection:
        assert set(await connection.scalars(select(events.c.event_id))) == {"1"}
    await database.close()
