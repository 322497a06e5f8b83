"""Keeping to the channels' limits before they have to tell us. One process keeps them for itself: with several,
the provider's own answer (429, 130429, 131056) does the rest, and is obeyed to the second."""

import asyncio
from collections import OrderedDict

from core.delivery_errors import Throttled
from storage.transaction import Call

_REMEMBERED = 10_000
# A longer wait is spent in the table: a call is ours for a while only.
_LONGEST_SLEEP = 5.0


class Pace:
    """At most `rate` a second, `burst` of them at once, in order of arrival."""

    __slots__ = ("_ahead", "_free_at", "_interval")

    def __init__(self, rate: float, burst: int) -> None:
        self._interval = 1.0 / rate
        self._ahead = self._interval * (burst - 1)
        self._free_at = 0.0

    def take(self) -> float:
        """Take the next turn; how many seconds from now it is. Raises `Throttled`, and takes none, when it is far."""
        now = asyncio.get_running_loop().time()
        start = max(self._free_at, now - self._ahead)
        if start - now > _LONGEST_SLEEP:
            raise Throttled("our own limit", "pace", start - now)
        self._free_at = start + self._interval
        return max(0.0, start - now)


class Paces:
    """One pace per chat; those not used for longest are forgotten."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._paces: OrderedDict[str, Pace] = OrderedDict()

    def take(self, key: str) -> float:
        """`Pace.take` of this key."""
        pace = self._paces.get(key)
        if pace is None:
            pace = self._paces[key] = Pace(self._rate, self._burst)
            if len(self._paces) > _REMEMBERED:
                self._paces.popitem(last=False)
        else:
            self._paces.move_to_end(key)
        return pace.take()


def still_ours(call: Call) -> None:
    """After a wait, and as the last thing before a call is made: nobody else may have it. Raises `Throttled`."""
    if not call.is_ours:
        raise Throttled("its time with this process is over", "claim", 0.5)
