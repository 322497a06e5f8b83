"""What was heard waits for its turn; those that wait share the next transaction (group commit).

Those that wait are taken together, at most one per conversation, and marked, locked, saved and committed with one
statement each for all of them. Each is still all or nothing: when one of them fails the transaction is rolled back, and
every one of them runs again in a transaction of its own.

Where nothing is under way, a transaction begins as soon as nobody new comes: people who were answered together answer
together, and the first of them, begun at once, would have a transaction to themselves while all the others wait.

Few large groups cost less than many small ones, so a transaction begins beside another one only when many wait for it,
or when one has waited long: a turn that is slow (a locked row, Redis away) holds nobody else up for longer than that.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from bot.turn import Turns, current_request_id
from core.heard import Heard
from core.metrics import TURN_SECONDS, TURNS
from core.outcome import Outcome
from storage.engines.breaker import EngineSilent
from storage.transaction import Transaction

log = structlog.get_logger()

# Events of one channel and of as many conversations, answered in one transaction (bot/conversations.py).
Answer = Callable[[Transaction, Sequence[Heard]], Awaitable[list[Outcome]]]

AT_MOST = 32
# Events of one person that wait: whoever floods takes no more places than these.
OF_A_CONVERSATION = 16
# What a transaction beside a running one takes: so many that wait, or one that has waited so long.
MANY = 24
PATIENCE_SECONDS = 0.05
# Nobody new comes: so many steps of the loop brought none (from a socket to here it takes three, and the first of
# those who were answered together are back while the last are still being answered). And at the latest.
QUIET_STEPS = 6
GATHER_SECONDS = 0.012

Conversation = tuple[str, str]


class Hearing:
    """Takes what was heard to the conversations, turn by turn."""

    def __init__(self, turns: Turns, answer: Answer) -> None:
        self._turns = turns
        self._answer = answer
        # SQLite has one writer.
        self._group = GroupCommit(self._hear_together, slots=1 if turns.database.is_sqlite else 4)

    async def hear(self, heard: Heard) -> Outcome:
        """One event of one person, handled once and in order with the others of that conversation."""
        heard.request_id = current_request_id()
        if self._group.has_room_for(heard):
            return await self._group.join(heard)
        TURNS.labels(heard.channel, Outcome.OVERLOADED).inc()
        return Outcome.OVERLOADED

    async def settle(self) -> None:
        """Return when the turns that share a commit have theirs."""
        await self._group.settle()

    async def _hear_alone(self, heard: Heard) -> Outcome:
        async def work(tx: Transaction) -> Outcome:
            return (await self._answer(tx, [heard]))[0]

        return await self._turns.event(heard.channel, heard.event_id, work, heard.as_payload())

    async def _hear_together(self, several: Sequence[Heard]) -> list[Outcome]:
        """Several turns with one commit; when one of them fails, each with its own."""
        if len(several) == 1:
            return [await self._hear_alone(several[0])]
        started = time.perf_counter()
        try:
            outcomes = await self._turns.run(lambda tx: self._answer(tx, several))
        except EngineSilent as silent:
            # Each for itself would be told the same, one after the other.
            log.error("turns_overloaded", turns=len(several), error=repr(silent))
            return [Outcome.OVERLOADED] * len(several)
        except Exception as error:
            log.info("turns_apart", turns=len(several), error=type(error).__name__)
            return [await self._hear_alone(heard) for heard in several]
        # Of one channel, all of them.
        channel, seconds = several[0].channel, TURN_SECONDS.labels(several[0].channel)
        for outcome, times in Counter(outcomes).items():
            TURNS.labels(channel, outcome).inc(times)
        took = time.perf_counter() - started
        for _ in outcomes:
            seconds.observe(took)
        return outcomes


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event whose turn has not begun."""

    heard: Heard
    outcome: asyncio.Future[Outcome]
    since: float

    @property
    def conversation(self) -> Conversation:
        return self.heard.channel, self.heard.external_id


