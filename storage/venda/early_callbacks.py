"""Callbacks of jobs we do not know yet, kept while a start is still waiting for its answer."""

from typing import Any

from sqlalchemy import delete, exists, insert, select

from storage.outbox import write_down
from storage.tables import early_callbacks, outbox
from storage.transaction import Transaction


async def keep_early(tx: Transaction, job_id: str, payload: dict[str, Any]) -> bool:
    """Keep a callback of an unknown job, if it may belong to a start that is being made; False when none is."""
    starting = exists().where(outbox.c.target == "rpa", outbox.c.method == "executar_pap", outbox.c.done_at.is_(None))
    row = await tx.one(select(starting.label("starting")))
    if row is None or not row.starting:
        return False
    await tx.execute(insert(early_callbacks).values(job_id=job_id, payload=payload, received_at=tx.now))
    return True


async def take_early(tx: Transaction, job_id: str) -> None:
    """The job is known now: what came before is handled, in order, in turns of its own."""
    rows = await tx.execute(
        select(early_callbacks).where(early_callbacks.c.job_id == job_id).order_by(early_callbacks.c.id)
    )
    for row in rows.all():
        await write_down(tx, f"job:{job_id}", "turn", "evento_do_robo", row.payload)
    await tx.execute(delete(early_callbacks).where(early_callbacks.c.job_id == job_id))
