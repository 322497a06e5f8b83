"""What a robot tells us of an execucao, by callback or when asked, and what it changes."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.commands.base import read_command, write_command
from core.commands.processo import AskPergunta, Aviso, FetchFatura, StopExecucao, TellProcesso, WithdrawPergunta
from core.commands.venda import HandleRobotEvent
from core.doors.robot_reports import STAGE_LIMIT, log_line, percentage, words
from core.live import publish_execucao
from core.processo.arquivos import Arquivo
from core.processo.execucoes import despachar, falhar, mostrar
from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao, leads_to
from core.processo.passo import dar_passo
from core.processo.quem import O_ROBO
from core.processo.resultado import Resultado
from core.processo.valores import cents_of
from core.testemunha.leitura import Leitura
from core.venda.perguntas import Pergunta
from core.venda.respostas import InvalidAnswer, check_number
from core.venda.robo import RobotEvent, ending_of_poll
from storage.cliente.clientes import cliente_by_id, hold_login
from storage.ocorrencias import record
from storage.operadora.operadoras import count_success
from storage.processo.execucoes import (
    Execucao,
    add_log,
    bind_job,
    change_open,
    close_execucao,
    execucao_by_id,
    execucao_by_job,
    note_sign,
    take_result,
)
from storage.processo.processos import lock_processo, processo_by_id
from storage.processo.status import StatusExecucao, TipoExecucao
from storage.robo.andamentos import mark_news
from storage.robo.perguntas import (
    Desfecho,
    PerguntaFeita,
    add_pergunta,
    close_pergunta,
    last_pergunta,
    open_pergunta,
)
from storage.transaction import Transaction
from storage.venda.early_callbacks import take_early

_TERMINAL = {"job.completed": StatusExecucao.CONCLUIDO, "job.failed": StatusExecucao.FALHOU}
# Another attempt is of no use, whatever `definitivo` says.
BUSINESS = frozenset({"CREDENCIAL_RECUSADA", "DADOS_INVALIDOS", "NEGADO"})
# What a failure is called: by robots (contract, section 5), and by us.
CODES = BUSINESS | {
    "PORTAL_FORA", "TEMPO_ESGOTADO", "DESCONHECIDO", "CANCELADO", "TIMEOUT", "INICIO_RECUSADO", "ROBO_INDISPONIVEL",
    "SENHA_ILEGIVEL", "SEM_RESPOSTA", "ARQUIVO_INDISPONIVEL", "ARQUIVO_BLOQUEADO", "ARQUIVO_INVALIDO",
    "ARQUIVO_COM_SENHA",
}  # fmt: skip


async def find_execucao(tx: Transaction, event: RobotEvent) -> Execucao | None:
    """The execucao this event is about. The address that we gave out decides: robots may count their jobs anew.

    So a callback that overtook the answer to the start is matched, too.
    """
    known = event.execucao_id
    execucao = await execucao_by_id(tx.connection, known) if known is not None else None
    if execucao is None:
        return await execucao_by_job(tx.connection, event.job_id)
    if execucao.job_id is None:
        if await bind_job(tx, execucao.id, event.job_id):
            return replace(execucao, job_id=event.job_id)
        # At this same moment the answer to its start has said which job it is.
        execucao = await execucao_by_id(tx.connection, execucao.id)
    return execucao if execucao is not None and execucao.job_id in (None, event.job_id) else None


async def started(tx: Transaction, execucao_id: UUID, job_id: str) -> None:
    """The robots took the job: what came of it before their answer is handled, in order, in turns of its own.

    One that was taken for an execucao that is over by now is stopped again.
    """
    bound = await bind_job(tx, execucao_id, job_id)
    if not await change_open(tx, execucao_id, status_execucao=StatusExecucao.EXECUTANDO, sinal_em=tx.now):
        await _started_too_late(tx, execucao_id)
    execucao = None if bound else await execucao_by_id(tx.connection, execucao_id)
    if execucao is not None and execucao.job_id != job_id:
        await record(tx, "segundo_job", str(execucao_id), job_id=job_id)
    for kept in await take_early(tx, job_id):
        await write_command(tx, read_command(HandleRobotEvent, kept))


async def _started_too_late(tx: Transaction, execucao_id: UUID) -> None:
    """What its robot has done before our answer was heard is done; one that is at work still is told to stop."""
    execucao = await execucao_by_id(tx.connection, execucao_id)
    if execucao is not None and execucao.status_execucao not in _TERMINAL.values():
        await write_command(tx, StopExecucao(execucao_id))


async def start_delayed(tx: Transaction, execucao_id: UUID) -> None:
    """No robot can be reached just now; people hear of it once."""
    execucao = await execucao_by_id(tx.connection, execucao_id)
    if execucao is None or execucao.status_execucao != StatusExecucao.EXECUTANDO:
        return
    if await change_open(tx, execucao_id, status_execucao=StatusExecucao.TENTANDO_NOVAMENTE):
        status = StatusExecucao.TENTANDO_NOVAMENTE
        await publish_execucao(tx, "execucao_adiada", execucao, status_execucao=status)
        await write_command(tx, TellProcesso(execucao_id, Aviso.INICIO_ADIADO))


async def apply(tx: Transaction, execucao_id: UUID, event: RobotEvent, limits: ProcessoLimits) -> None:
    """Let one event change the execucao: the first ending counts, and what was applied is not applied again."""
    execucao = await _locked(tx, execucao_id)
    if execucao.data_fim is not None or (event.event in _TERMINAL and execucao.resultado_saida is not None):
        await _after_the_end(tx, execucao, event)
    elif event.event == "job.completed":
        await _complete(tx, execucao, event, limits)
    elif event.event == "job.failed":
        await _fail(tx, execucao, event.data, limits)
    elif event.event == "job.cancelled":
        erro = {"codigo": "CANCELADO", "mensagem": "", "definitivo": True}
        await falhar(tx, execucao, erro, limits, tecnica=False, status=StatusExecucao.CANCELADO)
    else:
        await _at_work(tx, execucao, event)


async def file_arrived(
    tx: Transaction,
    execucao_id: UUID,
    conteudo: bytes,
    nome: str,
    limits: ProcessoLimits,
    *,
    leitura: Leitura,
    recebido: date,
) -> Resultado | None:
    """The file that the robot found is here and was read: the execucao ends well, and the approvers' turn begins."""
    execucao = await _locked(tx, execucao_id)
    if execucao.data_fim is not None or execucao.resultado_saida is None:
        return None
    arquivo = arquivo_found(execucao, conteudo, nome, leitura, recebido)
    resultado = await receber(tx, execucao.processo_id, arquivo, O_ROBO, limits, execucao_id=execucao.id)
    key = resultado.processo.caminho_s3_fatura if resultado.processo is not None else None
    closed = await close_execucao(tx, execucao.id, StatusExecucao.CONCLUIDO, url_arquivo_s3=key)
    assert closed, "it was open, and its processo is locked"
    await publish_execucao(tx, "execucao_encerrada", execucao, status_execucao=StatusExecucao.CONCLUIDO)
    await mostrar(tx, execucao)
    return resultado


