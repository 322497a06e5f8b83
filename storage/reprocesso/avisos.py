"""What was told of what failed for good: a mark for each kind, with the moment up to which it is told."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import events
from storage.transaction import Transaction

_CHANNEL = "desistidos"


async def told_until(connection: AsyncConnection) -> dict[str, datetime]:
    """By kind, up to which moment it was told."""
    rows = await connection.execute(select(events.c.event_id, events.c.received_at).where(events.c.channel == _CHANNEL))
    return {row.event_id: row.received_at for row in rows}


async def note_told(tx: Transaction, kind: str, until: datetime, silent_since: datetime) -> bool:
    """This turn tells of it; False when another one has, later than `silent_since`."""
    values = {"channel": _CHANNEL, "event_id": kind, "received_at": until}
    first = tx.insert(events).values(values)
    return await tx.changed(
        first.on_conflict_do_update(
            index_elements=["channel", "event_id"],
            set_={"received_at": until},
            where=events.c.received_at <= silent_since,
        )
    )


async def break_silence(tx: Transaction, kinds: Collection[str], silent_since: datetime) -> None:
    """What fails of these from now on is told at once, whenever they were told of last."""
    told = update(events).where(events.c.channel == _CHANNEL, events.c.event_id.in_(kinds))
    await tx.execute(told.where(events.c.received_at > silent_since).values(received_at=silent_since))
