"""The atendimento: from the customer who asks for a person to the rating. Who speaks about it is in dialogs/.

Order of locks: the consultor's conversation, the customer's, the atendimento, the counter of protocolos. A turn that
began with the customer's conversation never opens a consultor's: a turn of its own tells them.
"""

from collections.abc import Mapping
from typing import Any

from core.commands.atendimento import HandOut, NoteInCrm, TellSupervisors, WithdrawCard
from core.commands.base import write_command
from core.consultor.protocolos import numero_de
from core.live import Assunto, Audience, as_timestamp, publish
from storage.atendimento.atendimentos import (
    Atendimento,
    add_atendimento,
    change_atendimento,
    change_waiting_language,
    open_atendimento_of,
)
from storage.atendimento.ofertas import (
    Oferta,
    answer_oferta,
    note_given_back,
    open_oferta_about,
    take_oferta_after_all,
)
from storage.atendimento.status import EncerradoPor, Resposta, StatusAtendimento
from storage.consultor.consultores import stamp
from storage.consultor.protocolos import change_protocolo, issue_protocolos, lock_counter
from storage.contatos.contatos import Contato
from storage.transaction import Transaction

# After so many who did not take a customer, the supervisors hear of it; and again after as many more.
TELL_SUPERVISORS_AFTER = 3

# The consultores' language codes, by the language of a conversation.
IDIOMAS: Mapping[str, str] = {"pt_BR": "pt", "en": "en", "es": "es"}


async def join_queue(tx: Transaction, customer: Contato) -> Atendimento:
    """The customer, whose conversation is open in this turn, joins the queue with a protocolo; or is in it already."""
    known = await open_atendimento_of(tx.connection, customer.id)
    if known is not None:
        return known
    protocolo_id = (await issue_protocolos(tx, [None]))[0]
    atendimento = await add_atendimento(tx, protocolo_id, customer.id, IDIOMAS.get(customer.idioma, "pt"))
    show(customer, atendimento.id)
    await hand_out(tx)
    await tell(tx, "atendimento_aberto", atendimento)
    return atendimento


async def wait_in(tx: Transaction, contato_id: int, idioma: str) -> None:
    """Whoever changes the language of the conversation while waiting waits for somebody who speaks it."""
    if await change_waiting_language(tx, contato_id, IDIOMAS.get(idioma, "pt")):
        await hand_out(tx)


async def hand_out(tx: Transaction) -> None:
    """Have the queue looked at after this turn: somebody joined it, or is free for it."""
    await write_command(tx, HandOut())


async def accept(tx: Transaction, oferta: Oferta, atendimento: Atendimento) -> bool:
    """The consultor takes the customer; False when the card is no longer valid. The atendimento is locked."""
    if atendimento.status != StatusAtendimento.NA_FILA or not await answer_oferta(tx, oferta.id, Resposta.ACEITOU):
        return False
    await _begin(tx, oferta, atendimento)
    return True


async def accept_after_all(tx: Transaction, oferta: Oferta, atendimento: Atendimento) -> bool:
    """Whoever left the card lying takes a customer who still waits, and about whom nobody else is asked now."""
    others = atendimento.destinado_a not in (None, oferta.consultor_id)
    if others or atendimento.status != StatusAtendimento.NA_FILA or not await take_oferta_after_all(tx, oferta):
        return False
    await _begin(tx, oferta, atendimento)
    return True


async def _begin(tx: Transaction, oferta: Oferta, atendimento: Atendimento) -> None:
    await change(
        tx,
        atendimento,
        status=StatusAtendimento.EM_ATENDIMENTO,
        consultor_id=oferta.consultor_id,
        destinado_a=None,
        aceito_em=tx.now,
        passaram=0,
        posicao_dita=None,
        consultor_sumiu_em=None,
        janela_avisada_em=None,
        topico_outbox_id=None,
    )
    given = await change_protocolo(tx, atendimento.protocolo_id, oferta.consultor_id)
    assert given, "an atendimento has its protocolo"
    await lock_counter(tx)
    await stamp(tx, [(oferta.consultor_id, tx.now)])
    await write_command(tx, NoteInCrm(atendimento.id, contato_id=atendimento.contato_id))
    # They look at no card any more, and may have room for another customer.
    await hand_out(tx)
    await tell(tx, "atendimento_aceito", atendimento)


