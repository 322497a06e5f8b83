"""Files of processos: what a robot or a person brings, and what it changes."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.auditoria.auditoria import Autor
from core.commands.base import write_command
from core.commands.processo import HearNota, UpdateCards
from core.exame.exames import examinar
from core.exame.guardado import diverges
from core.exame.notas import with_nota
from core.exame.senhas import lembrar
from core.ids import new_id
from core.live import publish_processo
from core.processo.arquivos import INVOICES, NAME_LIMIT, Arquivo, keep_documentos
from core.processo.execucoes import interromper
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao, leads_to, may
from core.processo.passo import anotar, dar_passo
from core.processo.quem import Quem
from core.processo.resultado import Resultado, Saida
from core.processo.valores import approvals_needed, text_of, usual
from core.testemunha.exame import DitoDoRobo, Exame
from core.testemunha.parecer import Veredito
from storage.processo.execucoes import add_execucao
from storage.processo.processos import Processo, lock_processo, values_before
from storage.processo.status import StatusExecucao, StatusProcesso, TipoExecucao
from storage.transaction import Transaction


async def receber(
    tx: Transaction,
    processo_id: UUID,
    arquivo: Arquivo,
    quem: Quem,
    limits: ProcessoLimits,
    *,
    execucao_id: UUID | None = None,
    senha_de: UUID | None = None,
) -> Resultado:
    """A file of a processo. An invoice goes to the approvers; the content waits in its row for the object store.

    `senha_de`: who typed the password that opened a robot's file.
    """
    acao = Acao.RECEBER if arquivo.tipo in INVOICES else Acao.ANEXAR
    if quem.is_person and not may(quem.perfil or "", acao):
        return Resultado(Saida.SEM_DIREITO)
    processo = await lock_processo(tx, processo_id)
    if processo is None or not processo.status_ativo:
        return Resultado(Saida.NAO_EXISTE)
    if leads_to(processo.status_processo, acao) is None:
        return Resultado(Saida.STATUS, processo)
    documento_id, object_key, is_new = await keep_documentos(tx, processo, arquivo, quem, execucao_id)
    waits_already = processo.status_processo != StatusProcesso.AGUARDANDO_DOWNLOAD
    if arquivo.leitura is not None and arquivo.leitura.senha:
        autor = Autor(quem.canal, senha_de or quem.usuario_id)
        await lembrar(tx, processo.cliente_id, arquivo.leitura.senha, autor)
    if not is_new and (acao is Acao.ANEXAR or (waits_already and processo.documento_id == documento_id)):
        return Resultado(Saida.JA_EXISTE, processo, documento_id=documento_id)
    if acao is Acao.ANEXAR:
        step = {"de": processo.status_processo, "para": processo.status_processo}
        await anotar(tx, processo.id, acao, quem, **step, detalhe={"tipo": arquivo.tipo})
        await publish_processo(tx, "processo_documento_anexado", processo, tipo=arquivo.tipo)
        if arquivo.nota is not None and processo.documento_id is not None:
            # The bill was here first: it is read once more, away from this turn.
            await write_command(tx, HearNota(documento_id))
        return Resultado(Saida.FEITO, processo, documento_id=documento_id)
    if quem.is_person:
        await interromper(tx, processo.id)
    changed = await _to_approval(tx, processo, arquivo, quem, limits, (documento_id, object_key), senha_de)
    if quem.is_person:
        await _note_upload(tx, changed, quem)
    return Resultado(Saida.FEITO, changed, documento_id=documento_id)


async def corrigir(
    tx: Transaction,
    processo_id: UUID,
    quem: Quem,
    limits: ProcessoLimits,
    *,
    valor_centavos: int | None,
    data_vencimento: date | None,
) -> Resultado:
    """Value and due date as a person read them in the file, in the place of what was brought with it."""
    if not may(quem.perfil or "", Acao.CORRIGIR):
        return Resultado(Saida.SEM_DIREITO)
    processo = await lock_processo(tx, processo_id)
    if processo is None:
        return Resultado(Saida.NAO_EXISTE)
    if leads_to(processo.status_processo, Acao.CORRIGIR) is None:
        return Resultado(Saida.STATUS, processo)
    if (processo.valor_centavos, processo.data_vencimento) == (valor_centavos, data_vencimento):
        return Resultado(Saida.FEITO, processo)
    before = await values_before(tx.connection, processo.cliente_id, processo.competencia)
    values = {
        "valor_centavos": valor_centavos,
        "data_vencimento": data_vencimento,
        "aprovacoes_necessarias": approvals_needed(
            valor_centavos, usual(before), limits, diverge=await diverges(tx.connection, processo.documento_id)
        ),
    }
    detalhe = {
        "valor_fatura": [text_of(processo.valor_centavos), text_of(valor_centavos)],
        "data_vencimento": [_iso(processo.data_vencimento), _iso(data_vencimento)],
    }
    changed = await dar_passo(tx, processo, Acao.CORRIGIR, quem, values, event="processo_corrigido", detalhe=detalhe)
    await write_command(tx, UpdateCards(processo.id))
    return Resultado(Saida.FEITO, changed)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


async def _to_approval(
    tx: Transaction,
    processo: Processo,
    arquivo: Arquivo,
    quem: Quem,
    limits: ProcessoLimits,
    documento: tuple[UUID, str],
    senha_de: UUID | None,
) -> Processo:
    before = await values_before(tx.connection, processo.cliente_id, processo.competencia)
    exame = await _examined(tx, processo, arquivo, documento[0])
    valor, vencimento = _said(arquivo, exame)
    diverge = exame is not None and exame.veredito == Veredito.DIVERGE
    values: dict[str, Any] = {
        "documento_id": documento[0],
        "caminho_s3_fatura": documento[1],
        "fatura_s3_key": documento[1].rpartition("/")[2],
        "fatura_filename": arquivo.nome[:NAME_LIMIT],
        "url_fatura": arquivo.url,
        "valor_centavos": valor,
        "data_vencimento": vencimento,
        "aprovacoes_necessarias": approvals_needed(valor, usual(before), limits, diverge=diverge),
        "upload_manual": quem.is_person,
        "data_upload_manual": tx.now if quem.is_person else None,
        "enviado_por_usuario_id": quem.usuario_id,
        "motivo_rejeicao": None,
    }
    detalhe = {"tipo": arquivo.tipo, "sha256": arquivo.sha256} | for_history(exame)
    if senha_de is not None:
        detalhe["senha_de"] = str(senha_de)
    changed = await dar_passo(
        tx, processo, Acao.RECEBER, quem, values, event="processo_fatura_recebida", detalhe=detalhe
    )
    await write_command(tx, UpdateCards(processo.id))
    return changed


async def _examined(tx: Transaction, processo: Processo, arquivo: Arquivo, documento_id: UUID) -> Exame | None:
    """What the witnesses say, kept with the file; None for one that no reader has looked at."""
    if arquivo.leitura is None or arquivo.recebido is None:
        return None
    cents = arquivo.valor_centavos
    dito = DitoDoRobo(None if cents is None else Decimal(cents).scaleb(-2), arquivo.data_vencimento)
    lido = await with_nota(tx.connection, processo.id, arquivo.leitura.lido)
    return await examinar(tx, processo, documento_id, lido, dito, arquivo.recebido)


def _said(arquivo: Arquivo, exame: Exame | None) -> tuple[int | None, date | None]:
    """Value and due date: what the witnesses agree upon or codes say, else the word of whoever brought the file."""
    valor, vencimento = arquivo.valor_centavos, arquivo.data_vencimento
    if exame is not None:
        valor = valor if exame.valor is None else int(exame.valor * 100)
        vencimento = exame.vencimento or vencimento
    return valor, vencimento


def for_history(exame: Exame | None) -> dict[str, Any]:
    """The verdict, and every field that diverges with its witnesses."""
    if exame is None:
        return {}
    wrong = [parecer.as_json() for parecer in exame.campos if parecer.veredito == Veredito.DIVERGE]
    return {"veredito": exame.veredito} | ({"diverge": wrong} if wrong else {})


async def _note_upload(tx: Transaction, processo: Processo, quem: Quem) -> None:
    """Flow 5.2 of the reference: an upload by hand is an execucao too, over as soon as it is there."""
    values = {
        "id": new_id(tx.now),
        "processo_id": processo.id,
        "operadora_id": processo.operadora_id,
        "tipo_execucao": TipoExecucao.UPLOAD_MANUAL,
        "status_execucao": StatusExecucao.CONCLUIDO,
        "data_fim": tx.now,
        "enviada_em": tx.now,
        "url_arquivo_s3": processo.caminho_s3_fatura,
        "executado_por_usuario_id": quem.usuario_id,
        "ip_origem": quem.ip,
        "user_agent": quem.user_agent,
    }
    added = await add_execucao(tx, values)
    assert added, "one that is over stands beside any other"
