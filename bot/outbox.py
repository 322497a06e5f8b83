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
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.channels.accounts import Accounts
from bot.channels.lanes import Lane, is_file, is_outdated
from bot.channels.marker import Marker
from bot.turn import Turns
from core.delivery_errors import AccountFault, Again, Refused, Throttled, Unreachable
from core.metrics import CALLS, PROVIDER_ERRORS
from storage.contatos.contatos import update_contato
from storage.database import has_no_room, is_overload
from storage.outbox.claims import OWNER_SECONDS, claim_lane, drop_waiting, keep_claim, let_go, postpone
from storage.transaction import Call, Transaction

log = structlog.get_logger()

# So often a claim is renewed while a call is being made: a provider may take longer to answer than it lasts.
_RENEW_SECONDS = OWNER_SECONDS / 3
_LONGEST_WAIT = 300.0
# A call that did not fail here for so long was ended by another process.
_REMEMBERED = 3 * _LONGEST_WAIT
# While a provider answers nobody at all.
_PROVIDER_WAIT = 60.0
# For what only reads from a provider whose account is at fault.
_ACCOUNT_WAIT = 30.0

# While the database has no room for what a call writes.
NO_ROOM_WAIT = 5.0

# More than that wait in the table, where other processes see them.
CLAIMED_AT_ONCE = 20

# Worth something only at once: what stands behind them in the lane does not wait for a second try.
PASSING = frozenset({"sendChatAction", "answerCallbackQuery"})


class Sender(Protocol):
    """Makes calls of one target."""

    max_attempts: int
    first_wait: float

    async def send(self, call: Call) -> str | None:
        """Make the call; the provider's id of what came of it. Raises what core/delivery_errors.py lists."""

    async def give_up(self, call: Call, reason: str) -> None:
        """The call failed for good: whoever waits for it is told."""


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
        # Calls that failed here: how often, and when last by the monotonic clock.
        self._failures: dict[int, tuple[int, float]] = {}
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
        sender = self.senders[call.target]
        if (held := self.accounts.waits(call.target)) > 0:
            return await self._hold_back(call, held, "the account is at fault")
        try:
            lane.making[call.id] = call
            try:
                provider_id = await sender.send(call)
            finally:
                del lane.making[call.id]
        except Throttled as throttled:
            _count(call, "throttled", throttled.code)
            # Exactly as long as we were told, and not a failed attempt.
            await self._put_off(call, throttled.seconds, str(throttled), counts=False)
            return False
        except AccountFault as fault:
            _count(call, "failed", fault.code)
            seconds = await self.accounts.fault(call.target, fault.code) if _is_patient(sender) else _ACCOUNT_WAIT
            return await self._hold_back(call, seconds, f"{fault.code}: {fault}")
        except Again as again:
            _count(call, "failed", again.code)
            if call.method in PASSING:
                await self._marker.mark((call.id, None, again.code))
                return True
            return await self._again(sender, call, again)
        except (Refused, Unreachable) as refused:
            _count(call, "refused", refused.code)
            await self._refused(sender, call, refused)
            # Nothing more is said to somebody who cannot be reached.
            return isinstance(refused, Refused)
        except Exception as error:
            return await self._failed(sender, call, error)
        CALLS.labels(call.target, "done").inc()
        await self._marker.mark((call.id, provider_id, None))
        self._failures.pop(call.id, None)
        if _is_patient(sender):
            await self.accounts.works(call.target)
        return True

    async def _failed(self, sender: Sender, call: Call, error: Exception) -> bool:
        if has_no_room(error):
            # A disk may be full for hours: nothing that follows from a turn is given up for that.
            _count(call, "failed", "no_room")
            return await self._hold_back(call, NO_ROOM_WAIT, "the database has no room")
        # A fault of ours. It counts as a try, so that it cannot block its lane for ever.
        log.error("sender_failed", target=call.target, method=call.method, exc_info=error)
        _count(call, "failed", "fault")
        return await self._again(sender, call, Again(type(error).__name__, "fault"))

    async def _hold_back(self, call: Call, seconds: float, reason: str) -> bool:
        """What is wrong is not this call: it waits with its lane, and no try is counted."""
        if call.method in PASSING:
            await self._marker.mark((call.id, None, reason[:500]))
            return True
        await self._put_off(call, seconds, reason, counts=False)
        return False

    def _is_its_own(self, sender: Sender, call: Call, code: str) -> bool:
        """Whether a failed try says something of this call: a provider that answers nobody does not."""
        now, last = time.monotonic(), self._failures.pop(call.id, None)
        # The newest stands last: of those at the front, none is ours any more.
        self._failures[call.id] = (1 if last is None else last[0] + 1, now)
        while self._failures[oldest := next(iter(self._failures))][1] < now - _REMEMBERED:
            del self._failures[oldest]
        if last is None or not _is_patient(sender) or code == "fault":
            return True
        return self.accounts.worked_at(call.target) > last[1]

    async def _again(self, sender: Sender, call: Call, again: Again) -> bool:
        counts = self._is_its_own(sender, call, again.code)
        if counts and call.attempts + 1 >= sender.max_attempts:
            await self._refused(sender, call, Refused(str(again), again.code))
            return True
        failures = call.attempts if counts else self._failures[call.id][0] - 1
        wait = min(sender.first_wait * 2 ** min(failures, 16), _LONGEST_WAIT if counts else _PROVIDER_WAIT)
        await self._put_off(call, wait * self.chance.uniform(1.0, 1.2), str(again), counts=counts)
        return False

    async def _refused(self, sender: Sender, call: Call, refused: Refused | Unreachable) -> None:
        log.warning("call_refused", target=call.target, method=call.method, code=refused.code, reason=str(refused))
        self._failures.pop(call.id, None)
        await sender.give_up(call, refused.code)
        if isinstance(refused, Unreachable) and call.contato_id is not None:
            await self.turns.keep(lambda tx: _mark_unreachable(tx, call))
        await self._marker.mark((call.id, None, f"{refused.code}: {refused}"[:500]))

    async def _put_off(self, call: Call, seconds: float, reason: str, *, counts: bool) -> None:
        log.info("call_put_off", target=call.target, method=call.method, seconds=round(seconds, 1), reason=reason)

        async def work(tx: Transaction) -> datetime | None:
            due_at = tx.now + timedelta(seconds=seconds)
            lane = self._lanes.get(call.lane)
            ours = await postpone(
                tx, call, due_at, reason[:500], counts=counts, sparing=list(lane.beside) if lane is not None else []
            )
            return due_at if ours else None

        due_at = await self.turns.keep(work)
        if due_at is None:
            self._failures.pop(call.id, None)
            log.info("call_not_ours", target=call.target, method=call.method)
        self._later(seconds, call.lane, due_at)

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


def _is_patient(sender: Sender) -> bool:
    """Whether what it sends is never given up for the provider's sake: what people are told."""
    return bool(getattr(sender, "patient", False))


async def _mark_unreachable(tx: Transaction, call: Call) -> None:
    assert call.contato_id is not None
    await update_contato(tx, call.contato_id, unreachable_at=tx.now)
    await drop_waiting(tx, call.contato_id, call.target, "unreachable")


def _count(call: Call, outcome: str, code: str) -> None:
    CALLS.labels(call.target, outcome).inc()
    PROVIDER_ERRORS.labels(call.target, code).inc()
