"""Whose WebSockets are open in this process, as presence wants to know it (`websocket_connected`)."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from uuid import UUID

import structlog
from redis.asyncio import Redis

from core.time import Clock
from storage.presenca.sinais import UNAVAILABLE, sockets_alive, sockets_closed

log = structlog.get_logger()

_AT_ONCE = 16


class OpenSockets:
    """Counted by person. Without Redis nobody hears of it, and the sockets are open all the same."""

    def __init__(self, redis: Redis, clock: Clock) -> None:
        self._redis = redis
        self._clock = clock
        self._open: Counter[UUID] = Counter()
        self._telling = asyncio.Semaphore(_AT_ONCE)

    @asynccontextmanager
    async def opened(self, usuario_id: UUID) -> AsyncIterator[None]:
        """As long as one socket of this person is open."""
        self._open[usuario_id] += 1
        try:
            await self._tell(sockets_alive(self._redis, [usuario_id], self._clock()))
            yield
        finally:
            self._open[usuario_id] -= 1
            if not self._open[usuario_id]:
                del self._open[usuario_id]
                await self._tell(sockets_closed(self._redis, usuario_id))

    async def tell(self) -> None:
        """They are open still. Said every 30 s, or presence takes them for those of a process that was killed."""
        await self._tell(sockets_alive(self._redis, list(self._open), self._clock()))

    async def _tell(self, telling: Awaitable[None]) -> None:
        try:
            async with self._telling:
                await telling
        except UNAVAILABLE as error:
            log.warning("sockets_not_told", error=type(error).__name__)
