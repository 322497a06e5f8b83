"""Execucoes: robots sent for processos, so many at once for an operadora, and again after a technical failure."""

from typing import Any
from uuid import UUID

from core.commands.base import write_command
from core.commands.processo import Aviso, ShowAndamento, StartExecucao, StopExecucao, TellProcesso
from core.ids import new_id
from core.live import publish_execucao
from core.processo.limites import FALHAS_SEGUIDAS, PAUSA, ProcessoLimits
from core.processo.maquina import Acao, leads_to, may
from core.processo.passo import anotar
from core.processo.quem import Quem
from core.processo.resultado import Resultado, Saida
from storage.cliente.clientes import cliente_by_id
from storage.operadora.operadoras import Operadora, count_failure, lock_operadora, operadora_by_id, pause
from storage.processo.documentos import documento_by_id
from storage.processo.execucoes import (
    Execucao,
    add_execucao,
    at_work,
    change_open,
    close_execucao,
    due_downloads,
    due_uploads,
    execucao_by_id,
    open_execucao_of,
)
from storage.processo.processos import Processo, change_processo, count_attempt, lock_processo, processo_by_id
from storage.processo.status import StatusExecucao, TipoExecucao
from storage.robo.andamentos import move_andamentos
from storage.transaction import Transaction

_ATTEMPTS = {
    TipoExecucao.DOWNLOAD_FATURA: "tentativas_download",
    TipoExecucao.UPLOAD_SAT: "tentativas_upload_sat",
}


async def baixar(tx: Transaction, processo_id: UUID, quem: Quem, limits: ProcessoLimits) -> Resultado:
    """Have a robot download the invoice: now, or as soon as the operadora has room for one."""
    processo, refused = await _may_begin(tx, processo_id, quem, Acao.BAIXAR)
    if processo is None:
        return refused
    cliente = await cliente_by_id(tx.connection, processo.cliente_id)
    operadora = await operadora_by_id(tx.connection, processo.operadora_id)
    assert cliente is not None
    assert operadora is not None
    if not operadora.possui_rpa or not operadora.status_ativo:
        return Resultado(Saida.SEM_ROBO, processo)
    if cliente.credencial_recusada_em is not None:
        return Resultado(Saida.CREDENCIAL_RECUSADA, processo)
    parametros = {"mes_ano": processo.mes_ano, "operadora": operadora.codigo}
    return await _begin(tx, processo, quem, TipoExecucao.DOWNLOAD_FATURA, parametros, operadora, limits)


async def enviar(tx: Transaction, processo_id: UUID, quem: Quem, limits: ProcessoLimits) -> Resultado:
    """Send an approved invoice to SAT. From now on its approval cannot be undone."""
    processo, refused = await _may_begin(tx, processo_id, quem, Acao.ENVIAR)
    if processo is None:
        return refused
    documento = await documento_by_id(tx.connection, processo.documento_id) if processo.documento_id else None
    if documento is None:
        return Resultado(Saida.SEM_ARQUIVO, processo)
    operadora = await operadora_by_id(tx.connection, processo.operadora_id)
    assert operadora is not None
    await change_processo(tx, processo.id, envio_automatico_em=None)
    parametros = await payload_sat(tx, processo)
    return await _begin(tx, processo, quem, TipoExecucao.UPLOAD_SAT, parametros, operadora, limits)


async def payload_sat(tx: Transaction, processo: Processo) -> dict[str, str]:
    """`AutomacaoPayloadSat` (reference: orquestracao-rpa, 8.3): these fields, each a text."""
    cliente = await cliente_by_id(tx.connection, processo.cliente_id)
    assert cliente is not None
    return {
        "cnpj": cliente.cnpj,
        "razao": cliente.nome_sat or cliente.razao_social,
        "operadora": processo.operadora,
        "nome_filtro": cliente.filtro,
        "unidade": cliente.unidade,
        "servico": cliente.servico,
        "dados_sat": cliente.dados_sat or "",
        "nome_arquivo": processo.fatura_filename or "",
        "data_vencimento": processo.data_vencimento.isoformat() if processo.data_vencimento else "",
    }


