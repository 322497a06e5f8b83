"""Delegations as people see them: those they gave and got. Decisions read theirs in storage/processo."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, insert, not_, or_, select, update
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
    where = theirs, _in_force(now)
    rows = await connection.execute(_ROW.where(*where).order_by(delegacoes.c.inicio, delegacoes.c.id))
    return [Delegacao(**row._mapping) for row in rows]


@dataclass(frozen=True, slots=True)
class Perfis:
    """Of which perfis those are who may delegate, and those who may be delegated to."""

    de: Collection[str]
    para: Collection[str]


async def delegacoes_without_right(connection: AsyncConnection, now: datetime, perfis: Perfis, limit: int) -> list[int]:
    """Those that are not over although one of the two was deactivated, or has another perfil now."""
    statement = select(delegacoes.c.id).where(_in_force(now), _without_right(perfis)).order_by(delegacoes.c.id)
    return list((await connection.execute(statement.limit(limit))).scalars())


async def revogar_sem_direito(tx: Transaction, delegacao_id: int, perfis: Perfis) -> bool:
    """End one of those; False when it is over, or both have the right again."""
    where = delegacoes.c.id == delegacao_id, _in_force(tx.now), _without_right(perfis)
    return await tx.changed(update(delegacoes).where(*where).values(revogada_em=tx.now))


def _in_force(now: datetime) -> ColumnElement[bool]:
    return and_(delegacoes.c.fim > now, delegacoes.c.revogada_em.is_(None))


def _without_right(perfis: Perfis) -> ColumnElement[bool]:
    def has(usuario_id: ColumnElement[UUID], those: Collection[str]) -> ColumnElement[bool]:
        return exists().where(
            usuarios.c.id == usuario_id, usuarios.c.status_ativo, usuarios.c.perfil_usuario.in_(those)
        )

    return or_(not_(has(delegacoes.c.de_usuario_id, perfis.de)), not_(has(delegacoes.c.para_usuario_id, perfis.para)))


async def revogar(tx: Transaction, delegacao_id: int, de: UUID) -> bool:
    """End one that this person gave; False when it is not theirs, or over already."""
    where = (
        delegacoes.c.id == delegacao_id,
        delegacoes.c.de_usuario_id == de,
        _in_force(tx.now),
    )
    return await tx.changed(update(delegacoes).where(*where).values(revogada_em=tx.now))
