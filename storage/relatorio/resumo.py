"""Sums of invoices, by operadora and by month: what the panel draws.

A month in which nothing has changed is not added up anew: its newest change says so. One of a large operation in
which something has just changed may be a minute old; `Somado.em` says since when.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.status import StatusProcesso
from storage.tables import clientes, operadoras, processos


@dataclass(frozen=True, slots=True)
class Parte:
    """So many invoices of an operadora (its nome) in that status, and what they come to, in cents."""

    operadora: str
    status: StatusProcesso
    quantas: int
    valor: int


@dataclass(frozen=True, slots=True)
class SomaDeUmMes:
    """All invoices of a month (AAAAMM), those in SAT, and what they come to, in cents."""

    competencia: int
    quantas: int
    no_sat: int
    valor: int


_NOTHING = SomaDeUmMes(0, 0, 0, 0)
_VALOR = func.coalesce(func.sum(processos.c.valor_centavos), 0).label("valor")


T = TypeVar("T")

# What one turn wrote may be seen up to so long after the moment that stands in its rows.
_SETTLED = timedelta(hours=1)
_A_MINUTE, _A_WHILE = timedelta(minutes=1), timedelta(minutes=10)
_MOST_KEPT = 500
MANY = 20_000
"""Invoices of a month from which its sums may be a minute old."""


@dataclass(frozen=True, slots=True)
class Somado(Generic[T]):
    """A sum of a month: of how many invoices, when it was made, and their newest change at that moment."""

    soma: T
    quantas: int
    em: datetime
    mudou_em: datetime | None

    def holds(self, mudou_em: datetime | None, now: datetime, life: timedelta) -> bool:
        """Whether adding up again would say the same, or nearly so. `life`: of a month in which nothing changes."""
        age = now - self.em
        same = self.mudou_em == mudou_em and (mudou_em is None or self.em - mudou_em > _SETTLED)
        return timedelta() <= age < (life if same else _A_MINUTE if self.quantas >= MANY else timedelta())


_kept: "WeakKeyDictionary[Engine, dict[tuple[str, int], Somado[object]]]" = WeakKeyDictionary()


async def por_operadora(connection: AsyncConnection, competencia: int, now: datetime) -> Somado[list[Parte]]:
    """The active processos of a month, by codigo and status."""

    async def add_up(months: Collection[int]) -> dict[int, list[Parte]]:
        return {competencia: await _partes(connection, competencia)}

    def count(partes: list[Parte]) -> int:
        return sum(parte.quantas for parte in partes)

    # Whose a cliente is may change, and no month of it does.
    return (await _sums(connection, "operadora", [competencia], now, _A_WHILE, add_up, count))[competencia]


async def por_mes(connection: AsyncConnection, meses: Collection[int], now: datetime) -> list[SomaDeUmMes]:
    """Those of these months (AAAAMM) that have invoices, the oldest first."""

    async def add_up(months: Collection[int]) -> Mapping[int, SomaDeUmMes]:
        return dict.fromkeys(months, _NOTHING) | {one.competencia: one for one in await _meses(connection, months)}

    found = await _sums(connection, "mes", meses, now, timedelta.max, add_up, lambda one: one.quantas)
    return [found[month].soma for month in sorted(found) if found[month].quantas]


async def _sums(
    connection: AsyncConnection,
    kind: str,
    months: Collection[int],
    now: datetime,
    life: timedelta,
    add_up: Callable[[Collection[int]], Awaitable[Mapping[int, T]]],
    count: Callable[[T], int],
) -> dict[int, Somado[T]]:
    """Those that are kept and hold still, and the others added up anew."""
    kept: dict[tuple[str, int], Any] = _kept.setdefault(connection.engine.sync_engine, {})
    if len(kept) > _MOST_KEPT:
        kept.clear()
    changed = await _changes(connection, months)
    anew = [one for one in months if (kind, one) not in kept or not kept[kind, one].holds(changed[one], now, life)]
    if anew:
        for month, soma in (await add_up(anew)).items():
            kept[kind, month] = Somado(soma, count(soma), now, changed[month])
    return {month: kept[kind, month] for month in months}


async def _changes(connection: AsyncConnection, months: Collection[int]) -> dict[int, datetime | None]:
    """When something of each month changed last: one look into an index each."""
    columns = processos.c.competencia, processos.c.atualizado_em
    newest = [
        select(func.max(columns[1])).where(columns[0] == month).scalar_subquery().label(f"m{month}") for month in months
    ]
    row = (await connection.execute(select(*newest))).one()
    return {month: row._mapping[f"m{month}"] for month in months}


async def _partes(connection: AsyncConnection, competencia: int) -> list[Parte]:
    source = processos.join(clientes, clientes.c.id == processos.c.cliente_id).join(
        operadoras, operadoras.c.id == clientes.c.operadora_id
    )
    groups = operadoras.c.nome, processos.c.status_processo
    statement = select(*groups, func.count().label("n"), _VALOR).select_from(source)
    where = processos.c.competencia == competencia, processos.c.status_ativo
    rows = await connection.execute(statement.where(*where).group_by(*groups).order_by(*groups))
    return [Parte(row.nome, StatusProcesso(row.status_processo), int(row.n), int(row.valor)) for row in rows]


async def _meses(connection: AsyncConnection, months: Collection[int]) -> list[SomaDeUmMes]:
    sent = func.sum(case((processos.c.status_processo == StatusProcesso.UPLOAD_REALIZADO, 1), else_=0))
    month = processos.c.competencia
    statement = select(month, func.count().label("n"), sent.label("no_sat"), _VALOR)
    rows = await connection.execute(statement.where(month.in_(months), processos.c.status_ativo).group_by(month))
    return [SomaDeUmMes(row.competencia, int(row.n), int(row.no_sat), int(row.valor)) for row in rows]
