"""Days as people write them."""

from datetime import date

import pytest

from core.delegacao.dias import read_day

# A Sunday.
TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoje", TODAY),
        ("Amanhã", date(2026, 11, 30)),
        ("segunda", date(2026, 11, 30)),
        ("até sexta-feira", date(2026, 12, 4)),
        ("domingo que vem", date(2026, 12, 6)),
        ("15/12", date(2026, 12, 15)),
        ("dia 15/12", date(2026, 12, 15)),
        ("5.1", date(2027, 1, 5)),
        ("15/12/26", date(2026, 12, 15)),
        ("por 10 dias", date(2026, 12, 9)),
        ("duas semanas", date(2026, 12, 13)),
        ("31/02", None),
        ("quando der", None),
        ("", None),
    ],
)
def test_a_day_is_read(text: str, expected: date | None) -> None:
    assert read_day(text, TODAY) == expected
