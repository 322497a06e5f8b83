"""Whether the engines answer: asked a few times a second however many ask us, and waited for two seconds."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from webhooks.given import Engines

Check = Callable[[], Awaitable[Any]]
# So many times in so many seconds the engines are asked; whoever asks us more often hears what they said last.
AT_MOST, IN_SECONDS = 5, 2.0
PATIENCE_SECONDS = 2.0
# A check that is still not over is not asked beside itself; after this time it is given up.
_GIVEN_UP_SECONDS = 10.0


class Readiness:
    """The last answer of each engine: `ok`, or the kind of error."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._known: dict[str, str] = {}
        self._asked_at: deque[float] = deque([float("-inf")] * AT_MOST, AT_MOST)
        self._asking: asyncio.Task[dict[str, str]] | None = None
        self._unanswered: dict[str, tuple[asyncio.Task[Any], float]] = {}

    async def engines(self) -> dict[str, str]:
        """What each answered just now; what they said last when many ask. Whoever asks meanwhile waits for the same."""
        now = asyncio.get_running_loop().time()
        if self._asking is None and self._known and now - self._asked_at[0] < IN_SECONDS:
            return self._known
        if self._asking is None:
            self._asked_at.append(now)
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def stop(self) -> None:
        """Ask nobody any more."""
        tasks = [task for task, _ in self._unanswered.values()] + ([self._asking] if self._asking else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self) -> dict[str, str]:
        try:
            answers = await asyncio.gather(*map(self._answer, self._checks))
            self._known = dict(zip(self._checks, answers, strict=True))
            return self._known
        finally:
            self._asking = None

    async def _answer(self, name: str) -> str:
        now = asyncio.get_running_loop().time()
        task, since = self._unanswered.pop(name, (None, now))
        if task is not None and now - since > _GIVEN_UP_SECONDS:
            task.cancel()
            task = None
        if task is None:
            task, since = asyncio.ensure_future(self._checks[name]()), now
        await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
        if not task.done():
            self._unanswered[name] = (task, since)
            return TimeoutError.__name__
        error = None if task.cancelled() else task.exception()
        return "ok" if error is None else type(error).__name__


READINESS = web.AppKey("readiness", Readiness)


def readiness_of(engines: Engines) -> Readiness:
    """The engines of this service."""
    checks: dict[str, Check] = {"database": engines.database.ping, "redis": engines.redis.ping}
    if engines.objects is not None:
        checks["objects"] = engines.objects.check
    return Readiness(checks)
