"""Carries events to the service as the providers do: in lanes, kept until accepted, tried again."""

import asyncio
import contextlib
import itertools
import math
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.tardiness import Tardiness
from sandbox.waiting import Signal

SHORT_DELAYS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8)
LONGEST_RETRY_AFTER = 5.0


@dataclass(frozen=True)
class Reply:
    """What the service answered; status 0 means that no answer came."""

    status: int
    body: str = ""
    retry_after: float = 0.0

    @property
    def accepted(self) -> bool:
        """Whether it was a 2xx."""
        return 200 <= self.status < 300


@dataclass(eq=False)
class Delivery:
    """One event on its way, with every answer it got; `until` is the epoch second to which it is kept."""

    payload: dict[str, Any]
    lane: str
    kind: str = "message"
    until: float = math.inf
    attempts: list[Reply] = field(default_factory=list)
    done: bool = False
    dropped: bool = False
    taken: bool = False
    id: str = field(default_factory=lambda: f"msg_{secrets.token_hex(12)}")
    on_accepted: Callable[[], None] = field(default=lambda: None, repr=False)
    changed: Signal = field(default_factory=Signal, repr=False)

    @property
    def finished_with(self) -> bool:
        """Whether it needs no sending any more: dropped, or fetched by the service itself."""
        return self.dropped or self.taken

    async def accepted(self, timeout: float = 20.0) -> Reply:
        """Wait until the service took it with a 2xx; AssertionError naming the answers otherwise."""

        def taken() -> Reply | None:
            return next((reply for reply in self.attempts if reply.accepted), None)

        return await self.changed.expect(taken, timeout, self._complain)

    async def attempted(self, times: int = 1, timeout: float = 20.0) -> Reply:
        """Wait for the answer to that attempt, whatever it was."""

        def answered() -> Reply | None:
            return self.attempts[times - 1] if len(self.attempts) >= times else None

        return await self.changed.expect(answered, timeout, self._complain)

    async def finished(self, timeout: float = 20.0) -> None:
        """Wait until nothing more will be sent for it: accepted (all copies) or given up."""
        await self.changed.expect(lambda: self.done or None, timeout, self._complain)

    def _complain(self) -> str:
        answers = [(reply.status, reply.body[:200]) for reply in self.attempts]
        return f"The service, which answered {answers}, was not done with this {self.kind}"


Post = Callable[[Delivery], Awaitable[Reply]]


