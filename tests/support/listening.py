"""Readers of live events, for tests: sockets and streams that say what they heard."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import aiohttp
from multidict import CIMultiDict

from core.live import Audience, publish
from storage.pessoa.perfil import Perfil
from tests.support.service import RunningService
from webhooks.live.endpoints import HUB
from webhooks.live.hub import Hub

PATIENCE = 10.0
TO_ALL = Audience(frozenset(Perfil))

Event = dict[str, Any]
_WAITING = "SELECT 1 FROM outbox WHERE target = 'live' AND done_at IS NULL"


def hub(service: RunningService) -> Hub:
    """The readers of the service's web process."""
    assert service.web.app is not None
    return service.web.app[HUB]


async def happen(service: RunningService, *events: str, audience: Audience = TO_ALL, data: Event | None = None) -> None:
    """Something happens: one turn for each event. Returns when all of them are on the bus."""
    lanes = [f"live:{event}" for event in events]
    for event, lane in zip(events, lanes, strict=True):
        await service.wiring.turns.run(
            lambda tx, event=event, lane=lane: publish(tx, event, data or {}, audience=audience, lane=lane)  # type: ignore[misc]
        )
        await on_the_bus(service)


async def on_the_bus(service: RunningService) -> None:
    """Wait until no event waits in the outbox."""
    async with asyncio.timeout(PATIENCE):
        while await service.rows(_WAITING):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.005)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.005)


class Socket:
    """One WebSocket; an event comes within `patience` seconds."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, patience: float = PATIENCE) -> None:
        self.ws = ws
        self._patience = patience

    async def event(self) -> Event:
        """The next event."""
        async with asyncio.timeout(self._patience):
            message = await self.ws.receive()
        assert message.type is aiohttp.WSMsgType.TEXT, (message, self.ws.close_code)
        event = json.loads(message.data)
        assert list(event) == ["event", "data", "version", "id"]
        return event  # type: ignore[no-any-return]

    async def heard(self, last: str) -> list[str]:
        """The names of events up to this one, which is the last."""
        return await _names(self.event, last)

    async def closed(self) -> int | None:
        """Wait for the end: its code. Nothing else may come before it."""
        async with asyncio.timeout(PATIENCE):
            message = await self.ws.receive()
        assert message.type is not aiohttp.WSMsgType.TEXT, message
        return self.ws.close_code


class Stream:
    """One stream of server-sent events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response
        # What a browser would send as Last-Event-ID.
        self.last_id = ""

    async def event(self) -> Event:
        """The next event; what a browser does not hand out (a new id alone) is taken in on the way."""
        async with asyncio.timeout(PATIENCE):
            while True:
                fields = await self._block()
                self.last_id = fields.get("id", self.last_id)
                if "data" in fields:
                    event: Event = json.loads(fields["data"])
                    assert (fields["event"], fields["id"]) == (event["event"], event["id"])
                    return event

    async def heard(self, last: str) -> list[str]:
        return await _names(self.event, last)

    async def ended(self) -> bool:
        """Wait for the end; whether nothing came before it."""
        async with asyncio.timeout(PATIENCE):
            return b"data:" not in await self.response.content.read()

    async def _block(self) -> dict[str, str]:
        fields = {}
        while line := (await self.response.content.readline()).decode().rstrip("\n"):
            name, _, fields_value = line.partition(": ")
            fields[name] = fields_value
        if not fields:
            raise EOFError("the stream has ended")
        return fields


async def _names(event: Callable[[], Any], last: str) -> list[str]:
    names: list[str] = []
    while last not in names:
        names.append((await event())["event"])
    return names


def token_of(service: RunningService, usuario_id: UUID, hours: float = 1) -> str:
    return service.token(usuario_id, hours)["Authorization"].removeprefix("Bearer ")


@asynccontextmanager
async def socket(service: RunningService, usuario_id: UUID, **query: str) -> AsyncIterator[Socket]:
    """This person listens on a WebSocket."""
    query = {"token": token_of(service, usuario_id)} | query
    async with service.http.ws_connect("/ws/v1/events", params=query) as ws:
        yield Socket(ws)


@asynccontextmanager
async def stream(
    service: RunningService, usuario_id: UUID, last_id: str | None = None, **query: str
) -> AsyncIterator[Stream]:
    """This person listens to the stream."""
    headers = CIMultiDict(service.token(usuario_id))
    if last_id is not None:
        headers["Last-Event-ID"] = last_id
    async with service.http.get("/api/v1/events", headers=headers, params=query) as response:
        assert response.status == 200, await response.text()
        assert response.content_type == "text/event-stream"
        yield Stream(response)


LISTENERS = {"socket": socket, "stream": stream}
