"""The day on which a cliente's invoice usually comes, learnt from its past, and what is missing."""

from datetime import date
from uuid import UUID

import pytest

from core.processo.consulta.chegada import Chegada, esperada, falta
from core.testemunha.meses import Mes

ID = UUID(int=7)
NOVEMBER = Mes(2026, 11)


def past(*days: int, valor: int | None = 10_000) -> list[Chegada]:
    """Of the months before November, the newest first: on which day of its month each came."""
    return [
        Chegada(NOVEMBER.plus(-at), NOVEMBER.plus(-at).primeiro_dia.replace(day=day), valor)
        for at, day in enumerate(days, 1)
    ]


def test_too_short_a_past_says_nothing() -> None:
    assert esperada(NOVEMBER, past(10, 11)) is None
    assert falta(ID, NOVEMBER, past(10, 11), date(2026, 12, 31)) is None


@pytest.mark.parametrize(
    ("days", "usual_day", "missing_from"),
    [
        ((10, 10, 10), 10, 13),
        ((10, 12, 14), 12, 15),
        # It varies: nobody is told before the latest day it was ever seen on, but never a week after.
        ((5, 5, 5, 10), 5, 11),
        ((2, 2, 2, 28), 2, 10),
        # Only the last six months count.
        ((10, 10, 10, 10, 10, 10, 25, 25, 25, 25, 25, 25, 25), 10, 13),
    ],
)
def test_the_usual_day_is_the_median_and_there_is_some_slack(
    days: tuple[int, ...], usual_day: int, missing_from: int
) -> None:
    expected = (date(2026, 11, usual_day), date(2026, 11, missing_from))
    assert esperada(NOVEMBER, past(*days)[:9]) == expected


def test_an_invoice_that_comes_in_the_next_month_is_counted_from_its_own() -> None:
    came = [Chegada(NOVEMBER.plus(-at), NOVEMBER.plus(1 - at).primeiro_dia.replace(day=3), 1) for at in (1, 2, 3)]
    found = esperada(NOVEMBER, came)
    assert found is not None
    assert date(2026, 12, 2) <= found[0] <= date(2026, 12, 4)


def test_what_is_missing_says_its_day_and_its_usual_value() -> None:
    assert falta(ID, NOVEMBER, past(10, 10, 10), date(2026, 11, 12)) is None
    found = falta(ID, NOVEMBER, past(10, 10, 10), date(2026, 11, 13))
    assert found is not None
    assert (found.esperada, found.valor_centavos) == (date(2026, 11, 10), 10_000)
    unknown = falta(ID, NOVEMBER, past(10, 10, 10, valor=None), date(2026, 11, 13))
    assert unknown is not None
    assert unknown.valor_centavos is None
