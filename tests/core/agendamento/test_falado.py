"""Schedules as people say them: Some 380 phrases, and what becomes of each."""

from pathlib import Path

import pytest

from core.agendamento.cron import check_cron
from core.agendamento.falado.conhecido import Conhecido, OperadoraDita, PessoaDita
from core.agendamento.falado.entender import entender
from core.agendamento.falado.frase import Duvida, Perguntar
from core.agendamento.parametros import check_parametros

EU = "5511900000001"
CONHECIDO = Conhecido(
    operadoras=(
        OperadoraDita("VIVO", "Vivo"),
        OperadoraDita("OI", "Oi"),
        OperadoraDita("TIM", "Tim"),
        OperadoraDita("CLARO", "Claro"),
        OperadoraDita("ALGAR", "Algar Telecom"),
        OperadoraDita("EMBRATEL", "Embratel"),
        OperadoraDita("LIGGA_FIBRA", "Ligga Fibra"),
        OperadoraDita("LIGGA_MOVEL", "Ligga Móvel"),
        OperadoraDita("SKY", "Sky", tem_robo=False),
    ),
    pessoas=(
        PessoaDita("Flávia Moreira", "5511987654321"),
        PessoaDita("Carlos Lima", "5531988887777"),
        PessoaDita("Domingos Alves", "5541977776666"),
        PessoaDita("João Silva", "5511976543210"),
        PessoaDita("João Souza", "5511976543211"),
        PessoaDita("Adm Reis", EU),
    ),
    eu=EU,
)
_LINES = Path(__file__).with_name("frases.txt").read_text("utf-8").splitlines()
FRASES = [line.split("|") for line in _LINES if line.strip() and not line.startswith("#")]


def said(phrase: str) -> str:
    """The schedule as the table writes it, or the question."""
    try:
        found = entender(phrase, CONHECIDO)
    except Perguntar as asked:
        return f"? {asked.duvida}"
    named = " ".join(f"{name}={_text(value)}" for name, value in found.parametros.items())
    return f"{found.tipo} | {found.cron} | {named}".strip()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "sim" if value else "nao"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("parts", FRASES, ids=[parts[0].strip() or "nothing" for parts in FRASES])
def test_a_phrase_is_the_schedule_or_the_question_that_the_table_says(parts: list[str]) -> None:
    phrase, expected = parts[0].strip(), [part.strip() for part in parts[1:]]
    if expected[0].startswith("?"):
        assert said(phrase) == expected[0]
        return
    tipo, cron, named = said(phrase).split("|") if said(phrase).count("|") == 2 else (said(phrase), "", "")
    assert [tipo.strip(), cron.strip(), sorted(named.split())] == [
        expected[0],
        expected[1],
        sorted(expected[2].split()),
    ]
    found = entender(phrase, CONHECIDO)
    check_cron(found.cron)
    check_parametros(found.tipo, found.parametros)


def test_the_table_asks_every_question() -> None:
    """A question that no phrase leads to is one that nobody has looked at."""
    asked = {parts[1].strip().removeprefix("? ") for parts in FRASES if parts[1].strip().startswith("?")}
    assert asked == {str(one) for one in Duvida}
