"""The clock's steps come at their intervals, whatever the system clock says and however a step ends."""

import asyncio
import time
from datetime import UTC, datetime, tzinfo

import pytest
from apscheduler.schedulers import base

from bot import clock
from bot.clock import Ticker


class Steps:
    """A step that counts how often it was taken."""

    def __init__(self) -> None:
        self.taken = 0
        self._more = asyncio.Event()

    async def __call__(self) -> None:
        self.taken += 1
        self._more.set()

    async def twice_more(self) -> None:
        """Wait until it was taken two more times."""
        wanted = self.taken + 2
        async with asyncio.timeout(5):
            while self.taken < wanted:
                await self._more.wait()
                self._more.clear()


@pytest.mark.falha(109)
async def test_a_system_clock_set_back_ten_minutes_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "LOOK_SECONDS", 0.05)
    step, real = Steps(), time.time
    ticker = Ticker([(step, 0.01)])
    ticker.start()
    await step.twice_more()
    for moved in (-600, 600, -86400):
        monkeypatch.setattr(time, "time", lambda moved=moved: real() + moved)
        for module in (base, clock):
            monkeypatch.setattr(module, "datetime", _moved(moved))
        await step.twice_more()
    await ticker.stop()


@pytest.mark.falha(464)
async def test_a_clock_that_leaps_ahead_has_nothing_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a wrong clock everything is old; what cleans waits its whole time by the one that nobody moves."""
    monkeypatch.setattr(clock, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(clock, "RARE_SECONDS", 0.02)
    rare, often, real = Steps(), Steps(), time.time
    ticker = Ticker([(rare, 6 * 3600.0), (often, 0.01)])
    ticker.start()
    await often.twice_more()
    leap = 366 * 86_400
    monkeypatch.setattr(time, "time", lambda: real() + leap)
    for module in (base, clock):
        monkeypatch.setattr(module, "datetime", _moved(leap))
    await often.twice_more()
    await often.twice_more()
    await ticker.stop()
    assert rare.taken == 0

    ticker = Ticker([(rare, 0.04)])
    ticker.start()
    await rare.twice_more()
    await ticker.stop()


def _moved(seconds: float) -> type[datetime]:
    """The system clock as it reads after it was moved."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Moved":
            return cls.fromtimestamp(datetime.now(UTC).timestamp() + seconds, tz)

    return Moved


@pytest.mark.falha(109)
async def test_what_was_missed_is_not_made_up_for_and_a_step_never_runs_beside_itself() -> None:
    released, running, most = asyncio.Event(), 0, 0
    step = Steps()

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await released.wait()
        running -= 1
        await step()

    other = Steps()
    ticker = Ticker([(slow, 0.001), (other, 0.01)])
    ticker.start()
    await other.twice_more()
    assert step.taken == 0
    released.set()
    await step.twice_more()
    assert most == 1
    await ticker.stop()


async def test_a_step_that_fails_comes_again() -> None:
    step = Steps()

    async def fails() -> None:
        await step()
        raise RuntimeError("the database is away")

    ticker = Ticker([(fails, 0.01)])
    ticker.start()
    await step.twice_more()
    await ticker.stop()


@pytest.mark.falha(224)
async def test_a_step_under_way_ends_before_the_clock_has_stopped(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One that ends by itself is not given up; one that does not is, undone in order, and nothing calls it failed."""
    monkeypatch.setattr(clock, "LAST_STEP_SECONDS", 0.05)
    begun, released, ended = [asyncio.Event(), asyncio.Event()], asyncio.Event(), []

    async def short() -> None:
        begun[0].set()
        await released.wait()
        ended.append("short")

    async def endless() -> None:
        begun[1].set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("undone")

    ticker = Ticker([(short, 0.001), (endless, 0.001)])
    ticker.start()
    await asyncio.gather(*(one.wait() for one in begun))
    stopping = asyncio.ensure_future(ticker.stop())
    released.set()
    await stopping
    assert {"short", "undone"} <= set(ended)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
