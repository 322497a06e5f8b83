"""A consultor asks for their own work."""

from tests.support.consultores import DAVI, attended, consultor, customer
from tests.support.service import RunningService


async def test_a_consultor_asks_how_many_they_attended_and_what_those_said(service: RunningService) -> None:
    davi, maria = await consultor(service, DAVI), await customer(service)
    await davi.says("quantos atendi hoje?")
    await davi.sees("Hoje: 0 clientes atendidos.")
    await attended(service, maria, davi)
    await davi.says("quantos atendi hoje?")
    await maria.sees("quantos atendi hoje?")
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await maria.says("4")
    await maria.sees("Obrigado pela nota!")
    await davi.says("qual minha nota hoje?")
    await davi.sees("Hoje: 1 cliente atendido. Nota 4,0 de 5, de 1 cliente.")
