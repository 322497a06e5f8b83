"""The web application: what every request goes through, on every route of routes.py."""

import asyncio
import itertools
import json
import math
import re
import secrets
from collections import Counter
from enum import Enum, auto
from functools import cache, partial

import structlog
from aiohttp import web

from core.batches import Batches
from storage.database import is_overload
from storage.rate import Rate
from webhooks.auth import AT_THE_DOOR, OPEN, PEOPLE_AT_THE_DOOR, RATE, counting
from webhooks.docs import pages as docs_pages
from webhooks.docs.document import document
from webhooks.doors.signatures import STRANGERS
from webhooks.given import Given, put
from webhooks.guessing import GUESSES, Guesses
from webhooks.http.addresses import PROXIES
from webhooks.http.admission import Admission
from webhooks.http.answers import OVERLOADED, ApiError, as_json, overloaded
from webhooks.http.bodies import MAX_BODY_BYTES, close_behind
from webhooks.http.connections import Connections
from webhooks.http.endpoints import Handler, operation_of
from webhooks.http.logs import REQUEST_ID, RequestLog, log_fault, log_refusal
from webhooks.http.queries import only_known
from webhooks.http.strangers import MOST_BYTES, Strangers
from webhooks.http.uploads import AT_ONCE, UPLOADS
from webhooks.idempotency import HEADER, answered_once
from webhooks.live import endpoints as live
from webhooks.live import logs as live_logs
from webhooks.operations.readiness import READINESS, readiness_of
from webhooks.painel import telas as painel
from webhooks.painel.erros import pages_of_errors, protect_pages
from webhooks.painel.painel import Painel
from webhooks.patterns import pattern
from webhooks.presenca import together
from webhooks.routes import PAGES, ROUTES, STAYING, TOGETHER, Route

# Beyond this many requests at work a process says so, and the sender comes back.
MAX_AT_WORK = 200
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# These wait for each other's transaction and hold nothing meanwhile: a thousand at once are a few transactions.
MAX_TOGETHER = 2_000
# Pages and metrics, for whoever asks.
MAX_OPEN = 32
_MONITORED = frozenset({"/healthz", "/readyz"})
# Where channels bring what people say: refused on its first bytes when there is too much of it.
_EVENTS = ("/webhooks/telegram", "/webhooks/whatsapp")
# Names of requests: this process, and the number of the request in it.
_PROCESS = secrets.token_hex(4)
_NUMBERS = itertools.count(1)


class Room(Enum):
    """What a request takes room of, while it is at work."""

    ALONE = auto()
    TOGETHER = auto()
    STAYING = auto()
    # Of anybody, and apart from ours.
    OPEN = auto()
    # Asked by monitors, and answered from memory.
    MONITORS = auto()


PLACES = {Room.ALONE: MAX_AT_WORK, Room.TOGETHER: MAX_TOGETHER, Room.OPEN: MAX_OPEN}
AT_WORK: web.AppKey[Counter[Room]] = web.AppKey("at_work", Counter)
CONNECTIONS = web.AppKey("connections", Connections)
# Bodies of those whom we know, while they are under way.
BODIES = web.AppKey("bodies", Strangers)


def make_app(given: Given, of_painel: Painel) -> web.Application:
    """The application over what it is given. Whoever serves it lets `app[CONNECTIONS]` watch the server."""
    app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[_request, _errors, pages_of_errors])
    put(app, given)
    app[PROXIES] = given.callers.proxies
    app[CONNECTIONS] = Connections(Admission(_EVENTS, _new_name))
    app[STRANGERS] = Strangers()
    app[BODIES] = Strangers(2 * MAX_AT_WORK, 2 * MAX_AT_WORK, MOST_BYTES)
    app[GUESSES] = Guesses(given.engines.redis)
    app[READINESS] = readiness_of(given.engines)
    app[AT_WORK] = Counter()
    app[RATE] = Batches(Rate(given.engines.redis, given.callers.rate_limit).waits_for, MAX_TOGETHER)
    app.on_cleanup.append(_settle)
    app[UPLOADS] = asyncio.Semaphore(AT_ONCE)
    app[AT_THE_DOOR] = asyncio.Semaphore(PEOPLE_AT_THE_DOOR)
    live.set_up(app, given.engines, given.clock)
    live_logs.set_up(app, given.engines.database)
    together.set_up(app, given.engines, given.clock, given.callers.rate_limit)
    docs_pages.set_up(app, _openapi)
    app.on_response_prepare.extend((_name_response, protect_pages))
    painel.set_up(app, of_painel)
    for resource in _resources((*ROUTES, *PAGES)):
        app.router.register_resource(resource)
    return app


