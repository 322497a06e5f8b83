"""What begins as a look at something does, and what answers a question."""

import pytest

from core.processo.consulta.olhada import begins_to_look


@pytest.mark.parametrize(
    "said",
    ["qual o vencimento da oficina?", "mostra a da clínica", "pera, cadê a da padaria", "quanto deu setembro?",
     "quais eu aprovei hoje?", "antes, ver a fatura da escola", "o que falta baixar?", "tem da vivo?",
     "como tá o mês?"],
)  # fmt: skip
def test_a_look_at_something_begins_as_one(said: str) -> None:
    assert begins_to_look(said)


@pytest.mark.parametrize(
    "said",
    ["sim", "não", "só a da oficina", "a primeira", "todas menos a da clínica", "sim, mas qual o valor?", "pode",
     "aprova a da clínica", "manda pro sat", "não, qual é?", "como assim"],
)  # fmt: skip
def test_an_answer_is_no_look_at_something(said: str) -> None:
    assert not begins_to_look(said)
