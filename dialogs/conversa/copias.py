"""Copies: what one side of an atendimento writes, put into the other side's lane without opening that conversation."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from core.commands.base import write_command
from core.commands.conversa import FetchFile
from core.conversa.conversa import Conteudo, heading, topic_name
from core.conversa.copias import Chamada, as_copy
from core.textos import shortened
from dialogs.conversa.buttons import TurnTo
from dialogs.frame.i18n import _, in_language
from dialogs.frame.talk import Choice, Talk, keyboard
from storage.atendimento.atendimentos import Atendimento
from storage.contatos.contatos import Contato, Glimpse
from storage.conversa.arquivos import add_arquivo, object_key_of
from storage.conversa.destinos import screen_of
from storage.conversa.mensagens import Mensagem, add_mensagem, topic_of_customer
from storage.conversa.tipos import Autor
from storage.outbox import write_down
from storage.transaction import Call, Transaction

Reference = dict[str, Any]
"""A message of a channel: `provider_id` there, or `outbox_id` of the call that sent it (bot/channels/)."""

# A reply button of WhatsApp; a longer label would become a list.
_BUTTON = 20


@dataclass(frozen=True, slots=True)
class Lado:
    """A side of an atendimento, as the other one writes to it.

    `topic`: Telegram's topic for this customer. `head`: who it is from, where that cannot be seen otherwise. `switch`:
    the button that turns to this customer.
    """

    contato: Contato | Glimpse
    topic: Reference | None = None
    head: str | None = None
    switch: Choice | None = None


async def side_of_consultor(tx: Transaction, atendimento: Atendimento, nome: str) -> Lado | None:
    """Where the consultor reads this customer; None when they can be reached nowhere now."""
    found = await screen_of(tx.connection, atendimento)
    if found is None:
        return None
    screen, customers, topic_in = found
    if topic_in == screen.id:
        return Lado(screen, topic=topic_of(atendimento, nome))
    if customers <= 1:
        return Lado(screen)
    head = heading(nome, atendimento.protocolo_id)
    if screen.atendimento_id == atendimento.id:
        return Lado(screen, head=head)
    with in_language(screen.idioma):
        return Lado(screen, head=head, switch=answer_button(atendimento.id, nome))


async def side_of_customer(tx: Transaction, atendimento: Atendimento, customer: Glimpse) -> Lado:
    """Where the customer reads their consultor: in the topic of their own that they wrote in last, if any."""
    if customer.channel != "telegram":
        return Lado(customer)
    own = await topic_of_customer(tx.connection, atendimento.id)
    return Lado(customer, topic={"provider_id": own} if own is not None else None)


def topic_of(atendimento: Atendimento, nome: str) -> Reference | None:
    """The customer's topic; whoever sends into it makes it again when the consultor has deleted it."""
    if atendimento.topico_outbox_id is None:
        return None
    return {"outbox_id": atendimento.topico_outbox_id, "name": topic_name(nome, atendimento.protocolo_id)}


def answer_button(atendimento_id: int, nome: str) -> Choice:
    """Turns to this customer."""
    label = _("Responder {nome}").format(nome=nome.split()[0] if nome.split() else nome)
    return shortened(label, _BUTTON), TurnTo(atendimento_id=atendimento_id)


async def keep(
    talk: Talk, atendimento: Atendimento, autor: Autor, conteudo: Conteudo, lado: Lado | None, answered: Mensagem | None
) -> None:
    """Keep a message that was just written here, and carry it to that side; None: there is nobody to carry it to."""
    arquivo_id, key = None, None
    if conteudo.arquivo is not None:
        arquivo_id = uuid4()
        await add_arquivo(talk.tx, arquivo_id, talk.contato.id, talk.contato.channel, conteudo.arquivo)
        # Before the message that shows it.
        fetch = FetchFile(arquivo_id, de_atendimento=True)
        await write_command(talk.tx, fetch, lane=lado.contato.lane if lado is not None else None)
        key = object_key_of(arquivo_id, talk.tx.now)
    call = None
    if lado is not None:
        quote = reference_to(answered, lado.contato.id)
        call = await send_copy(talk.tx, lado, conteudo, key, quote)
    own_topic = {"topico": talk.topic} if autor is Autor.CLIENTE and talk.topic is not None else {}
    mensagem_id = await add_mensagem(
        talk.tx,
        atendimento.id,
        autor,
        conteudo.tipo,
        consultor_id=None if autor is Autor.CLIENTE else atendimento.consultor_id,
        texto=conteudo.texto,
        arquivo_id=arquivo_id,
        detalhe={**(conteudo.detalhe or {}), **own_topic} or None,
        responde_a=answered.id if answered is not None else None,
        contato_id=talk.contato.id,
        inbound_id=talk.inbound_id,
        outbox_id=call.id if call is not None else None,
    )
    if call is not None:
        # Whoever carries it tells its author when it does not arrive.
        call.params["about"] = {"mensagem_id": mensagem_id}


async def send_copy(
    tx: Transaction, lado: Lado, conteudo: Conteudo, object_key: str | None = None, quote: Reference | None = None
) -> Call:
    """Write down the calls that show this message on that side; the one that is the message itself."""
    copia = as_copy(conteudo, lado.contato.channel, object_key=object_key, head=lado.head)
    switch = lado.switch
    for chamada in copia.antes:
        await send(tx, lado, chamada, switch=switch)
        switch = None
    return await send(tx, lado, copia.principal, quote=quote, switch=switch)


async def send(
    tx: Transaction, lado: Lado, chamada: Chamada, *, quote: Reference | None = None, switch: Choice | None = None
) -> Call:
    """Write down one call to that side."""
    params: dict[str, Any] = {"to": lado.contato.external_id, **chamada.params}
    if quote is not None:
        params["quote"] = quote
    if lado.topic is not None:
        params["topic"] = lado.topic
    if switch is not None and (markup := keyboard(switch)) is not None:
        params["reply_markup"] = markup.model_dump(mode="json", exclude_none=True)
    contato = lado.contato
    return await write_down(tx, contato.lane, contato.channel, chamada.method, params, contato.id)


async def tell(tx: Transaction, lado: Lado, text: str, *choices: Choice, quote: Reference | None = None) -> None:
    """Say something of our own on that side, in its topic."""
    markup = keyboard(*choices)
    params: dict[str, Any] = {"text": text}
    if markup is not None:
        params["reply_markup"] = markup.model_dump(mode="json", exclude_none=True)
    await send(tx, lado, Chamada("sendMessage", params), quote=quote)


def reference_to(mensagem: Mensagem | None, contato_id: int) -> Reference | None:
    """The message as that conversation shows it; None when it shows none."""
    if mensagem is None:
        return None
    if mensagem.contato_id == contato_id and mensagem.inbound_id is not None:
        return {"provider_id": mensagem.inbound_id}
    if mensagem.outbox_id is not None and mensagem.copia_contato_id == contato_id:
        return {"outbox_id": mensagem.outbox_id}
    return None
