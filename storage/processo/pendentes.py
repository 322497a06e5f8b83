"""What waits for approvers, in the order of what it would cost to be late: sorted and paged where it lies."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Date, case, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.processos import PROCESSO_ROW, Processo
from storage.processo.status import StatusProcesso
from storage.tables import processos

# Further away than this all are equally far.
HORIZONTE = 60
# Without a value or a due date nobody can say: last.
NINGUEM_SABE = -1


@dataclass(frozen=True, slots=True)
class Lugar:
    """A place in the list: behind the one with this cost and id."""

    custo: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Pendente:
    """One that waits. `custo`: its value in cents times the days that are missing to the horizon, one at least."""

    processo: Processo
    custo: int

    @property
    def lugar(self) -> Lugar:
        return Lugar(self.custo, self.processo.id)


_WAITS = processos.c.status_processo == StatusProcesso.AGUARDANDO_APROVACAO, processos.c.status_ativo


async def rejeitados(connection: AsyncConnection, limit: int) -> tuple[list[Processo], int]:
    """Those that somebody rejected and that wait for another file, the newest first; how many they are."""
    where = (
        processos.c.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD,
        processos.c.motivo_rejeicao.is_not(None),
        processos.c.status_ativo,
    )
    rows = await connection.execute(PROCESSO_ROW.where(*where).order_by(processos.c.id.desc()).limit(limit))
    total = await connection.scalar(select(func.count()).select_from(processos).where(*where))
    return [Processo(**row._mapping) for row in rows], int(total or 0)


async def pendentes(
    connection: AsyncConnection, today: date, limit: int, depois: Lugar | None = None
) -> tuple[list[Pendente], int]:
    """The costliest to be late with first: little time and much money, overdue ones more with every day; how many."""
    custo = _custo(connection.dialect.name, today)
    total = select(func.count()).select_from(processos).where(*_WAITS).scalar_subquery()
    # Sorted alone, and only those that are shown are joined with whose they are.
    shown = select(processos.c.id, custo.label("custo")).where(*_WAITS)
    if depois is not None:
        shown = shown.where(or_(custo < depois.custo, (custo == depois.custo) & (processos.c.id > depois.id)))
    place = shown.order_by(custo.desc(), processos.c.id).limit(limit).subquery()
    statement = PROCESSO_ROW.add_columns(place.c.custo, total.label("total")).join(place, place.c.id == processos.c.id)
    rows = (await connection.execute(statement.order_by(place.c.custo.desc(), processos.c.id))).all()
    if not rows:
        return [], int(await connection.scalar(select(total)) or 0)
    return [_pendente(row._mapping) for row in rows], int(rows[0].total)


def _custo(dialect: str, today: date) -> ColumnElement[int]:
    day = processos.c.data_vencimento
    away: Any = day - literal(today, Date)
    if dialect == "sqlite":
        away = cast(func.julianday(day) - func.julianday(literal(today.isoformat())), BigInteger)
    near = HORIZONTE - away
    known = day.is_not(None) & processos.c.valor_centavos.is_not(None)
    weight = case((near > 1, near), else_=1)
    return case((known, cast(processos.c.valor_centavos * weight, BigInteger)), else_=NINGUEM_SABE)


def _pendente(row: Any) -> Pendente:
    return Pendente(Processo(**{name: row[name] for name in Processo.__dataclass_fields__}), int(row["custo"]))
