"""A consultor says with a customer on the screen that they leave: it is asked about, and no customer reads it."""

from datetime import timedelta

import pytest

from tests.support.consultores import DAVI, ELISA, consultor
from tests.support.service import RunningService
from tests.support.talking import talking


def to_the_morning(service: RunningService) -> None:
    """It is ten o'clock."""
    local = service.clock().astimezone(service.settings.zone)
    ten = (local + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    service.clock.move(seconds=(ten - local).total_seconds())


async def test_an_absence_is_held_back_and_goes_with_the_tap(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, of_davi="whatsapp")
    await davi.says("vou jantar, 20 min")
    held = await davi.sees("Isso parece ser para mim: não enviei a Maria.")
    assert held.labels == ["Vou me ausentar", "Era para Maria"]
    await maria.quiet()
    await davi.says("sim")
    away = await davi.sees("🟡 Você aparece como ausente: vou jantar, por 20 min\n")
    assert "De volta a online" in away.text


async def test_said_again_it_is_for_the_customer(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, of_davi="whatsapp")
    await davi.says("vou jantar, 20 min")
    await davi.sees("não enviei a Maria")
    await davi.says("vou jantar, 20 min")
    await maria.sees("vou jantar, 20 min")


async def test_of_an_hour_to_come_it_is_said_when_to_say_it_again(sqlite_service: RunningService) -> None:
    to_the_morning(sqlite_service)
    maria, davi = await talking(sqlite_service, of_davi="whatsapp")
    await davi.says("saio às 18h")
    await davi.sees("não enviei a Maria")
    await davi.says("vou sair 18h hoje")
    held = await davi.sees("não enviei a Maria")
    assert "Com hora marcada eu não mudo nada." in held.text
    assert held.labels == ["Era para Maria"]
    await maria.quiet()


@pytest.mark.parametrize("said", ["só um minuto, já volto", "vou verificar e volto em 5 minutos", "te ligo às 15h"])
async def test_what_is_said_to_the_customer_goes_to_them(sqlite_service: RunningService, said: str) -> None:
    maria, davi = await talking(sqlite_service, of_davi="whatsapp")
    await davi.says(said)
    await maria.sees(said)


async def test_an_absence_that_begins_later_changes_nothing_now(sqlite_service: RunningService) -> None:
    to_the_morning(sqlite_service)
    davi = await consultor(sqlite_service, DAVI)
    await davi.says("me ausento de 12 às 13")
    await davi.sees("Com hora marcada eu não mudo nada.")
    assert await sqlite_service.rows("SELECT 1 FROM presence_changes WHERE status = 'away'") == []


async def test_whose_turn_it_is(sqlite_service: RunningService) -> None:
    davi, elisa = await consultor(sqlite_service, DAVI), await consultor(sqlite_service, ELISA)
    await davi.says("quem tá na vez?")
    await davi.sees("Na vez agora:\nPortuguês: Davi Alves → Elisa Costa")
    await elisa.says("OFFLINE")
    await elisa.sees("⚪ Você está offline")
    await davi.says("sou o próximo?")
    await davi.sees("Na vez agora:\nPortuguês: Davi Alves")


async def test_who_the_customer_is_is_told_to_the_consultor_alone(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, of_davi="whatsapp")
    await davi.says("qual o telefone dela mesmo?")
    told = await davi.sees("não enviei a Maria")
    assert "👤 Maria · #00001 · 5531977701000" in told.text
    await maria.quiet()


async def test_what_is_said_to_a_colleague_by_name_reaches_no_customer(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, of_davi="whatsapp")
    await consultor(sqlite_service, ELISA)
    await davi.says("oi elisa, cobre meu turno?")
    await davi.sees("não enviei a Maria")
    await maria.quiet()
    await davi.says("elisa, me cobre aqui")
    await davi.sees("não enviei a Maria")
    await davi.says("não consigo agora, chama a Elisa")
    await davi.sees("não enviei a Maria")
    await maria.quiet()
    await davi.says("a Elisa vai te atender amanhã")
    await maria.sees("a Elisa vai te atender amanhã")
    await davi.says("chegando na loja, fala com a Elisa")
    await maria.sees("fala com a Elisa")
    await davi.says("oi maria, tudo bem?")
    await maria.sees("oi maria, tudo bem?")
    await davi.says("quem tá na vez?")
    await davi.sees("não enviei a Maria")
