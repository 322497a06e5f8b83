"""Execucoes: the list with its filters, one with what its robot said, and what may be done to it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web

from core.processo.consulta.acoes import acoes_agora
from core.processo.execucoes import baixar, cancelar, enviar
from core.processo.maquina import RIGHTS, VIEWERS, Acao
from core.processo.resultado import Resultado, Saida
from core.processo.robo import CODES
from storage.operadora.operadoras import operadoras_by_codigo
from storage.pages import Pagina
from storage.processo.execucoes import execucao_by_id
from storage.processo.logs import Linha, linhas_of
from storage.processo.panorama import Vista, vista_by_id, vistas
from storage.processo.processos import processo_by_id
from storage.processo.status import StatusExecucao, TipoExecucao
from storage.robo.linhas import Fonte, Trabalho, estados_of
from storage.transaction import Transaction
from webhooks.http.answers import ApiError
from webhooks.http.parameters import uuid_in_path
from webhooks.painel.endereco import flag_of, number_of, texts_of, uuid_of, word_of
from webhooks.painel.linhas import BUSCA_LIMIT, follow_lines, those_with
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.processo.filtros import COUNTED
from webhooks.painel.processo.volta import begun_by, remember_acts, remember_stop
from webhooks.painel.quem import who

PATH = "/painel/execucoes"
_SHOWN = 50
_LINES = 200
# So many of the last lines are looked through for a word.
_SEARCHED = 5_000
# What counts as a failure of today (Hoje counts the same).
_LAST_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Vistoria:
    """One execucao as its page shows it: the rights are those of this moment."""

    vista: Vista
    linhas: list[Linha]
    # The newest line there was when these were read.
    ultima: int
    parar: bool
    de_novo: bool


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/execucoes`."""
    painel = request.app[PAINEL]
    filters: dict[str, Any] = {
        "status_execucao": word_of(request, "status", StatusExecucao),
        "tipo_execucao": word_of(request, "tipo", TipoExecucao),
        "operadora_id": uuid_of(request, "operadora"),
        "processo_id": uuid_of(request, "processo"),
    }
    address: dict[str, object] = {
        "status": filters["status_execucao"],
        "tipo": filters["tipo_execucao"],
        "operadora": filters["operadora_id"],
        "processo": filters["processo_id"],
        "abertas": "1" if flag_of(request, "abertas") else "",
        "falhas": "1" if flag_of(request, "falhas") else "",
        "codigo": texts_of(request, "codigo")["codigo"],
    }
    depois = uuid_of(request, "depois")
    async with painel.database.read() as connection:
        found, total = await vistas(
            connection,
            Pagina(_SHOWN + 1, depois=depois),
            abertas=bool(address["abertas"]),
            com_erro_desde=painel.clock() - _LAST_DAY if address["falhas"] else None,
            codigo=str(address["codigo"]) or None,
            ate=COUNTED,
            **{name: value for name, value in filters.items() if value is not None},
        )
        operadoras = await operadoras_by_codigo(connection, [])
    shown = found[:_SHOWN]
    return page(
        request,
        "execucao/lista.html",
        vistas=shown,
        total=total,
        contadas=COUNTED,
        depois=shown[-1].execucao.id if len(found) > _SHOWN else None,
        endereco_de=address,
        filtrada=any(address.values()),
        operadoras=operadoras,
        statuses=list(StatusExecucao),
        tipos=list(TipoExecucao),
        motivos=sorted({*CODES, str(address["codigo"])} - {""}),
    )


