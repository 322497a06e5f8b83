"""When schedules run: cron as cron means it, in the business zone, each instant once, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from core.agendamento.cron import InvalidCron, check_cron, due_between, next_runs
from core.agendamento.espalhar import offset_seconds, rehearse

ZONE = ZoneInfo("America/Sao_Paulo")


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[misc, arg-type]


def runs(expr: str, after: datetime, count: int) -> list[str]:
    return [f"{run.astimezone(ZONE):%a %d/%m %H:%M}" for run in next_runs(expr, after, ZONE, count)]


def test_one_to_five_is_monday_to_friday() -> None:
    assert [run[:3] for run in runs("0 8 * * 1-5", local(2026, 11, 29), 6)] == [
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Mon",
    ]


@pytest.mark.parametrize("sunday", ["0", "7", "SUN"])
def test_zero_and_seven_are_sunday(sunday: str) -> None:
    assert runs(f"0 8 * * {sunday}", local(2026, 11, 30), 1) == ["Sun 06/12 08:00"]


def test_the_last_day_of_the_month() -> None:
    assert runs("0 18 L * *", local(2027, 1, 31, 19), 1) == ["Sun 28/02 18:00"]


@pytest.mark.falha(441)
@pytest.mark.parametrize(
    ("expr", "kept"),
    [
        ("@hourly", "0 * * * *"),
        ("@daily", "0 0 * * *"),
        (" @Midnight ", "0 0 * * *"),
        ("@weekly", "0 0 * * 0"),
        ("@monthly", "0 0 1 * *"),
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
    ],
)
def test_what_crontab_calls_by_name_is_kept_as_what_it_means(expr: str, kept: str) -> None:
    assert check_cron(expr) == kept


@pytest.mark.falha(451)
@pytest.mark.parametrize(
    ("expr", "campo"), [("*/90 * * * *", "minuto"), ("0 */36 * * *", "hora"), ("0 8 */45 * *", "dia")]
)
def test_a_step_that_no_clock_takes_is_refused_with_its_field(expr: str, campo: str) -> None:
    with pytest.raises(InvalidCron) as refused:
        check_cron(expr)
    assert refused.value.campo == campo


@pytest.mark.falha(441)
@pytest.mark.parametrize("expr", ["@reboot", "@", "@daily 8", "@every 5m"])
def test_what_is_no_moment_is_refused(expr: str) -> None:
    with pytest.raises(InvalidCron):
        check_cron(expr)


@pytest.mark.parametrize(("expr", "campo"), [("0 0 31 2 *", "dia"), ("0 25 * * *", "hora"), ("61 0 * * *", "minuto")])
def test_what_can_never_run_is_refused_with_the_field(expr: str, campo: str) -> None:
    with pytest.raises(InvalidCron) as refused:
        check_cron(expr)
    assert refused.value.campo == campo


class TestNightsInWhichTheClocksChange:
    def test_a_midnight_that_does_not_exist_runs_at_one(self) -> None:
        assert runs("0 0 * * *", local(2018, 11, 3, 12), 2) == ["Sun 04/11 01:00", "Mon 05/11 00:00"]

    def test_an_hour_that_comes_twice_runs_once(self) -> None:
        assert runs("30 23 * * *", local(2019, 2, 16, 12), 2) == ["Sat 16/02 23:30", "Sun 17/02 23:30"]

    @pytest.mark.parametrize("expr", ["0 0 * * *", "30 23 * * *", "0 8 * * 1-5"])
    def test_a_clock_moved_over_two_years_sees_each_instant_once(self, expr: str) -> None:
        after, now, seen = local(2018, 3, 1), local(2018, 3, 1), []
        changes = [local(2018, 11, 4, 12), local(2019, 2, 17, 12)]
        while now < local(2020, 3, 1):
            # Each hour of the weeks in which the clocks change, and each hour of a day some time in any other week.
            is_near = any(abs(now - change) < timedelta(days=4) for change in changes)
            now = (now.astimezone(UTC) + timedelta(hours=1 if is_near else 7)).astimezone(ZONE)
            if (due := due_between(expr, after, now, ZONE)) is not None:
                assert due.skipped == 0
                seen.append(due.devido_em)
                after = due.devido_em
        assert seen == next_runs(expr, local(2018, 3, 1), ZONE, len(seen))
        assert len(set(seen)) == len(seen) > 500


def test_a_missed_run_is_made_up_once_for_all_that_were_missed() -> None:
    due = due_between("0 8 * * *", local(2026, 11, 26, 8), local(2026, 11, 29, 11), ZONE)
    assert due is not None
    assert (due.devido_em, due.late, due.skipped, due.is_lost) == (local(2026, 11, 29, 8), timedelta(hours=3), 2, False)


def test_one_older_than_a_week_is_lost() -> None:
    due = due_between("0 8 1 * *", local(2026, 10, 1, 8), local(2026, 11, 9), ZONE)
    assert due is not None
    assert due.is_lost


class TestSpreading:
    CLIENTES = tuple(UUID(int=number) for number in range(300))

    def test_a_client_keeps_its_place_in_the_window(self) -> None:
        window = timedelta(minutes=70)
        places = [offset_seconds(one, window) for one in self.CLIENTES]
        assert places == [offset_seconds(one, window) for one in self.CLIENTES]
        assert all(0 <= place < 4200 for place in places)
        assert len(set(places)) > 250

    def test_the_rehearsal_says_when_the_last_one_begins(self) -> None:
        start = local(2026, 11, 30, 8)
        each = timedelta(minutes=1)
        ensaio = rehearse(self.CLIENTES, 14, start, timedelta(minutes=10), at_once=3, each=each)
        assert (ensaio.total, ensaio.ja_baixadas) == (300, 14)
        assert ensaio.ultimo_em is not None
        # Three at once, a minute each: a hundred rounds, longer than the window.
        assert timedelta(minutes=98) < ensaio.ultimo_em - start < timedelta(minutes=110)