class Courier:
    """Delivers events lane by lane, one at a time in each lane, all lanes at once.

    `copies` of an event and `tardiness` are what providers do on bad days.
    """

    def __init__(
        self,
        post: Post,
        delays: Sequence[float] = SHORT_DELAYS,
        *,
        attempts: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._post = post
        self._clock = clock
        self.delays = delays
        self._attempts = attempts
        self._lanes: dict[str, deque[Delivery]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = False
        self._changed = Signal()
        self._held: list[Delivery] = []
        self._holding: frozenset[str] | None = None
        self.copies = 1
        self.copies_at_once = False
        self.tardiness: Tardiness[Delivery] = Tardiness(self._enqueue)
        self.sent: list[Delivery] = []

    def open(self) -> None:
        """Start delivering: there is an address now."""
        self._open = True
        self._changed.notify()

    def close(self) -> None:
        """Keep events until `open` is called, or somebody takes them."""
        self._open = False

    async def stop(self) -> None:
        """Forget what is on its way."""
        self.tardiness.stop()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()

    def forget(self) -> None:
        """Drop what no attempt was made for yet."""
        for delivery in self.pending:
            if not delivery.attempts:
                delivery.dropped = True
        self._changed.notify()

    @property
    def pending(self) -> list[Delivery]:
        """Events that are on their way, late ones last; withheld ones are not among them."""
        return [*(delivery for queue in self._lanes.values() for delivery in queue), *self.tardiness.waiting]

    @property
    def arrived(self) -> list[Delivery]:
        """Events that wait for nothing but the service, lane by lane."""
        queued = (delivery for queue in self._lanes.values() for delivery in queue)
        return [delivery for delivery in queued if not self._finished_with(delivery)]

    @property
    def held(self) -> int:
        """How many events are withheld."""
        return len(self._held)

    async def settled(self, timeout: float = 20.0) -> None:
        """Wait until nothing is on its way."""
        await self._changed.until(lambda: None if self.pending else True, timeout)

    async def wait(self, seconds: float, ended: Callable[[], bool]) -> list[Delivery]:
        """What has arrived, waiting up to that long for something; nothing once `ended`."""
        with contextlib.suppress(TimeoutError):
            return await self._changed.until(lambda: [] if ended() else self.arrived or None, seconds)
        return []

    def wake(self) -> None:
        """Let those who wait for something to arrive look again."""
        self._changed.notify()

    def take(self, delivery: Delivery) -> None:
        """Count an event as accepted: the service came and fetched it."""
        if not delivery.taken and not delivery.done:
            delivery.taken = True
            delivery.attempts.append(Reply(200))
            self._changed.notify()

    def send(self, delivery: Delivery) -> Delivery:
        """Put an event at the end of its lane, or aside while its kind is withheld or events are late."""
        self.sent.append(delivery)
        if self._holding is not None and (not self._holding or delivery.kind in self._holding):
            self._held.append(delivery)
        else:
            self.tardiness.send(delivery)
        return delivery

    def withhold(self, *kinds: str) -> None:
        """Keep new events back; with `kinds` only those (message, callback_query, status …)."""
        self._holding = frozenset(kinds)

    def release(self, *, backwards: bool = False) -> list[Delivery]:
        """Deliver what was withheld, in order or newest first, and withhold no more."""
        held, self._held, self._holding = self._held, [], None
        ordered = held[::-1] if backwards else held
        for delivery in ordered:
            self._enqueue(delivery)
        return ordered

    def _enqueue(self, delivery: Delivery) -> None:
        queue = self._lanes.setdefault(delivery.lane, deque())
        queue.append(delivery)
        self._changed.notify()
        if len(queue) == 1:
            task = asyncio.create_task(self._run(delivery.lane, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, lane: str, queue: deque[Delivery]) -> None:
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
            if not queue:
                del self._lanes[lane]
            self._changed.notify()

    async def _deliver(self, delivery: Delivery) -> None:
        for attempt in itertools.count():
            await self._changed.until(lambda: True if self._open or delivery.finished_with else None, None)
            if self._finished_with(delivery):
                break
            reply = await self._try(delivery)
            if reply.accepted or attempt + 1 == self._attempts:
                break
            delay = self.delays[min(attempt, len(self.delays) - 1)]
            await asyncio.sleep(max(delay, min(reply.retry_after, LONGEST_RETRY_AFTER)))
        if delivery.attempts and delivery.attempts[-1].accepted:
            delivery.on_accepted()
        if not delivery.finished_with:
            await self._repeat(delivery)
        delivery.done = True
        delivery.changed.notify()

    def _finished_with(self, delivery: Delivery) -> bool:
        """Whether it needs no sending any more; what was kept long enough is dropped."""
        delivery.dropped = delivery.dropped or self._clock() > delivery.until
        return delivery.finished_with

    async def _repeat(self, delivery: Delivery) -> None:
        """Providers deliver at least once: send the extra copies a test asked for."""
        if self.copies_at_once:
            await asyncio.gather(*(self._try(delivery) for _ in range(self.copies - 1)))
            return
        for _ in range(self.copies - 1):
            await self._try(delivery)

    async def _try(self, delivery: Delivery) -> Reply:
        try:
            reply = await self._post(delivery)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reply = Reply(0, f"{type(error).__name__}: {error}")
        delivery.attempts.append(reply)
        delivery.changed.notify()
        return reply


async def post(
    http: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str], timeout: float = 60.0
) -> Reply:
    """POST bytes and read the answer; a body of the answer is kept up to 64 KiB."""
    limit = aiohttp.ClientTimeout(total=timeout)
    async with http.post(url, data=body, headers=headers, timeout=limit, allow_redirects=False) as response:
        text = (await response.content.read(65536)).decode(errors="replace")
        wait = response.headers.get("Retry-After", "")
        return Reply(response.status, text, float(wait) if wait.isdigit() else 0.0)