async def despachar(tx: Transaction, operadora_id: UUID, limits: ProcessoLimits) -> int:
    """Send the robots that are due for this operadora, as many as it has room for; how many were sent."""
    operadora = await lock_operadora(tx, operadora_id)
    assert operadora is not None
    sent = 0
    for execucao in await due_uploads(tx, operadora_id, 50):
        sent += await _send(tx, execucao)
    if not operadora.status_ativo or (operadora.pausada_ate is not None and operadora.pausada_ate > tx.now):
        return sent
    room = limits.por_operadora - await at_work(tx, operadora_id)
    for execucao in await due_downloads(tx, operadora_id, room) if room > 0 else ():
        sent += await _send(tx, execucao)
    return sent


async def cancelar(tx: Transaction, execucao_id: UUID, quem: Quem, limits: ProcessoLimits) -> Resultado:
    """A person stops a robot, or takes it out of the line: it is not tried again by itself."""
    if not may(quem.perfil or "", Acao.CANCELAR):
        return Resultado(Saida.SEM_DIREITO)
    execucao = await execucao_by_id(tx.connection, execucao_id)
    processo = await lock_processo(tx, execucao.processo_id) if execucao is not None else None
    if execucao is None or processo is None:
        return Resultado(Saida.NAO_EXISTE)
    await lock_operadora(tx, execucao.operadora_id)
    erro = {"codigo": "CANCELADO_POR_PESSOA", "mensagem": quem.nome or "", "definitivo": True}
    if not await close_execucao(tx, execucao_id, StatusExecucao.CANCELADO, detalhes_erro=erro):
        return Resultado(Saida.STATUS, processo, execucao)
    if execucao.enviada_em is not None:
        await write_command(tx, StopExecucao(execucao_id))
    where = {"de": processo.status_processo, "para": processo.status_processo}
    detalhe = {"execucao_id": str(execucao_id)}
    await anotar(tx, processo.id, Acao.CANCELAR, quem, detalhe=detalhe, **where)
    await publish_execucao(tx, "execucao_encerrada", execucao, status_execucao=StatusExecucao.CANCELADO)
    await despachar(tx, execucao.operadora_id, limits)
    return Resultado(Saida.FEITO, processo, execucao)


async def interromper(tx: Transaction, processo_id: UUID) -> None:
    """What was under way is not needed any more: a person brought the file. The processo is locked by this turn."""
    execucao = await open_execucao_of(tx.connection, processo_id)
    if execucao is None:
        return
    await lock_operadora(tx, execucao.operadora_id)
    if await close_execucao(tx, execucao.id, StatusExecucao.CANCELADO):
        if execucao.enviada_em is not None:
            await write_command(tx, StopExecucao(execucao.id))
        await publish_execucao(tx, "execucao_encerrada", execucao, status_execucao=StatusExecucao.CANCELADO)
        await mostrar(tx, execucao)


async def falhar(
    tx: Transaction,
    execucao: Execucao,
    erro: dict[str, Any],
    limits: ProcessoLimits,
    *,
    tecnica: bool,
    status: StatusExecucao = StatusExecucao.FALHOU,
) -> bool:
    """An execucao failed. A technical failure is tried again by another one; of the last one a person hears.

    False when it had ended already. Its processo is locked by this turn.
    """
    await lock_operadora(tx, execucao.operadora_id)
    again = tecnica and execucao.numero_tentativa < limits.tentativas
    ended = StatusExecucao.TENTANDO_NOVAMENTE if again and status is StatusExecucao.FALHOU else status
    mensagem = str(erro.get("mensagem") or "")
    if not await close_execucao(tx, execucao.id, ended, detalhes_erro=erro, mensagem_log=mensagem):
        return False
    await publish_execucao(tx, "execucao_encerrada", execucao, status_execucao=ended, codigo=erro.get("codigo"))
    if again:
        await _try_again(tx, execucao, limits)
    else:
        await mostrar(tx, execucao)
        await write_command(tx, TellProcesso(execucao.id, Aviso.FALHOU))
    if tecnica and execucao.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA:
        await _count_against(tx, execucao)
    await despachar(tx, execucao.operadora_id, limits)
    return True


async def mostrar(tx: Transaction, execucao: Execucao) -> None:
    """Whoever asked for this download sees it begin, or how it ended."""
    if execucao.executado_por_usuario_id is not None and execucao.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA:
        await write_command(tx, ShowAndamento(execucao.id))


