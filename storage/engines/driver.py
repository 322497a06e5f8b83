"""PostgreSQL asked through its driver, in the transaction of SQLAlchemy's connection.

SQLAlchemy's own way to it, over a greenlet, a cursor and a result, costs more CPU than the driver and the socket do. It
is passed by for the statements of every turn alone (storage/engines/prepared.py).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.single import note_statement
from storage.engines.watch import Watch, watch_of

# It only reads, as a server does that is no primary any more, or whose provider found its disk nearly full.
ONLY_READS = "25006"
# A statement that was prepared is not there, or another's has its name: a pooler gave us another connection.
LOST_STATEMENT = frozenset({"26000", "42P05"})
LEFT = frozenset({ONLY_READS, *LOST_STATEMENT})
"""What a connection is left for."""


def way_past(connection: AsyncConnection) -> Watch | None:
    """The watch over a connection of PostgreSQL whose driver may be asked; None: SQLAlchemy is asked."""
    return watch_of(connection.sync_connection) if connection.sync_connection is not None else None


async def ask(
    connection: AsyncConnection, watch: Watch, statement: str, rows: Sequence[Sequence[Any]]
) -> Sequence[Sequence[Any]]:
    """What the statement answers for this row of parameters; nothing where there are several rows.

    Raises `DBAPIError`, as SQLAlchemy does. One that is lost, only reads, or was left in mid-answer is not used again.
    """
    sync: Any = connection.sync_connection
    if not sync.in_transaction():
        # As it would by itself: the commit and the rollback are its own.
        sync.begin()
    note_statement(sync)
    driver = watch.adapter.driver_connection
    watch.asked()
    try:
        if watch.adapter._transaction is None:
            # Its cursor does this before its first statement, and nothing that is public does.
            await watch.adapter._start_transaction()
        if len(rows) > 1:
            await driver.executemany(statement, rows)
            return ()
        answer: Sequence[Sequence[Any]] = await driver.fetch(statement, *rows[0])
        return answer
    except Exception as error:
        lost = driver.is_closed() or getattr(error, "sqlstate", None) in LEFT
        if lost:
            await connection.invalidate(error)
        raise DBAPIError(statement, None, error, hide_parameters=True, connection_invalidated=lost) from error
    except BaseException as error:
        await connection.invalidate(error)
        raise
    finally:
        watch.answered()
