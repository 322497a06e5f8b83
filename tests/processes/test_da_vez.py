"""Two web processes share the turn, and one of them is killed in the middle: no gap, no repeat, nobody passed over."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from storage.database import Database
from storage.engines.s3 import EmbeddedS3
from tests.support.consultores_api import JOAO, KEY
from tests.support.programs import Program, running
from tests.support.service import free_port, settings_for
from tests.support.turn_order import out_of_turn

CONSULTORES = 5
AT_ONCE = 200
# After so many answers one of the processes is killed.
KILLED_AFTER = 60


class Caller:
    """Asks whose turn it is, and keeps what it was told."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.told: list[tuple[int, int]] = []
        self.unanswered = 0
        self.enough = asyncio.Event()

    async def ask(self, url: str) -> None:
        try:
            async with self.http.get(f"{url}/consultor/da-vez?idioma=pt") as response:
                assert response.status == 200, await response.text()
                body = await response.json()
        except aiohttp.ClientError:
            self.unanswered += 1
            return
        self.told.append((int(body["protocolo"][1:]), body["consultor_id"]))
        if len(self.told) >= KILLED_AFTER:
            self.enough.set()


@pytest.mark.each_database
async def test_a_process_killed_among_two_hundred_callers_leaves_no_gap_and_passes_nobody_over(
    database_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> None:
    common = settings_for(database_url, clean_redis_url, s3, tmp_path)
    environments = [common | {"PORT": str(free_port())} for _ in range(2)]
    urls = [f"http://127.0.0.1:{environment['PORT']}" for environment in environments]
    async with AsyncExitStack() as stack:
        connector = aiohttp.TCPConnector(limit=0)
        http = await stack.enter_async_context(aiohttp.ClientSession(headers=KEY, connector=connector))
        survivor, victim = await asyncio.gather(*(started(stack, one, tmp_path) for one in environments))
        consultores = [await consultor(http, urls[0], number) for number in range(CONSULTORES)]
        caller = Caller(http)
        asking = [asyncio.create_task(caller.ask(urls[number % 2])) for number in range(AT_ONCE)]
        await caller.enough.wait()
        await victim.dies()
        await asyncio.gather(*asking)
        again = await started(stack, environments[1], tmp_path)
        before = len(caller.told)
        await asyncio.gather(*(caller.ask(url) for url in urls * 20))
        assert len(caller.told) == before + 40
        for program in (survivor, again):
            await program.stops()
    given = await protocolos(database_url)
    numbers = [number for number, _ in given]
    assert numbers == list(range(1, len(given) + 1))
    assert out_of_turn(given, consultores) == 0
    assert max(Counter(number for number, _ in caller.told).values()) == 1
    # What was told is kept; what was kept and not told belongs to those whose answer died with the process.
    assert set(caller.told) <= set(given)
    assert len(given) <= len(caller.told) + caller.unanswered


async def started(stack: AsyncExitStack, environment: dict[str, str], cwd: Path) -> Program:
    program = await stack.enter_async_context(running("web", environment=environment, cwd=cwd))
    await program.says('"event": "listening"')
    return program


async def consultor(http: aiohttp.ClientSession, url: str, number: int) -> int:
    new: dict[str, Any] = JOAO | {"nome": f"Consultor {number}"}
    async with http.post(f"{url}/consultor", json=new) as response:
        made = await response.json()
    path = f"{url}/consultor/{made['id']}/connection"
    async with http.put(path, json={"status_online": True}) as response:
        assert response.status == 200
    return int(made["id"])


async def protocolos(database_url: str) -> list[tuple[int, int]]:
    database = Database(database_url)
    async with database.read() as connection:
        rows = await connection.execute(text("SELECT id, consultor_id FROM protocolos ORDER BY id"))
        found = [(row.id, row.consultor_id) for row in rows]
    await database.close()
    return found
