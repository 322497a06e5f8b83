"""Decisions of approvers, and who may decide in whose name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.status import Decisao
from storage.tables import aprovacoes, delegacoes, usuarios
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Aprovacao:
    """One person's decision about one version of a processo."""

    usuario_id: UUID
    em_nome_de_usuario_id: UUID | None
    nome: str
    decisao: str
    motivo: str | None
    canal: str
    quando: datetime


async def add_aprovacao(tx: Transaction, values: dict[str, Any]) -> bool:
    """Write down a decision; False when this person has decided about this version already."""
    return await tx.changed(tx.insert(aprovacoes).values(**values, quando=tx.now).on_conflict_do_nothing())


async def aprovacoes_of(connection: AsyncConnection, processo_id: UUID, versao: int | None = None) -> list[Aprovacao]:
    """The decisions about a version of a processo, or all of them, oldest first."""
    columns = [aprovacoes.c[name] for name in Aprovacao.__dataclass_fields__ if name != "nome"]
    source = aprovacoes.join(usuarios, usuarios.c.id == aprovacoes.c.usuario_id)
    statement = select(*columns, usuarios.c.nome_completo.label("nome")).select_from(source)
    statement = statement.where(aprovacoes.c.processo_id == processo_id)
    if versao is not None:
        statement = statement.where(aprovacoes.c.versao == versao)
    rows = await connection.execute(statement.order_by(aprovacoes.c.id))
    return [Aprovacao(**row._mapping) for row in rows]


_LOOKED_THROUGH = 500
# A month's, of many people.
_LOOKED_FAR_THROUGH = 5000


async def approved_lately(connection: AsyncConnection, usuario_id: UUID, since: datetime, limit: int) -> list[UUID]:
    """What this person has approved since then, newest first; of the newest decisions only."""
    newest = select(aprovacoes).order_by(aprovacoes.c.id.desc()).limit(_LOOKED_THROUGH).subquery()
    theirs = newest.c.usuario_id == usuario_id, newest.c.decisao == Decisao.APROVADO, newest.c.quando >= since
    statement = select(newest.c.processo_id).where(*theirs).order_by(newest.c.id.desc())
    return list(dict.fromkeys((await connection.execute(statement)).scalars()))[:limit]


async def decided_by(
    connection: AsyncConnection, usuario_id: UUID | None, decisao: Decisao, since: datetime, until: datetime
) -> list[UUID]:
    """What this person, or anybody, decided so in that time, newest first; of the newest decisions only."""
    newest = select(aprovacoes).order_by(aprovacoes.c.id.desc()).limit(_LOOKED_FAR_THROUGH).subquery()
    theirs = [newest.c.decisao == decisao, *([] if usuario_id is None else [newest.c.usuario_id == usuario_id])]
    when = newest.c.quando >= since, newest.c.quando < until
    statement = select(newest.c.processo_id).where(*theirs, *when).order_by(newest.c.id.desc())
    return list(dict.fromkeys((await connection.execute(statement)).scalars()))


async def delegantes_of(tx: Transaction, usuario_id: UUID) -> list[UUID]:
    """In whose name this person may decide now: of active people only, the oldest delegation first."""
    source = delegacoes.join(usuarios, usuarios.c.id == delegacoes.c.de_usuario_id)
    statement = (
        select(delegacoes.c.de_usuario_id)
        .select_from(source)
        .where(
            delegacoes.c.para_usuario_id == usuario_id,
            delegacoes.c.inicio <= tx.now,
            delegacoes.c.fim > tx.now,
            delegacoes.c.revogada_em.is_(None),
            usuarios.c.status_ativo,
        )
        .order_by(delegacoes.c.id)
    )
    return list((await tx.execute(statement)).scalars())


async def delegados_of(connection: AsyncConnection, usuario_ids: Sequence[UUID], now: datetime) -> list[UUID]:
    """Who may decide now in the name of one of these."""
    statement = select(delegacoes.c.para_usuario_id).where(
        delegacoes.c.de_usuario_id.in_(usuario_ids),
        delegacoes.c.inicio <= now,
        delegacoes.c.fim > now,
        delegacoes.c.revogada_em.is_(None),
    )
    return list((await connection.execute(statement.distinct())).scalars())
