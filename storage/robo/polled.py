"""Which jobs of robots are asked how they are: those of sales and those of invoices, by the same rule."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, ColumnElement, and_, func, or_, select, update

from storage.transaction import Transaction
from storage.types import long_ago

# One that gives signs of life all the time is asked, too, now and then: what it asked may have been lost.
_ASKED_ALL_THE_SAME = timedelta(minutes=1)
_AT_ONCE = 100


async def take_to_poll(
    tx: Transaction,
    is_open: ColumnElement[bool],
    heard: Column[datetime],
    began: Column[datetime],
    silent_for: timedelta,
) -> list[tuple[UUID, str]]:
    """Open ones with a job that has said nothing, and was not asked, for that long; they count as asked now.

    `heard`: when it last gave a sign of life. `began`: since when there is one. Two clocks at once ask different ones.
    """
    table = heard.table
    before, at_least = tx.now - silent_for, tx.now - max(silent_for, _ASKED_ALL_THE_SAME)
    asked = table.c.polled_at
    silent = and_(long_ago(heard, before, tx.now), or_(asked.is_(None), long_ago(asked, before, tx.now)))
    all_the_same = long_ago(func.coalesce(asked, began), at_least, tx.now)
    due = (
        select(table.c.id)
        .where(is_open, table.c.job_id.is_not(None), or_(silent, all_the_same))
        .order_by(heard)
        .limit(_AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True)
    )
    statement = (
        update(table)
        .where(table.c.id.in_(due.scalar_subquery()))
        .values(polled_at=tx.now)
        .returning(table.c.id, table.c.job_id)
    )
    return [(row.id, row.job_id) for row in await tx.execute(statement)]
