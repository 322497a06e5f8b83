"""Quick answers: names, blanks, and what was perhaps meant."""

import pytest

from core.conversa.respostas_rapidas import RespostaInvalida, as_name, checked, filled, similar

VALUES = {"nome": "Maria", "protocolo": "#00042", "consultor": "Davi Alves"}


@pytest.mark.parametrize(("typed", "name"), [("Preço", "preco"), (" BOM  Dia ", "bom dia"), ("2a-via", "2a-via")])
def test_a_name_is_the_same_however_it_is_typed(typed: str, name: str) -> None:
    assert as_name(typed) == name
    checked(name, "texto")


@pytest.mark.parametrize("name", ["", "apagar", "apagar tudo", "a" * 21, "preço?", "日本", "a:b", "-" * 30])
def test_a_name_can_be_typed_and_tapped(name: str) -> None:
    with pytest.raises(RespostaInvalida, match="nome"):
        checked(name, "texto")


@pytest.mark.parametrize(("texto", "motivo"), [("x" * 2001, "texto"), ("Olá {telefone}", "lacuna")])
def test_a_text_can_be_sent(texto: str, motivo: str) -> None:
    with pytest.raises(RespostaInvalida, match=motivo):
        checked("prazo", texto)


def test_blanks_are_filled_and_other_braces_stay() -> None:
    text = "Olá {nome}, aqui é {CONSULTOR}. Protocolo {protocolo}. {} { nome } {{nome}}"
    assert filled(text, VALUES) == "Olá Maria, aqui é Davi Alves. Protocolo #00042. {} { nome } {Maria}"


def test_what_a_customer_is_called_is_not_filled_in_again() -> None:
    assert filled("Olá {nome}", VALUES | {"nome": "{protocolo}"}) == "Olá {protocolo}"


def test_the_nearest_names_are_suggested() -> None:
    names = ["boleto", "prazo", "preco", "segunda via"]
    assert similar("praso", names)[0] == "prazo"
    assert similar("segunda", names) == ["segunda via"]
    assert similar("xyz", names) == []
