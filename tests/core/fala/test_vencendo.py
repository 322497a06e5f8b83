"""Days that are meant by whoever asks what falls due."""

from datetime import date

import pytest

from core.fala.vencendo import due_days

TUESDAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("faturas que vencem essa semana", date(2026, 11, 9), date(2026, 11, 15)),
        ("faturas da semana", date(2026, 11, 9), date(2026, 11, 15)),
        ("quais vencem semana que vem?", date(2026, 11, 16), date(2026, 11, 22)),
        ("o que vence amanhã?", date(2026, 11, 11), date(2026, 11, 11)),
        ("what is due today", date(2026, 11, 10), date(2026, 11, 10)),
    ],
)
def test_the_days_are_understood(text: str, first: date, last: date) -> None:
    assert due_days(text, TUESDAY) == (first, last)


@pytest.mark.parametrize(
    "text", ["fatura da padaria", "vendas da semana", "baixar faturas hoje", "o que falta aprovar hoje?"]
)
def test_nothing_of_the_kind(text: str) -> None:
    assert due_days(text, TUESDAY) is None
