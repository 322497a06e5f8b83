"""Pages of long lists: the rows and how many there are, by the same conditions and in the same statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Column, ColumnElement, Engine, FromClause, Row, Select, Table, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

# Of a table that only grows, what is older than this is counted once and remembered for a while: in UUID version 7 the
# first 48 bits are milliseconds (RFC 9562, 5.7), and no turn is open for so long.
_AN_HOUR = 3_600_000 << 80
_REMEMBERED_SECONDS = 600.0
FEW = 20_000
"""Rows that are counted anew each time."""


@dataclass(frozen=True, slots=True)
class Pagina:
    """Which part of a list: after that id (`depois`), then so many passed over, then so many shown."""

    limit: int = 50
    skip: int = 0
    depois: UUID | None = None


@dataclass(frozen=True, slots=True)
class Contado:
    """How many rows there are up to an id, and when that was counted."""

    ate: UUID
    quantos: int
    em: float


_counted: "WeakKeyDictionary[Engine, dict[str, Contado]]" = WeakKeyDictionary()


def without_total(row: Row[Any]) -> dict[str, Any]:
    """What a row of a page holds beside how many there are."""
    return {name: value for name, value in row._mapping.items() if name != "total"}


async def page(
    connection: AsyncConnection,
    rows: Select[Any],
    source: FromClause,
    where: Sequence[ColumnElement[bool]],
    key: Column[UUID],
    pagina: Pagina,
    ate: int | None = None,
    *,
    so_cresce: bool = False,
    menos: ColumnElement[bool] | None = None,
    sabido: int | None = None,
) -> tuple[list[Row[Any]], int]:
    """The newest first, by an id that grows with time, and how many the conditions leave; `total` is added to a row.

    `ate`: they are counted so far, and one more says that there are more. `so_cresce`: no row of this table is ever
    removed, so that without conditions only the newest have to be counted; `menos`: the conditions leave all but
    these few. `sabido`: how many they are, where that was counted already.
    """
    total: Any = None if sabido is None else literal(sabido)
    if total is None and so_cresce and isinstance(source, Table) and (not where or menos is not None):
        total = await _grown(connection, source, key, menos)
    if total is None:
        counted = select(key if ate is not None else func.count()).select_from(source).where(*where)
        if ate is not None:
            counted = select(func.count()).select_from(counted.limit(ate + 1).subquery())
        total = counted.scalar_subquery()
    statement = rows.add_columns(total.label("total")).where(*where).order_by(key.desc())
    if pagina.depois is not None:
        statement = statement.where(key < pagina.depois)
    found = list(await connection.execute(statement.offset(pagina.skip).limit(pagina.limit)))
    if found:
        return found, int(found[0].total)
    return [], int(await connection.scalar(select(total)) or 0)


async def _grown(
    connection: AsyncConnection, table: Table, key: Column[UUID], menos: ColumnElement[bool] | None
) -> ColumnElement[int] | None:
    """All rows, or all but `menos`, of a table that only grows; None where there are few."""
    old = await _counted_before(connection, table, key)
    if old is None:
        return None
    total: Any = select(func.count()).select_from(table).where(key > old.ate).scalar_subquery() + old.quantos
    if menos is not None:
        total -= select(func.count()).select_from(table).where(menos).scalar_subquery()
    counted: ColumnElement[int] = total
    return counted


async def _counted_before(connection: AsyncConnection, table: Table, key: Column[UUID]) -> Contado | None:
    """What was counted of this table a short while ago, or is now; None where there are few rows."""
    known = _counted.setdefault(connection.engine.sync_engine, {})
    found = known.get(table.name)
    if found is None or monotonic() - found.em > _REMEMBERED_SECONDS:
        newest: UUID | None = await connection.scalar(select(key).order_by(key.desc()).limit(1))
        ate = UUID(int=max(newest.int - _AN_HOUR, 0)) if newest is not None else UUID(int=0)
        old = await connection.scalar(select(func.count()).select_from(table).where(key <= ate))
        found = known[table.name] = Contado(ate, int(old or 0), monotonic())
    return found if found.quantos >= FEW else None
