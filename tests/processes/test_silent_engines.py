"""An engine that stands still is not waited for (126, 127): real engines of these tests' own, stopped by SIGSTOP."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.schema import migrate
from tests.support.engines import PostgresServer
from tests.support.inbound import telegram_text, until
from tests.support.sellers import BIA, eventually, seller
from tests.support.service import RunningService, settings_for
from tests.support.standing import server_of, standing_still

pytestmark = pytest.mark.usefixtures("as_impatient_as_ever")

# A turn is answered within this, whatever its engines do.
WITHIN = 6.0


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture
async def on_postgres(
    own_postgres: PostgresServer, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[RunningService]:
    url = own_postgres.new_database()
    database = Database(url, patient=True)
    await migrate(database)
    await database.close()
    async with RunningService(settings_for(url, clean_redis_url, s3, tmp_path)) as service:
        yield service


@pytest.mark.falha(126)
async def test_while_postgresql_stands_still_every_webhook_is_answered_in_time_and_later_done(
    own_postgres: PostgresServer, on_postgres: RunningService
) -> None:
    service = on_postgres
    ana = await seller(service, channel="telegram")
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)")
    updates = [telegram_text(ana, "MENU", number) for number in range(700, 730)]
    with standing_still(server_of(own_postgres.directory)):
        first = await asyncio.gather(*(_timed(service, update) for update in updates))
        again = await asyncio.gather(*(_timed(service, update) for update in updates))
    assert [status for status, _ in first + again] == [503] * 60
    assert max(seconds for _, seconds in first) < WITHIN
    # One of them asks whether it is back; nobody else waits.
    assert sorted(seconds for _, seconds in again)[-2] < 1.0
    await _eventually_answered(service, updates[0])
    await ana.sees("O que você quer fazer, Ana?")


@pytest.mark.falha(127)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_while_redis_stands_still_everything_but_a_login_goes_on(
    database_url: str, s3: EmbeddedS3, tmp_path: Path
) -> None:
    redis = EmbeddedRedis(tmp_path / "own")
    await redis.start()
    try:
        async with RunningService(settings_for(database_url, redis.url, s3, tmp_path)) as service:
            await service.login_bo()
            ana, bia = await seller(service), await seller(service, BIA)
            await ana.says("VENDER")
            await ana.sees("Posso começar?")
            assert redis.pid is not None
            with standing_still([redis.pid]):
                began = time.monotonic()
                await asyncio.gather(ana.taps("SIM"), *(bia.says("MENU") for _ in range(10)))
                await bia.sees("O que você quer fazer, Bia?")
                assert time.monotonic() - began < WITHIN
                for _ in range(3):
                    await ana.says("STATUS")
                await ana.quiet()
            assert await service.rows("SELECT * FROM failed_events") == []
    finally:
        await redis.stop()


async def _timed(service: RunningService, update: dict[str, Any]) -> tuple[int, float]:
    began = time.monotonic()
    headers = {"X-Telegram-Bot-Api-Secret-Token": "segredo-do-webhook"}
    async with service.http.post("/webhooks/telegram", json=update, headers=headers) as response:
        await response.read()
        return response.status, time.monotonic() - began


async def _eventually_answered(service: RunningService, update: dict[str, Any]) -> None:
    async def answered() -> bool:
        return (await _timed(service, update))[0] == 200

    await until(answered, 20)