def arquivo_found(execucao: Execucao, conteudo: bytes, nome: str, leitura: Leitura, recebido: date) -> Arquivo:
    """A robot's file with what the robot said of it."""
    said = execucao.resultado_saida or {}
    return Arquivo(
        conteudo,
        nome,
        valor_centavos=_cents(said.get("valor")),
        data_vencimento=_day(said.get("data_vencimento")),
        url=_text(said.get("url")),
        leitura=leitura,
        recebido=recebido,
    )


async def file_refused(
    tx: Transaction, execucao_id: UUID, codigo: str, mensagem: str, limits: ProcessoLimits, *, tecnica: bool
) -> None:
    """What the robot named could not be had, or is no invoice."""
    execucao = await _locked(tx, execucao_id)
    if codigo == "ARQUIVO_BLOQUEADO":
        await record(tx, "arquivo_bloqueado", str(execucao_id), motivo=mensagem)
    await falhar(tx, execucao, {"codigo": codigo, "mensagem": mensagem}, limits, tecnica=tecnica)


async def give_up_silent(tx: Transaction, execucao_id: UUID, before: datetime, limits: ProcessoLimits) -> bool:
    """Its robot was asked a last time and said nothing: over, and told to stop. False when there is news by now."""
    execucao = await _locked(tx, execucao_id)
    if execucao.data_fim is not None or execucao.resultado_saida is not None or execucao.sinal_em > before:
        return False
    erro = {"codigo": "TIMEOUT", "mensagem": "", "definitivo": False}
    await write_command(tx, StopExecucao(execucao.id))
    return await falhar(tx, execucao, erro, limits, tecnica=True, status=StatusExecucao.TIMEOUT)


