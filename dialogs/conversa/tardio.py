"""A file that came later than what was written after it: shown on the other side, where a line stood for it.

The line promised it, so it comes after the end of the atendimento, too, to whoever that is with then, and says so.
"""

from dataclasses import replace

import structlog

from core.commands.base import write_command
from core.commands.conversa import TellRefusal
from core.consultor.protocolos import numero_de
from core.conversa import lados
from core.conversa.conversa import closed_topic_name, heading
from core.conversa.envio import carry_kept
from core.conversa.janela import CLOSED_CODE
from core.conversa.lados import Lado, reachable, side_of_customer
from core.delivery_errors import NO_OBJECT, TOO_LARGE, TOO_OLD
from core.prazos import ARQUIVO_ATRASADO
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.copias import side_of_consultor, tell
from dialogs.conversa.recusa import in_place_of_file
from dialogs.frame.i18n import _, in_language
from storage.atendimento.atendimentos import Atendimento, lock_atendimento
from storage.atendimento.status import StatusAtendimento
from storage.contatos.contatos import Glimpse, glance
from storage.contatos.conversas import mark_event, unmark_event
from storage.conversa.arquivos import arquivo_by_id
from storage.conversa.mensagens import OWED, Mensagem
from storage.conversa.tipos import DO_LADO_DO_CLIENTE
from storage.pessoa.perfil import ATENDENTES
from storage.pessoa.usuarios import active_perfis
from storage.transaction import Transaction

log = structlog.get_logger()

# As channels say it (dialogs/conversa/recusa.py).
_BLOCKED = "403"
# Of the marks by which a message's file comes once to one person.
_CHANNEL = "tardio"


async def bring(tx: Transaction, mensagem: Mensagem, erro: str | None, promised: int | None = None) -> None:
    """Show the message's file to who waits for it; with `erro`, say that it could not be had.

    `promised`: in whose conversation the line stands that promised it.
    """
    arquivo = await arquivo_by_id(tx, mensagem.arquivo_id) if mensagem.arquivo_id is not None else None
    if arquivo is None:
        return
    # Whether it has ended is not to change before this turn is written.
    atendimento = await lock_atendimento(tx, mensagem.atendimento_id, shared=True)
    lado = await _other_side(tx, mensagem, atendimento) if atendimento is not None else None
    if erro is None and tx.now - arquivo.recebido_em > ARQUIVO_ATRASADO:
        erro = TOO_OLD
    if erro is None and atendimento is not None:
        await _follow_the_customer(tx, mensagem, atendimento, lado, promised, arquivo.nome)
    if lado is None:
        return
    if not await mark_event(tx, _CHANNEL, _mark(mensagem.id, lado.contato.id, erro)):
        # Promised once more when the conversation changed hands: they have it, or have heard of it.
        return
    if erro is None:
        await carry_kept(tx, lado, mensagem, late=True)
    else:
        reason = erro if erro in (TOO_LARGE, TOO_OLD) else NO_OBJECT
        line = in_place_of_file(lado.contato.idioma, reason, arquivo.nome or "arquivo")
        await tell(tx, lado, "\n".join(filter(None, (lado.head, mensagem.texto, line))))


async def bring_again(tx: Transaction, mensagem_id: int, contato_id: int) -> None:
    """The file that was on its way to them could not be had, after all: it may come once more."""
    await unmark_event(tx, _CHANNEL, _mark(mensagem_id, contato_id, None))


def _mark(mensagem_id: int, contato_id: int, erro: str | None) -> str:
    return f"{mensagem_id}:{contato_id}:{erro is None}"


