"""Events of people: each is a turn of its own; under load, those of different conversations share a commit."""

import time
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.group_commit import GroupCommit
from bot.turn import Turns, current_request_id
from core.heard import Heard
from core.metrics import TURN_SECONDS, TURNS
from core.outcome import Outcome
from storage.transaction import Transaction

# Events of one channel and of as many conversations, answered in one transaction (bot/conversations.py).
Answer = Callable[[Transaction, Sequence[Heard]], Awaitable[list[Outcome]]]

log = structlog.get_logger()


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
        if not self._group.is_idle:
            return await self._group.join(heard)
        with self._group.alone(heard):
            return await self._hear_alone(heard)

    async def settle(self) -> None:
        """Return when the turns that share a commit have theirs."""
        await self._group.settle()

    async def _hear_alone(self, heard: Heard) -> Outcome:
        async def work(tx: Transaction) -> Outcome:
            return (await self._answer(tx, [heard]))[0]

        payload = {"external_id": heard.external_id, "update": heard.update}
        return await self._turns.event(heard.channel, heard.event_id, work, payload)

    async def _hear_together(self, several: Sequence[Heard]) -> list[Outcome]:
        """Several turns with one commit; when one of them fails, each with its own."""
        if len(several) == 1:
            return [await self._hear_alone(several[0])]
        started = time.perf_counter()
        try:
            outcomes = await self._turns.run(lambda tx: self._answer(tx, several))
        except Exception as error:
            log.info("turns_apart", turns=len(several), error=type(error).__name__)
            return [await self._hear_alone(heard) for heard in several]
        seconds = time.perf_counter() - started
        for heard, outcome in zip(several, outcomes, strict=True):
            TURNS.labels(heard.channel, outcome).inc()
            TURN_SECONDS.labels(heard.channel).observe(seconds)
        return outcomes
