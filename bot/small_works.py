"""Small works that keep the books beside the turns, together: SQLite has one writer, and a commit is its disk's time.

A mark, a claim, a receipt: each is done in a millisecond, and each with a commit of its own stands before the next
person's turn. Those that wait for the writer are done one after the other in one transaction. Where one of them fails
it is rolled back, and each is done again by itself.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from core.batches import Batches
from storage.database import is_overload
from storage.transaction import Transaction

T = TypeVar("T")
Work = Callable[[Transaction], Awaitable[T]]

AT_MOST = 64

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Small:
    """A work, and the request it is for."""

    work: Work[Any]
    request_id: str | None

    async def __call__(self, tx: Transaction) -> Any:
        tx.request_id = self.request_id
        return await self.work(tx)


class SmallWorks:
    """One transaction of them at a time. `run` does a work in a transaction of its own."""

    def __init__(self, run: Callable[[Work[Any]], Awaitable[Any]]) -> None:
        self._run = run
        self._batches: Batches[Small, Any] = Batches(self._together, AT_MOST)

    async def do(self, work: Work[T], request_id: str | None) -> T:
        """What the work says, once it is committed. Raises what it raises."""
        said = await self._batches.add(Small(work, request_id))
        if isinstance(said, _Failed):
            raise said.error
        done: T = said
        return done

    async def settle(self) -> None:
        """Return when what was handed in is done."""
        await self._batches.settle()

    async def _together(self, several: Sequence[Small]) -> Sequence[Any]:
        async def all_of_them(tx: Transaction) -> list[Any]:
            return [await one(tx) for one in several]

        if len(several) == 1:
            return [await self._run(several[0])]
        try:
            done: list[Any] = await self._run(all_of_them)
        except Exception as error:
            if is_overload(error):
                # Each for itself would be told the same, one after the other.
                raise
            log.info("small_works_apart", works=len(several), error=type(error).__name__)
            return [await self._alone(one) for one in several]
        return done

    async def _alone(self, one: Small) -> Any:
        try:
            return await self._run(one)
        except Exception as error:
            return _Failed(error)


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception
