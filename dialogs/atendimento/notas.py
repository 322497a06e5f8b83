"""NOTA: what a consultor keeps about a customer for the consultores who come after; the customer never sees it.

A text, or a file with NOTA in its caption: sent on because the word was not typed alone, it would have been seen.
"""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.consultor.protocolos import numero_de
from core.conversa.conversa import Conteudo
from core.conversa.envio import keep
from core.palavras import Palavra, match_word
from dialogs.conversa.comandos import customer_meant
from dialogs.conversa.consultor import Attending, name_or_customer, no_longer_theirs, on_screen
from dialogs.conversa.conteudo import content_of
from dialogs.conversa.copias import written
from dialogs.conversa.destinatario import Addressed
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Lapsed
from dialogs.frame.talk import Talk
from dialogs.frame.words import Unworded, on_word
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id
from storage.consultor.consultores import Consultor
from storage.contatos.contatos import glance
from storage.conversa.tipos import Autor, TipoMensagem

router = Router(name="notas")
router.message.filter(Attending())
router.callback_query.filter(Attending())


class Nota(StatesGroup):
    """NOTA was typed alone."""

    texto = State()


class AnswersForNote(Filter):
    """The text that was asked for. What is written in another topic, or quotes a message, is for the customer."""

    async def __call__(
        self,
        event: Message,
        talk: Talk,
        consultor: Consultor,
        palavra: Palavra | None = None,
        raw_state: str | None = None,
    ) -> bool:
        if raw_state != Nota.texto.state or palavra is not None:
            return False
        # Asked as if something waited for an answer: only a topic or a quote says whom a message is for then.
        found = await Addressed()(event, talk, consultor, raw_state)
        about = (await talk.state.get_data()).get("atendimento_id")
        return not isinstance(found, dict) or found["alvo"].atendimento_id == about


class NoteUnderFile(Filter):
    """A file whose caption begins with NOTA; the rest of it is given as `argumento`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, str]:
        found = match_word(event.caption, getattr(talk.bot, "username", None)) if event.caption else None
        return {"argumento": found[1]} if found is not None and found[0] is Palavra.NOTA else False


@router.message(AnswersForNote())
async def typed(event: Message, talk: Talk, consultor: Consultor) -> None:
    """The note that was asked for; of a customer who left meanwhile, too."""
    data = await talk.state.get_data()
    await talk.state.clear()
    atendimento = await atendimento_by_id(talk.tx.connection, data["atendimento_id"])
    if atendimento is not None and atendimento.consultor_id == consultor.id:
        await _keep(talk, atendimento, content_of(event))
    else:
        await talk.say(await no_longer_theirs(talk, data["atendimento_id"]))


@router.message(Lapsed(Nota.texto), Unworded())
async def typed_too_late(event: Message, talk: Talk) -> None:
    """It may be the note, or for the customer: it goes nowhere, so that no note is ever read by a customer."""
    await talk.say(
        _(
            "Faz tempo que pedi a nota: nada foi anotado nem enviado. "
            "Para anotar, NOTA texto; ao cliente, mande de novo."
        )
    )


@on_word(router, Palavra.CANCELAR, Nota.texto)
@on_word(router, Palavra.NAO, Nota.texto)
async def drop(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Tudo bem, nada foi anotado."))


@router.message(NoteUnderFile())
async def note_with_file(event: Message, talk: Talk, consultor: Consultor, argumento: str) -> None:
    atendimento = await _about(event, talk, consultor)
    if atendimento is not None:
        await _keep(talk, atendimento, replace(content_of(event), texto=argumento or None))


@on_word(router, Palavra.NOTA)
async def take_note(event: Message | CallbackQuery, talk: Talk, consultor: Consultor, argumento: str) -> None:
    """`NOTA texto`; without a text it is asked for."""
    atendimento = await _about(event, talk, consultor)
    if atendimento is None:
        return
    if argumento:
        await _keep(talk, atendimento, Conteudo(TipoMensagem.TEXTO, argumento))
        return
    await talk.state.set_state(Nota.texto)
    await talk.state.update_data(atendimento_id=atendimento.id)
    text = _("Escreva a nota sobre {nome}. O cliente não vê. CANCELAR desiste.")
    await talk.say(text.format(nome=await _name(talk, atendimento)))


async def _about(event: Message | CallbackQuery, talk: Talk, consultor: Consultor) -> Atendimento | None:
    if isinstance(event, Message):
        destino = await customer_meant(event, talk, consultor)
        return destino.atendimento if destino is not None else None
    atendimento = await on_screen(talk, consultor)
    if atendimento is None:
        await talk.say(_("Você não está atendendo ninguém agora."))
    return atendimento


async def _keep(talk: Talk, atendimento: Atendimento, conteudo: Conteudo) -> None:
    # To no side: nothing carries it anywhere.
    await keep(talk.tx, atendimento, Autor.NOTA, written(talk, conteudo), None)
    text = _("📝 Anotado sobre {nome} ({numero}).")
    numero = numero_de(atendimento.protocolo_id)
    await talk.say(text.format(nome=await _name(talk, atendimento), numero=numero))


async def _name(talk: Talk, atendimento: Atendimento) -> str:
    customer = await glance(talk.tx.connection, atendimento.contato_id)
    return name_or_customer(customer.nome if customer is not None else None)
