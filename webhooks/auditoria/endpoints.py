"""The audit over HTTP, for administrators (contract, section 8)."""

from uuid import UUID

from aiohttp import web

from storage.auditoria.auditoria import Filtro, count_auditoria, list_auditoria
from storage.pessoa.usuarios import usuario_of_forms
from webhooks.auditoria.schemas import LINHA, AuditoriaAsked, LinhaShown
from webhooks.given import DATABASE
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import TOTAL, ok

_NOBODY = UUID(int=0)


@endpoint(
    "auditoria",
    "Who did what, the newest first",
    ok([LinhaShown], [LINHA], X_Total_Count=TOTAL),
    "Rows are only ever added; each holds the hash of the one before it.",
    asks=AuditoriaAsked,
)
async def listed(request: web.Request, asked: AuditoriaAsked) -> Page:
    """`GET /auditoria`."""
    quem = asked.quem
    async with request.app[DATABASE].read() as connection:
        if isinstance(quem, tuple):
            quem = await usuario_of_forms(connection, quem) or _NOBODY
        filtro = Filtro(quem, asked.acao, asked.desde, asked.depois)
        found = await list_auditoria(connection, filtro, asked.limit, asked.skip)
        total = await count_auditoria(connection, filtro)
    return Page([LinhaShown.of(linha) for linha in found], total)
