"""STATUS and VENDAS at every step of a sale, and after it."""

from datetime import UTC, datetime

import pytest

from tests.support.sellers import ANA, BIA, LITERAL, asks_to_sell, seller, sells
from tests.support.service import RunningService


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_status_tells_where_the_sale_stands(sqlite_service: RunningService, channel: str) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service, channel=channel)

    await ana.says("STATUS")
    await ana.sees("Não há venda em andamento. Para começar, digite VENDER.")

    await ana.says("VENDER")
    await ana.sees("Posso começar?")
    await ana.says("/status")
    await ana.sees("Falta só confirmar: responda SIM para iniciar a venda ou NÃO para desistir.")

    service.sandbox.rpa.next("manual")
    await ana.says("SIM")
    await ana.sees("Venda iniciada")
    await ana.says("status")
    await ana.sees("🤖 O robô está trabalhando na sua venda: entrando no portal.")

    job = await service.sandbox.rpa.started()
    await job.progress(40, "Consultando a viabilidade")
    await ana.says("STATUS")
    await ana.sees("🤖 O robô está trabalhando na sua venda: Consultando a viabilidade.")

    await job.ask("Qual é o CEP da instalação?", "cep")
    await ana.sees("Qual é o CEP da instalação?")
    await ana.says("STATUS")
    await ana.sees("O robô espera a sua resposta:\n\nQual é o CEP da instalação?\n\nCEP, 8 números.")
    await ana.says("30140-071")
    assert await job.answered() == ["30140071"]

    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")
    await ana.says("STATUS")
    await ana.sees("Não há venda em andamento.")


async def test_a_sale_goes_on_where_its_seller_goes_on(sqlite_service: RunningService) -> None:
    """Begun on WhatsApp, asked for on Telegram: the next questions come there."""
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service, channel="whatsapp")
    job = await sells(service, ana)
    await job.ask("Qual é o CEP da instalação?", "cep")
    await ana.sees("Qual é o CEP da instalação?")

    desk = await service.phone("telegram", "Ana Souza", "5531988804000")
    await desk.says("STATUS")
    await desk.sees("O robô espera a sua resposta:\n\nQual é o CEP da instalação?")
    await desk.says("30140-071")
    assert await job.answered() == ["30140071"]
    await job.ask("Qual é o CPF do cliente?", "cpf")
    await desk.sees("Qual é o CPF do cliente?")
    await job.complete({"numero_pedido": "NIO-1"})
    await desk.sees("NIO-1")
    assert not ana.shows("NIO-1")


async def test_vendas_lists_the_newest_first_each_with_its_end(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    await ana.says("VENDAS")
    await ana.sees("Você ainda não tem vendas. Para começar, digite VENDER.")

    job = await sells(service, ana)
    await ana.says("VENDAS")
    await ana.sees("· em andamento")
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")

    job = await sells(service, ana)
    await job.fail("NEGADO", "Cliente com débito")
    await ana.sees("A venda não foi concluída.")

    job = await sells(service, ana)
    await ana.says("CANCELAR")
    await ana.taps("SIM, cancelar")
    await job.cancel_asked()
    await ana.says("VENDAS")
    await ana.sees("· sendo cancelada")
    await job.cancelled()
    await ana.sees("Venda cancelada.")

    await sells(service, ana)
    service.clock.move(minutes=31)
    await service.clock_work.expire_logins()
    await ana.sees("A venda foi encerrada")

    await ana.says("VENDAS")
    bubble = await ana.sees("Suas últimas vendas:")
    ends = [line.partition(" · ")[2] for line in bubble.text.splitlines()[1:]]
    assert ends == ["encerrada por falta de resposta", "cancelada", "❌ não concluída", "✅ pedido NIO-1"]


async def test_the_queue_shows_in_status_and_vendas(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    await sells(service, await seller(service))
    bia = await seller(service, BIA)

    await asks_to_sell(bia)
    await bia.sees("Quer um lugar na fila?")
    await bia.says("STATUS")
    await bia.sees(f"{LITERAL}\n\nQuer um lugar na fila?")
    await bia.taps("Entrar na fila")
    await bia.sees("Para sair: CANCELAR.")
    await bia.says("STATUS")
    await bia.sees(f"{LITERAL}\n\nVocê é o 1º da fila e será atendido automaticamente.")
    await bia.says("VENDAS")
    await bia.sees("· na fila")


async def test_another_day_shows_its_date(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")
    [row] = await service.rows("SELECT criada_em FROM vendas")
    sold = datetime.fromisoformat(row["criada_em"]).replace(tzinfo=UTC).astimezone(service.settings.zone)
    service.clock.move(days=1)
    await ana.says("VENDAS")
    bubble = await ana.sees("Suas últimas vendas:")
    assert bubble.text.splitlines()[1] == f"{sold:%d/%m %H:%M} · ✅ pedido NIO-1"


async def test_one_person_on_two_channels_has_one_sale(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    no_zap = await seller(service)
    no_telegram = await service.phone("telegram", *ANA)
    job = await sells(service, no_zap)
    await job.ask("Qual é o CEP?", "cep")
    await no_zap.sees("Qual é o CEP?")

    await no_telegram.says("VENDER")
    await no_telegram.sees("Você já tem uma venda em andamento")
    await no_telegram.taps("Continuar")
    await no_telegram.sees("O robô espera a sua resposta:\n\nQual é o CEP?")
    await no_telegram.says("30140-071")
    assert await job.answered() == ["30140071"]

    await no_zap.says("01310-100")
    await no_zap.sees("Não há pergunta aberta agora.")
    assert await job.answered() == ["30140071"]
