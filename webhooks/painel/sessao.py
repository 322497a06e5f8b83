"""Whose browser it is: the cookie, the session behind it, and the token of its forms."""

import hmac
from datetime import timedelta

from aiohttp import web

from core.painel.acesso import MINI_APP, hash_of
from core.prazos import SESSAO_DO_PAINEL
from storage.painel.acesso import Sessao, see_sessao, sessao_by_token
from webhooks.http.addresses import asked_by_https
from webhooks.painel.painel import PAINEL

SESSAO: web.RequestKey[Sessao] = web.RequestKey("sessao", Sessao)
# How often it is written down that somebody is still here.
_SEEN_EVERY = timedelta(minutes=5)


def cookie_name(request: web.Request) -> str:
    """Behind https browsers hold `__Host-` cookies to this host, this path and https (RFC 6265bis, 4.1.3)."""
    return "__Host-painel" if _is_https(request) else "painel"


def cookie_of(request: web.Request) -> str:
    """What the browser holds; nothing is believed of it."""
    return request.cookies.get(cookie_name(request), "")


async def sessao_of(request: web.Request) -> Sessao | None:
    """The session, read anew with its person: who was disabled, or has another perfil, has none."""
    painel, cookie = request.app[PAINEL], cookie_of(request)
    if not cookie:
        return None
    now = painel.clock()
    async with painel.database.read() as connection:
        sessao = await sessao_by_token(connection, hash_of(cookie), now)
    if sessao is not None and now - sessao.vista_em > _SEEN_EVERY:
        await painel.run(lambda tx: see_sessao(tx, sessao.id))
    return sessao


def give_cookie(request: web.Request, response: web.StreamResponse, cookie: str, *, mini_app: bool = False) -> None:
    """Let the browser hold this. Inside Telegram's web client we are in a frame of another site."""
    response.set_cookie(
        cookie_name(request),
        cookie,
        max_age=int(SESSAO_DO_PAINEL.total_seconds()),
        path="/",
        secure=_is_https(request),
        httponly=True,
        samesite="None" if mini_app and _is_https(request) else "Lax",
    )


def take_cookie(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser forget."""
    response.del_cookie(cookie_name(request), path="/", secure=_is_https(request), httponly=True)


def form_token(request: web.Request) -> str:
    """What forms of this session carry: only who sees its pages knows it."""
    return hmac.digest(cookie_of(request).encode("utf-8", "surrogateescape"), b"painel: form", "sha256").hex()


def is_mini_app(request: web.Request) -> bool:
    """Whether the pages are shown inside Telegram."""
    sessao = request.get(SESSAO)
    return sessao is not None and sessao.canal == MINI_APP


def _is_https(request: web.Request) -> bool:
    return request.app[PAINEL].is_https or asked_by_https(request)
