"""What a customer writes while nobody has them yet: kept, and shown to the consultor who accepts."""

from dataclasses import replace
from datetime import datetime

from aiogram.types import Message

from core.conversa.conversa import Conteudo, as_line
from core.conversa.envio import carry_kept, keep
from core.conversa.lados import Lado, topic_of
from core.conversa.mudancas import APAGADA, is_overtaken
from core.textos import TEXT_LIMIT, split_text
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.conteudo import content_of, of_customer, was_taken_back
from dialogs.conversa.copias import answer_to, let_go, shows_another_file, tell, written
from dialogs.frame.i18n import SOURCE, _, in_language
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento
from storage.contatos.contatos import glance
from storage.contatos.conversas import unmark_event
from storage.conversa.mensagens import (
    OWED,
    Mensagem,
    change_mensagem,
    last_messages,
    mensagem_by_id,
    mensagem_seen_as,
    mensagem_written_as,
    owed_files,
)
from storage.conversa.tipos import DO_LADO_DO_CLIENTE, Autor, TipoMensagem

# So much of what was said before is shown to whoever accepts.
SHOWN = 30
# In so many messages: a long text must not hide what was said before it.
MOST_PARTS = 5
_MORE = "\n…\n"
# So begins what was written past us, among what a customer said: theirs never begins with what nobody sees.
NO_APLICATIVO = "\u2063"


async def note_customer_message(talk: Talk, event: Message, atendimento: Atendimento) -> None:
    """Keep what the customer, whose conversation this is, writes in the queue; its file is fetched at once."""
    citada = None
    if talk.quoted_id is not None:
        citada = await mensagem_seen_as(talk.tx.connection, talk.contato.id, talk.quoted_id)
    await keep(talk.tx, atendimento, Autor.CLIENTE, written(talk, of_customer(event), citada), None)


async def note_said(talk: Talk, text: str, atendimento: Atendimento) -> None:
    """Keep what the customer wrote, or was written past us, before they were in the queue."""
    autor = Autor.APLICATIVO if text.startswith(NO_APLICATIVO) else Autor.CLIENTE
    escrita = replace(written(talk, Conteudo(TipoMensagem.TEXTO, text.removeprefix(NO_APLICATIVO))), inbound_id=None)
    await keep(talk.tx, atendimento, autor, escrita, None)


async def note_edit(talk: Talk, event: Message, atendimento: Atendimento) -> None:
    """The customer corrects what they wrote in the queue: whoever accepts reads it as it is now."""
    known = talk.inbound_id and await mensagem_written_as(talk.tx.connection, talk.contato.id, talk.inbound_id)
    at = talk.escrita_em or talk.tx.now
    if not known or known.atendimento_id != atendimento.id or comes_too_late(event, known, at):
        return
    if await shows_another_file(talk, content_of(event), known):
        await let_go(talk, known)
        await keep(talk.tx, atendimento, Autor.CLIENTE, written(talk, of_customer(event), known), None)
        return
    await change_mensagem(talk.tx, known.id, texto=edited_content(event, known, None).texto, editada_em=at)


def comes_too_late(event: Message, mensagem: Mensagem, at: datetime) -> bool:
    """Whether a change by the customer was overtaken: what was taken back is edited no more, it was so before."""
    is_gone = mensagem.editada_em is not None and (mensagem.texto or "").startswith(APAGADA)
    return is_overtaken(mensagem, at) or (is_gone and not was_taken_back(event))


def edited_content(event: Message, before: Mensagem, idioma: str | None) -> Conteudo:
    """What a message of the customer is now, in the language of whoever reads it.

    One that was taken back stays readable, and says so. What cannot be shown is left as it was.
    """
    now = content_of(event)
    if not was_taken_back(event):
        return now if now.tipo is not TipoMensagem.OUTRO else replace(now, texto=before.texto)
    with in_language(idioma or SOURCE):
        mark = _("🗑️ Apagada pelo cliente")
    texto = before.texto or ""
    if not texto.startswith(APAGADA):
        texto = f"{mark}: {texto}" if texto else mark
    return Conteudo(TipoMensagem(before.tipo), texto)


async def show_backlog(talk: Talk, atendimento: Atendimento) -> None:
    """What was said so far, to the consultor who has just accepted: as lines, and the customer's files as files."""
    said = await last_messages(talk.tx.connection, atendimento.id, SHOWN)
    if not said:
        return
    customer = await glance(talk.tx.connection, atendimento.contato_id)
    nome = name_or_customer(customer.nome if customer is not None else None)
    lado = Lado(talk.contato, topic=topic_of(atendimento, nome), atendimento_id=atendimento.id)
    lines = [
        f"{talk.local_time(one.quando)} {_whose(one, nome)}: {as_line(one)}{await _cited(talk, one)}" for one in said
    ]
    for part in _parts(_("O que já foi dito:"), lines):
        await tell(talk.tx, lado, part)
    owed = await owed_files(talk.tx.connection, atendimento.id)
    for mensagem in [*(one for one in owed if one.id < said[0].id), *said]:
        if mensagem.autor in DO_LADO_DO_CLIENTE and mensagem.tipo not in (TipoMensagem.TEXTO, TipoMensagem.OUTRO):
            await carry_kept(talk.tx, lado, mensagem, fetch=True)
    for mensagem in owed:
        # Late once more, it is promised to this consultor.
        await unmark_event(talk.tx, OWED, str(mensagem.id))


async def _cited(talk: Talk, mensagem: Mensagem) -> str:
    """What the message answers, which may be of long before."""
    cited = await mensagem_by_id(talk.tx.connection, mensagem.responde_a) if mensagem.responde_a is not None else None
    return f" ({answer_to(cited)})" if cited is not None else ""


def _whose(mensagem: Mensagem, nome: str) -> str:
    signs = {Autor.CLIENTE: nome, Autor.NOTA: "📝", Autor.BOT: "🤖", Autor.APLICATIVO: "📱"}
    return signs.get(Autor(mensagem.autor), _("Consultor"))


def _parts(head: str, lines: list[str]) -> list[str]:
    """As few messages as hold all of it, in order; of more than `MOST_PARTS` the newest, and that there is more."""
    parts = split_text("\n".join([head, *lines]), TEXT_LIMIT - len(head) - len(_MORE))
    newest = parts[-MOST_PARTS:]
    return newest if len(newest) == len(parts) else [f"{head}{_MORE}{newest[0]}", *newest[1:]]