async def show_one(request: web.Request) -> web.StreamResponse:
    """`GET /painel/execucoes/{id}`; `?busca=` of its lines those that say this, `?antes=` those before that number."""
    execucao_id, quem = uuid_in_path(request), who(request)
    busca, antes = request.query.get("busca", "").strip()[:BUSCA_LIMIT], number_of(request, "antes")

    async def read(tx: Transaction) -> Vistoria | None:
        vista = await vista_by_id(tx.connection, execucao_id)
        processo = None if vista is None else await processo_by_id(tx.connection, vista.execucao.processo_id)
        if vista is None or processo is None:
            return None
        acoes = await acoes_agora(tx, processo, quem)
        begins = begun_by(vista.execucao)
        is_open = vista.execucao.data_fim is None
        trabalho = Trabalho(Fonte.EXECUCAO, execucao_id)
        estado = (await estados_of(tx.connection, [trabalho])).get(trabalho)
        found = await linhas_of(tx.connection, execucao_id, _SEARCHED if busca else _LINES + 1, antes)
        lines = those_with(found, busca) if busca else found
        return Vistoria(
            vista,
            lines,
            estado.linha if estado else 0,
            is_open and Acao.CANCELAR in acoes,
            not is_open and begins in acoes,
        )

    vistoria = await request.app[PAINEL].run(read)
    if vistoria is None:
        raise ApiError(404, "no such execucao")
    return page(
        request,
        "execucao/uma.html",
        vistoria=vistoria,
        vista=vistoria.vista,
        execucao=vistoria.vista.execucao,
        linhas=vistoria.linhas[-_LINES:],
        anteriores=len(vistoria.linhas) > _LINES,
        busca=busca,
        antes=antes,
    )


async def show_lines(request: web.Request) -> web.StreamResponse:
    """`GET /painel/execucoes/{id}/linhas`: what the robot says, as it says it."""
    return await follow_lines(request, Trabalho(Fonte.EXECUCAO, uuid_in_path(request)), VIEWERS)


async def stop(request: web.Request) -> web.StreamResponse:
    """`POST /painel/execucoes/{id}/parar`."""
    painel, execucao_id, quem = request.app[PAINEL], uuid_in_path(request), who(request)
    resultado: Resultado = await painel.run(lambda tx: cancelar(tx, execucao_id, quem, painel.processo_limits))
    _check(resultado)
    if not resultado.is_done or resultado.execucao is None:
        return go(f"{PATH}/{execucao_id}", "robo_parado" if resultado.is_done else "nao_ja_terminou")
    desfaz = await remember_stop(request, resultado.execucao)
    return go(f"{PATH}/{execucao_id}", "robo_parado", desfaz=desfaz)


async def again(request: web.Request) -> web.StreamResponse:
    """`POST /painel/execucoes/{id}/de-novo`: the same of the same processo, as a new execucao."""
    painel, execucao_id, quem = request.app[PAINEL], uuid_in_path(request), who(request)

    async def work(tx: Transaction) -> Resultado:
        execucao = await execucao_by_id(tx.connection, execucao_id)
        if execucao is None:
            return Resultado(Saida.NAO_EXISTE)
        work_of = baixar if execucao.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA else enviar
        return await work_of(tx, execucao.processo_id, quem, painel.processo_limits)

    resultado: Resultado = await painel.run(work)
    _check(resultado)
    if resultado.is_done and resultado.execucao is not None:
        begun = resultado.execucao
        desfaz = await remember_acts(request, begun_by(begun), [begun.processo_id])
        return go(f"{PATH}/{begun.id}", "robo_mandado", desfaz=desfaz)
    return go(f"{PATH}/{execucao_id}", f"nao_{resultado.saida.lower()}")


def _check(resultado: Resultado) -> None:
    if resultado.saida is Saida.NAO_EXISTE:
        raise ApiError(404, "no such execucao")
    if resultado.saida is Saida.SEM_DIREITO:
        raise ApiError(403, "needs another perfil")


_NOMES = frozenset({"status", "tipo", "operadora", "processo", "abertas", "falhas", "codigo", "depois"})
TELAS = (
    Tela("GET", PATH, show, VIEWERS, menu="execucoes", nomes=_NOMES),
    Tela("GET", f"{PATH}/{{id}}", show_one, VIEWERS, nomes=frozenset({"busca", "antes"})),
    Tela("GET", f"{PATH}/{{id}}/linhas", show_lines, VIEWERS, nomes=frozenset({"depois"})),
    Tela("POST", f"{PATH}/{{id}}/parar", stop, RIGHTS[Acao.CANCELAR]),
    Tela("POST", f"{PATH}/{{id}}/de-novo", again, RIGHTS[Acao.BAIXAR]),
)
