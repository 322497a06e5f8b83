"""Ocorrencias: what went wrong in an orderly way, kept so that somebody can look it up."""

from typing import Any

from sqlalchemy import insert

from storage.tables import ocorrencias
from storage.transaction import Transaction


async def record(tx: Transaction, tipo: str, referencia: str | None = None, **detalhe: Any) -> None:
    """Keep one ocorrencia. `tipo` is a snake_case word; `detalhe` holds no secret."""
    await tx.execute(
        insert(ocorrencias).values(quando=tx.now, tipo=tipo, referencia=referencia, detalhe=detalhe or None)
    )
