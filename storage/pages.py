"""Pages of long lists: the rows and how many there are, by the same conditions and in the same statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, FromClause, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class Pagina:
    """Which part of a list: after that id (`depois`), then so many passed over, then so many shown."""

    limit: int = 50
    skip: int = 0
    depois: UUID | None = None


async def page(
    connection: AsyncConnection,
    rows: Select[Any],
    source: FromClause,
    where: Sequence[ColumnElement[bool]],
    key: Column[UUID],
    pagina: Pagina,
    ate: int | None = None,
) -> tuple[list[Row[Any]], int]:
    """The newest first, by an id that grows with time, and how many the conditions leave; `total` is added to a row.

    `ate`: they are counted so far, and one more says that there are more.
    """
    total = select(func.count()).select_from(source).where(*where).scalar_subquery()
    if ate is not None:
        some = select(key).select_from(source).where(*where).limit(ate + 1).subquery()
        total = select(func.count()).select_from(some).scalar_subquery()
    statement = rows.add_columns(total.label("total")).where(*where).order_by(key.desc())
    if pagina.depois is not None:
        statement = statement.where(key < pagina.depois)
    found = list(await connection.execute(statement.offset(pagina.skip).limit(pagina.limit)))
    if found:
        return found, int(found[0].total)
    return [], int(await connection.scalar(select(total)) or 0)
