"""The seller behind a sale, read anew: whether they may go on, and where they can be reached."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.commands.base import write_command
from core.commands.venda import TellEnd
from core.venda.venda import cancel_sale, why_not_sell
from storage.contatos.contatos import Pessoa, contatos_of
from storage.servico.servico import pessoa_by_id, sellers_at_work
from storage.transaction import Transaction
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda, move_chat, venda_by_id

# `codigo` of a sale whose seller may sell no more.
SEM_DIREITO = "SEM_DIREITO"


async def seller_of(tx: Transaction, venda: Venda) -> Pessoa | None:
    """The seller as they are registered now; None for who may sell no more."""
    pessoa = await pessoa_by_id(tx.connection, venda.usuario_id)
    return pessoa if why_not_sell(pessoa) is None else None


async def chat_of_seller(tx: Transaction, venda: Venda) -> int | None:
    """Where the seller is spoken to: where they sold, else where they wrote last; None when nowhere."""
    chats = await contatos_of(tx, [venda.usuario_id])
    if venda.contato_id in chats:
        return venda.contato_id
    return chats[0] if chats else None


async def goes_on(tx: Transaction, venda: Venda) -> bool:
    """Whether a sale may go on: its seller may still sell, and sees what is said to them."""
    return await seller_of(tx, venda) is not None and await chat_of_seller(tx, venda) is not None


async def follow_seller(tx: Transaction, venda: Venda, contato_id: int) -> None:
    """The sale goes on in another chat of its seller's: the one before does not reach them."""
    if contato_id != venda.contato_id:
        await move_chat(tx, venda.id, contato_id)


async def sales_to_stop(connection: AsyncConnection, limit: int) -> list[UUID]:
    """Open vendas whose seller may sell no more, or can be reached nowhere, of so many that are looked at."""
    sales = await sellers_at_work(connection, limit)
    return [venda_id for venda_id, pessoa, reachable in sales if not reachable or why_not_sell(pessoa) is not None]


async def stop_sale(tx: Transaction, venda_id: UUID) -> bool:
    """Stop a sale that may not go on; False when it may. In the queue it ends at once, at work its robot is stopped."""
    venda = await venda_by_id(tx.connection, venda_id)
    if venda is None or await goes_on(tx, venda):
        return False
    status = await cancel_sale(tx, venda)
    if status is StatusVenda.CANCELADO:
        await write_command(tx, TellEnd(venda_id))
    return status is not None
