"""Machines whose clocks differ: every process goes by the database's (467)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.commands.programs import wired
from bot.doctor.engines import check_database
from bot.runtime import agreed_clock
from bot.runtime.agreed_clock import AgreedClock, agreeing, time_of
from bot.settings import Settings
from storage.database import Database
from storage.engines.s3 import EmbeddedS3
from tests.support.service import settings_for

NEAR = timedelta(seconds=5)


def wrong_by(**span: float) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + timedelta(**span)


@pytest.mark.falha(467)
@pytest.mark.parametrize("span", [{"minutes": 2}, {"hours": -1}])
async def test_a_process_on_a_machine_with_a_wrong_clock_goes_by_the_databases(
    postgresql_url: str,
    clean_redis_url: str,
    s3: EmbeddedS3,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    span: dict[str, float],
) -> None:
    """Else what another one has claimed for thirty seconds is free to it at once, and is said twice."""
    monkeypatch.setattr(agreed_clock, "utc_now", wrong_by(**span))
    settings = Settings(_env_file=None, **settings_for(postgresql_url, clean_redis_url, s3, tmp_path))  # type: ignore[call-arg]
    with capture_logs() as logs:
        async with wired(settings) as wiring:
            assert abs(wiring.clock() - await time_of(wiring.database)) < NEAR
            assert abs(wiring.turns.now() - await time_of(wiring.database)) < NEAR
    (said,) = [line for line in logs if line["event"] == "clock_differs"]
    assert abs(timedelta(seconds=said["seconds_ahead_of_the_database"]) - timedelta(**span)) < NEAR


@pytest.mark.falha(467)
async def test_a_clock_that_is_set_meanwhile_changes_nothing(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, clock = Database(postgresql_url), AgreedClock()
    try:
        async with agreeing(clock, database):
            before = clock()
            monkeypatch.setattr(agreed_clock, "utc_now", wrong_by(hours=-1))
            assert timedelta() <= clock() - before < NEAR
            await clock.ask(database)
            assert timedelta() <= clock() - before < NEAR
    finally:
        await database.close()


@pytest.mark.falha(467)
async def test_doctor_says_by_how_much(postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(_env_file=None, DATABASE_URL=postgresql_url, DATA_DIR=str(tmp_path))  # type: ignore[call-arg]
    assert "relógio" not in await check_database(settings)
    monkeypatch.setattr("bot.doctor.engines.utc_now", wrong_by(minutes=2))
    assert "o relógio desta máquina está 120 s adiantado" in await check_database(settings)


async def test_of_a_sqlite_there_is_one_machine_and_its_clock(sqlite_url: str) -> None:
    database, clock = Database(sqlite_url), AgreedClock()
    try:
        async with agreeing(clock, database):
            assert abs(clock() - datetime.now(UTC)) < NEAR
    finally:
        await database.close()
