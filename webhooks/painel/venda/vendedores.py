"""Vendas by who sold: of a period, the one who concluded most first, and whoever sold nothing."""

from collections import Counter
from datetime import timedelta

from aiohttp import web

from core.direitos import direitos
from core.direitos.direitos import Direito
from core.pessoa.nomes import told_apart
from core.pessoa.procura import called
from storage.relatorio.equipe import falhas_por_motivo
from storage.venda.por_vendedor import vendas_por_vendedor
from webhooks.http.answers import ApiError
from webhooks.painel.endereco import day_of, flag_of, number_of, texts_of
from webhooks.painel.formatos import com
from webhooks.painel.moldura import beginning_of, page, today
from webhooks.painel.painel import PAINEL, Tela

PATH = "/painel/vendas/vendedores"
_SHOWN = 50
_REASONS = 6


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/vendas/vendedores`: this month, unless the address says which days."""
    hoje = today(request)
    ate = day_of(request, "ate") or hoje
    desde = day_of(request, "desde") or ate.replace(day=1)
    if ate < desde:
        raise ApiError(422, "ate")
    begin, end = beginning_of(request, desde), beginning_of(request, ate + timedelta(days=1))
    busca, sem_venda = texts_of(request, "busca")["busca"], flag_of(request, "sem_venda")
    pula = number_of(request, "depois") or 0
    async with request.app[PAINEL].database.read(patient=True) as connection:
        some = await called(connection, busca) if busca else None
        everybody = await vendas_por_vendedor(connection, begin, end, entre=some, sem_venda=sem_venda)
        failed = await falhas_por_motivo(connection, begin, end) if not (busca or sem_venda) else []
    # Told apart among all of them: who is on another page has the same name as well.
    names = told_apart([(one.vendedor, one.telefone) for one in everybody])
    reasons: Counter[str] = Counter()
    for one in failed:
        reasons[one.motivo] += one.quantas
    address = {"busca": busca, "desde": desde, "ate": ate, "sem_venda": "1" if sem_venda else ""}
    return page(
        request,
        "venda/vendedores.html",
        vendedores=everybody[pula : pula + _SHOWN],
        chamados=names[pula : pula + _SHOWN],
        pessoas=len(everybody),
        venderam=sum(one.concluidas > 0 for one in everybody),
        concluidas=sum(one.concluidas for one in everybody),
        motivos=reasons.most_common(_REASONS),
        falhas=reasons.total(),
        endereco_de=address,
        de_todos=True,
        do_mes=desde == hoje.replace(day=1) and ate == hoje,
        so_hoje=desde == ate == hoje,
        proxima=com(PATH, {**address}, depois=pula + _SHOWN) if len(everybody) > pula + _SHOWN else "",
    )


_NOMES = frozenset({"busca", "desde", "ate", "sem_venda", "depois"})
TELAS = (Tela("GET", PATH, show, direitos.QUEM[Direito.VER_TODAS_AS_VENDAS], menu="vendas", nomes=_NOMES),)
