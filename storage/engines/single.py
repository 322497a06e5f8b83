"""Connections of PostgreSQL for one statement, which is a transaction by itself: one call to the server, not three.

Whatever it does to however many rows is all done or not at all, and kept when it is answered.
"""

from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

_SINGLE = "single"
_used: WeakSet[Connection] = WeakSet()


class SecondStatement(RuntimeError):
    """A fault of ours: what came before it is kept already, and nothing would take it back."""


def single(engine: AsyncEngine) -> AsyncEngine:
    """The same engine, over the same pool, for one statement each time a connection is taken."""
    alone = engine.execution_options(isolation_level="AUTOCOMMIT", **{_SINGLE: True})

    def refuse_another(
        connection: Connection, cursor: Any, statement: str, parameters: Any, *_: Any
    ) -> tuple[str, Any]:
        note_statement(connection)
        return statement, parameters

    event.listen(alone.sync_engine, "before_cursor_execute", refuse_another, retval=True)
    return alone


def note_statement(connection: Connection) -> None:
    """A statement goes out. Raises `SecondStatement` where there was one, and may be one only."""
    if not connection.get_execution_options().get(_SINGLE):
        return
    if connection in _used:
        raise SecondStatement
    _used.add(connection)
