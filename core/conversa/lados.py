"""The two sides of an atendimento: where each of them reads what the other one writes, and what a message is there."""

from dataclasses import dataclass
from typing import Any

from core.conversa.conversa import heading, topic_name
from core.conversa.janela import is_open
from storage.atendimento.atendimentos import Atendimento
from storage.contatos.contatos import Contato, Glimpse
from storage.conversa.destinos import screen_of
from storage.conversa.mensagens import Mensagem, topic_of_customer
from storage.transaction import Transaction

Reference = dict[str, Any]
"""A message of a channel: `provider_id` there, or `outbox_id` of the call that sent it (bot/channels/)."""
Markup = dict[str, Any]
"""Buttons under a message, in the Bot API's words."""


@dataclass(frozen=True, slots=True)
class Lado:
    """A side of an atendimento, as the other one writes to it.

    `topic`: Telegram's topic for this customer. `head`: who it is from, where that cannot be seen otherwise. `aside`:
    another customer is on the screen. `switch`: the button that turns to this one, which whoever has words for it adds.
    `atendimento_id`: on a consultor's side; what is said of one customer need not wait for what is said of another.
    """

    contato: Contato | Glimpse
    topic: Reference | None = None
    head: str | None = None
    aside: bool = False
    switch: Markup | None = None
    atendimento_id: int | None = None


async def side_of_consultor(tx: Transaction, atendimento: Atendimento, nome: str) -> Lado | None:
    """Where the consultor reads this customer; None when they can be reached nowhere now."""
    found = await screen_of(tx.connection, atendimento)
    if found is None:
        return None
    screen, customers, topic_in = found
    if topic_in == screen.id:
        return Lado(screen, topic=topic_of(atendimento, nome), atendimento_id=atendimento.id)
    if customers <= 1:
        return Lado(screen, atendimento_id=atendimento.id)
    head = heading(nome, atendimento.protocolo_id)
    aside = screen.atendimento_id != atendimento.id
    return Lado(screen, head=head, aside=aside, atendimento_id=atendimento.id)


async def side_of_customer(tx: Transaction, atendimento: Atendimento, customer: Glimpse) -> Lado:
    """Where the customer reads their consultor: in the topic of their own that they wrote in last, if any."""
    if customer.channel != "telegram":
        return Lado(customer)
    own = await topic_of_customer(tx.connection, atendimento.id)
    return Lado(customer, topic={"provider_id": own} if own is not None else None)


def reachable(tx: Transaction, customer: Glimpse | None) -> Lado | None:
    """The customer's side for what is about a message that is there already; None when nothing reaches them now."""
    if customer is None or customer.unreachable_at is not None:
        return None
    return Lado(customer) if is_open(customer.channel, customer.last_inbound_at, tx.now) else None


def topic_of(atendimento: Atendimento, nome: str) -> Reference | None:
    """The customer's topic; whoever sends into it makes it again when the consultor has deleted it."""
    if atendimento.topico_outbox_id is None:
        return None
    return {"outbox_id": atendimento.topico_outbox_id, "name": topic_name(nome, atendimento.protocolo_id)}


def reference_to(mensagem: Mensagem | None, contato_id: int) -> Reference | None:
    """The message as that conversation shows it; None when it shows none."""
    if mensagem is None:
        return None
    if mensagem.contato_id == contato_id and mensagem.inbound_id is not None:
        return {"provider_id": mensagem.inbound_id}
    if mensagem.outbox_id is not None and mensagem.copia_contato_id == contato_id:
        return {"outbox_id": mensagem.outbox_id}
    return None
