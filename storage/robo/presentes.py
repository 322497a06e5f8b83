"""Who is there to answer a robot."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import agent_presence, contatos, usuarios


@dataclass(frozen=True, slots=True)
class Presente:
    """One person who can be reached: what the others were last told that they are, and their last message to us."""

    usuario_id: UUID
    status: str | None
    falou_em: datetime | None


async def reachable_of(
    connection: AsyncConnection, perfis: Sequence[str], besides: Collection[str], limit: int = 50
) -> list[Presente]:
    """Active people of these perfis whom a channel reaches, without those ids; who spoke last comes first."""
    spoke = func.max(contatos.c.last_inbound_at)
    source = usuarios.join(contatos, contatos.c.usuario_id == usuarios.c.id).outerjoin(
        agent_presence, agent_presence.c.usuario_id == usuarios.c.id
    )
    statement = (
        select(usuarios.c.id, agent_presence.c.announced, spoke.label("spoke"))
        .select_from(source)
        .where(usuarios.c.perfil_usuario.in_(perfis), usuarios.c.status_ativo, contatos.c.unreachable_at.is_(None))
        .where(usuarios.c.id.not_in([UUID(one) for one in besides]))
        .group_by(usuarios.c.id, agent_presence.c.announced)
        .order_by(spoke.desc().nulls_last(), usuarios.c.id)
        .limit(limit)
    )
    return [Presente(row.id, row.announced, row.spoke) for row in await connection.execute(statement)]
