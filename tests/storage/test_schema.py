"""The migrations make what storage/tables says, on both databases, and unmake it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage import schema
from storage.database import Database
from storage.schema import SchemaOutdated, check_schema, migrate, newest
from storage.tables import OUTBOX_ID_BLOCK, metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    opened = Database(empty_url)
    yield opened
    await opened.close()


def differences(connection: Connection) -> list[Any]:
    """What Alembic would change to make the database what the tables say."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


async def test_the_migrations_and_the_tables_say_the_same(database: Database) -> None:
    assert await migrate(database) == (None, newest())
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(database: Database) -> None:
    await migrate(database)
    async with database.begin() as connection:
        await connection.execute(text("INSERT INTO events VALUES ('telegram', '1', '2026-03-02 12:00:00+00')"))
        await connection.commit()
    assert await migrate(database) == (newest(), newest())
    async with database.read() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM events")) == 1


async def test_every_migration_can_be_taken_back(database: Database) -> None:
    await migrate(database)
    async with database.begin() as connection:
        await connection.run_sync(_downgrade)
        await connection.commit()
    async with database.read() as connection:
        left = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        sequences = await connection.run_sync(lambda sync: _sequences(sync))
    assert set(left) <= {"alembic_version", "sqlite_sequence"}
    assert sequences == []
    assert await migrate(database) == (None, newest()), "and made again"


async def test_a_process_does_not_start_on_an_older_schema(database: Database) -> None:
    with pytest.raises(SchemaOutdated, match="balcao migrate"):
        await check_schema(database)
    await migrate(database)
    await check_schema(database)


@pytest.mark.falha(315)
async def test_a_process_starts_on_the_schema_of_a_later_release(database: Database) -> None:
    """While it takes over, and when it is taken back: the release before is started again, its migrations too."""
    await migrate(database)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.commit()
    await check_schema(database)
    assert await migrate(database) == ("9999", "9999")


async def test_a_migration_that_fails_leaves_nothing_behind(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "upgrade", _half)
    with pytest.raises(RuntimeError, match="half-way"):
        await migrate(database)
    async with database.read() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
async def test_outbox_ids_come_in_blocks_that_do_not_touch(database: Database) -> None:
    """A turn counts within its block without asking: two blocks that overlap would give one id to two calls."""
    await migrate(database)
    statement = text("SELECT increment_by, cache_size FROM pg_sequences WHERE sequencename = 'outbox_ids'")
    async with database.read() as connection:
        assert (await connection.execute(statement)).one() == (OUTBOX_ID_BLOCK, 1)


@pytest.mark.falha(316)
@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
async def test_a_turn_that_goes_on_meanwhile_stands_in_no_deadlock_with_a_migration(database: Database) -> None:
    """It has read a table, and writes to it when the migration is at that table's indexes."""
    await migrate(database, "0024")
    async with database.begin() as turn:
        await turn.execute(text("SELECT 1 FROM ofertas"))
        migrating = asyncio.create_task(migrate(database))
        while not await _waiting_for_a_turn(database):
            assert not migrating.done()
        await turn.execute(text("UPDATE ofertas SET resposta = NULL"))
        await turn.commit()
    assert await migrating == ("0024", newest())


async def _waiting_for_a_turn(database: Database) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with database.read() as connection:
        return bool(await connection.scalar(text(waiting)))


def test_every_name_has_a_table_or_index_of_its_own() -> None:
    """PostgreSQL cuts names at 63 bytes, silently, and two may become one."""
    names = [table.name for table in metadata.sorted_tables]
    names += [str(index.name) for table in metadata.sorted_tables for index in table.indexes]
    names += [str(constraint.name) for table in metadata.sorted_tables for constraint in table.constraints]
    assert [name for name in names if len(name.encode()) > 63] == []
    assert len(names) == len(set(names))


def _downgrade(connection: Connection) -> None:
    config = schema._config()
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


def _half(config: Any, revision: str) -> None:
    config.attributes["connection"].execute(text("CREATE TABLE half (id INTEGER)"))
    raise RuntimeError("half-way")


def _sequences(connection: Connection) -> list[str]:
    return inspect(connection).get_sequence_names() if connection.dialect.name == "postgresql" else []
