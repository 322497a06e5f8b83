"""Two Contatos that were one person all along become one row."""

from functools import cache
from typing import Any

from sqlalchemy import Column, delete, select, update

from storage.tables import contatos, metadata, outbox
from storage.transaction import Transaction


async def ids_of_person(tx: Transaction, channel: str, ids: list[str]) -> list[int]:
    """Every Contato that this channel calls by one of these ids, as address or business-scoped; oldest first."""
    known = contatos.c.external_id.in_(ids) | contatos.c.scoped_id.in_(ids)
    rows = await tx.execute(select(contatos.c.id).where(contatos.c.channel == channel, known).order_by(contatos.c.id))
    return list(rows.scalars())


async def take_over(tx: Transaction, kept: int, other: int) -> None:
    """Everything that was `other`'s is `kept`'s, and there is no `other` any more. Both are locked in this turn."""
    for column in _references():
        await tx.execute(update(column.table).where(column == other).values({column: kept}))
    await tx.execute(update(outbox).where(outbox.c.contato_id == other).values(contato_id=kept))
    row = await tx.one(select(contatos.c.pipedrive_person_id).where(contatos.c.id == other))
    if row is not None and row.pipedrive_person_id is not None:
        own = update(contatos).where(contatos.c.id == kept, contatos.c.pipedrive_person_id.is_(None))
        await tx.execute(own.values(pipedrive_person_id=row.pipedrive_person_id))
    await tx.execute(delete(contatos).where(contatos.c.id == other))


@cache
def _references() -> tuple[Column[Any], ...]:
    """The columns of every table that name a Contato."""
    return tuple(
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column is contatos.c.id for key in column.foreign_keys)
    )
