"""What was done to processos, taken back: an approval undone, a robot called off, or sent again after all."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from aiohttp import web

from core.processo.execucoes import baixar, cancelar, enviar
from core.processo.limites import ProcessoLimits
from core.processo.maquina import VIEWERS, Acao
from core.processo.processos import desfazer
from core.processo.quem import Quem
from core.processo.resultado import Resultado, Saida
from storage.processo.execucoes import Execucao, open_execucao_of
from storage.processo.processos import processo_by_id
from storage.processo.status import TipoExecucao
from storage.transaction import Transaction
from webhooks.painel.desfazer import MUDOU, Ida, Volta, remember
from webhooks.painel.painel import PAINEL, Painel
from webhooks.painel.quem import who

Work = Callable[[Transaction, UUID, Quem, ProcessoLimits], Awaitable[Resultado]]


async def one_of(painel: Painel, work: Work, processo_id: UUID, quem: Quem) -> bool:
    """Do it to one of several; whether it was done."""
    resultado: Resultado = await painel.run(lambda tx: work(tx, processo_id, quem, painel.processo_limits))
    return resultado.is_done


async def stop_robot(tx: Transaction, processo_id: UUID, quem: Quem, limits: ProcessoLimits) -> Resultado:
    """The robot that is at work for it, or in line."""
    execucao = await open_execucao_of(tx.connection, processo_id)
    if execucao is None:
        processo = await processo_by_id(tx.connection, processo_id)
        return Resultado(Saida.NAO_EXISTE if processo is None else Saida.STATUS, processo)
    return await cancelar(tx, execucao.id, quem, limits)


async def remember_acts(request: web.Request, acao: Acao, processo_ids: Sequence[UUID]) -> str:
    """The way back of what was done to these."""
    return await remember(request, "processos", acao=acao.value, ids=[str(one) for one in processo_ids])


async def remember_stop(request: web.Request, execucao: Execucao) -> str:
    """The way back of a robot's being called off: another one is sent."""
    return await remember(request, "robo", id=str(execucao.processo_id), acao=begun_by(execucao).value)


def begun_by(execucao: Execucao) -> Acao:
    """What somebody asks for to have such an execucao."""
    return Acao.BAIXAR if execucao.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA else Acao.ENVIAR


async def _undo(request: web.Request, fatos: Mapping[str, Any]) -> Ida:
    """Each as far as the rules allow by now."""
    painel, quem, work = request.app[PAINEL], who(request), _BACK[Acao(fatos["acao"])]
    ids = [UUID(one) for one in fatos["ids"]]
    done = [one for one in ids if await one_of(painel, work, one, quem)]
    if not done:
        return Ida(MUDOU)
    return Ida("desfeitas" if len(ids) > 1 else "desfeito", n=len(done), de=len(ids))


async def _undo_approval(tx: Transaction, processo_id: UUID, quem: Quem, limits: ProcessoLimits) -> Resultado:
    return await desfazer(tx, processo_id, quem)


_BACK: Mapping[Acao, Work] = {Acao.APROVAR: _undo_approval, Acao.BAIXAR: stop_robot, Acao.ENVIAR: stop_robot}


async def _send_again(request: web.Request, fatos: Mapping[str, Any]) -> Ida:
    """A robot that was called off, for the same."""
    work = {Acao.BAIXAR: baixar, Acao.ENVIAR: enviar}[Acao(fatos["acao"])]
    done = await one_of(request.app[PAINEL], work, UUID(fatos["id"]), who(request))
    return Ida("robo_mandado" if done else MUDOU)


# Whose right it is core reads at each act.
VOLTAS = {
    "processos": Volta(frozenset(VIEWERS), _undo),
    "robo": Volta(frozenset(VIEWERS), _send_again),
}
