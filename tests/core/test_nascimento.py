"""Dates of what has been: a birth of two digits is never in the future."""

from datetime import date

import pytest

from core.venda.respostas import AnswerCode, InvalidAnswer, Pergunta, TipoResposta, check_answer

TODAY = date(2026, 3, 2)


def asked(texto: str) -> Pergunta:
    return Pergunta("p1", texto, TipoResposta.DATA)


@pytest.mark.falha(107)
@pytest.mark.parametrize(
    "texto",
    ["Data de nascimento do cliente?", "Quando o cliente nasceu?", "Date of birth?", "¿Fecha de nacimiento?",
     "Data de emissão do RG?"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("12/05/40", "1940-05-12"),
        ("12-05-46", "1946-05-12"),
        ("02/03/26", "2026-03-02"),
        ("03/03/26", "1926-03-03"),
        ("31/12/26", "1926-12-31"),
        ("29/02/24", "2024-02-29"),
        ("01/01/00", "2000-01-01"),
        ("12/05/1985", "1985-05-12"),
    ],
)
def test_two_digits_are_the_last_such_year_that_has_been(texto: str, typed: str, iso: str) -> None:
    assert check_answer(asked(texto), typed, today=TODAY) == iso


@pytest.mark.falha(107)
@pytest.mark.parametrize("typed", ["12/05/2040", "03/03/2026", "amanhã", "2027-01-01"])
def test_a_whole_year_to_come_is_asked_again(typed: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        check_answer(asked("Data de nascimento?"), typed, today=TODAY)
    assert refused.value.code is AnswerCode.DATE_FUTURE


@pytest.mark.falha(107)
@pytest.mark.parametrize(
    ("typed", "iso"), [("12/05/40", "2040-05-12"), ("31/12/26", "2026-12-31"), ("12/05/60", "1960-05-12")]
)
def test_other_dates_may_still_come(typed: str, iso: str) -> None:
    assert check_answer(asked("Para que dia é a instalação?"), typed, today=TODAY) == iso
