"""Who may import, and what may become of an import that was shown in chat."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from core.commands.base import write_command
from core.commands.conversa import DropTranscript
from core.commands.importacao import RunImportacao
from core.direitos.direitos import Direito, tem
from storage.contatos.contatos import Pessoa
from storage.conversa.arquivos import arquivo_by_id, forget_object
from storage.importacao.importacoes import Estado, importacao_by_id, move_importacao, undecided
from storage.transaction import Transaction

# Longer than a tap counts (core/prazos.py), and how far back is looked each time.
SEM_DECISAO, SEM_DECISAO_ATE = timedelta(hours=2), timedelta(days=2)
_BATCH = 50
# By the end of a name, or by what a channel says it is. Windows calls a CSV a workbook of Excel.
_NOMES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods")
_TIPOS = frozenset({
    "text/csv", "text/comma-separated-values", "application/csv", "text/tab-separated-values", "text/plain",
    "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
})  # fmt: skip


def pode_importar(pessoa: Pessoa | None) -> bool:
    """Whether they may, as the row of `usuarios` says now."""
    return pessoa is not None and pessoa.status_ativo and tem(pessoa.perfil_usuario, Direito.ADMINISTRAR)


def is_planilha(nome: str | None, mime_type: str | None) -> bool:
    """Whether somebody who sends such a file means rows; what is in it is looked at later."""
    return (nome or "").lower().endswith(_NOMES) or (mime_type or "").partition(";")[0].lower() in _TIPOS


async def minha(tx: Transaction, importacao_id: int, contato_id: int) -> Row[Any] | None:
    """The import that was shown in this conversation; None for every other one."""
    importacao = await importacao_by_id(tx, importacao_id)
    return importacao if importacao is not None and importacao.contato_id == contato_id else None


async def confirmar(tx: Transaction, importacao: Row[Any], usuario: Pessoa) -> bool:
    """Have it done, in the name of who confirms it; False when it was decided before."""
    if not await move_importacao(tx, importacao.id, Estado.MOSTRADA, Estado.CONFIRMADA, usuario_id=usuario.id):
        return False
    await write_command(tx, RunImportacao(importacao.id), contato_id=importacao.contato_id)
    return True


async def largar(tx: Transaction, importacao: Row[Any], de: Estado = Estado.MOSTRADA) -> bool:
    """It is not wanted, and its file goes, for it may hold passwords; False when it was decided before."""
    if not await move_importacao(tx, importacao.id, de, Estado.LARGADA):
        return False
    await esquecer_arquivo(tx, importacao.arquivo_id)
    return True


async def esquecer_arquivo(tx: Transaction, arquivo_id: UUID, lane: str | None = None) -> None:
    """A file of rows that nothing is made of is kept no longer."""
    arquivo = await arquivo_by_id(tx, arquivo_id)
    if arquivo is not None and arquivo.object_key is not None:
        await write_command(tx, DropTranscript(arquivo.object_key), lane=lane)
        await forget_object(tx, arquivo_id)


async def largar_vencidas(tx: Transaction) -> int:
    """Those that were shown and never decided: nobody can confirm them any more; how many there were."""
    found = await undecided(tx, tx.now - SEM_DECISAO - SEM_DECISAO_ATE, tx.now - SEM_DECISAO, _BATCH)
    return sum([await largar(tx, one) for one in found])
