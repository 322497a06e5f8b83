"""What presences have done later: told in chat, drawn as a report."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.commands.base import Command, command


class Motivo(StrEnum):
    """Why somebody hears of their own presence."""

    SINAL = "sinal"
    PERGUNTAR = "perguntar"
    AUSENTE = "ausente"
    DE_VOLTA = "de_volta"


@command("turn", "presenca")
class FollowUpPresenca(Command):
    """An attendant hears what became of their presence at that moment, where they were last seen."""

    usuario_id: UUID
    motivo: Motivo
    quando: datetime

    @property
    def lane(self) -> str:
        return f"presenca:{self.usuario_id}"


@command("relatorios", "presenca")
class MakePresencaReport(Command):
    """Draw the time in each state and send it to this conversation. `usuario_id`: of whom; None for everybody."""

    contato_id: int
    idioma: str
    usuario_id: UUID | None = None

    @property
    def lane(self) -> str:
        return f"relatorio:{self.contato_id}"
