"""A sale, from VENDER to the order number, as a conversation."""

import pytest

from tests.support.sellers import ANA, CPF, pool
from tests.support.service import SENHA, RunningService


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_seller_sells(service: RunningService, channel: str) -> None:
    await service.login_bo("Bo Um", "5531900000001")
    await service.vendedor(*ANA)
    ana = await service.phone(channel, *ANA)

    await ana.says("VENDER")
    await ana.sees("Nova venda no PAP em nome de Ana Souza, matrícula V4000.\n\nPosso começar?")
    await ana.taps("SIM")
    await ana.sees("🤖 Venda iniciada. Estou entrando no portal; já volto com as perguntas.")

    await ana.sees("Qual é o CEP da instalação?\n\nCEP, 8 números.")
    await ana.says("30140-071")
    await ana.sees("Qual é o CPF do cliente?")
    await ana.says(CPF)
    await ana.sees("Qual plano o cliente escolheu?")
    await ana.says("2")
    await ana.sees("Em que turno o técnico pode ir?")
    await ana.says("manhã")

    bubble = await ana.sees("✅ Venda concluída! Número do pedido: ")
    job = await service.sandbox.rpa.started()
    assert bubble.text.endswith(job.resultado["numero_pedido"])

    # The robot entered the portal with the BackOffice's login, and sold in the seller's name.
    assert job.body == {
        "venda_id": job.idempotency_key,
        "login": "BO0001",
        "senha": SENHA,
        "matricula_vendedor": "V4000",
        "callback_url": f"{service.url}/webhooks/rpa?venda={job.idempotency_key}",
    }
    assert list(job.answers.values()) == ["30140071", "52998224725", "fibra-500", "Manhã"]

    # The login is back in the pool, and the sale can be looked up.
    assert (await pool(service)).livres == 1
    await ana.says("VENDAS")
    await ana.sees(f"✅ pedido {job.resultado['numero_pedido']}")


async def test_on_telegram_the_steps_grow_in_one_message(loja: RunningService) -> None:
    await loja.vendedor(*ANA)
    ana = await loja.phone("telegram", *ANA)
    loja.sandbox.rpa.next("manual")

    await ana.says("VENDER")
    await ana.taps("SIM")
    iniciada = await ana.sees("Venda iniciada")
    job = await loja.sandbox.rpa.started()
    await job.progress(5, "Entrando no portal")
    assert await ana.sees("🤖 Venda em andamento · 5%\n⏳ Entrando no portal") is iniciada
    await job.progress(60, "Consultando a viabilidade")
    await ana.sees("🤖 Venda em andamento · 60%\n✔️ Entrando no portal\n⏳ Consultando a viabilidade")
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("🤖 Venda encerrada\n✔️ Entrando no portal\n✔️ Consultando a viabilidade")
    assert len([bubble for bubble in ana.screen if bubble.shows("portal")]) == 1


@pytest.mark.falha(141)
async def test_a_question_after_many_steps_is_not_kept_waiting_by_them(loja: RunningService) -> None:
    """Telegram lets us change a message once a second: steps that nobody has seen yet give way to the newest."""
    await loja.vendedor(*ANA)
    ana = await loja.phone("telegram", *ANA)
    loja.sandbox.rpa.next("manual")

    await ana.says("VENDER")
    await ana.taps("SIM")
    await ana.sees("Venda iniciada")
    job = await loja.sandbox.rpa.started()
    for step in range(60):
        await job.progress(step, f"Passo {step}")
    await job.ask("Qual é o CEP da instalação?", "cep")
    await ana.sees("Qual é o CEP da instalação?")
    await ana.sees("⏳ Passo 59")


async def test_on_whatsapp_where_nothing_can_be_edited_steps_cost_no_message(loja: RunningService) -> None:
    await loja.vendedor(*ANA)
    ana = await loja.phone("whatsapp", *ANA)
    loja.sandbox.rpa.next("manual")

    await ana.says("VENDER")
    await ana.taps("SIM")
    await ana.sees("Venda iniciada")
    job = await loja.sandbox.rpa.started()
    await job.progress(5, "Entrando no portal")
    await job.progress(60, "Consultando a viabilidade")
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")
    assert not ana.shows("viabilidade")
    assert len([bubble for bubble in ana.screen if not bubble.mine]) == 3


async def test_a_portal_that_gives_no_number_is_told_as_it_is(loja: RunningService) -> None:
    await loja.vendedor(*ANA)
    ana = await loja.phone("whatsapp", *ANA)
    loja.sandbox.rpa.next("manual")

    await ana.says("VENDER")
    await ana.taps("SIM")
    await ana.sees("Venda iniciada")
    job = await loja.sandbox.rpa.started()
    await job.complete({"observacao": "em análise"})
    await ana.sees("✅ Venda concluída, mas o robô não informou o número do pedido. Confira no portal.")
    await ana.says("VENDAS")
    await ana.sees("✅ concluída, sem número")
