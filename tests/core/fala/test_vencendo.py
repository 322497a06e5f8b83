"""Days that are meant by whoever asks what falls due."""

from datetime import date

import pytest

from core.fala.vencendo import asks_due_first, due_days

TUESDAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("faturas que vencem essa semana", date(2026, 11, 9), date(2026, 11, 15)),
        ("faturas da semana", date(2026, 11, 9), date(2026, 11, 15)),
        ("e as que vencem semana q vem", date(2026, 11, 16), date(2026, 11, 22)),
        ("quais vencem semana que vem?", date(2026, 11, 16), date(2026, 11, 22)),
        ("o que vence amanhã?", date(2026, 11, 11), date(2026, 11, 11)),
        ("tem alguma q vence hj ou amanha?", date(2026, 11, 10), date(2026, 11, 11)),
        ("o que vence sexta?", date(2026, 11, 13), date(2026, 11, 13)),
        ("tem alguma vencida?", date(2026, 9, 11), date(2026, 11, 9)),
        ("vencimento dia 25", date(2026, 11, 25), date(2026, 11, 25)),
        ("o q vence essa semana", date(2026, 11, 9), date(2026, 11, 15)),
        ("contas que vencem do dia 12 ao 20", date(2026, 11, 12), date(2026, 11, 20)),
        ("vence 12/11", date(2026, 11, 12), date(2026, 11, 12)),
        ("o que vence até dia 15", date(2026, 11, 10), date(2026, 11, 15)),
        ("faturas que vencem nos próximos 7 dias", date(2026, 11, 10), date(2026, 11, 17)),
        ("quais vencem esse mês?", date(2026, 11, 1), date(2026, 11, 30)),
        ("what is due today", date(2026, 11, 10), date(2026, 11, 10)),
    ],
)
def test_the_days_are_understood(text: str, first: date, last: date) -> None:
    assert due_days(text, TUESDAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["fatura da padaria", "vendas da semana", "baixar faturas hoje", "o que falta aprovar hoje?", "vencimento errado"],
)
def test_nothing_of_the_kind(text: str) -> None:
    assert due_days(text, TUESDAY) is None


def test_a_day_of_the_month_is_the_next_one() -> None:
    assert due_days("oq vence dia 15?", date(2026, 11, 30)) == (date(2026, 12, 15), date(2026, 12, 15))
    assert due_days("faturas que vencem dia 30", date(2026, 11, 20)) == (date(2026, 11, 30), date(2026, 11, 30))
    assert due_days("faturas que vencem dia 31", date(2026, 11, 20)) == (date(2026, 12, 31), date(2026, 12, 31))
    assert due_days("faturas que vencem dia 32", date(2026, 11, 20)) is None
    assert due_days("quanto tem pra vencer essa semana?", date(2026, 11, 30)) == (date(2026, 11, 30), date(2026, 12, 6))
    assert due_days("vence alguma amanhã?", date(2026, 11, 30)) == (date(2026, 12, 1), date(2026, 12, 1))


@pytest.mark.parametrize("text", ["fatura mais cara do mes", "faturas desse mês", "faturas até 10"])
def test_invoices_of_a_month_are_not_those_that_fall_due_in_it(text: str) -> None:
    assert due_days(text, TUESDAY) is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("qual vence primeiro?", True),
        ("a que vence antes", True),
        ("qual a mais próxima de vencer?", True),
        ("me mostra por vencimento", True),
        ("lista em ordem de vencimento", True),
        ("which is due first?", True),
        ("aprova a que vence primeiro", False),
        ("o que vence amanhã?", False),
        ("meu acesso vence antes?", False),
    ],
)
def test_which_fall_due_first(text: str, asks: bool) -> None:
    assert asks_due_first(text) is asks
