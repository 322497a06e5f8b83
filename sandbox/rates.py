"""How fast a provider takes messages: an allowance for each key that refills with time."""

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """So many a second in the long run, and `burst` at once."""

    per_second: float
    burst: int


class Allowances:
    """What is left of one rate for each key (a person, or the whole account)."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, key: str = "") -> int:
        """Use up one; 0, or when none is left the whole seconds until there is one again."""
        now = self._clock()
        left, when = self._left.get(key, (float(self._rate.burst), now))
        left = min(float(self._rate.burst), left + (now - when) * self._rate.per_second)
        if left < 1:
            self._left[key] = left, now
            return max(1, math.ceil((1 - left) / self._rate.per_second))
        self._left[key] = left - 1, now
        return 0
