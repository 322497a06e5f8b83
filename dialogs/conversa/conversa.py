"""Customer and consultor talk: what one writes, changes or reacts to arrives on the other's channel, in order.

A turn that relays opens the author's conversation only; the atendimento's row, locked for reading, says whose it is.
Neither channel tells that a person types, so that does not cross from chat to chat.
"""

from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, MessageReactionUpdated

from core.atendimento.atendimento import show
from core.consultor.protocolos import numero_de
from core.conversa.conversa import Conteudo, Rumo, as_line
from core.conversa.envio import keep
from core.conversa.lados import Lado, reachable
from core.conversa.mudancas import edit, is_overtaken, react
from core.conversa.retencao import Saida, is_held_back
from core.conversa.retencao import carry as carry_out
from core.palavras import Palavra, is_bare_command, match_word, may_use
from core.textos import shortened
from dialogs.conversa.consultor import Attending, is_with, name_or_customer, no_longer_theirs
from dialogs.conversa.conteudo import content_of, is_shown_there, of_customer, reaction_of, was_taken_back
from dialogs.conversa.copias import (
    answer_buttons,
    dated,
    let_go,
    shows_another_file,
    side_of_consultor,
    tell,
    with_older_quote,
    with_our_quote,
    written,
)
from dialogs.conversa.destinatario import Addressed, Alvo, tell_own_topic
from dialogs.conversa.espera import comes_too_late, edited_content
from dialogs.conversa.janela import offer_held, tell_closed
from dialogs.conversa.recusa import tell_not_shown, tell_unheard
from dialogs.frame.i18n import _, in_language
from dialogs.frame.prazos import let_offer_go
from dialogs.frame.talk import Choice, Talk
from storage.atendimento.atendimentos import (
    Atendimento,
    atendimento_now,
    attended_by,
    lock_atendimento,
    shared_ahead,
)
from storage.atendimento.status import StatusAtendimento
from storage.consultor.consultores import Consultor, consultor_by_id
from storage.contatos.contatos import Glimpse, glance
from storage.conversa.mensagens import Mensagem, mensagem_seen_as, mensagem_written_as
from storage.conversa.tipos import Autor, TipoMensagem
from storage.pessoa.perfil import Perfil

customers = Router(name="conversa_clientes")
consultores = Router(name="conversa_consultores")

Event = Message | CallbackQuery | MessageReactionUpdated

_IN_THE_MENU = frozenset({Palavra.INICIO, Palavra.CONSULTOR, Palavra.AJUDA, Palavra.MENU})
# A customer is answered with these, too.
_SAID_TO_BOTH = frozenset({Palavra.SIM, Palavra.NAO, Palavra.CANCELAR})


def _is_command(event: Event) -> bool:
    return isinstance(event, Message) and is_bare_command(event.text or "")


class BeingAttended(Filter):
    """A consultor has this customer, and nobody can change that in this turn; given as `atendimento`."""

    async def __call__(
        self, event: Event, talk: Talk, palavra: Palavra | None = None, argumento: str = ""
    ) -> bool | dict[str, Atendimento]:
        own = talk.contato.atendimento_id
        # An invitation is for us, whoever the person talks to; so is the language, chosen in the app's menu.
        to_us = (palavra is Palavra.INICIO and argumento) or (palavra is Palavra.IDIOMA and _is_command(event))
        if own is None or to_us:
            return False
        if talk.contato.usuario is not None:
            # A consultor's is a customer of theirs; it is their own when they were registered while they talked.
            known = await atendimento_now(talk.tx, own)
            if known is None or known.contato_id != talk.contato.id:
                return False
        ahead = shared_ahead(talk.tx, own)
        if ahead is not None and ahead.status != StatusAtendimento.EM_ATENDIMENTO:
            # It is left to whoever asks next.
            return False
        atendimento = await lock_atendimento(talk.tx, own, shared=True)
        if atendimento is None or atendimento.status != StatusAtendimento.EM_ATENDIMENTO:
            return False
        return {"atendimento": atendimento}


