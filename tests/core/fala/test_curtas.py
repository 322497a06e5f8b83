"""Short sentences by the kinds of their words; what stands around a sentence."""

import pytest

from core.fala.leitura.curtas import Curtas, lines_of
from core.fala.lexico.rodeios import heart_of

CURTAS = Curtas(
    """
ver: mostr~ar, (deixa/quero) ver
fatura: fatura, faturas
muito: muit*
""",
    lines_of({"ver": "ver fatura : muito nome; ver/muito muito : +1", "uma": "fatura : "}),
    free="?",
)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("mostra a fatura", "ver"),
        ("bom dia! por favor, deixa ver as faturas?", "ver"),
        ("mostraa a fatura, pf", "ver"),
        ("mostr a ftura", "ver"),
        ("mosta a fatira", "ver"),
        ("mostra a fatura da padaria", "ver"),
        ("mostra a fatura velha", None),
        ("mostrou a fatura", None),
        ("mostro muitas novas", "ver"),
        ("mostro muitas novas e velhas", None),
        ("fatura", "uma"),
        ("", None),
        ("fatura " * 30, None),
    ],
)
def test_the_line_that_fits(said: str, wanted: str | None) -> None:
    assert CURTAS.wanted(said) == wanted


@pytest.mark.parametrize(
    ("said", "heart"),
    [
        ("oi, bom dia! por favor, voce sabe onde fica?", "onde fica"),
        ("entao, queria saber quanto deu ai, obrigada", "quanto deu"),
        ("vende", "vende"),
        ("oi", "oi"),
        ("e agora", "agora"),
    ],
)
def test_what_stands_around_it(said: str, heart: str) -> None:
    assert heart_of(said) == heart
