"""What a step of the clock does for each of many: one that fails keeps no other from its turn."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import structlog

from bot.turn import Turns
from storage.database import is_overload
from storage.transaction import Transaction

T = TypeVar("T")

log = structlog.get_logger()


async def one_by_one(turns: Turns, rows: Iterable[T], work: Callable[[Transaction, T], Awaitable[int | None]]) -> int:
    """A turn for each; the sum of what the turns say. What fails is logged, and comes again with the next step.

    Raises when the database has no room: the others would be told the same.
    """
    done = 0
    for row in rows:
        try:
            said: int | None = await turns.run(lambda tx, row=row: work(tx, row))  # type: ignore[misc]
            done += said or 0
        except Exception as error:
            if is_overload(error):
                raise
            log.error("row_failed", step=getattr(work, "__qualname__", ""), error=repr(error)[:300], exc_info=True)
    return done
