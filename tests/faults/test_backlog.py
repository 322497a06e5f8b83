"""A channel is down for long: what waits for it slows down nobody else."""

import asyncio
import statistics
import time

import pytest
from sqlalchemy import insert

from sandbox import Phone
from storage.tables import outbox
from storage.transaction import Transaction
from tests.support.inbound import telegram_text
from tests.support.service import RunningService

ROWS, AT_ONCE, LANES, ASKED = 150_000, 10_000, 3_000, 40
# Before the outbox was read beside the turns it was 436 ms. A machine with other tests on it has its own noise.
NO_SLOWER = 0.1


@pytest.mark.falha(149)
async def test_150000_messages_that_wait_for_whatsapp_slow_down_no_webhook_of_telegram(service: RunningService) -> None:
    service.sandbox.whatsapp.faults.down = True
    ana = service.sandbox.telegram.phone("Ana", "5531988880000")
    before = await _median_seconds(service, ana, 2_000)
    for first in range(0, ROWS, AT_ONCE):
        await service.wiring.turns.run(lambda tx, first=first: _wait_for_whatsapp(tx, first))  # type: ignore[misc]
    after = await _median_seconds(service, ana, 4_000)
    assert after < before + NO_SLOWER


async def _wait_for_whatsapp(tx: Transaction, first: int) -> None:
    row = {"target": "whatsapp", "method": "sendMessage", "params": {"to": "5531900000000", "text": "oi"}}
    row |= {"created_at": tx.now, "due_at": tx.now, "attempts": 0}
    numbers = range(first, first + AT_ONCE)
    rows = [{**row, "id": 1_000_000 + n, "lane": f"contato:{500_000 + n % LANES}"} for n in numbers]
    await tx.execute(insert(outbox), rows)


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
