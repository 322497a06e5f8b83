"""The consultor's side: the card, Aceitar and Passar, the customer on the screen, ENCERRAR."""

from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.atendimento import atendimento as use
from core.atendimento.a_mao import is_free
from core.atendimento.distribuicao import AtendimentoLimits
from core.consultor.protocolos import numero_de
from core.conversa.conversa import as_line
from core.conversa.transcricao import has_past, open_elsewhere
from core.palavras import Palavra
from core.presenca.presenca import PresenceLimits
from dialogs.atendimento.buttons import AcceptOferta, PassOferta
from dialogs.conversa.buttons import TurnTo
from dialogs.conversa.consultor import (
    Attending,
    OpenTalk,
    is_with,
    name_or_customer,
    needs_topic,
    no_longer_theirs,
    on_screen,
    say_it_there,
    told_apart,
    turn_to_next,
)
from dialogs.conversa.espera import show_backlog
from dialogs.conversa.janela import window_text
from dialogs.conversa.topicos import close_topic, open_topic
from dialogs.conversa.transcricao import history_choice
from dialogs.customer.avaliacao import ask_for_rating
from dialogs.customer.buttons import EndOwn
from dialogs.frame.buttons import Tap
from dialogs.frame.channels import channel_name
from dialogs.frame.i18n import LANGUAGE_NAMES, _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import on_word
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id, customers_of, lock_atendimento
from storage.atendimento.ofertas import Oferta, card_shown, oferta_by_id, who_had
from storage.atendimento.status import EncerradoPor, Resposta, StatusAtendimento
from storage.consultor.consultores import Consultor
from storage.contatos.contatos import Contato, glance
from storage.conversa.mensagens import last_messages
from storage.conversa.tipos import Autor

router = Router(name="atendimento")

LAST_MESSAGES = 3
# Of so many hours on, nobody counts the minutes.
_IN_HOURS = 2
_LANGUAGES = {code: LANGUAGE_NAMES[name] for name, code in use.IDIOMAS.items()}

router.message.filter(Attending())
router.callback_query.filter(Attending())


