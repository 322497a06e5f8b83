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


@pytest.mark.parametrize(
    "said",
    ["hay un cable caído en la calle echando chispas", "se está incendiando mi casa", "huele a gas en mi edificio",
     "se cayó un poste de luz", "me dio corriente al tocar el modem", "mi esposo no respira", "mi hija se desmayó",
     "estoy encerrada en el ascensor", "me están asaltando", "sale humo del modem",
     "there's a fallen wire on the street and it's sparking", "I smell gas in my building", "I can't breathe",
     "a power line is down in front of my house", "I got an electric shock from the router", "my mother fainted",
     "I'm stuck in the elevator", "the router is burning"],
)  # fmt: skip
def test_so_is_who_says_it_in_spanish_or_english(said: str) -> None:
    assert emergency_of(said) is Emergencia.PERIGO


@pytest.mark.parametrize(
    "said",
    ["quiero quitarme la vida", "ya no quiero vivir", "tengo ganas de morir", "I want to end my life",
     "I don't want to live anymore"],
)  # fmt: skip
def test_so_is_their_own_death(said: str) -> None:
    assert emergency_of(said) is Emergencia.VIDA


@pytest.mark.parametrize(
    "said",
    ["se cayó el internet", "la línea está caída", "my line is down", "the cable is loose",
     "me quiero morir de risa jaja", "el cable del modem está roto", "burning question about my bill",
     "your prices are killing me", "my phone is dying", "i am bleeding money", "calls are burning my minutes",
     "mi plan explotó de precio", "fire him",
     "ayer se incendió mi casa y no pagué"],
)  # fmt: skip
def test_nor_are_these(said: str) -> None:
    assert emergency_of(said) is None


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
