"""What sales and the pool have done later: by robots, or in turns of their own."""

from typing import Any
from uuid import UUID

from core.commands.base import Command, command


@command("rpa", "executar_pap")
class StartRobot(Command):
    """Start the sale's robot. No password: bot/robots/sender.py reads it when it makes the call."""

    venda_id: UUID

    @property
    def lane(self) -> str:
        return _lane_of_robot(self.venda_id)


@command("rpa", "responder")
class AnswerRobot(Command):
    """The seller's answer to the robot's question.

    `text` is sealed in the row and wiped when the robot has it; `resposta` is where older releases wrote it in clear.
    """

    venda_id: UUID
    pergunta_id: str
    resposta: str = ""
    text: str = ""

    @property
    def lane(self) -> str:
        return _lane_of_robot(self.venda_id)


@command("rpa", "cancelar")
class StopRobot(Command):
    """Stop the robot where it is; it may have stopped already."""

    venda_id: UUID

    @property
    def lane(self) -> str:
        return _lane_of_robot(self.venda_id)


@command("turn", "evento_do_robo")
class HandleRobotEvent(Command):
    """A robot's event that came before the answer to its start (core/venda/robo.py)."""

    event: str
    job_id: str
    data: dict[str, Any]
    seq: int | None = None

    @property
    def lane(self) -> str:
        return f"job:{self.job_id}"


@command("turn", "venda_encerrada")
class TellEnd(Command):
    """The seller hears how the sale ended."""

    venda_id: UUID

    @property
    def lane(self) -> str:
        return _lane_of_news(self.venda_id)


@command("turn", "venda_tentando_novamente")
class TellDelay(Command):
    """The seller hears that the robot does not start yet."""

    venda_id: UUID

    @property
    def lane(self) -> str:
        return _lane_of_news(self.venda_id)


@command("turn", "login_expirado")
class EndExpired(Command):
    """The sale's login expired, which another sale's turn noticed in passing."""

    venda_id: UUID
    epoch: int = 0

    @property
    def lane(self) -> str:
        return _lane_of_news(self.venda_id)


@command("turn", "servir_fila")
class ServeQueue(Command):
    """A login came back: give it to the head of the queue."""

    @property
    def lane(self) -> str:
        return "pool"


def _lane_of_robot(venda_id: UUID) -> str:
    """Start, answers and cancel reach a robot in order."""
    return f"venda:{venda_id}"


def _lane_of_news(venda_id: UUID) -> str:
    """Not the lane of the robot's calls: a start that does not get through would hold the news of it back."""
    return f"aviso:{venda_id}"
