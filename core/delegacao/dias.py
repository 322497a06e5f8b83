"""Days as people write them when they say from when and until when."""

import re
from datetime import date, timedelta

from core.palavras import folded

_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")
_LASTING = re.compile(r"(?:por )?([0-9]{1,3}|um|uma|duas|dois) (dias?|semanas?)")
_WEEKDAYS = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_NUMBERS = {"um": 1, "uma": 1, "dois": 2, "duas": 2}
_MONTHS = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")
_NAMED = re.compile(
    rf"([0-9]{{1,2}}) ?(?:de |/|-)? ?({'|'.join(_MONTHS)})[a-z]{{0,6}}(?: ?(?:de |/|-)? ?([0-9]{{4}}))?"
)
_UNTIL = re.compile(r"(?P<before>.*)\bate (?:[oa] )?(?P<last>[^ ].*?)[ .!]*")
_RANGE = re.compile(
    r"(?:.*\b)?(?:de|do|da) (?:dia )?(?P<first>[^ ]+(?:[ -]feira)?) (?:a|ao|ate|e) (?:[oa] )?(?:dia )?"
    r"(?P<last>[^ ]+?)[ .!]*"
)
_FIRST = re.compile(
    r"\b(?:depois de amanha|amanha|(?:segunda|terca|quarta|quinta)(?:[ -]feira)?|sexta|sabado|domingo"
    r"|(?:dia )?[0-9]{1,2}/[0-9]{1,2}|dia [0-9]{1,2})\b"
)
# A day named without its year that is further off than this was meant to be the one that has passed.
_HALF_A_YEAR = timedelta(days=183)
# Nobody plans further ahead; calendars end somewhere, too.
_FURTHEST = timedelta(days=731)
# Of an end: the day on which it begins.
_THE_SAME = ("esse dia", "nesse dia", "este dia", "mesmo dia", "o mesmo dia", "esse")
_LITTLE = re.compile(
    r"^(?:a partir d[eao] |ate (?:o |a )?|d[eao] |no |na |dia |so |somente |apenas )+|-feira$| que vem$| so$| apenas$"
)


def read_day(text: str, today: date) -> date | None:
    """`hoje`, `amanhã`, `sexta`, `15/12`, `15 de dezembro`, `dia 15`, `por 10 dias`. None: no day, or years away.

    A weekday is the next one, never today. A day without a year is the next of that name, or the last one where the
    next is more than half a year away: on 29/11, `28/11` is yesterday.
    """
    day = _read(folded(text), today)
    return day if day is not None and abs(day - today) <= _FURTHEST else None


def read_last_day(text: str, first: date) -> date | None:
    """As `read_day`, of a time that begins on `first`: `por 3 dias` are three with that one."""
    lasting = _LASTING.fullmatch(folded(text).strip(" .!"))
    day = read_day(text, first)
    return day - timedelta(days=1) if lasting is not None and day is not None and day > first else day


def read_days(text: str, today: date) -> tuple[date, date] | None:
    """`… a partir de amanhã até sexta`, `… até 15/12`: the first and the last day; None where no last one is said."""
    if (between := _RANGE.fullmatch(folded(text))) is not None:
        first, last = read_day(between["first"], today), read_day(between["last"], today)
        if first is not None and last is not None:
            # "De segunda a sexta": the Friday behind that Monday.
            last = read_day(between["last"], first) if last < first else last
            return None if last is None or last < first else (first, last)
    found = _UNTIL.fullmatch(folded(text))
    last = read_day(found["last"], today) if found is not None else None
    if found is None or last is None:
        return None
    begins = _FIRST.search(found["before"])
    first = read_day(begins[0], today) if begins is not None else today
    return None if first is None else (first, last)


def _read(said: str, today: date) -> date | None:
    while (bare := _LITTLE.sub("", said).strip()) != said:
        said = bare
    if said in ("hoje", "agora", "ja", *_THE_SAME):
        return today
    if said in ("amanha", "depois de amanha"):
        return today + timedelta(days=1 if said == "amanha" else 2)
    if said in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(said) - today.weekday() - 1) % 7 + 1)
    if (lasting := _LASTING.fullmatch(said)) is not None:
        count = _NUMBERS.get(lasting[1]) or int(lasting[1])
        return today + timedelta(days=count * (7 if lasting[2].startswith("semana") else 1))
    if (found := _NAMED.fullmatch(said)) is not None:
        return _date(today, int(found[1]), _MONTHS.index(found[2]) + 1, found[3])
    if (found := _DATE.fullmatch(said)) is not None:
        return _date(today, int(found[1]), int(found[2]), found[3])
    return _next_of_month(int(said), today) if said.isascii() and said.isdecimal() and len(said) <= 2 else None


def _date(today: date, day: int, month: int, year: str | None) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
        if this >= today:
            return this
        following = this.replace(year=today.year + 1)
    except ValueError:
        return None
    return following if following - today <= _HALF_A_YEAR else this


def _next_of_month(day: int, today: date) -> date | None:
    """The next day of that number; a month without it is passed over."""
    if not 1 <= day <= 31:
        return None
    found = today
    while found.day != day:
        found += timedelta(days=1)
    return found
