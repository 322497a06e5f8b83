"""What follows when a call failed: later, once more, or given up; and whose fault it was."""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.outbox.accounts import Accounts
from bot.outbox.lanes import Lane
from bot.outbox.marker import Marker
from bot.outbox.sender import Sender, is_patient
from bot.turn import Turns
from core.delivery_errors import AccountFault, Again, Refused, Throttled, Unreachable
from core.metrics import CALLS, PROVIDER_ERRORS
from storage.contatos.contatos import update_contato
from storage.database import is_not_its_fault
from storage.outbox.claims import drop_waiting, postpone
from storage.transaction import Call, Transaction

log = structlog.get_logger()

_LONGEST_WAIT = 300.0
# A call that did not fail here for so long was ended by another process.
_REMEMBERED = 3 * _LONGEST_WAIT
# While a provider answers nobody at all.
_PROVIDER_WAIT = 60.0
# For what only reads from a provider whose account is at fault.
_ACCOUNT_WAIT = 30.0

# While the database has no room for what a call writes.
NO_ROOM_WAIT = 5.0

# Worth something only at once: what stands behind them in the lane does not wait for a second try.
PASSING = frozenset({"sendChatAction", "answerCallbackQuery"})


class Later(Protocol):
    """Whoever looks at a lane again."""

    def __call__(self, seconds: float, lane: str, ripe: datetime | None = None) -> None: ...


@dataclass
class Tries:
    """Remembers what failed here; a lane that has to wait is handed to `later`."""

    turns: Turns
    senders: Mapping[str, Sender]
    marker: Marker
    accounts: Accounts
    later: Later
    chance: random.Random

    def __post_init__(self) -> None:
        # Calls that failed here: how often, and when last by the monotonic clock.
        self._failures: dict[int, tuple[int, float]] = {}

    async def after(self, lane: Lane, call: Call, error: Exception) -> bool:
        """Write down what follows from it; False when the call's lane has to wait."""
        sender = self.senders[call.target]
        match error:
            case Throttled():
                _count(call, "throttled", error.code)
                # Exactly as long as we were told, and not a failed attempt.
                await self._put_off(lane, call, error.seconds, str(error), counts=False)
                return False
            case AccountFault():
                _count(call, "failed", error.code)
                seconds = await self.accounts.fault(call.target, error.code) if is_patient(sender) else _ACCOUNT_WAIT
                return await self.hold_back(lane, call, seconds, f"{error.code}: {error}")
            case Again():
                _count(call, "failed", error.code)
                if call.method in PASSING:
                    await self.marker.mark((call.id, None, error.code))
                    return True
                return await self._again(lane, sender, call, error)
            case Refused() | Unreachable():
                _count(call, "refused", error.code)
                await self._refused(sender, call, error)
                # Nothing more is said to somebody who cannot be reached.
                return isinstance(error, Refused)
            case _:
                return await self._failed(lane, sender, call, error)

    def forget(self, call: Call) -> None:
        """It was made."""
        self._failures.pop(call.id, None)

    async def _failed(self, lane: Lane, sender: Sender, call: Call, error: Exception) -> bool:
        if is_not_its_fault(error):
            # A disk may be full, a database away for hours: nothing that follows from a turn is given up for that.
            _count(call, "failed", "no_room")
            return await self.hold_back(lane, call, NO_ROOM_WAIT, "the database has no room")
        # A fault of ours. It counts as a try, so that it cannot block its lane for ever.
        log.error("sender_failed", target=call.target, method=call.method, exc_info=error)
        _count(call, "failed", "fault")
        return await self._again(lane, sender, call, Again(type(error).__name__, "fault"))

    async def hold_back(self, lane: Lane, call: Call, seconds: float, reason: str) -> bool:
        """What is wrong is not this call: it waits with its lane, and no try is counted."""
        if call.method in PASSING:
            await self.marker.mark((call.id, None, reason[:500]))
            return True
        await self._put_off(lane, call, seconds, reason, counts=False)
        return False

    def _is_its_own(self, sender: Sender, call: Call, code: str) -> bool:
        """Whether a failed try says something of this call: a provider that answers nobody does not."""
        now, last = time.monotonic(), self._failures.pop(call.id, None)
        # The newest stands last: of those at the front, none is ours any more.
        self._failures[call.id] = (1 if last is None else last[0] + 1, now)
        while self._failures[oldest := next(iter(self._failures))][1] < now - _REMEMBERED:
            del self._failures[oldest]
        if last is None or not is_patient(sender) or code == "fault":
            return True
        return self.accounts.worked_at(call.target) > last[1]

    async def _again(self, lane: Lane, sender: Sender, call: Call, again: Again) -> bool:
        counts = self._is_its_own(sender, call, again.code)
        if counts and call.attempts + 1 >= sender.max_attempts:
            await self._refused(sender, call, Refused(str(again), again.code))
            return True
        failures = call.attempts if counts else self._failures[call.id][0] - 1
        wait = min(sender.first_wait * 2 ** min(failures, 16), _LONGEST_WAIT if counts else _PROVIDER_WAIT)
        await self._put_off(lane, call, wait * self.chance.uniform(1.0, 1.2), str(again), counts=counts)
        return False

    async def _refused(self, sender: Sender, call: Call, refused: Refused | Unreachable) -> None:
        log.warning("call_refused", target=call.target, method=call.method, code=refused.code, reason=str(refused))
        self._failures.pop(call.id, None)
        await sender.give_up(call, refused.code)
        if isinstance(refused, Unreachable) and call.contato_id is not None:
            await self.turns.keep(lambda tx: _mark_unreachable(tx, call))
        await self.marker.mark((call.id, None, f"{refused.code}: {refused}"[:500]))

    async def _put_off(self, lane: Lane, call: Call, seconds: float, reason: str, *, counts: bool) -> None:
        log.info("call_put_off", target=call.target, method=call.method, seconds=round(seconds, 1), reason=reason)

        async def work(tx: Transaction) -> datetime | None:
            due_at = tx.now + timedelta(seconds=seconds)
            ours = await postpone(tx, call, due_at, reason[:500], counts=counts, sparing=list(lane.beside))
            return due_at if ours else None

        due_at = await self.turns.keep(work)
        if due_at is None:
            self._failures.pop(call.id, None)
            log.info("call_not_ours", target=call.target, method=call.method)
        self.later(seconds, call.lane, due_at)


async def _mark_unreachable(tx: Transaction, call: Call) -> None:
    assert call.contato_id is not None
    await update_contato(tx, call.contato_id, unreachable_at=tx.now)
    await drop_waiting(tx, call.contato_id, call.target, "unreachable")


def _count(call: Call, outcome: str, code: str) -> None:
    CALLS.labels(call.target, outcome).inc()
    PROVIDER_ERRORS.labels(call.target, code).inc()
