"""SQLite's connections go to their thread once a statement, and leave nothing open between two."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.engines.sqlite import OneStepConnection, connect_sqlite


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the connections' threads."""
    asked: list[str] = []
    original = OneStepConnection._execute

    async def counted(self: OneStepConnection, fn: object, *args: object, **kwargs: object) -> object:
        asked.append(str(args[1]) if len(args) > 1 else getattr(fn, "__name__", ""))
        return await original(self, fn, *args, **kwargs)

    monkeypatch.setattr(OneStepConnection, "_execute", counted)
    return asked


async def test_a_statement_and_its_rows_are_one_step(steps: list[str], sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.read(), database.begin():
        """What is opened first takes more."""
    steps.clear()
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT 1 UNION SELECT 2"))).all() == [(1,), (2,)]
    async with database.begin() as connection:
        assert (await connection.execute(text("DELETE FROM usuarios"))).rowcount == 0
        await connection.commit()
    await database.close()
    read = ["BEGIN", "SELECT 1 UNION SELECT 2", "rollback"]
    wrote = ["BEGIN IMMEDIATE", "DELETE FROM usuarios", "commit"]
    assert [step for step in steps if step not in ("create_function", "close")] == [*read, *wrote]


async def test_a_refused_statement_says_so_and_the_connection_goes_on(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.begin() as connection:
        await connection.execute(text("CREATE TABLE um (id INTEGER PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO um VALUES (:id)"), [{"id": 1}, {"id": 2}])
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO um VALUES (2)"))
        assert (await connection.execute(text("SELECT count(*) FROM um"))).scalar_one() == 2
        await connection.rollback()
    await database.close()


async def test_what_is_begun_after_its_caller_has_gone_is_taken_back(tmp_path: Path) -> None:
    connection = await connect_sqlite(str(tmp_path / "um.db"), check_same_thread=False)
    reached, go_on = threading.Event(), threading.Event()

    def stand_still() -> None:
        reached.set()
        go_on.wait()

    standing = asyncio.create_task(connection._execute(stand_still))
    await asyncio.to_thread(reached.wait)
    begun = asyncio.create_task(connection.cursor().execute("BEGIN IMMEDIATE"))
    await asyncio.sleep(0)
    begun.cancel()
    await asyncio.gather(begun, return_exceptions=True)
    back = asyncio.create_task(connection.rollback())
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(standing, back)
    assert not connection.in_transaction
    await connection.close()


async def test_a_file_that_is_no_database_leaves_no_connection_open(tmp_path: Path) -> None:
    (tmp_path / "um.db").write_bytes(b"nenhum banco" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        await connect_sqlite(str(tmp_path / "um.db"))
    # It tells this loop that it has ended.
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 10)