async def let_pass(tx: Transaction, oferta: Oferta, atendimento: Atendimento, resposta: Resposta) -> bool:
    """The consultor passes the customer on, or did not answer; False when the card was closed before."""
    if not await answer_oferta(tx, oferta.id, resposta):
        return False
    passaram = atendimento.passaram + 1
    await change(tx, atendimento, passaram=passaram, destinado_a=None)
    if passaram % TELL_SUPERVISORS_AFTER == 0:
        await write_command(tx, TellSupervisors(atendimento.id))
    await hand_out(tx)
    await tell(tx, "atendimento_passado", atendimento, consultor=oferta.consultor_id, resposta=resposta)
    return True


async def end(tx: Transaction, atendimento: Atendimento, por: EncerradoPor) -> None:
    """It is over; a card that is shown is withdrawn. The atendimento is locked and open."""
    await _withdraw(tx, atendimento)
    attended = atendimento.aceito_em is not None
    await change(tx, atendimento, status=StatusAtendimento.ENCERRADO, encerrado_em=tx.now, encerrado_por=por)
    if attended:
        await write_command(tx, NoteInCrm(atendimento.id, contato_id=atendimento.contato_id))
    await hand_out(tx)
    await tell(tx, "atendimento_encerrado", atendimento, por=por)


async def back_to_queue(
    tx: Transaction,
    atendimento: Atendimento,
    *,
    destinado_a: int | None = None,
    idioma: str | None = None,
    given_back: bool = False,
) -> None:
    """The customer waits again, before everybody else, with the same protocolo. The atendimento is locked.

    `destinado_a`: whom to ask first. `idioma`: what the next one has to speak. `given_back`: by the consultor's own
    wish, who is not asked about them again just now.
    """
    if given_back and atendimento.consultor_id is not None:
        await note_given_back(tx, atendimento.id, atendimento.consultor_id)
    await change(
        tx,
        atendimento,
        status=StatusAtendimento.NA_FILA,
        consultor_id=None,
        destinado_a=destinado_a,
        idioma=idioma or atendimento.idioma,
        prioridade=0,
        na_fila_desde=tx.now,
        passaram=0,
        posicao_dita=None,
        consultor_sumiu_em=None,
    )
    await hand_out(tx)
    await tell(tx, "atendimento_na_fila", atendimento)


async def rate(tx: Transaction, atendimento: Atendimento, avaliacao: int, *, corrects: bool = False) -> bool:
    """1 to 5, once; False when it was rated before, and this does not correct it or says the same."""
    known = atendimento.avaliacao
    if not 1 <= avaliacao <= 5 or (known is not None and (not corrects or known == avaliacao)):
        return False
    await change(tx, atendimento, avaliacao=avaliacao)
    await write_command(tx, NoteInCrm(atendimento.id, contato_id=atendimento.contato_id))
    await tell(tx, "atendimento_avaliado", atendimento, avaliacao=avaliacao)
    return True


def show(contato: Contato, atendimento_id: int | None) -> None:
    """What this conversation is about from now on."""
    contato.atendimento_id = atendimento_id
    contato.changed = True


async def change(tx: Transaction, atendimento: Atendimento, **values: Any) -> None:
    """Change facts of an atendimento that is locked in this turn, in the row and in the hand."""
    await change_atendimento(tx, atendimento.id, **values)
    for name, value in values.items():
        if hasattr(atendimento, name):
            setattr(atendimento, name, value)


async def tell(
    tx: Transaction, event: str, atendimento: Atendimento, *, consultor: int | None = None, **also: Any
) -> None:
    """The live event. `consultor`: whom it is about, if not who has the customer."""
    data = {
        "atendimento_id": atendimento.id,
        "protocolo": numero_de(atendimento.protocolo_id),
        "status": atendimento.status,
        "idioma": atendimento.idioma,
        "consultor_id": consultor if consultor is not None else atendimento.consultor_id,
        **also,
        "timestamp": as_timestamp(tx.now),
    }
    audience = Audience.of(Assunto.ATENDIMENTO)
    await publish(tx, event, data, audience=audience, lane=f"live:atendimento:{atendimento.id}")


async def _withdraw(tx: Transaction, atendimento: Atendimento) -> None:
    """Nobody needs to answer any more; whoever looks at the card is told."""
    oferta = await open_oferta_about(tx.connection, atendimento.id)
    if oferta is not None and await answer_oferta(tx, oferta.id, Resposta.RETIRADA):
        await write_command(tx, WithdrawCard(oferta.id))