for kind in ("message", "edited_message", "message_reaction"):
    customers.observers[kind].filter(BeingAttended())
    consultores.observers[kind].filter(Attending())
consultores.message.filter(Addressed())


class CommandToUs(Filter):
    """A command of the app's menu, or the bot opened anew (`/start`): nobody says that to a person."""

    async def __call__(self, event: Message, palavra: Palavra | None = None) -> bool:
        return palavra in _IN_THE_MENU and _is_command(event)


@customers.message(CommandToUs())
async def command_to_us(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    await tell_attended(talk, atendimento)


async def tell_attended(talk: Talk, atendimento: Atendimento) -> None:
    """To a customer who asks for a person, or comes in anew, and has one."""
    consultor = (
        await consultor_by_id(talk.tx.connection, atendimento.consultor_id) if atendimento.consultor_id else None
    )
    text = _("Você já fala com {nome}, protocolo {numero}. É só escrever aqui.")
    nome = consultor.nome if consultor is not None else _("um consultor")
    await talk.say(text.format(nome=nome, numero=numero_de(atendimento.protocolo_id)))


@customers.message()
async def from_customer(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    nome = name_or_customer(talk.contato.nome)
    lado = await side_of_consultor(talk.tx, atendimento, nome)
    conteudo = of_customer(event)
    is_shown = is_shown_there(conteudo)
    if not is_shown and lado is not None:
        with in_language(lado.contato.idioma):
            conteudo = Conteudo(
                TipoMensagem.TEXTO, _("❔ {nome} mandou algo que só aparece no aplicativo de lá.").format(nome=nome)
            )
    is_held = await is_held_back(talk.tx, talk.contato.channel, atendimento.id)
    citada = await _answered(talk)
    escrita = written(talk, conteudo, citada)
    shown = with_older_quote(dated(talk, lado), citada, atendimento) if lado is not None else None
    if shown is not None:
        shown = await with_our_quote(talk, shown, citada)
    await keep(talk.tx, atendimento, Autor.CLIENTE, escrita, shown)
    if not is_shown:
        await tell_not_shown(talk)
    elif lado is None:
        await tell_unheard(talk, {"provider_id": talk.inbound_id})
    if is_held and lado is not None:
        await offer_held(talk.tx, atendimento, lado, nome)


@customers.edited_message()
async def edited_by_customer(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    mensagem, at = await _written_here(talk, atendimento), talk.escrita_em or talk.tx.now
    if mensagem is not None and not comes_too_late(event, mensagem, at):
        lado = await side_of_consultor(talk.tx, atendimento, name_or_customer(talk.contato.nome))
        if await shows_another_file(talk, content_of(event), mensagem):
            # No copy can show another file: it comes as one that answers the old.
            await let_go(talk, mensagem)
            await keep(talk.tx, atendimento, Autor.CLIENTE, written(talk, of_customer(event), mensagem), lado)
            return
        now = edited_content(event, mensagem, lado.contato.idioma if lado else None)
        if lado is not None and mensagem.copia_contato_id != lado.contato.id and now.texto != mensagem.texto:
            # They have no copy: they read it in the transcript, when it was said to the queue or to another one.
            await tell(talk.tx, lado, f"✏️ {now.texto}")
        await edit(talk.tx, mensagem, now, lado, at)


@customers.message_reaction()
async def reaction_of_customer(event: MessageReactionUpdated, talk: Talk, atendimento: Atendimento) -> None:
    nome = name_or_customer(talk.contato.nome)
    lado = await side_of_consultor(talk.tx, atendimento, nome)
    mensagem, emoji = await _answered(talk), reaction_of(event)
    if mensagem is None or mensagem.atendimento_id == atendimento.id:
        await react(talk.tx, mensagem, Autor.CLIENTE, emoji, lado)
    elif emoji is not None and lado is not None:
        # Whoever has them now has no copy of what was said in an earlier atendimento.
        with in_language(lado.contato.idioma):
            text = _("{emoji} {nome} reagiu a uma mensagem de um atendimento anterior: {mensagem}")
        await tell(talk.tx, lado, text.format(emoji=emoji, nome=nome, mensagem=shortened(as_line(mensagem), 200)))


@consultores.message()
async def from_consultor(event: Message, talk: Talk, consultor: Consultor, alvo: Alvo) -> None:
    """To the customer it is for; whatever does not go to anybody is said, so that it can be sent again."""
    if alvo.rumo is Rumo.ESCOLHER and talk.topic is not None:
        await tell_own_topic(talk)
        return
    if alvo.rumo is Rumo.ESCOLHER:
        text = _("Você atende mais de um cliente. Para quem é? Nada foi enviado ainda.")
        await talk.say(text, *await _answer_buttons(talk, consultor))
        return
    atendimento = await lock_atendimento(talk.tx, alvo.atendimento_id, shared=True) if alvo.atendimento_id else None
    if atendimento is None or not is_with(atendimento, consultor):
        await _is_over(talk, consultor, alvo.atendimento_id)
        return
    customer = await carry(talk, atendimento, content_of(event), alvo.citada)
    if customer is not None:
        let_offer_go(talk)
        await _make_clear(talk, atendimento, customer, alvo)


async def carry(talk: Talk, atendimento: Atendimento, conteudo: Conteudo, citada: Mensagem | None) -> Glimpse | None:
    """Send something of the consultor to their customer, whose atendimento is locked; the customer it went to.

    None when it does not go out now; the consultor has been told why.
    """
    customer = await glance(talk.tx.connection, atendimento.contato_id)
    if customer is None:
        return None
    saida = await carry_out(talk.tx, atendimento, customer, written(talk, conteudo, citada))
    if saida is Saida.FOI:
        return customer
    if saida is Saida.RETIDA:
        await tell_closed(talk, atendimento, customer)
    elif saida is Saida.NAO_CHEGA:
        await talk.say(_("Esse tipo de mensagem não chega ao cliente. Mande como texto, foto ou arquivo."))
    else:
        nome = name_or_customer(customer.nome)
        await talk.say(_("⚠️ {nome} não recebe as nossas mensagens agora. Nada foi enviado.").format(nome=nome))
    return None


class Written(Filter):
    """What was edited is a message that is kept; given as `mensagem`. Of others we say that they were read before."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Mensagem]:
        mensagem = await _written_here(talk)
        return {"mensagem": mensagem} if mensagem is not None else False


@consultores.edited_message(Written())
async def edited_by_consultor(event: Message, talk: Talk, consultor: Consultor, mensagem: Mensagem) -> None:
    at = talk.escrita_em or talk.tx.now
    if mensagem.autor == Autor.NOTA:
        await _edit_note(event, talk, mensagem, at)
        return
    if mensagem.autor != Autor.CONSULTOR:
        return
    if was_taken_back(event):
        text = _("O cliente já recebeu essa mensagem, e não posso apagá-la do telefone dele. Se preciso, escreva.")
        await talk.say(text)
        return
    now = content_of(event)
    # What `/r name` became is the customer's; what it was typed as is nobody's message.
    unchanged = now.arquivo is None and (mensagem.texto or "") == (now.texto or "")
    if unchanged or is_overtaken(mensagem, at):
        return
    if _is_for_us(event, talk):
        text = _("Não mudei a mensagem do cliente: o que ela diz agora parece ser para mim. Mande como mensagem nova.")
        await talk.say(text)
        return
    atendimento, lado = await _side_of_customer(talk, consultor, mensagem)
    if atendimento is None:
        why, so = await no_longer_theirs(talk, mensagem.atendimento_id), _("A sua correção não chegou ao cliente.")
        await talk.say(f"{why} {so}")
        return
    if await shows_another_file(talk, now, mensagem):
        await let_go(talk, mensagem)
        await carry(talk, atendimento, now, mensagem)
        return
    await edit(talk.tx, mensagem, now, lado, at)


async def _edit_note(event: Message, talk: Talk, mensagem: Mensagem, at: datetime) -> None:
    """What the note says now, with or without its word before it; nothing of it goes to anybody."""
    now = content_of(event)
    worded = match_word(now.texto or "", getattr(talk.bot, "username", None))
    texto = (worded[1] if worded is not None and worded[0] is Palavra.NOTA else now.texto) or None
    if was_taken_back(event) or texto in (None, mensagem.texto) or is_overtaken(mensagem, at):
        return
    await edit(talk.tx, mensagem, replace(now, texto=texto), None, at)
    await talk.say(_("📝 Nota corrigida."))


def _is_for_us(event: Message, talk: Talk) -> bool:
    """Whether it would be no message to the customer if it were written now: a note, a word of ours, a command."""
    text = content_of(event).texto or ""
    worded = match_word(text, getattr(talk.bot, "username", None))
    perfil = Perfil(talk.pessoa.perfil_usuario) if talk.pessoa is not None else None
    return text.startswith("/") or (
        worded is not None and worded[0] not in _SAID_TO_BOTH and may_use(worded[0], perfil)
    )


@consultores.message_reaction()
async def reaction_of_consultor(event: MessageReactionUpdated, talk: Talk, consultor: Consultor) -> None:
    mensagem = await _answered(talk)
    atendimento, lado = await _side_of_customer(talk, consultor, mensagem)
    if atendimento is not None:
        await react(talk.tx, mensagem, Autor.CONSULTOR, reaction_of(event), lado)


async def _answered(talk: Talk, atendimento: Atendimento | None = None) -> Mensagem | None:
    """The message that the event quotes, or reacts to; of this atendimento, when one is given."""
    if talk.quoted_id is None:
        return None
    found = await mensagem_seen_as(talk.tx.connection, talk.contato.id, talk.quoted_id)
    return found if found is None or atendimento is None or found.atendimento_id == atendimento.id else None


async def _written_here(talk: Talk, atendimento: Atendimento | None = None) -> Mensagem | None:
    """The message that was edited; of this atendimento, when one is given."""
    if talk.inbound_id is None:
        return None
    found = await mensagem_written_as(talk.tx.connection, talk.contato.id, talk.inbound_id)
    return found if found is None or atendimento is None or found.atendimento_id == atendimento.id else None


async def _side_of_customer(
    talk: Talk, consultor: Consultor, mensagem: Mensagem | None
) -> tuple[Atendimento | None, Lado | None]:
    """The atendimento of the message, as long as it is this consultor's, and the customer when they can be reached."""
    atendimento = (
        await lock_atendimento(talk.tx, mensagem.atendimento_id, shared=True) if mensagem is not None else None
    )
    if atendimento is None or not is_with(atendimento, consultor):
        return None, None
    return atendimento, reachable(talk.tx, await glance(talk.tx.connection, atendimento.contato_id))


async def _make_clear(talk: Talk, atendimento: Atendimento, customer: Glimpse, alvo: Alvo) -> None:
    """The customer is on the screen now; one who is answered aside is not, and the consultor is told who got it."""
    if alvo.aside:
        nome, numero = name_or_customer(customer.nome), numero_de(atendimento.protocolo_id)
        await talk.say(_("↪️ Foi para {nome} ({numero}).").format(nome=nome, numero=numero))
    elif talk.contato.atendimento_id != atendimento.id:
        show(talk.contato, atendimento.id)


async def _is_over(talk: Talk, consultor: Consultor, atendimento_id: int | None) -> None:
    """What was meant for somebody who is gone goes to nobody else: the next one comes on the screen by a tap."""
    choices = await _answer_buttons(talk, consultor)
    if not choices:
        show(talk.contato, None)
    why = await no_longer_theirs(talk, atendimento_id)
    await talk.say(f"{why} {_('Nada foi enviado.')}", *choices)


async def _answer_buttons(talk: Talk, consultor: Consultor) -> list[Choice]:
    return answer_buttons(await attended_by(talk.tx, consultor.id))
