"""One PostgreSQL database for test after test: emptied in a few milliseconds, where a new one takes some hundred."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg

# Deleted rows keep their room until a vacuum; a test that wrote this much leaves the next one nothing to walk through.
_GROWN_BYTES = 4_000_000
# Any change of the schema leaves another version of some row here, even one that was taken back.
_SCHEMA = "SELECT sum(one) FROM (SELECT xmin::text::bigint AS one FROM {}) AS rows"
_CATALOGS = (
    "pg_class",
    "pg_attribute",
    "pg_constraint",
    "pg_trigger",
    "pg_index",
    "pg_proc",
    "pg_namespace",
    "pg_type",
)
_SIZE = "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'i')"
_TABLES = "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_CUT_OFF = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_SEQUENCES = (
    "SELECT format('SELECT setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename),"
    " coalesce(last_value, start_value), last_value IS NOT NULL) FROM pg_sequences"
)


class Server(Protocol):
    """What we need of `PostgresServer` (tests/support/engines.py)."""

    def new_database(self, template: str) -> str: ...
    def drop_database(self, url: str) -> None: ...


@dataclass(frozen=True)
class _Fresh:
    """A database nobody has used yet: its schema, its size, the rows of its migrations, what sets its sequences."""

    schema: tuple[int, ...]
    size: int
    tables: tuple[str, ...]
    rows: dict[str, str]
    sequences: tuple[str, ...]


class ReusedDatabase:
    """`lent()` gives the URL of a database as its template is; the same one while only rows have changed in it."""

    def __init__(self, server: Server, template: str) -> None:
        self._server = server
        self._template = template
        self._url = ""
        self._fresh: _Fresh | None = None

    def lent(self) -> str:
        """For one test at a time. Whoever is still connected is cut off."""
        if self._fresh is None or not _elsewhere(_empty, self._url, self._fresh):
            if self._url:
                self._server.drop_database(self._url)
            self._url = self._server.new_database(self._template)
            self._fresh = _elsewhere(_look, self._url)
        return self._url


def _elsewhere(work: Callable[..., Any], *arguments: Any) -> Any:
    """Run in a thread with a loop of its own: the test's may not run yet, or may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work(*arguments))).result()


async def _look(url: str) -> _Fresh:
    connection = await _connect(url)
    tables = tuple(row[0] for row in await connection.fetch(_TABLES))
    rows = {}
    for table in tables:
        if found := await connection.fetchval(f"SELECT json_agg(one) FROM {table} AS one"):  # noqa: S608 - our own tables
            rows[table] = str(found)
    sequences = tuple(row[0] for row in await connection.fetch(_SEQUENCES))
    fresh = _Fresh(await _schema(connection), await connection.fetchval(_SIZE), tables, rows, sequences)
    await connection.close()
    return fresh


async def _empty(url: str, fresh: _Fresh) -> bool:
    """False: a new database is needed."""
    try:
        connection = await _connect(url)
    except (OSError, asyncpg.PostgresError):
        return False
    try:
        await connection.execute(_CUT_OFF)
        if await connection.fetchval(_SIZE) > fresh.size + _GROWN_BYTES or await _schema(connection) != fresh.schema:
            return False
        # Neither foreign keys nor the triggers that keep an audit from being emptied.
        await connection.execute("SET session_replication_role = replica")
        # A test may kill the server: what was deleted before must not come back.
        await connection.execute("SET synchronous_commit = on")
        async with connection.transaction():
            await connection.execute(";".join(f"DELETE FROM {table}" for table in fresh.tables))  # noqa: S608
            for table, rows in fresh.rows.items():
                again = f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, $1::json)"  # noqa: S608
                await connection.execute(again, rows)
            await connection.execute(";".join(fresh.sequences))
        return True
    finally:
        await connection.close()


async def _connect(url: str) -> Any:
    return await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))


async def _schema(connection: Any) -> tuple[int, ...]:
    return tuple([await connection.fetchval(_SCHEMA.format(catalog)) for catalog in _CATALOGS])
