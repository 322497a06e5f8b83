"""Forgetting what is done and old. Nothing that people look up is touched."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from storage.tables import atendimentos, early_callbacks, events, ocorrencias, outbox
from storage.transaction import Transaction

# A provider may deliver again for days; design: 8 days or more.
EVENT_DAYS = 14
OUTBOX_DAYS = 30
EARLY_DAYS = 1
NOT_UNDERSTOOD_DAYS = 90


async def forget_old(tx: Transaction) -> None:
    """Drop event marks, delivered calls and unclaimed early callbacks past their time."""
    await tx.execute(delete(events).where(events.c.received_at < tx.now - timedelta(days=EVENT_DAYS)))
    await tx.execute(delete(early_callbacks).where(early_callbacks.c.received_at < tx.now - timedelta(days=EARLY_DAYS)))
    heard = ocorrencias.c.quando < tx.now - timedelta(days=NOT_UNDERSTOOD_DAYS)
    await tx.execute(delete(ocorrencias).where(ocorrencias.c.tipo == "nao_entendido", heard))
    # The newest row stays: on SQLite the next id is counted from it.
    newest = select(func.max(outbox.c.id)).scalar_subquery()
    old = outbox.c.done_at < tx.now - timedelta(days=OUTBOX_DAYS)
    # Its `provider_id` is the topic in which a customer is still attended.
    topics = select(atendimentos.c.topico_outbox_id).where(
        atendimentos.c.encerrado_em.is_(None), atendimentos.c.topico_outbox_id.is_not(None)
    )
    await tx.execute(delete(outbox).where(old, outbox.c.id < newest, outbox.c.id.not_in(topics)))