class GroupCommit:
    """Decides what runs alone and what runs together. `slots` transactions at most run at a time."""

    def __init__(self, together: Callable[[Sequence[Heard]], Awaitable[list[Outcome]]], slots: int) -> None:
        self._together = together
        self._slots = slots
        self._running = 0
        self._gathering = False
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: deque[Waiting] = deque()
        self._busy: set[Conversation] = set()
        self._queued: Counter[Conversation] = Counter()
        # The channels in the order of their groups, the last one's last.
        self._served: dict[str, None] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def has_room_for(self, heard: Heard) -> bool:
        """Whether its conversation has not filled what one may fill: its turns wait for each other, and for nobody."""
        return self._queued[heard.channel, heard.external_id] < OF_A_CONVERSATION

    async def join(self, heard: Heard) -> Outcome:
        """Wait for a place in a group; the outcome of this event's turn."""
        loop = asyncio.get_running_loop()
        waiting = Waiting(heard, loop.create_future(), loop.time())
        self._waiting.append(waiting)
        self._queued[waiting.conversation] += 1
        self._start()
        return await waiting.outcome

    async def settle(self) -> None:
        """Return when nobody waits, and no group is at work any more."""
        while self._waiting or self._tasks:
            await (asyncio.wait(self._tasks) if self._tasks else asyncio.sleep(0))

    def _start(self) -> None:
        if self._running:
            self._begin()
        elif self._waiting and not self._gathering:
            self._gathering = True
            loop = asyncio.get_running_loop()
            loop.call_soon(self._gather, len(self._waiting), 0, loop.time() + GATHER_SECONDS)

    def _gather(self, known: int, quiet: int, until: float) -> None:
        """At every step of the loop, until it begins: `known` wait, for so many `quiet` steps."""
        loop = asyncio.get_running_loop()
        quiet = quiet + 1 if len(self._waiting) == known else 0
        if quiet < QUIET_STEPS and len(self._waiting) < AT_MOST and loop.time() < until:
            loop.call_soon(self._gather, len(self._waiting), quiet, until)
        else:
            self._gathering = False
            self._begin()

    def _begin(self) -> None:
        while self._waiting and self._may_start() and (group := self._next_group()):
            self._take([waiting.conversation for waiting in group])
            task = asyncio.get_running_loop().create_task(self._run(group))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._waiting and self._running < self._slots and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._look_again)

    def _look_again(self) -> None:
        self._timer = None
        self._begin()

    def _may_start(self) -> bool:
        if not self._running:
            return True
        waited = asyncio.get_running_loop().time() - self._waiting[0].since
        return self._running < self._slots and (len(self._waiting) >= MANY or waited >= PATIENCE_SECONDS)

    def _next_group(self) -> list[Waiting]:
        """The oldest that wait, of one channel, and of each conversation only the first."""
        firsts = self._firsts()
        channel = self._next_channel({waiting.heard.channel for waiting in firsts})
        group = [waiting for waiting in firsts if waiting.heard.channel == channel][:AT_MOST]
        taken = set(map(id, group))
        self._waiting = deque(waiting for waiting in self._waiting if id(waiting) not in taken)
        for waiting in group:
            self._leaves(waiting.conversation)
        return group

    def _firsts(self) -> list[Waiting]:
        """Of each conversation that is in no running group, the oldest event, oldest first."""
        firsts, seen = [], set(self._busy)
        for waiting in self._waiting:
            if waiting.conversation not in seen:
                seen.add(waiting.conversation)
                firsts.append(waiting)
        return firsts

    def _next_channel(self, channels: set[str]) -> str | None:
        """The one whose last group is longest ago: a person's backlog stands before nobody of another channel."""
        never = sorted(channels - self._served.keys())
        channel = next(iter([*never, *(one for one in self._served if one in channels)]), None)
        if channel is not None:
            self._served.pop(channel, None)
            self._served[channel] = None
        return channel

    def _leaves(self, conversation: Conversation) -> None:
        self._queued[conversation] -= 1
        if not self._queued[conversation]:
            del self._queued[conversation]

    async def _run(self, group: list[Waiting]) -> None:
        try:
            outcomes = await self._together([waiting.heard for waiting in group])
        except BaseException as error:
            for waiting in group:
                if not waiting.outcome.done():
                    waiting.outcome.set_exception(error)
            raise
        finally:
            self._give_back([waiting.conversation for waiting in group])
        for waiting, outcome in zip(group, outcomes, strict=True):
            if not waiting.outcome.done():
                waiting.outcome.set_result(outcome)

    def _take(self, conversations: Sequence[Conversation]) -> None:
        self._running += 1
        self._busy.update(conversations)

    def _give_back(self, conversations: Sequence[Conversation]) -> None:
        self._running -= 1
        self._busy.difference_update(conversations)
        self._start()
