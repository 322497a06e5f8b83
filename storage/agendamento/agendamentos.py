"""Rows of schedules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import agendamentos, execucoes_agendamento
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Agendamento:
    """A schedule. `em_vigor_desde`: what it was due at before is not made up."""

    id: UUID
    nome_agendamento: str
    descricao: str | None
    cron_expressao: str
    tipo_agendamento: str
    parametros_execucao: dict[str, Any]
    status_ativo: bool
    em_vigor_desde: datetime
    falha_avisada: bool
    criado_em: datetime
    atualizado_em: datetime


_COLUMNS = [agendamentos.c[name] for name in Agendamento.__dataclass_fields__]


def _read(row: Row[Any]) -> Agendamento:
    return Agendamento(**row._mapping)


async def add_agendamento(tx: Transaction, values: dict[str, Any]) -> bool:
    """Whether the name was free."""
    times = {"em_vigor_desde": tx.now, "criado_em": tx.now, "atualizado_em": tx.now}
    statement = tx.insert(agendamentos).values(**times, **values)
    return await tx.changed(statement.on_conflict_do_nothing(index_elements=["nome_agendamento"]))


async def change_agendamento(tx: Transaction, agendamento_id: UUID, values: dict[str, Any]) -> None:
    """Change one that is locked in this turn."""
    statement = update(agendamentos).where(agendamentos.c.id == agendamento_id)
    await tx.execute(statement.values(atualizado_em=tx.now, **values))


async def name_is_taken(tx: Transaction, nome: str, by_other_than: UUID) -> bool:
    """Whether another schedule has this name."""
    found = select(agendamentos.c.id).where(agendamentos.c.nome_agendamento == nome, agendamentos.c.id != by_other_than)
    return await tx.one(found) is not None


async def remove_agendamento(tx: Transaction, agendamento_id: UUID) -> bool:
    """It and its runs; whether it was there."""
    await tx.execute(delete(execucoes_agendamento).where(execucoes_agendamento.c.agendamento_id == agendamento_id))
    return await tx.changed(delete(agendamentos).where(agendamentos.c.id == agendamento_id))


async def agendamento_by_id(connection: AsyncConnection, agendamento_id: UUID) -> Agendamento | None:
    row = (await connection.execute(select(*_COLUMNS).where(agendamentos.c.id == agendamento_id))).first()
    return None if row is None else _read(row)


async def list_agendamentos(
    connection: AsyncConnection, filters: dict[str, Any], skip: int = 0, limit: int = 500
) -> tuple[list[Agendamento], int]:
    """Those with these values, by name, and how many they are."""
    where = [agendamentos.c[name] == value for name, value in filters.items()]
    total = (await connection.execute(select(func.count()).select_from(agendamentos).where(*where))).scalar_one()
    page = select(*_COLUMNS).where(*where).order_by(agendamentos.c.nome_agendamento).offset(skip).limit(limit)
    return [_read(row) for row in await connection.execute(page)], int(total)


async def active_agendamentos(connection: AsyncConnection) -> Sequence[Agendamento]:
    """Those that are due at times."""
    statement = select(*_COLUMNS).where(agendamentos.c.status_ativo).order_by(agendamentos.c.nome_agendamento)
    return [_read(row) for row in await connection.execute(statement)]


async def lock_agendamento(tx: Transaction, agendamento_id: UUID) -> Agendamento | None:
    """Its row, nobody else's until this turn ends."""
    statement = select(*_COLUMNS).where(agendamentos.c.id == agendamento_id).with_for_update(key_share=True)
    row = await tx.one(statement)
    return None if row is None else _read(row)