@cache
def _resources(routes: tuple[Route, ...]) -> list[web.AbstractResource]:
    """The routes as aiohttp wants them. They know of no application: all of a process share them."""
    router, paths = web.UrlDispatcher(), [route.path for route in routes]
    for route in routes:
        handler, path = _guarded(route), pattern(route.path, paths)
        for either in (path, f"{path}/"):  # a trailing slash is optional everywhere
            for method in (route.method, "HEAD") if route.is_looked_at else (route.method,):
                router.add_route(method, either, handler)
    return list(router.resources())


@cache
def _openapi() -> bytes:
    """The document takes as long as the rest of a start, and most processes are never asked for it."""
    return json.dumps(document(ROUTES), ensure_ascii=False).encode()


async def _settle(app: web.Application) -> None:
    app[CONNECTIONS].stop()
    await app[READINESS].stop()
    await app[RATE].settle()


def _guarded(route: Route) -> Handler:
    room, operation = _room_of(route), operation_of(route.handler)
    asked = operation.asked if operation is not None and route.is_called else None

    async def opened(request: web.Request) -> web.StreamResponse:
        return await _placed(request, room, route.handler)

    async def guarded(request: web.Request) -> web.StreamResponse:
        # Whoever is none of ours takes nobody's place.
        await route.auth.check(request)
        # Nor does a body that is still under way.
        await request.app[BODIES].arrived(request)
        if route.path in _EVENTS:
            request.app[CONNECTIONS].works_at(request)
        # PostgreSQL keeps no NUL, and would say so in the middle of the work.
        if "%00" in request.rel_url.raw_path_qs:
            raise ApiError(422, "NUL in the address")
        if asked is not None and request.query_string:
            only_known(request, asked)
        if route.takes_key and HEADER in request.headers:
            return await _placed(request, Room.ALONE, partial(answered_once, handler=route.handler))
        return await _placed(request, room, route.handler)

    if route.auth.handler_counts:
        return counting(guarded)
    return opened if route.auth is OPEN else guarded


async def _placed(request: web.Request, room: Room, handler: Handler) -> web.StreamResponse:
    """Handled in a place of that room, as soon as there is one; not at all where there is none."""
    at_work = request.app[AT_WORK]
    if at_work[room] >= PLACES.get(room, math.inf):
        raise overloaded()
    at_work[room] += 1
    try:
        return await handler(request)
    finally:
        at_work[room] -= 1


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error in the one form, and nothing of our insides in it."""
    try:
        return await handler(request)
    except ApiError as error:
        return _refused(request, error.status, error.detail, error.headers)
    except web.HTTPRequestEntityTooLarge:
        return _refused(request, 413, f"the body is larger than {MAX_BODY_BYTES} bytes")
    except web.HTTPException as error:
        if error.status < 400:
            raise
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else None
        return _refused(request, error.status, error.reason, allow)
    except Exception as error:
        if is_overload(error):
            again = overloaded()
            return _refused(request, again.status, again.detail, again.headers)
        log_fault(request, error)
        return as_json({"detail": "internal error"}, 500)


def _refused(request: web.Request, status: int, detail: object, headers: dict[str, str] | None = None) -> web.Response:
    if detail == OVERLOADED:
        # A line for each would be work as well.
        request.app[CONNECTIONS].admission.count()
    else:
        log_refusal(request, status, detail)
    response = as_json({"detail": detail}, status, headers)
    if not request.content.is_eof():
        # What is left of the body is not ours to wait for.
        response.force_close()
    return response


@web.middleware
async def _request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A request id through the whole turn, and its log lines."""
    given = request.headers.get("X-Request-ID", "")
    name = given if _REQUEST_ID.fullmatch(given) else _new_name()
    request[REQUEST_ID] = name
    connections = request.app[CONNECTIONS]
    connections.asked(request)
    # Not `bound_contextvars`, which first reads all that is bound.
    bound = structlog.contextvars.bind_contextvars(request_id=name)
    try:
        lines = RequestLog(request)
        response = await handler(request)
        close_behind(request, response)
        lines.answered(response)
        return response
    finally:
        structlog.contextvars.reset_contextvars(**bound)
        connections.answered(request)


def _room_of(route: Route) -> Room:
    if route.auth is OPEN:
        return Room.MONITORS if route.path in _MONITORED else Room.OPEN
    if route.path in STAYING:
        return Room.STAYING
    return Room.TOGETHER if route.path in TOGETHER else Room.ALONE


async def _name_response(request: web.Request, response: web.StreamResponse) -> None:
    """Before anything of it is sent, which for a stream is long before it ends."""
    # aiohttp refuses some requests (`Expect: something`) before they come to us.
    response.headers["X-Request-ID"] = request.get(REQUEST_ID) or _new_name()


def _new_name() -> str:
    return f"{_PROCESS}{next(_NUMBERS):08x}"
