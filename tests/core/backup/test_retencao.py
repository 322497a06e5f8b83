"""Which backups stay: 7 days, 4 weeks, 12 months, and none goes that is the last one known to be good."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.backup.chaves import Alerta, alertas
from core.backup.retencao import Copia, is_overdue, to_delete

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)


def nightly(nights: int, *, proved: bool = True) -> list[Copia]:
    """One each night at 03:00 in São Paulo, the newest last night."""
    moments = [NOW - timedelta(days=night) for night in range(nights)]
    return [Copia(f"{moment:%Y-%m-%d}", moment, proved) for moment in moments]


def kept(copias: list[Copia]) -> list[str]:
    gone = {copia.nome for copia in to_delete(copias, SAO_PAULO)}
    return sorted((copia.nome for copia in copias if copia.nome not in gone), reverse=True)


def test_after_two_years_of_nights_seven_days_four_weeks_and_twelve_months_are_left() -> None:
    names = kept(nightly(730))
    assert names[:7] == [f"2026-11-{day}" for day in range(29, 22, -1)]
    # Sundays end the weeks; of each month the last night stays.
    assert names[7:9] == ["2026-11-22", "2026-11-15"]
    assert names[9:] == ["2026-11-08", *_last_nights(11)]


def _last_nights(months: int) -> list[str]:
    found, moment = [], datetime(2026, 11, 1, tzinfo=UTC)
    for _ in range(months):
        moment -= timedelta(days=1)
        found.append(f"{moment:%Y-%m-%d}")
        moment = moment.replace(day=1)
    return found


def test_deciding_night_after_night_leaves_the_same() -> None:
    copias: list[Copia] = []
    for copia in reversed(nightly(400)):
        copias.append(copia)
        gone = {one.nome for one in to_delete(copias, SAO_PAULO)}
        copias = [one for one in copias if one.nome not in gone]
    assert sorted((one.nome for one in copias), reverse=True) == kept(nightly(400))


def test_nothing_goes_while_none_is_proved() -> None:
    assert to_delete(nightly(100, proved=False), SAO_PAULO) == []


def test_what_is_newer_than_the_last_proved_one_stays_and_so_does_that_one() -> None:
    unproved = nightly(60, proved=False)
    old_but_good = Copia("boa", NOW - timedelta(days=61), True)
    assert to_delete([*unproved, old_but_good], SAO_PAULO) == []


def test_of_several_in_a_day_the_proved_one_stays() -> None:
    days = nightly(10)
    good = Copia("manhã", days[3].feita_em - timedelta(hours=2), True)
    bad = Copia(days[3].nome, days[3].feita_em, False)
    names = kept([*days[:3], bad, good, *days[4:]])
    assert "manhã" in names
    assert bad.nome not in names


def test_a_day_without_a_proved_backup_is_an_alarm_two_hours_later() -> None:
    assert not is_overdue([], [], NOW), "an installation that has not begun"
    assert not is_overdue([NOW - timedelta(hours=26)], [NOW - timedelta(hours=26)], NOW)
    assert is_overdue([NOW - timedelta(hours=27)], [NOW - timedelta(hours=27)], NOW)
    assert is_overdue([NOW, NOW - timedelta(hours=27)], [NOW - timedelta(hours=27)], NOW), "made, never proved"
    assert is_overdue([NOW, NOW - timedelta(hours=30)], [], NOW), "none was ever proved"


def test_a_key_on_the_disk_that_is_backed_up_is_warned_of() -> None:
    both = [Alerta.CHAVE_NO_MESMO_DISCO, Alerta.BACKUP_NO_MESMO_DISCO]
    assert alertas(key_disks=[1], backed_up_disk=1, destinatarios=0, store_disk=1) == both
    assert alertas(key_disks=[1], backed_up_disk=1, destinatarios=1, store_disk=None) == []
    assert alertas(key_disks=[1, 2], backed_up_disk=1, destinatarios=0, store_disk=None) == [], "another copy elsewhere"
    assert alertas(key_disks=[], backed_up_disk=1, destinatarios=0, store_disk=None) == [], "from the environment"
    assert alertas(key_disks=[1], backed_up_disk=None, destinatarios=0, store_disk=1) == [], "a database elsewhere"
