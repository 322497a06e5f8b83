"""Delegations as people see them: those they gave and got. Decisions read theirs in storage/processo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import delegacoes, usuarios
from storage.transaction import Transaction

_de, _para = usuarios.alias("de"), usuarios.alias("para")


@dataclass(frozen=True, slots=True)
class Delegacao:
    """From `inicio` to `fim`, `para` may decide in the name of `de`."""

    id: int
    de_usuario_id: UUID
    para_usuario_id: UUID
    de: str
    para: str
    inicio: datetime
    fim: datetime
    revogada_em: datetime | None


_SOURCE = delegacoes.join(_de, _de.c.id == delegacoes.c.de_usuario_id).join(
    _para, _para.c.id == delegacoes.c.para_usuario_id
)
_NAMES = {"de": _de.c.nome_completo.label("de"), "para": _para.c.nome_completo.label("para")}
_ROW = select(
    *(_NAMES[name] if name in _NAMES else delegacoes.c[name] for name in Delegacao.__dataclass_fields__)
).select_from(_SOURCE)


async def nova_delegacao(tx: Transaction, de: UUID, para: UUID, inicio: datetime, fim: datetime) -> int:
    """Write one down; its number."""
    values = {"de_usuario_id": de, "para_usuario_id": para, "inicio": inicio, "fim": fim, "criada_em": tx.now}
    row = await tx.one(insert(delegacoes).values(values).returning(delegacoes.c.id))
    assert row is not None
    return int(row.id)


async def delegacao_by_id(connection: AsyncConnection, delegacao_id: int) -> Delegacao | None:
    row = (await connection.execute(_ROW.where(delegacoes.c.id == delegacao_id))).first()
    return None if row is None else Delegacao(**row._mapping)


async def delegacoes_of(connection: AsyncConnection, usuario_id: UUID, now: datetime) -> Sequence[Delegacao]:
    """What this person gave and got that is not over, whatever begins first coming first."""
    theirs = or_(delegacoes.c.de_usuario_id == usuario_id, delegacoes.c.para_usuario_id == usuario_id)
    where = theirs, delegacoes.c.fim > now, delegacoes.c.revogada_em.is_(None)
    rows = await connection.execute(_ROW.where(*where).order_by(delegacoes.c.inicio, delegacoes.c.id))
    return [Delegacao(**row._mapping) for row in rows]


async def revogar(tx: Transaction, delegacao_id: int, de: UUID) -> bool:
    """End one that this person gave; False when it is not theirs, or over already."""
    where = (
        delegacoes.c.id == delegacao_id,
        delegacoes.c.de_usuario_id == de,
        delegacoes.c.fim > tx.now,
        delegacoes.c.revogada_em.is_(None),
    )
    return await tx.changed(update(delegacoes).where(*where).values(revogada_em=tx.now))
