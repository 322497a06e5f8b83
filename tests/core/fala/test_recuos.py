"""Who draws back from what was asked: a no, patience, not now, giving up; and who goes on."""

import pytest

from core.fala.recuos import Recuo, gives_up, retreat_of, speaks_of_another_sale

SAID = {
    Recuo.ESPERA: (
        "peraí",
        "só um minutinho",
        "calma aí",
        "um momento por favor",
        "volto já",
        "just a minute please",
        "un momentito",
    ),
    Recuo.NAO: (
        "não, pera",
        "opa, não",
        "deixa",
        "nao pera",
        "pera não",
        "agora não",
        "nao era essa",
        "nao solta ninguem",
        "nao obg",
        "never mind, bye",
        "not now, thanks",
        "ahora no, gracias",
        "deja, chau",
    ),
    Recuo.DEPOIS: (
        "amanhã eu faço",
        "depois vejo",
        "deixa pra depois",
        "outra hora eu continuo",
        "mais tarde",
        "deixa essa pra depois",
        "eu vendo amanha entao",
        "maybe later",
        "otro día",
    ),
    Recuo.DESISTE: ("mudei de ideia", "cliquei errado", "o cliente desistiu", "cancela essa aí"),
    None: ("sim", "ok", "não, o segundo", "não, o boleto só vence na sexta", "amanhã de manhã", "não vou cancelar"),
}


@pytest.mark.parametrize(("said", "meant"), [(one, meant) for meant, several in SAID.items() for one in several])
def test_how_a_sentence_draws_back(said: str, meant: Recuo | None) -> None:
    assert retreat_of(said) is meant


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("mudei de ideia, n quero mais n", True),
        ("desiste mesmo dessa venda", True),
        ("cliquei errado", True),
        ("cancela nao, só to perguntando", False),
        ("não vou cancelar", False),
        ("30140-071", False),
    ],
)
def test_what_speaks_of_giving_up(said: str, expected: bool) -> None:
    assert gives_up(said) is expected


@pytest.mark.parametrize("text", ["naoo, pera", "nada não", "não era isso", "era zoeira", "não quero nada não"])
def test_a_no_as_it_is_said_when_nothing_was_asked(text: str) -> None:
    assert retreat_of(text) is Recuo.NAO


@pytest.mark.parametrize("said", ["ah não era isso", "ah, não", "não era isso"])
def test_a_no_that_begins_with_a_sigh_is_one(said: str) -> None:
    assert retreat_of(said) is Recuo.NAO


@pytest.mark.parametrize(
    ("said", "another"),
    [
        ("cancela a venda do joao de ontem q ele desistiu", True),
        ("quero cancelar o pedido da semana passada", True),
        ("cancela a venda do João", False),
        ("desisti da venda", False),
        ("cancela, vi com ele ontem", False),
    ],
)
def test_a_sale_that_was_is_another_one(said: str, another: bool) -> None:
    assert speaks_of_another_sale(said) is another
