"""The files of processos. What the object store does not have yet is kept in the row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import documentos_fatura
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Documento:
    """One file of a processo, without its content."""

    id: UUID
    processo_id: UUID
    tipo: str
    nome_arquivo: str
    content_type: str
    sha256: str
    tamanho: int
    paginas: int | None
    object_key: str
    guardado_em: datetime | None
    feito_por_usuario_id: UUID | None
    execucao_id: UUID | None
    criado_em: datetime


_ROW = select(*(documentos_fatura.c[name] for name in Documento.__dataclass_fields__))


async def add_documento(tx: Transaction, values: dict[str, Any]) -> bool:
    """Insert one; False when this processo has the very same file already."""
    return await tx.changed(tx.insert(documentos_fatura).values(**values, criado_em=tx.now).on_conflict_do_nothing())


async def documento_by_id(connection: AsyncConnection, documento_id: UUID) -> Documento | None:
    return _documento((await connection.execute(_ROW.where(documentos_fatura.c.id == documento_id))).first())


async def same_file_of(connection: AsyncConnection, processo_id: UUID, sha256: str) -> Documento | None:
    """This processo's document with that content."""
    where = documentos_fatura.c.processo_id == processo_id, documentos_fatura.c.sha256 == sha256
    return _documento((await connection.execute(_ROW.where(*where))).first())


async def documentos_of(connection: AsyncConnection, processo_id: UUID) -> list[Documento]:
    """The files of a processo, oldest first."""
    statement = _ROW.where(documentos_fatura.c.processo_id == processo_id).order_by(documentos_fatura.c.id)
    return [Documento(**row._mapping) for row in await connection.execute(statement)]


async def notas_of(connection: AsyncConnection, processo_id: UUID) -> list[dict[str, Any]]:
    """What stands in the NFComs that lie with a processo, the newest first."""
    statement = (
        select(documentos_fatura.c.nota)
        .where(documentos_fatura.c.processo_id == processo_id, documentos_fatura.c.nota.is_not(None))
        .order_by(documentos_fatura.c.id.desc())
    )
    return list((await connection.scalars(statement)).all())


async def conteudo_of(connection: AsyncConnection, documento_id: UUID) -> bytes | None:
    """The content, while the object store does not have it."""
    statement = select(documentos_fatura.c.conteudo).where(documentos_fatura.c.id == documento_id)
    found: bytes | None = await connection.scalar(statement)
    return found


async def mark_stored(tx: Transaction, documento_id: UUID) -> bool:
    """The object store has it: the row keeps it no longer. False when that was known."""
    statement = update(documentos_fatura).where(
        documentos_fatura.c.id == documento_id, documentos_fatura.c.guardado_em.is_(None)
    )
    return await tx.changed(statement.values(guardado_em=tx.now, conteudo=None))


def _documento(row: Row[Any] | None) -> Documento | None:
    return None if row is None else Documento(**row._mapping)
