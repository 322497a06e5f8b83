"""The buttons of schedules."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from dialogs.frame.buttons import Button
from storage.agendamento.tipos import TipoAgendamento


class ShowAgendamento(Button, prefix="agenda"):
    does: Literal["ver"] = "ver"
    agendamento_id: UUID


class PauseAgendamento(Button, prefix="agenda"):
    does: Literal["pausar"] = "pausar"
    agendamento_id: UUID


class ResumeAgendamento(Button, prefix="agenda"):
    does: Literal["retomar"] = "retomar"
    agendamento_id: UUID


class RunNow(Button, prefix="agenda"):
    does: Literal["agora"] = "agora"
    agendamento_id: UUID


class AskToRemove(Button, prefix="agenda"):
    """Whether to remove it is asked once more."""

    does: Literal["excluir"] = "excluir"
    agendamento_id: UUID


class RemoveAgendamento(Button, prefix="agenda"):
    answers: ClassVar[bool | None] = True
    does: Literal["apagar"] = "apagar"
    agendamento_id: UUID


class NewAgendamento(Button, prefix="agenda"):
    does: Literal["novo"] = "novo"


class ChooseTipo(Button, prefix="agtipo"):
    tipo: TipoAgendamento


class ChooseDias(Button, prefix="agdias"):
    """The last three fields of the expression, by a word."""

    dias: Literal["todo", "uteis", "segunda", "domingo", "dia1", "outro"]


class ConfirmAgendamento(Button, prefix="agenda"):
    answers: ClassVar[bool | None] = True
    does: Literal["criar"] = "criar"


class ChooseHora(Button, prefix="aghora"):
    """`hora`: four digits, as 0830."""

    hora: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3])[0-5][0-9]$")]
