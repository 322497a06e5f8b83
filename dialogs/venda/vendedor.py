"""The conversation in which the seller of a sale is spoken to."""

from core.venda.vendedor import chat_of_seller
from dialogs.conversa.consultor import OpenTalk
from dialogs.frame.talk import Talk
from storage.transaction import Transaction
from storage.venda.vendas import Venda


async def talk_of_seller(open_talk: OpenTalk, tx: Transaction, venda: Venda) -> Talk | None:
    """Opened, and so locked; None when the seller can be reached nowhere, or the phone is somebody else's by now."""
    chat = await chat_of_seller(tx, venda)
    talk = await open_talk(tx, chat if chat is not None else venda.contato_id)
    pessoa = talk.contato.usuario if talk is not None else None
    if talk is None or chat is None or pessoa is None or pessoa.id != venda.usuario_id:
        return None
    return talk
