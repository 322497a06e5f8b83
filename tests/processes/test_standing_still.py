"""Something stands still in the middle of a lane for longer than a claim holds: nothing is lost (146, 147, 148).

Only what was being sent may be said twice. Claims of these processes hold for a fifth of their usual time.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from sandbox import Phone, Sandbox
from sandbox.telegram.phone import TelegramPhone
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from tests.support.engines import PostgresServer
from tests.support.inbound import telegram_text
from tests.support.programs import HOLD_SECONDS, SHORT_CLAIMS, Program, done, running, until
from tests.support.service import settings_for
from tests.support.standing import server_of, standing_still

# A turn is answered within this, whatever its engines do.
WITHIN = 6.0
SAID = 6
ANA, BIA = ("Ana Souza", "5531988804000"), ("Bia Lima", "5531988804001")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@asynccontextmanager
async def web_and_worker(environment: dict[str, str], cwd: Path) -> AsyncIterator[Program]:
    """A web process and a worker beside it; the first of them."""
    await done("migrate", environment=environment, cwd=cwd)
    async with AsyncExitStack() as stack:
        programs = [
            await stack.enter_async_context(running(word, environment=environment, cwd=cwd, first=SHORT_CLAIMS))
            for word in ("web", "worker")
        ]
        for program, event in zip(programs, ("listening", "working"), strict=True):
            await program.says(f'"event": "{event}"')
        yield programs[0]
        for program in programs:
            await program.stops()


async def middle_of_a_lane(sandbox: Sandbox) -> Phone:
    """Six answers are on their way to one person, and the first of them is being sent."""
    ana = sandbox.telegram.phone(*ANA)
    sandbox.telegram.faults.hang = True
    await (await ana.says("/start")).accepted()
    await sandbox.telegram.calls.wait_for("sendMessage")
    for _ in range(SAID - 1):
        await (await ana.says("AJUDA")).accepted()
    return ana


async def nothing_doubled(sandbox: Sandbox, ana: Phone) -> None:
    """All six were said; of what was being sent when it stood still there may be one more."""

    async def all_said() -> bool:
        return said_to(sandbox, ana) >= SAID

    await until(all_said, 30.0)
    # So long somebody could still believe that it is theirs to say.
    await asyncio.sleep(HOLD_SECONDS)
    assert said_to(sandbox, ana) in (SAID, SAID + 1)


def said_to(sandbox: Sandbox, phone: Phone) -> int:
    assert isinstance(phone, TelegramPhone)
    return sum(str(call.params["chat_id"]) == str(phone.user_id) for call in sandbox.telegram.calls.of("sendMessage"))


@pytest.mark.falha(146)
async def test_a_web_process_stands_still_for_longer_than_its_claim(
    sandbox: Sandbox, tmp_path: Path, clean_redis_url: str, s3: EmbeddedS3, database_url: str
) -> None:
    environment = settings_for(database_url, clean_redis_url, s3, tmp_path) | sandbox.settings()
    async with web_and_worker(environment, tmp_path) as web:
        ana = await middle_of_a_lane(sandbox)
        with standing_still([web.pid]):
            sandbox.telegram.faults.hang = False
            # The worker has taken the lane, and says the first one again.
            await sandbox.telegram.calls.wait_for("sendMessage", 2 + SAID // 2, timeout=30.0)
        await nothing_doubled(sandbox, ana)


@pytest.mark.falha(147)
async def test_redis_stands_still_for_longer_than_a_claim(
    sandbox: Sandbox, tmp_path: Path, s3: EmbeddedS3, sqlite_url: str
) -> None:
    redis = EmbeddedRedis(tmp_path / "own")
    await redis.start()
    try:
        assert redis.pid is not None
        environment = settings_for(sqlite_url, redis.url, s3, tmp_path) | sandbox.settings()
        async with web_and_worker(environment, tmp_path):
            ana = await middle_of_a_lane(sandbox)
            with standing_still([redis.pid]):
                sandbox.telegram.faults.hang = False
                assert max(await _answered_in(environment, sandbox.telegram.phone(*BIA), HOLD_SECONDS + 2)) < WITHIN
            await nothing_doubled(sandbox, ana)
    finally:
        await redis.stop()


@pytest.mark.falha(148)
async def test_postgresql_stands_still_for_longer_than_a_claim(
    sandbox: Sandbox, tmp_path: Path, clean_redis_url: str, s3: EmbeddedS3, own_postgres: PostgresServer
) -> None:
    environment = settings_for(own_postgres.new_database(), clean_redis_url, s3, tmp_path) | sandbox.settings()
    async with web_and_worker(environment, tmp_path):
        ana = await middle_of_a_lane(sandbox)
        with standing_still(server_of(own_postgres.directory)):
            sandbox.telegram.faults.hang = False
            assert max(await _answered_in(environment, sandbox.telegram.phone(*BIA), HOLD_SECONDS + 2)) < WITHIN
        await nothing_doubled(sandbox, ana)


async def _answered_in(environment: dict[str, str], bia: Phone, seconds: float) -> list[float]:
    """How long each webhook took of what somebody else writes for that long."""
    took: list[float] = []
    until = time.monotonic() + seconds
    headers = {"X-Telegram-Bot-Api-Secret-Token": environment["TELEGRAM_WEBHOOK_SECRET"]}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{environment['PORT']}") as http:
        while (began := time.monotonic()) < until:
            update = telegram_text(bia, "MENU", 10**6 + len(took))
            async with http.post("/webhooks/telegram", json=update, headers=headers) as response:
                await response.read()
            took.append(time.monotonic() - began)
            await asyncio.sleep(0.2)
    return took
