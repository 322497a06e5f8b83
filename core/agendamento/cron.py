"""When a schedule is due: cron expressions checked, the next runs, and what was due since the last one.

cronsim is the truth, and it follows Debian's cron (man 8 cron): a run at a fixed time that a change of clocks
skips happens at the first moment after the gap, one that comes twice happens once; runs by `*` follow the
clock on the wall. Instants are UTC here and in what is kept: two datetimes of one ZoneInfo compare by the wall,
so in the hour that comes twice they would lie.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

EXPRESSION_LIMIT = 120
"""Characters. Longer ones say nothing a schedule needs, and `int` refuses numbers of thousands of digits."""
LOST_AFTER = timedelta(days=7)
"""A missed run older than this is recorded as lost and not made up."""
LATE_FROM = timedelta(minutes=5)
"""From here on a run is said to be late; the clock's own ticks and a restart stay below."""
SKIPPED_LIMIT = 1000
"""Earlier missed instants are counted up to here."""

_ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - without a zone cronsim looks at the calendar alone
_BACK = tuple(timedelta(hours=hours) for hours in (1, 25, 8 * 24, 32 * 24, 367 * 24))


class CampoCron(StrEnum):
    """The five fields in their order, named as the reference does (10.2)."""

    MINUTO = "minuto"
    HORA = "hora"
    DIA = "dia"
    MES = "mes"
    DIA_SEMANA = "dia_semana"


class CronCode(StrEnum):
    """Why an expression was refused; the dialog has one sentence for each."""

    TOO_LONG = "too_long"
    FIELD_COUNT = "field_count"  # `valor`: how many there are
    FIELD = "field"  # `campo` and its `valor`
    NEVER = "never"  # sound fields that no day fulfils; `campo` is the one to change


_STEP = re.compile(r"/([0-9]{2,})")
_HIGHEST = {
    CampoCron.MINUTO: 59,
    CampoCron.HORA: 23,
    CampoCron.DIA: 31,
    CampoCron.MES: 12,
    CampoCron.DIA_SEMANA: 7,
}
# As crontab(5) names them; `@reboot` is no moment.
_NAMED = {
    "@YEARLY": "0 0 1 1 *",
    "@ANNUALLY": "0 0 1 1 *",
    "@MONTHLY": "0 0 1 * *",
    "@WEEKLY": "0 0 * * 0",
    "@DAILY": "0 0 * * *",
    "@MIDNIGHT": "0 0 * * *",
    "@HOURLY": "0 * * * *",
}
_FIELD_OF = {
    "Bad minute": CampoCron.MINUTO,
    "Bad hour": CampoCron.HORA,
    "Bad day-of-month": CampoCron.DIA,
    "Bad month": CampoCron.MES,
    "Bad day-of-week": CampoCron.DIA_SEMANA,
}


class InvalidCron(ValueError):
    """The expression cannot be a schedule: `code`, and where one is to blame `campo` and its `valor`."""

    def __init__(self, code: CronCode, campo: CampoCron | None = None, valor: str = "") -> None:
        super().__init__(f"{code.value} {campo.value if campo else ''} {valor}".strip())
        self.code = code
        self.campo = campo
        self.valor = valor


def check_cron(expr: str) -> str:
    """The expression as it is kept: five fields in upper case, one space between. Raises InvalidCron.

    Standard cron: names of days and months, 0 and 7 for Sunday, `L`, `LW`, `5L`, `1#2`; `@daily` is kept as what it
    means. No seconds. An expression that no day fulfils (`0 0 31 2 *`) is refused.
    """
    if len(expr) > EXPRESSION_LIMIT:
        raise InvalidCron(CronCode.TOO_LONG, valor=str(len(expr)))
    written = expr.upper().strip()
    fields = _NAMED.get(written, written).split()
    if len(fields) != len(CampoCron):
        raise InvalidCron(CronCode.FIELD_COUNT, valor=str(len(fields)))
    for campo, valor in zip(CampoCron, fields, strict=True):
        # Only the first of them would ever come: "every 90 minutes" runs every hour.
        if any(int(step) > _HIGHEST[campo] for step in _STEP.findall(valor)):
            raise InvalidCron(CronCode.FIELD, campo, valor)
    canonical = " ".join(fields)
    try:
        runs = CronSim(canonical, _ANY_DAY)
    except CronSimError as refused:
        raise _refusal(str(refused), fields) from refused
    if next(runs, None) is None:
        raise InvalidCron(CronCode.NEVER, CampoCron.DIA, fields[2])
    return canonical


def _refusal(message: str, fields: list[str]) -> InvalidCron:
    campo = _FIELD_OF[message]
    valor = fields[list(CampoCron).index(campo)]
    if campo is CampoCron.DIA and _is_sound(f"* * {valor} * *"):
        return InvalidCron(CronCode.NEVER, campo, valor)
    return InvalidCron(CronCode.FIELD, campo, valor)


def _is_sound(expr: str) -> bool:
    try:
        CronSim(expr, _ANY_DAY)
    except CronSimError:
        return False
    return True


def next_runs(expr: str, after: datetime, zone: ZoneInfo, count: int = 5) -> list[datetime]:
    """The next `count` instants after `after`, in UTC, oldest first; `zone` is the business time zone."""
    return list(islice(_runs(expr, after, zone), count))


def _runs(expr: str, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Every instant after `after`, each one once.

    cronsim works on the wall's clock: started in the second pass of a doubled hour it begins in the first pass,
    and two times that fall into one gap both come out at its end.
    """
    last = after.astimezone(UTC)
    for run in CronSim(expr, after.astimezone(zone)):
        instant = run.astimezone(UTC)
        if instant > last:
            yield instant
            last = instant


@dataclass(frozen=True, slots=True)
class Due:
    """The newest instant that a schedule was due at and has no row for.

    `devido_em`: UTC. `late`: how long ago. `skipped`: earlier missed instants that this one stands for, counted
    up to SKIPPED_LIMIT.
    """

    devido_em: datetime
    late: timedelta
    skipped: int

    @property
    def is_late(self) -> bool:
        """Whether it is said that the run comes late."""
        return self.late >= LATE_FROM

    @property
    def is_lost(self) -> bool:
        """Whether it is too old to be made up: it is recorded and said, and nothing runs."""
        return self.late > LOST_AFTER


def due_between(expr: str, after: datetime, now: datetime, zone: ZoneInfo) -> Due | None:
    """What is due at `now` (inclusive), None when nothing is.

    `after` is the instant of the last due row, whatever became of it; without one, or when it is older, the
    moment since which the schedule is in force as it is (made, changed, resumed). No next run is ever kept, so
    none can be wrong after a change of expression, zone or time-zone data.
    """
    newest = _newest(expr, after, now, zone)
    if newest is None:
        return None
    earlier = takewhile(lambda run: run < newest, _runs(expr, after, zone))
    skipped = sum(1 for _ in islice(earlier, SKIPPED_LIMIT))
    return Due(newest, now.astimezone(UTC) - newest, skipped)


def _newest(expr: str, after: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Looked for from `now` backwards, further each time: years of minutes would take seconds to walk."""
    for start in (*(now - back for back in _BACK), after):
        newest = None
        for newest in takewhile(lambda run: run <= now, _runs(expr, max(start, after), zone)):  # noqa: B007
            pass
        if newest is not None or start <= after:
            return newest
    return None
