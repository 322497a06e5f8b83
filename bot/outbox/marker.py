"""Writes down how calls ended, and keeps what cannot be written yet: a row that does not know would be sent again."""

import asyncio
from collections.abc import Sequence

import structlog

from bot.turn import Turns
from core.batches import Batches
from storage.outbox.claims import mark_done

log = structlog.get_logger()

# A call's number, the provider's id of what came of it, and what went wrong for good.
Done = tuple[int, str | None, str | None]

_MARKED_AT_ONCE = 500
_AGAIN_SECONDS = 0.25


class Marker:
    """Many calls in one transaction."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        # Marks that failed, tried again until `stop`.
        self._tasks: set[asyncio.Task[None]] = set()
        self._batches = Batches(self._write, _MARKED_AT_ONCE)
        # How calls ended whose rows do not say so yet.
        self._unwritten: dict[int, Done] = {}
        self._stopping = False

    def unwritten(self, call_id: int) -> Done | None:
        """How this call ended, when its row does not say so."""
        return self._unwritten.get(call_id)

    async def mark(self, done: Done) -> None:
        """Returns when the row says so: only then may the next call of its lane be made.

        What cannot be written now is kept, tried again, and first of all when its lane goes on.
        """
        self._unwritten[done[0]] = done
        try:
            await self._batches.add(done)
        except Exception:
            task = asyncio.create_task(self._later(done))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            raise
        self._unwritten.pop(done[0], None)

    def stop(self) -> None:
        """Keep nothing any more: the process ends."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()

    async def settle(self) -> None:
        """Return when what was handed in is written down."""
        await self._batches.settle()

    async def _later(self, done: Done) -> None:
        while not self._stopping and done[0] in self._unwritten:
            await asyncio.sleep(_AGAIN_SECONDS)
            try:
                await self._batches.add(done)
            except Exception as error:
                log.warning("mark_not_written", error=repr(error)[:300])
            else:
                self._unwritten.pop(done[0], None)

    async def _write(self, rows: Sequence[Done]) -> Sequence[None]:
        await self._turns.keep(lambda tx: mark_done(tx, rows), single=True)
        return [None] * len(rows)
