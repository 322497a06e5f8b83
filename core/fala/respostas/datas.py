"""A day as people name it: "dia 31 de dezembro", "sexta que vem", "daqui a 3 dias", beside what `check_date` takes."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from core.fala.leitura.tempo import FOREIGN_MONTHS, MONTHS
from core.fala.respostas.numeros import number_of
from core.venda.respostas import InvalidAnswer, check_date

_WEEKDAYS = {
    day: number for number, day in enumerate(["segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo"])
}
_MONTHS = MONTHS | FOREIGN_MONTHS
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WORD = (
    r"(?:um|dois|tres|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|quatorze|catorze|quinze|dezesseis|dezessete"
    r"|dezoito|dezenove|vinte(?: e [a-z]+)?|trinta(?: e um)?)"
)
_DAY = rf"(?P<day>[0-9]{{1,2}}|primeiro|1o|{_WORD})"
_FULL = re.compile(
    r"(?<![\d/.-])(?:[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?![\d/-]|\.\d)"
)
_SAID_YEAR = (
    r"(?:mil (?:e )?novecentos|dois mil)(?: e [a-z]+){0,2}"
    r"|(?:vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa)(?: e [a-z]+)?"
)
_YEAR = rf"(?:(?: del? | do |/|-| |, ?)(?P<year>[0-9]{{4}}|[0-9]{{2}}(?![0-9])|{_SAID_YEAR}))"
_NAMED = re.compile(rf"\b(?:dia )?{_DAY}(?:th|st|nd|rd)?(?: de | of |/|-| )(?P<month>{_MONTH})\b{_YEAR}?")
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH}) (?:the )?(?P<day>[0-9]{{1,2}})(?:th|st|nd|rd)?\b(?:,? (?P<year>[0-9]{{4}}))?"
)
# "Doze do oito de noventa": the month is a number, too.
_NUMBERED = re.compile(rf"\b(?:dia )?{_DAY} d[oe] (?:mes )?(?P<month>[0-9]{{1,2}}|{_WORD}){_YEAR}")
_SHORT = re.compile(r"(?<![\d/.,-])(?:dia )?(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?![\d/])")
_OF_MONTH = re.compile(rf"\b(?:dia|no dia|todo dia) {_DAY}(?![\d/]|\w)(?! (?:de |/)?(?:{_MONTH})\b)")
_NEAR = re.compile(r"\b(?P<near>depois de amanha|anteontem|antes de ontem|amanha|hoje|hj|ontem)\b")
_WEEKDAY = re.compile(rf"\b(?:proxim[ao] )?(?P<weekday>{'|'.join(_WEEKDAYS)})(?:[- ]feira)?\b(?: que vem| proxim[ao])?")
_IN = re.compile(rf"\b(?:daqui(?: a)?|em|dentro de) (?P<count>[0-9]{{1,3}}|uma|{_WORD}) (?P<unit>dias?|semanas?)\b")
_OFFSETS = {"depois de amanha": 2, "anteontem": -2, "antes de ontem": -2, "amanha": 1, "hoje": 0, "hj": 0, "ontem": -1}

Found = tuple[int, int, date]


def find_dates(plain: str, today: date) -> list[Found]:
    """Every day named in a text made small and bare, with its place there, in order; those that do not exist left out.

    A day or month without a year is the next one from `today` on.
    """
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    for pattern, make in _MAKERS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if any(start < until and end > since for since, until in taken):
                continue
            taken.append((start, end))
            try:
                found.append((start, end, make(match, today)))
            except (ValueError, InvalidAnswer):
                continue
    return sorted(found)


def _full(match: re.Match[str], today: date) -> date:
    return check_date(match[0], today=today)


def _named(match: re.Match[str], today: date) -> date:
    day, month, year = _day(match["day"]), _MONTHS.get(match["month"]) or _day(match["month"]), match["year"]
    if year is None:
        return _coming(day, month, today)
    return check_date(f"{day}/{month}/{year if year.isdecimal() else _day(year)}", today=today)


def _short(match: re.Match[str], today: date) -> date:
    return _coming(int(match["day"]), int(match["month"]), today)


def _of_month(match: re.Match[str], today: date) -> date:
    day, year, month = _day(match["day"]), today.year, today.month
    if not 1 <= day <= 31:
        raise ValueError("no such day")
    while (year, month, day) < (today.year, today.month, today.day) or day > _last_day(year, month):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, day)


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def _near(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=_OFFSETS[match["near"]])


def _weekday(match: re.Match[str], today: date) -> date:
    """The next one; today's own name means the day a week from now."""
    ahead = (_WEEKDAYS[match["weekday"]] - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def _in(match: re.Match[str], today: date) -> date:
    count = 1 if match["count"] == "uma" else _day(match["count"])
    return today + timedelta(days=count * (7 if match["unit"].startswith("semana") else 1))


def _coming(day: int, month: int, today: date) -> date:
    """The next such day; a 29 February is looked for as far as there must be one."""
    for year in range(today.year, today.year + 9):
        if (month, day) == (2, 29) and _last_day(year, 2) == 28:
            continue
        coming = date(year, month, day)
        if coming >= today:
            return coming
    raise ValueError("no such day")


def _day(word: str) -> int:
    if word.isdecimal():
        return int(word)
    number = 1 if word in ("primeiro", "1o") else number_of(word.split())
    if number is None:
        raise ValueError("no number")
    return number


_MAKERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (_FULL, _full),
    (_NAMED, _named),
    (_NUMBERED, _named),
    (_MONTH_FIRST, _named),
    (_SHORT, _short),
    (_OF_MONTH, _of_month),
    (_IN, _in),
    (_NEAR, _near),
    (_WEEKDAY, _weekday),
)
