"""Who may call a route. Every route declares one of these; a route without one does not start."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlalchemy import Row

from core.perfis import Perfil
from core.tokens import InvalidToken
from storage.rate import Rate
from storage.usuarios import usuario_by_id
from webhooks.answers import ApiError
from webhooks.service import Service

SERVICE = web.AppKey("service", Service)
RATE = web.AppKey("rate", Rate)
# A thousand sockets that come back in one moment wait here, and not for a connection, which they would do in vain.
AT_THE_DOOR = web.AppKey("at_the_door", asyncio.Semaphore)
PEOPLE_AT_THE_DOOR = 16
# Whose token it is: a row of usuarios.
USUARIO: web.RequestKey[Row[Any]] = web.RequestKey("usuario", Row)
# When that token expires, in seconds since 1970.
TOKEN_EXPIRES = web.RequestKey("token_expires", float)


@dataclass(frozen=True, slots=True)
class Auth:
    """`name` as documents call it; `check` raises `ApiError` for whoever may not."""

    name: str
    check: Callable[[web.Request], Awaitable[None]]


def same(given: str | None, wanted: str | None) -> bool:
    """Compared in constant time, on bytes: a header may hold any. Without a secret nothing is the same."""
    if given is None or not wanted:
        return False
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


async def _nobody_asked(request: web.Request) -> None:
    """Open to all."""


async def _telegram(request: web.Request) -> None:
    secret = request.app[SERVICE].telegram_secret
    if secret is None:
        raise ApiError(404, "the Telegram channel is off")
    if not same(request.headers.get("X-Telegram-Bot-Api-Secret-Token"), secret):
        raise ApiError(401, "wrong or no secret token")


async def _signed_body(request: web.Request) -> None:
    """Checked by the handler, over the raw bytes of the body."""


OPEN = Auth("none", _nobody_asked)
TELEGRAM = Auth("X-Telegram-Bot-Api-Secret-Token", _telegram)
SIGNED = Auth("signature over the body", _signed_body)


def bearer(*perfis: Perfil, in_query: bool = False) -> Auth:
    """A person's token; of one of these perfis, when some are given.

    `in_query`: `?token=` is taken too, for browsers, which cannot send a header when they open a WebSocket.
    """

    async def check(request: web.Request) -> None:
        service = request.app[SERVICE]
        token = _token_in_header(request) or (request.query.get("token") if in_query else None)
        if not token:
            raise ApiError(401, "a Bearer token is needed", {"WWW-Authenticate": "Bearer"})
        try:
            usuario_id, expires = service.tokens.read_until(token.strip(), service.clock())
        except InvalidToken:
            raise ApiError(401, "the token is not valid or has expired", {"WWW-Authenticate": "Bearer"}) from None
        async with request.app[AT_THE_DOOR]:
            wait = await request.app[RATE].wait_for(f"api:{usuario_id}", service.api_rate_limit)
            if wait > 0:
                raise ApiError(429, "too many requests", {"Retry-After": str(int(wait) + 1)})
            async with service.database.read() as connection:
                usuario = await usuario_by_id(connection, usuario_id)
        if usuario is None or not usuario.status_ativo:
            raise ApiError(401, "the token's owner is not active", {"WWW-Authenticate": "Bearer"})
        if perfis and usuario.perfil_usuario not in perfis:
            raise ApiError(403, f"needs perfil {' or '.join(perfis)}")
        request[USUARIO] = usuario
        request[TOKEN_EXPIRES] = expires

    return Auth("Bearer, or ?token=" if in_query else "Bearer", check)


def _token_in_header(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.casefold() == "bearer" else None
