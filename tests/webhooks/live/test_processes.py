"""Live events with many readers, several web processes, and engines that go away and come back."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest

from bot.commands.programs import serving
from bot.runtime.signals import open_as_many_files_as_allowed
from bot.wiring.wiring import Wiring
from storage import live as bus
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from tests.support.listening import PATIENCE, Socket, happen, hub, socket, stream, token_of, until
from tests.support.programs import running
from tests.support.service import RunningService, free_port, settings_for

MANY = 1_000
# All of them together: on a busy machine the last is served long after the first.
LONG = 300.0


@asynccontextmanager
async def second_web(service: RunningService) -> AsyncIterator[str]:
    """Another web process on the same engines, in this loop: its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    # Telegram is told of the first one only.
    settings = service.settings.replace(PORT=str(port), PUBLIC_URL=url, TELEGRAM_BOT_TOKEN="")
    wiring = Wiring(settings, service.clock)
    try:
        await wiring.open()
        async with serving(wiring):
            yield url
    finally:
        await wiring.close()


class TestSeveralWebProcesses:
    async def test_what_happens_in_one_is_heard_in_all_of_them_under_the_same_id(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        query = {"token": token_of(sqlite_service, administrador)}
        async with (
            second_web(sqlite_service) as url,
            socket(sqlite_service, administrador) as here,
            sqlite_service.http.ws_connect(f"{url}/ws/v1/events", params=query) as ws,
        ):
            there = Socket(ws)
            await happen(sqlite_service, "x")
            event = await here.event()
            assert await there.event() == event
            await happen(sqlite_service, "y")
            async with sqlite_service.http.ws_connect(
                f"{url}/ws/v1/events", params=query | {"desde": event["id"]}
            ) as again:
                assert (await Socket(again).event())["event"] == "y"

    async def test_a_process_that_stops_says_goodbye_and_the_reader_resumes_at_another(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        query = {"token": token_of(sqlite_service, administrador)}
        async with AsyncExitStack() as stack:
            url = await stack.enter_async_context(second_web(sqlite_service))
            ws = await sqlite_service.http.ws_connect(f"{url}/ws/v1/events", params=query)
            response = await sqlite_service.http.get(
                f"{url}/api/v1/events", headers=sqlite_service.token(administrador)
            )
            await happen(sqlite_service, "antes")
            last_id = (await Socket(ws).event())["id"]
            stopping = asyncio.create_task(stack.aclose())
            assert await Socket(ws).closed() == 1001
            assert b"antes" in await response.content.read()
            async with asyncio.timeout(PATIENCE):
                await stopping
        await happen(sqlite_service, "entretanto")
        async with stream(sqlite_service, administrador, last_id=last_id) as reader:
            assert await reader.heard("entretanto") == ["entretanto"]

    async def test_a_killed_process_loses_nobody_anything(
        self, sqlite_service: RunningService, administrador: UUID, tmp_path: Path
    ) -> None:
        service = sqlite_service
        query = {"token": token_of(service, administrador)}
        port = free_port()
        environment = _environment(service) | {"PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
        async with running("web", environment=environment, cwd=tmp_path) as web:
            await web.says('"listening"')
            ws = await service.http.ws_connect(f"http://127.0.0.1:{port}/ws/v1/events", params=query)
            await happen(service, "antes")
            last_id = (await Socket(ws).event())["id"]
            await web.dies()
            assert await Socket(ws).closed() == aiohttp.WSCloseCode.ABNORMAL_CLOSURE
        await happen(service, "entretanto")
        async with socket(service, administrador, desde=last_id) as reader:
            await happen(service, "depois")
            assert await reader.heard("depois") == ["entretanto", "depois"]


def _environment(service: RunningService) -> dict[str, str]:
    """What another process needs to work on the same engines; without channels it has nothing to announce."""
    return service.environment | {"DATABASE_URL": service.settings.database_url}


async def _connects(http: aiohttp.ClientSession, url: str, query: dict[str, str]) -> aiohttp.ClientWebSocketResponse:
    """Try until the process takes readers."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await http.ws_connect(url, params=query)
            except (aiohttp.ClientConnectorError, aiohttp.WSServerHandshakeError):
                await asyncio.sleep(0.1)


class TestRedisGoesAway:
    @pytest.fixture
    async def redis(self, tmp_path: Path) -> AsyncIterator[EmbeddedRedis]:
        redis = EmbeddedRedis(tmp_path / "own")
        await redis.start()
        yield redis
        await redis.stop()

    @pytest.fixture
    async def own_service(
        self, sqlite_url: str, redis: EmbeddedRedis, s3: EmbeddedS3, tmp_path: Path
    ) -> AsyncIterator[RunningService]:
        """A service on a Redis that may be stopped."""
        async with RunningService(settings_for(sqlite_url, redis.url, s3, tmp_path)) as service:
            yield service

    async def test_readers_stay_and_hear_what_happened_in_between_when_it_is_back(
        self, own_service: RunningService, redis: EmbeddedRedis
    ) -> None:
        somebody = await own_service.administrador()
        async with socket(own_service, somebody) as reader, stream(own_service, somebody) as twin:
            await happen(own_service, "antes")
            assert redis.pid is not None
            os.kill(redis.pid, signal.SIGKILL)
            await redis.wait()
            await until(lambda: hub(own_service)._bus_lost)
            happening = asyncio.create_task(happen(own_service, "sem_redis"))
            await redis.start()
            await happening
            for listener in (reader, twin):
                assert await listener.heard("sem_redis") == ["antes", "sem_redis"]

    async def test_readers_of_a_bus_that_was_emptied_are_told_so(
        self, own_service: RunningService, redis: EmbeddedRedis, tmp_path: Path
    ) -> None:
        somebody = await own_service.administrador()
        async with socket(own_service, somebody) as reader:
            await happen(own_service, "antes")
            place = (await reader.event())["id"]
            await redis.stop()
            for path in (tmp_path / "own" / "redis" / "appendonlydir").iterdir():
                path.unlink()
            await until(lambda: hub(own_service)._bus_lost)
            await redis.start()
            assert (await reader.event())["event"] == "eventos_perdidos"
            await happen(own_service, "depois")
            assert (await reader.event())["event"] == "depois"
        async with socket(own_service, somebody, desde=place) as reader:
            assert await reader.heard("depois") == ["eventos_perdidos", "depois"]

    async def test_nobody_joins_before_the_bus_was_seen(
        self, own_service: RunningService, redis: EmbeddedRedis
    ) -> None:
        somebody = await own_service.administrador()
        query = {"token": token_of(own_service, somebody)}
        await redis.stop()
        async with second_web(own_service) as url:
            headers = own_service.token(somebody)
            async with own_service.http.get(f"{url}/api/v1/events", headers=headers) as response:
                assert response.status == 503
                assert "Retry-After" in response.headers
            await redis.start()
            ws = await _connects(own_service.http, f"{url}/ws/v1/events", query)
            await happen(own_service, "x")
            assert (await Socket(ws).event())["event"] == "x"
            await ws.close()


async def test_a_thousand_sockets_of_one_process_hear_every_event(
    sqlite_service: RunningService, administrador: UUID
) -> None:
    open_as_many_files_as_allowed()
    query = {"token": token_of(sqlite_service, administrador)}
    connector = aiohttp.TCPConnector(limit=0)
    async with asyncio.timeout(LONG), aiohttp.ClientSession(sqlite_service.url, connector=connector) as http:
        # All in the same moment, as after a restart.
        sockets = await asyncio.gather(*(http.ws_connect("/ws/v1/events", params=query) for _ in range(MANY)))
        assert len(hub(sqlite_service)) == MANY
        names = [f"e{number}" for number in range(5)]
        await happen(sqlite_service, *names)
        heard = await asyncio.gather(*(Socket(ws, LONG).heard(names[-1]) for ws in sockets))
        assert heard == [names] * MANY
        async with sqlite_service.http.get("/healthz") as response:
            assert response.status == 200
        # And all of them come back at once, to hear what they missed.
        await asyncio.gather(*(ws.close() for ws in sockets))
        first = bus.format_position((await sqlite_service.wiring.live.newest(5))[0].position)
        again = await asyncio.gather(
            *(http.ws_connect("/ws/v1/events", params=query | {"desde": first}) for _ in range(MANY // 10))
        )
        heard = await asyncio.gather(*(Socket(ws, LONG).heard(names[-1]) for ws in again))
        assert heard == [names[1:]] * (MANY // 10)
        await asyncio.gather(*(ws.close() for ws in again))
