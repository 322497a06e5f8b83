"""Answers to what we ask and offer, as people give them: of these every one counts, and walks show what comes of it."""

from dataclasses import replace

import pytest

from core.fala.entende import understand
from core.fala.espera import Aguarda, Entendido, Espera
from core.fala.intencoes import Intencao
from core.fala.leitura.leitura import read
from core.fala.recuos import Recuo, is_laugh, retreat_of
from core.fala.respostas.sim_nao import sells
from core.fala.respostas.valores import is_no_name
from core.fala.respostas.verbos import with_taking_said
from core.venda.respostas import Opcao
from storage.pessoa.perfil import Perfil
from tests.support.frases import TODAY

_I = Intencao


def answered(said: str, perfil: Perfil = Perfil.VENDEDOR) -> Entendido:
    return understand(said, replace(Espera.of(perfil), aguarda=Aguarda.SIM_NAO, nao_leve=True), today=TODAY)


@pytest.mark.parametrize(
    "said", ["sim", "isso", "s", "pode ser", "👍", "isso mesmo", "ss", "aham", "claro", "quero sim", "yes"]
)
def test_a_yes_in_peoples_words(said: str) -> None:
    found = answered(said)
    assert (found.intencao, found.certo) == (_I.SIM, True)


@pytest.mark.parametrize(
    "said", ["não", "nao", "n", "nao quero", "agora não", "não, espera", "opa, não", "deixa", "deixa pra lá"]
)
def test_a_no_or_a_step_back(said: str) -> None:
    assert answered(said).intencao in (_I.NAO, _I.CANCELAR) or retreat_of(said) is Recuo.NAO


@pytest.mark.parametrize("said", ["1", "a primeira", "primeira opção", "opção 1", "iniciar", "iniciar uma venda"])
def test_the_first_of_those_that_were_offered(said: str) -> None:
    labels = ("Iniciar uma venda", "Ver como está a venda", "O que posso pedir aqui")
    opcoes = [Opcao(str(place), label) for place, label in enumerate(labels)]
    found = understand(said, Espera.of(Perfil.VENDEDOR).for_options(*opcoes), today=TODAY)
    assert (found.intencao, found.opcao, found.certo) == (_I.OPCAO, 0, True)


@pytest.mark.parametrize("said", ["é meu, deixa comigo", "pode mandar", "eu atendo", "aceito", "sim"])
def test_a_customer_is_taken(said: str) -> None:
    found = answered(with_taking_said(said), Perfil.CONSULTOR)
    assert (found.intencao, found.certo) == (_I.SIM, True)


@pytest.mark.parametrize("said", ["passa pra outro", "não posso atender agora"])
def test_a_customer_is_let_pass(said: str) -> None:
    found = answered(with_taking_said(said), Perfil.CONSULTOR)
    assert (found.intencao, found.certo) == (_I.NAO, True)


@pytest.mark.parametrize("said", ["lança uma pra mim", "bora vender", "faz uma aí"])
def test_the_verbs_of_sellers(said: str) -> None:
    leitura = read(said, TODAY)
    assert leitura is not None
    assert sells(leitura)


@pytest.mark.parametrize("said", ["kkkk", "rsrs 😂", "😂😂", "hahaha"])
def test_a_laugh_in_letters_or_pictures(said: str) -> None:
    assert is_laugh(said)


@pytest.mark.parametrize("said", ["bom dia", "PENDENTES", "ok", "por quê?", "não", "cliquei errado", "x", "👍"])
def test_what_is_no_reason_is_not_taken_for_one(said: str) -> None:
    found = understand(said, replace(Espera.of(Perfil.APROVADOR), aguarda=Aguarda.MOTIVO), today=TODAY)
    assert found.intencao is not _I.MOTIVO


@pytest.mark.parametrize("said", ["-", ".", "null", "xxx", "não sei", "sem nome", "123"])
def test_people_give_no_name(said: str) -> None:
    assert is_no_name("Qual o nome completo do titular?", said)


@pytest.mark.parametrize("said", ["não", "não, pera", "deixa", "cancela", "melhor não"])
def test_none_of_those_that_were_offered(said: str) -> None:
    """A no is enough where the yes is a tap (dialogs/fala/esperado.py)."""
    backs = {Recuo.NAO, Recuo.DEPOIS, Recuo.DESISTE}
    assert answered(said, Perfil.OPERADOR).intencao in (_I.NAO, _I.CANCELAR) or retreat_of(said) in backs
