"""A message that did not reach the other side: its author is told, in plain words."""

from core.conversa.janela import CLOSED_CODE
from core.conversa.lados import Lado, Reference, topic_of
from core.delivery_errors import LATE, LOST, NO_OBJECT, NOT_TAKEN, TOO_LARGE, TOO_OLD
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.copias import tell
from dialogs.conversa.janela import hold_refused
from dialogs.frame.i18n import _, in_language
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id
from storage.atendimento.status import StatusAtendimento
from storage.consultor.consultores import consultor_by_id
from storage.contatos.contatos import glance
from storage.conversa.mensagens import Mensagem
from storage.conversa.tipos import Autor
from storage.servico.servico import serving

# Telegram's, of whoever has blocked us.
_BLOCKED = "403"
# Another file may pass; waiting for the other side helps nothing.
_OF_THE_FILE = frozenset({LOST, NOT_TAKEN, TOO_LARGE})


async def tell_refusal(talk: Talk, mensagem: Mensagem, codigo: str) -> None:
    """`talk` is the author's conversation, `codigo` the provider's own or one of ours (core/delivery_errors.py)."""
    quote = {"provider_id": mensagem.inbound_id} if mensagem.inbound_id is not None else None
    atendimento = await atendimento_by_id(talk.tx.connection, mensagem.atendimento_id)
    assert atendimento is not None
    if mensagem.autor == Autor.APLICATIVO:
        # Whoever wrote it there has no conversation with us; the customer has it.
        return
    if mensagem.autor == Autor.CLIENTE:
        if codigo in _OF_THE_FILE:
            await _tell_why(talk, Lado(talk.contato), codigo, quote)
        else:
            await _tell_customer(talk, mensagem, atendimento, codigo, quote)
        return
    customer = await glance(talk.tx.connection, atendimento.contato_id)
    lado = Lado(talk.contato, topic=topic_of(atendimento, name_or_customer(customer.nome if customer else None)))
    if codigo == CLOSED_CODE and atendimento.status == StatusAtendimento.EM_ATENDIMENTO:
        await hold_refused(talk.tx, atendimento, mensagem, lado, quote)
        return
    await _tell_why(talk, lado, codigo, quote)


async def _tell_why(talk: Talk, lado: Lado, codigo: str, quote: Reference | None) -> None:
    text = _("⚠️ Esta mensagem não chegou: {motivo}").format(motivo=_why(codigo))
    await tell(talk.tx, lado, text, quote=quote)


async def _tell_customer(
    talk: Talk, mensagem: Mensagem, atendimento: Atendimento, codigo: str, quote: Reference | None
) -> None:
    """Their message did not reach the consultor; whoever has them next reads it."""
    connection = talk.tx.connection
    had = await glance(connection, mensagem.copia_contato_id) if mensagem.copia_contato_id is not None else None
    consultor = await consultor_by_id(connection, atendimento.consultor_id) if atendimento.consultor_id else None
    if had is not None and consultor is not None and had.usuario_id != consultor.usuario_id:
        # Somebody else has them by now, and was shown what was said.
        return
    text = _("⚠️ Esta mensagem não chegou: quem atende você não pode recebê-la agora.")
    lost = consultor is None or not await serving(connection, [consultor.id])
    if atendimento.status != StatusAtendimento.ENCERRADO and (lost or codigo == _BLOCKED):
        await tell_unheard(talk, quote)
    else:
        await tell(talk.tx, Lado(talk.contato), text, quote=quote)


async def tell_unheard(talk: Talk, quote: Reference | None) -> None:
    """The customer, whose consultor is lost: what they write is kept, for whoever comes next."""
    text = _("⏳ Quem atendia você não está mais disponível. Esta mensagem está guardada: quem continuar vai ler.")
    await tell(talk.tx, Lado(talk.contato), text, quote=quote)


async def tell_not_shown(talk: Talk) -> None:
    """The customer hears that only their own app shows what they sent, and how it would arrive."""
    quote = {"provider_id": talk.inbound_id} if talk.inbound_id is not None else None
    text = _("⚠️ Isso só aparece no seu aplicativo: quem atende não consegue ver. Mande como texto, foto ou arquivo.")
    await tell(talk.tx, Lado(talk.contato), text, quote=quote)


def in_place_of_file(idioma: str, codigo: str, nome: str, *, comes: bool = True, in_panel: bool = False) -> str:
    """A line that stands for a file that a person cannot get; `codigo` is one of ours (core/delivery_errors.py).

    `comes`: one that is late comes by itself; else they may ask for it again. `in_panel`: they can look at it there.
    """
    with in_language(idioma):
        late = _("📎 {nome}: este arquivo está demorando; chega aqui assim que possível.")
        gone = _("📎 {nome}: não consegui abrir este arquivo agora. Peça de novo daqui a pouco.")
        sentences = {
            NO_OBJECT: _("📎 {nome}: não foi possível baixar este arquivo de onde ele foi enviado."),
            LOST: _("📎 {nome}: este arquivo já não está guardado aqui. Peça de novo a quem mandou."),
            TOO_LARGE: _("📎 {nome}: este arquivo é grande demais para ser enviado por aqui."),
            NOT_TAKEN: _("📎 {nome}: este tipo de arquivo não pode ser enviado por aqui."),
            TOO_OLD: _("📎 {nome}: este arquivo demorou demais e já não vem."),
            LATE: late if comes else gone,
        }
        there = _("Está guardado: PAINEL mostra na conversa.") if in_panel else ""
    return f"{sentences[codigo].format(nome=nome)} {there}".rstrip()


def _why(codigo: str) -> str:
    reasons = {
        CLOSED_CODE: _("passaram 24 horas desde a última mensagem, e o WhatsApp só deixa enviar um modelo aprovado."),
        # developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
        "131026": _("o WhatsApp não entrega nesse número."),
        # Templates alone: too many of anybody's lately, not wanted any more, or held back for a trial of Meta's.
        "131049": _held_back(),
        "130472": _held_back(),
        "131050": _("a pessoa pediu ao WhatsApp para não receber mais modelos nossos."),
        # They come when the file was taken, and turns out to be another one than it says.
        "131052": _not_taken(),
        "131053": _not_taken(),
        _BLOCKED: _("a pessoa bloqueou as nossas mensagens."),
        NOT_TAKEN: _not_taken(),
        TOO_LARGE: _("o arquivo é grande demais."),
        LOST: _("o arquivo já não está guardado aqui. Mande de novo."),
    }
    return reasons.get(codigo) or _("o aplicativo de lá não aceitou (código {codigo}).").format(codigo=codigo)


def _held_back() -> str:
    return _("o WhatsApp segurou este modelo para essa pessoa por enquanto; tente de novo mais tarde.")


def _not_taken() -> str:
    return _("esse tipo de arquivo não pode ser enviado por lá.")
