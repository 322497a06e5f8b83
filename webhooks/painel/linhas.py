"""What robots say, on the pages of their jobs: lines looked through, and followed as they come."""

from collections.abc import Collection, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from aiohttp import web

from core.palavras import folded
from storage.pessoa.perfil import Perfil
from storage.robo.linhas import Fonte, Trabalho, estados_of
from webhooks.http.answers import ApiError
from webhooks.live.logs import follow, place_after
from webhooks.painel.painel import PAINEL
from webhooks.painel.sessao import SESSAO, sessao_of

BUSCA_LIMIT = 100


class _Said(Protocol):
    @property
    def level(self) -> str: ...

    @property
    def message(self) -> str: ...


Said = TypeVar("Said", bound=_Said)


def those_with(linhas: Sequence[Said], busca: str) -> list[Said]:
    """Those that say this, whatever their accents and capitals; a level is a word, too."""
    wanted = folded(busca)
    return [linha for linha in linhas if wanted in folded(f"{linha.level} {linha.message}")]


async def follow_lines(
    request: web.Request, trabalho: Trabalho, perfis: Collection[Perfil], of_whom: UUID | None = None
) -> web.StreamResponse:
    """As server-sent events, after the line that `Last-Event-ID` or `?depois=` names, while the session holds.

    `of_whom`: whose sale it is; theirs to see whatever the perfil. 404 where there is no such job.
    """
    place = place_after(request, request.query.get("depois", ""))
    async with request.app[PAINEL].database.read() as connection:
        known = await estados_of(connection, [trabalho])
    if trabalho not in known or not _may(request[SESSAO].perfil_usuario, request[SESSAO].usuario_id, perfis, of_whom):
        raise ApiError(404, "no such job")

    async def still_may() -> bool:
        sessao = await sessao_of(request)
        return sessao is not None and _may(sessao.perfil_usuario, sessao.usuario_id, perfis, of_whom)

    # What a seller types to a robot may come back in its lines.
    headers, masked = {"X-Content-Type-Options": "nosniff"}, trabalho.fonte is Fonte.VENDA
    return await follow(request, trabalho, place, still_may, headers, masked=masked)


def _may(perfil: str, usuario_id: UUID, perfis: Collection[Perfil], of_whom: UUID | None) -> bool:
    return perfil in perfis or (of_whom is not None and usuario_id == of_whom)
