"""Events whose turn failed: counted, and after the third failure put aside as dead letters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.contatos.conversas import mark_event, unmark_event
from storage.tables import failed_events
from storage.transaction import Transaction

MAX_FAILURES = 3


async def record_failure(
    tx: Transaction, channel: str, event_id: str, error: str, payload: dict[str, Any] | None
) -> bool:
    """Count a failure of this event; True when it was the last, and the event is a dead letter from now on."""
    values = {"error": error[:2000], "last_at": tx.now, "payload": payload}
    # One that was put aside before, and was heard again in vain, is news.
    dead_at = case((failed_events.c.dead_at.is_not(None), tx.now), else_=None)
    statement = (
        tx.insert(failed_events)
        .values(channel=channel, event_id=event_id, attempts=1, **values)
        .on_conflict_do_update(
            index_elements=["channel", "event_id"],
            set_={"attempts": failed_events.c.attempts + 1, "dead_at": dead_at, **values},
        )
        .returning(failed_events.c.attempts)
    )
    row = await tx.one(statement)
    if row is None or row.attempts < MAX_FAILURES:
        return False
    # One that is marked already was handled meanwhile, by another of its deliveries: it is no dead letter.
    if await mark_event(tx, channel, event_id):
        await tx.execute(_this(channel, event_id).values(dead_at=tx.now))
    return True


async def dead_letters(
    connection: AsyncConnection, limit: int | None = 50, event_ids: Sequence[str] | None = None
) -> list[Row[Any]]:
    """Dead letters, newest first; of these events, whatever their channel, or of all."""
    columns = failed_events.c
    statement = select(failed_events).where(columns.dead_at.is_not(None))
    if event_ids is not None:
        statement = statement.where(columns.event_id.in_(event_ids))
    newest_first = columns.dead_at.desc(), columns.channel, columns.event_id
    return list(await connection.execute(statement.order_by(*newest_first).limit(limit)))


async def dead_letter(tx: Transaction, channel: str, event_id: str) -> Row[Any] | None:
    """One dead letter, for this turn alone."""
    columns = failed_events.c
    this = columns.channel == channel, columns.event_id == event_id, columns.dead_at.is_not(None)
    return await tx.one(select(failed_events).where(*this).with_for_update())


async def dead_letter_count(connection: AsyncConnection) -> int:
    statement = select(func.count()).select_from(failed_events).where(failed_events.c.dead_at.is_not(None))
    return int(await connection.scalar(statement) or 0)


async def dead_kinds(connection: AsyncConnection, since: datetime, until: datetime) -> list[Row[Any]]:
    """Put aside after the one and up to the other moment, by channel: `channel`, `quantos`, `erro` (one of theirs)."""
    columns = failed_events.c
    counted = func.count().label("quantos"), func.max(columns.error).label("erro")
    statement = select(columns.channel, *counted).where(columns.dead_at > since, columns.dead_at <= until)
    return list(await connection.execute(statement.group_by(columns.channel)))


async def revive(tx: Transaction, channel: str, event_id: str) -> None:
    """Forget the failures and the mark of an event, so that it can be handled anew."""
    await tx.execute(
        failed_events.delete().where(failed_events.c.channel == channel, failed_events.c.event_id == event_id)
    )
    await unmark_event(tx, channel, event_id)


def _this(channel: str, event_id: str) -> Any:
    return update(failed_events).where(failed_events.c.channel == channel, failed_events.c.event_id == event_id)
