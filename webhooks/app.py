"""The web application: every route with who may call it, and what every request goes through."""

import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware

from core.perfis import Perfil
from storage.rate import Rate
from webhooks import operations, pool, rpa, telegram, whatsapp
from webhooks.answers import ApiError, as_json, overloaded
from webhooks.auth import OPEN, RATE, SERVICE, SIGNED, TELEGRAM, Auth, bearer
from webhooks.bodies import MAX_BODY_BYTES
from webhooks.service import Service

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger()

# Beyond this many requests at work a process says so, and the sender comes back.
MAX_AT_WORK = 200
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


@dataclass(frozen=True, slots=True)
class Route:
    """One path, and who may call it."""

    method: str
    path: str
    handler: Handler
    auth: Auth


ADMIN = bearer(Perfil.ADMINISTRADOR)

ROUTES = (
    Route("POST", "/webhooks/telegram", telegram.receive, TELEGRAM),
    Route("GET", "/webhooks/whatsapp", whatsapp.verify, SIGNED),
    Route("POST", "/webhooks/whatsapp", whatsapp.receive, SIGNED),
    Route("POST", "/webhooks/rpa", rpa.receive, SIGNED),
    Route("GET", "/pool-bo", pool.show, ADMIN),
    Route("POST", "/pool-bo/liberar", pool.free, ADMIN),
    Route("GET", "/healthz", operations.healthz, OPEN),
    Route("GET", "/readyz", operations.readyz, OPEN),
    Route("GET", "/metrics", operations.show_metrics, OPEN),
)


def make_app(service: Service) -> web.Application:
    """The application over this service."""
    app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[_requests(), _errors])
    app[SERVICE] = service
    app[RATE] = Rate(service.redis)
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
        name = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        started = time.perf_counter()
        at_work += 1
        with structlog.contextvars.bound_contextvars(request_id=name):
            try:
                response = await (_refuse(request) if at_work > MAX_AT_WORK else handler(request))
            finally:
                at_work -= 1
            if request.path not in _QUIET:
                # The path alone: a query may hold a token.
                log.info(
                    "request",
                    method=request.method,
                    path=request.path,
                    status=response.status,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )
        response.headers["X-Request-ID"] = name
        return response

    return request_id


async def _refuse(request: web.Request) -> web.StreamResponse:
    error = overloaded()
    return as_json({"detail": error.detail}, error.status, error.headers)
