"""The log of a robot's job while it works, as server-sent events: what is kept comes first, then what is new.

A reader has a place of its own in the database and takes a page at a time: one that is slow keeps nobody waiting and
fills nothing. It ends when the job does (reference: orquestracao-rpa, section 11).
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from aiohttp import web

from core.direitos.direitos import Direito, tem
from core.live import as_timestamp
from core.processo.maquina import VIEWERS
from core.secret_names import without_numbers
from storage.database import Database
from storage.processo.logs import linhas_of
from storage.robo.linhas import Estado, Fonte, Linha, Trabalho, linhas_after, trabalho_of_job
from webhooks.auth import TOKEN_EXPIRES, USUARIO
from webhooks.given import CALLERS, CLOCK, DATABASE
from webhooks.http.answers import ApiError, overloaded
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import TEXT, Answer, Parameter
from webhooks.http.parameters import as_whole_number
from webhooks.live.feed import Full, LogFeed, News
from webhooks.live.schemas import LINE, LINE_AFTER, NO_ROOM

FEED = web.AppKey("log_feed", LogFeed)

# What an EventSource sends that has heard the end: it is told to stop asking.
ENDED = "fim"
PING_SECONDS = 15.0
CHECK_SECONDS = 20.0
# A reader that takes nothing for so long is let go.
PATIENCE_SECONDS = 30.0
_PAGE = 200
_MOST_PACKED = 5_000
_RETRY_MILLISECONDS = 3000
_NO_LINE = 2**63
# Asked now and then while somebody reads: whether they still may.
StillMay = Callable[[], Awaitable[bool]]
_KINDS = {"CONCLUIDO": "job_completed", "CANCELADO": "job_cancelled"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is: behind this line, at the end of all of them, or where nobody can tell."""

    linha: int = 0
    heard_the_end: bool = False
    unreadable: bool = False


def set_up(app: web.Application, database: Database) -> None:
    """The feed of this process: it runs from before the first request until after the last one."""
    app[FEED] = LogFeed(database)
    app.cleanup_ctx.append(_running)
    app.on_shutdown.append(_say_goodbye)


@endpoint(
    "eventos",
    "The log of a robot's job, live",
    {
        200: Answer(LINE, "one line after the other, until the job has ended", "text/event-stream"),
        204: Answer(description="`Last-Event-ID` says that you have heard the end"),
    },
    parameters=(Parameter("job_id", TEXT, place="path"), LINE_AFTER),
    refusals={404: "there is no such job, or it is another person's sale"} | NO_ROOM,
)
async def stream(request: web.Request) -> web.StreamResponse:
    """`GET /api/v2/logs-tempo-real/stream/{job_id}`."""
    place = place_after(request)
    async with request.app[DATABASE].read() as connection:
        trabalho = await trabalho_of_job(connection, request.match_info["job_id"])
    if trabalho is None or not _may_see(request, trabalho, request[USUARIO].perfil_usuario):
        raise ApiError(404, "Job não encontrado")
    return await follow(request, trabalho, place, partial(_still_may, request, trabalho))


async def follow(
    request: web.Request,
    trabalho: Trabalho,
    place: Place,
    still_may: StillMay,
    headers: Mapping[str, str] | None = None,
    *,
    masked: bool = False,
) -> web.StreamResponse:
    """The lines of a job that come after that place. 503 when there is no room.

    `masked`: without numbers as long as a CPF or a phone.
    """
    if place.heard_the_end:
        return web.Response(status=204)
    own = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=own | dict(headers or {}))
    try:
        with request.app[FEED].reading(trabalho) as news:
            lines = _texts(request, trabalho, news, place.linha, still_may, masked=masked)
            return await _send(request, response, lines, {"do_inicio": True} if place.unreadable else {})
    except Full:
        raise overloaded() from None


async def _send(
    request: web.Request, response: web.StreamResponse, texts: AsyncIterator[bytes], about: Mapping[str, Any]
) -> web.StreamResponse:
    await response.prepare(request)
    try:
        await response.write(f"retry: {_RETRY_MILLISECONDS}\n".encode() + _event({"type": "connection", **about}))
        async for text in texts:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await response.write(text)
        await response.write_eof()
    except (ConnectionError, TimeoutError):
        # It has left, or takes nothing; it comes back with the last id it got.
        if request.transport is not None:
            request.transport.abort()
    return response


