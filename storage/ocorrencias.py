"""Ocorrencias: what went wrong in an orderly way, kept so that somebody can look it up."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import ocorrencias
from storage.transaction import Transaction


async def record(tx: Transaction, tipo: str, referencia: str | None = None, **detalhe: Any) -> None:
    """Keep one ocorrencia. `tipo` is a snake_case word; `detalhe` holds no secret."""
    await tx.execute(
        insert(ocorrencias).values(quando=tx.now, tipo=tipo, referencia=referencia, detalhe=detalhe or None)
    )


async def counted(connection: AsyncConnection, tipo: str, limit: int) -> list[tuple[str, int]]:
    """The references of this tipo and how often each was recorded, the most frequent first."""
    times = func.count().label("times")
    statement = (
        select(ocorrencias.c.referencia, times)
        .where(ocorrencias.c.tipo == tipo)
        .group_by(ocorrencias.c.referencia)
        .order_by(times.desc(), ocorrencias.c.referencia)
        .limit(limit)
    )
    return [(row.referencia or "", row.times) for row in await connection.execute(statement)]


async def newest_of(tx: Transaction, tipos: Sequence[str], referencia: str) -> tuple[int, str] | None:
    """The newest of these kinds about this: (its number, its tipo)."""
    columns = ocorrencias.c
    found = select(columns.id, columns.tipo).where(columns.tipo.in_(tipos), columns.referencia == referencia)
    row = await tx.one(found.order_by(columns.id.desc()).limit(1))
    return None if row is None else (row.id, row.tipo)
