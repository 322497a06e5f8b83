"""Days as people write them."""

from datetime import date

import pytest

from core.delegacao.dias import read_day, read_days

# A Sunday.
TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoje", TODAY),
        ("só hoje", TODAY),
        ("somente esse dia", TODAY),
        ("Amanhã", date(2026, 11, 30)),
        ("só até sexta", date(2026, 12, 4)),
        ("segunda", date(2026, 11, 30)),
        ("até sexta-feira", date(2026, 12, 4)),
        ("domingo que vem", date(2026, 12, 6)),
        ("15/12", date(2026, 12, 15)),
        ("dia 15/12", date(2026, 12, 15)),
        ("5.1", date(2027, 1, 5)),
        ("15/12/26", date(2026, 12, 15)),
        ("por 10 dias", date(2026, 12, 9)),
        ("duas semanas", date(2026, 12, 13)),
        ("dia 15", date(2026, 12, 15)),
        ("29", TODAY),
        ("28", date(2026, 12, 28)),
        ("31", date(2026, 12, 31)),
        ("15 de dezembro", date(2026, 12, 15)),
        ("até o dia 20 dez", date(2026, 12, 20)),
        ("10/jan", date(2027, 1, 10)),
        # Yesterday, and not a year from now less a day.
        ("28/11", date(2026, 11, 28)),
        ("31/12/9999", None),
        ("1/1/0001", None),
        ("0", None),
        ("32", None),
        ("31 de fevereiro", None),
        ("31/02", None),
        ("quando der", None),
        ("", None),
    ],
)
def test_a_day_is_read(text: str, expected: date | None) -> None:
    assert read_day(text, TODAY) == expected


def test_from_one_weekday_to_another_is_of_one_week() -> None:
    assert read_days("de segunda a sexta", date(2026, 11, 30)) == (date(2026, 12, 7), date(2026, 12, 11))
    assert read_days("delega pro Gil de 10 a 17", TODAY) == (date(2026, 12, 10), date(2026, 12, 17))
