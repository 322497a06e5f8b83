"""Typing: a consultant types to a customer, and both the other screens and the customer see it.

The other way round neither channel tells: Telegram's bots hear nothing of it, nor does the Cloud API's webhook.
"""

from datetime import datetime
from functools import partial

from core.live import Assunto, Audience, as_timestamp, publish
from core.telefones import digits_of, same_person_forms
from storage.contatos.contatos import contatos_of_phone
from storage.presenca.digitacao import TypingIndicator, put_indicator, take_indicator
from storage.transaction import Transaction


async def begin_typing(tx: Transaction, indicator: TypingIndicator) -> bool:
    """Somebody types: told to the others once, however often it is renewed."""
    if not await put_indicator(tx.redis, tx.secrets, indicator, tx.now):
        return False
    tx.undo.append(partial(take_indicator, tx.redis, tx.secrets, indicator.name))
    await _tell(tx, "typing_start", indicator)
    return True


async def stop_typing(tx: Transaction, name: str, renewed_before: datetime | None = None) -> bool:
    """Somebody stopped, or did not renew it since a moment; False when there was nothing to stop."""
    indicator = await take_indicator(tx.redis, tx.secrets, name, renewed_before)
    if indicator is None:
        return False
    tx.undo.append(partial(put_indicator, tx.redis, tx.secrets, indicator, renewed_before or tx.now))
    await _tell(tx, "typing_stop", indicator)
    return True


async def conversations_of_chat(tx: Transaction, chat_id: str) -> list[int]:
    """The conversations with the customer whose phone this is, on every channel."""
    try:
        forms = same_person_forms(digits_of(chat_id))
    except ValueError:
        return []
    return await contatos_of_phone(tx, forms)


async def _tell(tx: Transaction, event: str, indicator: TypingIndicator) -> None:
    data = {"chat_id": indicator.chat_id, "from": indicator.nome, "timestamp": as_timestamp(tx.now)}
    audience = Audience.of(Assunto.DIGITACAO, indicator.usuario_id)
    await publish(tx, event, data, audience=audience, lane=f"live:digitando:{indicator.usuario_id}")
