"""The time, passed in: tests and the sandbox move it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


class MovableClock:
    """The real time, and as much ahead of it as it was moved."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead

    def move(self, **by: float) -> None:
        """Move it by what `timedelta` takes: `minutes=31`."""
        self.ahead += timedelta(**by)
