"""The SQL database: engines set up so that a transaction means the same on SQLite and on PostgreSQL."""

import errno
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ExceptionContext, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from storage.engines.breaker import Breaker, EngineSilent
from storage.engines.driver import LEFT
from storage.engines.reading import reading
from storage.engines.single import single
from storage.engines.sqlite import connect_sqlite
from storage.engines.watch import watch_statements, watched

# A turn that waits longer than this for the database is refused with 503 and comes again.
LOCK_WAIT_SECONDS = 5.0
# PostgreSQL: for a connection of the pool, for a new one, for a lock, for a statement by its own clock, and by ours.
# A server that stands still keeps none of its own times; all of them leave a turn to be answered within 6 s.
_POOL_SECONDS, _CONNECT_SECONDS, _LOCK_SECONDS, _STATEMENT_SECONDS, _SILENT_SECONDS = 3.0, 2.0, 4.0, 4.0, 4.5
LOCK_TIMEOUT = f"{_LOCK_SECONDS:.0f}s"
"""As PostgreSQL shows it."""
# Connections that are kept open, those opened while they do not suffice, and those for keeping the books meanwhile.
_KEPT, _OVERFLOW, _RESERVED = 10, 7, 3
_AS_LONG_AS_IT_TAKES = text("SET LOCAL statement_timeout = 0")

# PostgreSQL: serialization failure, deadlock, shutting down, crash, cannot connect now, lost connections.
_AGAIN = {"40001", "40P01", "57P01", "57P02", "57P03", "08000", "08003", "08006", *LEFT}
# Of these the transaction is known to be rolled back.
_ROLLED_BACK = {"40001", "40P01", *LEFT}

# SQLite has no codes of its own here; these are the texts of sqlite3_errstr.
_ONLY_READ = "attempt to write a readonly database"
_FULL = ("database or disk is full", "disk I/O error", "unable to open database file", _ONLY_READ)
_NO_ROOM = ("locked", *_FULL)
# What the system says where nothing more can be written to a disk of ours.
FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT})


class Database:
    """One database. `begin()` is for turns, `read()` for everything that only looks."""

    def __init__(self, url: str, *, patient: bool = False) -> None:
        """`url` names an async driver: `sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`.

        `patient`: for migrations and commands, whose statements may take as long as they need.
        """
        self._breaker = Breaker()
        self._silent_seconds: float | None = None
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._file = sqlite_file(url) if self.is_sqlite else None
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # One writer at a time is SQLite's law; a queue of our own is fairer than its busy handler.
            self._writer = _sqlite_engine(url, size=1, begin="BEGIN IMMEDIATE")
            self._reader = _sqlite_engine(url, size=4, begin="BEGIN")
            self._reserve = self._single = self._writer
        else:
            self._writer = _postgres_engine(url, self._breaker, _KEPT, _OVERFLOW, patient=patient)
            self._reader = reading(self._writer)
            self._single = single(self._writer)
            self._reserve = _postgres_engine(url, self._breaker, _RESERVED, 0, patient=patient)
            self._silent_seconds = None if patient else _SILENT_SECONDS
            for engine in (self._writer, self._reserve):
                watch_statements(engine)

    def begin(self, *, books: bool = False, single: bool = False) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection inside a write transaction; leaving the block without commit rolls back.

        `books`: for a claim, a mark, a receipt; while turns have every connection there are some for these.
        `single`: for one statement, which is a transaction by itself where that spares calls to the server.
        """
        engine = self._single if single else self._writer
        return self._connection(self._reserve if books and self._is_taken else engine)

    def read(self, *, patient: bool = False) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection that only reads. `patient`: a report or an export, of which nobody's turn waits."""
        return self._read_long() if patient and not self.is_sqlite else self._connection(self._reader)

    @asynccontextmanager
    async def _read_long(self) -> AsyncIterator[AsyncConnection]:
        async with self._connection(self._writer, patient=True) as connection:
            # For a transaction, which is rolled back.
            await connection.execute(_AS_LONG_AS_IT_TAKES)
            yield connection

    @asynccontextmanager
    async def _connection(self, engine: AsyncEngine, *, patient: bool = False) -> AsyncIterator[AsyncConnection]:
        """Raises `EngineSilent` when the server does not answer in time, or has just not done so."""
        async with AsyncExitStack() as stack:
            with self._breaker.asking((EngineSilent,)):
                try:
                    connection = await stack.enter_async_context(engine.connect())
                except TimeoutError as error:
                    raise EngineSilent("the database takes no connection") from error
                with watched(connection, None if patient else self._silent_seconds) as watch:
                    try:
                        yield connection
                    finally:
                        if watch.is_on and connection.in_transaction():
                            # The pool would say it where nobody watches.
                            await connection.rollback()

    @property
    def _is_taken(self) -> bool:
        """Whether whoever asks for a connection now has to wait for one."""
        pool = self._writer.pool
        return isinstance(pool, QueuePool) and pool.checkedout() >= _KEPT + _OVERFLOW

    async def ping(self) -> None:
        """Return when the database has answered. Raises `OnlyReads` when it takes nothing."""
        if self._file is not None and self._file.exists() and not _takes_writes(self._file):
            raise OnlyReads(f"{self._file} may not be written to")
        async with self.read() as connection:
            said = await connection.scalar(text("SELECT 1" if self.is_sqlite else "SHOW transaction_read_only"))
            if said == "on":
                await connection.invalidate()
                raise OnlyReads("the database only reads")

    async def close(self) -> None:
        for engine in {self._writer, self._reader, self._reserve}:
            await engine.dispose()


