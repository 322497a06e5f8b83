"""What is asked of the databases, whichever way it goes: through SQLAlchemy, or the driver at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines import prepared
from storage.engines.driver import ask
from storage.engines.watch import Watch


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements of this process, in their order, as they come."""
    asked: list[str] = []

    def note(*passed: Any) -> None:
        asked.append(passed[2])

    async def noted(
        connection: AsyncConnection, watch: Watch, statement: str, rows: Sequence[Sequence[Any]]
    ) -> Sequence[Sequence[Any]]:
        asked.append(statement)
        return await ask(connection, watch, statement, rows)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with patch.object(prepared, "ask", noted):
            yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
