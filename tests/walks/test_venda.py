"""A sale, from VENDER to the order number, as a conversation."""

import pytest

from service import RunningService

CPF = "529.982.247-25"


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_seller_sells(service: RunningService, channel: str) -> None:
    await service.login_bo()
    await service.vendedor("Ana Souza", "5531988804000")
    ana = await service.phone(channel, "Ana Souza", "5531988804000")

    await ana.says("VENDER")
    await ana.sees("Posso começar?")
    await ana.taps("SIM")
    await ana.sees("Venda iniciada")

    await ana.sees("CEP")
    await ana.says("30140-071")
    await ana.sees("CPF")
    await ana.says(CPF)
    await ana.sees("plano")
    await ana.says("2")
    await ana.sees("turno")
    await ana.says("manhã")

    bubble = await ana.sees("Número do pedido")
    job = await service.sandbox.rpa.started()
    print(ana.transcript())
    print(job)
