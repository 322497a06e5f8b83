"""Files that people sent: what we know of them, and where they are kept."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import arquivos
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Arquivo:
    """A file as the channel announces it. `tamanho` in bytes, `legenda` is the caption."""

    provider_file_id: str
    nome: str | None
    mime_type: str | None
    tamanho: int | None
    legenda: str | None


def object_key_of(arquivo_id: UUID, recebido_em: datetime) -> str:
    """Where the file is kept once it is fetched; known before that. The name a person gave is never part of it."""
    return f"arquivos/{recebido_em:%Y/%m}/{arquivo_id}"


async def add_arquivo(tx: Transaction, arquivo_id: UUID, contato_id: int, channel: str, arquivo: Arquivo) -> None:
    await tx.execute(
        insert(arquivos).values(
            id=arquivo_id, contato_id=contato_id, channel=channel, recebido_em=tx.now, **asdict(arquivo)
        )
    )


async def arquivo_by_id(tx: Transaction, arquivo_id: UUID) -> Row[Any] | None:
    return await tx.one(select(arquivos).where(arquivos.c.id == arquivo_id))


async def arquivo_by_key(connection: AsyncConnection, object_key: str) -> Row[Any] | None:
    """The file that is, or will be, kept under this key; None for what nobody sent us."""
    try:
        arquivo_id = UUID(object_key.rpartition("/")[2])
    except ValueError:
        return None
    row = (await connection.execute(select(arquivos).where(arquivos.c.id == arquivo_id))).first()
    return row if row is not None and object_key_of(row.id, row.recebido_em) == object_key else None


def as_described(row: Row[Any]) -> Arquivo:
    """A row of arquivos as the channel announced it."""
    return Arquivo(*(row._mapping[field.name] for field in fields(Arquivo)))


async def close_arquivo(
    tx: Transaction, arquivo_id: UUID, *, object_key: str | None, erro: str | None, mime_type: str | None = None
) -> bool:
    """Write down where the file is kept now, or why it could not be had; False when that was done already.

    `mime_type`: what it turned out to be, where its sender's app did not know.
    """
    statement = update(arquivos).where(
        arquivos.c.id == arquivo_id, arquivos.c.guardado_em.is_(None), arquivos.c.erro.is_(None)
    )
    values = {"object_key": object_key, "erro": erro, "guardado_em": tx.now if object_key else None}
    return await tx.changed(statement.values(values | ({"mime_type": mime_type} if mime_type is not None else {})))


async def forget_object(tx: Transaction, arquivo_id: UUID) -> None:
    """It is kept no longer: nobody looks for it in the store, the proof of a backup neither."""
    await tx.execute(update(arquivos).where(arquivos.c.id == arquivo_id).values(object_key=None))


async def keep_password(tx: Transaction, arquivo_id: UUID, sealed: str | None) -> None:
    """What may open the file, sealed for its row; None: wiped."""
    await tx.execute(update(arquivos).where(arquivos.c.id == arquivo_id).values(senha=sealed))


async def forget_passwords_of(tx: Transaction, contato_id: int) -> None:
    """Wipe those of this person's files."""
    theirs = update(arquivos).where(arquivos.c.contato_id == contato_id, arquivos.c.senha.is_not(None))
    await tx.execute(theirs.values(senha=None))


async def forget_passwords(tx: Transaction, before: datetime) -> int:
    """Wipe those of files that came before that moment and that nobody has used since; how many."""
    old = update(arquivos).where(arquivos.c.senha.is_not(None), arquivos.c.recebido_em < before)
    return (await tx.execute(old.values(senha=None))).rowcount


async def keep_suggestions(tx: Transaction, arquivo_id: UUID, processos: list[str]) -> None:
    """The processos that were suggested for an invoice, in their order: a tap names a place."""
    await tx.execute(update(arquivos).where(arquivos.c.id == arquivo_id).values(sugestoes=processos))
