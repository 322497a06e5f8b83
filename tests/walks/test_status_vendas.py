"""STATUS and VENDAS at every step of a sale, and after it."""

from datetime import UTC, datetime

import pytest

from sandbox import Job, Phone
from tests.support.sellers import ANA, BIA, LITERAL, asks_to_sell, seller, sells
from tests.support.service import RunningService


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_status_tells_where_the_sale_stands(loja: RunningService, channel: str) -> None:
    ana = await seller(loja, channel=channel)

    await ana.says("STATUS")
    await ana.sees("Não há venda em andamento. Para começar, digite VENDER.")

    await ana.says("VENDER")
    await ana.sees("Posso começar?")
    await ana.says("/status")
    await ana.sees("Falta só confirmar: responda SIM para iniciar a venda ou NÃO para desistir.")

    loja.sandbox.rpa.next("manual")
    await ana.says("SIM")
    await ana.sees("Venda iniciada")
    await ana.says("status")
    await ana.sees("🤖 O robô está trabalhando na sua venda: entrando no portal.")

    job = await loja.sandbox.rpa.started()
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


async def test_a_sale_goes_on_where_its_seller_goes_on(loja: RunningService) -> None:
    """Begun on WhatsApp, asked for on Telegram: the next questions come there."""
    ana = await seller(loja, channel="whatsapp")
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP da instalação?", "cep")
    await ana.sees("Qual é o CEP da instalação?")

    desk = await loja.phone("telegram", "Ana Souza", "5531988804000")
    await desk.says("STATUS")
    await desk.sees("O robô espera a sua resposta:\n\nQual é o CEP da instalação?")
    await desk.says("30140-071")
    assert await job.answered() == ["30140071"]
    await job.ask("Qual é o CPF do cliente?", "cpf")
    await desk.sees("Qual é o CPF do cliente?")
    await job.complete({"numero_pedido": "NIO-1"})
    await desk.sees("NIO-1")
    assert not ana.shows("NIO-1")


async def test_vendas_lists_the_newest_first_each_with_its_end(loja: RunningService, ana: Phone) -> None:
    await ana.says("VENDAS")
    await ana.sees("Você ainda não tem vendas. Para começar, digite VENDER.")

    job = await sells(loja, ana)
    await ana.says("VENDAS")
    await ana.sees("· em andamento")
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")

    job = await sells(loja, ana)
    await job.fail("NEGADO", "Cliente com débito")
    await ana.sees("A venda não foi concluída.")

    job = await sells(loja, ana)
    await ana.says("CANCELAR")
    await ana.taps("SIM, cancelar")
    await job.cancel_asked()
    await ana.says("VENDAS")
    await ana.sees("· sendo cancelada")
    await job.cancelled()
    await ana.sees("Venda cancelada.")

    await sells(loja, ana)
    loja.clock.move(minutes=31)
    await loja.clock_work.expire_logins()
    await ana.sees("A venda foi encerrada")

    await ana.says("VENDAS")
    bubble = await ana.sees("Suas últimas vendas:")
    ends = [line.partition(" · ")[2] for line in bubble.text.splitlines()[1:]]
    assert ends == ["encerrada por falta de resposta", "cancelada", "❌ não concluída", "✅ pedido NIO-1"]


async def test_the_queue_shows_in_status_and_vendas(loja: RunningService) -> None:
    await sells(loja, await seller(loja))
    bia = await seller(loja, BIA)

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


async def test_another_day_shows_its_date(loja: RunningService, ana: Phone, job: Job) -> None:
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")
    [row] = await loja.rows("SELECT criada_em FROM vendas")
    sold = datetime.fromisoformat(row["criada_em"]).replace(tzinfo=UTC).astimezone(loja.settings.zone)
    loja.clock.move(days=1)
    await ana.says("VENDAS")
    bubble = await ana.sees("Suas últimas vendas:")
    assert bubble.text.splitlines()[1] == f"{sold:%d/%m %H:%M} · ✅ pedido NIO-1"


async def test_one_person_on_two_channels_has_one_sale(loja: RunningService) -> None:
    no_zap = await seller(loja)
    no_telegram = await loja.phone("telegram", *ANA)
    job = await sells(loja, no_zap)
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


async def test_in_a_sale_a_question_goes_on_too(loja: RunningService) -> None:
    ana = await seller(loja)
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.says("quantas vendi hj")
    await ana.sees("Hoje: 1 venda")
    await ana.says("e ontem?")
    await ana.sees("Ontem: nenhuma venda sua.")
    await ana.says("30140-071")
    assert await job.answered() == ["30140071"]
