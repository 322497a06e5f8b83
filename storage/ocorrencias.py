"""Ocorrencias: what went wrong in an orderly way, kept so that somebody can look it up."""

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
