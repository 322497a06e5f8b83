"""What people hear of an atendimento without asking: the queue moved, a card was left lying, somebody is gone."""

from core.atendimento.atendimento import show
from core.commands.atendimento import Movido
from core.consultor.protocolos import numero_de
from dialogs.atendimento.atendimento import close_card, over
from dialogs.conversa.consultor import name_or_customer
from dialogs.customer.avaliacao import ask_for_rating
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento
from storage.atendimento.ofertas import Oferta
from storage.consultor.consultores import Consultor


async def card_expired(talk: Talk, oferta: Oferta) -> None:
    """The consultor did not answer in time."""
    text = _("⏰ Sem resposta, o cliente é oferecido a quem estiver livre. Escreva qualquer coisa para voltar à vez.")
    await close_card(talk, oferta, text)


async def card_passed(talk: Talk, oferta: Oferta) -> None:
    """The consultor went away with the card on the screen."""
    await close_card(talk, oferta, _("Como você não está online, o cliente é oferecido a quem estiver livre."))


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


async def say_blocked(talk: Talk, atendimento: Atendimento, nome: str | None, *, reachable: bool) -> None:
    """The consultor, of their customer who has blocked us, or does not any more."""
    talk.speak()
    blocked = _("⚠️ {nome} ({numero}) bloqueou as nossas mensagens: nada chega até desbloquear. ENCERRAR termina.")
    back = _("{nome} ({numero}) desbloqueou as nossas mensagens: pode escrever de novo.")
    numero = numero_de(atendimento.protocolo_id)
    await talk.say((back if reachable else blocked).format(nome=name_or_customer(nome), numero=numero))


async def say_not_noted(talk: Talk, atendimento: Atendimento, nome: str | None) -> None:
    """The consultor, of the first that the CRM has not."""
    talk.speak()
    text = _(
        "⚠️ O Pipedrive não recebeu o atendimento {numero} ({nome}). Se outros de hoje faltarem lá, é pela mesma falha: "
        "a administração já sabe e manda de novo."
    )
    await talk.say(text.format(numero=numero_de(atendimento.protocolo_id), nome=name_or_customer(nome)))


async def tell_customer_moved(customer: Talk, atendimento: Atendimento, movido: Movido) -> None:
    """Their conversation was ended, or goes on with somebody else."""
    customer.speak()
    if movido is Movido.FILA:
        await customer.say(_("Vou passar você para outra pessoa da equipe. O protocolo continua o mesmo."))
        return
    if customer.contato.atendimento_id not in (atendimento.id, None):
        # They asked for somebody anew meanwhile.
        return
    show(customer.contato, None)
    if atendimento.aceito_em is not None:
        await ask_for_rating(customer, atendimento)
        return
    text = _("A equipe encerrou o seu atendimento {numero}. Quando precisar, escolha CONSULTOR.")
    await customer.say(text.format(numero=numero_de(atendimento.protocolo_id)))


async def tell_moved(
    talk: Talk,
    consultor: Consultor,
    atendimento: Atendimento,
    movido: Movido,
    nome: str | None,
    *,
    por: str | None,
    destino: str | None,
) -> None:
    """The consultor whose customer was ended or moved on in the panel, by whom, and to whom they are offered."""
    talk.speak()
    if movido is Movido.ENCERRADO:
        said = _("O atendimento {numero} com {nome} foi encerrado no painel por {quem}.")
    elif destino is not None:
        said = _("{nome} ({numero}) foi oferecido a {destino} no painel por {quem}.")
    else:
        said = _("{nome} ({numero}) voltou ao começo da fila, no painel, por {quem}.")
    said = said.format(
        nome=name_or_customer(nome),
        numero=numero_de(atendimento.protocolo_id),
        quem=por or _("alguém da equipe"),
        destino=destino,
    )
    await over(talk, consultor, atendimento, said, by_consultor=False)
