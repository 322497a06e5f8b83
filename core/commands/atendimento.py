"""What atendimentos have done later: turns about consultores' conversations, and the CRM."""

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


@command("turn", "cliente_encerrou")
class TellCustomerEnded(Command):
    """The consultor hears that the customer has ended the conversation."""

    atendimento_id: int

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
