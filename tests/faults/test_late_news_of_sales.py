"""What a robot tells late or twice: a question that was answered, an order number that came behind the end."""

from uuid import UUID

import pytest

from tests.support.sellers import CPF, ocorrencias, pool, seller, sells, venda_of
from tests.support.service import RunningService


@pytest.mark.falha(502)
async def test_a_question_that_was_learnt_by_asking_is_not_asked_again_by_its_late_callback(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    await job.ask("Qual é o CEP?", "cep", call=False)
    late = {"event": "job.question", "job_id": job.id, "seq": 1, "data": dict(job.pergunta or {})}
    await service.wiring.robot_events.ask(UUID(job.body["venda_id"]), job.id)
    await ana.sees("Qual é o CEP?")
    await ana.says("30140-071")
    await job.answered()
    await job.ask("Qual é o CPF?", "cpf")
    await ana.sees("Qual é o CPF?")
    await ana.says(CPF)
    assert await job.answered(2) == ["30140071", "52998224725"]
    await job.ask("Qual é o e-mail?", "email")
    await ana.sees("Qual é o e-mail?")

    reply = await service.sandbox.rpa.call_back(job, late)
    assert reply.status == 200
    assert (await ana.quiet()).count("Qual é o CEP?") == 1
    await ana.says("ana@provedor.com.br")
    assert (await job.answered(3))[-1] == "ana@provedor.com.br"
    await service.sandbox.rpa.call_back(job, late, webhook_id="msg_again")
    assert (await ana.quiet()).count("Qual é o CEP?") == 1


@pytest.mark.falha(502)
async def test_a_question_whose_callback_comes_behind_later_progress_is_asked(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    await job.progress(40, "Analisando o crédito", seq=7)
    await job.ask("Qual é o CEP?", "cep", seq=6)
    await ana.sees("Qual é o CEP?")
    await ana.says("30140-071")
    assert await job.answered() == ["30140071"]


@pytest.mark.falha(503)
async def test_the_order_number_may_come_behind_the_end(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    await job.complete({"mensagem": "gravado"})
    await ana.sees("o robô não informou o número do pedido")
    await job.complete({"numero_pedido": "NIO-7"}, times=2)
    await ana.sees("o pedido saiu. Número do pedido: NIO-7")
    assert (await ana.quiet()).count("NIO-7") == 1
    assert (await venda_of(service, job))["numero_pedido"] == "NIO-7"
    assert (await pool(service)).livres == 1


@pytest.mark.falha(503)
async def test_a_second_order_number_is_told_and_does_not_replace_the_first(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    await job.complete({"numero_pedido": "NIO-7"})
    await ana.sees("NIO-7")
    await job.complete({"numero_pedido": "NIO-8"})
    await job.complete({"numero_pedido": "NIO-8"})
    told = await ana.sees("NIO-8")
    assert "Confira no portal" in told.text
    assert (await ana.quiet()).count("NIO-8") == 1
    assert (await venda_of(service, job))["numero_pedido"] == "NIO-7"
    assert await ocorrencias(service) == ["callback_depois_do_fim"]


@pytest.mark.falha(510)
@pytest.mark.parametrize("how", ["given up", "cancelled"])
async def test_a_refused_password_counts_when_nobody_waits_for_it_any_more(
    sqlite_service: RunningService, how: str
) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    if how == "cancelled":
        await ana.says("CANCELAR")
        await ana.taps("SIM, cancelar")
        await job.cancel_asked()
    service.sandbox.rpa.faults.down = True
    service.clock.move(minutes=31)
    await service.clock_work.expire_logins()
    assert (await pool(service)).livres == 1
    service.sandbox.rpa.faults.down = False
    await job.fail("CREDENCIAL_RECUSADA")
    status = await pool(service)
    assert (status.livres, status.afastados) == (0, 1)
    assert (await venda_of(service, job))["status_venda"] == ("CANCELADO" if how == "cancelled" else "TIMEOUT")
