"""WhatsApp's 24 hours, as the consultor meets them: shown, warned of, and when they are over, a template.

What happens then with what the consultor writes is decided in core/conversa/retencao.py.
"""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from core.consultor.protocolos import numero_de
from core.conversa import retencao
from core.conversa.conversa import as_line
from core.conversa.janela import Modelo, closes_at, is_open
from core.conversa.lados import Lado, Reference
from core.conversa.retencao import Saida, template_now, template_sent
from core.textos import TEXT_LIMIT, shortened
from core.venda.venda import record_forged
from dialogs.conversa.buttons import DropHeld, SendHeld, SendModelo
from dialogs.conversa.consultor import Attending, is_with, name_or_customer, no_longer_theirs
from dialogs.conversa.copias import side_of_consultor, tell
from dialogs.frame.buttons import Tap, Unreadable
from dialogs.frame.i18n import _, in_language, n_
from dialogs.frame.talk import Choice, Talk
from storage.atendimento.atendimentos import Atendimento, lock_atendimento
from storage.consultor.consultores import Consultor
from storage.contatos.contatos import Glimpse, glance
from storage.conversa.mensagens import Mensagem, unsent_messages
from storage.transaction import Transaction

router = Router(name="janela")
router.callback_query.filter(Attending())

# So many held messages are shown in the offer to send them, each so long.
SHOWN, LINE = 10, 200


def window_text(talk: Talk, channel: str, last_inbound_at: datetime | None) -> str:
    """Until when this customer can be written to, for cards and lists; nothing where there is no limit."""
    end = closes_at(channel, last_inbound_at)
    if end is None:
        return ""
    if not is_open(channel, last_inbound_at, talk.tx.now):
        return _("janela fechada")
    return _("janela até {hora}").format(hora=talk.local_time(end))


async def tell_closed(talk: Talk, atendimento: Atendimento, customer: Glimpse) -> None:
    """What the consultor just wrote is kept, and not sent; a template may bring the customer back."""
    nome = name_or_customer(customer.nome)
    held = len(await unsent_messages(talk.tx.connection, atendimento.id))
    sent = await template_sent(talk.tx, atendimento, customer)
    if sent is not None:
        text = n_(
            "⏳ Guardei, e nada foi enviado. O modelo saiu {quando}; quando {nome} responder, eu ofereço o envio.",
            "⏳ Guardei {n}, e nada foi enviado. O modelo saiu {quando}; quando {nome} responder, eu ofereço o envio.",
            held,
        )
        await talk.say(text.format(n=held, nome=nome, quando=talk.at(sent)))
        return
    text = n_(
        "⏳ Passaram 24 horas desde a última mensagem de {nome}: o WhatsApp só deixa enviar um modelo aprovado. "
        "Guardei a sua mensagem e ofereço o envio quando {nome} escrever.",
        "⏳ Passaram 24 horas desde a última mensagem de {nome}: o WhatsApp só deixa enviar um modelo aprovado. "
        "Guardei as suas {n} mensagens e ofereço o envio quando {nome} escrever.",
        held,
    )
    await talk.say(text.format(n=held, nome=nome), template_choice(atendimento.id))


def template_choice(atendimento_id: int) -> Choice:
    return _("Enviar um modelo"), SendModelo(atendimento_id=atendimento_id)


@router.callback_query(Tap(SendModelo))
async def send_template(
    event: CallbackQuery, talk: Talk, consultor: Consultor, button: SendModelo, modelos: Sequence[Modelo]
) -> None:
    """Once for each closed window, and only when there is one."""
    atendimento, customer = await _own_customer(talk, consultor, button.atendimento_id)
    if atendimento is None or customer is None:
        await talk.say(await no_longer_theirs(talk, button.atendimento_id))
        return
    nome = name_or_customer(customer.nome)
    envio = await template_now(talk.tx, atendimento, customer, modelos)
    if envio.aberta:
        await talk.say(_("A janela com {nome} está aberta: pode escrever.").format(nome=nome))
    elif envio.saiu_em is not None:
        text = _("O modelo já saiu {quando}. Agora é esperar {nome} responder.")
        await talk.say(text.format(nome=nome, quando=talk.at(envio.saiu_em)))
    elif envio.modelo is None:
        text = _("Nenhum modelo está configurado (WHATSAPP_TEMPLATE_RETOMAR). Peça à administração. Nada foi enviado.")
        await talk.say(text)
    else:
        texto = _("[modelo {nome}]").format(nome=envio.modelo.nome)
        await retencao.send_template(talk.tx, atendimento, customer, envio.modelo, texto, talk.contato.id)
        await talk.say(_("Modelo enviado a {nome}. Aviso quando houver resposta.").format(nome=nome))


