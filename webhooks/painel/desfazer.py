"""Undo: what a person has just done in the panel is taken back by the same rules that did it.

Whoever acts leaves a way back under their session (`remember`), and the notice of what was done offers it. Which ways
there are each noun says (`VOLTAS`); what has changed in between, or may not be done any more, stays as it is.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from redis.exceptions import RedisError

from core.prazos import DESFAZER_NO_PAINEL
from storage.painel.voltas import keep_way_back, sealed_for, take_way_back
from storage.pessoa.perfil import Perfil
from storage.secrets import SecretUnreadable
from webhooks.http.answers import ApiError
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import back, go
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.sessao import SESSAO

_NAME = re.compile(r"[A-Za-z0-9_-]{16}")
DESFEITO, MUDOU, TARDE = "desfeito", "nao_desfeito_mudou", "nao_desfeito_tarde"


@dataclass(frozen=True, slots=True)
class Ida:
    """What came of a way back: what the notice says (templates/avisos.html), and the way to do it again after all."""

    feito: str = DESFEITO
    desfaz: str = ""
    # Of several, how many of how many.
    n: int | None = None
    de: int | None = None


@dataclass(frozen=True, slots=True)
class Volta:
    """A way back: whose, and how, by the facts that were remembered."""

    perfis: frozenset[Perfil]
    voltar: Callable[[web.Request, Mapping[str, Any]], Awaitable[Ida]]


VOLTAS: web.AppKey[Mapping[str, Volta]] = web.AppKey("voltas", dict)


async def remember(request: web.Request, volta: str, **fatos: Any) -> str:
    """Keep the way back of what was just done; the name that `go(…, desfaz=)` takes. `fatos`: as JSON has them.

    Without Redis there is none: what was done is done.
    """
    painel, sessao_id = request.app[PAINEL], request[SESSAO].id
    sealed = painel.secrets.seal(json.dumps([volta, fatos]), *sealed_for(sessao_id))
    try:
        return await keep_way_back(painel.redis, sessao_id, sealed, DESFAZER_NO_PAINEL)
    except (RedisError, OSError):
        return ""


async def undo(request: web.Request) -> web.StreamResponse:
    """`POST /painel/desfazer`: once, and back to the page that offered it."""
    target = back(request, "/painel", str(request[FORM].get("volta", "")))
    found = await _taken(request, str(request[FORM].get("nome", "")))
    if found is None:
        return go(target, TARDE)
    volta, fatos = found
    if request[SESSAO].perfil_usuario not in volta.perfis:
        raise ApiError(403, "needs another perfil")
    ida = await volta.voltar(request, fatos)
    return go(target, ida.feito, desfaz=ida.desfaz, n=ida.n, de=ida.de)


async def _taken(request: web.Request, name: str) -> tuple[Volta, dict[str, Any]] | None:
    """What was remembered; None too for a way back that only another release knows."""
    painel, sessao_id = request.app[PAINEL], request[SESSAO].id
    if not _NAME.fullmatch(name):
        return None
    try:
        sealed = await take_way_back(painel.redis, sessao_id, name)
        if sealed is None:
            return None
        which, fatos = json.loads(painel.secrets.open(sealed, *sealed_for(sessao_id)))
    except (RedisError, OSError, SecretUnreadable):
        return None
    volta = request.app[VOLTAS].get(which)
    return None if volta is None else (volta, fatos)


TELAS = (Tela("POST", "/painel/desfazer", undo),)
