"""Who asks who answers, and who asks for something else."""

import pytest

from core.fala.leitura.quem_fala import asks_who_answers


@pytest.mark.parametrize(
    "said",
    ["vc é robô?", "você é humano?", "é um robo ou uma pessoa", "oi, to falando com um robô?", "isso é automático?",
     "quem é você?", "com quem eu falo?", "tem alguém de verdade aí?", "quem tá falando", "Are you a bot?",
     "are you a real person", "eres un robot?"],
)  # fmt: skip
def test_who_answers_is_asked(said: str) -> None:
    assert asks_who_answers(said)


@pytest.mark.parametrize(
    "said",
    ["quero falar com uma pessoa", "com quem eu falo pra cancelar?", "o robô travou", "tem gente na fila?",
     "é a oficina", "quem é o consultor da marina?", "isso é um absurdo", "é o robô da venda que parou"],
)  # fmt: skip
def test_something_else_than_who_answers_is_asked(said: str) -> None:
    assert not asks_who_answers(said)
