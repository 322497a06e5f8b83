"""Nobody takes us for a person: whoever asks is told, and how to reach one."""

from tests.support.consultores import CHANNELS, DAVI, attended, consultor, customer
from tests.support.service import RunningService


@CHANNELS
async def test_a_customer_is_told_and_shown_the_way_to_a_person(sqlite_service: RunningService, channel: str) -> None:
    maria = await customer(sqlite_service, channel=channel)
    await maria.says("oi")
    await maria.says("vc é robô?")
    await maria.sees("Sou o atendimento automático da operação.")
    await maria.taps("Falar com consultor")
    await maria.sees("Seu protocolo")
    await maria.says("isso é um robô?")
    await maria.sees("você continua na fila")


async def test_a_consultor_is_asked_themselves(sqlite_service: RunningService) -> None:
    davi, maria = await consultor(sqlite_service, DAVI), await customer(sqlite_service)
    await attended(sqlite_service, maria, davi)
    await maria.says("você é um robô?")
    await davi.sees("você é um robô?")
    assert "atendimento automático" not in "".join(one.text for one in maria.screen)
    await davi.says("anota aí que ela prefere de manhã")
    await davi.sees("📝 Anotado")
    assert "prefere de manhã" not in "".join(one.text for one in maria.screen)
