"""The web application: every route with who may call it, and what every request goes through."""

import asyncio
import itertools
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware

from core.perfis import Perfil
from core.presenca import ATENDENTES
from storage.rate import Rate
from webhooks import live, operations, pool, presenca, rpa, telegram, whatsapp
from webhooks.answers import ApiError, as_json, overloaded
from webhooks.auth import AT_THE_DOOR, OPEN, PEOPLE_AT_THE_DOOR, RATE, SERVICE, SIGNED, TELEGRAM, Auth, bearer
from webhooks.bodies import MAX_BODY_BYTES
from webhooks.service import Service

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger()

# Beyond this many requests at work a process says so, and the sender comes back.
MAX_AT_WORK = 200
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# Names of requests: this process, and the number of the request in it.
_PROCESS = secrets.token_hex(4)
_NUMBERS = itertools.count(1)
# Asked for all the time, and nothing happens.
_QUIET = frozenset({"/healthz", "/readyz", "/metrics", "/api/v1/presence/heartbeat"})
# Connections that stay open for hours and wait are no work; webhooks/live_hub.py limits them.
_STAYING = frozenset({"/ws/v1/events", "/api/v1/events"})
REQUEST_ID = web.RequestKey("request_id", str)


@dataclass(frozen=True, slots=True)
class Route:
    """One path, and who may call it."""

    method: str
    path: str
    handler: Handler
    auth: Auth


ADMIN = bearer(Perfil.ADMINISTRADOR)
PERSON = bearer()
ATTENDANT = bearer(*sorted(ATENDENTES))
# The only place where a token may stand in the address.
PERSON_ON_A_SOCKET = bearer(in_query=True)

ROUTES = (
    Route("POST", "/webhooks/telegram", telegram.receive, TELEGRAM),
    Route("GET", "/webhooks/whatsapp", whatsapp.verify, SIGNED),
    Route("POST", "/webhooks/whatsapp", whatsapp.receive, SIGNED),
    Route("POST", "/webhooks/rpa", rpa.receive, SIGNED),
    Route("GET", "/pool-bo", pool.show, ADMIN),
    Route("POST", "/pool-bo/liberar", pool.free, ADMIN),
    Route("GET", "/api/v1/presence/me", presenca.me, ATTENDANT),
    Route("POST", "/api/v1/presence/set-status", presenca.set_status, ATTENDANT),
    Route("POST", "/api/v1/presence/heartbeat", presenca.heartbeat, ATTENDANT),
    Route("POST", "/api/v1/typing", presenca.start_typing, ATTENDANT),
    Route("DELETE", "/api/v1/typing", presenca.end_typing, ATTENDANT),
    Route("GET", "/ws/v1/events", live.socket, PERSON_ON_A_SOCKET),
    Route("GET", "/api/v1/events", live.stream, PERSON),
    Route("GET", "/healthz", operations.healthz, OPEN),
    Route("GET", "/readyz", operations.readyz, OPEN),
    Route("GET", "/metrics", operations.show_metrics, OPEN),
)


def make_app(service: Service) -> web.Application:
    """The application over this service."""
    app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[_requests(), _errors])
    app[SERVICE] = service
    app[RATE] = Rate(service.redis)
    app[AT_THE_DOOR] = asyncio.Semaphore(PEOPLE_AT_THE_DOOR)
    live.set_up(app)
    app.on_response_prepare.append(_name_response)
    for route in ROUTES:
        handler = _guarded(route)
        app.router.add_route(route.method, route.path, handler)
        # A trailing slash is optional everywhere.
        app.router.add_route(route.method, f"{route.path}/", handler)
    return app


def _guarded(route: Route) -> Handler:
    if route.auth is OPEN:
        return route.handler

    async def guarded(request: web.Request) -> web.StreamResponse:
        await route.auth.check(request)
        return await route.handler(request)

    return guarded


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error in the one form, and nothing of our insides in it."""
    try:
        return await handler(request)
    except ApiError as error:
        return as_json({"detail": error.detail}, error.status, error.headers)
    except web.HTTPRequestEntityTooLarge:
        return as_json({"detail": f"the body is larger than {MAX_BODY_BYTES} bytes"}, 413)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else None
        return as_json({"detail": error.reason}, error.status, allow)
    except Exception:
        log.exception("request_failed", method=request.method, path=request.path)
        return as_json({"detail": "internal error"}, 500)


def _requests() -> Middleware:
    at_work = 0

    @web.middleware
    async def request_id(request: web.Request, handler: Handler) -> web.StreamResponse:
        """A request id through the whole turn, one log line, and a limit to what is taken in at once."""
        nonlocal at_work
        given = request.headers.get("X-Request-ID", "")
        name = given if _REQUEST_ID.fullmatch(given) else _new_name()
        started = time.perf_counter()
        request[REQUEST_ID] = name
        stays = request.path.rstrip("/") in _STAYING
        at_work += not stays
        with structlog.contextvars.bound_contextvars(request_id=name):
            try:
                response = await (_refuse(request) if at_work > MAX_AT_WORK and not stays else handler(request))
            finally:
                at_work -= not stays
            if request.path.rstrip("/") not in _QUIET:
                # The path alone: a query may hold a token.
                log.info(
                    "request",
                    method=request.method,
                    path=request.path,
                    status=response.status,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )
        return response

    return request_id


async def _name_response(request: web.Request, response: web.StreamResponse) -> None:
    """Before anything of it is sent, which for a stream is long before it ends."""
    # aiohttp refuses some requests (`Expect: something`) before they come to us.
    response.headers["X-Request-ID"] = request.get(REQUEST_ID) or _new_name()


def _new_name() -> str:
    return f"{_PROCESS}{next(_NUMBERS):08x}"


async def _refuse(request: web.Request) -> web.StreamResponse:
    error = overloaded()
    return as_json({"detail": error.detail}, error.status, error.headers)
