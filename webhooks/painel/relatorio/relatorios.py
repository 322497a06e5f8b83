"""Relatórios: the month by operadora, and the months of a year beside each other."""

from aiohttp import web

from core.processo.maquina import VIEWERS
from storage.processo.status import StatusProcesso
from storage.relatorio.resumo import por_mes, por_operadora
from webhooks.painel.moldura import page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.processo.filtros import competencia_of, mes_asked
from webhooks.painel.relatorio.graficos import COLUMN, FOOT, GAP, ROW, TALL, WIDE, barras, colunas

PATH = "/painel/relatorios"


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/relatorios`: of one month, and the twelve up to it."""
    mes, now = mes_asked(request), request.app[PAINEL].clock()
    competencia = competencia_of(mes)
    async with request.app[PAINEL].database.read(patient=True) as connection:
        partes = await por_operadora(connection, competencia, now)
        meses = await por_mes(connection, _year_up_to(competencia), now)
    linhas = barras(partes.soma)
    return page(
        request,
        "relatorio/relatorios.html",
        mes=mes,
        somado_em=partes.em if partes.em < now else None,
        linhas=linhas,
        altura=max(len(linhas) * (ROW + GAP) - GAP, ROW),
        largura=WIDE,
        meses=meses,
        colunas=colunas(meses),
        altura_colunas=TALL,
        largura_colunas=max(len(meses), 1) * COLUMN,
        pe=FOOT,
        statuses=list(StatusProcesso),
        total=sum(one.total for one in linhas),
        valor=sum(one.valor for one in linhas),
    )


def _year_up_to(competencia: int) -> list[int]:
    """The twelve months (AAAAMM) of which this is the last."""
    newest = competencia // 100 * 12 + competencia % 100 - 1
    return [one // 12 * 100 + one % 12 + 1 for one in range(newest - 11, newest + 1)]


TELAS = (Tela("GET", PATH, show, VIEWERS, menu="relatorios", nomes=frozenset({"mes"})),)
