"""The background engine: taskiq on Redis Streams. It carries wake-ups only; the outbox is the truth."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import structlog
from redis.exceptions import RedisError
from taskiq import AsyncBroker
from taskiq.api import run_receiver_task
from taskiq.receiver import Receiver
from taskiq_redis import RedisStreamBroker, RedisStreamClusterBroker, RedisStreamSentinelBroker

from bot.outbox.courier import Courier
from bot.runtime.redis_client import PATIENCE_SECONDS, close_sentinels, read_redis_url
from bot.turn import Turns
from storage.database import is_overload
from storage.outbox.claims import due_lanes

log = structlog.get_logger()

STREAM = "balcao"
# Wake-ups that nobody took are worth nothing: the next sweep makes new ones.
STREAM_LENGTH = 10_000
# Lanes that a worker makes at once for wake-ups, and as many for its own sweeps.
AT_ONCE = 50
# Workers look into the table themselves this often, for the time in which Redis is away.
OWN_SWEEP_SECONDS = 5.0
# On Python 3.11 a cancellation that meets redis-py's `asyncio.wait_for` as it ends is lost, and taskiq listens on,
# shielded from a second one. What has not ended by then ends with the loop.
STOP_SECONDS = 2.0
# After a failure taskiq listens again at once: hundreds of times a second, each with a traceback, while Redis is away.
AGAIN_SECONDS = 1.0


def make_broker(redis_url: str) -> AsyncBroker:
    """The broker on this Redis."""
    # No time-out of redis-py's own: what it does with one loses cancellations, see STOP_SECONDS. TCP keep-alive is on.
    ours: dict[str, Any] = {"queue_name": STREAM, "maxlen": STREAM_LENGTH, "socket_timeout": None}
    address = read_redis_url(redis_url)
    if address.url is not None:
        return RedisStreamBroker(address.url, **ours)
    options = address.options | ours
    if address.kind == "cluster":
        # taskiq wants an address too; the nodes are the same, all of them.
        host, port = address.hosts[0]
        return RedisStreamClusterBroker(f"redis://{host}:{port}", startup_nodes=address.nodes, **options)
    asked = address.of_sentinels | {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    return _SentinelBroker(list(address.hosts), address.service, sentinel_kwargs=asked, **options)


class _SentinelBroker(RedisStreamSentinelBroker):
    """Its sentinels are closed with it."""

    async def shutdown(self) -> None:
        await super().shutdown()
        await close_sentinels(self.sentinel)


class PatientReceiver(Receiver):
    """Listens again, but not at once, when Redis was away."""

    async def listen(self, finish_event: asyncio.Event) -> None:
        try:
            await super().listen(finish_event)
        except Exception:
            await asyncio.sleep(AGAIN_SECONDS)
            raise


class Background:
    """The tasks of a worker process, and the way to wake workers from any other."""

    def __init__(self, broker: AsyncBroker, turns: Turns, courier: Courier) -> None:
        self.broker = broker
        self._turns = turns
        self._courier = courier

        # taskiq renames what it registers, so this is a function of its own and not the courier's method.
        async def deliver(lane: str) -> None:
            await courier.deliver(lane)

        self._deliver = broker.register_task(deliver, "deliver")
        self._tasks: list[asyncio.Task[None]] = []
        # Lanes that a sweep of ours found due, and that are being made.
        self._swept: set[asyncio.Task[None]] = set()

    async def wake(self) -> int:
        """Have workers deliver every lane that is due; how many there were."""
        lanes = await self._due_lanes()
        for lane in lanes:
            await self._deliver.kiq(lane)
        return len(lanes)

    async def _due_lanes(self) -> list[str]:
        """Read beside the turns: SQLite's one writer is not to wait while a long backlog is looked through."""
        async with self._turns.database.read() as connection:
            return await due_lanes(connection, self._turns.now())

    async def start_worker(self) -> None:
        """Take wake-ups, and sweep by ourselves now and then."""
        self.broker.is_worker_process = True
        self._tasks = [asyncio.create_task(self._receive()), asyncio.create_task(self._sweep())]

    async def stop_worker(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        with suppress(RedisError, OSError):
            await self.broker.shutdown()

    async def _receive(self) -> None:
        """Listen, and listen again when Redis was away."""
        while True:
            try:
                await run_receiver_task(
                    self.broker, receiver_cls=PatientReceiver, run_startup=True, max_async_tasks=AT_ONCE
                )
            except asyncio.CancelledError:
                raise
            except Exception as error:
                log.warning("background_engine_lost", error=type(error).__name__)
                await asyncio.sleep(AGAIN_SECONDS)

    def _look_at(self, lanes: Sequence[str]) -> None:
        """Begin with so many that all together no more are under way; what takes long keeps none of the others."""
        for lane in lanes[: AT_ONCE - len(self._swept)]:
            task = self._courier.look_at(lane)
            self._swept.add(task)
            task.add_done_callback(self._swept.discard)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(OWN_SWEEP_SECONDS)
            try:
                self._look_at(await self._due_lanes())
            except Exception as error:
                log.error("sweep_failed", error=repr(error)[:300], exc_info=not is_overload(error))
