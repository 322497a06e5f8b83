"""Whatever people write, every reader of it comes to an end: none fails, whichever of our words stand beside which."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.fala.decisoes import decisions_of, names_another, refrains, whose_history
from core.fala.entende import understand
from core.fala.espera import Aguarda, Espera, Lugar
from core.fala.lexico.lexico import TABLES, forms
from core.fala.recuos import is_laugh, retreat_of
from core.fala.tela import of_screen
from core.fala.vencendo import due_days
from core.palavras import folded, match_word
from core.processo.consulta.pedido import is_search, read_pedido
from core.processo.consulta.valores import decididas_of, read_valores
from core.relatorio.pedido import pedido_in
from core.venda.respostas import Opcao
from storage.pessoa.perfil import Perfil

TODAY = date(2026, 11, 30)
SENTENCES = 1_000
WORDS = tuple(form for table in TABLES for _kind, form in forms(table))
ODD = (
    *("123", "12/10", "R$ 5,00", "kkkk", "31988887777", "😂", "11.222.333/0001-81", "às 8h", "#00042", "/r oi", "?"),
    *(
        '"oi"',
        "“pool”",
        "'vender'",
        '"',
        '"aprovar',
        "②",
        "ａｂｃ",
        "\u200b",
        "\ufb01",
        "İ",
        "\u202e",
        "(",
        "*",
        "_sim_",
    ),
)
OPCOES = (
    *(
        Opcao("a", "Iniciar uma venda"),
        Opcao("b", "R$ 99,90 · 500 mega"),
        Opcao("c", "12/12 de manhã"),
        Opcao("3", "2"),
    ),
    *(Opcao("d", "② andar"), Opcao("e", "Padaria Pão Quente Ltda"), Opcao("f", "Não")),
)
ASKED = (Aguarda.SIM_NAO, Aguarda.MOTIVO, Aguarda.AVALIACAO)
BETWEEN = (" ", " ", " ", ", ", ". ", "! ", "\n", "... ", " - ", "")
READERS: tuple[Callable[[str], Any], ...] = (
    *(retreat_of, is_laugh, decisions_of, names_another, refrains, whose_history, of_screen, pedido_in),
    lambda text: due_days(text, TODAY),
    lambda text: read_valores(text, TODAY),
    lambda text: decididas_of(text, TODAY),
    lambda text: is_search(folded(text)),
    lambda text: read_pedido(folded(text), TODAY),
    lambda text: match_word(text, None),
)


def sentence(chance: random.Random) -> str:
    """Some of our words and some that are nobody's, one beside the other."""
    some = (chance.choice(WORDS if chance.random() < 0.75 else ODD) for _ in range(chance.randint(1, 12)))
    text = "".join(one + chance.choice(BETWEEN) for one in some)
    return text.upper() if chance.random() < 0.1 else text


@pytest.mark.parametrize("perfil", Perfil)
def test_no_reader_fails(perfil: Perfil) -> None:
    chance = random.Random(perfil.value)
    for _ in range(SENTENCES // len(Perfil)):
        text, lugar = sentence(chance), chance.choice(list(Lugar))
        espera = Espera.of(perfil, lugar=lugar)
        try:
            for waited in (espera, espera.for_options(*OPCOES), replace(espera, aguarda=chance.choice(ASKED))):
                understand(text, waited, today=TODAY)
            for reader in READERS:
                reader(text)
        except Exception as error:
            pytest.fail(f"{text!r}, {lugar}: {error!r}")


@pytest.mark.parametrize("text", ["②", "²", "quero a ②", "9" * 390])
def test_what_only_looks_like_a_digit_chooses_nothing_by_itself(text: str) -> None:
    understand(text, Espera.of(Perfil.ADMINISTRADOR).for_options(*OPCOES), today=TODAY)


@pytest.mark.parametrize("text", ['mostra o "pool"', 'rotina "oi"', 'quero "vender" e "status" agora'])
def test_a_word_in_quotes_at_the_end_is_read(text: str) -> None:
    assert understand(text, Espera.of(Perfil.ADMINISTRADOR), today=TODAY) is not None
