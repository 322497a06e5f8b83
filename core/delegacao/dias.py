"""Days as people write them when they say from when and until when."""

import re
from datetime import date, timedelta

from core.palavras import folded

_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")
_LASTING = re.compile(r"(?:por )?([0-9]{1,3}|um|uma|duas|dois) (dias?|semanas?)")
_WEEKDAYS = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_NUMBERS = {"um": 1, "uma": 1, "dois": 2, "duas": 2}
_LITTLE = re.compile(r"^(?:a partir d[eao] |ate (?:o |a )?|d[eao] |no |na |dia )+|-feira$| que vem$")


def read_day(text: str, today: date) -> date | None:
    """`hoje`, `amanhã`, `sexta`, `15/12`, `por 10 dias`; a day without a year is the next of that name. None: no day.

    A weekday is the next one, never today.
    """
    said = folded(text)
    while (bare := _LITTLE.sub("", said).strip()) != said:
        said = bare
    if said in ("hoje", "agora", "ja"):
        return today
    if said in ("amanha", "depois de amanha"):
        return today + timedelta(days=1 if said == "amanha" else 2)
    if said in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(said) - today.weekday() - 1) % 7 + 1)
    if (lasting := _LASTING.fullmatch(said)) is not None:
        count = _NUMBERS.get(lasting[1]) or int(lasting[1])
        return today + timedelta(days=count * (7 if lasting[2].startswith("semana") else 1))
    found = _DATE.fullmatch(said)
    return None if found is None else _date(found, today)


def _date(found: re.Match[str], today: date) -> date | None:
    year = int(found[3]) if found[3] else today.year
    year += 2000 if year < 100 else 0
    try:
        day = date(year, int(found[2]), int(found[1]))
        return day.replace(year=year + 1) if not found[3] and day < today else day
    except ValueError:
        return None