async def _other_side(tx: Transaction, mensagem: Mensagem, atendimento: Atendimento) -> Lado | None:
    """Where it is shown, as rights are now; None where nobody may see it any more, or nothing reaches them."""
    customer = await glance(tx.connection, atendimento.contato_id)
    if customer is None:
        return None
    if atendimento.status == StatusAtendimento.ENCERRADO:
        return await _side_after_the_end(tx, mensagem, atendimento, customer)
    if mensagem.autor in DO_LADO_DO_CLIENTE:
        if atendimento.status != StatusAtendimento.EM_ATENDIMENTO:
            # Whoever takes them from the queue reads what was said, and gets the file.
            return None
        lado = await side_of_consultor(tx, atendimento, name_or_customer(customer.nome))
        # Whose it is: while it is on its way, another customer may come to the screen.
        return _headed(lado, customer, atendimento) if lado is not None and lado.topic is None else lado
    if customer.unreachable_at is not None:
        await write_command(tx, TellRefusal(mensagem.id, _BLOCKED))
        return None
    return await side_of_customer(tx, atendimento, customer)


async def _follow_the_customer(
    tx: Transaction,
    mensagem: Mensagem,
    atendimento: Atendimento,
    lado: Lado | None,
    promised: int | None,
    nome: str | None,
) -> None:
    """Nobody has the customer: it is for who takes them. Who was promised it, and has them no more, hears that once."""
    if mensagem.autor not in DO_LADO_DO_CLIENTE:
        return
    waits = atendimento.status == StatusAtendimento.NA_FILA
    if waits and await mark_event(tx, OWED, str(mensagem.id)):
        log.info("late_file_waits_with_its_customer", mensagem=mensagem.id)
    if promised is None or not (waits or (lado is not None and lado.contato.id != promised)):
        return
    had = await glance(tx.connection, promised)
    perfis = await active_perfis(tx.connection, [had.usuario_id]) if had is not None and had.usuario_id else {}
    if had is None or not ATENDENTES.intersection(perfis.values()) or reachable(tx, had) is None:
        return
    if await mark_event(tx, _CHANNEL, f"{mensagem.id}:{promised}:seguiu"):
        customer = await glance(tx.connection, atendimento.contato_id)
        await tell(tx, Lado(had), _went_on(had.idioma, nome, customer, atendimento, waits=waits))


def _went_on(idioma: str, nome: str | None, customer: Glimpse | None, atendimento: Atendimento, *, waits: bool) -> str:
    with in_language(idioma):
        text = _("📎 {nome}: {cliente} ({numero}) não está mais com você: o arquivo foi para quem atende agora.")
        if waits:
            text = _("📎 {nome}: {cliente} ({numero}) não está mais com você: o arquivo vai para quem atender.")
        cliente = name_or_customer(customer.nome if customer is not None else None)
        return text.format(nome=nome or "arquivo", cliente=cliente, numero=numero_de(atendimento.protocolo_id))


async def _side_after_the_end(
    tx: Transaction, mensagem: Mensagem, atendimento: Atendimento, customer: Glimpse
) -> Lado | None:
    if mensagem.autor in DO_LADO_DO_CLIENTE:
        lado = await lados.side_of_consultor(tx, atendimento, name_or_customer(customer.nome))
        if lado is None:
            return None
        if lado.topic is not None:
            name = closed_topic_name(lado.topic["name"], atendimento.protocolo_id)
            lado = replace(lado, topic={**lado.topic, "name": name})
        lado = _headed(lado, customer, atendimento)
    else:
        found = reachable(tx, customer)
        if found is None:
            # Its consultor hears that it did not arrive, and why.
            codigo = CLOSED_CODE if customer.unreachable_at is None else _BLOCKED
            await write_command(tx, TellRefusal(mensagem.id, codigo))
            return None
        lado = await side_of_customer(tx, atendimento, customer)
        with in_language(customer.idioma):
            lado = replace(lado, head=_("Atendimento {numero}").format(numero=numero_de(atendimento.protocolo_id)))
    with in_language(lado.contato.idioma):
        return replace(lado, head=f"{lado.head}\n{_('Esse atendimento já foi encerrado.')}")


def _headed(lado: Lado, customer: Glimpse, atendimento: Atendimento) -> Lado:
    with in_language(lado.contato.idioma):
        return replace(lado, head=heading(name_or_customer(customer.nome), atendimento.protocolo_id))
