"""How a run ended, and who hears of it: a failing schedule is told of once, until it has worked again."""

from typing import Any
from uuid import UUID

from core.agendamento.avisos import tell_administradores
from core.commands.agendamento import Aviso, TellAgendamento
from core.commands.base import write_command
from storage.agendamento.agendamentos import change_agendamento, lock_agendamento
from storage.agendamento.execucoes import end_execucao, execucao_agendamento_by_id
from storage.agendamento.tipos import StatusExecucao
from storage.transaction import Transaction


async def done(tx: Transaction, agendamento_id: UUID, execucao_id: UUID, resultado: dict[str, Any]) -> None:
    """It worked: whoever asked for it hears of it; everybody who heard that it fails does."""
    if not await end_execucao(tx, execucao_id, StatusExecucao.CONCLUIDA, resultado=resultado):
        return
    agendamento = await lock_agendamento(tx, agendamento_id)
    if agendamento is None:
        return
    if agendamento.falha_avisada:
        await change_agendamento(tx, agendamento_id, {"falha_avisada": False})
        await tell_administradores(tx, agendamento_id, execucao_id, Aviso.VOLTOU)
        return
    await _tell_who_asked(tx, agendamento_id, execucao_id, Aviso.CONCLUIDA)


async def failed(tx: Transaction, agendamento_id: UUID, execucao_id: UUID, erro: str) -> None:
    """It did not work: the administrators hear it, once until it works again; who asked for it hears it always."""
    if not await end_execucao(tx, execucao_id, StatusExecucao.FALHOU, erro=erro[:500]):
        return
    agendamento = await lock_agendamento(tx, agendamento_id)
    if agendamento is None:
        return
    if agendamento.falha_avisada:
        await _tell_who_asked(tx, agendamento_id, execucao_id, Aviso.FALHOU)
        return
    await change_agendamento(tx, agendamento_id, {"falha_avisada": True})
    await tell_administradores(tx, agendamento_id, execucao_id, Aviso.FALHOU)


async def _tell_who_asked(tx: Transaction, agendamento_id: UUID, execucao_id: UUID, aviso: Aviso) -> None:
    execucao = await execucao_agendamento_by_id(tx.connection, execucao_id)
    if execucao is not None and execucao.pedida_por is not None:
        await write_command(tx, TellAgendamento(execucao.pedida_por, agendamento_id, execucao_id, aviso))
