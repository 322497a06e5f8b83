"""The web application: every route with who may call it, and what every request goes through."""

import asyncio
import itertools
import json
import math
import re
import secrets
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, partial

import structlog
from aiohttp import web

from core.batches import Batches
from core.direitos.direitos import QUEM, Direito
from storage.database import is_overload
from storage.rate import Rate
from webhooks.agendamento import endpoints as agendamento
from webhooks.auditoria import endpoints as auditoria
from webhooks.auth import (
    API_KEY,
    AT_THE_DOOR,
    OPEN,
    PEOPLE_AT_THE_DOOR,
    RATE,
    TELEGRAM,
    VERIFY_TOKEN,
    Auth,
    bearer,
    counting,
)
from webhooks.cliente import endpoints as clientes
from webhooks.consultor import consultores, protocolos
from webhooks.docs import pages as docs_pages
from webhooks.document import document
from webhooks.doors import rpa, telegram, whatsapp
from webhooks.doors.signatures import SIGNED_BY_META, SIGNED_BY_ROBOT, STRANGERS
from webhooks.given import Given, put
from webhooks.guessing import GUESSES, Guesses
from webhooks.http.addresses import PROXIES
from webhooks.http.admission import Admission
from webhooks.http.answers import OVERLOADED, ApiError, as_json, overloaded
from webhooks.http.bodies import MAX_BODY_BYTES
from webhooks.http.connections import Connections
from webhooks.http.endpoints import Handler, operation_of
from webhooks.http.logs import REQUEST_ID, RequestLog, log_fault, log_refusal
from webhooks.http.queries import only_known
from webhooks.http.strangers import MOST_BYTES, Strangers
from webhooks.http.uploads import AT_ONCE, UPLOADS
from webhooks.idempotency import HEADER, answered_once
from webhooks.live import endpoints as live
from webhooks.live import logs as live_logs
from webhooks.operadora import endpoints as operadoras
from webhooks.operations import endpoints as operations
from webhooks.operations.readiness import READINESS, readiness_of
from webhooks.painel import telas as painel
from webhooks.painel.erros import pages_of_errors
from webhooks.painel.painel import Painel
from webhooks.patterns import pattern
from webhooks.pessoa import endpoints as usuarios
from webhooks.pool import endpoints as pool
from webhooks.presenca import endpoints as presenca
from webhooks.presenca import together
from webhooks.processo import decisoes, execucoes, processos, testemunhas, upload
from webhooks.reprocesso import endpoints as reprocesso

