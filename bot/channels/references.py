"""What a call says of other calls: the message it quotes or changes, the topic it goes to, whose message it carries.

A reference is `{"provider_id": "…"}`, the channel's own id, or `{"outbox_id": 123}`, the call that sent it.
"""

from typing import Any

from bot.channels.stored import has_line
from bot.turn import Turns
from core.commands.base import write_command
from core.commands.conversa import TellRefusal
from dialogs.conversa.tardio import bring_again
from storage.contatos.conversas import mark_event
from storage.database import Database
from storage.outbox.sent import provider_id_of
from storage.transaction import Call, Transaction

Reference = dict[str, Any]


async def id_of(database: Database, reference: Reference | None) -> str | None:
    """The channel's id; None when what is meant never was sent, or is forgotten."""
    if reference is None:
        return None
    if (provider_id := reference.get("provider_id")) is not None:
        return str(provider_id)
    async with database.read() as connection:
        return await provider_id_of(connection, int(reference["outbox_id"]))


async def tell_author(turns: Turns, call: Call, code: str) -> None:
    """Who wrote the message that this call carries (`about`) hears that it did not arrive as they sent it."""
    mensagem_id = (call.params.get("about") or {}).get("mensagem_id")
    if mensagem_id is None:
        return

    async def work(tx: Transaction) -> None:
        # Once for each call, though its mark be lost and it be tried again.
        if await mark_event(tx, "recusa", str(call.id)):
            await write_command(tx, TellRefusal(mensagem_id, code))
            if has_line(call) and call.contato_id is not None:
                # They do not have it: promised once more, it is brought.
                await bring_again(tx, mensagem_id, call.contato_id)

    await turns.run(work)
