"""An earlier answer taken back while another question is open, and what is an answer to it."""

import pytest

from core.fala.correcoes import correction_of
from core.venda.perguntas import Opcao, Pergunta, TipoResposta

CPF = Pergunta("1", "Qual é o CPF do cliente?", TipoResposta.CPF)
NOME = Pergunta("1", "Qual o nome da mãe?", TipoResposta.TEXTO)
PLANO = Pergunta("1", "Qual plano?", TipoResposta.OPCAO, (Opcao("a", "500 Mega"), Opcao("b", "700 Mega")))
ACEITA = Pergunta("1", "Aceita o contrato?", TipoResposta.SIM_NAO)


@pytest.mark.parametrize(
    ("text", "pergunta", "sobre"),
    [
        ("não, pera, o CEP é 30140-072", CPF, "CEP"),
        ("não, o CEP é 30140-072", ACEITA, "CEP"),
        ("opa, me enganei no plano, é o de 700", CPF, "plano"),
        ("volta, digitei o telefone errado", CPF, "telefone"),
        ("quero trocar o plano", CPF, "plano"),
        ("errei o CEP, o certo é 30140-072", NOME, "CEP"),
        ("a resposta anterior tá errada", PLANO, ""),
        ("volta uma pergunta", CPF, ""),
        ("ops, errei", CPF, ""),
        ("wait, the cep is 30140-072", CPF, "CEP"),
        ("o telefone que mandei tá errado", None, "telefone"),
    ],
)
def test_what_was_answered_before_is_taken_back(text: str, pergunta: Pergunta | None, sobre: str) -> None:
    found = correction_of(text, pergunta)

    assert found is not None
    assert found.sobre == sobre


@pytest.mark.parametrize(
    ("text", "pergunta"),
    [
        ("não, pera, o CPF é 529.982.247-25", CPF),
        ("errei, o cpf é 529.982.247-25", CPF),
        ("opa, o plano é o de 700", PLANO),
        ("Maria do Nome de Jesus", NOME),
        ("não", ACEITA),
        ("não, o valor é alto demais", ACEITA),
        ("não, o plano é caro", ACEITA),
        ("sim, pode trocar o plano", ACEITA),
        ("CEP 30140-071, CPF 529.982.247-25", CPF),
        ("o cliente pergunta do vencimento", CPF),
    ],
)
def test_an_answer_is_no_correction(text: str, pergunta: Pergunta) -> None:
    assert correction_of(text, pergunta) is None
