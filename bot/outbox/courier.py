"""Delivers what turns wrote down: in order per lane, right after the commit, and again when it fails.

The rows are the truth. The process that wrote a call has it for itself for a while and makes it at once; what is
left over (a failure, a crash, somebody else's lane) any worker claims from the table.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from bot.outbox.accounts import Accounts
from bot.outbox.lanes import Lane, is_file, is_outdated
from bot.outbox.marker import Marker
from bot.outbox.sender import Sender, is_patient
from bot.outbox.tries import Tries
from bot.turn import Turns
from core.metrics import CALLS
from storage.database import is_overload
from storage.outbox.claims import OWNER_SECONDS, claim_lane, keep_claim, let_go
from storage.transaction import Call, Transaction

log = structlog.get_logger()

# So often a claim is renewed while a call is being made: a provider may take longer to answer than it lasts.
_RENEW_SECONDS = OWNER_SECONDS / 3
# More than that wait in the table, where other processes see them.
CLAIMED_AT_ONCE = 20


@dataclass
class Courier:
    """Makes the calls that are written down. `take` is told of each committed turn's calls."""

    turns: Turns
    senders: Mapping[str, Sender]
    chance: random.Random = field(default_factory=random.SystemRandom)

    def __post_init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        # Of lanes that were put off, the customer whose turn was last: the next one's comes when it goes on.
        self._last_served: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._marker = Marker(self.turns)
        self.accounts = Accounts(self.turns)
        self._tries = Tries(self.turns, self.senders, self._marker, self.accounts, self._later, self.chance)
        self._stopping = False

    def take(self, calls: Sequence[Call], *, certain: bool = True) -> None:
        """Begin with the calls that are next in their lanes; the others wait in the table.

        Not `certain`: nobody knows whether they were committed. Those that were are in the table, and begun from there.
        """
        behind: dict[str, list[Call]] = {}
        for call in calls:
            if self._stopping or call.target not in self.senders:
                continue
            lane = self._lanes.get(call.lane)
            if certain and lane is None and call.previous is None:
                self._start(call.lane, [call])
            elif (
                certain
                and lane is not None
                and not lane.stopped
                and (call.previous is None or call.previous in lane.known)
            ):
                # Whatever its turn saw before it is ours. Of turns at the same moment none saw the other's.
                lane.add(call)
            else:
                behind.setdefault(call.lane, []).append(call)
                if lane is not None:
                    lane.more = True
        for name, waiting in behind.items():
            self._spawn(self._hand_over(name, waiting))

    async def deliver(self, lane_name: str, ripe: datetime | None = None) -> None:
        """Claim a lane that is due and make its calls; returns when this process is through with it.

        `ripe`: the moment to which we put it off, when that wait is over by the monotonic clock.
        """
        if self._stopping or lane_name in self._lanes:
            return
        calls = await self.turns.keep(lambda tx: claim_lane(tx, lane_name, CLAIMED_AT_ONCE, ripe))
        if calls and lane_name not in self._lanes:
            task = self._start(lane_name, calls)
            self._lanes[lane_name].more = len(calls) == CLAIMED_AT_ONCE
            await task

    def look_at(self, lane_name: str) -> asyncio.Task[None]:
        """`deliver` beside whatever else is made; what goes wrong is logged, and `drain` waits for it."""
        return self._spawn(self._deliver_quietly(lane_name))

    async def drain(self, seconds: float) -> None:
        """Take nothing new, and give the calls being made this long to finish; the rest stays in the table."""
        self._stopping = True
        for timer in self._timers:
            timer.cancel()
        for lane in self._lanes.values():
            lane.calls.clear()
        deadline = time.monotonic() + seconds
        # Those under way may begin others: the last mark of a lane, one more renewal of its claim.
        while self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=max(0.0, deadline - time.monotonic()))
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._marker.settle()
        self._marker.stop()

    @property
    def busy(self) -> bool:
        """Whether a call is being made or about to be."""
        return bool(self._lanes)

    def _start(self, name: str, calls: Sequence[Call]) -> asyncio.Task[None]:
        lane = Lane(deque(calls), {call.id for call in calls}, atendimento=self._last_served.pop(name, None))
        self._lanes[name] = lane
        self._renew_later(lane)
        task = asyncio.create_task(self._run(name, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _run(self, name: str, lane: Lane) -> None:
        try:
            while (call := await lane.next()) is not None:
                await self._one(lane, call)
        except Exception as error:
            # The rows are still there: a worker takes them up when our time with them is over.
            log.error("delivery_failed", lane=name, error=repr(error)[:300], exc_info=not is_overload(error))
            lane.stop()
            # Before the lane is anybody's again, the files beside it are through.
            await lane.next()
        finally:
            self._lanes.pop(name, None)
            if lane.stopped and lane.atendimento is not None:
                # Of a lane that another process goes on with this stays; there is one for each consultor.
                self._last_served[name] = lane.atendimento
            if lane.renewal is not None:
                lane.renewal.cancel()
        if lane.more and not self._stopping:
            self._later(0.0, name)

    async def _one(self, lane: Lane, call: Call) -> None:
        """Make a call, or begin with a file; the lane is stopped when it has to wait."""
        if is_outdated(call, lane.calls):
            CALLS.labels(call.target, "outdated").inc()
            await self._marker.mark((call.id, None, "outdated"))
        elif not await self._still_ours([call, *lane.calls]):
            lane.stop()
        elif is_file(call):
            lane.atendimento = call.params.get("atendimento")
            lane.beside[call.id] = call, time.monotonic()
            self._spawn(self._beside(lane, call))
        elif await self._make(lane, call):
            lane.atendimento = call.params.get("atendimento")
        else:
            lane.stop()

    async def _beside(self, lane: Lane, call: Call) -> None:
        """Make a call that may take its time, while others of its lane are made."""
        goes_on = False
        try:
            goes_on = await self._make(lane, call)
        except Exception as error:
            log.error("delivery_failed", lane=call.lane, error=repr(error)[:300], exc_info=not is_overload(error))
        finally:
            if not goes_on:
                lane.stop()
            del lane.beside[call.id]
            lane.news.set()

    async def _still_ours(self, calls: Sequence[Call]) -> bool:
        if calls[0].is_ours:
            return True
        return await self.turns.keep(lambda tx: keep_claim(tx, calls))

    def _renew_later(self, lane: Lane) -> None:
        def again() -> None:
            self._spawn(self._renew(lane))
            self._renew_later(lane)

        lane.renewal = asyncio.get_running_loop().call_later(_RENEW_SECONDS, again)

    async def _renew(self, lane: Lane) -> None:
        """Nobody else may make the call that we are making, nor those behind it."""

        async def work(tx: Transaction) -> None:
            # None: they have ended, and how decides when each is due.
            if lane.making and not await keep_claim(tx, [*lane.making.values(), *lane.calls]):
                # One has just ended, or is another's by now: each asks again before it is made.
                log.info("claim_not_whole", calls=len(lane.calls))

        try:
            await self.turns.keep(work)
        except Exception as error:
            log.warning("claim_not_renewed", error=repr(error)[:300])

    async def _make(self, lane: Lane, call: Call) -> bool:
        """Make one call and write down how it ended; False when its lane has to wait."""
        # None too: a call of nobody's request has not the name of the one before it.
        structlog.contextvars.unbind_contextvars("request_id")
        if call.request_id:
            structlog.contextvars.bind_contextvars(request_id=call.request_id)
        if (done := self._marker.unwritten(call.id)) is not None:
            # It was made before; only its row does not know.
            await self._marker.mark(done)
            return True
        if (held := self.accounts.waits(call.target)) > 0:
            return await self._tries.hold_back(lane, call, held, "the account is at fault")
        sender = self.senders[call.target]
        try:
            lane.making[call.id] = call
            try:
                provider_id = await sender.send(call)
            finally:
                del lane.making[call.id]
        except Exception as error:
            return await self._tries.after(lane, call, error)
        CALLS.labels(call.target, "done").inc()
        await self._marker.mark((call.id, provider_id, None))
        self._tries.forget(call)
        if is_patient(sender):
            await self.accounts.works(call.target)
        return True

    async def _hand_over(self, lane: str, calls: Sequence[Call]) -> None:
        """An older call was not ours, or these may not be there: whoever looks first goes on, and we look now."""
        try:
            await self.turns.keep(lambda tx: let_go(tx, calls))
        except Exception as error:
            log.error("hand_over_failed", lane=lane, error=repr(error)[:300], exc_info=not is_overload(error))
        await self._deliver_quietly(lane)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _later(self, seconds: float, lane: str, ripe: datetime | None = None) -> None:
        """Look at the lane again by ourselves; a worker sweeps later, and by the clock that may be set back."""

        def again() -> None:
            self._timers.discard(timer)
            self._spawn(self._deliver_quietly(lane, ripe))

        loop = asyncio.get_running_loop()
        if not self._stopping:
            timer = loop.call_later(seconds + 0.01, again)
            self._timers.add(timer)

    async def _deliver_quietly(self, lane: str, ripe: datetime | None = None) -> None:
        try:
            await self.deliver(lane, ripe)
        except Exception as error:
            log.error("delivery_failed", lane=lane, error=repr(error)[:300], exc_info=not is_overload(error))
