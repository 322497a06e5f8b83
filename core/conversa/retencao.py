"""From the consultor to the customer: what goes out now, what waits for the customer's window, what cannot arrive.

What is written to a closed window is kept and not sent. When the customer answers, it is offered and not sent by
itself: hours may have passed, and what was true then may be wrong now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from core.conversa.conversa import Conteudo
from core.conversa.copias import Chamada
from core.conversa.envio import Escrita, carries, carry_kept, keep, send
from core.conversa.janela import CHANNEL, OPEN_FOR, Modelo, is_open, modelo_for
from core.conversa.lados import Lado, side_of_customer
from storage.atendimento.atendimentos import Atendimento
from storage.contatos.contatos import Glimpse
from storage.conversa.janela import held_since_customer_wrote, template_sent_since
from storage.conversa.mensagens import Mensagem, add_mensagem, change_mensagem, unsent_messages
from storage.conversa.tipos import Autor, TipoMensagem
from storage.transaction import Transaction


class Saida(Enum):
    """What becomes of something that a consultor wrote to their customer."""

    FOI = auto()
    RETIDA = auto()
    """The window is closed: it is kept, and offered when the customer writes."""
    NAO_CHEGA = auto()
    """Only its own channel can show it."""
    SEM_CONTATO = auto()
    """Nothing of ours reaches the customer now."""


def way_out(conteudo: Conteudo, customer: Glimpse, now: datetime) -> Saida:
    """Whether it goes out now, and why not."""
    if conteudo.tipo is TipoMensagem.OUTRO:
        return Saida.NAO_CHEGA
    if customer.unreachable_at is not None:
        return Saida.SEM_CONTATO
    return Saida.FOI if is_open(customer.channel, customer.last_inbound_at, now) else Saida.RETIDA


async def carry(tx: Transaction, atendimento: Atendimento, customer: Glimpse, escrita: Escrita) -> Saida:
    """Send something of the consultor to their customer, whose atendimento is locked, or hold it back."""
    saida = way_out(escrita.conteudo, customer, tx.now)
    if saida is Saida.RETIDA:
        await keep(tx, atendimento, Autor.CONSULTOR, escrita, None)
    if saida is Saida.FOI:
        await _show_as_read(tx, customer)
        lado = await side_of_customer(tx, atendimento, customer)
        await keep(tx, atendimento, Autor.CONSULTOR, escrita, lado)
    return saida


async def _show_as_read(tx: Transaction, customer: Glimpse) -> None:
    """Who answers has read: WhatsApp shows it under the customer's messages."""
    if customer.channel == CHANNEL and customer.last_inbound_id is not None:
        params = {"action": "typing", "inbound_id": customer.last_inbound_id}
        await send(tx, Lado(customer), Chamada("sendChatAction", params))


async def is_held_back(tx: Transaction, channel: str, atendimento_id: int) -> bool:
    """Whether this customer, who is just writing, has been waited for: asked before the message is kept."""
    return channel == CHANNEL and await held_since_customer_wrote(tx.connection, atendimento_id)


async def send_held(tx: Transaction, atendimento: Atendimento, customer: Glimpse) -> tuple[Saida, int]:
    """Send what was held back, in the order in which it was written; RETIDA when the window is closed again.

    Also how many there were.
    """
    held = await unsent_messages(tx.connection, atendimento.id)
    if held and not is_open(customer.channel, customer.last_inbound_at, tx.now):
        return Saida.RETIDA, len(held)
    for mensagem in held:
        await carry_kept(tx, Lado(customer), mensagem)
    return Saida.FOI, len(held)


async def drop_held(tx: Transaction, atendimento: Atendimento) -> int:
    """What was held back becomes notes: nothing is lost, and the transcript says what the customer read. How many."""
    held = await unsent_messages(tx.connection, atendimento.id)
    for mensagem in held:
        await change_mensagem(tx, mensagem.id, autor=Autor.NOTA)
    return len(held)


async def hold_refused(tx: Transaction, mensagem: Mensagem, customer: Glimpse | None) -> bool:
    """WhatsApp would not have it, although we believed that the window is open: it is held like the others.

    Whether the customer has written since, so that it can be offered at once.
    """
    await change_mensagem(tx, mensagem.id, outbox_id=None)
    wrote = customer.last_inbound_at if customer is not None else None
    return wrote is not None and wrote > mensagem.quando


@dataclass(frozen=True, slots=True)
class EnvioDeModelo:
    """What stands in the way of a template: the window is open (`aberta`), or one went out then (`saiu_em`).

    Neither, and no `modelo`: none is configured.
    """

    aberta: bool = False
    saiu_em: datetime | None = None
    modelo: Modelo | None = None


async def template_sent(tx: Transaction, atendimento: Atendimento, customer: Glimpse) -> datetime | None:
    """When a template went out that may still be answered. Meta holds some back: after a day another one may go."""
    since = tx.now - OPEN_FOR
    if customer.last_inbound_at is not None:
        since = max(since, customer.last_inbound_at)
    return await template_sent_since(tx.connection, atendimento.id, since)


async def template_now(
    tx: Transaction, atendimento: Atendimento, customer: Glimpse, modelos: Sequence[Modelo]
) -> EnvioDeModelo:
    """Once for each closed window: a template is paid for, and a second one is a nuisance."""
    if is_open(customer.channel, customer.last_inbound_at, tx.now):
        return EnvioDeModelo(aberta=True)
    sent = await template_sent(tx, atendimento, customer)
    return EnvioDeModelo(saiu_em=sent, modelo=modelo_for(modelos, customer.idioma) if sent is None else None)


async def send_template(
    tx: Transaction, atendimento: Atendimento, customer: Glimpse, modelo: Modelo, texto: str, contato_id: int
) -> None:
    """Send it, and keep it as `texto`, written by the consultor in that conversation of theirs."""
    chamada = Chamada("sendTemplate", {"template": {"name": modelo.nome, "language": modelo.idioma}})
    call = await send(tx, Lado(customer), chamada)
    mensagem_id = await add_mensagem(
        tx,
        atendimento.id,
        Autor.CONSULTOR,
        TipoMensagem.TEXTO,
        consultor_id=atendimento.consultor_id,
        texto=texto,
        contato_id=contato_id,
        outbox_id=call.id,
    )
    carries(call, mensagem_id)
