"""A sale that fails: the seller hears why and what to do, and the login goes back or is set aside."""

from datetime import timedelta

import pytest

from sandbox import Job, Phone, fail, refuse_password, silent
from tests.support.sellers import BIA, CPF, LITERAL, asks_to_sell, pool, seller, sells, venda_of
from tests.support.service import RunningService

WHY = {
    "PORTAL_FORA": "O portal da operadora está fora do ar. Tente de novo em alguns minutos.",
    "TEMPO_ESGOTADO": "O portal demorou demais para responder. Tente de novo em alguns minutos.",
    "DADOS_INVALIDOS": (
        "O portal não aceitou os dados informados. Confira com o cliente e tente de novo. "
        "Motivo informado: CEP sem cobertura"
    ),
    "NEGADO": "O pedido foi negado pela operadora para este cliente. Motivo informado: CEP sem cobertura",
    "QUALQUER_OUTRO": "O robô encontrou um problema inesperado. Fale com quem administra os acessos: Adm Silva.",
}


async def test_the_seller_hears_why_and_what_to_do(loja: RunningService) -> None:
    await loja.administrador("Adm Silva")
    ana = await seller(loja)
    for codigo in WHY:
        job = await sells(loja, ana)
        await job.fail(codigo, "CEP sem cobertura")
        bubble = await ana.sees("❌ A venda não foi concluída.")
        assert bubble.text == f"❌ A venda não foi concluída. {WHY[codigo]}"
        assert (await pool(loja)).livres == 1
        assert (await venda_of(loja, job))["status_venda"] == "FALHOU"

        await ana.taps("Nova venda")
        await ana.sees("Posso começar?")


@pytest.mark.falha(54)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_password_the_portal_refused_is_not_tried_again(loja: RunningService, channel: str) -> None:
    ana = await seller(loja, channel=channel)
    loja.sandbox.rpa.next(refuse_password())
    await asks_to_sell(ana)
    await ana.sees(
        "❌ A venda não foi concluída. O portal recusou o acesso BackOffice usado; "
        "ele foi separado para conferência. Pode tentar de novo."
    )
    status = await pool(loja)
    assert (status.livres, status.afastados, status.em_uso) == (0, 1, ())
    await loja.administrador("Adm Silva", "5531999990000")
    adm = await loja.phone("whatsapp", "Adm Silva", "5531999990000")
    await adm.says("POOL")
    await adm.sees("1 acesso afastado: o portal recusou a senha; importe a nova")

    await asks_to_sell(ana)
    await ana.sees(LITERAL)
    await loja.login_bo("Bo Dois", "5531900000002")
    await ana.says("SIM")
    await loja.sandbox.rpa.started(login="BO0002")
    assert [job.body["login"] for job in loja.sandbox.rpa.jobs] == ["BO0001", "BO0002"]


async def test_a_robot_that_never_calls_back_is_asked_to_the_end(loja: RunningService) -> None:
    ana = await seller(loja, channel="telegram")
    job = await sells(loja, ana, silent())

    for asked, typed in (("CEP", "30140-071"), ("CPF", CPF), ("plano", "1"), ("turno", "tarde")):
        await job.asked()
        await loja.wiring.robot_events.poll(timedelta(0))
        await ana.sees(f" {asked} ")
        await ana.says(typed)
        await job.answered(len(job.answers) + 1)
    await job.ended()
    await loja.wiring.robot_events.poll(timedelta(0))
    await ana.sees(f"✅ Venda concluída! Número do pedido: {job.resultado['numero_pedido']}")
    assert await loja.wiring.robot_events.poll(timedelta(0)) == 0


async def test_a_silent_job_is_asked_only_when_it_has_been_silent_for_a_while(loja: RunningService, job: Job) -> None:
    await loja.clock_work.poll_robots()
    assert loja.sandbox.rpa.calls.of("job") == []
    loja.clock.move(seconds=loja.settings.rpa_poll_interval + 1)
    await loja.clock_work.poll_robots()
    assert len(loja.sandbox.rpa.calls.of("job")) == 1


