"""What asks for nothing in particular, and what only greets or asks for something."""

import pytest

from core.fala.leitura.agora import asks_how_it_stands


@pytest.mark.parametrize(
    "texto",
    [
        "novidades?",
        "bom dia, novidades?",
        "tem coisa parada?",
        "tá tudo em dia?",
        "o que tá parado?",
        "tem algo errado?",
        "como estamos hoje?",
        "tudo certo com o sistema?",
        "como foi o dia?",
        "me dá um resumo do dia",
        "ta tudo rodando?",
    ],
)
def test_how_it_stands_is_asked_of_nothing_in_particular(texto: str) -> None:
    assert asks_how_it_stands(texto)


@pytest.mark.parametrize(
    "texto", ["tudo bem?", "oi, tudo certo?", "bom dia", "tem fatura parada?", "novidades da venda?", "quem tá online?"]
)
def test_a_greeting_or_a_question_about_something_does_not_ask_how_it_stands(texto: str) -> None:
    assert not asks_how_it_stands(texto)
