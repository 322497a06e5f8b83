"""Which of several days, with their part of the day, somebody means: "terça de manhã", "3 de dezembro"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from core.fala.lexico.texto import LIMIT, cleaned, plain
from core.fala.respostas.datas import find_dates
from core.venda.respostas import Opcao

_PARTS = {
    "manha": r"manha|de manha|cedo|antes do almoco|morning|matutino|manana",
    "tarde": r"tarde|depois do almoco|apos o almoco|afternoon|vespertino",
    "noite": r"noite|night|evening|noche|depois do trabalho",
}
_WEEKDAYS = (
    "segunda|seg|monday|lunes", "terca|ter|tuesday|martes", "quarta|qua|wednesday|miercoles",
    "quinta|qui|thursday|jueves", "sexta|sex|friday|viernes", "sabado|sab|saturday", "domingo|dom|sunday",
)  # fmt: skip
_DAY_ALONE = re.compile(r"\b(?:dia|day|el) 0?([1-9]|[12][0-9]|3[01])\b(?! ?[/h:])")
_REFUSED = re.compile(r"\b(?:nao|n|menos|exceto|ou|or|nem|antes d[eo] dia|depois d[eo] dia|not)\b|\?")


def by_day(text: str, opcoes: Sequence[Opcao], today: date) -> int | None:
    """The index of the only option of that day (and part of the day, if one is said); None: none, or several."""
    said = plain(cleaned(text))
    days = [_days_in(plain(cleaned(opcao.texto)), today) for opcao in opcoes]
    if len(text) > LIMIT or not all(days) or _REFUSED.search(said.replace("antes do almoco", "cedo")):
        return None
    meant, parts = _days_in(said, today) | _weekdays_in(said, days), _parts_in(said)
    numbers = {int(number) for number in _DAY_ALONE.findall(said)}
    fits = [
        place
        for place, those in enumerate(days)
        if any(day in meant or day.day in numbers for day in those)
        and (not parts or parts & _parts_in(plain(cleaned(opcoes[place].texto))))
    ]
    return fits[0] if len(fits) == 1 else None


def _days_in(text: str, today: date) -> set[date]:
    found = {day for _start, _end, day in find_dates(text, today)}
    for words, ahead in ((r"tomorrow|manana(?! de)", 1), (r"today|hoy", 0)):
        if re.search(rf"(?<!de )(?<!da )\b(?:{words})\b", text):
            found.add(today + timedelta(days=ahead))
    return found


def _weekdays_in(said: str, days: Sequence[set[date]]) -> set[date]:
    """The days of the options that are on a weekday which is named."""
    named = {weekday for weekday, words in enumerate(_WEEKDAYS) if re.search(rf"\b(?:{words})s?\b", said)}
    return {day for those in days for day in those if day.weekday() in named}


def _parts_in(text: str) -> set[str]:
    return {part for part, words in _PARTS.items() if re.search(rf"\b(?:{words})\b", text)}
