"""The steps of sales: written as they happen, never changed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import passos_venda, usuarios
from storage.transaction import Transaction


class PassoVenda(StrEnum):
    """What happened."""

    FILA = "FILA"
    INICIO = "INICIO"
    ADIADA = "ADIADA"
    ETAPA = "ETAPA"
    PERGUNTA = "PERGUNTA"
    RESPOSTA = "RESPOSTA"
    CANCELAMENTO = "CANCELAMENTO"
    FIM = "FIM"
    CORRECAO = "CORRECAO"


@dataclass(frozen=True, slots=True)
class Passo:
    """One step. `usuario`: the name of whose doing it was."""

    passo: str
    quando: datetime
    usuario: str | None
    canal: str | None
    detalhe: dict[str, Any]


async def add_passo(tx: Transaction, venda_id: UUID, **values: Any) -> None:
    """Write down one step: `passo`, `usuario_id`, `canal`, `detalhe`."""
    await tx.execute(insert(passos_venda).values(venda_id=venda_id, quando=tx.now, **values))


async def passos_of(connection: AsyncConnection, venda_id: UUID, limit: int = 300) -> list[Passo]:
    """The last steps of a sale, oldest first."""
    c = passos_venda.c
    statement = (
        select(c.passo, c.quando, usuarios.c.nome_completo, c.canal, c.detalhe)
        .select_from(passos_venda.outerjoin(usuarios, usuarios.c.id == c.usuario_id))
        .where(c.venda_id == venda_id)
        .order_by(c.id.desc())
        .limit(limit)
    )
    rows = (await connection.execute(statement)).all()
    return [Passo(row[0], row[1], row[2], row[3], row[4] or {}) for row in reversed(rows)]
