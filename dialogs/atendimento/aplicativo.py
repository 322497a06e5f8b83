"""What somebody of the operation writes to a customer past us, in the WhatsApp Business app (Meta: coexistence).

Whoever attends the customer here reads it at once; who waits keeps their place, and whoever takes them reads it. To a
customer whom nobody attends here we say nothing in between: they hear us again when they ask for a consultor or for
anything else in a word, tap a button of ours, or write long after.
"""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento.aplicativo import DESDE, is_left_to_the_app
from core.conversa.conversa import Conteudo
from core.conversa.envio import keep, keep_arquivo
from core.conversa.lados import Lado
from core.conversa.mudancas import APAGADA, edit, is_overtaken
from core.heard import CHANGED
from core.palavras import Palavra
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.conteudo import content_of, is_shown_there, was_taken_back
from dialogs.conversa.copias import dated, side_of_consultor, written
from dialogs.customer.avaliacao import Avaliar
from dialogs.customer.dito import remember_past_us, remember_said
from dialogs.frame.i18n import _, in_language
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento, lock_atendimento, open_atendimento_of
from storage.atendimento.status import StatusAtendimento
from storage.conversa.mensagens import Mensagem, mensagem_seen_as, mensagem_written_as
from storage.conversa.tipos import Autor, TipoMensagem
from storage.outbox.sent import sent_call

router = Router(name="aplicativo")


class LeftToTheApp(Filter):
    """A customer whom somebody answered there lately goes on writing, and says no word that is for us."""

    async def __call__(self, event: Message, talk: Talk, palavra: Palavra | None = None) -> bool:
        if talk.pessoa is not None or palavra is not None:
            return False
        if not is_left_to_the_app(talk.contato, talk.escrita_em or talk.tx.now):
            return False
        return await open_atendimento_of(talk.tx.connection, talk.contato.id) is None


class ToACustomer(Filter):
    """It was written to somebody who waits, or is attended, here; given as `atendimento`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Atendimento]:
        if await _is_ours(talk):
            return False
        own = await open_atendimento_of(talk.tx.connection, talk.contato.id)
        atendimento = await lock_atendimento(talk.tx, own.id, shared=True) if own is not None else None
        if atendimento is None or atendimento.status == StatusAtendimento.ENCERRADO:
            return False
        return {"atendimento": atendimento}


class ToAStranger(Filter):
    """It was written to somebody whom nobody attends here, and who is none of the operation."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return talk.pessoa is None and not _was_changed(event) and not await _is_ours(talk)


@router.business_message(ToACustomer())
async def answered_there(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    lado = await _side(talk, atendimento)
    if _was_changed(event):
        await _change(event, talk, atendimento, lado)
        return
    conteudo = content_of(event)
    if not is_shown_there(conteudo):
        conteudo = Conteudo(TipoMensagem.TEXTO, "❔")
    escrita = written(talk, conteudo, await _quoted(talk))
    await keep(talk.tx, atendimento, Autor.APLICATIVO, escrita, dated(talk, lado) if lado is not None else None)


@router.business_message(ToAStranger())
async def left_to_them(event: Message, talk: Talk) -> None:
    if talk.contato.state in (Avaliar.nota.state, Avaliar.comentario.state):
        # What is written next answers whoever wrote last; the stars may still be tapped.
        await talk.state.set_state(None)
    await remember_past_us(talk, event)
    await talk.state.update_data({DESDE: (talk.escrita_em or talk.tx.now).isoformat()})


@router.message(LeftToTheApp())
async def said_to_them(event: Message, talk: Talk) -> None:
    """Kept for a consultor who may come later; the file, too."""
    arquivo = content_of(event).arquivo
    if arquivo is not None:
        await keep_arquivo(talk.tx, talk.contato, arquivo)
    await remember_said(talk, event)


@router.edited_message(LeftToTheApp())
async def corrected_for_them(event: Message, talk: Talk) -> None:
    """They read it there."""


def _was_changed(event: Message) -> bool:
    return bool((event.model_extra or {}).get(CHANGED))


async def _is_ours(talk: Talk) -> bool:
    """Whether we sent it ourselves, and it is told back."""
    return talk.inbound_id is not None and await sent_call(talk.tx.connection, talk.inbound_id) is not None


async def _side(talk: Talk, atendimento: Atendimento) -> Lado | None:
    """Where their consultor reads it, and that it is none of the customer's."""
    if atendimento.status != StatusAtendimento.EM_ATENDIMENTO:
        return None
    lado = await side_of_consultor(talk.tx, atendimento, name_or_customer(talk.contato.nome))
    if lado is None:
        return None
    with in_language(lado.contato.idioma):
        line = _("📱 Escrito ao cliente no aplicativo do WhatsApp Business:")
    return replace(lado, head="\n".join(filter(None, (lado.head, line))))


async def _quoted(talk: Talk) -> Mensagem | None:
    if talk.quoted_id is None:
        return None
    return await mensagem_seen_as(talk.tx.connection, talk.contato.id, talk.quoted_id)


async def _change(event: Message, talk: Talk, atendimento: Atendimento, lado: Lado | None) -> None:
    """What was corrected or deleted there: the consultor's copy says so."""
    known = talk.inbound_id and await mensagem_written_as(talk.tx.connection, talk.contato.id, talk.inbound_id)
    at = talk.escrita_em or talk.tx.now
    if not known or known.atendimento_id != atendimento.id or is_overtaken(known, at):
        return
    texto = known.texto or ""
    now = content_of(event).texto
    if was_taken_back(event):
        now = texto if texto.startswith(APAGADA) else f"{APAGADA} {texto}".rstrip()
    await edit(talk.tx, known, Conteudo(TipoMensagem(known.tipo), now), lado, at)
