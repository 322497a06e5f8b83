"""What a consultor writes as if to a customer while they attend nobody: it reaches nobody, and they hear so."""

from core.direitos.direitos import Direito, tem
from dialogs.atendimento.atendimento import answers_to
from dialogs.conversa.consultor import name_or_customer
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import atendimento_by_id
from storage.atendimento.ofertas import oferta_by_id, shown_to
from storage.contatos.contatos import glance


def writes_to_nobody(talk: Talk) -> bool:
    """Whether whoever speaks only attends, is asked nothing else, and has nobody on the screen."""
    perfil = talk.pessoa.perfil_usuario if talk.pessoa is not None else None
    attends = tem(perfil, Direito.ATENDER) and not tem(perfil, Direito.ADMINISTRAR)
    return attends and talk.contato.state is None and not talk.is_attended


async def card_again(talk: Talk) -> bool:
    """Whether a card waits for their answer: it is that customer whom they spoke to, and its buttons come again."""
    if talk.pessoa is None or not writes_to_nobody(talk):
        return False
    connection = talk.tx.connection
    cards = await shown_to(connection, talk.pessoa.id)
    oferta = await oferta_by_id(connection, cards[0]) if cards else None
    atendimento = await atendimento_by_id(connection, oferta.atendimento_id) if oferta is not None else None
    if oferta is None or atendimento is None:
        return False
    customer = await glance(connection, atendimento.contato_id)
    nome = name_or_customer(customer.nome if customer is not None else None)
    text = _("{nome} ainda não recebe o que você escreve: nada foi enviado. Para falar com {nome}, toque em Aceitar.")
    await talk.offer(text.format(nome=nome), *answers_to(oferta.id))
    return True


def sent_to_nobody() -> str:
    return _("Você não está atendendo ninguém agora: isso não foi a ninguém.")
