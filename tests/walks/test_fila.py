"""All logins are in use: the literal message, a place in the queue, and the sale that starts by itself."""

import pytest
from sqlalchemy import update

from core.venda.pool import free_all
from sandbox import Job, Phone
from storage.tables import contatos
from storage.transaction import Transaction
from tests.support.sellers import BIA, CAIO, LITERAL, asks_to_sell, change, holders, pool, seller, sells
from tests.support.service import RunningService

DORA = ("Dora Dias", "5531988807000")


@pytest.mark.falha(52)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_sellers_wait_in_order_and_are_served_by_themselves(service: RunningService, channel: str) -> None:
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    bia, caio = await seller(service, BIA, channel), await seller(service, CAIO)

    await asks_to_sell(bia)
    bubble = await bia.sees(LITERAL)
    assert bubble.text == f"{LITERAL}\n\nQuer um lugar na fila? Começo a sua venda assim que um acesso for liberado."
    await bia.taps("Entrar na fila")
    await bia.sees(f"{LITERAL}\n\nVocê é o 1º da fila e será atendido automaticamente. Para sair: CANCELAR.")

    await asks_to_sell(caio)
    await caio.taps("Entrar na fila")
    await caio.sees("Você é o 2º da fila")
    assert (await pool(service)).na_fila == 2

    # Ana's sale ends: her login goes to Bia, without Bia asking.
    service.sandbox.rpa.next("manual", "manual")
    await job.complete({"numero_pedido": "NIO-1"})
    await bia.sees("🤖 Chegou a sua vez! Um acesso ficou livre e a sua venda começou; já volto com as perguntas.")
    job = await service.sandbox.rpa.started()
    assert job.body["matricula_vendedor"] == "V5000"

    await caio.says("STATUS")
    await caio.sees("Você é o 1º da fila")
    await job.complete({"numero_pedido": "NIO-2"})
    await bia.sees("NIO-2")
    await caio.sees("Chegou a sua vez!")
    job = await service.sandbox.rpa.started()
    assert job.body["matricula_vendedor"] == "V6000"
    assert await holders(service) == [CAIO[1]]
    assert (await pool(service)).na_fila == 0


@pytest.mark.falha(52)
async def test_who_leaves_with_cancelar_makes_room(loja: RunningService) -> None:
    job = await sells(loja, await seller(loja))
    bia, caio = await seller(loja, BIA), await seller(loja, CAIO)
    for phone in (bia, caio):
        await asks_to_sell(phone)
        await phone.taps("Entrar na fila")
        await phone.sees("da fila e será atendido")

    await bia.says("CANCELAR")
    await bia.sees("Você saiu da fila. Quando quiser, é só digitar VENDER.")
    await caio.says("STATUS")
    await caio.sees("Você é o 1º da fila")
    loja.sandbox.rpa.next("manual")
    await job.complete()
    await caio.sees("Chegou a sua vez!")

    await bia.says("STATUS")
    await bia.sees("Não há venda em andamento. Para começar, digite VENDER.")
    await bia.says("VENDAS")
    await bia.sees("cancelada")
    assert [job.body["matricula_vendedor"] for job in loja.sandbox.rpa.jobs] == ["V4000", "V6000"]


async def test_agora_nao_leaves_no_trace(loja: RunningService) -> None:
    await sells(loja, await seller(loja))
    bia = await seller(loja, BIA)

    await asks_to_sell(bia)
    await bia.taps("Agora não")
    await bia.sees("Tudo bem, nada foi iniciado. Quando quiser, é só digitar VENDER.")
    await bia.says("VENDAS")
    await bia.sees("Você ainda não tem vendas.")
    assert (await pool(loja)).na_fila == 0


async def test_a_login_that_came_back_before_the_tap_starts_the_sale_at_once(
    loja: RunningService, ana: Phone, job: Job
) -> None:
    bia = await seller(loja, BIA)

    await asks_to_sell(bia)
    await bia.sees(LITERAL)
    await job.complete()
    await ana.sees("Venda concluída")
    loja.sandbox.rpa.next("manual")
    await bia.says("sim")
    await bia.sees("Venda iniciada")
    assert await holders(loja) == [BIA[1]]


async def test_vender_again_while_waiting_keeps_the_place(loja: RunningService) -> None:
    await sells(loja, await seller(loja))
    bia, caio = await seller(loja, BIA), await seller(loja, CAIO)
    for phone in (bia, caio):
        await asks_to_sell(phone)
        await phone.taps("Entrar na fila")
        await phone.sees("da fila e será atendido")

    await bia.says("VENDER")
    await bia.sees("Você já está na fila, desde ")
    await bia.taps("Continuar")
    await bia.sees("Você é o 1º da fila")

    await bia.says("VENDER")
    await bia.taps("Sair da fila")
    await bia.sees("Você saiu da fila.")
    await caio.says("STATUS")
    await caio.sees("Você é o 1º da fila")


@pytest.mark.falha(38)
async def test_who_may_no_longer_sell_gives_way_to_the_next(loja: RunningService) -> None:
    job = await sells(loja, await seller(loja))
    bia_id = await loja.vendedor(*BIA)
    bia, caio = await loja.phone("whatsapp", *BIA), await seller(loja, CAIO)
    for phone in (bia, caio):
        await asks_to_sell(phone)
        await phone.taps("Entrar na fila")
        await phone.sees("da fila e será atendido")

    await change(loja, bia_id, autorizar_venda_sem_auditoria=False)
    loja.sandbox.rpa.next("manual")
    await job.complete()
    await bia.sees("Falta no seu cadastro a permissão “Autorizar venda sem auditoria”.")
    await caio.sees("Chegou a sua vez!")
    assert await holders(loja) == [CAIO[1]]


@pytest.mark.falha(52)
async def test_logins_that_come_back_together_serve_as_many_who_wait_each_in_their_language(
    loja: RunningService,
) -> None:
    await loja.login_bo("Bo Dois", "5531900000002")
    await sells(loja, await seller(loja))
    await sells(loja, await seller(loja, DORA))
    bia, caio = await seller(loja, BIA), await seller(loja, CAIO)
    for phone in (bia, caio):
        await asks_to_sell(phone)
        await phone.taps("Entrar na fila")
        await phone.sees("da fila e será atendido")
    await speaks_english(loja, BIA[1])

    loja.sandbox.rpa.next("manual", "manual")
    await loja.wiring.turns.run(free_all)
    await bia.sees("It is your turn!")
    await caio.sees("Chegou a sua vez!")
    assert await holders(loja) == [BIA[1], CAIO[1]]
    assert (await pool(loja)).na_fila == 0


async def speaks_english(service: RunningService, telefone: str) -> None:
    async def work(tx: Transaction) -> None:
        await tx.execute(update(contatos).where(contatos.c.telefone == telefone).values(idioma="en"))

    await service.wiring.turns.run(work)
