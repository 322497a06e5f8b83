"""Files of processos: what a robot or a person brings, and what it changes."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from core.commands.base import write_command
from core.commands.processo import StoreDocumento, UpdateCards
from core.ids import new_id
from core.live import publish_processo
from core.processo.execucoes import interromper
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao, leads_to, may
from core.processo.passo import dar_passo
from core.processo.quem import Quem
from core.processo.resultado import Resultado, Saida
from core.processo.valores import approvals_needed, text_of, usual
from storage.processo.documentos import add_documento, same_file_of
from storage.processo.execucoes import add_execucao
from storage.processo.historico import add_passo
from storage.processo.processos import (
    Processo,
    lock_processo,
    values_before,
)
from storage.processo.status import StatusExecucao, StatusProcesso, TipoDocumento, TipoExecucao
from storage.transaction import Transaction

# These are what is approved and sent; an NF or an XML lies beside.
INVOICES = frozenset({TipoDocumento.FATURA, TipoDocumento.BOLETO})
_ENDINGS = {"application/pdf": "pdf", "application/xml": "xml"}
_NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Arquivo:
    """A file as it came, checked by its reader. `nome` is shown to people and never part of a key."""

    conteudo: bytes
    nome: str
    content_type: str = "application/pdf"
    tipo: TipoDocumento = TipoDocumento.FATURA
    valor_centavos: int | None = None
    data_vencimento: date | None = None
    url: str | None = None
    paginas: int | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.conteudo).hexdigest()


def object_key_of(documento_id: UUID, competencia: int, content_type: str) -> str:
    """Our own key, whatever the file is called: `faturas/2026/11/….pdf`."""
    return f"faturas/{competencia // 100}/{competencia % 100:02d}/{documento_id}.{_ENDINGS.get(content_type, 'bin')}"


async def receber(
    tx: Transaction,
    processo_id: UUID,
    arquivo: Arquivo,
    quem: Quem,
    limits: ProcessoLimits,
    *,
    execucao_id: UUID | None = None,
) -> Resultado:
    """A file of a processo. An invoice goes to the approvers; the content waits in its row for the object store."""
    acao = Acao.RECEBER if arquivo.tipo in INVOICES else Acao.ANEXAR
    if quem.is_person and not may(quem.perfil or "", acao):
        return Resultado(Saida.SEM_DIREITO)
    processo = await lock_processo(tx, processo_id)
    if processo is None or not processo.status_ativo:
        return Resultado(Saida.NAO_EXISTE)
    if leads_to(processo.status_processo, acao) is None:
        return Resultado(Saida.STATUS, processo)
    documento_id, object_key, is_new = await _documento(tx, processo, arquivo, quem, execucao_id)
    waits_already = processo.status_processo != StatusProcesso.AGUARDANDO_DOWNLOAD
    if not is_new and (acao is Acao.ANEXAR or (waits_already and processo.documento_id == documento_id)):
        return Resultado(Saida.JA_EXISTE, processo, documento_id=documento_id)
    if acao is Acao.ANEXAR:
        step = {"acao": acao, "de": processo.status_processo, "para": processo.status_processo}
        await add_passo(tx, processo.id, **step, **quem.as_step(), detalhe={"tipo": arquivo.tipo})
        await publish_processo(tx, "processo_documento_anexado", processo, tipo=arquivo.tipo)
        return Resultado(Saida.FEITO, processo, documento_id=documento_id)
    if quem.is_person:
        await interromper(tx, processo.id)
    changed = await _to_approval(tx, processo, arquivo, quem, limits, (documento_id, object_key))
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
        "aprovacoes_necessarias": approvals_needed(valor_centavos, usual(before), limits),
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


async def _documento(
    tx: Transaction, processo: Processo, arquivo: Arquivo, quem: Quem, execucao_id: UUID | None
) -> tuple[UUID, str, bool]:
    """The row of this file: its id, its key, and whether it is new to this processo."""
    documento_id = new_id(tx.now)
    key = object_key_of(documento_id, processo.competencia, arquivo.content_type)
    values = {
        "id": documento_id,
        "processo_id": processo.id,
        "tipo": arquivo.tipo,
        "nome_arquivo": arquivo.nome[:_NAME_LIMIT],
        "content_type": arquivo.content_type,
        "sha256": arquivo.sha256,
        "tamanho": len(arquivo.conteudo),
        "paginas": arquivo.paginas,
        "object_key": key,
        "conteudo": arquivo.conteudo,
        "feito_por_usuario_id": quem.usuario_id,
        "execucao_id": execucao_id,
    }
    if await add_documento(tx, values):
        await write_command(tx, StoreDocumento(documento_id))
        return documento_id, key, True
    same = await same_file_of(tx.connection, processo.id, arquivo.sha256)
    assert same is not None
    return same.id, same.object_key, False


async def _to_approval(
    tx: Transaction,
    processo: Processo,
    arquivo: Arquivo,
    quem: Quem,
    limits: ProcessoLimits,
    documento: tuple[UUID, str],
) -> Processo:
    before = await values_before(tx.connection, processo.cliente_id, processo.competencia)
    valor = arquivo.valor_centavos
    values: dict[str, Any] = {
        "documento_id": documento[0],
        "caminho_s3_fatura": documento[1],
        "fatura_s3_key": documento[1].rpartition("/")[2],
        "fatura_filename": arquivo.nome[:_NAME_LIMIT],
        "url_fatura": arquivo.url,
        "valor_centavos": valor,
        "data_vencimento": arquivo.data_vencimento,
        "aprovacoes_necessarias": approvals_needed(valor, usual(before), limits),
        "upload_manual": quem.is_person,
        "data_upload_manual": tx.now if quem.is_person else None,
        "enviado_por_usuario_id": quem.usuario_id,
        "motivo_rejeicao": None,
    }
    detalhe = {"tipo": arquivo.tipo, "sha256": arquivo.sha256}
    changed = await dar_passo(
        tx, processo, Acao.RECEBER, quem, values, event="processo_fatura_recebida", detalhe=detalhe
    )
    await write_command(tx, UpdateCards(processo.id))
    return changed


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
    await add_execucao(tx, values)
