"""What consultores ask beside their own figures, and what only sounds like it."""

import pytest

from core.atendimento.consultas import Consulta, consulted

ASKED = {
    Consulta.SEM_CLIENTES: """
nao to recebendo cliente pq?
pq nao cai cliente pra mim
ninguem me chama, ta tudo certo?
""",
    Consulta.AVALIACOES: """
teve reclamação?
qual cliente reclamou de mim
alguem deu 1 estrela hj
recebi nota baixa?
qual foi minha pior nota
o q os clientes falaram de mim
quero ver as avaliaçoes
""",
    Consulta.CHAMAR: """
manda msg pra Marina
reabre o atendimento da marina
encerrei sem querer
liga pro cliente
quero falar com o cliente do protocolo 1
""",
    Consulta.QUEM_ATENDEU: """
quem atendeu a Marina?
protocolo 00003 foi quem?
""",
    Consulta.SUMIU: """
o cliente sumiu
cliente não responde mais
""",
}
NOTHING = """
qual minha nota media?
quantos atendi hoje?
quem atende em inglês?
manda o próximo
me passa o cliente
nota: cliente quer desconto
encerrar
fala com a Carla
quero falar com meu supervisor
encerrei o turno
não me manda cliente
vou chamar o técnico pra você
"""


@pytest.mark.parametrize(
    ("said", "consulta"),
    [(line, consulta) for consulta, lines in ASKED.items() for line in lines.strip().splitlines()]
    + [(line, None) for line in NOTHING.strip().splitlines()],
)
def test_what_is_asked_of_attending(said: str, consulta: Consulta | None) -> None:
    assert consulted(said) is consulta
