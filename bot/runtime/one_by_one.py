"""What a step of the clock does for each of many: one that fails keeps no other from its turn."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
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
    done, _ = await _each(turns, rows, work)
    return done


async def together(
    turns: Turns, rows: Sequence[T], work: Callable[[Transaction, Sequence[T]], Awaitable[int | None]]
) -> tuple[int, set[T]]:
    """One turn for all, and where that fails one for each: the sum of what the turns say, and which rows failed.

    Raises when the database has no room.
    """
    if not rows:
        return 0, set()
    try:
        return await turns.run(lambda tx: work(tx, rows)) or 0, set()
    except Exception as error:
        if is_overload(error):
            raise
        log.warning("batch_failed", step=_name(work), rows=len(rows), error=repr(error)[:300])
    return await _each(turns, rows, lambda tx, row: work(tx, [row]))


async def _each(
    turns: Turns, rows: Iterable[T], work: Callable[[Transaction, T], Awaitable[int | None]]
) -> tuple[int, set[T]]:
    done, failed = 0, set[T]()
    for row in rows:
        try:
            said: int | None = await turns.run(lambda tx, row=row: work(tx, row))  # type: ignore[misc]
            done += said or 0
        except Exception as error:
            if is_overload(error):
                raise
            failed.add(row)
            log.error("row_failed", step=_name(work), error=repr(error)[:300], exc_info=True)
    return done, failed


def _name(work: object) -> str:
    return getattr(work, "__qualname__", "")
