"""What is asked for with RELATORIO and FECHAMENTO."""

from datetime import date

import pytest

from core.relatorio.pedido import Assunto, Pedido, mes_of, pedido_of
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
        ("2026-10", "10/2026"),
        ("10", "10/2026"),
        ("mês 12", "12/2025"),
        ("este mês", "11/2026"),
        ("mês passado", "10/2026"),
        ("último mês", "10/2026"),
        ("mês retrasado", "09/2026"),
        ("do mês de março", "03/2026"),
        ("março deste ano", "03/2026"),
        ("dez. do ano passado", "12/2025"),
        ("ago.", "08/2026"),
        ("092026", "09/2026"),
    ],
)
def test_a_month_however_it_is_written(text: str, mes: str) -> None:
    assert str(mes_of(text, HOJE)) == mes


@pytest.mark.parametrize("text", ["13/2026", "0/2026", "2026", "11/", "outubril", "", "11/2026/1", "11/0000", "amanhã"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert mes_of(text, HOJE) is None


@pytest.mark.parametrize(
    ("text", "assunto", "mes"),
    [
        ("11/2026", Assunto.FATURAS, "11/2026"),
        ("faturas 02/2026", Assunto.FATURAS, "02/2026"),
        ("das faturas de outubro", Assunto.FATURAS, "10/2026"),
        ("do mês passado", Assunto.FATURAS, "10/2026"),
        ("mês", Assunto.FATURAS, "11/2026"),
        ("vendas", Assunto.VENDAS, "11/2026"),
        ("de vendas de outubro", Assunto.VENDAS, "10/2026"),
        ("pool 10/2026", Assunto.LOGINS, "10/2026"),
    ],
)
def test_about_what_and_of_which_month(text: str, assunto: Assunto, mes: str) -> None:
    assert pedido_of(text, HOJE) == Pedido(assunto, Mes.of(mes))


@pytest.mark.parametrize(
    ("text", "assunto"),
    [
        ("VENDAS ontem", Assunto.VENDAS),
        ("atendimentos semana passada", Assunto.ATENDIMENTOS),
        ("presença 5/11", Assunto.PRESENCA),
        ("tudo", Assunto.FATURAS),
        ("faturas ontem", Assunto.FATURAS),
        ("31/02/2026", Assunto.FATURAS),
        ("clima 10/2026", Assunto.FATURAS),
    ],
)
def test_what_names_no_month_has_none(text: str, assunto: Assunto) -> None:
    assert pedido_of(text, HOJE) == Pedido(assunto, None)