async def _may_begin(tx: Transaction, processo_id: UUID, quem: Quem, acao: Acao) -> tuple[Processo | None, Resultado]:
    """The locked processo for which a robot may be sent; or None, and how to answer. The clock needs no right."""
    if quem.is_person and not may(quem.perfil or "", acao):
        return None, Resultado(Saida.SEM_DIREITO)
    processo = await lock_processo(tx, processo_id)
    if processo is None or not processo.status_ativo:
        return None, Resultado(Saida.NAO_EXISTE)
    if leads_to(processo.status_processo, acao) is None:
        return None, Resultado(Saida.STATUS, processo)
    if (running := await open_execucao_of(tx.connection, processo_id)) is not None:
        return None, Resultado(Saida.EM_ANDAMENTO, processo, running)
    return processo, Resultado(Saida.FEITO, processo)


async def _begin(
    tx: Transaction,
    processo: Processo,
    quem: Quem,
    tipo: TipoExecucao,
    parametros: dict[str, Any],
    operadora: Operadora,
    limits: ProcessoLimits,
) -> Resultado:
    execucao_id = new_id(tx.now)
    values = {
        "id": execucao_id,
        "processo_id": processo.id,
        "operadora_id": operadora.id,
        "tipo_execucao": tipo,
        "status_execucao": StatusExecucao.EXECUTANDO,
        "classe_rpa_utilizada": operadora.classe_rpa if tipo is TipoExecucao.DOWNLOAD_FATURA else "SAT",
        "parametros_entrada": parametros,
        "executado_por_usuario_id": quem.usuario_id,
        "ip_origem": quem.ip,
        "user_agent": quem.user_agent,
    }
    added = await add_execucao(tx, values)
    assert added, "a locked processo has one open execucao at most"
    acao = Acao.BAIXAR if tipo is TipoExecucao.DOWNLOAD_FATURA else Acao.ENVIAR
    where = {"de": processo.status_processo, "para": processo.status_processo}
    await anotar(tx, processo.id, acao, quem, detalhe={"execucao_id": str(execucao_id)}, **where)
    await despachar(tx, operadora.id, limits)
    execucao = await execucao_by_id(tx.connection, execucao_id)
    assert execucao is not None
    await publish_execucao(tx, "execucao_criada", execucao, status_execucao=execucao.status_execucao)
    return Resultado(Saida.FEITO, await processo_by_id(tx.connection, processo.id), execucao)


async def _send(tx: Transaction, execucao: Execucao) -> bool:
    if not await change_open(tx, execucao.id, enviada_em=tx.now, sinal_em=tx.now):
        return False
    await count_attempt(tx, execucao.processo_id, _ATTEMPTS[TipoExecucao(execucao.tipo_execucao)])
    await write_command(tx, StartExecucao(execucao.id))
    await mostrar(tx, execucao)
    return True


async def _try_again(tx: Transaction, execucao: Execucao, limits: ProcessoLimits) -> None:
    """Another execucao, with a key of its own, after a while that doubles."""
    tentativa, again_id = execucao.numero_tentativa + 1, new_id(tx.now)
    values = {
        "id": again_id,
        "processo_id": execucao.processo_id,
        "operadora_id": execucao.operadora_id,
        "tipo_execucao": execucao.tipo_execucao,
        "status_execucao": StatusExecucao.EXECUTANDO,
        "classe_rpa_utilizada": execucao.classe_rpa_utilizada,
        "parametros_entrada": execucao.parametros_entrada,
        "numero_tentativa": tentativa,
        "executado_por_usuario_id": execucao.executado_por_usuario_id,
        "devida_em": tx.now + limits.wait_before(tentativa),
    }
    added = await add_execucao(tx, values)
    assert added, "the one before it has just ended, and its processo is locked"
    await move_andamentos(tx, execucao.id, again_id)
    again = await execucao_by_id(tx.connection, again_id)
    if again is not None:
        await publish_execucao(tx, "execucao_criada", again, status_execucao=again.status_execucao)


async def _count_against(tx: Transaction, execucao: Execucao) -> None:
    """Five technical failures in a row: the operadora is left alone for a while, and one message says so."""
    if await count_failure(tx, execucao.operadora_id) < FALHAS_SEGUIDAS:
        return
    if await pause(tx, execucao.operadora_id, tx.now + PAUSA):
        await write_command(tx, TellProcesso(execucao.id, Aviso.OPERADORA_PAUSADA))
