"""What an approver says to take an approval of theirs back, and what only sounds like it."""

import pytest

from core.processo.consulta.desfeita import taken_back


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("Desfazer", ""),
        ("desfaz isso aí", ""),
        ("ops, desfaz isso aí", ""),
        ("aprovei errado!", ""),
        ("me arrependi de ter aprovado", ""),
        ("cancela minha aprovação", ""),
        ("desfaz a da clínica", "da clinica"),
        ("cancela minha aprovação da academia", "da academia"),
        ("tira a aprovação que eu dei na clínica", "na clinica"),
        ("anular a aprovação da Padaria Pão Quente", "da padaria pao quente"),
        ("volta atrás na clínica", "na clinica"),
        ("aprovei errado a da clínica", "da clinica"),
        ("me arrependi de aprovar a clínica", "a clinica"),
        ("me enganei, era outra", ""),
    ],
)
def test_it_is_taken_back(said: str, whose: str) -> None:
    assert taken_back(said) == whose


@pytest.mark.parametrize(
    "said",
    ["cancela a fatura da academia", "cancelar", "tira o Davi", "não volta atrás", "quem aprovou a da clínica?",
     "aprova a da clínica", "como desfaço?", "remove a foto"],
)  # fmt: skip
def test_nothing_is_taken_back(said: str) -> None:
    assert taken_back(said) is None
