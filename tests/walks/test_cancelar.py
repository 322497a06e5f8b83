"""CANCELAR at every step of a sale, and NÃO, which goes on where it stopped."""

import pytest

from sandbox import Job, Phone
from tests.support.sellers import BIA, CPF, asks_to_sell, holders, pool, seller, sells, venda_of
from tests.support.service import RunningService


async def test_before_anything_there_is_nothing_to_cancel(sqlite_service: RunningService) -> None:
    ana = await seller(sqlite_service)
    await ana.says("CANCELAR")
    await ana.sees("Não há nada em andamento para cancelar.")


async def test_before_sim_nothing_was_started(loja: RunningService, ana: Phone) -> None:
    await ana.says("VENDER")
    await ana.sees("Posso começar?")
    await ana.says("cancelar")
    await ana.sees("Tudo bem, nada foi iniciado. Quando quiser, é só digitar VENDER.")
    assert loja.sandbox.rpa.jobs == []
    assert (await pool(loja)).livres == 1


async def test_when_all_logins_are_busy_the_queue_is_not_joined(loja: RunningService) -> None:
    await sells(loja, await seller(loja))
    bia = await seller(loja, BIA)
    await asks_to_sell(bia)
    await bia.sees("Quer um lugar na fila?")
    await bia.says("CANCELAR")
    await bia.sees("Tudo bem, nada foi iniciado.")
    assert (await pool(loja)).na_fila == 0


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_while_the_robot_works_it_is_asked_once_more(service: RunningService, channel: str) -> None:
    await service.login_bo()
    ana = await seller(service, channel=channel)
    job = await sells(service, ana, "stall")
    await ana.sees("Qual é o CEP")

    await ana.says("CANCELAR")
    await ana.sees("O robô já está trabalhando nesta venda. Cancelar mesmo assim?")
    assert not job.cancel_requested
    await ana.taps("SIM, cancelar")
    await ana.sees("Cancelando a venda. Aviso aqui quando o robô parar.")
    await ana.sees("Venda cancelada. O acesso já está livre.")
    assert job.status == "cancelled"
    assert (await pool(service)).livres == 1
    assert (await venda_of(service, job))["status_venda"] == "CANCELADO"


async def test_nao_goes_on_with_the_same_question(ana: Phone, job: Job) -> None:
    await job.ask("Qual é o CPF do cliente?", "cpf")
    await ana.sees("Qual é o CPF do cliente?")

    await ana.says("CANCELAR")
    await ana.sees("Cancelar mesmo assim?")
    await ana.says("NÃO")
    await ana.sees("Certo, a venda continua.\n\nQual é o CPF do cliente?")
    await ana.says(CPF)
    assert await job.answered() == ["52998224725"]
    assert not job.cancel_requested


async def test_a_question_that_comes_meanwhile_waits_for_the_decision(ana: Phone, job: Job) -> None:
    """SIM means the cancellation that was asked about, and never becomes the answer to the robot."""
    await ana.says("CANCELAR")
    await ana.sees("Cancelar mesmo assim?")
    await job.ask("O cliente aceita o contrato?", "sim_nao")
    await ana.says("não")
    await ana.sees("Certo, a venda continua.\n\nO cliente aceita o contrato?")

    await ana.says("CANCELAR")
    await ana.sees("Cancelar mesmo assim?")
    await job.ask("Qual é o nome do cliente?", "texto")
    await ana.says("SIM")
    await job.cancel_asked()
    await job.cancelled()
    await ana.sees("Venda cancelada.")
    assert job.answers == {}


async def test_anything_else_than_sim_or_nao_shows_where_the_sale_stands(ana: Phone, job: Job) -> None:
    await job.ask("Qual é o CEP da instalação?", "cep")
    await ana.sees("Qual é o CEP")
    await ana.says("CANCELAR")
    await ana.sees("Cancelar mesmo assim?")
    await ana.says("espera")
    await ana.sees("Sem pressa.\n\nQual é o CEP da instalação?")
    await ana.says("CANCELAR")
    await ana.sees("Cancelar mesmo assim?")
    await ana.says("a cor do céu")
    await ana.sees("Não entendi.\n\nQual é o CEP da instalação?")
    assert not job.cancel_requested


async def test_cancelar_twice_says_that_it_is_under_way(ana: Phone, job: Job) -> None:
    await ana.says("CANCELAR")
    await ana.taps("SIM, cancelar")
    await ana.sees("Cancelando a venda.")
    await job.cancel_asked()
    await ana.says("CANCELAR")
    await ana.sees("A venda já está sendo cancelada. Aviso aqui assim que o robô parar.")
    await ana.taps("SIM, cancelar")
    await ana.sees("A venda já está sendo cancelada.")
    await ana.says("VENDER")
    await ana.sees("A venda anterior ainda está sendo cancelada. Aviso aqui assim que o robô parar.")
    await ana.says("STATUS")
    await ana.sees("A venda está sendo cancelada.")


async def test_a_robot_that_finishes_first_wins_over_the_cancellation(
    loja: RunningService, ana: Phone, job: Job
) -> None:
    await ana.says("CANCELAR")
    await ana.taps("SIM, cancelar")
    await ana.sees("Cancelando a venda.")
    await job.complete({"numero_pedido": "NIO-7"})
    await ana.sees("✅ Venda concluída! Número do pedido: NIO-7")
    assert (await pool(loja)).livres == 1


async def test_a_robot_that_never_confirms_loses_the_login_after_two_minutes(
    loja: RunningService, ana: Phone, job: Job
) -> None:
    await ana.says("CANCELAR")
    await ana.taps("SIM, cancelar")
    await ana.sees("Cancelando a venda.")
    await job.cancel_asked()
    assert len(await holders(loja)) == 1

    loja.clock.move(minutes=2, seconds=1)
    await loja.clock_work.expire_logins()
    await ana.sees(
        "Venda cancelada, mas o robô não confirmou que parou. "
        "Antes de tentar de novo, confira no portal se o pedido não saiu."
    )
    assert (await pool(loja)).livres == 1


async def test_a_cancellation_before_the_robot_could_start_starts_none(loja: RunningService, ana: Phone) -> None:
    loja.sandbox.rpa.faults.hang = True
    await asks_to_sell(ana)
    await ana.sees("Venda iniciada")
    await loja.sandbox.rpa.calls.wait_for("executar")
    await ana.says("CANCELAR")
    await ana.taps("SIM, cancelar")
    await ana.sees("Cancelando a venda.")
    loja.sandbox.rpa.faults.fail_next("executar", status=503)
    loja.sandbox.rpa.faults.hang = False
    await ana.sees("Venda cancelada.")
    assert (await pool(loja)).livres == 1
    assert all(job.over for job in loja.sandbox.rpa.jobs)


async def test_the_old_cancel_button_of_a_sale_that_is_over_changes_nothing(
    loja: RunningService, ana: Phone, job: Job
) -> None:
    await ana.says("CANCELAR")
    asked = await ana.sees("Cancelar mesmo assim?")
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")
    await ana.taps("SIM, cancelar", bubble=asked)
    await ana.sees("Essa venda já tinha terminado. Digite VENDAS para ver como ficou.")

    new = await sells(loja, ana)
    await ana.taps("SIM, cancelar", bubble=asked)
    await ana.sees("Essa venda já tinha terminado.")
    assert not new.cancel_requested
