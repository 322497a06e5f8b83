"""Processos that a file could belong to."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.status import StatusProcesso
from storage.tables import clientes, processos

_MOST = 100
# A file may still come, or come in the place of another one.
_OPEN = (StatusProcesso.AGUARDANDO_DOWNLOAD, StatusProcesso.AGUARDANDO_APROVACAO)


@dataclass(frozen=True, slots=True)
class Alvo:
    """A processo, as far as a file can be meant for it."""

    id: UUID
    cliente_id: UUID
    mes_ano: str
    status_processo: str


_ROW = select(*(processos.c[name] for name in Alvo.__dataclass_fields__))


async def alvos_of(
    connection: AsyncConnection, cliente_ids: Collection[UUID], ids: Collection[UUID], competencias: Collection[int]
) -> list[Alvo]:
    """Those with these ids, and of these clientes those that are open or of one of these months; the newest first."""
    of_clientes = processos.c.cliente_id.in_(cliente_ids) & or_(
        processos.c.status_processo.in_(_OPEN), processos.c.competencia.in_(competencias)
    )
    where = processos.c.status_ativo, or_(processos.c.id.in_(ids), of_clientes)
    statement = _ROW.where(*where).order_by(processos.c.competencia.desc(), processos.c.id).limit(_MOST)
    return [Alvo(**row._mapping) for row in await connection.execute(statement)]


async def names_waiting(connection: AsyncConnection, limit: int = 2000) -> dict[UUID, str]:
    """Whose bills are waited for, by cliente: the newest months first."""
    source = processos.join(clientes, clientes.c.id == processos.c.cliente_id)
    where = processos.c.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD, processos.c.status_ativo
    statement = select(clientes.c.id, clientes.c.razao_social).select_from(source).where(*where)
    rows = await connection.execute(statement.order_by(processos.c.competencia.desc()).limit(limit))
    return {row.id: row.razao_social for row in rows}
