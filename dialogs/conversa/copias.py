"""Words for the other side of an atendimento: who it is from, and what we say there (core/conversa/envio.py)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.conversa import lados
from core.conversa.conversa import Conteudo, as_line
from core.conversa.copias import Chamada
from core.conversa.envio import Escrita, send
from core.conversa.lados import Lado, Markup, Reference
from core.prazos import shows_its_time
from core.textos import shortened
from dialogs.conversa.buttons import TurnTo
from dialogs.conversa.consultor import first_of, name_or_customer, told_apart
from dialogs.frame.i18n import _, in_language
from dialogs.frame.talk import Choice, Talk, keyboard
from storage.atendimento.atendimentos import Atendimento
from storage.conversa.arquivos import arquivo_by_id
from storage.conversa.mensagens import Mensagem, change_mensagem
from storage.conversa.tipos import Autor
from storage.outbox.sent import params_of_sent
from storage.transaction import Transaction

# A reply button of WhatsApp; a longer label would become a list.
_BUTTON = 20
# So much of an older message says which it is.
_QUOTED = 80


def written(talk: Talk, conteudo: Conteudo, citada: Mensagem | None = None) -> Escrita:
    """What this conversation's person has just written."""
    return Escrita(talk.contato, talk.inbound_id, talk.topic, conteudo, citada, talk.escrita_em)


def dated(talk: Talk, lado: Lado) -> Lado:
    """That side, where it reads when this was written: it was some time ago."""
    written = talk.escrita_em
    if written is None or not shows_its_time(written, talk.tx.now):
        return lado
    with in_language(lado.contato.idioma):
        line = _("🕒 Escrita em {quando}, chegou agora.").format(quando=talk.local_time(written))
    return _headed(lado, line)


def _headed(lado: Lado, line: str) -> Lado:
    return replace(lado, head="\n".join(part for part in (lado.head, line) if part))


async def shows_another_file(talk: Talk, conteudo: Conteudo, mensagem: Mensagem) -> bool:
    """Whether what a message says now has another file than it had: a file's id may change without it."""
    now = conteudo.arquivo
    if now is None:
        return False
    before = await arquivo_by_id(talk.tx, mensagem.arquivo_id) if mensagem.arquivo_id is not None else None
    return before is None or (now.tamanho, now.nome) != (before.tamanho, before.nome)


async def let_go(talk: Talk, mensagem: Mensagem) -> None:
    """From now on another row is what stands under this message's id: the next change is one of that."""
    await change_mensagem(talk.tx, mensagem.id, inbound_id=None)


def answer_to(citada: Mensagem) -> str:
    """A few words for the message that is answered, where it cannot be shown as quoted."""
    return _("em resposta a “{texto}”").format(texto=shortened(as_line(citada), _QUOTED))


def with_older_quote(lado: Lado, citada: Mensagem | None, atendimento: Atendimento) -> Lado:
    """That side, where a line says what is answered: one of an earlier atendimento, or of the consultor
    before them, which is not there."""
    if citada is None:
        return lado
    is_there = lado.contato.id in (citada.contato_id, citada.copia_contato_id)
    if citada.atendimento_id == atendimento.id and (is_there or citada.autor == Autor.CLIENTE):
        return lado
    with in_language(lado.contato.idioma):
        line = f"↩️ {answer_to(citada)}"
    return _headed(lado, line)


async def with_our_quote(talk: Talk, lado: Lado, citada: Mensagem | None) -> Lado:
    """That side, where a line says which sentence of ours the customer answers: the consultor has no copy of it."""
    if citada is not None or talk.quoted_id is None:
        return lado
    params = await params_of_sent(talk.tx.connection, talk.quoted_id, talk.contato.id) or {}
    said = " ".join(str(params.get("text") or params.get("caption") or "").split())
    if not said:
        return lado
    with in_language(lado.contato.idioma):
        line = "↩️ " + _("em resposta a “{texto}”").format(texto=shortened(said, _QUOTED))
    return _headed(lado, line)


async def side_of_consultor(tx: Transaction, atendimento: Atendimento, nome: str) -> Lado | None:
    """Where the consultor reads this customer, with the button that turns to them where it is needed."""
    lado = await lados.side_of_consultor(tx, atendimento, nome)
    if lado is None or not lado.aside:
        return lado
    with in_language(lado.contato.idioma):
        return replace(lado, switch=_markup(answer_button(atendimento.id, first_of(nome))))


def answer_button(atendimento_id: int, nome: str) -> Choice:
    """Turns to this customer."""
    return shortened(_("Responder {nome}").format(nome=nome), _BUTTON), TurnTo(atendimento_id=atendimento_id)


def answer_buttons(customers: Sequence[tuple[Atendimento, str]]) -> list[Choice]:
    """One for each of a consultor's customers."""
    firsts = [(one, first_of(name_or_customer(nome))) for one, nome in customers]
    return [
        answer_button(one.id, nome) if nome == first else (shortened(nome, _BUTTON), TurnTo(atendimento_id=one.id))
        for (one, nome), (_one, first) in zip(told_apart(firsts), firsts, strict=True)
    ]


async def tell(tx: Transaction, lado: Lado, text: str, *choices: Choice, quote: Reference | None = None) -> None:
    """Say something of our own on that side, in its topic."""
    params: dict[str, Any] = {"text": text}
    await send(tx, lado, Chamada("sendMessage", params), quote=quote, markup=_markup(*choices))


def _markup(*choices: Choice) -> Markup | None:
    markup = keyboard(*choices)
    return markup.model_dump(mode="json", exclude_none=True) if markup is not None else None
