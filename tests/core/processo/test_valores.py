"""Money of invoices, and when it takes two people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processo.limites import ProcessoLimits
from core.processo.valores import approvals_needed, cents_of, text_of, usual, variation


@given(st.integers(0, 10**14))
def test_cents_and_text_say_the_same(cents: int) -> None:
    text = text_of(cents)
    assert text is not None
    assert cents_of(text) == cents


@pytest.mark.parametrize("text", ["", "abc", "-1", "1.234", "NaN", "Infinity", "1e99", "1,50"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        cents_of(text)


def test_usual_is_the_median_of_three_months_or_more() -> None:
    assert usual([100, 900]) is None
    assert usual([100, 110, 9000]) == 110


def test_how_far_off_the_usual() -> None:
    assert variation(150, 100) == 50
    assert variation(None, 100) is None
    assert variation(150, None) is None


def test_two_people_for_large_and_for_unusual_amounts_where_two_are_wanted() -> None:
    two = ProcessoLimits(dois_acima=100_000, variacao=30)
    assert approvals_needed(100_000, None, two) == 2
    assert approvals_needed(99_999, 99_000, two) == 1
    assert approvals_needed(1_400, 1_000, two) == 2
    assert approvals_needed(500, 1_000, two) == 2
    assert approvals_needed(10**9, 1, ProcessoLimits()) == 1
