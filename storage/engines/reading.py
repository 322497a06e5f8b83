"""Connections of PostgreSQL that only read: a statement is one call to the server, and one that writes is refused.

Begun and rolled back, a transaction is two calls more, and shows nothing else: in each of our transactions a statement
sees what is committed when it begins (READ COMMITTED).
"""

import re
from functools import lru_cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

# As statements have it, within `WITH` as well; a row that is locked would be let go at once.
_WRITES = re.compile(
    r"\b(?:insert\s+into|delete\s+from|update\s+\w+\s+set|merge\s+into|create|alter|drop|truncate|for\s+(?:no\s+key\s+)?update)\b"
    r"|\b(?:for\s+(?:key\s+)?share|pg_advisory_xact_lock|set\s+local)\b",
    re.IGNORECASE,
)


class WritesWhereItReads(RuntimeError):
    """A fault of ours: nobody would commit what it writes, and nothing would take it back."""


def reading(engine: AsyncEngine) -> AsyncEngine:
    """The same engine, over the same pool, to read through."""
    reader = engine.execution_options(isolation_level="AUTOCOMMIT")

    def refuse(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
        if _writes(statement):
            raise WritesWhereItReads(statement.split(maxsplit=1)[0])
        return statement, parameters

    event.listen(reader.sync_engine, "before_cursor_execute", refuse, retval=True)
    return reader


@lru_cache(2048)
def _writes(statement: str) -> bool:
    """Their texts are few, and looked at once."""
    return _WRITES.search(statement) is not None