def sqlite_file(url: str) -> Path:
    """The file that such a URL names."""
    return Path(make_url(url).database or "")


def _takes_writes(file: Path) -> bool:
    """Its log stands beside it: the directory has to be ours, too."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


class OnlyReads(Exception):
    """The server answers, and takes no writes."""


class CommitUnknown(ConnectionError):
    """The answer to COMMIT was lost: the turn may have happened, or not."""


def may_be_committed(error: BaseException) -> bool:
    """Whether an error of COMMIT leaves open what became of the transaction. A victim of the database's was not."""
    code = getattr(getattr(error, "orig", None), "sqlstate", None)
    return is_passing(error) and code not in _ROLLED_BACK


def is_passing(error: BaseException) -> bool:
    """Whether doing the whole turn again may succeed: the connection was lost, or the database chose a victim."""
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
        return bool(error.connection_invalidated) or code in _AGAIN
    return isinstance(error, ConnectionError)


def is_overload(error: BaseException) -> bool:
    """Whether the database is there but has no room now: locked too long, no connection free, disk full."""
    if isinstance(error, EngineSilent | PoolTimeoutError | ConnectionError) or is_passing(error):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        # Insufficient resources (disk full, too many connections); a lock, or an answer, not had in time.
        return str(code).startswith("53") or code in ("55P03", "57014")
    return any(text in str(error.orig) for text in _NO_ROOM)


def is_not_its_fault(error: BaseException) -> bool:
    """Whether what was asked would have failed whatever it was: no room on a disk, no connection, or one that was lost.

    Not a lock or an answer that did not come in time: of these what was asked may be the reason.
    """
    if not isinstance(error, DBAPIError):
        is_full = isinstance(error, OSError) and error.errno in FULL_DISK
        return is_full or isinstance(error, EngineSilent | PoolTimeoutError | CommitUnknown)
    if is_passing(error):
        return True
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        return str(code).startswith("53")
    return any(text in str(error.orig) for text in _FULL)


def _sqlite_engine(url: str, *, size: int, begin: str) -> AsyncEngine:
    engine = create_async_engine(
        make_url(url).set(database=str(sqlite_file(url))),
        pool_size=size,
        max_overflow=0,
        pool_timeout=LOCK_WAIT_SECONDS,
        connect_args={"timeout": LOCK_WAIT_SECONDS, "async_creator_fn": connect_sqlite},
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres_engine(url: str, breaker: Breaker, size: int, overflow: int, *, patient: bool) -> AsyncEngine:
    deadlines = {} if patient else {"statement_timeout": _milliseconds(_STATEMENT_SECONDS)}
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=overflow,
        pool_timeout=_POOL_SECONDS,
        pool_recycle=1800,
        # Values of a failed statement belong in no log.
        hide_parameters=True,
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "server_settings": {
                "application_name": "balcao",
                "timezone": "UTC",
                "lock_timeout": LOCK_TIMEOUT,
                **deadlines,
            },
        },
    )

    @event.listens_for(engine.sync_engine, "do_connect")
    def refuse_while_silent(dialect: Any, record: Any, args: Any, params: Any) -> None:
        # Those who waited for a place in the pool would otherwise wait for the same server once more.
        breaker.refuse_newcomers()

    @event.listens_for(engine.sync_engine, "handle_error")
    def leave_one_that_does_not_do(context: ExceptionContext) -> None:
        # Each connection keeps the server it found, and what that said of writing: new ones may find the primary. And
        # each keeps the names of its statements.
        if getattr(context.original_exception, "sqlstate", None) in LEFT:
            context.is_disconnect = True

    return engine


def _milliseconds(seconds: float) -> str:
    return str(int(seconds * 1000))
