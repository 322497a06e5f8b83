"""What a channel reports of messages that were sent before."""

from collections.abc import Sequence
from datetime import timedelta

from core.commands.base import write_command
from core.commands.conversa import FollowFailedDelivery, TellRefusal
from core.contas import note_failed_deliveries
from core.delivery_errors import ACCOUNT_CODES, MEDIA_CODE, PAIR_LIMIT, PASSING_CODES, TOO_FAST_CODES
from core.telefones import same_person_forms
from storage.contatos.contatos import contato_by_ids
from storage.conversa.message_statuses import MessageStatus, has_arrived, note_statuses
from storage.outbox.claims import mark_done
from storage.outbox.sent import params_of_sent, send_again, sent_call
from storage.transaction import Transaction

# An account that was refused is seldom mended sooner.
SENT_AGAIN_AFTER = timedelta(minutes=2)
# What passes is tried three times more, after 15 seconds, a minute and four; of what was said an hour ago, nothing is.
_PASSES = PASSING_CODES | TOO_FAST_CODES | {PAIR_LIMIT}
_SENT = "sent"
_TRIES, _FIRST_WAIT, _WORTH_IT = 3, timedelta(seconds=15), timedelta(hours=1)


async def note_deliveries(tx: Transaction, channel: str, statuses: Sequence[MessageStatus]) -> None:
    """Keep the statuses, and follow up on those that failed.

    The follow-up waits in the conversation's lane: a report can be faster than the answer that names the message. Where
    that answer was lost the report says instead that its call was made: it is not made again.
    """
    news = await note_statuses(tx, statuses)
    made = [(one.call_id, one.provider_id, None) for one in news if one.call_id is not None and one.status == _SENT]
    if made:
        await mark_done(tx, made)
    for one in news:
        if one.status != "failed":
            continue
        ids = [form for id_ in one.recipient_ids for form in same_person_forms(id_)]
        contato_id = await contato_by_ids(tx, channel, ids)
        failed = FollowFailedDelivery(one.provider_id, str(one.code or "failed"))
        await write_command(tx, failed, lane=f"contato:{contato_id}" if contato_id is not None else None)


async def follow_failed_delivery(tx: Transaction, provider_id: str, codigo: str) -> None:
    """The author of a message that one person wrote to another is told that it did not arrive.

    Where our account is at fault it is sent again, until it arrives, and the administrators are told; where the channel
    had a trouble that passes, a few times; a file that it did not take, once, as a document. What was reported as
    delivered meanwhile has arrived.
    """
    if await has_arrived(tx.connection, provider_id):
        return
    code = int(codigo) if codigo.isdecimal() else None
    if code in ACCOUNT_CODES:
        target = await send_again(tx, provider_id, tx.now + SENT_AGAIN_AFTER, codigo)
        if target is not None:
            await note_failed_deliveries(tx, target, codigo)
        return
    if code in _PASSES and await _try_again(tx, provider_id, codigo):
        return
    if code == MEDIA_CODE and await _try_as_document(tx, provider_id, codigo):
        return
    params = await params_of_sent(tx.connection, provider_id)
    mensagem_id = ((params or {}).get("about") or {}).get("mensagem_id")
    if mensagem_id is not None:
        await write_command(tx, TellRefusal(mensagem_id, codigo))


async def _try_again(tx: Transaction, provider_id: str, codigo: str) -> bool:
    """Send it once more, unless it was often enough, or nobody waits for it any more."""
    sent = await sent_call(tx.connection, provider_id)
    if sent is None or sent.attempts >= _TRIES or sent.created_at < tx.now - _WORTH_IT:
        return False
    due_at = tx.now + _FIRST_WAIT * 4**sent.attempts
    return await send_again(tx, provider_id, due_at, codigo, counts=True) is not None


async def _try_as_document(tx: Transaction, provider_id: str, codigo: str) -> bool:
    """Send its file once more, as what can be anything; not a second time, and nothing of an hour ago."""
    sent = await sent_call(tx.connection, provider_id)
    # Tries that failed before it went out say nothing of the file.
    if sent is None or (sent.method == "sendDocument" and sent.attempts) or sent.created_at < tx.now - _WORTH_IT:
        return False
    due_at = tx.now + _FIRST_WAIT
    return await send_again(tx, provider_id, due_at, codigo, counts=True, as_document=True) is not None
