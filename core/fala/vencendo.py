"""Which days somebody means who asks what falls due: "faturas que vencem essa semana", "o que vence amanhã?"."""

import re
from datetime import date, timedelta

from core.fala.lexico.texto import LIMIT, cleaned, plain

_WHEN = {
    r"hoje|today|hoy": (0, 0),
    r"amanha|tomorrow|manana": (1, 1),
}
_NEXT_WEEK = r"semana que vem|proxima semana|next week|proxima semana|semana que viene"
_THIS_WEEK = r"(?:n?essa|n?esta|desta|dessa|da|na) semana|this week|de la semana|de esta semana"
_WEEKDAYS = {
    name: day
    for day, names in enumerate(("segunda seg", "terca", "quarta", "quinta", "sexta", "sabado", "domingo"))
    for name in names.split()
}
# So many days back: longer overdue, an invoice is no longer waited with.
_OVERDUE = 60
_DUE = re.compile(
    r"(?=.*(?:\bvenc\w+|\bdue\b|^(?:as |quais |ver |mostra )*(?:faturas?|contas?|boletos?|invoices?|facturas?) ))"
    r"(?!.*\b(?:baix|relatorio|backup|agend|vendas?)\w*)"
    r"(?=.*\b(?:faturas?|contas?|boletos?|alguma|algo|tem|ja|"
    r"oque|oq|o que|quais|qual|quantas?|quanto|invoices?|what|facturas?|que)\b)"
)


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
    if re.search(r"\b(?:vencid[ao]s?|venceram|overdue)\b", said):
        return today - timedelta(days=_OVERDUE), today - timedelta(days=1)
    if (weekday := re.search(rf"\b({'|'.join(_WEEKDAYS)})\b", said)) is not None:
        day = today + timedelta(days=(_WEEKDAYS[weekday[1]] - today.weekday()) % 7)
        return day, day
    if (named := re.search(r"\bdia (\d{1,2})\b(?!/)", said)) is not None and 1 <= int(named[1]) <= 28:
        day = today.replace(day=int(named[1]))
        day = day if day >= today else (day.replace(day=1) + timedelta(days=32)).replace(day=int(named[1]))
        return day, day
    found = next((days for words, days in _WHEN.items() if re.search(rf"\b(?:{words})\b", said)), None)
    return None if found is None else (today + timedelta(days=found[0]), today + timedelta(days=found[1]))
