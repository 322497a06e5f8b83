"""What is asked for with RELATORIO and FECHAMENTO."""

from datetime import date

import pytest

from core.relatorio.pedido import Assunto, Pedido, Periodo, mes_of, pedido_of
from core.testemunha.meses import Mes

# A Sunday.
HOJE = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "mes"),
    [
        ("11/2026", "11/2026"),
        ("1/2026", "01/2026"),
        ("10/26", "10/2026"),
        ("10-2026", "10/2026"),
        ("Outubro", "10/2026"),
        ("dezembro", "12/2025"),
        ("março", "03/2026"),
        ("nov 2025", "11/2025"),
        ("setembro de 2026", "09/2026"),
        ("este mês", "11/2026"),
        ("mês passado", "10/2026"),
    ],
)
def test_a_month_however_it_is_written(text: str, mes: str) -> None:
    assert str(mes_of(text, HOJE)) == mes


@pytest.mark.parametrize("text", ["13/2026", "0/2026", "2026", "11/", "outubril", "", "11/2026/1", "11/0000", "amanhã"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert mes_of(text, HOJE) is None


@pytest.mark.parametrize(
    ("text", "assunto", "inicio", "fim"),
    [
        ("11/2026", Assunto.FATURAS, date(2026, 11, 1), date(2026, 11, 30)),
        ("faturas 02/2026", Assunto.FATURAS, date(2026, 2, 1), date(2026, 2, 28)),
        ("do mês passado", Assunto.FATURAS, date(2026, 10, 1), date(2026, 10, 31)),
        ("vendas", Assunto.VENDAS, date(2026, 11, 1), date(2026, 11, 30)),
        ("VENDAS ontem", Assunto.VENDAS, date(2026, 11, 28), date(2026, 11, 28)),
        ("vendas de hoje", Assunto.VENDAS, HOJE, HOJE),
        ("atendimentos semana", Assunto.ATENDIMENTOS, date(2026, 11, 23), HOJE),
        ("atendimentos semana passada", Assunto.ATENDIMENTOS, date(2026, 11, 16), date(2026, 11, 22)),
        ("logins 28/11/2026", Assunto.LOGINS, date(2026, 11, 28), date(2026, 11, 28)),
        ("pool 10/2026", Assunto.LOGINS, date(2026, 10, 1), date(2026, 10, 31)),
        ("presença 5/11", Assunto.PRESENCA, date(2026, 11, 5), date(2026, 11, 5)),
    ],
)
def test_about_what_and_over_which_days(text: str, assunto: Assunto, inicio: date, fim: date) -> None:
    pedido = pedido_of(text, HOJE)
    assert pedido is not None
    assert (pedido.assunto, pedido.periodo) == (assunto, Periodo(inicio, fim))


def test_a_month_says_that_it_is_one() -> None:
    assert pedido_of("10/2026", HOJE) == Pedido(Assunto.FATURAS, Periodo.of_mes(Mes(2026, 10)), Mes(2026, 10))


@pytest.mark.parametrize(
    "text", ["tudo", "vendas sempre", "faturas ontem", "31/02/2026", "logins 31/2", "clima 10/2026"]
)
def test_what_is_not_understood_is_none(text: str) -> None:
    assert pedido_of(text, HOJE) is None
