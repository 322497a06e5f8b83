"""What only reads is one call to PostgreSQL a statement, and cannot write."""

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.engines.reading import WritesWhereItReads


@pytest.fixture
async def database(postgresql_url: str) -> Database:
    return Database(postgresql_url)


async def test_nothing_is_begun_for_what_is_read(database: Database) -> None:
    async with database.read() as connection:
        begun = [await connection.scalar(text("SELECT now()")) for _ in range(2)]
    assert begun[0] < begun[1], "a transaction has one time"
    async with database.begin() as connection:
        begun = [await connection.scalar(text("SELECT now()")) for _ in range(2)]
        await connection.rollback()
    assert begun[0] == begun[1], "the same connection is in a transaction when it writes"
    await database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO events (channel, event_id, received_at) VALUES ('x', '1', now())",
        "UPDATE contatos SET nome = 'x'",
        "delete from outbox",
        "WITH gone AS (DELETE FROM events RETURNING channel) SELECT count(*) FROM gone",
        "SELECT id FROM vendas FOR NO KEY UPDATE",
        "SELECT id FROM vendas FOR KEY SHARE",
        "SELECT pg_advisory_xact_lock(1)",
        "SET LOCAL statement_timeout = 0",
        "CREATE TABLE x (id int)",
    ],
)
async def test_what_writes_or_locks_is_refused_before_it_is_asked(database: Database, statement: str) -> None:
    async with database.read() as connection:
        with pytest.raises(WritesWhereItReads):
            await connection.execute(text(statement))
    await database.close()
