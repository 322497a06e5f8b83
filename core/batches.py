"""Work that is cheap together: whatever is handed in while one batch is at work goes with the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")
A = TypeVar("A")
B = TypeVar("B")


async def both(one: Awaitable[A], other: Awaitable[B]) -> tuple[A, B]:
    """What the two answer, who are asked at once. It raises what one of them raises when both are over."""
    first, second = await asyncio.gather(one, other, return_exceptions=True)
    if isinstance(first, BaseException):
        raise first
    if isinstance(second, BaseException):
        raise second
    return first, second


class Batches(Generic[In, Out]):
    """One batch at a time. `work` gets at most `at_most` of what was handed in, oldest first; an answer for each."""

    def __init__(self, work: Callable[[Sequence[In]], Awaitable[Sequence[Out]]], at_most: int) -> None:
        self._work = work
        self._at_most = at_most
        self._waiting: list[tuple[In, asyncio.Future[Out]]] = []
        self._running: asyncio.Task[None] | None = None

    async def add(self, item: In) -> Out:
        """What `work` answers for this one. Raises what `work` raises, for the whole batch then.

        What was handed in is done, even when nobody waits for it any more.
        """
        future: asyncio.Future[Out] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        return await future

    async def settle(self) -> None:
        """Return when what was handed in is done."""
        if self._running is not None:
            await asyncio.wait([self._running])

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[: self._at_most], self._waiting[self._at_most :]
            await self._one(batch)

    async def _one(self, batch: Sequence[tuple[In, asyncio.Future[Out]]]) -> None:
        try:
            answers = await self._work([item for item, _ in batch])
        except Exception as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), answer in zip(batch, answers, strict=True):
            if not future.done():
                future.set_result(answer)
