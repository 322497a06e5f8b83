"""What those are called that a verdict points at: other clientes, or the processos of twins."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import clientes, processos


async def names_of(connection: AsyncConnection, ids: Collection[UUID]) -> dict[str, str]:
    """By id as text: a cliente as `Padaria · 899123`, a processo as `Padaria · 11/2026`."""
    if not ids:
        return {}
    accounts = select(clientes.c.id, clientes.c.razao_social, clientes.c.filtro).where(clientes.c.id.in_(ids))
    source = processos.join(clientes, clientes.c.id == processos.c.cliente_id)
    twins = select(processos.c.id, clientes.c.razao_social, processos.c.mes_ano).select_from(source)
    found = {}
    for statement in (accounts, twins.where(processos.c.id.in_(ids))):
        for id_, nome, which in await connection.execute(statement):
            found[str(id_)] = f"{nome} · {which}" if which else nome
    return found
