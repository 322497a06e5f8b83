"""Execucoes over HTTP: read only, they follow from what is done to processos."""

from typing import Any

from aiohttp import web

from storage.processo.execucoes import execucao_by_id, list_execucoes
from storage.processo.status import StatusExecucao, TipoExecucao
from webhooks.given import DATABASE
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import FLAG, ID_IN_PATH, LONG_PAGE, TEXT, TOTAL, UUID, Parameter, ok
from webhooks.http.parameters import boolean_in_query, pagina_of, uuid_in_path, uuid_in_query, word_in_query
from webhooks.processo.schemas import EXECUCAO, ExecucaoShown

_TAG = "execuções"


@endpoint(
    _TAG,
    "Execucoes, the newest first",
    ok([ExecucaoShown], [EXECUCAO], X_Total_Count=TOTAL),
    parameters=(
        *LONG_PAGE,
        Parameter("processo_id", UUID),
        Parameter("operadora_id", UUID),
        Parameter("tipo_execucao", {"type": "string", "enum": list(TipoExecucao)}),
        Parameter("status_execucao", {"type": "string", "enum": list(StatusExecucao)}),
        Parameter("job_id", TEXT),
        Parameter("abertas", FLAG, "those at work, or those that have ended"),
    ),
)
async def listed(request: web.Request) -> Page:
    """`GET /execucoes`."""
    filters: dict[str, Any] = {name: uuid_in_query(request, name) for name in ("processo_id", "operadora_id")}
    filters["tipo_execucao"] = word_in_query(request, "tipo_execucao", TipoExecucao)
    filters["status_execucao"] = word_in_query(request, "status_execucao", StatusExecucao)
    filters["job_id"] = request.query.get("job_id")
    filters = {name: value for name, value in filters.items() if value is not None}
    abertas = boolean_in_query(request, "abertas")
    async with request.app[DATABASE].read() as connection:
        found, total = await list_execucoes(connection, pagina_of(request), abertas=abertas, **filters)
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
