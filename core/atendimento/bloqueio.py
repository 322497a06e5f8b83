"""A customer who blocks us while they wait: nobody is asked about them any more."""

from core.atendimento.atendimento import end
from core.commands.atendimento import TellBlocked
from core.commands.base import write_command
from core.outcome import Outcome
from core.pessoa.contatos import note_membership
from storage.atendimento.atendimentos import lock_atendimento, open_atendimento_of
from storage.atendimento.status import EncerradoPor, StatusAtendimento
from storage.contatos.contatos import contato_by_external
from storage.transaction import Transaction


async def hear_of_block(tx: Transaction, channel: str, event_id: str, external_id: str, *, reachable: bool) -> Outcome:
    """As `note_membership`; who blocked us has left the queue. Whom a consultor attends stays: that one is told."""
    outcome = await note_membership(tx, channel, event_id, external_id, reachable=reachable)
    if outcome is not Outcome.DONE:
        return outcome
    contato_id = await contato_by_external(tx, channel, external_id)
    known = await open_atendimento_of(tx.connection, contato_id) if contato_id is not None else None
    waiting = await lock_atendimento(tx, known.id) if known is not None else None
    if waiting is not None and waiting.status == StatusAtendimento.EM_ATENDIMENTO:
        await write_command(tx, TellBlocked(waiting.id, reachable=reachable))
    elif waiting is not None and not reachable:
        await end(tx, waiting, EncerradoPor.CLIENTE)
    return outcome
