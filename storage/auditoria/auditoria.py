"""The rows of the audit: noted during a turn, chained at its very end, read by page."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import auditoria, auditoria_cabeca, usuarios
from storage.transaction import Kept, Transaction

# What a turn has noted so far.
noted_rows: Kept[list[dict[str, Any]]] = Kept(list)


@dataclass(frozen=True, slots=True)
class Linha:
    """One act, with the name of who did it; `usuario` is None for the command line, and for who was erased."""

    numero: int
    quando: datetime
    usuario_id: UUID | None
    usuario: str | None
    canal: str
    acao: str
    alvo: str | None
    motivo: str | None
    detalhe: dict[str, Any] | None
    anterior: str
    hash: str


def note(tx: Transaction, **values: Any) -> None:
    """Have this row written with the turn: `usuario_id`, `canal`, `acao`, `alvo`, `motivo`, `detalhe`."""
    noted_rows.of(tx).append({"quando": tx.now.astimezone(UTC), **values})


async def append_noted(tx: Transaction) -> None:
    """Chain and write what the turn noted. The last thing before its commit: nothing is locked after the head."""
    noted = noted_rows.of(tx)
    if not noted:
        return
    columns = auditoria_cabeca.c
    forward = update(auditoria_cabeca).where(columns.id == 1).values(numero=columns.numero + len(noted))
    head = await tx.one(forward.returning(columns.numero, columns.hash))
    if head is None:
        raise RuntimeError("auditoria_cabeca has lost its row")
    rows, anterior = [], head.hash
    for numero, values in enumerate(noted, head.numero - len(noted) + 1):
        row = values | {"numero": numero, "anterior": anterior}
        anterior = digest(row)
        rows.append(row | {"hash": anterior})
    await tx.execute(insert(auditoria), rows)
    await tx.execute(update(auditoria_cabeca).where(columns.id == 1).values(hash=anterior))
    noted.clear()


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256, in hex, over all of a row but its own hash; the hash of the row before is among it."""
    usuario_id = row["usuario_id"]
    said = [
        row["numero"],
        row["quando"].isoformat(timespec="microseconds"),
        None if usuario_id is None else str(usuario_id),
        *(row[name] for name in ("canal", "acao", "alvo", "motivo", "detalhe", "anterior")),
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Filtro:
    """Which rows: of one person, of one kind, from a moment on; `antes`: those below that number."""

    usuario_id: UUID | None = None
    acao: str | None = None
    desde: datetime | None = None
    antes: int | None = None


async def list_auditoria(connection: AsyncConnection, filtro: Filtro, limit: int, skip: int = 0) -> list[Linha]:
    """The newest first."""
    columns = [auditoria.c[name] for name in Linha.__dataclass_fields__ if name != "usuario"]
    source = auditoria.outerjoin(usuarios, usuarios.c.id == auditoria.c.usuario_id)
    statement = select(*columns, usuarios.c.nome_completo.label("usuario")).select_from(source).where(*_where(filtro))
    if filtro.antes is not None:
        statement = statement.where(auditoria.c.numero < filtro.antes)
    rows = await connection.execute(statement.order_by(auditoria.c.numero.desc()).offset(skip).limit(limit))
    return [Linha(**row._mapping) for row in rows]


async def acted_since(connection: AsyncConnection, usuario_id: UUID, acao: str, alvo: str, since: datetime) -> bool:
    """Whether this person did this to it from that moment on."""
    where = [*_where(Filtro(usuario_id, acao, since)), auditoria.c.alvo == alvo]
    return await connection.scalar(select(auditoria.c.numero).where(*where).limit(1)) is not None


async def count_auditoria(connection: AsyncConnection, filtro: Filtro) -> int:
    """How many rows the filter leaves, whatever the page."""
    return int(await connection.scalar(select(func.count()).select_from(auditoria).where(*_where(filtro))) or 0)


def _where(filtro: Filtro) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if filtro.usuario_id is not None:
        where.append(auditoria.c.usuario_id == filtro.usuario_id)
    if filtro.acao is not None:
        where.append(auditoria.c.acao == filtro.acao)
    if filtro.desde is not None:
        where.append(auditoria.c.quando >= filtro.desde)
    return where


async def people_who_acted(connection: AsyncConnection, limit: int) -> list[tuple[UUID, str, str]]:
    """Whose rows are there, the newest first: id, name and phone."""
    last = func.max(auditoria.c.numero)
    source = auditoria.join(usuarios, usuarios.c.id == auditoria.c.usuario_id)
    columns = usuarios.c.id, usuarios.c.nome_completo, usuarios.c.telefone
    grouped = select(*columns).select_from(source).group_by(*columns).order_by(last.desc()).limit(limit)
    return [(row.id, row.nome_completo, row.telefone) for row in await connection.execute(grouped)]


async def acts_done(connection: AsyncConnection, limit: int) -> list[str]:
    """The kinds of acts, the newest first."""
    grouped = select(auditoria.c.acao).group_by(auditoria.c.acao).order_by(func.max(auditoria.c.numero).desc())
    return list((await connection.execute(grouped.limit(limit))).scalars())