@pytest.mark.falha(117)
async def test_a_silent_job_is_asked_although_the_system_clock_was_set_back(loja: RunningService, job: Job) -> None:
    loja.clock.move(minutes=-10)
    await loja.clock_work.poll_robots()
    assert len(loja.sandbox.rpa.calls.of("job")) == 1
    loja.clock.move(minutes=-10)
    await loja.clock_work.poll_robots()
    assert len(loja.sandbox.rpa.calls.of("job")) == 2


@pytest.mark.falha(53)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_half_an_hour_without_a_sign_of_life_ends_the_sale(service: RunningService, channel: str) -> None:
    await service.login_bo()
    ana = await seller(service, channel=channel)
    job = await sells(service, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")

    service.clock.move(minutes=29)
    assert await service.clock_work.expire_logins() == 0
    service.clock.move(minutes=2)
    assert await service.clock_work.expire_logins() == 1
    await ana.sees(
        "A venda foi encerrada: passou tempo demais sem sinal do robô ou sem a sua resposta. "
        "Antes de tentar de novo, confira no portal se o pedido não saiu."
    )
    await job.cancel_asked()
    assert (await pool(service)).livres == 1
    await ana.says("30140-071")
    await ana.sees("Não entendi.\n\nO que você quer fazer, Ana?")
    assert job.answers == {}


async def test_a_sign_of_life_of_robot_or_seller_keeps_the_login(loja: RunningService, ana: Phone, job: Job) -> None:
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    loja.clock.move(minutes=20)
    await job.heartbeat()
    loja.clock.move(minutes=20)
    await ana.says("30140-071")
    await job.answered()
    loja.clock.move(minutes=20)
    assert await loja.clock_work.expire_logins() == 0
    await job.complete({"numero_pedido": "NIO-3"})
    await ana.sees("NIO-3")


async def test_a_success_that_comes_too_late_is_kept_and_told(loja: RunningService, ana: Phone, job: Job) -> None:
    when = loja.clock().astimezone(loja.settings.zone)
    loja.clock.move(minutes=31)
    await loja.clock_work.expire_logins()
    await ana.sees("A venda foi encerrada")
    await job.complete({"numero_pedido": "NIO-9"})
    bubble = await ana.sees("o pedido saiu. Número do pedido: NIO-9")
    assert bubble.text.startswith("Notícia da venda de ")
    assert when.strftime("%H:%M") in bubble.text or (when + timedelta(minutes=1)).strftime("%H:%M") in bubble.text
    await ana.says("VENDAS")
    await ana.sees("✅ pedido NIO-9")


@pytest.mark.falha(53)
async def test_a_robot_asked_at_the_deadline_may_have_finished(loja: RunningService, ana: Phone, job: Job) -> None:
    await job.complete({"numero_pedido": "NIO-5"}, call=False)
    loja.clock.move(minutes=31)
    assert await loja.clock_work.expire_logins() == 0
    await ana.sees("✅ Venda concluída! Número do pedido: NIO-5")
    assert (await pool(loja)).livres == 1


async def test_a_login_that_comes_back_after_a_failure_serves_the_queue(loja: RunningService) -> None:
    ana, bia = await seller(loja), await seller(loja, BIA)
    job = await sells(loja, ana)
    await asks_to_sell(bia)
    await bia.taps("Entrar na fila")
    await bia.sees("Você é o 1º da fila")
    loja.sandbox.rpa.next(fail("PORTAL_FORA", at=0))
    await job.fail("PORTAL_FORA")
    await bia.sees("Chegou a sua vez!")
    await bia.sees("O portal da operadora está fora do ar.")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_an_administrator_who_frees_the_login_ends_the_sale(service: RunningService, channel: str) -> None:
    await service.login_bo()
    await service.administrador("Adm Silva", "5531999990000")
    adm = await service.phone(channel, "Adm Silva", "5531999990000")
    ana = await seller(service)
    job = await sells(service, ana)

    await adm.says("POOL")
    await adm.sees("0 acessos livres\n0 vendedores na fila\nem uso por ")
    await adm.taps("Liberar acessos")
    await adm.sees("Liberar quais acessos?")
    await adm.taps("Todos")
    await adm.sees("1 acesso liberado.")
    await ana.sees(
        "Um administrador liberou o seu acesso e a venda foi encerrada. "
        "Antes de tentar de novo, confira no portal se o pedido não saiu."
    )
    await job.cancel_asked()
    assert (await pool(service)).livres == 1
