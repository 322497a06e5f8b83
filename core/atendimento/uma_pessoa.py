"""One person, one conversation: those whom a channel itself names by two ids, and those whose id changes."""

from collections.abc import Sequence
from datetime import datetime

from core.atendimento.atendimento import end
from core.outcome import Outcome
from core.pessoa.duvida import Motivo, doubt, doubt_phone_of
from core.pessoa.identidade import read_anew
from core.telefones import same_person_forms
from storage.atendimento.atendimentos import lock_atendimento, open_atendimento_of
from storage.atendimento.status import EncerradoPor, StatusAtendimento
from storage.contatos.contatos import Contato, attach_usuario, first_heard, put_aside, update_contato
from storage.contatos.conversas import contato_by_other_ids, mark_event, open_contato, opened
from storage.contatos.juncao import ids_of_person, take_over
from storage.ocorrencias import record
from storage.outbox.sent import readdress
from storage.transaction import Transaction


async def be_one(tx: Transaction, contato: Contato, telefone: str | None, scoped_id: str | None) -> None:
    """The channel named this person by both ids in one message: what stood under one of them alone is theirs too.

    Who was known by the id alone is written to by their number from then on: the channel names by it what is
    reported later, and who has another number. Somebody who is spoken to in this same turn is joined by a later
    message.
    """
    if telefone is None or scoped_id is None:
        return
    by_id_alone = contato.external_id == scoped_id
    if not by_id_alone and contato.scoped_id is not None and contato.telefone is not None:
        return
    for other_id in await ids_of_person(tx, contato.channel, [*same_person_forms(telefone), scoped_id]):
        if other_id == contato.id:
            continue
        if opened(tx, other_id) is not None:
            return
        other = await open_contato(tx, other_id)
        if other is not None:
            await _join(tx, contato, other)
    contato.scoped_id = contato.scoped_id or scoped_id
    contato.telefone = contato.telefone or telefone
    if by_id_alone:
        contato.external_id = contato.telefone
        await readdress(tx, contato.id, contato.external_id)
    await update_contato(
        tx, contato.id, scoped_id=contato.scoped_id, telefone=contato.telefone, external_id=contato.external_id
    )


async def follow_person(
    tx: Transaction,
    channel: str,
    event_id: str,
    old_ids: Sequence[str],
    telefone: str | None,
    scoped_id: str | None,
    at: datetime,
) -> Outcome:
    """The channel says that somebody has another number, or another id, since `at`: their history goes with them.

    What a phone gives the right to goes with the phone: it is read anew for the new one, and whoever writes from the
    old one is nobody we know. Neither number nor id: it is another account, or device, by the same ones.
    """
    if not await mark_event(tx, channel, event_id):
        return Outcome.REPEATED
    forms = [form for id_ in old_ids for form in same_person_forms(id_)]
    contato = await contato_by_other_ids(tx, channel, forms)
    if contato is None:
        return Outcome.DONE
    before = contato.usuario
    if scoped_id is not None:
        await _take_scoped_id(tx, contato, scoped_id)
    if telefone is not None:
        await _take_number(tx, contato, telefone, at, new_id=scoped_id is not None)
    if telefone is None and scoped_id is None:
        await doubt(tx, contato, Motivo.APARELHO)
    await read_anew(tx, contato)
    if telefone is not None and before is not None and (contato.usuario is None or contato.usuario.id != before.id):
        await doubt_phone_of(tx, before, contato.id, Motivo.NUMERO)
    await record(tx, "identidade_mudou", str(contato.id))
    return Outcome.DONE


async def _take_scoped_id(tx: Transaction, contato: Contato, scoped_id: str) -> None:
    """Such an id is one person's for ever: who wrote under it before we heard of the change is the same person."""
    for other_id in await ids_of_person(tx, contato.channel, [scoped_id]):
        if other_id != contato.id and (other := await open_contato(tx, other_id)) is not None:
            await _join(tx, contato, other)
    if contato.external_id == contato.scoped_id:
        contato.external_id = scoped_id
    contato.scoped_id = scoped_id
    await update_contato(tx, contato.id, scoped_id=scoped_id, external_id=contato.external_id)
    await readdress(tx, contato.id, contato.external_id)


async def _take_number(tx: Transaction, contato: Contato, telefone: str, at: datetime, *, new_id: bool) -> None:
    """Whoever wrote from it since is the same person; of whoever had it before, the history stays theirs."""
    for other_id in await ids_of_person(tx, contato.channel, list(same_person_forms(telefone))):
        if other_id == contato.id or (other := await open_contato(tx, other_id)) is None:
            continue
        if await first_heard(tx, other_id) >= at:
            await _join(tx, contato, other)
        else:
            await put_aside(tx, other)
            await record(tx, "numero_passou_adiante", str(other_id), para=contato.id)
    contato.external_id = contato.telefone = telefone
    if not new_id:
        # Another number has another id, which the next message tells.
        contato.scoped_id = None
    await update_contato(tx, contato.id, external_id=telefone, telefone=telefone, scoped_id=contato.scoped_id)
    await readdress(tx, contato.id, telefone)


async def _join(tx: Transaction, kept: Contato, other: Contato) -> None:
    await _leave_one_open(tx, kept.id, other.id)
    await take_over(tx, kept.id, other.id)
    await readdress(tx, kept.id, kept.external_id)
    other.changed = False
    if kept.usuario is None and other.usuario is not None:
        await attach_usuario(tx, kept, other.usuario.id)
    if kept.state is None:
        kept.state, kept.state_data, kept.choices = other.state, other.state_data, kept.choices or other.choices
    if other.last_inbound_at is not None and (
        kept.last_inbound_at is None or kept.last_inbound_at < other.last_inbound_at
    ):
        kept.last_inbound_id, kept.last_inbound_at = other.last_inbound_id, other.last_inbound_at
    own = await open_atendimento_of(tx.connection, kept.id)
    kept.atendimento_id = own.id if own is not None else kept.atendimento_id or other.atendimento_id
    kept.nome = kept.nome or other.nome
    kept.changed = True
    await record(tx, "contatos_juntados", str(kept.id), outro=other.id)


async def _leave_one_open(tx: Transaction, kept: int, other: int) -> None:
    """Nobody is attended twice: the one who is spoken with goes on, else the one of the conversation that stays."""
    mine, theirs = await open_atendimento_of(tx.connection, kept), await open_atendimento_of(tx.connection, other)
    if mine is None or theirs is None:
        return
    attended = theirs.status == StatusAtendimento.EM_ATENDIMENTO and mine.status == StatusAtendimento.NA_FILA
    locked = await lock_atendimento(tx, mine.id if attended else theirs.id)
    if locked is not None and locked.status != StatusAtendimento.ENCERRADO:
        await end(tx, locked, EncerradoPor.CLIENTE)
