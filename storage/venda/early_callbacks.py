"""Callbacks of jobs we do not know yet, kept while a start is still waiting for its answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, delete, exists, insert, or_, select

from storage.tables import early_callbacks, outbox
from storage.transaction import Transaction


async def keep_early(
    tx: Transaction, job_id: str, payload: dict[str, Any], *, starts: Sequence[tuple[str, str]]
) -> bool:
    """Keep a callback of an unknown job while a start is being made; False when none is.

    `starts`: target and method of the outbox's calls that start robots.
    """
    one_of_them = or_(*(and_(outbox.c.target == target, outbox.c.method == method) for target, method in starts))
    starting = exists().where(one_of_them, outbox.c.done_at.is_(None))
    row = await tx.one(select(starting.label("starting")))
    if row is None or not row.starting:
        return False
    await tx.execute(insert(early_callbacks).values(job_id=job_id, payload=payload, received_at=tx.now))
    return True


async def take_early(tx: Transaction, job_id: str) -> list[dict[str, Any]]:
    """What was kept for this job, oldest first. It is not kept any longer."""
    kept = select(early_callbacks.c.payload).where(early_callbacks.c.job_id == job_id).order_by(early_callbacks.c.id)
    payloads = list((await tx.execute(kept)).scalars())
    await tx.execute(delete(early_callbacks).where(early_callbacks.c.job_id == job_id))
    return payloads