async def _texts(
    request: web.Request, trabalho: Trabalho, news: News, after: int, still_may: StillMay, *, masked: bool
) -> AsyncIterator[bytes]:
    """What is sent: lines, a sign of life when there are none, and the end."""
    feed = request.app[FEED]
    await feed.look()
    for text in await _long_ago(request, trabalho, news.estado) if after == 0 else ():
        yield text
    checked = time.monotonic()
    while not feed.closing:
        if time.monotonic() - checked > CHECK_SECONDS:
            if not await still_may():
                return
            checked = time.monotonic()
        estado = news.estado
        lines = await _page(request, trabalho, after) if estado is not None and estado.linha > after else []
        for line in lines:
            after = line.id
            yield _event(_shown(line, masked=masked), str(line.id))
        if not lines and estado is not None and estado.encerrado:
            yield _event(_end(trabalho, estado), ENDED)
            return
        if not lines:
            await news.wait(PING_SECONDS)
            if news.estado == estado:
                yield b": ping\n\n"


async def _long_ago(request: web.Request, trabalho: Trabalho, estado: Estado | None) -> list[bytes]:
    """The lines of a job that ended so long ago that they lie packed: they have no place to go on from."""
    if trabalho.fonte is not Fonte.EXECUCAO or estado is None or not estado.encerrado or estado.linha:
        return []
    async with request.app[DATABASE].read() as connection:
        return [
            _event(_told(line.seq, line.timestamp, line.level, line.message))
            for line in await linhas_of(connection, trabalho.id, _MOST_PACKED)
        ]


async def _page(request: web.Request, trabalho: Trabalho, after: int) -> list[Linha]:
    async with request.app[DATABASE].read() as connection:
        return await linhas_after(connection, trabalho, after, _PAGE)


def _may_see(request: web.Request, trabalho: Trabalho, perfil: str) -> bool:
    """An invoice's job: the back office. A sale's: administrators, and its seller."""
    if trabalho.fonte is Fonte.EXECUCAO:
        return perfil in VIEWERS
    return tem(perfil, Direito.VER_TODAS_AS_VENDAS) or trabalho.usuario_id == request[USUARIO].id


async def _still_may(request: web.Request, trabalho: Trabalho) -> bool:
    """Their token holds and their row says so, read anew."""
    usuario = await request.app[CALLERS].people.one(request[USUARIO].id, fresh=True)
    if usuario is None or not usuario.status_ativo or request[TOKEN_EXPIRES] <= request.app[CLOCK]().timestamp():
        return False
    return _may_see(request, trabalho, usuario.perfil_usuario)


def place_after(request: web.Request, otherwise: str = "") -> Place:
    """After which line to begin, as `Last-Event-ID` says; `otherwise` counts without one, and 422 when it is none.

    What is unreadable in the header is none, and said: an `EventSource` that is refused never comes back.
    """
    last = request.headers.get("Last-Event-ID", "")
    if last == ENDED:
        return Place(heard_the_end=True)
    try:
        if last:
            return Place(_line(last))
    except ValueError:
        return Place(unreadable=True)
    try:
        return Place(_line(otherwise)) if otherwise else Place()
    except ValueError:
        raise ApiError(422, "depois: not the id of a line") from None


def _line(text: str) -> int:
    if (line := as_whole_number(text)) >= _NO_LINE:
        raise ValueError("not the id of a line")
    return line


def _shown(line: Linha, *, masked: bool) -> dict[str, Any]:
    message = without_numbers(line.message) if masked else line.message
    return _told(line.seq, line.timestamp, line.level, message)


def _told(seq: int, timestamp: datetime, level: str, message: str) -> dict[str, Any]:
    return {"seq": seq, "timestamp": as_timestamp(timestamp, "auto"), "level": level, "message": message}


def _end(trabalho: Trabalho, estado: Estado) -> dict[str, Any]:
    field = "status_execucao" if trabalho.fonte is Fonte.EXECUCAO else "status_venda"
    return {"type": _KINDS.get(estado.status, "job_failed"), field: estado.status}


def _event(data: dict[str, Any], name: str | None = None) -> bytes:
    head = f"id: {name}\n" if name is not None else ""
    return f"{head}data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


async def _running(app: web.Application) -> AsyncIterator[None]:
    app[FEED].start()
    yield
    await app[FEED].stop()


async def _say_goodbye(app: web.Application) -> None:
    app[FEED].end_all()
