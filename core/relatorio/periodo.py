"""The days that a report is about: a month, a week, a day, however it is said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.palavras import folded
from core.relatorio.pedido import mes_of
from core.testemunha.meses import Mes

MOST_DAYS = 366
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_LAST = re.compile(r"(?:nos )?ultimos (\d{1,3}) dias")
_FROM_TO = re.compile(r"(?:de )?(\d{1,2}/\d{1,2}(?:/\d{2,4})?) (?:a|ate) (\d{1,2}/\d{1,2}(?:/\d{2,4})?)")
_WEEK = {"semana": 0, "esta semana": 0, "essa semana": 0, "semana passada": -1, "semana anterior": -1}
_DAYS = {"hoje": 0, "ontem": -1, "anteontem": -2}


@dataclass(frozen=True, slots=True)
class Periodo:
    """Days of the business zone, the last one included."""

    de: date
    ate: date

    @classmethod
    def of_month(cls, mes: Mes) -> "Periodo":
        return cls(mes.primeiro_dia, mes.plus(1).primeiro_dia - timedelta(days=1))

    @classmethod
    def of_week(cls, day: date) -> "Periodo":
        """Monday to Sunday around it."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6))

    @property
    def dias(self) -> list[date]:
        return [self.de + timedelta(days=n) for n in range((self.ate - self.de).days + 1)]

    def moments(self, zone: ZoneInfo) -> Iterator[tuple[date, datetime, datetime]]:
        """Each day with its first moment and that of the day after: 23, 24 or 25 hours apart."""
        for day in self.dias:
            yield day, _midnight(day, zone), _midnight(day + timedelta(days=1), zone)

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first moment, and the first one after it."""
        return _midnight(self.de, zone), _midnight(self.ate + timedelta(days=1), zone)

    def __str__(self) -> str:
        """`11/2026`, `29/11/2026`, `23/11/2026 a 29/11/2026`; the same in every language."""
        if self == Periodo.of_month(Mes.of_date(self.de)):
            return str(Mes.of_date(self.de))
        if self.de == self.ate:
            return f"{self.de:%d/%m/%Y}"
        return f"{self.de:%d/%m/%Y} – {self.ate:%d/%m/%Y}"


def periodo_of(text: str, hoje: date) -> Periodo | None:
    """ "11/2026", "outubro", "ontem", "semana passada", "5/11", "1/11 a 15/11", "últimos 7 dias"; the month for "".

    A day without a year is the newest of that name that has been. None for what is not understood.
    """
    said = " ".join(re.sub(r"^(?:d[aeo]s?|em|n[ao])\s+", "", folded(text).strip()).split())
    if not said:
        return Periodo.of_month(Mes.of_date(hoje))
    if said in _DAYS:
        day = hoje + timedelta(days=_DAYS[said])
        return Periodo(day, day)
    if said in _WEEK:
        return Periodo.of_week(hoje + timedelta(weeks=_WEEK[said]))
    if found := _LAST.fullmatch(said):
        count = int(found[1])
        return Periodo(hoje - timedelta(days=count - 1), hoje) if 1 <= count <= MOST_DAYS else None
    if found := _FROM_TO.fullmatch(said):
        return _between(_day_of(found[1], hoje), _day_of(found[2], hoje))
    if (mes := mes_of(said, hoje)) is not None:
        return Periodo.of_month(mes) if mes.ano <= 9998 else None
    day_said = _day_of(said, hoje)
    return None if day_said is None else Periodo(day_said, day_said)


def _between(de: date | None, ate: date | None) -> Periodo | None:
    if de is None or ate is None or not 0 <= (ate - de).days < MOST_DAYS:
        return None
    return Periodo(de, ate)


def _day_of(said: str, hoje: date) -> date | None:
    found = _DAY.fullmatch(said)
    if found is None:
        return None
    day, month = int(found[1]), int(found[2])
    try:
        if found[3]:
            return date(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, day)
        this = date(hoje.year, month, day)
        return this if this <= hoje else date(hoje.year - 1, month, day)
    except ValueError:
        return None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
