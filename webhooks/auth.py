"""Who may call a route. Every route declares one of these; a route without one does not start."""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from aiohttp import web
from sqlalchemy import Row

from core.auditoria.auditoria import Autor
from core.batches import Batches
from core.pessoa.tokens import ExpiredToken, InvalidToken
from storage.pessoa.perfil import Perfil
from webhooks.given import CALLERS, TELEGRAM_DOOR, WHATSAPP_DOOR
from webhooks.guessing import GUESSES, claimed_by
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Handler

# How long somebody has to wait: those who ask at the same time share the call to Redis.
RATE: web.AppKey[Batches[str, float]] = web.AppKey("rate", Batches)
# A thousand sockets that come back in one moment wait here, and not for a connection, which they would do in vain.
AT_THE_DOOR = web.AppKey("at_the_door", asyncio.Semaphore)
PEOPLE_AT_THE_DOOR = 16
# Whose token it is: a row of usuarios.
USUARIO: web.RequestKey[Row[Any]] = web.RequestKey("usuario", Row)
# When that token expires, in seconds since 1970.
TOKEN_EXPIRES = web.RequestKey("token_expires", float)
# As whose request it is to be counted still, where its handler does so together with its work.
UNCOUNTED = web.RequestKey("uncounted", str)


# How OpenAPI calls what opens a route.
SECURITY_SCHEMES: dict[str, dict[str, str]] = {
    "api-key": {"type": "apiKey", "in": "header", "name": "api-key", "description": "AUTHENTICATION_API_KEY"},
    "Bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "`balcao token TELEFONE`"},
    "token": {"type": "apiKey", "in": "query", "name": "token", "description": "for browsers' WebSockets"},
    "telegram": {"type": "apiKey", "in": "header", "name": "X-Telegram-Bot-Api-Secret-Token"},
    "whatsapp": {"type": "apiKey", "in": "header", "name": "X-Hub-Signature-256"},
    "rpa": {"type": "apiKey", "in": "header", "name": "webhook-signature"},
}


@dataclass(frozen=True, slots=True)
class Auth:
    """`check` raises `ApiError` for whoever may not.

    For the documents: `schemes`, one of which is needed, of `SECURITY_SCHEMES`; the `perfis` that may; whether there is
    a limit of requests a minute; whether the handler counts for it, see `counting`.
    """

    check: Callable[[web.Request], Awaitable[None]]
    schemes: tuple[str, ...] = ()
    perfis: tuple[Perfil, ...] = ()
    limited: bool = False
    handler_counts: bool = False


def same(given: str | None, wanted: str | None) -> bool:
    """Compared in constant time, on bytes: a header may hold any. Without a secret nothing is the same."""
    if given is None or not wanted:
        return False
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


async def _nobody_asked(request: web.Request) -> None:
    """Open to all."""


async def _telegram(request: web.Request) -> None:
    secret = request.app[TELEGRAM_DOOR].secret
    if secret is None:
        raise ApiError(404, "the Telegram channel is off")
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
    if not same(given, secret):
        await _refuse(request, "telegram", given, ApiError(401, "wrong or no secret token"))


async def _verify_token(request: web.Request) -> None:
    """Meta asks once whether this address is ours, with the token that was typed in its dashboard."""
    given = request.query.get("hub.verify_token")
    if request.query.get("hub.mode") != "subscribe" or not same(given, request.app[WHATSAPP_DOOR].verify_token):
        await _refuse(request, "verify_token", given, ApiError(403, "wrong verify token"))


async def _refuse(request: web.Request, door: str, given: str | None, error: ApiError, claimed: str = "") -> NoReturn:
    """Raise the error, or a 429 for who has been wrong too often; whoever gave nothing has guessed nothing."""
    raise (await request.app[GUESSES].wrong(request, door, error, claimed) if given else error) from None


async def _api_key(request: web.Request) -> None:
    """One of the keys of AUTHENTICATION_API_KEY; each is compared, and all of them take the same time."""
    callers = request.app[CALLERS]
    given = hashlib.sha256(request.headers.get("api-key", "").encode("utf-8", "surrogateescape")).digest()
    wanted = [hashlib.sha256(key.encode()).digest() for key in callers.api_keys]
    if not sum([hmac.compare_digest(given, key) for key in wanted]):
        await _refuse(request, "api-key", request.headers.get("api-key"), ApiError(401, "wrong or no api-key"))
    # Redis learns which key it is, and never the key.
    await _within_limit(request, f"key:{given.hex()[:16]}")


async def _within_limit(request: web.Request, name: str) -> None:
    if (wait := await request.app[RATE].add(name)) > 0:
        raise too_many(wait)


def too_many(wait: float) -> ApiError:
    """More requests than somebody has a minute; seconds until they have one again."""
    return ApiError(429, "too many requests", {"Retry-After": str(int(wait) + 1)})


def counting(handler: Handler) -> Handler:
    """Around a handler that counts by itself: what it did not get to (no place for it, an answer that was kept)."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        finally:
            if (name := request.pop(UNCOUNTED, None)) is not None:
                await _within_limit(request, name)

    return handle


def autor_of(request: web.Request) -> Autor:
    """As the audit names whose token it is."""
    return Autor("api", request[USUARIO].id)


OPEN = Auth(_nobody_asked)
TELEGRAM = Auth(_telegram, ("telegram",), limited=True)
VERIFY_TOKEN = Auth(_verify_token, limited=True)
API_KEY = Auth(_api_key, ("api-key",), limited=True)


def bearer(*perfis: Perfil, in_query: bool = False, fresh: bool = False, handler_counts: bool = False) -> Auth:
    """A person's token; of one of these perfis, when some are given.

    `in_query`: `?token=` is taken too, for browsers, which cannot send a header when they open a WebSocket.
    `fresh`: the person is read anew. For connections that stay: what they may is looked at again only from then on.
    `handler_counts`: whoever may, and need not be read for it, is counted by the handler, as `UNCOUNTED`.
    """

    async def check(request: web.Request) -> None:
        callers = request.app[CALLERS]
        token = _token_in_header(request) or (request.query.get("token") if in_query else None)
        if not token:
            raise ApiError(401, "a Bearer token is needed", {"WWW-Authenticate": "Bearer"})
        try:
            usuario_id, expires = callers.tokens.read_until(token.strip(), callers.clock())
        except InvalidToken as invalid:
            refusal = ApiError(401, "the token is not valid or has expired", {"WWW-Authenticate": "Bearer"})
            if isinstance(invalid, ExpiredToken):
                raise refusal from None
            await _refuse(request, "token", token, refusal, claimed_by(token))
        usuario = None if fresh else callers.people.known(usuario_id)
        if handler_counts and usuario is not None and (not perfis or usuario.perfil_usuario in perfis):
            request[UNCOUNTED] = f"api:{usuario_id}"
        else:
            await _within_limit(request, f"api:{usuario_id}")
        if usuario is None:
            async with request.app[AT_THE_DOOR]:
                usuario = await callers.people.one(usuario_id, fresh=fresh)
        if usuario is None or not usuario.status_ativo:
            raise ApiError(401, "the token's owner is not active", {"WWW-Authenticate": "Bearer"})
        if perfis and usuario.perfil_usuario not in perfis:
            raise ApiError(403, f"needs perfil {' or '.join(perfis)}")
        request[USUARIO] = usuario
        request[TOKEN_EXPIRES] = expires

    return Auth(check, ("Bearer", "token") if in_query else ("Bearer",), perfis, True, handler_counts)


def _token_in_header(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.casefold() == "bearer" else None
