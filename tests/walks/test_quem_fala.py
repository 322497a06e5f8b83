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


async def test_whether_somebody_is_there_is_told_as_it_is(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service)
    await maria.says("vcs atendem de sabado?")
    await maria.sees("agora não há ninguém disponível")
    davi = await consultor(sqlite_service, DAVI)
    await maria.says("até que horas atendem?")
    await maria.sees("agora há alguém disponível")
    await maria.says("sim")
    await maria.sees("Seu protocolo")
    await davi.sees("atendem de sabado")
    await maria.says("posso mandar audio?")
    await maria.sees("quem atender você ouve")


async def test_what_we_do_not_understand_is_kept_and_they_hear_so(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service)
    await maria.says("liga pra mim depois das seis")
    await maria.sees("Anotei, e passo a quem atender você.\n\nOlá!")
    await maria.sends_location(-19.9, -43.9)
    await maria.sees("Anotei, e passo a quem atender você.")
    davi = await consultor(sqlite_service, DAVI)
    await maria.says("CONSULTOR")
    card = await davi.sees("quer falar com um consultor")
    assert "depois das seis" in card.text


async def test_who_must_go_for_a_moment_keeps_the_place(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    await maria.says("vou ter q sair, volto daqui a pouco")
    await maria.sees("Pode sair do aplicativo: você continua na fila")
    await maria.says("desculpa, mandei errado")
    await maria.sees("Anotei. O consultor vai ler a sua mensagem ao entrar.")
