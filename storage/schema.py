"""The database's schema: Alembic migrations from the first table on."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database
from storage.engines.pooler import is_pooled

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
# A migration's number is its revision (tests/architecture/test_migrations.py): found without Alembic, whose 20 MB
# and 0.3 s only those need that have something to migrate.
_NUMBER = re.compile(r"(\d{4})_\w+\.py")


class SchemaOutdated(Exception):
    """The database is not at the schema this release wants."""


class SchemaPooled(Exception):
    """Only a pooler leads to the database, and what a migration sets for itself would stay on others' connections."""


async def migrate(database: Database, to: str | None = None) -> tuple[str | None, str]:
    """Bring the database to the newest schema, or to the one named; (revision before, revision now).

    A newer one stays: this release was put back in the place of a later one. Raises `SchemaPooled` before anything is
    changed: an index made beside others needs one session to its end (storage/migrations/indexes.py).
    """
    wanted = to or newest()
    async with database.begin() as connection:
        before = await connection.run_sync(_current)
        # A transaction of its own for each migration on PostgreSQL (storage/migrations/env.py), one for all on SQLite.
        if not database.is_sqlite:
            await connection.commit()
        if _is_reached(before, wanted):
            return before, before or wanted
        await _refuse_pooler(database)
        await connection.run_sync(lambda sync: _upgrade(sync, wanted))
        await connection.commit()
    return before, wanted


async def _refuse_pooler(database: Database) -> None:
    if not database.is_sqlite and await is_pooled(database.read, lambda: database.read(patient=True)):
        raise SchemaPooled(
            "DATABASE_URL leva a um pooler de transações (PgBouncer), e nada foi migrado: "
            "rode `balcao migrate` com uma DATABASE_URL que leve ao próprio PostgreSQL"
        )


async def check_schema(database: Database) -> str:
    """The database's schema. Raises `SchemaOutdated` unless it is the one this release wants, or a later one.

    A later one has all of it: a process that starts again while a later release takes over, or after it was taken
    back, works on it (CONTRIBUTING.md, "Migrations").
    """
    async with database.read() as connection:
        current = await connection.run_sync(_current)
    if current is None or not _is_reached(current, newest()):
        raise SchemaOutdated(
            f"o banco está no esquema {current or 'nenhum'}, esta versão pede {newest()}: rode `balcao migrate`"
        )
    return current


def _is_reached(current: str | None, wanted: str) -> bool:
    return current is not None and current >= wanted


def newest() -> str:
    """The newest revision there is."""
    return max(known_revisions())


def known_revisions() -> frozenset[str]:
    """Every revision this release can migrate from."""
    names = (_NUMBER.fullmatch(path.name) for path in (_MIGRATIONS / "versions").iterdir())
    return frozenset(name[1] for name in names if name)


def _current(connection: Connection) -> str | None:
    """What Alembic has written down in its table; None when there is none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _upgrade(connection: Connection, wanted: str) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, wanted)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
