"""A pooler (PgBouncer) between us and PostgreSQL, which gives each transaction another connection (525)."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.commands.expected import expected_errors, in_one_line
from bot.doctor.pooler import check_pooler
from bot.doctor.unfit import Unfit
from dialogs.backup import frases
from storage import database as databases
from storage import schema
from storage.backup import postgres
from storage.backup.problems import BackupError
from storage.contatos.conversas import mark_event
from storage.database import Database, is_not_its_fault, is_overload
from storage.engines import pooler
from storage.transaction import Transaction
from tests.support.turning import World, open_world


class _Said(Exception):
    def __init__(self, sqlstate: str, words: str) -> None:
        super().__init__(words)
        self.sqlstate = sqlstate


def of_the_database(sqlstate: str, words: str) -> DBAPIError:
    return DBAPIError("SELECT 1", None, _Said(sqlstate, words))


async def _changing(*_: object) -> bool:
    """What a pooler of transactions answers."""
    return True


async def _mark(tx: Transaction) -> None:
    await mark_event(tx, "telegram", "1")
    await tx.execute(text("SELECT 1"))


async def _forget_what_was_prepared(world: World) -> None:
    """As another connection of the server would not know it."""
    async with world.database.begin() as connection:
        await connection.exec_driver_sql("DEALLOCATE ALL")


@pytest.mark.falha(525)
async def test_a_turn_whose_statements_are_gone_is_done_again_on_a_new_connection(postgresql_url: str) -> None:
    async with open_world(postgresql_url) as world:
        await world.turns.run(_mark)
        await _forget_what_was_prepared(world)
        await world.turns.run(_mark)
        assert len(await world.rows("SELECT * FROM events")) == 1


@pytest.mark.falha(525)
@pytest.mark.parametrize(
    ("sqlstate", "words"),
    [
        ("26000", 'prepared statement "__asyncpg_stmt_1__" does not exist'),
        ("42P05", 'prepared statement "__asyncpg_stmt_1__" already exists'),
    ],
)
def test_it_counts_against_nobody_and_says_what_to_set(sqlstate: str, words: str) -> None:
    error = of_the_database(sqlstate, words)
    assert is_overload(error)
    assert is_not_its_fault(error)
    assert "max_prepared_statements" in in_one_line(error)


@pytest.mark.falha(525)
def test_one_that_refuses_what_a_connection_begins_with_says_what_to_set() -> None:
    error = of_the_database("08P01", "unsupported startup parameter: statement_timeout")
    assert "ignore_startup_parameters = lock_timeout, statement_timeout" in in_one_line(error)


@pytest.mark.falha(525)
async def test_no_backup_is_made_or_put_back_through_one(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pg_dump sets (`search_path` among it) would stay with whoever has the connection next."""
    monkeypatch.setattr(pooler, "changes_servers", _changing)
    for work in (
        postgres.dump(postgresql_url, tmp_path / "dump"),
        postgres.load(postgresql_url, tmp_path / "dump", 18, tmp_path, replacing=True),
    ):
        with pytest.raises(BackupError) as refused:
            await work
        assert "uma DATABASE_URL que leve ao próprio PostgreSQL" in frases.problem(refused.value)
    assert os.listdir(tmp_path) == []


@pytest.mark.falha(525)
async def test_one_that_takes_it_and_does_nothing_with_it_is_no_database(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(postgresql_url)
    assert await check_pooler(database) == "", "there is none"
    await database.close()
    monkeypatch.setattr(databases, "LOCK_TIMEOUT", "0")
    database = Database(postgresql_url)
    with pytest.raises(Unfit, match="ALTER ROLE"):
        await check_pooler(database)
    await database.close()


@pytest.mark.falha(536)
async def test_nothing_is_migrated_through_one_and_what_is_migrated_already_starts(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pooler, "changes_servers", _changing)
    database = Database(postgresql_url, patient=True)
    assert await schema.migrate(database) == (schema.newest(), schema.newest()), "nothing was to be done"
    monkeypatch.setattr(schema, "newest", lambda: "9999")
    with pytest.raises(schema.SchemaPooled) as refused:
        await schema.migrate(database)
    assert "nada foi migrado" in in_one_line(refused.value)
    assert isinstance(refused.value, expected_errors())
    await database.close()


@pytest.mark.falha(536)
async def test_one_that_loses_what_was_prepared_is_known_by_it(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> bool:
        raise of_the_database("26000", 'prepared statement "__asyncpg_stmt_1__" does not exist')

    monkeypatch.setattr(pooler, "changes_servers", lost)
    database = Database(postgresql_url, patient=True)
    assert await pooler.is_pooled(database.read, database.begin)
    await database.close()
