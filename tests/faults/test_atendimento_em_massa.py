"""Many customers and consultores at once: nobody is with two, nobody is forgotten, no number is missing."""

import asyncio

from sandbox import Phone
from tests.support.consultores import consultor, customer, nothing_is_under_way
from tests.support.service import RunningService

CUSTOMERS = 24


async def test_many_customers_and_few_consultores_at_once(service: RunningService) -> None:
    team = [
        await consultor(service, (f"Consultor {number}", f"553198880410{number}"), ("whatsapp", "telegram")[number % 2])
        for number in range(4)
    ]
    people = [await customer(service, (f"Cliente {n}", f"55319777030{n:02}")) for n in range(CUSTOMERS)]
    working = [asyncio.create_task(_work(davi)) for davi in team]
    await asyncio.gather(*(phone.says("CONSULTOR") for phone in people))
    await asyncio.gather(*(phone.sees("De 1 a 5, que nota você dá?", timeout=90) for phone in people))
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    await nothing_is_under_way(service)
    rows = await service.rows("SELECT protocolo_id, status, consultor_id FROM atendimentos ORDER BY protocolo_id")
    assert [row["protocolo_id"] for row in rows] == list(range(1, CUSTOMERS + 1))
    assert {row["status"] for row in rows} == {"ENCERRADO"}
    shares = [sum(row["consultor_id"] == number for row in rows) for number in range(1, 5)]
    assert sum(shares) == CUSTOMERS
    assert min(shares) > 0
    assert await service.rows("SELECT count(*) AS n FROM failed_events") == [{"n": 0}]


async def _work(davi: Phone) -> None:
    """Accepts whoever is offered, and ends at once."""
    while True:
        await davi.sees("quer falar com um consultor", timeout=600)
        await davi.taps("Aceitar")
        await davi.sees("✅ Você atende", timeout=30)
        await davi.says("ENCERRAR")
        await davi.sees("encerrado", timeout=30)
