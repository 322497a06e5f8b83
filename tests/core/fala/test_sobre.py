"""What a sentence is about that nothing else understood."""

from datetime import date

import pytest

from core.fala.entende import understand
from core.fala.espera import Espera
from core.fala.leitura.sobre import _PATTERNS, Sobre, subjects_of
from storage.pessoa.perfil import Perfil


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("digitei o cpf errado na venda de ontem", Sobre.CORRIGIR_VENDA),
        ("a cliente desistiu depois q fechei", Sobre.DESISTIU),
        ("me passa o telefone daquele cliente", Sobre.DADOS),
        ("onde acho o contrato dele", Sobre.DOCUMENTO),
        ("o tecnico n foi la ainda", Sobre.INSTALACAO),
        ("qual q eh meu numero de matricula", Sobre.MATRICULA),
        ("a senha expirou e n consigo mexer", Sobre.ACESSO),
        ("aprovei a da padaria sem querer", Sobre.DESFAZER),
        ("acho q rejeitei a fatura errada", Sobre.DESFAZER),
        ("caiu minha internet bem na hora", Sobre.ROBO),
        ("posso tirar 15 min", Sobre.PRESENCA),
        ("joao pediu demissao tira ele", Sobre.DESLIGAR),
        ("o relatorio podia chegar toda segunda", Sobre.AGENDAMENTO),
        ("o robo da claro caiu de novo", Sobre.ROBO),
        ("kd o historico daquela conversa", Sobre.HISTORICO),
        ("acabou a luz aqui em casa", Sobre.PRESENCA),
    ],
)
def test_the_most_telling_subject_stands_first(said: str, first: Sobre) -> None:
    assert subjects_of(said)[0] is first


@pytest.mark.parametrize("said", ["venda", "blá blá blá", "", "a conversa " * 60])
def test_a_word_alone_or_a_letter_is_about_nothing(said: str) -> None:
    assert subjects_of(said) == ()


def test_whose_login_it_is_has_a_name() -> None:
    said = "tira o acesso do joao q saiu da empresa"
    assert understand(said, Espera.of(Perfil.ADMINISTRADOR), today=date(2026, 12, 1)).pessoa == "joao"


def test_every_subject_has_its_line() -> None:
    assert list(_PATTERNS) == list(Sobre)
