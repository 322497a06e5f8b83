"""Who is let go by the live events: the slow, and those who lost their right; and how they come back."""

import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from storage.pessoa.perfil import Perfil
from tests.support.listening import Socket, happen, hub, socket, stream, token_of, until
from tests.support.sellers import change
from tests.support.service import RunningService, settings_for
from webhooks.live import endpoints as live
from webhooks.live import hub as live_hub
from webhooks.live.readers import Ending

PATHS = {"socket": "/ws/v1/events", "stream": "/api/v1/events"}


@asynccontextmanager
async def small_ears(service: RunningService) -> AsyncIterator[aiohttp.ClientSession]:
    """A client whose connections hold little: who does not read is soon noticed."""

    def make(address: Any) -> sockets.socket:
        family, kind, protocol, _, _ = address
        made = sockets.socket(family, kind, protocol)
        made.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        return made

    connector = aiohttp.TCPConnector(socket_factory=make)
    async with aiohttp.ClientSession(service.url, connector=connector, read_bufsize=1024) as session:
        yield session


async def shout(service: RunningService, first: int, last: int, size: int = 200_000) -> None:
    """Large events straight onto the bus, in the numbers' order."""
    for number in range(first, last):
        await service.wiring.live.add(str(number), f"e{number}", {"texto": "x" * size}, list(Perfil), [])


async def overwhelm(service: RunningService, quick: Socket) -> list[str]:
    """Shout until only the one who listens is left; what it heard."""
    heard: list[str] = []
    while len(hub(service)) > 1:
        number = len(heard)
        await shout(service, number, number + 5)
        heard += await quick.heard(f"e{number + 4}")
        assert number < 2_000
    assert heard == [f"e{number}" for number in range(len(heard))]
    return heard


