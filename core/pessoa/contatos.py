"""What a channel tells us of a conversation beside its messages."""

from core.outcome import Outcome
from storage.contatos.contatos import contato_by_external, update_contato
from storage.contatos.conversas import mark_event
from storage.outbox.claims import drop_waiting
from storage.outbox.sent import readdress
from storage.transaction import Transaction


async def follow_group(tx: Transaction, channel: str, event_id: str, old: str, new: str) -> Outcome:
    """A group became a supergroup: what we know of it, and what waits for it, goes with it."""
    if not await mark_event(tx, channel, event_id):
        return Outcome.REPEATED
    contato_id = await contato_by_external(tx, channel, old)
    if contato_id is not None and await contato_by_external(tx, channel, new) is None:
        await update_contato(tx, contato_id, external_id=new)
        await readdress(tx, contato_id, new)
    return Outcome.DONE


async def note_membership(
    tx: Transaction, channel: str, event_id: str, external_id: str, *, reachable: bool
) -> Outcome:
    """Somebody blocked us: nothing more is sent. They took us back: it is again."""
    if not await mark_event(tx, channel, event_id):
        return Outcome.REPEATED
    contato_id = await contato_by_external(tx, channel, external_id)
    if contato_id is not None:
        await update_contato(tx, contato_id, unreachable_at=None if reachable else tx.now)
        if not reachable:
            await drop_waiting(tx, contato_id, channel, "unreachable")
    return Outcome.DONE
