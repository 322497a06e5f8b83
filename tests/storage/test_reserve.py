"""Claims, marks and receipts have a connection while turns have all the others."""

from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage import database as of_database
from storage.database import Database


@pytest.mark.falha(325)
async def test_the_books_are_kept_while_turns_have_every_connection(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not renewed is another process's, and is said twice."""
    monkeypatch.setattr(of_database, "_KEPT", 2)
    monkeypatch.setattr(of_database, "_OVERFLOW", 0)
    monkeypatch.setattr(of_database, "_POOL_SECONDS", 0.05)
    database = Database(postgresql_url)
    try:
        async with AsyncExitStack() as turns:
            for _ in range(2):
                await turns.enter_async_context(database.begin())
            with pytest.raises(PoolTimeoutError):
                await turns.enter_async_context(database.begin())
            async with database.begin(books=True) as connection:
                assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
        async with database.begin(books=True) as connection:
            assert connection.sync_engine is database._writer.sync_engine, "a free one is anybody's"
    finally:
        await database.close()
