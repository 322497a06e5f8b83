"""Live events to screens: a WebSocket and its twin in server-sent events.

Both say the same: one JSON object for each event, `{"event", "data", "version", "id"}`. What readers are told and who
sees what: docs/integrators.md; why it is done so: docs/decisions/006-live-events.md.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import structlog
from aiohttp import web
from redis.exceptions import RedisError

from core.time import Clock
from storage.live import NOWHERE, Position, format_position, parse_position
from storage.pessoa.usuarios import active_perfis
from webhooks.auth import TOKEN_EXPIRES, USUARIO
from webhooks.given import Engines
from webhooks.http.answers import ApiError, overloaded
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import Answer
from webhooks.live.hub import PING_SECONDS, Hub, Unavailable
from webhooks.live.readers import Ending, Message, Reader
from webhooks.live.schemas import EVENT, FULL, LAST_EVENT_ID, SINCE
from webhooks.live.sockets import OpenSockets

log = structlog.get_logger()

_TAG = "eventos"
HUB = web.AppKey("hub", Hub)
SOCKETS = web.AppKey("sockets", OpenSockets)

# A reader that is let go has this long to take the end of it; less than the 5 s a process has to stop.
_GOODBYE_SECONDS = 3.0
# Readers have nothing to say.
_LONGEST_SAID = 1024
# How long an EventSource waits before it comes back.
_RETRY_MILLISECONDS = 3000


def set_up(app: web.Application, engines: Engines, clock: Clock) -> None:
    """The hub of this process: it runs from before the first request until after the last one."""

    async def perfis_of(usuario_ids: Collection[UUID]) -> Mapping[UUID, str]:
        async with engines.database.read() as connection:
            return await active_perfis(connection, usuario_ids)

    app[SOCKETS] = OpenSockets(engines.redis, clock)
    app[HUB] = Hub(engines.live, perfis_of, clock, app[SOCKETS].tell)
    app.cleanup_ctx.append(_running)
    app.on_shutdown.append(_say_goodbye)


@endpoint(
    _TAG,
    "Live events through a WebSocket",
    {101: Answer(description="one JSON object for each event")},
    parameters=(SINCE,),
    refusals={400: "this is no WebSocket"} | FULL,
)
async def socket(request: web.Request) -> web.WebSocketResponse:
    """`GET /ws/v1/events`. 400 when it is no WebSocket, 422 for a malformed `desde`."""
    ws = web.WebSocketResponse(
        timeout=_GOODBYE_SECONDS, heartbeat=PING_SECONDS, compress=False, max_msg_size=_LONGEST_SAID
    )
    if not ws.can_prepare(request):
        raise ApiError(400, "this is a WebSocket; GET /api/v1/events says the same without one")
    sockets, usuario_id = request.app[SOCKETS], request[USUARIO].id
    async with _reader(request, _position(request.query.get("desde"))) as reader, sockets.opened(usuario_id):
        await ws.prepare(request)
        send = _send_all(reader, lambda message: ws.send_str(message.text))
        ending = await _until_over(reader, send, _hear(ws))
        async with _goodbye(request):
            if ending is not None:
                code, reason = ending.value
                await ws.close(code=code, message=reason.encode())
    return ws


@endpoint(
    _TAG,
    "Live events as server-sent events",
    {200: Answer(EVENT, "one after the other, until you leave", "text/event-stream")},
    parameters=(SINCE, LAST_EVENT_ID),
    refusals=FULL,
)
async def stream(request: web.Request) -> web.StreamResponse:
    """`GET /api/v1/events`. `Last-Event-ID`, which browsers send by themselves, counts before `desde`.

    One that is no id of ours begins now, and says so: an `EventSource` that is refused never comes back.
    """
    last = request.headers.get("Last-Event-ID")
    after = (_read(last) or NOWHERE) if last else _position(request.query.get("desde"))
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    async with _reader(request, after) as reader:
        await response.prepare(request)
        await response.write(f"retry: {_RETRY_MILLISECONDS}\nid: {format_position(reader.after)}\n\n".encode())
        await _until_over(reader, _send_all(reader, lambda message: response.write(_as_sse(message))))
        async with _goodbye(request):
            await response.write_eof()
    return response


@asynccontextmanager
async def _reader(request: web.Request, after: Position | None) -> AsyncIterator[Reader]:
    hub = request.app[HUB]
    usuario = request[USUARIO]
    try:
        reader = await hub.join(usuario.id, usuario.perfil_usuario, request[TOKEN_EXPIRES], after)
    except (Unavailable, RedisError, OSError):
        raise overloaded() from None
    try:
        yield reader
    finally:
        hub.leave(reader)


def _position(desde: str | None) -> Position | None:
    if not desde:
        return None
    if (position := _read(desde)) is None:
        raise ApiError(422, "desde: not the id of an event")
    return position


def _read(text: str) -> Position | None:
    try:
        return parse_position(text)
    except ValueError:
        return None


async def _until_over(reader: Reader, *works: Coroutine[Any, Any, None]) -> Ending | None:
    """Until the reader is let go, or its connection ends (None)."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        over: list[asyncio.Future[Any]] = [*tasks, reader.ended]
        await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return reader.ended.result() if reader.ended.done() else None


async def _send_all(reader: Reader, send: Callable[[Message], Awaitable[None]]) -> None:
    try:
        async for message in reader.messages():
            await send(message)
    except ConnectionError:
        # The reader has left.
        return
    except (RedisError, OSError) as error:
        log.warning("live_replay_failed", error=type(error).__name__)
        reader.end(Ending.UNSURE)
    except Exception:
        log.exception("live_send_failed")
        reader.end(Ending.UNSURE)


async def _hear(ws: web.WebSocketResponse) -> None:
    """Until the connection ends. Nothing is expected but pongs and the end."""
    async for _ in ws:
        pass


@asynccontextmanager
async def _goodbye(request: web.Request) -> AsyncIterator[None]:
    """What is said at the end must be taken soon: what then still waits to be sent goes with the connection."""
    try:
        async with asyncio.timeout(_GOODBYE_SECONDS):
            yield
    except (TimeoutError, ConnectionError):
        log.info("live_goodbye_not_taken")
    transport = request.transport
    if transport is not None and transport.get_write_buffer_size() > 0:
        transport.abort()


def _as_sse(message: Message) -> bytes:
    return f"id: {format_position(message.position)}\nevent: {message.event}\ndata: {message.text}\n\n".encode()


async def _running(app: web.Application) -> AsyncIterator[None]:
    await app[HUB].start()
    yield
    await app[HUB].stop()


async def _say_goodbye(app: web.Application) -> None:
    app[HUB].end_all(Ending.GOING_AWAY)
