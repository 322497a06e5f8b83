"""What customers ask about their own data: answered at once, audited, and told to administrators once a day."""

import pytest

from sandbox import Phone
from tests.support.consultores import CHANNELS, DAVI, attended, consultor, customer, nothing_is_under_way
from tests.support.service import RunningService


async def administrator(service: RunningService) -> Phone:
    await service.administrador()
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    return adm


@CHANNELS
async def test_erasure_that_a_customer_asks_for_reaches_the_administrators_once(
    sqlite_service: RunningService, channel: str
) -> None:
    adm, maria = await administrator(sqlite_service), await customer(sqlite_service, channel=channel)
    await maria.says("oi")
    await maria.says("quero que apaguem meus dados")
    await maria.sees("Pedido registrado: apagar os seus dados")
    await adm.sees("pede que os seus dados sejam apagados")
    await maria.says("apaga meus dados!!")
    await nothing_is_under_way(sqlite_service)
    assert len([one for one in adm.screen if "sejam apagados" in one.text]) == 1
    acts = await sqlite_service.rows("SELECT detalhe FROM auditoria WHERE acao = 'LGPD'")
    assert len(acts) == 1


async def test_who_waits_keeps_the_place_and_may_leave_with_a_tap(sqlite_service: RunningService) -> None:
    adm, maria = await administrator(sqlite_service), await customer(sqlite_service)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    await maria.says("quais dados vocês têm de mim?")
    await maria.sees("Você continua na fila")
    await maria.says("não me mande mais msg")
    await maria.sees("Quer sair da fila também?")
    await adm.sees("não quer mais mensagens")
    await maria.says("sim")
    await maria.sees("você saiu da fila")


async def test_a_consultor_reads_what_is_written_to_them(sqlite_service: RunningService) -> None:
    adm, davi, maria = (
        await administrator(sqlite_service),
        await consultor(sqlite_service, DAVI),
        await customer(sqlite_service),
    )
    await attended(sqlite_service, maria, davi)
    await maria.says("apaga meus dados")
    await davi.sees("apaga meus dados")
    await nothing_is_under_way(sqlite_service)
    assert not any("sejam apagados" in one.text for one in adm.screen)


@pytest.mark.parametrize("said", ["para de me mandar mensagem", "não, apaga meus dados"])
async def test_it_is_no_answer_to_what_was_asked_last(sqlite_service: RunningService, said: str) -> None:
    maria = await customer(sqlite_service)
    await maria.says("oi")
    await maria.sees("Este é o atendimento")
    await maria.says(said)
    await maria.sees("(LGPD" if "dados" in said else "não escrevo mais")


async def test_praise_of_what_is_over_is_a_comment_and_calls_nobody(sqlite_service: RunningService) -> None:
    davi, maria = await consultor(sqlite_service, DAVI), await customer(sqlite_service)
    await attended(sqlite_service, maria, davi)
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await maria.says("5")
    await maria.sees("escreva um comentário")
    await maria.says("atendimento ótimo")
    await maria.sees("O seu comentário foi guardado")
    await maria.says("não quero falar com robô")
    await maria.sees("Seu protocolo: #00002")


async def test_a_yes_to_the_answer_puts_nobody_in_the_queue(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service)
    await maria.says("quero meus dados apagados")
    await maria.sees("Pedido registrado: apagar os seus dados")
    await maria.says("sim")
    await maria.sees("Não há nada para confirmar agora.")
    assert await sqlite_service.rows("SELECT 1 FROM atendimentos") == []
    await maria.says("quero que apaguem meus dados")
    await maria.sees("Falar com consultor")
    await maria.taps("Falar com consultor")
    await maria.sees("Seu protocolo")
