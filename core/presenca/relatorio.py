"""How long each attendant was what, day by day in the business time zone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from storage.presenca.presenca import Mudanca
from storage.presenca.status import StatusPresenca

DAYS = 7

# Offline is what is left of the day.
REPORTED = (StatusPresenca.ONLINE, StatusPresenca.BUSY, StatusPresenca.AWAY)


@dataclass(slots=True)
class TempoPorEstado:
    """One person's time in each state, per day; days without any are left out."""

    nome: str
    days: dict[date, dict[StatusPresenca, timedelta]] = field(default_factory=dict)

    def total(self, status: StatusPresenca) -> timedelta:
        return sum((day.get(status, timedelta()) for day in self.days.values()), timedelta())

    @property
    def present(self) -> timedelta:
        return sum(map(self.total, REPORTED), timedelta())


def first_moment(now: datetime, zone: ZoneInfo, days: int = DAYS) -> datetime:
    """Midnight at the beginning of the first of the last so many days, today included."""
    first = now.astimezone(zone).date() - timedelta(days=days - 1)
    return datetime.combine(first, time(), zone).astimezone(now.tzinfo)


def time_per_state(mudancas: Sequence[Mudanca], now: datetime, zone: ZoneInfo) -> list[TempoPorEstado]:
    """From changes, by person and oldest first, to times; what somebody is now lasts until `now`."""
    reports = []
    for _, of_person in groupby(mudancas, key=lambda mudanca: mudanca.usuario_id):
        changes = list(of_person)
        report = TempoPorEstado(changes[0].nome)
        ends = [later.quando for _, later in pairwise(changes)] + [now]
        for change, end in zip(changes, ends, strict=True):
            _add(report, StatusPresenca(change.status), change.quando, end, zone)
        if report.present:
            reports.append(report)
    return reports


def _add(report: TempoPorEstado, status: StatusPresenca, begin: datetime, end: datetime, zone: ZoneInfo) -> None:
    while status in REPORTED and begin < end:
        day = begin.astimezone(zone).date()
        midnight = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(begin.tzinfo)
        until = min(end, midnight)
        times = report.days.setdefault(day, {})
        times[status] = times.get(status, timedelta()) + (until - begin)
        begin = until
