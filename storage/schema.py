"""The database's schema: Alembic migrations from the first table on."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
# A migration's number is its revision (tests/architecture/test_migrations.py): found without Alembic, whose 20 MB
# and 0.3 s only those need that have something to migrate.
_NUMBER = re.compile(r"(\d{4})_\w+\.py")


class SchemaOutdated(Exception):
    """The database is not at the schema this release wants."""


async def migrate(database: Database) -> tuple[str | None, str]:
    """Bring the database to the newest schema; (revision before, revision now)."""
    async with database.begin() as connection:
        before = await connection.run_sync(_current)
        if before != newest():
            await connection.run_sync(_upgrade)
        await connection.commit()
    return before, newest()


async def check_schema(database: Database) -> None:
    """Raises `SchemaOutdated` unless the database is at the newest schema."""
    async with database.read() as connection:
        current = await connection.run_sync(_current)
    if current != newest():
        raise SchemaOutdated(
            f"the database is at schema {current or 'none'}, this release needs {newest()}: run `balcao migrate`"
        )


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


def _upgrade(connection: Connection) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
