"""The queue for a BackOffice login: the vendas that wait for one, in the order in which they came."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select

from storage.tables import pap_bo_fila, vendas
from storage.transaction import Transaction
from storage.venda.pool import WAITING, has_queue, read_anew


async def enqueue(tx: Transaction, venda_id: UUID) -> None:
    """Put a venda at the end of the queue, unless it is in it."""
    read_anew(tx)
    await tx.execute(tx.insert(pap_bo_fila).values(venda_id=venda_id, entrou_em=tx.now).on_conflict_do_nothing())


async def dequeue(tx: Transaction, venda_ids: Sequence[UUID]) -> int:
    """Take vendas out of the queue: how many of them were in it."""
    if not await has_queue(tx):
        return 0
    read_anew(tx)
    return (await tx.execute(delete(pap_bo_fila).where(pap_bo_fila.c.venda_id.in_(venda_ids)))).rowcount


async def is_queued(tx: Transaction, venda_id: UUID) -> bool:
    """Whether this venda waits."""
    row = await tx.one(select(pap_bo_fila.c.id).select_from(WAITING).where(vendas.c.id == venda_id))
    return row is not None


async def count_ahead(tx: Transaction, venda_id: UUID) -> int:
    """How many wait before this venda; all of them when it is not in the queue."""
    if not await has_queue(tx):
        return 0
    own = select(pap_bo_fila.c.id).where(pap_bo_fila.c.venda_id == venda_id).scalar_subquery()
    before = (own.is_(None)) | (pap_bo_fila.c.id < own)
    row = await tx.one(select(func.count()).select_from(WAITING).where(before))
    return int(row[0]) if row else 0


async def first_queued(tx: Transaction, limit: int) -> list[UUID]:
    """The vendas that have waited longest, so many at most."""
    if not limit or not await has_queue(tx):
        return []
    first = select(vendas.c.id).select_from(WAITING).order_by(pap_bo_fila.c.id).limit(limit)
    return list((await tx.execute(first)).scalars())