# Beyond this many requests at work a process says so, and the sender comes back.
MAX_AT_WORK = 200
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# These wait for each other's transaction and hold nothing meanwhile: a thousand at once are a few transactions.
MAX_TOGETHER = 2_000
# Pages and metrics, for whoever asks.
MAX_OPEN = 32
_MONITORED = frozenset({"/healthz", "/readyz"})
_TOGETHER = frozenset({"/consultor/da-vez", "/gerar-protocolo", "/protocolo"})
_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_PROGRAMS = frozenset({"api-key", "Bearer"})
# Where channels bring what people say: refused on its first bytes when there is too much of it.
_EVENTS = ("/webhooks/telegram", "/webhooks/whatsapp")
# Names of requests: this process, and the number of the request in it.
_PROCESS = secrets.token_hex(4)
_NUMBERS = itertools.count(1)
# Connections that stay open for hours and wait are no work; webhooks/live/hub.py limits them.
LOGS = "/api/v2/logs-tempo-real/stream/{job_id}"
_STAYING = frozenset({"/ws/v1/events", "/api/v1/events", LOGS})


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


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One path, and who may call it."""

    method: str
    path: str
    handler: Handler
    auth: Auth

    @property
    def takes_key(self) -> bool:
        """Whether it is a writing call of a program, which may be sent again under an `Idempotency-Key`."""
        return (self.method in _WRITING and self.is_called) or self.path in _TOGETHER

    @property
    def is_called(self) -> bool:
        """Whether a program asks and is answered: its query is read strictly. What stays is opened by browsers."""
        return not _PROGRAMS.isdisjoint(self.auth.schemes) and self.path not in _STAYING

    @property
    def is_looked_at(self) -> bool:
        """Whether HEAD asks for it, too: not for what a look would change, nor for what never ends."""
        return self.method == "GET" and self.path not in _TOGETHER | _STAYING


def _of(direito: Direito) -> Auth:
    return bearer(*sorted(QUEM[direito]))


ADMIN = _of(Direito.ADMINISTRAR)
PERSON_WHO_STAYS = bearer(fresh=True)
ATTENDANT = _of(Direito.ATENDER)
ATTENDANT_WHO_STAYS = bearer(*ATTENDANT.perfis, handler_counts=True)
# The only place where a token may stand in the address.
PERSON_ON_A_SOCKET = bearer(in_query=True, fresh=True)

VIEWER = _of(Direito.VER_PROCESSOS)
OPERATOR = _of(Direito.CUIDAR_DE_PROCESSOS)
SCHEDULER = _of(Direito.AGENDAR)
# Others may have the right by delegation: core/processo reads whose it is.
DECIDER = VIEWER

BACK_OFFICE_ROUTES = (
    Route("GET", "/usuarios", usuarios.listed, ADMIN),
    Route("POST", "/usuarios", usuarios.create, ADMIN),
    Route("GET", "/usuarios/{id}", usuarios.show, ADMIN),
    Route("PUT", "/usuarios/{id}", usuarios.edit, ADMIN),
    Route("DELETE", "/usuarios/{id}", usuarios.deactivate, ADMIN),
    Route("GET", "/operadoras", operadoras.listed, VIEWER),
    Route("POST", "/operadoras", operadoras.create, ADMIN),
    Route("GET", "/operadoras/{id}", operadoras.show, VIEWER),
    Route("PUT", "/operadoras/{id}", operadoras.edit, ADMIN),
    Route("DELETE", "/operadoras/{id}", operadoras.deactivate, ADMIN),
    Route("GET", "/clientes", clientes.listed, VIEWER),
    Route("POST", "/clientes", clientes.create, OPERATOR),
    Route("GET", "/clientes/{id}", clientes.show, VIEWER),
    Route("PUT", "/clientes/{id}", clientes.edit, OPERATOR),
    Route("DELETE", "/clientes/{id}", clientes.deactivate, _of(Direito.RETIRAR)),
    Route("GET", "/processos", processos.listed, VIEWER),
    Route("POST", "/processos", processos.create, OPERATOR),
    Route("GET", "/processos/visualizar/{id}", processos.show, VIEWER),
    Route("POST", "/processos/upload-manual-fatura", upload.bring, _of(Direito.TRAZER_FATURA)),
    Route("POST", "/processos/baixar/{id}", decisoes.download, OPERATOR),
    Route("POST", "/processos/enviar-para-sat/{id}", decisoes.send, OPERATOR),
    Route("POST", "/processos/aprovar/{id}", decisoes.approve, DECIDER),
    Route("POST", "/processos/rejeitar/{id}", decisoes.reject, DECIDER),
    Route("POST", "/processos/desfazer/{id}", decisoes.undo, DECIDER),
    Route("GET", "/processos/{id}", processos.show, VIEWER),
    Route("PUT", "/processos/{id}", processos.edit, OPERATOR),
    Route("DELETE", "/processos/{id}", processos.deactivate, _of(Direito.RETIRAR)),
    Route("GET", "/processos/{id}/historico", processos.history, VIEWER),
    Route("GET", "/processos/{id}/documentos", processos.documents, VIEWER),
    Route("GET", "/processos/{id}/testemunhas", testemunhas.witnesses, VIEWER),
    Route("GET", "/execucoes", execucoes.listed, VIEWER),
    Route("GET", "/execucoes/detalhes/{id}", execucoes.show, VIEWER),
    Route("GET", "/execucoes/{id}", execucoes.show, VIEWER),
)

ROUTES = (
    Route("GET", "/consultores", consultores.listed, API_KEY),
    Route("POST", "/consultor", consultores.create, API_KEY),
    Route("GET", "/consultor/da-vez", consultores.da_vez, API_KEY),
    Route("GET", "/consultor/{id}", consultores.show, API_KEY),
    Route("PUT", "/consultor/{id}", consultores.edit, API_KEY),
    Route("DELETE", "/consultor/{id}", consultores.deactivate, API_KEY),
    Route("PUT", "/consultor/{id}/connection", consultores.connect, API_KEY),
    Route("GET", "/protocolos", protocolos.listed, API_KEY),
    Route("POST", "/protocolo", protocolos.create, API_KEY),
    Route("GET", "/protocolo/{id}", protocolos.show, API_KEY),
    Route("PUT", "/protocolo/{id}", protocolos.edit, API_KEY),
    Route("GET", "/gerar-protocolo", protocolos.generate, API_KEY),
    Route("GET", "/api/v1/presence/me", presenca.me, ATTENDANT),
    Route("POST", "/api/v1/presence/set-status", presenca.set_status, ATTENDANT),
    Route("POST", "/api/v1/presence/heartbeat", presenca.heartbeat, ATTENDANT_WHO_STAYS),
    Route("POST", "/api/v1/typing", presenca.start_typing, ATTENDANT),
    Route("DELETE", "/api/v1/typing", presenca.end_typing, ATTENDANT),
    Route("GET", "/ws/v1/events", live.socket, PERSON_ON_A_SOCKET),
    Route("GET", "/api/v1/events", live.stream, PERSON_WHO_STAYS),
    Route("GET", LOGS, live_logs.stream, PERSON_WHO_STAYS),
    Route("GET", "/pool-bo", pool.show, _of(Direito.VER_ACESSOS)),
    Route("POST", "/pool-bo/liberar", pool.free, _of(Direito.VER_ACESSOS)),
    Route("GET", "/auditoria", auditoria.listed, _of(Direito.AUDITAR)),
    Route("GET", "/reprocessar", reprocesso.listed, _of(Direito.AUDITAR)),
    Route("POST", "/reprocessar", reprocesso.do_again, _of(Direito.AUDITAR)),
    *BACK_OFFICE_ROUTES,
    Route("GET", "/agendamentos", agendamento.listed, SCHEDULER),
    Route("POST", "/agendamentos", agendamento.create, SCHEDULER),
    Route("GET", "/agendamentos/{id}", agendamento.show, SCHEDULER),
    Route("PUT", "/agendamentos/{id}", agendamento.edit, SCHEDULER),
    Route("DELETE", "/agendamentos/{id}", agendamento.deactivate, SCHEDULER),
    Route("POST", "/agendamentos/{id}/executar", agendamento.run_now, SCHEDULER),
    Route("POST", "/webhooks/telegram", telegram.receive, TELEGRAM),
    Route("GET", "/webhooks/whatsapp", whatsapp.verify, VERIFY_TOKEN),
    Route("POST", "/webhooks/whatsapp", whatsapp.receive, SIGNED_BY_META),
    Route("POST", "/webhooks/rpa", rpa.receive, SIGNED_BY_ROBOT),
    Route("GET", "/healthz", operations.healthz, OPEN),
    Route("GET", "/readyz", operations.readyz, OPEN),
    Route("GET", "/metrics", operations.show_metrics, OPEN),
    Route("GET", "/openapi.json", docs_pages.show_openapi, OPEN),
    *(Route("GET", path, docs_pages.page(path), OPEN) for path in docs_pages.STATIC),
)

# For people, not for programs: in no document of the API.
PAGES = tuple(Route(tela.method, tela.path, tela.handler, painel.auth_of(tela)) for tela in painel.every())


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
    app.on_response_prepare.append(_name_response)
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
        lines.answered(response)
        return response
    finally:
        structlog.contextvars.reset_contextvars(**bound)
        connections.answered(request)


def _room_of(route: Route) -> Room:
    if route.auth is OPEN:
        return Room.MONITORS if route.path in _MONITORED else Room.OPEN
    if route.path in _STAYING:
        return Room.STAYING
    return Room.TOGETHER if route.path in _TOGETHER else Room.ALONE


async def _name_response(request: web.Request, response: web.StreamResponse) -> None:
    """Before anything of it is sent, which for a stream is long before it ends."""
    # aiohttp refuses some requests (`Expect: something`) before they come to us.
    response.headers["X-Request-ID"] = request.get(REQUEST_ID) or _new_name()


def _new_name() -> str:
    return f"{_PROCESS}{next(_NUMBERS):08x}"
