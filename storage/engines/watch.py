"""A connection whose server says nothing for too long is cut off from our side.

The driver's own time-out is of no use then: it first wants to tell the server, and waits for that.
"""

import asyncio
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, ExceptionContext, event
from sqlalchemy.engine.events import ConnectionEvents
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engines.breaker import EngineSilent

_WATCH = "watch"


class Watch:
    """Cuts the connection off when one statement has waited for `seconds`; `EngineSilent` leaves its block then."""

    def __init__(self, adapter: Any, seconds: float | None) -> None:
        # SQLAlchemy's, over the driver's connection.
        self.adapter = adapter
        self._seconds = seconds
        # Since when the server is asked something, by the loop's clock. One timer looks at it: one for each statement
        # would be set and taken back a thousand times a second.
        self._since: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._fired = False

    @property
    def is_on(self) -> bool:
        """Whether there is a deadline."""
        return self._seconds is not None

    def asked(self) -> None:
        """A statement goes to the server."""
        self._since = asyncio.get_running_loop().time()

    def answered(self) -> None:
        """The server has answered."""
        self._since = None

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        if self._seconds is None:
            return
        waited = 0.0 if self._since is None else loop.time() - self._since
        if waited >= self._seconds:
            self._fired = True
            self.adapter.driver_connection.terminate()
        else:
            self._timer = loop.call_later(self._seconds - waited, self._look)

    def __enter__(self) -> Self:
        if self._seconds is not None:
            self._timer = asyncio.get_running_loop().call_later(self._seconds, self._look)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # Whoever has the connection next watches it for themselves.
        self._seconds = None
        if self._timer is not None:
            self._timer.cancel()
        if self._fired:
            raise EngineSilent("the database does not answer") from error


def watched(connection: AsyncConnection, seconds: float | None) -> Watch:
    """A watch over this connection for as long as it is ours; None: no statement is too long."""
    if seconds is None or connection.sync_connection is None:
        return Watch(None, None)
    raw = connection.sync_connection.connection
    watch = Watch(raw.dbapi_connection, seconds)
    raw.info[_WATCH] = watch
    return watch


def watch_of(connection: Connection) -> Watch | None:
    """The watch over this connection; None where nobody watches, and of one that was cut off."""
    watch: Watch | None = None if connection.invalidated or connection.closed else connection.info.get(_WATCH)
    return watch if watch is not None and watch.is_on else None


def watch_statements(engine: AsyncEngine) -> None:
    """Have the watches of this engine's connections told when a statement goes out, and when it is answered."""

    def begins(connection: Connection, *_: Any) -> None:
        if watch := watch_of(connection):
            watch.asked()

    def goes_out(connection: Connection, cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
        begins(connection)
        return statement, parameters

    def ends(connection: Connection, *_: Any) -> None:
        if watch := watch_of(connection):
            watch.answered()

    for hook in (ConnectionEvents.commit, ConnectionEvents.rollback):
        event.listen(engine.sync_engine, hook.__name__, begins)

    def refused(context: ExceptionContext) -> None:
        if context.connection is not None:
            ends(context.connection)

    # What gives back its own is called as it is; what does not is wrapped, for every statement.
    event.listen(engine.sync_engine, "before_cursor_execute", goes_out, retval=True)
    event.listen(engine.sync_engine, "after_cursor_execute", ends)
    event.listen(engine.sync_engine, "handle_error", refused)
