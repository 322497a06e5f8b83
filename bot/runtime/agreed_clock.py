"""The time that all processes of a deployment go by: the database's.

A claim of thirty seconds, a card of sixty, a link of sixty: to a machine whose clock is two minutes ahead they are over
when they begin. Between two questions to the database the time passes as it does for whoever cannot set it.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import func, select

from core.time import utc_now
from storage.database import Database

log = structlog.get_logger()

EVERY_SECONDS = 30.0
# What took longer to ask says too little.
_LONGEST_SECONDS = 1.0
# Clocks that are kept right differ by less; and below it time never goes back.
_TOLERANCE = timedelta(seconds=0.5)
# From here on somebody should see to the machine.
WORTH_SAYING = timedelta(seconds=2)


def _passing() -> float:
    """Seconds by the clock that nobody sets, and that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class AgreedClock:
    """The database's time; this machine's own until it was asked."""

    def __init__(self) -> None:
        # The database's POSIX time when nothing had passed yet.
        self._began: float | None = None
        self._said = timedelta()

    def __call__(self) -> datetime:
        if self._began is None:
            return utc_now()
        return datetime.fromtimestamp(self._began + _passing(), UTC)

    async def ask(self, database: Database) -> None:
        """Go by what the database says now, where that is another time."""
        asked = _passing()
        theirs = await time_of(database)
        answered = _passing()
        if answered - asked > _LONGEST_SECONDS and self._began is not None:
            return
        at = theirs + timedelta(seconds=(answered - asked) / 2)
        if self._began is None or abs(at - self()) > _TOLERANCE:
            self._began = at.timestamp() - answered
        ahead = utc_now() - at
        if abs(ahead - self._said) >= WORTH_SAYING:
            self._said = ahead
            log.warning("clock_differs", seconds_ahead_of_the_database=round(ahead.total_seconds(), 1))


async def time_of(database: Database) -> datetime:
    """PostgreSQL's time."""
    async with database.read() as connection:
        now: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return now


@asynccontextmanager
async def agreeing(clock: AgreedClock, database: Database) -> AsyncIterator[None]:
    """In this block the clock is the database's. SQLite has none, and one machine."""
    if database.is_sqlite:
        yield
        return
    await _ask_quietly(clock, database)
    keeper = asyncio.create_task(_keep_asking(clock, database))
    try:
        yield
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)


async def _keep_asking(clock: AgreedClock, database: Database) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await _ask_quietly(clock, database)


async def _ask_quietly(clock: AgreedClock, database: Database) -> None:
    """A database that is away is asked again."""
    try:
        await clock.ask(database)
    except Exception as error:
        log.warning("clock_not_asked", error=repr(error)[:300])
