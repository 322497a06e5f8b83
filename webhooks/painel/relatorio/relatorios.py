"""Relatórios: the month by operadora, and the months of a year beside each other."""

from aiohttp import web

from core.processo.maquina import VIEWERS
from storage.processo.status import StatusProcesso
from storage.relatorio.resumo import por_mes, por_operadora
from webhooks.painel.moldura import page, today
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.processo.filtros import competencia_of, mes_of
from webhooks.painel.relatorio.graficos import COLUMN, FOOT, GAP, ROW, TALL, WIDE, barras, colunas

PATH = "/painel/relatorios"


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/relatorios`: of one month, and the twelve up to it."""
    mes = request.query.get("mes", "").strip() or mes_of(today(request))
    competencia = competencia_of(mes)
    async with request.app[PAINEL].database.read() as connection:
        linhas = barras(await por_operadora(connection, competencia))
        # A year before November is December of the year before.
        meses = await por_mes(connection, competencia - 99 if competencia % 100 < 12 else competencia - 11, competencia)
    return page(
        request,
        "relatorio/relatorios.html",
        mes=mes,
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


TELAS = (Tela("GET", PATH, show, VIEWERS, menu="relatorios"),)
