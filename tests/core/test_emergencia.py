"""Who is in danger, and who only says such words."""

import pytest

from core.atendimento.emergencia import Emergencia, emergency_of


@pytest.mark.parametrize(
    "said",
    ["tem um poste caido com fio solto na minha rua", "incendio no meu predio", "meu marido passou mal preciso do samu",
     "ta pegando fogo aqui", "choque elétrico no poste em frente casa", "minha filha ta presa no elevador", "190",
     "fui assaltado agora", "ta saindo faisca do fio aqui na parede",
     "cheiro de gás no prédio", "there is a fire in my building"],
)  # fmt: skip
def test_somebody_is_in_danger(said: str) -> None:
    assert emergency_of(said) is Emergencia.PERIGO


@pytest.mark.parametrize("said", ["vou me matar", "não quero mais viver", "quero morrer"])
def test_somebody_speaks_of_their_own_death(said: str) -> None:
    assert emergency_of(said) is Emergencia.VIDA


@pytest.mark.parametrize(
    "said",
    ["vocês vão me matar de raiva", "preciso urgente de um técnico", "socorro",
     "minha mãe passou mal mês passado e não paguei",
     "meu fire tv não abre", "esse plano é um assalto ao bolso? kkk", "plano de 190", "vou chamar o procon",
     "troquei por acidente o plano", "quero morrer kkkkk", "a internet caiu", "o fio do modem quebrou"],
)  # fmt: skip
def test_it_is_no_emergency(said: str) -> None:
    assert emergency_of(said) is None
