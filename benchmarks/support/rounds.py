"""Rounds that are taken in turns, so that whatever disturbs the machine disturbs all of them alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(slots=True)
class Rounds:
    """How many were done a second, and ms of CPU each, round by round."""

    per_second: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """A second, of the round in the middle."""
        return median(self.per_second)

    @property
    def cost(self) -> float:
        """ms of CPU each, of the round in the middle."""
        return median(self.cpu_ms)

    @property
    def cells(self) -> str:
        """Of a table in Markdown: the rate, its lowest and highest round, the cost."""
        return f"{self.rate:,.0f} | {min(self.per_second):,.0f} – {max(self.per_second):,.0f} | {self.cost:.2f}"


def times(ours: Sequence[float], beside: Sequence[float]) -> float:
    """The middle of the quotients of each round, and not the quotient of two middles."""
    return median(one / other for one, other in zip(ours, beside, strict=True))
