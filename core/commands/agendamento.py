"""What schedules have done later: their runs, and telling people what became of them."""

from enum import StrEnum
from uuid import UUID

from core.commands.base import Command, command


class Aviso(StrEnum):
    """What somebody hears of a run."""

    CONCLUIDA = "concluida"
    FALHOU = "falhou"
    VOLTOU = "voltou"
    ATRASADA = "atrasada"
    PERDIDA = "perdida"
    PARADA = "parada"


@command("agendamentos", "executar")
class RunAgendamento(Command):
    """Do what the schedule says; runs of one schedule come one after the other."""

    agendamento_id: UUID
    execucao_id: UUID

    @property
    def lane(self) -> str:
        return f"agendamento:{self.agendamento_id}"


@command("turn", "aviso_agendamento")
class TellAgendamento(Command):
    """This person hears what became of a run, where they were last seen."""

    usuario_id: UUID
    agendamento_id: UUID
    execucao_id: UUID
    aviso: Aviso

    @property
    def lane(self) -> str:
        return f"aviso_agendamento:{self.usuario_id}"
