"""Execucoes over HTTP: read only, they follow from what is done to processos."""

from aiohttp import web

from storage.processo.execucoes import execucao_by_id, list_execucoes
from webhooks.given import DATABASE
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import ID_IN_PATH, TOTAL, ok
from webhooks.http.parameters import uuid_in_path
from webhooks.processo.schemas import EXECUCAO, ExecucaoShown, ExecucoesAsked

_TAG = "execuções"


@endpoint(
    _TAG,
    "Execucoes, the newest first",
    ok([ExecucaoShown], [EXECUCAO], X_Total_Count=TOTAL),
    asks=ExecucoesAsked,
)
async def listed(request: web.Request, asked: ExecucoesAsked) -> Page:
    """`GET /execucoes`."""
    async with request.app[DATABASE].read() as connection:
        found, total = await list_execucoes(connection, asked.pagina, abertas=asked.abertas, **asked.filters())
    return Page([ExecucaoShown.of(one) for one in found], total)


@endpoint(
    _TAG,
    "One execucao",
    ok(ExecucaoShown, EXECUCAO),
    parameters=(ID_IN_PATH,),
    refusals={404: "there is no such execucao"},
)
async def show(request: web.Request) -> ExecucaoShown:
    """`GET /execucoes/{id}` and `GET /execucoes/detalhes/{id}`."""
    async with request.app[DATABASE].read() as connection:
        execucao = await execucao_by_id(connection, uuid_in_path(request))
    if execucao is None:
        raise ApiError(404, "Execução não encontrada")
    return ExecucaoShown.of(execucao)
