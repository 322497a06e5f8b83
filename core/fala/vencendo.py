"""Which days somebody means who asks what falls due: "faturas que vencem essa semana", "o que vence amanhã?"."""

import re
from datetime import date, timedelta

from core.fala.lexico.texto import LIMIT, cleaned, plain

_WHEN = {
    r"hoje|hj|today|hoy": (0, 0),
    r"depois de amanha|day after tomorrow|pasado manana": (2, 2),
    r"amanha|tomorrow|manana": (1, 1),
}
_NEXT_WEEK = r"semana q(?:ue)? vem|proxima semana|next week|proxima semana|semana que viene"
_THIS_WEEK = r"(?:n?essa|n?esta|desta|dessa|da|na) semana|this week|de la semana|de esta semana"
_WEEKDAYS = {
    name: day
    for day, names in enumerate(("segunda seg", "terca", "quarta", "quinta", "sexta", "sabado", "domingo"))
    for name in names.split()
}
# So many days back: longer overdue, an invoice is no longer waited with.
_OVERDUE = 60
_DUE = re.compile(
    r"(?=.*(?:\bvenc\w+|\bdue\b|\batrasad[ao]s?\b|^(?:as |quais |ver |mostra )*(?:faturas?|contas?|boletos?"
    r"|invoices?|facturas?) ))"
    r"(?!.*\b(?:baix|relatorio|backup|agend|vendas?)\w*)"
    r"(?=.*\b(?:faturas?|contas?|boletos?|alguma|algo|tem|ja|"
    r"oque|oq|o que|o q|quais|qual|quantas?|qts|qtas|quanto|invoices?|what|facturas?|que|as)\b"
    # "Vencimento dia 25", "vence hoje?", and nothing else.
    r"|(?:(?:o|com|e|mostra|so|ver|ve) )*venc\w+ (?:(?:no|em|ate|o) )*"
    r"(?:dia |hoje|amanha|[0-9]{1,2}/[0-9]{1,2}|\w+ semana|\w+ mes)[\w ]{0,12}\W*$)"
)
_DAY = r"(?:o |no |a |do )?(?:dia )?(?P<{}>\d{{1,2}})\b(?![/,.]\d)"
_FROM_TO = re.compile(
    rf"\b(?:de|do|entre|dos?)(?: o)? (?:dia )?{_DAY.format('de')} (?:e|a|ao|ate) {_DAY.format('ate')}"
)
_UNTIL = re.compile(rf"\bate {_DAY.format('ate')}(?! dias)")
_COMING = re.compile(r"\b(?:proximos|nos?|em|daqui a?) (?P<n>\d{1,2}) dias\b")
_FALLS_DUE = re.compile(r"\bvenc|\bdue\b")
_DATED = re.compile(r"\b(?P<dia>[0-9]{1,2})/(?P<mes>[0-9]{1,2})(?![0-9/])")
_THIS_MONTH = re.compile(r"\b(?:n?esse|n?este|do|no) mes\b(?! (?:que|passado|retra))")


# "Qual vence primeiro?", "a mais próxima de vencer", "em ordem de vencimento".
_FIRST = re.compile(
    r"\bvenc(?:e|em|er|endo) (?:primeir[ao]|antes|mais cedo|logo|mais rapido)\b|\bprimeir[ao]s? (?:a|pra|que) vence\w*"
    r"|\bmais (?:proxim[ao]s?|pert[ao]|pertinho) d[eo] venc\w+|\b(?:ordem|ordenad[ao]s?|ordena) (?:de|por|pelo) venc\w+"
    r"|\bpor (?:ordem de )?(?:data de )?vencimento\b|\b(?:due|expires?) (?:first|soonest)\b|\bvence primero\b"
)
_NOT_OF_FIRST = re.compile(r"\b(?:nao|n|aprov\w+|rejeit\w+|baix\w+|mand\w+|envi\w+|contrato|plano|senha|acesso)\b")


def asks_due_first(text: str) -> bool:
    """Whether it asks which of them fall due first."""
    said = plain(cleaned(text)) if len(text) <= LIMIT else ""
    return _FIRST.search(said) is not None and _NOT_OF_FIRST.search(said) is None


def due_days(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last of the days; None where nothing of the kind is asked. A week begins on Monday."""
    if len(text) > LIMIT:
        return None
    said = plain(cleaned(text)).strip()
    if _DUE.match(said) is None:
        return None
    monday = today - timedelta(days=today.weekday())
    if re.search(rf"\b(?:{_NEXT_WEEK})\b", said):
        return monday + timedelta(days=7), monday + timedelta(days=13)
    if re.search(rf"\b(?:{_THIS_WEEK})\b", said):
        return monday, monday + timedelta(days=6)
    if re.search(r"\b(?:vencid[ao]s?|venceram|overdue|atrasad[ao]s?)\b", said):
        return today - timedelta(days=_OVERDUE), today - timedelta(days=1)
    if (weekday := re.search(rf"\b({'|'.join(_WEEKDAYS)})\b", said)) is not None:
        day = today + timedelta(days=(_WEEKDAYS[weekday[1]] - today.weekday()) % 7)
        until = re.search(rf"\bate (?:a |o |na |no )?(?:proxim[ao] )?{weekday[1]}\b", said) is not None
        return (today, day) if until else (day, day)
    # "Faturas do mês" are those of a month, whenever they fall due.
    if (numbered := _numbered(said, today) if _FALLS_DUE.search(said) else None) is not None:
        return numbered
    rest, found = said, list[int]()
    for words, days in _WHEN.items():
        if re.search(rf"\b(?:{words})\b", rest) is not None:
            rest = re.sub(rf"\b(?:{words})\b", " ", rest)
            found += days
    return (today + timedelta(days=min(found)), today + timedelta(days=max(found))) if found else None


def _numbered(said: str, today: date) -> tuple[date, date] | None:
    """ "Do dia 10 ao 20", "até o dia 15", "nos próximos 7 dias", "dia 25", "esse mês"."""
    if (found := _FROM_TO.search(said)) is not None:
        first, last = _next_day(int(found["de"]), today), _next_day(int(found["ate"]), today)
        return (first, last) if first is not None and last is not None and first <= last else None
    if (found := _UNTIL.search(said)) is not None:
        last = _next_day(int(found["ate"]), today)
        return None if last is None else (today, last)
    if (found := _COMING.search(said)) is not None:
        return today, today + timedelta(days=int(found["n"]))
    if (found := _DATED.search(said)) is not None:
        return _dated(int(found["dia"]), int(found["mes"]), today)
    if (found := re.search(r"\bdia (\d{1,2})\b(?!/)", said)) is not None:
        day = _next_day(int(found[1]), today)
        return None if day is None else (day, day)
    if _THIS_MONTH.search(said) is None:
        return None
    first = today.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _dated(dia: int, mes: int, today: date) -> tuple[date, date] | None:
    """That day of this year, or of the one that begins within half a year."""
    if not (1 <= mes <= 12 and 1 <= dia <= 31):
        return None
    first = date(today.year + (today.month - mes > 6), mes, 1)
    day = first + timedelta(days=dia - 1)
    return (day, day) if day.month == mes else None


def _next_day(number: int, today: date) -> date | None:
    """The next day of that number; None where neither this month nor the next one has it."""
    for month in (today.replace(day=1), (today.replace(day=1) + timedelta(days=32)).replace(day=1)):
        day = month + timedelta(days=number - 1)
        if number >= 1 and day.month == month.month and day >= today:
            return day
    return None
