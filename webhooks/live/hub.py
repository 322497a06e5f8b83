"""All readers of live events in this process, and the one task that reads the bus for them.

It never waits for a reader: whose queue is full is let go, and resumes with the id of the last event it got. Rights
are read again every `CHECK_SECONDS`, and whoever has lost them is let go too.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from core.metrics import LIVE_ENDED, LIVE_READERS
from core.time import Clock
from storage.live import START, Entry, LiveBus, Position
from webhooks.live.backlog import RECENT, Backlog
from webhooks.live.readers import Ending, Message, Reader

log = structlog.get_logger()

PING_SECONDS = 30.0
CHECK_SECONDS = 20.0
# Rights that could not be read for this long end every connection, still within the 60 s of failure 70.
UNSURE_SECONDS = 30.0
_CHECK_PATIENCE_SECONDS = 5.0
# Less than the listener's patience in bot/runtime/redis_client.py.
_WAIT_SECONDS = 2.0
_AGAIN_SECONDS = 0.5

MAX_READERS = 10_000
QUEUE_LENGTH = 256
# Less than a queue holds: what is read at once is handed on before more is read.
_AT_ONCE = 64

# The perfil of each of these people who is active.
PerfisOf = Callable[[Collection[UUID]], Awaitable[Mapping[UUID, str]]]


class Unavailable(Exception):
    """Nobody can join now: the bus has not been seen yet, or this process is full."""


class Hub:
    """`start` and `stop` it with the process; a connection is a reader between `join` and `leave`."""

    def __init__(
        self, bus: LiveBus, perfis_of: PerfisOf, clock: Clock, also_at_pings: Callable[[], Awaitable[None]]
    ) -> None:
        self._bus = bus
        self._also_at_pings = also_at_pings
        self._perfis_of = perfis_of
        self._clock = clock
        self._backlog = Backlog(bus)
        self._readers: set[Reader] = set()
        # Up to where this process has read; None until it has seen the bus.
        self._place: Position | None = None
        self._bus_lost = False
        self._sure_at = time.monotonic()
        self._tasks: list[asyncio.Task[None]] = []

    def __len__(self) -> int:
        """How many connections there are."""
        return len(self._readers)

    async def start(self) -> None:
        """Take a place at the end of the bus; when Redis is away, as soon as it is back."""
        try:
            await self._take_place()
        except (RedisError, OSError) as error:
            log.warning("live_bus_away", error=type(error).__name__)
        self._tasks = [
            asyncio.create_task(self._listen()),
            asyncio.create_task(_every(CHECK_SECONDS, self.check)),
            asyncio.create_task(_every(PING_SECONDS, self.ping)),
        ]

    async def stop(self) -> None:
        # More than once: Python 3.11's `wait_for`, in which redis-py connects, may swallow a cancellation.
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            _, late = await asyncio.wait(self._tasks, timeout=_AGAIN_SECONDS)
            self._tasks = list(late)

    def end_all(self, ending: Ending) -> None:
        """Let every reader go."""
        for reader in self._readers:
            reader.end(ending)

    async def join(self, usuario_id: UUID, perfil: str, expires: float, after: Position | None) -> Reader:
        """A reader of what comes from now on, or since `after`. Raises `Unavailable`, and what redis-py raises."""
        if self._place is None or len(self._readers) >= MAX_READERS:
            raise Unavailable
        lost = after is not None and after != START and not await self._backlog.keeps(after)
        # Nothing is awaited from here on: what is on the bus by now was missed, what comes later is offered.
        until = self._place
        if after is None or (lost and after > until):
            after = until
        reader = Reader(usuario_id, perfil, expires, after, QUEUE_LENGTH)
        reader.missed = self._missed(reader, after, until, lost=lost)
        self._readers.add(reader)
        LIVE_READERS.inc()
        return reader

    def leave(self, reader: Reader) -> None:
        """This connection is over, whoever ended it."""
        self._readers.discard(reader)
        LIVE_READERS.dec()
        LIVE_ENDED.labels(reader.ended.result().name.lower() if reader.ended.done() else "left").inc()

    async def check(self) -> None:
        """Let go whose token has expired or who is no longer active, and see who has another perfil by now."""
        now = self._clock().timestamp()
        readers = list(self._readers)
        for reader in readers:
            if reader.expires <= now:
                reader.end(Ending.NOT_ALLOWED)
        try:
            async with asyncio.timeout(_CHECK_PATIENCE_SECONDS):
                perfis = await self._perfis_of({reader.usuario_id for reader in readers})
        except Exception as error:
            log.warning("live_rights_not_read", error=type(error).__name__)
            if time.monotonic() - self._sure_at > UNSURE_SECONDS:
                self.end_all(Ending.UNSURE)
            return
        self._sure_at = time.monotonic()
        for reader in readers:
            if perfil := perfis.get(reader.usuario_id):
                reader.perfil = perfil
            else:
                reader.end(Ending.NOT_ALLOWED)

    async def ping(self) -> None:
        """Tell every reader how far the bus is: it sees that the connection lives, and may resume from there."""
        if self._place is not None:
            self._tell_all(self._place, "ping")
        await self._also_at_pings()

    async def _listen(self) -> None:
        while True:
            try:
                await self._read_on()
            except Exception as error:
                if not self._bus_lost:
                    log.warning("live_bus_lost", error=repr(error))
                self._bus_lost = True
                await asyncio.sleep(_AGAIN_SECONDS)

    async def _read_on(self) -> None:
        if self._place is None:
            await self._take_place()
        elif self._bus_lost:
            await self._find_place_again()
        self._bus_lost = False
        assert self._place is not None
        for entry in await self._bus.wait_after(self._place, seconds=_WAIT_SECONDS, limit=_AT_ONCE):
            self._spread(entry)

    async def _take_place(self) -> None:
        newest = await self._bus.newest(RECENT)
        for entry in newest:
            self._backlog.add(entry)
        self._place = newest[-1].position if newest else START

    async def _find_place_again(self) -> None:
        """After Redis was away: when it no longer has what we read last, events may be lost, and readers are told."""
        assert self._place is not None
        if self._place == START or await self._bus.keeps(self._place):
            return
        newest = await self._bus.newest(1)
        self._place = min(self._place, newest[-1].position if newest else START)
        self._backlog.forget()
        log.warning("live_bus_was_emptied")
        for reader in self._readers:
            reader.after = self._place
        self._tell_all(self._place, "eventos_perdidos")

    def _spread(self, entry: Entry) -> None:
        """Hand one event to whoever may see it."""
        self._place = entry.position
        news = self._backlog.add(entry)
        for reader in self._readers:
            if entry.position > reader.after and reader.may_see(entry) and (message := self._backlog.message(news)):
                reader.offer(message)

    def _tell_all(self, position: Position, event: str) -> None:
        message = Message.of(position, event, {})
        for reader in self._readers:
            reader.offer(message)

    async def _missed(self, reader: Reader, after: Position, until: Position, *, lost: bool) -> AsyncIterator[Message]:
        if lost:
            yield Message.of(after, "eventos_perdidos", {})
        async for message in self._backlog.between(after, until, reader.may_see):
            yield message


async def _every(seconds: float, step: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await step()
        except Exception:
            log.exception("live_step_failed")
