"""Who comes in to the live events, who is sent on, and that an open socket is a sign of presence."""

from uuid import UUID, uuid4

import pytest
from aiohttp import WSMsgType

from storage.pessoa.perfil import Perfil
from storage.presenca.sinais import read_signs
from tests.support.listening import happen, hub, socket, stream, token_of, until
from tests.support.service import RunningService
from webhooks.app import PLACES, Room
from webhooks.live import endpoints as live
from webhooks.live import hub as live_hub


class TestTheDoor:
    async def test_what_the_server_itself_refuses_has_a_request_id_too(self, sqlite_service: RunningService) -> None:
        async with sqlite_service.http.get("/api/v1/events", headers={"Expect": "outra coisa"}) as response:
            assert response.status == 417
            assert response.headers["X-Request-ID"]

    @pytest.mark.parametrize("path", ["/ws/v1/events", "/api/v1/events"])
    async def test_without_a_token_that_counts_nobody_comes_in(
        self, sqlite_service: RunningService, administrador: UUID, path: str
    ) -> None:
        gone = await sqlite_service.usuario("Gone", "5531977770000", Perfil.CONSULTOR, status_ativo=False)
        unknown = sqlite_service.token(uuid4())
        for headers in ({}, {"Authorization": "Bearer x.y.z"}, sqlite_service.token(gone), unknown):
            async with sqlite_service.http.get(path, headers=headers) as response:
                assert response.status == 401
                assert response.headers["X-Request-ID"]

    async def test_a_token_in_the_address_opens_the_socket_only(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        query = {"token": token_of(sqlite_service, administrador)}
        for path in ("/api/v1/events", "/pool-bo"):
            async with sqlite_service.http.get(path, params=query) as response:
                assert response.status == 401
        async with sqlite_service.http.ws_connect("/ws/v1/events/", params=query) as ws:
            assert not ws.closed
        async with sqlite_service.http.ws_connect("/ws/v1/events", headers=sqlite_service.token(administrador)) as ws:
            assert ws._response.headers["X-Request-ID"]

    async def test_a_token_in_the_address_is_in_no_log(
        self, sqlite_service: RunningService, administrador: UUID, capfd: pytest.CaptureFixture[str]
    ) -> None:
        async with socket(sqlite_service, administrador) as reader:
            await happen(sqlite_service, "x")
            await reader.event()
        await until(lambda: len(hub(sqlite_service)) == 0)
        out, err = capfd.readouterr()
        assert "/ws/v1/events" in out + err
        assert token_of(sqlite_service, administrador)[:20] not in out + err

    async def test_who_asks_the_socket_without_one_is_told_of_the_stream(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        async with sqlite_service.http.get("/ws/v1/events", headers=sqlite_service.token(administrador)) as response:
            assert response.status == 400
            assert "/api/v1/events" in (await response.json())["detail"]

    async def test_a_full_process_sends_people_on(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_hub, "MAX_READERS", 1)
        async with (
            socket(sqlite_service, administrador),
            sqlite_service.http.get("/api/v1/events", headers=sqlite_service.token(administrador)) as response,
        ):
            assert response.status == 503
            assert int(response.headers["Retry-After"]) <= 30

    async def test_open_connections_are_no_work_that_keeps_others_out(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PLACES, Room.ALONE, 1)
        async with (
            socket(sqlite_service, administrador),
            stream(sqlite_service, administrador),
            sqlite_service.http.get("/healthz") as response,
        ):
            assert response.status == 200

    async def test_what_readers_say_is_not_listened_to_and_long_speeches_end_it(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        async with socket(sqlite_service, administrador) as reader:
            await reader.ws.send_str("alô")
            await happen(sqlite_service, "x")
            assert (await reader.event())["event"] == "x"
            await reader.ws.send_str("x" * 5000)
            assert await reader.closed() == 1009

    async def test_a_socket_is_pinged(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert live_hub.PING_SECONDS == 30.0
        monkeypatch.setattr(live, "PING_SECONDS", 0.02)
        query = {"token": token_of(sqlite_service, administrador)}
        async with sqlite_service.http.ws_connect("/ws/v1/events", params=query, autoping=False) as ws:
            assert (await ws.receive(10)).type is WSMsgType.PING


class TestPresence:
    """Whether somebody is connected is part of their presence, see `websocket_connected`."""

    @staticmethod
    async def connected(service: RunningService, usuario_id: UUID) -> bool:
        signs = await read_signs(service.wiring.redis, [usuario_id], service.clock())
        return signs[usuario_id].websocket_connected

    async def test_hears_of_the_first_socket_and_of_the_last(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        service = sqlite_service
        async with socket(service, administrador):
            async with socket(service, administrador):
                assert await self.connected(service, administrador)
            await until(lambda: len(hub(service)) == 1)
            assert await self.connected(service, administrador)
        await until(lambda: len(hub(service)) == 0)
        assert not await self.connected(service, administrador)
        async with stream(service, administrador):
            assert not await self.connected(service, administrador)

    async def test_hears_of_open_sockets_with_every_ping(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        service = sqlite_service
        async with socket(service, administrador):
            service.clock.move(seconds=91)
            assert not await self.connected(service, administrador)
            await hub(service).ping()
            assert await self.connected(service, administrador)
