"""Apps of attendants: their presence and typing over HTTP, and what their WebSocket hears."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from storage.pessoa.perfil import Perfil
from tests.support.service import MovableClock, RunningService

DAVI = ("Davi Alves", "5531988804003")
ELISA = ("Elisa Costa", "5531988804004")
CLIENTE = "5511999999999"

ME, SET_STATUS, HEARTBEAT = (f"/api/v1/presence/{name}/" for name in ("me", "set-status", "heartbeat"))
TYPING = "/api/v1/typing/"


@pytest.fixture(autouse=True)
def time_moves_only_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer and its event are made in two moments, and are compared to the second."""
    start = datetime.now(UTC)
    monkeypatch.setattr(MovableClock, "__call__", lambda clock: start + clock.ahead)


class App:
    """An attendant's app, as the reference describes it."""

    def __init__(self, service: RunningService, usuario_id: UUID) -> None:
        self.service = service
        self.id = str(usuario_id)
        self._usuario_id = usuario_id

    async def call(self, method: str, path: str, wanted: int = 200, **how: Any) -> Any:
        headers = self.service.token(self._usuario_id)
        async with self.service.http.request(method, path, headers=headers, **how) as response:
            assert response.status == wanted, await response.text()
            return await response.json()

    async def is_now(self) -> dict[str, Any]:
        return dict(await self.call("GET", ME))

    async def sets(self, status: str, **more: str) -> dict[str, Any]:
        return dict(await self.call("POST", SET_STATUS, json={"status": status, **more}))

    async def beats(self) -> dict[str, Any]:
        return dict(await self.call("POST", HEARTBEAT))

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Events"]:
        headers = self.service.token(self._usuario_id)
        async with self.service.http.ws_connect("/ws/v1/events", headers=headers) as socket:
            yield Events(socket)


class Events:
    """What an open WebSocket hears."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def next(self) -> dict[str, Any]:
        """The next event in its envelope, whose id is only looked at."""
        async with asyncio.timeout(10):
            event = await self._socket.receive_json()
        assert event.pop("id")
        return dict(event)


async def app(service: RunningService, quem: tuple[str, str] = DAVI, perfil: Perfil = Perfil.CONSULTOR) -> App:
    return App(service, await service.usuario(*quem, perfil))
