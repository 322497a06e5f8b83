"""One PostgreSQL database for test after test: emptied in a few milliseconds, where a new one takes some hundred."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, Self

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
    """`lent()` gives the URL of a database as its template is; the same one while only rows have changed in it.

    It keeps one connection of its own, in a thread with a loop of its own: the test's may not run yet, or may be
    running, and a new connection has to read the whole schema first, five times what the emptying takes.
    """

    def __init__(self, server: Server, template: str) -> None:
        self._server = server
        self._template = template
        self._url = ""
        self._fresh: _Fresh | None = None
        self._connection: Any = None
        self._thread = ThreadPoolExecutor(1)
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._elsewhere(self._let_go)
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def lent(self) -> str:
        """For one test at a time. Whoever is still connected is cut off."""
        if self._fresh is None or not self._elsewhere(self._emptied, self._fresh):
            self._elsewhere(self._let_go)
            if self._url:
                self._server.drop_database(self._url)
            self._url = self._server.new_database(self._template)
            self._fresh = self._elsewhere(self._look)
        return self._url

    def _elsewhere(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return self._thread.submit(lambda: self._runner.run(work(*arguments))).result()

    async def _look(self) -> _Fresh:
        self._connection = await _connect(self._url)
        return await _look(self._connection)

    async def _emptied(self, fresh: _Fresh) -> bool:
        """False: a new database is needed. A test may have killed the server, or dropped the database."""
        try:
            if self._connection is None or self._connection.is_closed():
                self._connection = await _connect(self._url)
            return await _empty(self._connection, fresh)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False

    async def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
            await asyncio.sleep(0)


async def _look(connection: Any) -> _Fresh:
    tables = tuple(row[0] for row in await connection.fetch(_TABLES))
    rows = {}
    for table in tables:
        if found := await connection.fetchval(f"SELECT json_agg(one) FROM {table} AS one"):  # noqa: S608 - our own tables
            rows[table] = str(found)
    sequences = tuple(row[0] for row in await connection.fetch(_SEQUENCES))
    return _Fresh(await _schema(connection), await connection.fetchval(_SIZE), tables, rows, sequences)


async def _empty(connection: Any, fresh: _Fresh) -> bool:
    """False: more than rows has changed, or very many have."""
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


async def _connect(url: str) -> Any:
    return await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))


async def _schema(connection: Any) -> tuple[int, ...]:
    return tuple([await connection.fetchval(_SCHEMA.format(catalog)) for catalog in _CATALOGS])
