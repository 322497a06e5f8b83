"""Decisions on invoices in sentences: whose they are, why, and what is no decision."""

import pytest

from core.fala.decisoes import Decisao, decision_of, named_each, named_in, names_another, refrains, whose_history

NAMES = ["Padaria Pão Quente Ltda VIVO", "Oficina do Zé ME CLARO", "Hotel Sol Ltda OI"]


@pytest.mark.parametrize(
    ("text", "places", "reason"),
    [
        ("rejeita a fatura da padaria valor errado", [0], "valor errado"),
        ("reprova a da oficina, tá duplicada", [1], "tá duplicada"),
        ("pode recusar a do hotel sol porque o vencimento tá errado", [2], "o vencimento tá errado"),
        ("aprova a da Padaria Pão Quente", [0], ""),
        ("reject the hotel invoice", [2], "invoice"),
        ("rejeita a da mercearia", [], ""),
    ],
)
def test_a_sentence_names_whose_invoice_and_why(text: str, places: list[int], reason: str) -> None:
    decisao = decision_of(text)

    assert decisao is not None
    assert named_in(decisao.resto, NAMES) == (places, reason)


@pytest.mark.parametrize(
    ("text", "numeros"),
    [("aprova 1 e 3", (1, 3)), ("aprova a 1, 2 e a 3", (1, 2, 3)), ("aprova 1e2", (1, 2)), ("aprova 123", ())],
)
def test_a_number_of_the_list_has_two_digits_at_most(text: str, numeros: tuple[int, ...]) -> None:
    decisao = decision_of(text)
    assert decisao is not None
    assert decisao.numeros == numeros


def test_places_of_the_list_and_all_but_some() -> None:
    assert decision_of("aprova as duas") == Decisao(False, "", todas=True)
    assert decision_of("rejeita as duas") is None
    placed = decision_of("rejeita a 3 porque tá duplicada")
    assert placed is not None
    assert (placed.numeros, placed.motivo) == ((3,), "tá duplicada")
    several, all_but = decision_of("aprova a 2 e a 3"), decision_of("aprova todas menos a do hotel")

    assert several is not None
    assert several.numeros == (2, 3)
    assert all_but is not None
    assert all_but.todas
    assert named_in(all_but.resto, NAMES)[0] == [2]


@pytest.mark.parametrize("text", ["aprova", "rejeita tudo", "a padaria aprovou?", "rejeita", "aprova a da padaria?"])
def test_what_only_sounds_like_a_decision_is_none(text: str) -> None:
    assert decision_of(text) is None


def test_who_decided_is_asked_of_somebodys_invoice() -> None:
    assert whose_history("quem aprovou a da oficina?") == "oficina"
    assert whose_history("quem aprovou?") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("o hotel sol e a padaria", ([0, 2], "")),
        ("a da padaria e a da oficina porque veio duplicada", ([0, 1], "veio duplicada")),
        ("a padaria pão e a quente", ([0], "")),
    ],
)
def test_two_that_are_named_are_both_meant(text: str, found: tuple[list[int], str]) -> None:
    assert named_each(text, NAMES) == found


@pytest.mark.parametrize(
    ("said", "another"),
    [
        (" a do hotel, valor errado", True),
        (" o hotel, valor errado", True),
        (" a outra", True),
        (" a fatura da padaria, duplicada", True),
        (", o valor está errado", False),
        (" porque o vencimento mudou", False),
        (" a conta do cliente errado", False),
        (" essa", False),
    ],
)
def test_what_names_another_invoice_is_no_reason_for_the_one_on_the_screen(said: str, another: bool) -> None:
    assert names_another(said) is another


def test_an_ordinal_is_a_place_and_the_rest_its_reason() -> None:
    decisao = decision_of("rejeita a segunda, cliente cancelou")
    assert decisao is not None
    assert (decisao.numeros, decisao.motivo) == ((2,), "cliente cancelou")


@pytest.mark.parametrize(
    "text",
    [
        *("não aprova nada ainda", "nao aprova nada por enquanto blz?", "n é pra aprovar ainda", "rejeita nada não"),
        "aprova essa ai nao, depois eu vejo",
    ],
)
def test_who_wants_nothing_decided_decides_nothing(text: str) -> None:
    assert refrains(text)
    assert decision_of(text) is None


def test_some_of_them_are_not_all_of_them() -> None:
    for text in ("aprova tudo abaixo de 200", "aprova todas da oficina", "aprova tudo que vence hoje"):
        decisao = decision_of(text)
        assert decisao is not None
        assert (decisao.todas, decisao.resto) == (False, text.removeprefix("aprova"))
    for text in (
        "aprova todas as que conferem por favor",
        "pode aprovar tudo que tiver ok",
        "aprova todas as verdes",
        "aprova as que conferem",
    ):
        assert decision_of(text) == Decisao(False, "", todas=True)


def test_the_verb_may_come_last() -> None:
    decisao = decision_of("a da oficina tá muito cara, recusa")
    assert decisao is not None
    assert decisao.rejeita
    assert named_in(decisao.resto, NAMES) == ([1], "tá muito cara")
    assert decision_of("a da oficina aprovei ontem") is None


def test_the_first_ones_are_so_many_places_and_a_polite_question_is_an_order() -> None:
    decisao = decision_of("pode aprovar as duas primeiras?")
    assert decisao is not None
    assert decisao.numeros == (1, 2)
    assert decision_of("posso aprovar as duas primeiras?") is None
    assert decision_of("vou aprovar só amanhã") is None
    assert refrains("vou aprovar só amanhã")


def test_the_reason_may_stand_behind_the_verb() -> None:
    decisao = decision_of("a da oficina, rejeita por valor errado")
    assert decisao is not None
    assert (decisao.rejeita, decisao.resto) == (True, "a da oficina, valor errado")
