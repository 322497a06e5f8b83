"""A consultor writes to a customer whom they have not taken yet, or have no more: they hear that it went to nobody."""

import pytest

from tests.support.consultores import DAVI, MARIA, consultor, customer
from tests.support.service import RunningService


@pytest.mark.falha(601)
@pytest.mark.parametrize("said", ["oi Maria, tudo bem?", "bom dia", "aqui é o Davi, em que posso ajudar?", "99 reais"])
async def test_what_is_written_before_the_card_is_answered_goes_to_nobody_and_the_card_comes_again(
    loja: RunningService, said: str
) -> None:
    davi = await consultor(loja, DAVI)
    maria = await customer(loja, MARIA)
    await maria.says("CONSULTOR")
    await davi.sees("Maria quer falar com um consultor")
    await davi.says(said)
    again = await davi.sees("Maria ainda não recebe o que você escreve: nada foi enviado.")
    assert again.labels == ["Aceitar", "Passar"]
    await davi.taps("Aceitar", bubble=again)
    await davi.sees("Você atende Maria")
    await davi.says("agora sim")
    await maria.sees("agora sim")
    assert not maria.shows(said)


@pytest.mark.falha(601)
async def test_a_yes_still_takes_the_customer(loja: RunningService) -> None:
    davi = await consultor(loja, DAVI)
    maria = await customer(loja, MARIA)
    await maria.says("CONSULTOR")
    await davi.sees("Maria quer falar com um consultor")
    await davi.says("bom dia Maria")
    await davi.sees("nada foi enviado")
    await davi.says("sim")
    await davi.sees("Você atende Maria")


@pytest.mark.falha(601)
async def test_what_is_written_when_nobody_is_there_goes_to_nobody(loja: RunningService) -> None:
    davi = await consultor(loja, DAVI)
    await davi.says("já troquei o endereço da senhora aqui, qualquer coisa me chama")
    await davi.sees("Você não está atendendo ninguém agora: isso não foi a ninguém.")
