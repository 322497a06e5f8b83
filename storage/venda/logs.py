"""Log lines of sales' robots."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.logs import Linha
from storage.tables import logs_venda, vendas
from storage.transaction import Transaction


async def add_log(tx: Transaction, venda_id: UUID, line: dict[str, Any]) -> None:
    """Keep a line (`seq`, `timestamp`, `level`, `message`); one that is kept already, by its `seq`, is passed over."""
    # One after the other: readers go by the order in which lines were numbered.
    await tx.execute(select(vendas.c.id).where(vendas.c.id == venda_id).with_for_update())
    await tx.execute(tx.insert(logs_venda).values(venda_id=venda_id, **line).on_conflict_do_nothing())


async def linhas_of_venda(connection: AsyncConnection, venda_id: UUID, limit: int) -> list[Linha]:
    """The last lines, in their order."""
    columns = [logs_venda.c[name] for name in Linha.__dataclass_fields__]
    statement = select(*columns).where(logs_venda.c.venda_id == venda_id).order_by(logs_venda.c.id.desc()).limit(limit)
    rows = (await connection.execute(statement)).all()
    return [Linha(**row._mapping) for row in reversed(rows)]