def events_of_poll(job_id: str, execucao: Execucao, answer: Mapping[str, Any]) -> list[RobotEvent]:
    """The events that `GET /jobs/{job_id}` amounts to. Malformed parts are left out."""
    if (ending := ending_of_poll(job_id, answer)) is not None:
        return [ending]
    events = []
    progresso = answer.get("progresso")
    known = (execucao.progresso or {}).get("etapa", "")
    if isinstance(progresso, dict) and progresso.get("etapa") not in (None, "", known):
        events.append(RobotEvent("job.progress", job_id, progresso))
    if isinstance(answer.get("pergunta"), dict):
        events.append(RobotEvent("job.question", job_id, answer["pergunta"]))
    return events


async def _locked(tx: Transaction, execucao_id: UUID) -> Execucao:
    """The execucao as it is now that its processo is locked."""
    execucao = await execucao_by_id(tx.connection, execucao_id)
    assert execucao is not None
    await lock_processo(tx, execucao.processo_id)
    again = await execucao_by_id(tx.connection, execucao_id)
    assert again is not None
    return again


async def _complete(tx: Transaction, execucao: Execucao, event: RobotEvent, limits: ProcessoLimits) -> None:
    said = event.data.get("resultado")
    said = said if isinstance(said, dict) else {}
    if not await take_result(tx, execucao.id, said):
        return
    if execucao.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA:
        # The robot's place is free; the file is fetched after the commit.
        await count_success(tx, execucao.operadora_id)
        await write_command(tx, FetchFatura(execucao.id))
    else:
        closed = await close_execucao(tx, execucao.id, StatusExecucao.CONCLUIDO)
        assert closed, "its result was taken in this turn"
        await publish_execucao(tx, "execucao_encerrada", execucao, status_execucao=StatusExecucao.CONCLUIDO)
        await _in_sat(tx, execucao)
    await despachar(tx, execucao.operadora_id, limits)


async def _in_sat(tx: Transaction, execucao: Execucao) -> None:
    """SAT has it: the end of the way."""
    processo = await processo_by_id(tx.connection, execucao.processo_id)
    assert processo is not None
    if leads_to(processo.status_processo, Acao.CONCLUIR) is None:
        await record(tx, "sat_fora_de_hora", str(execucao.id), status_processo=processo.status_processo)
        return
    values = {"enviado_para_sat": True, "data_envio_sat": tx.now, "envio_automatico_em": None}
    await dar_passo(tx, processo, Acao.CONCLUIR, O_ROBO, values, event="processo_enviado_para_sat")
    await write_command(tx, TellProcesso(execucao.id, Aviso.NO_SAT))


async def _fail(tx: Transaction, execucao: Execucao, data: Mapping[str, Any], limits: ProcessoLimits) -> None:
    codigo = str(data.get("codigo") or "DESCONHECIDO")[:100]
    erro = {
        "codigo": codigo,
        "mensagem": str(data.get("mensagem") or "")[:500],
        "definitivo": bool(data.get("definitivo")),
    }
    business = codigo in BUSINESS or erro["definitivo"]
    if codigo == "CREDENCIAL_RECUSADA" and execucao.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA:
        await _hold_login(tx, execucao)
    await falhar(tx, execucao, erro, limits, tecnica=not business)


async def _hold_login(tx: Transaction, execucao: Execucao) -> None:
    """Portals lock a login after a few wrong passwords: nobody who shares it tries again."""
    processo = await processo_by_id(tx.connection, execucao.processo_id)
    assert processo is not None
    cliente = await cliente_by_id(tx.connection, processo.cliente_id)
    assert cliente is not None
    if await hold_login(tx, execucao.operadora_id, cliente.id, cliente.login_portal):
        await write_command(tx, TellProcesso(execucao.id, Aviso.LOGIN_RECUSADO))


