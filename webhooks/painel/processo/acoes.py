"""What is done to processos: each act is the function of core that chat and API call, in a turn of its own."""

from uuid import UUID

from aiohttp import web

from core.exame.guardado import diverges
from core.processo.execucoes import baixar, enviar
from core.processo.limites import ProcessoLimits
from core.processo.maquina import RIGHTS, VIEWERS, Acao
from core.processo.pendentes import Feitas, aprovar_varias, shown_of
from core.processo.processos import aprovar, desfazer, rejeitar
from core.processo.quem import Quem
from core.processo.resultado import Resultado, Saida
from storage.processo.processos import processo_by_id
from storage.processo.status import StatusProcesso
from storage.transaction import Transaction
from webhooks.http.answers import ApiError
from webhooks.http.parameters import uuid_in_path
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import back, go
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.processo.lista import PATH
from webhooks.painel.processo.volta import VOLTAS as VOLTAS
from webhooks.painel.processo.volta import Work, one_of, remember_acts, remember_stop, stop_robot
from webhooks.painel.quem import who

# A page shows fifty.
MOST_AT_ONCE = 100


async def approve(request: web.Request) -> web.StreamResponse:
    """`POST /painel/processos/{id}/aprovar`."""
    motivo, versao = str(request[FORM].get("motivo", "")).strip(), _versao(request)

    async def work(tx: Transaction, processo_id: UUID, quem: Quem, limits: ProcessoLimits) -> Resultado:
        return await _approve(tx, processo_id, quem, limits, versao, motivo)

    return await _done(request, work, "aprovada", Acao.APROVAR)


async def reject(request: web.Request) -> web.StreamResponse:
    """`POST /painel/processos/{id}/rejeitar`."""
    motivo, versao = str(request[FORM].get("motivo", "")), _versao(request)

    async def work(tx: Transaction, processo_id: UUID, quem: Quem, limits: ProcessoLimits) -> Resultado:
        return await rejeitar(tx, processo_id, quem, motivo, versao=versao)

    return await _done(request, work, "rejeitada")


async def undo(request: web.Request) -> web.StreamResponse:
    """`POST /painel/processos/{id}/desfazer`."""

    async def work(tx: Transaction, processo_id: UUID, quem: Quem, limits: ProcessoLimits) -> Resultado:
        return await desfazer(tx, processo_id, quem)

    return await _done(request, work, "desfeita")


async def download(request: web.Request) -> web.StreamResponse:
    """`POST /painel/processos/{id}/baixar`."""
    return await _done(request, baixar, "download_pedido", Acao.BAIXAR)


async def send(request: web.Request) -> web.StreamResponse:
    """`POST /painel/processos/{id}/enviar`."""
    return await _done(request, enviar, "envio_pedido", Acao.ENVIAR)


async def stop(request: web.Request) -> web.StreamResponse:
    """`POST /painel/processos/{id}/parar`: the robot that is at work, or in line."""
    return await _done(request, stop_robot, "robo_parado")


async def several(request: web.Request) -> web.StreamResponse:
    """`POST /painel/processos/varios`: the same act on each that was ticked; one that cannot be does not stop others.

    Approved together is what may be so in chat: what a witness contradicts waits for somebody to look at it.
    """
    acao, ticked = (
        str(request[FORM].get("acao", "")),
        [_ticked(str(one)) for one in request[FORM].getall("processo", [])],
    )
    if acao not in (Acao.BAIXAR, Acao.APROVAR, Acao.ENVIAR) or len(ticked) > MOST_AT_ONCE:
        raise ApiError(422, "acao, processo")
    painel, quem, limits = request.app[PAINEL], who(request), request.app[PAINEL].processo_limits
    if acao == Acao.APROVAR:
        feitas: Feitas = await painel.run(lambda tx: aprovar_varias(tx, ticked, quem, limits))
        done = [one.processo.id for one in feitas.aprovadas if one.processo is not None]
    else:
        work = baixar if acao == Acao.BAIXAR else enviar
        done = [processo_id for processo_id, _ in ticked if await one_of(painel, work, processo_id, quem)]
    desfaz = await remember_acts(request, Acao(acao), done) if done else ""
    target = back(request, PATH, str(request[FORM].get("volta", "")))
    if not ticked:
        return go(target, "nao_marcada")
    feito = "varios" if len(done) == len(ticked) else "varios_em_parte"
    return go(target, feito, n=len(done), de=len(ticked), desfaz=desfaz)


async def _approve(
    tx: Transaction, processo_id: UUID, quem: Quem, limits: ProcessoLimits, versao: int | None, motivo: str
) -> Resultado:
    """What the witnesses contradict takes a reason here as it does in chat."""
    processo = await processo_by_id(tx.connection, processo_id)
    shown = shown_of(processo) if processo is not None else None
    waits = processo is not None and processo.status_processo == StatusProcesso.AGUARDANDO_APROVACAO
    if waits and processo is not None and not motivo and await diverges(tx.connection, processo.documento_id):
        return Resultado(Saida.SEM_MOTIVO, processo)
    return await aprovar(tx, processo_id, quem, limits, versao=versao, mostrado=shown, motivo=motivo)


async def _done(request: web.Request, work: Work, feito: str, acao: Acao | None = None) -> web.StreamResponse:
    """Do it, and go back to where the form stood, which says what came of it. `acao`: what can be taken back."""
    painel, processo_id, quem = request.app[PAINEL], uuid_in_path(request), who(request)
    resultado: Resultado = await painel.run(lambda tx: work(tx, processo_id, quem, painel.processo_limits))
    if resultado.saida is Saida.NAO_EXISTE:
        raise ApiError(404, "no such processo")
    if resultado.saida is Saida.SEM_DIREITO:
        raise ApiError(403, "needs another perfil")
    target = back(request, f"{PATH}/{processo_id}", str(request[FORM].get("volta", "")))
    if resultado.saida is Saida.FALTA_OUTRO:
        return go(target, "aprovada_em_parte", n=resultado.faltam)
    if not resultado.is_done:
        return go(target, f"nao_{resultado.saida.lower()}")
    desfaz = await remember_acts(request, acao, [processo_id]) if acao is not None else ""
    if work is stop_robot and resultado.execucao is not None:
        desfaz = await remember_stop(request, resultado.execucao)
    return go(target, feito, desfaz=desfaz)


def _versao(request: web.Request) -> int | None:
    """What the person had before their eyes."""
    text = str(request[FORM].get("versao", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _ticked(text: str) -> tuple[UUID, int]:
    """`ID.VERSAO`, as a box of the list says it."""
    name, _, versao = text.partition(".")
    try:
        return UUID(name), int(versao)
    except ValueError:
        raise ApiError(422, "processo") from None


TELAS = (
    Tela("POST", f"{PATH}/varios", several, VIEWERS, varios=frozenset({"processo"})),
    *(
        Tela("POST", f"{PATH}/{{id}}/{name}", handler, perfis)
        for name, handler, perfis in (
            # Others may have these by delegation: core/processo reads whose it is.
            ("aprovar", approve, VIEWERS),
            ("rejeitar", reject, VIEWERS),
            ("desfazer", undo, VIEWERS),
            ("baixar", download, RIGHTS[Acao.BAIXAR]),
            ("enviar", send, RIGHTS[Acao.ENVIAR]),
            ("parar", stop, RIGHTS[Acao.CANCELAR]),
        )
    ),
)
