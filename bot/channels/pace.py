"""Keeping to the channels' limits before they have to tell us (shared by the senders of one process)."""

import asyncio
from collections import OrderedDict

_REMEMBERED = 10_000


class Pace:
    """At most `rate` a second, `burst` of them at once; each `wait` takes one turn, in order of arrival."""

    def __init__(self, rate: float, burst: int) -> None:
        self._interval = 1.0 / rate
        self._ahead = self._interval * (burst - 1)
        self._free_at = 0.0

    def delay(self) -> float:
        """Take the next turn; how many seconds from now it is."""
        now = asyncio.get_running_loop().time()
        start = max(self._free_at, now - self._ahead)
        self._free_at = start + self._interval
        return max(0.0, start - now)


class Paces:
    """One pace per chat; those not used for longest are forgotten."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._paces: OrderedDict[str, Pace] = OrderedDict()

    def delay(self, key: str) -> float:
        """Take the next turn of this key; how many seconds from now it is."""
        pace = self._paces.get(key)
        if pace is None:
            pace = self._paces[key] = Pace(self._rate, self._burst)
            if len(self._paces) > _REMEMBERED:
                self._paces.popitem(last=False)
        else:
            self._paces.move_to_end(key)
        return pace.delay()
