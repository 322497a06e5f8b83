"""What other products' users reported: a doubt taken back, a quote of long ago, an answer corrected too late."""

import pytest

from sandbox.telegram.phone import TelegramPhone
from sandbox.whatsapp.phone import WhatsAppPhone
from tests.support.consultores import ELISA, MARIA, attended, consultor, customer, nothing_is_under_way
from tests.support.sellers import ANA, seller, sells
from tests.support.service import RunningService
from tests.support.talking import arrived, last, talking


@pytest.mark.falha(311)
async def test_who_thinks_of_leaving_the_queue_is_heard_whatever_they_say_then(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service, MARIA)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    for keeps in ("não, pera, quero sim falar", "não", "quero continuar", "não quero sair", "e a fatura?"):
        await maria.says("cansei de esperar")
        await maria.sees("Anotei. Quer sair da fila?")
        await maria.says(keeps)
        await maria.sees("ocê continua na fila")
    await maria.says("cansei de esperar")
    asked = await maria.sees("Anotei. Quer sair da fila?")
    await maria.says("sim")
    await maria.sees("Tudo bem, você saiu da fila.")
    await maria.taps("Continuar na fila", bubble=asked)
    await maria.sees("Você já não está na fila")


@pytest.mark.falha(312)
@pytest.mark.parametrize("accepted", [False, True])
async def test_a_quote_of_an_earlier_atendimento_is_said_to_who_never_saw_it(
    sqlite_service: RunningService, accepted: bool
) -> None:
    elisa = await consultor(sqlite_service, ELISA, "telegram", online=False)
    maria, davi = await talking(sqlite_service)
    await davi.says("O boleto vence dia 10, código 123")
    old = await arrived(sqlite_service, maria)
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await davi.says("OFFLINE")
    await davi.sees("offline")
    if accepted:
        await elisa.says("ONLINE")
        await attended(sqlite_service, maria, elisa)
        await maria.says("é este que voltou", reply_to=old)
        await elisa.sees("↩️ em resposta a “O boleto vence dia 10, código 123”\né este que voltou")
        return
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    await maria.says("é este que voltou", reply_to=old)
    await nothing_is_under_way(sqlite_service)
    await elisa.says("ONLINE")
    await elisa.taps("Aceitar")
    await elisa.sees("Maria: é este que voltou (em resposta a “O boleto vence dia 10, código 123”)")


@pytest.mark.falha(312)
async def test_an_answer_to_an_old_bubble_reaches_the_same_customer_who_is_back(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, of_davi="whatsapp")
    await maria.says("qual é o boleto?")
    old = await arrived(sqlite_service, davi)
    await maria.taps("Encerrar conversa")
    await davi.sees("encerrou")
    await maria.says("CONSULTOR")
    await davi.sees("quer falar com um consultor")
    await davi.taps("Aceitar")
    await maria.sees("Agora você fala com")
    await davi.says("é o do dia 10", reply_to=old)
    assert (await maria.sees("é o do dia 10")).quote == "qual é o boleto?"


@pytest.mark.falha(313)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_an_answer_corrected_after_the_robot_had_it_is_said_not_to_count(
    sqlite_service: RunningService, channel: str
) -> None:
    await sqlite_service.login_bo()
    ana = await seller(sqlite_service, ANA, channel)
    assert isinstance(ana, WhatsAppPhone | TelegramPhone)
    job = await sells(sqlite_service, ana)
    await job.ask("Qual o e-mail do cliente?", "email")
    await ana.sees("Qual o e-mail")
    await ana.says("ze@gmial.com")
    await nothing_is_under_way(sqlite_service)
    await ana.edits(last(ana), "ze@gmail.com")
    await ana.sees("Você mudou essa mensagem, mas eu já tinha lido a de antes")
    assert job.answers == {"p1": "ze@gmial.com"}
