"""Which backups are kept: 7 days, 4 weeks, 12 months; and nothing goes before a newer one was proved."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAILY = 7
WEEKLY = 4
MONTHLY = 12

ALARM_AFTER = timedelta(hours=26)
"""Without a proved backup for longer than this somebody is told: a night has been missed, with two hours' grace."""


@dataclass(frozen=True, slots=True)
class Copia:
    """One backup in the store. `provada`: it was restored into a scratch database, and everything was there."""

    nome: str
    feita_em: datetime
    provada: bool


def to_delete(copias: Iterable[Copia], zone: ZoneInfo) -> list[Copia]:
    """Those that no period keeps, oldest first, and of which a newer one was proved.

    A period (a day, a week, a month of the business time zone) keeps its newest proved one, or its newest where none
    was. What is newer than the last proved one always stays.
    """
    newest_first = sorted(copias, key=lambda copia: copia.feita_em, reverse=True)
    proved = next((copia for copia in newest_first if copia.provada), None)
    if proved is None:
        return []
    kept = {
        copia.nome
        for count, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month))
        for copia in _kept(newest_first, count, period, zone)
    }
    old = [copia for copia in newest_first if copia.nome not in kept and copia.feita_em < proved.feita_em]
    return old[::-1]


def _kept(
    newest_first: Sequence[Copia], count: int, period: Callable[[datetime], Hashable], zone: ZoneInfo
) -> list[Copia]:
    """One for each of the newest `count` periods that have any."""
    chosen: dict[Hashable, Copia] = {}
    for copia in newest_first:
        name = period(copia.feita_em.astimezone(zone))
        if name not in chosen and len(chosen) == count:
            break
        best = chosen.setdefault(name, copia)
        if copia.provada and not best.provada:
            chosen[name] = copia
    return list(chosen.values())


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month


def is_overdue(made: Sequence[datetime], proved: Sequence[datetime], now: datetime) -> bool:
    """Whether there is none, among those made and those proved, that was proved and is young enough.

    Of an installation that has not begun to make any, nothing is said here.
    """
    begun = min(made, default=now)
    return now - max(proved, default=begun) > ALARM_AFTER