async def offer_held(tx: Transaction, atendimento: Atendimento, lado: Lado, nome: str) -> None:
    """The customer has written: what waited for that is offered to the consultor."""
    held = await unsent_messages(tx.connection, atendimento.id)
    if not held:
        return
    with in_language(lado.contato.idioma):
        head = n_(
            "{n} mensagem sua a {nome} não foi enviada:", "{n} mensagens suas a {nome} não foram enviadas:", len(held)
        )
        lines = [head.format(n=len(held), nome=nome), *(f"• {_line(one)}" for one in held[:SHOWN])]
        if len(held) > SHOWN:
            lines.append(_("… e mais {n}").format(n=len(held) - SHOWN))
        choices = [
            (_("Enviar agora"), SendHeld(atendimento_id=atendimento.id)),
            (_("Não enviar"), DropHeld(atendimento_id=atendimento.id)),
        ]
        await tell(tx, lado, shortened("\n".join(lines), TEXT_LIMIT), *choices)


def _line(mensagem: Mensagem) -> str:
    return shortened(as_line(mensagem), LINE)


@router.callback_query(Tap(SendHeld))
async def send_held(event: CallbackQuery, talk: Talk, consultor: Consultor, button: SendHeld) -> None:
    """All of them, in the order in which they were written."""
    atendimento, customer = await _own_customer(talk, consultor, button.atendimento_id)
    if atendimento is None or customer is None:
        await talk.say(await no_longer_theirs(talk, button.atendimento_id))
        return
    saida, number = await retencao.send_held(talk.tx, atendimento, customer)
    nome = name_or_customer(customer.nome)
    if number == 0:
        await talk.say(_("Não há mensagens guardadas para {nome}.").format(nome=nome))
    elif saida is Saida.RETIDA:
        await tell_closed(talk, atendimento, customer)
    else:
        text = n_("{n} mensagem enviada a {nome}.", "{n} mensagens enviadas a {nome}.", number)
        await talk.say(text.format(n=number, nome=nome))


@router.callback_query(Tap(DropHeld))
async def drop_held(event: CallbackQuery, talk: Talk, consultor: Consultor, button: DropHeld) -> None:
    """Kept as notes."""
    atendimento, _customer = await _own_customer(talk, consultor, button.atendimento_id)
    number = await retencao.drop_held(talk.tx, atendimento) if atendimento is not None else 0
    text = n_("{n} mensagem ficou só como nota.", "{n} mensagens ficaram só como notas.", number)
    await talk.say(text.format(n=number) if number else _("Não há nada para descartar."))


async def hold_refused(
    tx: Transaction, atendimento: Atendimento, mensagem: Mensagem, lado: Lado, quote: Reference | None
) -> None:
    """WhatsApp would not have it (131047), although we believed that the window is open: it is held like the others."""
    customer = await glance(tx.connection, atendimento.contato_id)
    nome = name_or_customer(customer.nome if customer is not None else None)
    if await retencao.hold_refused(tx, mensagem, customer):
        await offer_held(tx, atendimento, lado, nome)
        return
    with in_language(lado.contato.idioma):
        text = _(
            "⏳ Esta mensagem não chegou: a janela de 24 horas do WhatsApp fechou. "
            "Guardei, e ofereço o envio quando {nome} escrever."
        )
        await tell(tx, lado, text.format(nome=nome), template_choice(atendimento.id), quote=quote)


async def warn(tx: Transaction, atendimento: Atendimento, customer: Glimpse, hora: str) -> None:
    """The consultor hears at what time the window closes, where they can be reached at all."""
    nome = name_or_customer(customer.nome)
    lado = await side_of_consultor(tx, atendimento, nome)
    if lado is None:
        return
    with in_language(lado.contato.idioma):
        text = _("⏰ A janela do WhatsApp com {nome} ({numero}) fecha às {hora}. Depois, só um modelo aprovado chega.")
        await tell(tx, lado, text.format(nome=nome, numero=numero_de(atendimento.protocolo_id), hora=hora))


@router.callback_query(Unreadable(SendModelo, SendHeld, DropHeld))
async def nobodys_button(event: CallbackQuery, talk: Talk) -> None:
    await record_forged(talk.tx, talk.contato.id, event.data or "")
    await talk.say(_("Esse atendimento já foi encerrado."))


async def _own_customer(
    talk: Talk, consultor: Consultor, atendimento_id: int
) -> tuple[Atendimento | None, Glimpse | None]:
    """The customer that a button is about, if they are still this consultor's; nobody takes them away in this turn."""
    atendimento = await lock_atendimento(talk.tx, atendimento_id, shared=True)
    if atendimento is None or not is_with(atendimento, consultor):
        return None, None
    return atendimento, await glance(talk.tx.connection, atendimento.contato_id)
