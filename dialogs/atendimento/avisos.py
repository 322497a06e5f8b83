"""What people hear of an atendimento without asking: the queue moved, a card was left lying, somebody is gone."""

from core.consultor.protocolos import numero_de
from dialogs.atendimento.atendimento import close_card, over
from dialogs.conversa.consultor import name_or_customer
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento
from storage.atendimento.ofertas import Oferta
from storage.consultor.consultores import Consultor


async def card_expired(talk: Talk, oferta: Oferta) -> None:
    """The consultor did not answer in time."""
    text = _("⏰ Sem resposta, o cliente foi oferecido a outra pessoa. Escreva qualquer coisa para voltar à vez.")
    await close_card(talk, oferta, text)


async def card_withdrawn(talk: Talk, oferta: Oferta) -> None:
    """The customer left the queue while their card was shown."""
    await close_card(talk, oferta, _("O cliente desistiu de esperar."))


async def tell_next_in_queue(customer: Talk) -> None:
    """The customer's consultor is lost, and they are the next one to be offered."""
    customer.speak()
    text = _("O consultor que atendia você ficou indisponível. Você é o próximo da fila, com o mesmo protocolo.")
    await customer.say(text)


async def tell_taken_back(talk: Talk, consultor: Consultor, atendimento: Atendimento, nome: str | None) -> None:
    """The consultor was lost, and their customer, who is called `nome`, waits again."""
    talk.speak()
    said = _("{nome} ({numero}) voltou ao começo da fila, porque você não estava disponível.")
    said = said.format(nome=name_or_customer(nome), numero=numero_de(atendimento.protocolo_id))
    await over(talk, consultor, atendimento, said, by_consultor=False)


async def tell_ended(talk: Talk, consultor: Consultor, atendimento: Atendimento, nome: str | None) -> None:
    """The consultor hears that their customer has ended the conversation."""
    numero = numero_de(atendimento.protocolo_id)
    said = _("{nome} encerrou o atendimento {numero}.").format(nome=name_or_customer(nome), numero=numero)
    await over(talk, consultor, atendimento, said, by_consultor=False)


async def tell_supervisor(talk: Talk, atendimento: Atendimento, nome: str | None) -> None:
    """Several consultores did not take this customer."""
    text = _("⚠️ {n} consultores não atenderam {nome}, protocolo {numero}. Veja a FILA.")
    numero = numero_de(atendimento.protocolo_id)
    await talk.say(text.format(n=atendimento.passaram, nome=name_or_customer(nome), numero=numero))