async def show_card(talk: Talk, oferta_id: int, atendimento: Atendimento, nome: str | None) -> None:
    """Who waits, since when, and what they said last; answered with a tap."""
    waited = max(0, (talk.tx.now - atendimento.na_fila_desde) // timedelta(minutes=1))
    lines = [
        _("🔔 {nome} quer falar com um consultor.").format(nome=name_or_customer(nome)),
        _("Protocolo {numero} · {idioma}").format(
            numero=numero_de(atendimento.protocolo_id), idioma=_LANGUAGES.get(atendimento.idioma, atendimento.idioma)
        ),
    ]
    if (before := await who_had(talk.tx.connection, atendimento.id)) is not None:
        lines.append(_("Estava com {nome}.").format(nome=before))
    if waited or before is None:
        lines.append(_waits_for(waited) if waited else _("Acabou de chegar."))
    said = await last_messages(talk.tx.connection, atendimento.id, LAST_MESSAGES)
    signs = {Autor.NOTA: "📝", Autor.APLICATIVO: "📱"}
    lines += [
        f"{signs[Autor(one.autor)]} {as_line(one)}" if one.autor in signs else f"“{as_line(one)}”" for one in said
    ]
    customer = await glance(talk.tx.connection, atendimento.contato_id)
    if customer is not None and (window := window_text(talk, customer.channel, customer.last_inbound_at)):
        lines.append(f"WhatsApp · {window}")
    lines += [_elsewhere(one, channel) for one, channel in await open_elsewhere(talk.tx.connection, atendimento)]
    choices = [*answers_to(oferta_id), *await _past(talk, atendimento)]
    message_id = await talk.say("\n".join(lines), *choices)
    await card_shown(talk.tx, oferta_id, message_id)


def answers_to(oferta_id: int) -> list[Choice]:
    """What a consultor may tap under a card."""
    return [(_("Aceitar"), AcceptOferta(oferta_id=oferta_id)), (_("Passar"), PassOferta(oferta_id=oferta_id))]


def _waits_for(minutes: int) -> str:
    hours = minutes // 60
    if hours >= _IN_HOURS:
        return n_("Espera há {n} hora.", "Espera há {n} horas.", hours).format(n=hours)
    return n_("Espera há {n} minuto.", "Espera há {n} minutos.", minutes).format(n=minutes)


def _elsewhere(atendimento: Atendimento, channel: str) -> str:
    """The same person, by their phone, in the queue or with somebody on another channel."""
    waits = atendimento.status == StatusAtendimento.NA_FILA
    text = _("Também espera pelo {canal}: {numero}.") if waits else _("Também é atendido pelo {canal}: {numero}.")
    return text.format(canal=channel_name(channel), numero=numero_de(atendimento.protocolo_id))


async def _past(talk: Talk, atendimento: Atendimento) -> list[Choice]:
    """The button that shows what was before, for somebody who was here before."""
    return [history_choice(atendimento.id)] if await has_past(talk.tx.connection, atendimento) else []


@router.callback_query(Tap(AcceptOferta))
async def accepted(
    event: CallbackQuery,
    talk: Talk,
    button: AcceptOferta,
    consultor: Consultor,
    open_talk: OpenTalk,
    atendimento_limits: AtendimentoLimits,
    presence_limits: PresenceLimits,
) -> None:
    """The customer is this consultor's from here on; also a minute too late, while nobody else is asked."""
    oferta, atendimento = await _card(talk, button.oferta_id, consultor)
    customer = await open_talk(talk.tx, atendimento.contato_id) if atendimento is not None else None
    talk.speak()
    locked = (
        await lock_atendimento(talk.tx, atendimento.id) if atendimento is not None and customer is not None else None
    )
    limits = (atendimento_limits, presence_limits)
    if (
        oferta is None
        or customer is None
        or locked is None
        or not await _takes(talk, oferta, locked, consultor, *limits)
    ):
        await _card_is_closed(talk, oferta, locked, consultor)
        return
    use.show(customer.contato, locked.id)
    await _greet_customer(customer, locked, consultor)
    talk.speak()
    await _begin(talk, oferta, locked, customer.contato)


async def _takes(
    talk: Talk,
    oferta: Oferta,
    locked: Atendimento,
    consultor: Consultor,
    limits: AtendimentoLimits,
    presence: PresenceLimits,
) -> bool:
    if oferta.resposta != Resposta.EXPIROU:
        return await use.accept(talk.tx, oferta, locked)
    is_there = await is_free(talk.tx.connection, talk.tx.redis, talk.tx.now, consultor, limits, presence)
    return is_there and await use.accept_after_all(talk.tx, oferta, locked)


async def _card(talk: Talk, oferta_id: int, consultor: Consultor) -> tuple[Oferta | None, Atendimento | None]:
    """The card that was tapped and its customer; nothing for a card of somebody else's."""
    oferta = await oferta_by_id(talk.tx.connection, oferta_id)
    if oferta is None or oferta.consultor_id != consultor.id:
        return None, None
    return oferta, await atendimento_by_id(talk.tx.connection, oferta.atendimento_id)


async def _greet_customer(customer: Talk, atendimento: Atendimento, consultor: Consultor) -> None:
    customer.speak()
    text = _("Agora você fala com {nome}. Protocolo {numero}.")
    await customer.say(
        text.format(nome=consultor.nome, numero=numero_de(atendimento.protocolo_id)),
        (_("Encerrar conversa"), EndOwn(atendimento_id=atendimento.id)),
    )


async def _begin(talk: Talk, oferta: Oferta, atendimento: Atendimento, customer: Contato) -> None:
    use.show(talk.contato, atendimento.id)
    nome = name_or_customer(customer.nome)
    numero = numero_de(atendimento.protocolo_id)
    text = _("✅ Você atende {nome}, protocolo {numero}. O que escrever aqui vai para {nome}.")
    text = text.format(nome=nome, numero=numero)
    past = await _past(talk, atendimento)
    if talk.can_edit and oferta.message_id is not None:
        await talk.rewrite(oferta.message_id, text, *past)
    else:
        await talk.say(text, *past)
    await open_topic(talk, atendimento, customer)
    await show_backlog(talk, atendimento)


@router.callback_query(Tap(PassOferta))
async def passed(event: CallbackQuery, talk: Talk, button: PassOferta, consultor: Consultor) -> None:
    """The next one is asked."""
    oferta, atendimento = await _card(talk, button.oferta_id, consultor)
    locked = await lock_atendimento(talk.tx, atendimento.id) if atendimento is not None else None
    if oferta is None or locked is None or not await use.let_pass(talk.tx, oferta, locked, Resposta.PASSOU):
        await _card_is_closed(talk, oferta, locked, consultor)
        return
    await close_card(talk, oferta, _("Você passou. O seu lugar na vez continua o mesmo."))


async def _card_is_closed(
    talk: Talk, oferta: Oferta | None, atendimento: Atendimento | None, consultor: Consultor
) -> None:
    """Why the card does nothing any more: what they did with it themselves, or what others did."""
    if oferta is None or atendimento is None or oferta.resposta != Resposta.ACEITOU:
        passed_on = oferta is not None and oferta.resposta == Resposta.PASSOU
        mine = _("Você já tinha passado esse cliente.")
        others = _("Esse cartão já não vale: o cliente desistiu ou outra pessoa foi chamada.")
        await talk.say(mine if passed_on else others)
        return
    customer = await glance(talk.tx.connection, atendimento.contato_id)
    nome = name_or_customer(customer.nome if customer is not None else None)
    numero = numero_de(atendimento.protocolo_id)
    if is_with(atendimento, consultor):
        await talk.say(_("Você já atende {nome}, protocolo {numero}.").format(nome=nome, numero=numero))
    else:
        text = _("O atendimento {numero} com {nome} já não está com você.")
        await talk.say(text.format(nome=nome, numero=numero))


async def close_card(talk: Talk, oferta: Oferta, text: str) -> None:
    """The card says what became of it; where nothing can be edited, the next message does."""
    if talk.can_edit and oferta.message_id is not None:
        await talk.rewrite(oferta.message_id, text)
    else:
        await talk.say(text)


@on_word(router, Palavra.ENCERRAR)
async def end(
    event: Message | CallbackQuery,
    talk: Talk,
    consultor: Consultor,
    open_talk: OpenTalk,
) -> None:
    """The conversation with the customer on the screen, or of the topic, is over."""
    if await needs_topic(event, talk, consultor):
        await talk.say(say_it_there())
        return
    atendimento = await on_screen(talk, consultor)
    if atendimento is None:
        await talk.say(_("Você não está atendendo ninguém agora."))
        return
    customer = await open_talk(talk.tx, atendimento.contato_id)
    locked = await lock_atendimento(talk.tx, atendimento.id)
    if locked is None or not is_with(locked, consultor):
        talk.speak()
        await talk.say(await no_longer_theirs(talk, atendimento.id))
        return
    await use.end(talk.tx, locked, EncerradoPor.CONSULTOR)
    if customer is not None:
        use.show(customer.contato, None)
        customer.speak()
        await ask_for_rating(customer, locked)
    talk.speak()
    nome = name_or_customer(customer.contato.nome if customer is not None else None)
    said = _("Atendimento {numero} com {nome} encerrado.").format(numero=numero_de(locked.protocolo_id), nome=nome)
    await over(talk, consultor, locked, said)


async def over(
    talk: Talk, consultor: Consultor, atendimento: Atendimento, said: str, *, by_consultor: bool = True
) -> None:
    """This customer is no longer the consultor's. Another one on the screen stays there.

    The next one comes on the screen when the consultor ended it. When somebody else did, only a tap turns to the next:
    what is being typed just then is still for the one who is gone.
    """
    await close_topic(talk, atendimento)
    if talk.contato.atendimento_id not in (atendimento.id, None):
        await talk.say(said)
        return
    customers = await customers_of(talk.tx.connection, consultor.id)
    if customers and not by_consultor:
        await talk.say(said, *switches(customers, None))
        return
    following = await turn_to_next(talk, consultor)
    names = {one.id: name_or_customer(nome) for one, nome in customers}
    now = [_("Na tela agora: {nome}.").format(nome=names[following.id])] if following is not None else []
    await talk.say("\n".join([said, *now]))


@router.callback_query(Tap(TurnTo))
async def switch(event: CallbackQuery, talk: Talk, consultor: Consultor, button: TurnTo) -> None:
    """Another of the consultor's customers comes on the screen."""
    for atendimento, nome in await customers_of(talk.tx.connection, consultor.id):
        if atendimento.id == button.atendimento_id:
            await talk.turn_to("atendimento_id", atendimento.id)
            use.show(talk.contato, atendimento.id)
            text = _("Na tela agora: {nome}. O que escrever aqui vai para {nome}.")
            await talk.say(text.format(nome=name_or_customer(nome)))
            return
    await talk.say(await no_longer_theirs(talk, button.atendimento_id))


def switches(customers: list[tuple[Atendimento, str]], current: int | None) -> list[Choice]:
    """A button for each of the consultor's other customers."""
    named = told_apart([(one, name_or_customer(nome)) for one, nome in customers])
    return [
        (nome, TurnTo(atendimento_id=one.id))
        for one, nome in named
        if one.id != current and one.status == StatusAtendimento.EM_ATENDIMENTO
    ]
