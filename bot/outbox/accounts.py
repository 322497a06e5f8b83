"""Which channels' accounts are at fault, as far as this process knows; told to the administrators, once."""

import time
from dataclasses import dataclass

from bot.turn import Turns
from core.contas import note_fault, note_recovery

FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0
# So often it is looked up whether another process has told of a fault that is over by now.
_LOOK_AGAIN = 60.0


@dataclass(slots=True)
class _Fault:
    until: float
    wait: float


class Accounts:
    """While an account is at fault its calls wait together; from time to time one is tried."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._faults: dict[str, _Fault] = {}
        self._worked: dict[str, float] = {}
        self._looked: dict[str, float] = {}

    def waits(self, target: str) -> float:
        """How many seconds calls to this target still have to wait; 0 when they need not."""
        fault = self._faults.get(target)
        return 0.0 if fault is None else max(0.0, fault.until - time.monotonic())

    def worked_at(self, target: str) -> float:
        """When a call to this target last worked, by the monotonic clock; 0 for never."""
        return self._worked.get(target, 0.0)

    async def fault(self, target: str, code: str) -> float:
        """A call showed that the account is at fault: how many seconds to wait before the next one is tried."""
        known = self._faults.get(target)
        if known is None:
            await self._turns.run(lambda tx: note_fault(tx, target, code))
        elif known.until > time.monotonic():
            # Another lane's call, made at the same time.
            return known.until - time.monotonic()
        wait = FIRST_WAIT if known is None else min(known.wait * 2, LONGEST_WAIT)
        self._faults[target] = _Fault(time.monotonic() + wait, wait)
        return wait

    async def works(self, target: str) -> None:
        """A call was made: whoever was told of a fault is told that it is over."""
        now = time.monotonic()
        self._worked[target] = now
        if self._faults.pop(target, None) is None and now - self._looked.get(target, -_LOOK_AGAIN) < _LOOK_AGAIN:
            return
        self._looked[target] = now
        await self._turns.keep(lambda tx: note_recovery(tx, target))
