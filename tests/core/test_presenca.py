"""The rules of presence: what somebody is, when they come back, and for how long they were what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from core.presenca.horarios import return_time
from core.presenca.presenca import (
    Estado,
    PresenceLimits,
    effective,
    is_available,
    is_inactive,
    minutes_in_status,
    should_be_asked,
)
from core.presenca.relatorio import first_moment, time_per_state
from storage.presenca.presenca import Mudanca, Presenca
from storage.presenca.sinais import Signs
from storage.presenca.status import StatusPresenca, Via

ZONE = ZoneInfo("America/Sao_Paulo")
LIMITS = PresenceLimits(heartbeat=timedelta(minutes=2), silencio=timedelta(hours=2), espera=timedelta(minutes=10))
NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
QUEM = UUID(int=7)


def ago(**how: float) -> datetime:
    return NOW - timedelta(**how)


def chosen(status: StatusPresenca, via: Via, **more: object) -> Presenca:
    """Chosen an hour ago, and told to the others then."""
    presenca = Presenca(
        usuario_id=QUEM,
        status=status,
        status_message="em reunião" if status is StatusPresenca.BUSY else None,
        via=via,
        returns_at=None,
        asked_at=None,
        last_heartbeat=None,
        announced=status,
        status_changed_at=ago(hours=1),
    )
    return replace(presenca, **more)  # type: ignore[arg-type]


def gone_20_minutes_ago(status: StatusPresenca, via: Via, **more: object) -> Presenca:
    """The others were told that they are offline, or something else."""
    return chosen(status, via, **{"announced": StatusPresenca.OFFLINE, "status_changed_at": ago(minutes=20), **more})


ONLINE, BUSY, AWAY, OFFLINE = StatusPresenca.ONLINE, StatusPresenca.BUSY, StatusPresenca.AWAY, StatusPresenca.OFFLINE
HOUR_AGO = ago(hours=1)


@pytest.mark.parametrize(
    ("presenca", "signs", "status", "since", "message"),
    [
        # Chosen in an app: heartbeats keep it.
        (chosen(ONLINE, Via.API), Signs(heartbeat=ago(seconds=30)), ONLINE, HOUR_AGO, ""),
        (chosen(ONLINE, Via.API), Signs(heartbeat=ago(seconds=120)), ONLINE, HOUR_AGO, ""),
        (chosen(ONLINE, Via.API), Signs(heartbeat=ago(seconds=121)), OFFLINE, ago(seconds=1), ""),
        (chosen(BUSY, Via.API), Signs(heartbeat=ago(minutes=5)), OFFLINE, ago(minutes=3), ""),
        (chosen(BUSY, Via.API), Signs(heartbeat=ago(seconds=5)), BUSY, HOUR_AGO, "em reunião"),
        (chosen(AWAY, Via.API), Signs(heartbeat=ago(minutes=5)), OFFLINE, ago(minutes=3), ""),
        # What they say in chat is no heartbeat of the app.
        (chosen(ONLINE, Via.API), Signs(heartbeat=ago(minutes=5), chat=NOW), OFFLINE, ago(minutes=3), ""),
        # Once told, the moment that was told stays.
        (gone_20_minutes_ago(ONLINE, Via.API), Signs(), OFFLINE, ago(minutes=20), ""),
        # Redis has lost the heartbeats: nobody knows since when.
        (chosen(ONLINE, Via.API), Signs(), OFFLINE, NOW, ""),
        # The app is back: what was chosen holds again, from then on.
        (gone_20_minutes_ago(ONLINE, Via.API), Signs(heartbeat=ago(seconds=3)), ONLINE, ago(seconds=3), ""),
        (gone_20_minutes_ago(BUSY, Via.API), Signs(heartbeat=NOW), BUSY, NOW, "em reunião"),
        (chosen(OFFLINE, Via.API), Signs(heartbeat=NOW), OFFLINE, HOUR_AGO, ""),
        # Chosen in chat: nobody owes a heartbeat, nor is silence alone an absence.
        (chosen(ONLINE, Via.CHAT), Signs(), ONLINE, HOUR_AGO, ""),
        (chosen(ONLINE, Via.CHAT), Signs(chat=ago(days=3)), ONLINE, HOUR_AGO, ""),
        (chosen(BUSY, Via.CHAT), Signs(heartbeat=ago(days=3)), BUSY, HOUR_AGO, "em reunião"),
        # Asked, and not answered yet; then not answered in time.
        (chosen(ONLINE, Via.CHAT, asked_at=ago(minutes=9)), Signs(), ONLINE, HOUR_AGO, ""),
        (chosen(ONLINE, Via.CHAT, asked_at=ago(minutes=12)), Signs(), AWAY, ago(minutes=2), ""),
        (chosen(BUSY, Via.CHAT, asked_at=ago(minutes=12)), Signs(chat=ago(hours=3)), AWAY, ago(minutes=2), ""),
        # Any sign after the question answers it, even late.
        (chosen(ONLINE, Via.CHAT, asked_at=ago(minutes=12)), Signs(chat=ago(minutes=11)), ONLINE, HOUR_AGO, ""),
        (chosen(ONLINE, Via.CHAT, asked_at=ago(minutes=12)), Signs(chat=NOW), ONLINE, HOUR_AGO, ""),
        (
            gone_20_minutes_ago(ONLINE, Via.CHAT, announced=AWAY, asked_at=ago(minutes=30)),
            Signs(chat=ago(minutes=4)),
            ONLINE,
            ago(minutes=4),
            "",
        ),
        (chosen(OFFLINE, Via.CHAT, asked_at=ago(minutes=12)), Signs(), OFFLINE, HOUR_AGO, ""),
        # The named time has come, whether or not the clock has seen it.
        (chosen(BUSY, Via.CHAT, returns_at=ago(minutes=1)), Signs(), ONLINE, ago(minutes=1), ""),
        (chosen(BUSY, Via.CHAT, returns_at=NOW + timedelta(seconds=1)), Signs(), BUSY, HOUR_AGO, "em reunião"),
        (chosen(BUSY, Via.API, returns_at=ago(minutes=1)), Signs(heartbeat=NOW), ONLINE, ago(minutes=1), ""),
        # … to somebody who is not there.
        (
            chosen(BUSY, Via.API, returns_at=ago(minutes=1)),
            Signs(heartbeat=ago(minutes=50)),
            OFFLINE,
            ago(minutes=48),
            "",
        ),
        (gone_20_minutes_ago(BUSY, Via.API, returns_at=ago(minutes=9)), Signs(heartbeat=NOW), ONLINE, NOW, ""),
        # Times never go back, whatever a sign says.
        (chosen(ONLINE, Via.API), Signs(heartbeat=ago(hours=9)), OFFLINE, HOUR_AGO, ""),
        # Redis is away: what was last told holds.
        (chosen(ONLINE, Via.API), None, ONLINE, HOUR_AGO, ""),
        (chosen(BUSY, Via.API), None, BUSY, HOUR_AGO, "em reunião"),
        (gone_20_minutes_ago(BUSY, Via.API), None, OFFLINE, ago(minutes=20), ""),
    ],
)
def test_what_somebody_is_by_what_they_chose_and_whether_they_are_reachable(
    presenca: Presenca, signs: Signs | None, status: StatusPresenca, since: datetime, message: str
) -> None:
    assert effective(presenca, signs, NOW, LIMITS) == Estado(status, since, message)


@pytest.mark.parametrize(("status", "available"), [(ONLINE, True), (BUSY, False), (AWAY, False), (OFFLINE, False)])
def test_only_who_is_online_is_available(status: StatusPresenca, available: bool) -> None:
    assert is_available(status) is available


@pytest.mark.parametrize(
    ("heartbeat", "inactive"),
    [(None, True), (ago(seconds=121), True), (ago(seconds=120), False), (NOW, False), (ago(days=2), True)],
)
def test_inactive_is_without_heartbeat_for_more_than_two_minutes(heartbeat: datetime | None, inactive: bool) -> None:
    assert is_inactive(heartbeat, NOW, LIMITS) is inactive


@pytest.mark.parametrize(
    ("since", "minutes"),
    [(NOW, 0), (ago(seconds=59), 0), (ago(seconds=60), 1), (ago(hours=26), 1560), (NOW + timedelta(minutes=1), 0)],
)
def test_the_time_in_a_state_is_in_whole_minutes(since: datetime, minutes: int) -> None:
    assert minutes_in_status(Estado(ONLINE, since), NOW) == minutes


@pytest.mark.parametrize(
    ("presenca", "asked"),
    [
        (chosen(ONLINE, Via.CHAT), True),
        (chosen(BUSY, Via.CHAT), True),
        (chosen(AWAY, Via.CHAT), False),
        (chosen(OFFLINE, Via.CHAT), False),
        (chosen(ONLINE, Via.API), False),
        (chosen(BUSY, Via.CHAT, returns_at=NOW), False),
        (chosen(ONLINE, Via.CHAT, asked_at=NOW), False),
    ],
)
def test_who_is_asked_whether_they_are_still_there(presenca: Presenca, asked: bool) -> None:
    assert should_be_asked(presenca) is asked


# Monday 2 March 2026, 14:10 in São Paulo.
AT_1410 = datetime(2026, 3, 2, 17, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("message", "comes_back"),
    [
        ("em reunião até 15h", "02 15:00"),
        ("Em Reunião ATÉ AS 15:30", "02 15:30"),
        ("até às 15h30", "02 15:30"),
        ("ate 15", "02 15:00"),
        ("até 15h, depois volto", "02 15:00"),
        ("até as 15 horas", "02 15:00"),
        ("até 15 horas e meia", "02 15:30"),
        ("ate as 15 e meia", "02 15:30"),
        ("volto 15 e 45", "02 15:45"),
        ("até as 15 e 20 clientes depois", "02 15:00"),
        ("até 3 da tarde", "02 15:00"),
        ("até 8 da noite", "02 20:00"),
        ("até 9h", "03 09:00"),
        ("até 14:10", "03 14:10"),
        ("até 14:11", "02 14:11"),
        ("até meio-dia", "03 12:00"),
        ("até meia noite", "03 00:00"),
        ("até 24h", "03 00:00"),
        ("volto às 16h", "02 16:00"),
        ("almoço, volto 15h", "02 15:00"),
        ("de volta às 17:05", "02 17:05"),
        ("reunião das 14h às 15h", "02 15:00"),
        ("por 30 min", "02 14:40"),
        ("por 30min", "02 14:40"),
        ("por 2 horas", "02 16:10"),
        ("por 1h30", "02 15:40"),
        ("por uma hora e meia", "02 15:40"),
        ("por meia hora", "02 14:40"),
        ("volto em 10 minutos", "02 14:20"),
        ("volto daqui a uns 15 minutos", "02 14:25"),
        ("até 15 min", "02 14:25"),
        ("por até 20 minutos", "02 14:30"),
        ("em duas horas", "02 16:10"),
        ("", None),
        ("almoço", None),
        ("15h", None),
        ("já volto", None),
        ("até amanhã", None),
        ("até 15/10", None),
        ("até 15 dias", None),
        ("até 15 clientes", None),
        ("até 25h", None),
        ("até 15:60", None),
        ("até R$ 15,50", None),
        ("em 2 reuniões", None),
        ("por 0 min", None),
        ("bateria até 15.5", None),
        ("debate 15h", None),
    ],
)
def test_a_time_in_the_message_says_when_somebody_comes_back(message: str, comes_back: str | None) -> None:
    at = return_time(message, AT_1410, ZONE)
    assert (at and at.astimezone(ZONE).strftime("%d %H:%M")) == comes_back


def test_a_time_of_day_is_the_business_zones_and_the_moment_is_utc() -> None:
    at = return_time("até 15h", AT_1410, ZONE)
    assert at == datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
    assert at.tzinfo is UTC


def test_on_a_night_that_changes_the_clock_how_long_is_how_long_and_a_time_of_day_is_that_time() -> None:
    """In New York 2:00 became 3:00 on 8 March 2026."""
    new_york = ZoneInfo("America/New_York")
    at_0130 = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)
    assert return_time("por 2 horas", at_0130, new_york) == datetime(2026, 3, 8, 8, 30, tzinfo=UTC)
    assert return_time("até 9h", at_0130, new_york) == datetime(2026, 3, 8, 13, 0, tzinfo=UTC)


class TestTimePerStatePerDay:
    def test_each_state_lasts_until_the_next_one_and_days_end_at_local_midnight(self) -> None:
        noon, night = datetime(2026, 3, 1, 15, 0, tzinfo=UTC), datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
        (report,) = time_per_state(
            [
                Mudanca(QUEM, "Davi", ONLINE, noon),
                Mudanca(QUEM, "Davi", BUSY, noon + timedelta(hours=1)),
                Mudanca(QUEM, "Davi", OFFLINE, noon + timedelta(hours=3)),
                Mudanca(QUEM, "Davi", ONLINE, night),
            ],
            night + timedelta(hours=3),
            ZONE,
        )
        assert report.days == {
            date(2026, 3, 1): {ONLINE: timedelta(hours=2), BUSY: timedelta(hours=2)},
            date(2026, 3, 2): {ONLINE: timedelta(hours=2)},
        }
        assert report.total(ONLINE) == timedelta(hours=4)
        assert report.present == timedelta(hours=6)

    def test_people_are_kept_apart_and_who_was_never_here_is_left_out(self) -> None:
        others = [UUID(int=8), UUID(int=9)]
        reports = time_per_state(
            [
                Mudanca(QUEM, "Davi", AWAY, ago(hours=1)),
                Mudanca(others[0], "Elisa", OFFLINE, ago(hours=1)),
                Mudanca(others[1], "Fábio", ONLINE, ago(hours=2)),
                Mudanca(others[1], "Fábio", OFFLINE, ago(hours=1)),
            ],
            NOW,
            ZONE,
        )
        assert [(report.nome, report.present) for report in reports] == [
            ("Davi", timedelta(hours=1)),
            ("Fábio", timedelta(hours=1)),
        ]

    def test_a_message_changed_within_a_state_does_not_end_it(self) -> None:
        changes = [Mudanca(QUEM, "Davi", BUSY, ago(hours=2)), Mudanca(QUEM, "Davi", BUSY, ago(hours=1))]
        (report,) = time_per_state(changes, NOW, ZONE)
        assert report.total(BUSY) == timedelta(hours=2)

    def test_seven_days_begin_at_local_midnight(self) -> None:
        just_before_midnight = datetime(2026, 3, 3, 2, 59, tzinfo=UTC)
        assert first_moment(just_before_midnight, ZONE) == datetime(2026, 2, 24, 3, 0, tzinfo=UTC)
