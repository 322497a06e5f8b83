"""Months as people name them, mistype them, and count back to them."""

from datetime import date

import pytest

from core.fala.leitura.tempo import find_month
from core.fala.lexico.texto import plain

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "mes"),
    [
        ("mês 10", "10/2026"),
        ("quanto foi no mes 3?", "03/2026"),
        ("mês 12", "12/2025"),
        ("mes 3 de 2025", "03/2025"),
        ("total do mês retrasdo", "09/2026"),
        ("mes pssado", "10/2026"),
        ("mês anteriro", "10/2026"),
        ("mês que passou", "10/2026"),
        ("dois meses atrás", "09/2026"),
        ("quanto foi o retrasado", "09/2026"),
        ("em outubo", "10/2026"),
        ("setembo do ano passado", "09/2025"),
        ("novenbro/25", "11/2025"),
    ],
)
def test_the_month_that_is_meant(text: str, mes: str) -> None:
    found = find_month(plain(text), TODAY)
    assert found is not None
    assert found.mes == mes


@pytest.mark.parametrize(
    "text", ["mes 15", "mes 10 dias", "novamente", "outros", "outra vez", "janela", "mes que vem", "sábado retrasado"]
)
def test_no_month_is_made_up(text: str) -> None:
    assert find_month(plain(text), TODAY) is None
