"""What is said of what is on the screen: the rest of a list, the file, whether it is right."""

import pytest

from core.fala.tela import NaTela, asks_what_a_card_says, of_screen


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        *((said, NaTela.RESTO) for said in ("mais", "ver mais", "próximas", "tem mais?", "o resto")),
        *((said, NaTela.ARQUIVO) for said in ("me mostra o pdf", "cadê o boleto", "abre a fatura", "cadê o pdf")),
        *((said, NaTela.ARQUIVO) for said in ("o pdf nao abre aqui", "não consigo abrir o boleto", "n abre o arquivo")),
        *((said, NaTela.PORQUE) for said in ("isso tá certo?", "o valor tá certo?", "confere?", "pq tá amarelo")),
        *((said, NaTela.PORQUE) for said in ("pq não baixou?", "por que ela tá parada?", "ta certo esse valor?")),
        *((said, NaTela.HISTORICO) for said in ("quem aprovou?", "quem mandou pro sat", "quando foi aprovada")),
        *((said, NaTela.CARTAO) for said in ("já foi?", "qual o vencimento", "já subiu?", "e o valor?")),
        *((said, NaTela.DE_NOVO) for said in ("tenta de novo", "baixa dnv", "manda outra vez")),
        *((said, NaTela.PARAR) for said in ("para", "opa, mandei errado", "cancela isso", "para o robô")),
        *((said, NaTela.LISTA) for said in ("volta pra lista", "a lista de novo")),
        *((said, NaTela.CORRECAO) for said in ("valor certo é 89,90", "o vencimento ta errado, o certo é dia 20")),
        *((said, NaTela.PORQUE) for said in ("por que veio mais alta que mês passado?", "pq subiu?")),
        *((said, NaTela.MAIS_ANTIGA) for said in ("qual a mais velha?", "mostra a mais antiga")),
        *((said, NaTela.PARAR) for said in ("cancela esse download", "para a execução")),
        ("volta", NaTela.ATRAS),
        ("o vencimento dela é dia 10 e nao dia 15", NaTela.CORRECAO),
        ("essa fatura ta errada, é 189,90", NaTela.CORRECAO),
        *((said, NaTela.ELA) for said in ("abre ela", "abre essa aí", "mostra", "deixa eu ver ela", "pode abrir")),
        *((said, None) for said in ("mais tarde", "isso está certo", "aprova", "manda a da oficina", "mais ou menos")),
        *((said, None) for said in ("rejeita, o valor está errado", "aprova, o valor está certo", "para mim")),
    ],
)
def test_what_is_wanted_of_the_screen(said: str, wanted: NaTela | None) -> None:
    assert of_screen(said) is wanted


@pytest.mark.parametrize(
    "said",
    ["que dia vence a do hotel", "a clínica já subiu?", "quanto deu a da oficina", "a da escola já foi aprovada?"],
)
def test_what_a_card_says_is_no_misunderstanding(said: str) -> None:
    assert asks_what_a_card_says(said)


@pytest.mark.parametrize(
    "said", ["o hotel", "quem aprovou a do hotel", "muda o vencimento do hotel", "fala com o hotel"]
)
def test_a_name_alone_asks_nothing_of_it(said: str) -> None:
    assert not asks_what_a_card_says(said)
