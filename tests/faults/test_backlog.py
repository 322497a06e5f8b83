"""A channel is down for long: what waits for it slows down nobody else."""

import asyncio
import statistics
import time

import pytest
from sqlalchemy import String, cast, insert, literal, select, true

from sandbox import Phone
from storage.tables import outbox
from storage.transaction import Transaction
from tests.support.inbound import telegram_text
from tests.support.service import RunningService

ROWS, ASKED = 150_000, 20
FIRST, LANES = 1_000_000, range(500_000, 503_000)
# Before the outbox was read beside the turns it was 436 ms. A machine with other tests on it has its own noise.
NO_SLOWER = 0.1


@pytest.mark.falha(149)
async def test_150000_messages_that_wait_for_whatsapp_slow_down_no_webhook_of_telegram(service: RunningService) -> None:
    service.sandbox.whatsapp.faults.down = True
    ana = service.sandbox.telegram.phone("Ana", "5531988880000")
    before = await _median_seconds(service, ana, 2_000)
    await service.wiring.turns.run(_wait_for_whatsapp)
    after = await _median_seconds(service, ana, 4_000)
    assert after < before + NO_SLOWER


async def _wait_for_whatsapp(tx: Transaction) -> None:
    """One is written as always, and copied by the database itself: as many rows as parameters take a minute of CPU."""
    row = {"target": "whatsapp", "method": "sendMessage", "params": {"to": "5531900000000", "text": "oi"}}
    row |= {"created_at": tx.now, "due_at": tx.now, "attempts": 0, "lane": f"contato:{LANES[0]}"}
    await tx.execute(insert(outbox), [{**row, "id": FIRST}])
    number = select(literal(1).label("n")).cte("number", recursive=True)
    number = number.union_all(select(number.c.n + 1).where(number.c.n < ROWS - 1))
    lane = "contato:" + cast(LANES[0] + number.c.n % len(LANES), String)
    new = {"id": FIRST + number.c.n, "lane": lane}
    columns = [new.get(column.name, column) for column in outbox.c]
    copies = select(*columns).select_from(outbox.join(number, true())).where(outbox.c.id == FIRST)
    await tx.execute(insert(outbox).from_select(list(outbox.c), copies))


async def _median_seconds(service: RunningService, phone: Phone, first: int) -> float:
    took = []
    headers = {"X-Telegram-Bot-Api-Secret-Token": "segredo-do-webhook"}
    for number in range(first, first + ASKED):
        began = time.monotonic()
        update = telegram_text(phone, "AJUDA", number)
        async with service.http.post("/webhooks/telegram", json=update, headers=headers) as response:
            assert response.status == 200
        took.append(time.monotonic() - began)
        await asyncio.sleep(0.1)
    return statistics.median(took)
