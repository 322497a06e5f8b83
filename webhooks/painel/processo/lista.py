"""The list of processos: filters in its address, pages by id, many at once, and what it shows as CSV and XLSX."""

from aiohttp import web

from core.processo.maquina import RIGHTS, VIEWERS, Acao
from storage.operadora.operadoras import operadoras_by_codigo
from storage.pages import Pagina
from storage.processo.processos import counts_of_month, list_processos
from storage.processo.status import StatusProcesso
from webhooks.painel.endereco import uuid_of
from webhooks.painel.moldura import page, today
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.processo.exporta import as_csv, as_xlsx
from webhooks.painel.processo.filtros import COUNTED, NOMES, TODOS, Filtros, competencia_of, filtros_of, mes_of
from webhooks.painel.sessao import SESSAO

PATH = "/painel/processos"
_SHOWN = 50
# What may be asked for of many at once, in the order of the way.
_AT_ONCE = (Acao.BAIXAR, Acao.APROVAR, Acao.ENVIAR)


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/processos`."""
    filtros, hoje = filtros_of(request), today(request)
    depois = uuid_of(request, "depois")
    async with request.app[PAINEL].database.read() as connection:
        competencia = None if filtros.mes == TODOS else competencia_of(filtros.mes)
        contagens = {} if competencia is None else await counts_of_month(connection, competencia)
        found, total = await list_processos(
            connection,
            Pagina(_SHOWN + 1, depois=depois),
            ate=filtros.conta_ate,
            sabido=_known(filtros, contagens),
            **filtros.in_storage(hoje),
        )
        operadoras = await operadoras_by_codigo(connection, [])
    shown, address = found[:_SHOWN], filtros.in_address()
    perfil = request[SESSAO].perfil_usuario
    return page(
        request,
        "processo/lista.html",
        processos=shown,
        total=total,
        contados=filtros.conta_ate or COUNTED,
        depois=shown[-1].id if len(found) > _SHOWN else None,
        filtros=filtros,
        endereco_de=address,
        operadoras=operadoras,
        contagens=contagens,
        statuses=list(StatusProcesso),
        varios=[acao for acao in _AT_ONCE if perfil in RIGHTS[acao]],
        mes_atual=mes_of(hoje),
    )


def _known(filtros: Filtros, contagens: dict[str, int]) -> int | None:
    """How many a list is of that its month's figures have counted already."""
    if not filtros.so_o_mes:
        return None
    return sum(contagens.values()) if filtros.status is None else contagens.get(filtros.status, 0)


async def export_csv(request: web.Request) -> web.StreamResponse:
    """`GET /painel/processos.csv`: all that the filters leave, not only a page."""
    filtros, hoje = filtros_of(request), today(request)
    return await as_csv(request, filtros.in_storage(hoje), f"processos-{_name(filtros.mes)}.csv")


async def export_xlsx(request: web.Request) -> web.StreamResponse:
    """`GET /painel/processos.xlsx`."""
    filtros, hoje = filtros_of(request), today(request)
    return await as_xlsx(request, filtros.in_storage(hoje), f"processos-{_name(filtros.mes)}.xlsx")


def _name(mes: str) -> str:
    return mes.replace("/", "-")


TELAS = (
    Tela("GET", PATH, show, VIEWERS, menu="processos", nomes=NOMES | {"depois"}),
    Tela("GET", f"{PATH}.csv", export_csv, VIEWERS, nomes=NOMES),
    Tela("GET", f"{PATH}.xlsx", export_xlsx, VIEWERS, nomes=NOMES),
)
