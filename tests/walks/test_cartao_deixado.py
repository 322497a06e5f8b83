"""A consultor leaves the card about a customer lying: it goes on to others, and may be taken after all."""

import pytest

from sandbox import Phone
from tests.support.consultores import DAVI, ELISA, consultor, customer, nothing_is_under_way
from tests.support.service import RunningService


async def left_lying(service: RunningService, maria: Phone, davi: Phone) -> None:
    """The customer asks for somebody, and the card about them gets no answer in time."""
    await maria.says("CONSULTOR")
    await davi.sees("Maria quer falar com um consultor")
    service.clock.move(seconds=61)
    await service.clock_work.atendimentos.expire_offers()
    await davi.sees("⏰ Sem resposta")


async def test_whoever_leaves_a_card_lying_is_asked_again_after_a_sign_of_life(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI)
    maria = await customer(service)
    await left_lying(service, maria, davi)

    service.clock.move(minutes=6)
    await service.clock_work.atendimentos.hand_out_queue()
    await nothing_is_under_way(service)
    cards = "SELECT count(*) AS cards FROM ofertas"
    assert await service.rows(cards) == [{"cards": 1}], "nobody shows that Davi is there"
    await davi.says("FILA")
    await davi.sees("1 cliente na fila:\n1. Maria · #00001 · pt · há 7 min")
    await service.clock_work.atendimentos.hand_out_queue()
    await davi.sees("Maria quer falar com um consultor")
    assert await service.rows(cards) == [{"cards": 2}]


@pytest.mark.falha(552)
async def test_a_card_that_was_left_lying_is_taken_after_all_while_nobody_else_is_asked(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    davi, maria = await consultor(service, DAVI), await customer(service)
    await left_lying(service, maria, davi)
    await davi.taps("Aceitar")
    await davi.sees("✅ Você atende Maria, protocolo #00001.")
    await maria.sees("Agora você fala com Davi Alves. Protocolo #00001.")
    await davi.taps("Aceitar")
    await davi.sees("Você já atende Maria, protocolo #00001.")


@pytest.mark.falha(552)
async def test_a_card_that_was_left_lying_takes_nobody_from_who_is_asked_now_nor_beyond_ones_room(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    davi, maria = await consultor(service, DAVI), await customer(service)
    await left_lying(service, maria, davi)
    await davi.says("OFFLINE")
    await davi.sees("offline")
    await davi.taps("Aceitar")
    await davi.sees("Esse cartão já não vale")
    elisa = await consultor(service, ELISA)
    await elisa.sees("Maria quer falar com um consultor")
    await davi.says("ONLINE")
    await davi.sees("🟢 Você está online.")
    await davi.taps("Aceitar")
    await davi.sees("Esse cartão já não vale")
    await elisa.taps("Aceitar")
    await maria.sees("Agora você fala com Elisa Costa.")
