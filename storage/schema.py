"""The database's schema: Alembic migrations from the first table on."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaOutdated(Exception):
    """The database is not at the schema this release wants."""


async def migrate(database: Database) -> tuple[str | None, str]:
    """Bring the database to the newest schema; (revision before, revision now)."""

    def upgrade(connection: Connection) -> str | None:
        before = MigrationContext.configure(connection).get_current_revision()
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return before

    async with database.begin() as connection:
        before = await connection.run_sync(upgrade)
        await connection.commit()
    return before, newest()


async def check_schema(database: Database) -> None:
    """Raises `SchemaOutdated` unless the database is at the newest schema."""
    async with database.read() as connection:
        current = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    if current != newest():
        raise SchemaOutdated(
            f"the database is at schema {current or 'none'}, this release needs {newest()}: run `balcao migrate`"
        )


def newest() -> str:
    """The newest revision there is."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def known_revisions() -> frozenset[str]:
    """Every revision this release can migrate from."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
