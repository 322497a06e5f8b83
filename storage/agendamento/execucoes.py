"""Runs of schedules: one row for each instant, whoever notices it first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.agendamento.tipos import StatusExecucao
from storage.tables import execucoes_agendamento
from storage.transaction import Transaction

_T = execucoes_agendamento


@dataclass(frozen=True, slots=True)
class ExecucaoAgendamento:
    """A run. `pedida_por`: who asked for it now; None when it was due."""

    id: UUID
    agendamento_id: UUID
    devido_em: datetime
    status: str
    pedida_por: UUID | None
    puladas: int
    criada_em: datetime
    iniciada_em: datetime | None
    terminada_em: datetime | None
    resultado: dict[str, Any] | None
    erro: str | None


_COLUMNS = [_T.c[name] for name in ExecucaoAgendamento.__dataclass_fields__]


def _read(row: Row[Any]) -> ExecucaoAgendamento:
    return ExecucaoAgendamento(**row._mapping)


async def add_execucao_agendamento(tx: Transaction, values: dict[str, Any]) -> bool:
    """Whether this instant of this schedule had no row yet."""
    statement = tx.insert(_T).values(criada_em=tx.now, **values)
    return await tx.changed(statement.on_conflict_do_nothing(index_elements=["agendamento_id", "devido_em"]))


async def begin_execucao(tx: Transaction, execucao_id: UUID) -> datetime | None:
    """When it was due, where it was still to be done, or had been begun by somebody who did not end it; else None."""
    open_ones = (StatusExecucao.PENDENTE, StatusExecucao.EXECUTANDO)
    statement = update(_T).where(_T.c.id == execucao_id, _T.c.status.in_(open_ones))
    begun = statement.values(status=StatusExecucao.EXECUTANDO, iniciada_em=tx.now).returning(_T.c.devido_em)
    row = await tx.one(begun)
    return None if row is None else row.devido_em


async def end_execucao(tx: Transaction, execucao_id: UUID, status: str, **values: Any) -> bool:
    """Whether it had not ended before."""
    statement = update(_T).where(_T.c.id == execucao_id, _T.c.terminada_em.is_(None))
    return await tx.changed(statement.values(status=status, terminada_em=tx.now, **values))


async def execucao_agendamento_by_id(connection: AsyncConnection, execucao_id: UUID) -> ExecucaoAgendamento | None:
    row = (await connection.execute(select(*_COLUMNS).where(_T.c.id == execucao_id))).first()
    return None if row is None else _read(row)


def _came(now: datetime) -> ColumnElement[bool]:
    """Not asked for by anybody, and not of a time to come: a clock that was ahead once keeps nothing from running."""
    return and_(_T.c.pedida_por.is_(None), _T.c.devido_em <= now)


async def last_due(connection: AsyncConnection, agendamento_id: UUID, now: datetime) -> datetime | None:
    """The newest instant until now that has a row; what somebody asked for is none."""
    newest = select(func.max(_T.c.devido_em)).where(_T.c.agendamento_id == agendamento_id, _came(now))
    found: datetime | None = (await connection.execute(newest)).scalar()
    return found


async def last_dues(connection: AsyncConnection, now: datetime) -> dict[UUID, datetime]:
    """The same, of every schedule that has any."""
    newest = select(_T.c.agendamento_id, func.max(_T.c.devido_em)).where(_came(now))
    return {row[0]: row[1] for row in await connection.execute(newest.group_by(_T.c.agendamento_id))}


async def newest_execucoes(connection: AsyncConnection, agendamento_id: UUID, limit: int = 1) -> list[Any]:
    """The last runs, newest first."""
    statement = select(*_COLUMNS).where(_T.c.agendamento_id == agendamento_id)
    return [_read(row) for row in await connection.execute(statement.order_by(_T.c.devido_em.desc()).limit(limit))]


async def asked_since(connection: AsyncConnection, agendamento_id: UUID, since: datetime) -> ExecucaoAgendamento | None:
    """The newest run that a person asked for from that moment on."""
    asked = select(*_COLUMNS).where(
        _T.c.agendamento_id == agendamento_id, _T.c.pedida_por.is_not(None), _T.c.criada_em >= since
    )
    row = (await connection.execute(asked.order_by(_T.c.criada_em.desc()).limit(1))).first()
    return None if row is None else _read(row)


async def last_ended(connection: AsyncConnection) -> dict[UUID, datetime]:
    """When each schedule last ended a run well."""
    done = select(_T.c.agendamento_id, func.max(_T.c.terminada_em)).where(_T.c.status == StatusExecucao.CONCLUIDA)
    return {row[0]: row[1] for row in await connection.execute(done.group_by(_T.c.agendamento_id))}


async def standing_still(connection: AsyncConnection, before: datetime) -> list[ExecucaoAgendamento]:
    """Runs that were to begin before this and have not ended, oldest first."""
    statement = select(*_COLUMNS).where(_T.c.terminada_em.is_(None), _T.c.criada_em < before)
    return [_read(row) for row in await connection.execute(statement.order_by(_T.c.criada_em))]


async def mark_alarmed(tx: Transaction, execucao_id: UUID) -> bool:
    """Whether nobody has said of it yet that it stands still."""
    statement = update(_T).where(_T.c.id == execucao_id, _T.c.avisada_em.is_(None), _T.c.terminada_em.is_(None))
    return await tx.changed(statement.values(avisada_em=tx.now))
