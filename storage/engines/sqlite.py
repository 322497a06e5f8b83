"""Connections of SQLite that go to their thread once a statement.

aiosqlite goes four times: for a cursor, for the statement, for its rows, and to close the cursor. Each time wakes two
threads and the loop, and takes as long as a small statement itself.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Any, Self

import aiosqlite

from storage.engines.nomes import teach

# What is deleted or replaced is overwritten (LGPD): not every SQLite does so by itself.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
# aiosqlite's own, for those who walk through rows; SQLAlchemy asks for all of them.
_CHUNK_ROWS = 64
_LAST_WORD_SECONDS = 2.0


async def connect_sqlite(path: str, **options: Any) -> "OneStepConnection":
    """A new connection, for `async_creator_fn`; transactions are begun by whoever has it."""

    def connected() -> sqlite3.Connection:
        # Without `None` the driver opens transactions on its own, deferred, and updates get lost.
        connection: sqlite3.Connection = sqlite3.connect(path, isolation_level=None, **options)
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            teach(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    connection = OneStepConnection(connected, _CHUNK_ROWS)
    # A process may end without closing what it has open.
    connection._thread.daemon = True
    try:
        await connection
    except BaseException:
        # It has a last word for this loop: a command's, which ends with the error, would be closed by then.
        connection._thread.join(_LAST_WORD_SECONDS)
        raise
    return connection


class OneStepConnection(aiosqlite.Connection):
    """aiosqlite's connection, with cursors that take one step of its thread a statement, and rows with it."""

    # Whether a statement nobody waits for any more may still be begun, BEGIN among them.
    _left = False

    def cursor(self) -> "_Cursor":  # type: ignore[override]
        return _Cursor(self)

    async def rollback(self) -> None:
        """Nothing where nothing was begun: a pool asks for it after each commit."""
        if self._left or self.in_transaction:
            await super().rollback()
            self._left = False

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            self._left = True
            raise


class _Cursor:
    """What SQLAlchemy asks of a cursor. All rows are read with the statement, so that none is open between steps."""

    arraysize = 1

    def __init__(self, connection: OneStepConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> Self:
        await self._connection._execute(self._step, "execute", sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Sequence[Any]) -> Self:
        await self._connection._execute(self._step, "executemany", sql, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """It was, after its statement."""

    def _step(self, how: str, sql: str, parameters: Any) -> None:
        """In the connection's thread."""
        cursor = self._connection._conn.cursor()
        try:
            getattr(cursor, how)(sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
