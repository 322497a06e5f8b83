"""What atendimentos have done later: turns about consultores' conversations, and the CRM."""

from enum import StrEnum
from uuid import UUID

from core.commands.base import Command, command

# Turns that hand out the queue, and those that belong to it: one after the other.
LANE = "atendimentos"


@command("turn", "distribuir")
class HandOut(Command):
    """Look at the queue of customers: somebody joined it, or is free for it."""

    @property
    def lane(self) -> str:
        return LANE


@command("turn", "avisar_supervisores")
class TellSupervisors(Command):
    """Several consultores did not take this customer."""

    atendimento_id: int

    @property
    def lane(self) -> str:
        return LANE


@command("turn", "oferta_retirada")
class WithdrawCard(Command):
    """Nobody needs to answer this card any more; whoever looks at it is told."""

    oferta_id: int

    @property
    def lane(self) -> str:
        return LANE


@command("turn", "passar_cartao")
class PassCard(Command):
    """Whoever was shown this card is not online any more: the next one is asked at once."""

    oferta_id: int

    @property
    def lane(self) -> str:
        return LANE


@command("turn", "cliente_encerrou")
class TellCustomerEnded(Command):
    """The consultor hears that the customer has ended the conversation."""

    atendimento_id: int

    @property
    def lane(self) -> str:
        return LANE


@command("turn", "cliente_bloqueou")
class TellBlocked(Command):
    """The consultor hears that nothing of ours reaches their customer now; or, `reachable`, that it does again."""

    atendimento_id: int
    reachable: bool = False

    @property
    def lane(self) -> str:
        return LANE


class Movido(StrEnum):
    """What became of a customer."""

    ENCERRADO = "ENCERRADO"
    FILA = "FILA"


@command("turn", "atendimento_movido")
class TellMoved(Command):
    """Customer and consultor hear that somebody ended this, or moved the customer on, elsewhere than in chat.

    `consultor_id`: who had the customer, None in the queue; `destino_id`: whom they are offered to; `usuario_id`: whose
    doing it was.
    """

    atendimento_id: int
    movido: Movido
    consultor_id: int | None = None
    destino_id: int | None = None
    usuario_id: UUID | None = None

    @property
    def lane(self) -> str:
        return LANE


@command("pipedrive", "atendimento")
class NoteInCrm(Command):
    """Tell the CRM what is true when its turn comes. One lane for a customer: their person is made once."""

    atendimento_id: int
    # Rows of before have it in their lane only.
    contato_id: int | None = None

    @property
    def lane(self) -> str:
        return f"crm:{self.contato_id}"


@command("turn", "avisar_sem_nota")
class TellNotNoted(Command):
    """The CRM will not have this atendimento as it is now: its consultor hears so, when it is over."""

    atendimento_id: int

    @property
    def lane(self) -> str:
        return LANE
