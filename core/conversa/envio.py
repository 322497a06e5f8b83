"""What one side of an atendimento writes: kept, and put into the other side's lane, whose conversation stays shut."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from core.commands.base import write_command
from core.commands.conversa import FetchFile
from core.conversa.conversa import Conteudo
from core.conversa.copias import Chamada, as_copy
from core.conversa.lados import Lado, Markup, Reference, reference_to
from storage.atendimento.atendimentos import Atendimento
from storage.contatos.contatos import Contato
from storage.conversa.arquivos import Arquivo, add_arquivo, arquivo_by_id, as_described, object_key_of
from storage.conversa.mensagens import Mensagem, add_mensagem, change_mensagem, mensagem_by_id
from storage.conversa.tipos import DO_LADO_DO_CLIENTE, Autor, TipoMensagem
from storage.outbox.written import write_down
from storage.transaction import Call, Transaction

# On what is said above a late file: where that is kept.
OF_LATE_FILE = "late_file"


@dataclass(frozen=True, slots=True)
class Escrita:
    """A message that was just written: in which conversation, under which of the channel's ids, in which topic."""

    contato: Contato
    inbound_id: str | None
    topico: str | None
    conteudo: Conteudo
    citada: Mensagem | None = None
    # When it was written, as its channel says: it may arrive later.
    em: datetime | None = None


async def keep(tx: Transaction, atendimento: Atendimento, autor: Autor, escrita: Escrita, lado: Lado | None) -> None:
    """Keep a message that was just written, and carry it to that side; None: there is nobody to carry it to."""
    contato, conteudo, citada = escrita.contato, escrita.conteudo, escrita.citada
    arquivo_id, key = None, None
    if conteudo.arquivo is not None:
        arquivo_id = await keep_arquivo(tx, contato, conteudo.arquivo, lado)
        key = object_key_of(arquivo_id, tx.now)
    call = None
    if lado is not None:
        # An older one may be another consultor's, or in another topic; a customer has one conversation.
        far = autor in DO_LADO_DO_CLIENTE and citada is not None and citada.atendimento_id != atendimento.id
        near = None if far else citada
        call = await send_copy(tx, lado, conteudo, key, reference_to(near, lado.contato.id))
    own_topic = {"topico": escrita.topico} if autor is Autor.CLIENTE and escrita.topico is not None else {}
    mensagem_id = await add_mensagem(
        tx,
        atendimento.id,
        autor,
        conteudo.tipo,
        consultor_id=None if autor in DO_LADO_DO_CLIENTE else atendimento.consultor_id,
        texto=conteudo.texto,
        arquivo_id=arquivo_id,
        detalhe={**(conteudo.detalhe or {}), **own_topic} or None,
        responde_a=citada.id if citada is not None else None,
        contato_id=contato.id,
        inbound_id=escrita.inbound_id,
        outbox_id=call.id if call is not None else None,
        quando=escrita.em or tx.now,
    )
    if call is not None:
        carries(call, mensagem_id)


async def keep_arquivo(tx: Transaction, contato: Contato, arquivo: Arquivo, lado: Lado | None = None) -> UUID:
    """Keep a file that was just sent; its id. It is fetched before the message that shows it on that side."""
    arquivo_id = uuid4()
    await add_arquivo(tx, arquivo_id, contato.id, contato.channel, arquivo)
    fetch = FetchFile(arquivo_id, de_atendimento=True, atendimento=lado.atendimento_id if lado is not None else None)
    await write_command(tx, fetch, lane=lado.contato.lane if lado is not None else None)
    return arquivo_id


async def carry_kept(
    tx: Transaction, lado: Lado, mensagem: Mensagem, *, fetch: bool = False, late: bool = False
) -> None:
    """Carry a message that was kept before to that side: answers to it, and its edits, go by this copy from now on.

    `fetch`: its file may not be in our store yet, so it is fetched first. `late`: a line has stood for its file, which
    comes in a lane of its own and keeps nothing waiting.
    """
    arquivo, key = None, None
    if mensagem.arquivo_id is not None:
        row = await arquivo_by_id(tx, mensagem.arquivo_id)
        assert row is not None
        arquivo, key = as_described(row), object_key_of(row.id, row.recebido_em)
        if fetch:
            wanted = FetchFile(row.id, de_atendimento=True, atendimento=lado.atendimento_id)
            await write_command(tx, wanted, lane=lado.contato.lane)
    answered = await mensagem_by_id(tx.connection, mensagem.responde_a) if mensagem.responde_a else None
    conteudo = Conteudo(TipoMensagem(mensagem.tipo), mensagem.texto, arquivo, mensagem.detalhe)
    lane = FetchFile.lane_of(str(mensagem.arquivo_id)) if late else None
    call = await send_copy(tx, lado, conteudo, key, reference_to(answered, lado.contato.id), lane=lane)
    carries(call, mensagem.id)
    await change_mensagem(tx, mensagem.id, outbox_id=call.id)


def carries(call: Call, mensagem_id: int) -> None:
    """The call is this message: whoever makes it tells the author when it does not arrive."""
    call.params["about"] = {"mensagem_id": mensagem_id}


async def send_copy(
    tx: Transaction,
    lado: Lado,
    conteudo: Conteudo,
    object_key: str | None = None,
    quote: Reference | None = None,
    *,
    lane: str | None = None,
) -> Call:
    """Write down the calls that show this message on that side; the one that is the message itself.

    `lane`: another one than that person's.
    """
    copia = as_copy(conteudo, lado.contato.channel, object_key=object_key, head=lado.head)
    switch = lado.switch
    for chamada in copia.antes:
        above = await send(tx, lado, chamada, markup=switch, lane=lane)
        if lane is not None and object_key is not None:
            above.params[OF_LATE_FILE] = object_key
        switch = None
    return await send(tx, lado, copia.principal, quote=quote, markup=switch, lane=lane)


async def send(
    tx: Transaction,
    lado: Lado,
    chamada: Chamada,
    *,
    quote: Reference | None = None,
    markup: Markup | None = None,
    lane: str | None = None,
) -> Call:
    """Write down one call to that side; `lane`: another one than that person's."""
    params: dict[str, Any] = {"to": lado.contato.external_id, **chamada.params}
    given = {"quote": quote, "topic": lado.topic, "reply_markup": markup, "atendimento": lado.atendimento_id}
    params |= {name: value for name, value in given.items() if value is not None}
    contato = lado.contato
    return await write_down(tx, lane or contato.lane, contato.channel, chamada.method, params, contato.id)