async def _at_work(tx: Transaction, execucao: Execucao, event: RobotEvent) -> None:
    """A sign of life; a line of its log or its progress is kept."""
    if event.event == "job.log":
        await add_log(tx, execucao.id, [log_line(event.data, event.seq, tx.now)])
        await mark_news(tx, execucao.id)
        await note_sign(tx, execucao.id)
        return
    if event.event == "job.question":
        await _ask(tx, execucao, event)
        return
    if event.event != "job.progress":
        await note_sign(tx, execucao.id)
        return
    known = execucao.progresso or {}
    if event.seq is not None and event.seq <= known.get("seq", -1):
        return
    progresso = {
        "percentual": percentage(event.data.get("percentual")),
        "etapa": words(event.data.get("etapa"))[:STAGE_LIMIT],
        "seq": event.seq if event.seq is not None else known.get("seq", -1),
    }
    if await change_open(tx, execucao.id, progresso=progresso, sinal_em=tx.now):
        await mark_news(tx, execucao.id)
        shown = {"percentual": progresso["percentual"], "etapa": progresso["etapa"]}
        await publish_execucao(tx, "execucao_progrediu", execucao, **shown)


async def _ask(tx: Transaction, execucao: Execucao, event: RobotEvent) -> None:
    """Somebody who is there is asked, once: what was asked before is no news, and no sign of life."""
    try:
        pergunta = Pergunta.parse(event.data)
    except ValueError:
        return
    last = await last_pergunta(tx, execucao.id, pergunta.pergunta_id)
    if last is not None and not _is_new(last, pergunta, event.seq):
        return
    if (before := await open_pergunta(tx, execucao.id)) is not None:
        # One that is answered at this same moment has its answer on its way.
        replaced = await close_pergunta(tx, before.id, Desfecho.SUBSTITUIDA)
        if replaced and before.contato_id is not None and before.message_id is not None:
            await write_command(tx, WithdrawPergunta(before.id, before.contato_id, before.message_id))
    asked = await add_pergunta(tx, execucao.id, pergunta.pergunta_id, pergunta.to_json(), event.seq)
    await note_sign(tx, execucao.id)
    await publish_execucao(tx, "execucao_pergunta_feita", execucao, tipo=pergunta.tipo)
    await write_command(tx, AskPergunta(asked))


def _is_new(last: PerguntaFeita, pergunta: Pergunta, seq: int | None) -> bool:
    """The same id with another text is another question; so is one asked again after the robot had our answer."""
    if pergunta.texto != last.pergunta.get("texto") or last.desfecho == Desfecho.PERDIDA:
        return True
    asked_again = seq is not None and last.seq is not None and seq > last.seq
    return asked_again and last.entregue_em is not None


async def _after_the_end(tx: Transaction, execucao: Execucao, event: RobotEvent) -> None:
    """The first ending counts; another one is recorded. A robot that works on is told again to stop."""
    ending = _TERMINAL.get(event.event)
    if event.event == "job.log":
        await add_log(tx, execucao.id, [log_line(event.data, event.seq, tx.now)])
    elif ending is None:
        if event.event != "job.cancelled" and execucao.status_execucao != StatusExecucao.CONCLUIDO:
            await write_command(tx, StopExecucao(execucao.id))
    elif ending != execucao.status_execucao and (execucao.data_fim is not None or ending is StatusExecucao.FALHOU):
        status = execucao.status_execucao
        await record(tx, "callback_depois_do_fim", str(execucao.id), evento=event.event, status_execucao=status)


def _cents(value: object) -> int | None:
    """`1234.56` by the contract; `1.234,56` as portals write it, too."""
    if value is None:
        return None
    for read in (cents_of, lambda text: cents_of(check_number(text))):
        with suppress(ValueError, InvalidAnswer):
            return read(str(value))
    return None


def _day(value: object) -> date | None:
    """`2026-12-10` by the contract; `10/12/2026` as portals write it, too."""
    text = str(value)[:10]
    if found := re.fullmatch("([0-9]{2})/([0-9]{2})/([0-9]{4})", text):
        text = f"{found[3]}-{found[2]}-{found[1]}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return str(value)[:2000] if value else None