class TestTheSlow:
    @pytest.mark.falha(69)
    async def test_a_slow_socket_is_dropped_nobody_waits_for_it_and_it_resumes_where_it_was(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_hub, "QUEUE_LENGTH", 10)
        query = {"token": token_of(sqlite_service, administrador)}
        async with (
            small_ears(sqlite_service) as http,
            socket(sqlite_service, administrador) as quick,
            http.ws_connect("/ws/v1/events", params=query) as slow,
        ):
            await until(lambda: len(hub(sqlite_service)) == 2)
            everything = await overwhelm(sqlite_service, quick)
            heard, last_id = await self.what_arrived(slow)
            assert 0 < len(heard) < len(everything)
        async with socket(sqlite_service, administrador, desde=last_id) as again:
            assert heard + await again.heard(everything[-1]) == everything

    async def what_arrived(self, slow: aiohttp.ClientWebSocketResponse) -> tuple[list[str], str]:
        """The names of the events that a connection still holds, and the last id."""
        heard: list[str] = []
        last_id = ""
        async for message in slow:
            event = message.json()
            heard.append(event["event"])
            last_id = event["id"]
        return heard, last_id

    @pytest.mark.falha(69)
    async def test_a_slow_stream_ends_and_resumes_where_it_was(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_hub, "QUEUE_LENGTH", 10)
        monkeypatch.setattr(live, "_GOODBYE_SECONDS", 0.1)
        async with (
            small_ears(sqlite_service) as http,
            socket(sqlite_service, administrador) as quick,
            http.get("/api/v1/events", headers=sqlite_service.token(administrador)) as slow,
        ):
            everything = await overwhelm(sqlite_service, quick)
            heard, last_id = await self.what_was_complete(slow)
            assert 0 < len(heard) < len(everything)
        async with stream(sqlite_service, administrador, last_id=last_id) as again:
            assert heard + await again.heard(everything[-1]) == everything

    async def what_was_complete(self, slow: aiohttp.ClientResponse) -> tuple[list[str], str]:
        """As a browser takes it: an event counts when the empty line after it has come."""
        content = b""
        with suppress(aiohttp.ClientError):
            while chunk := await slow.content.readany():
                content += chunk
        blocks = content.decode().split("\n\n")[:-1]
        fields = [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]
        return [block["event"] for block in fields if "event" in block], fields[-1]["id"]

    async def test_one_who_is_slow_but_takes_the_end_is_told_why(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        async with socket(sqlite_service, administrador) as reader:
            hub(sqlite_service).end_all(Ending.SLOW)
            assert await reader.closed() == 1013

    async def test_a_burst_larger_than_a_queue_drops_nobody_who_listens(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        async with socket(sqlite_service, administrador) as reader:
            await shout(sqlite_service, 0, 3 * live_hub.QUEUE_LENGTH, size=10)
            await happen(sqlite_service, "fim")
            assert len(await reader.heard("fim")) == 3 * live_hub.QUEUE_LENGTH + 1


class TestWhoLostTheRight:
    """Checks come every 20 s by themselves; here they come when the test says so."""

    def test_the_checks_come_often_enough(self) -> None:
        """Even when two in a row cannot read the rights: the second one lets everybody go."""
        patience = live_hub._CHECK_PATIENCE_SECONDS
        assert 2 * (live_hub.CHECK_SECONDS + patience) + live._GOODBYE_SECONDS < 60
        assert live_hub.CHECK_SECONDS < live_hub.UNSURE_SECONDS < 2 * live_hub.CHECK_SECONDS

    @pytest.mark.falha(70)
    async def test_an_expired_token_ends_its_connections_and_no_others(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        service = sqlite_service
        short = {"token": token_of(service, administrador, hours=0.5)}
        header = service.token(administrador, hours=0.5)
        async with (
            socket(service, administrador) as long_lived,
            service.http.ws_connect("/ws/v1/events", params=short) as ws,
            service.http.get("/api/v1/events", headers=header) as response,
        ):
            service.clock.move(minutes=29)
            await hub(service).check()
            assert len(hub(service)) == 3
            service.clock.move(minutes=2)
            await hub(service).check()
            assert await Socket(ws).closed() == 4401
            assert b"data:" not in await response.content.read()
            await happen(service, "x")
            assert (await long_lived.event())["event"] == "x"
        async with service.http.get("/ws/v1/events", params=short) as refused:
            assert refused.status == 401

    @pytest.mark.falha(70)
    async def test_a_disabled_person_is_cut_off_and_the_others_go_on(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        service = sqlite_service
        somebody = await service.usuario("Fulana", "5531977770000", Perfil.CONSULTOR)
        async with (
            socket(service, administrador) as other,
            socket(service, somebody) as ws,
            stream(service, somebody) as sse,
        ):
            await change(service, somebody, status_ativo=False)
            await hub(service).check()
            await happen(service, "x")
            assert await ws.closed() == 4401
            assert await sse.ended()
            assert (await other.event())["event"] == "x"
            await until(lambda: len(hub(service)) == 1)

    @pytest.mark.falha(70)
    async def test_it_is_checked_by_itself(
        self, sqlite_url: str, clean_redis_url: str, s3: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_hub, "CHECK_SECONDS", 0.05)
        async with RunningService(settings_for(sqlite_url, clean_redis_url, s3, tmp_path)) as service:
            somebody = await service.administrador()
            async with socket(service, somebody) as reader:
                await change(service, somebody, status_ativo=False)
                assert await reader.closed() == 4401

    async def test_when_rights_cannot_be_read_for_long_everybody_is_sent_away_to_try_again(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(_: object) -> Any:
            raise OSError("no database")

        async with socket(sqlite_service, administrador) as reader:
            monkeypatch.setattr(hub(sqlite_service), "_perfis_of", broken)
            await hub(sqlite_service).check()
            assert len(hub(sqlite_service)) == 1
            monkeypatch.setattr(live_hub, "UNSURE_SECONDS", 0)
            await hub(sqlite_service).check()
            assert await reader.closed() == 1013
