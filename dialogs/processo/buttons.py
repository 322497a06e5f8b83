"""The buttons of invoices."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from dialogs.frame.buttons import Button

Versao = Annotated[int, Field(ge=1, lt=2**31)]


class ApproveProcesso(Button, prefix="proc"):
    """`versao`: what the card shows; what changed since is not decided upon."""

    does: Literal["aprovar"] = "aprovar"
    processo_id: UUID
    versao: Versao


class RejectProcesso(Button, prefix="proc"):
    does: Literal["rejeitar"] = "rejeitar"
    processo_id: UUID
    versao: Versao


class UndoApproval(Button, prefix="proc"):
    does: Literal["desfazer"] = "desfazer"
    processo_id: UUID


class SeeFatura(Button, prefix="proc"):
    does: Literal["fatura"] = "fatura"
    processo_id: UUID


class SeeProcesso(Button, prefix="proc"):
    does: Literal["ver"] = "ver"
    processo_id: UUID


class WhyProcesso(Button, prefix="proc"):
    """Why it stands where it stands."""

    does: Literal["porque"] = "porque"
    processo_id: UUID


class ShowPassos(Button, prefix="proc"):
    does: Literal["passos"] = "passos"
    processo_id: UUID


class DownloadProcesso(Button, prefix="proc"):
    does: Literal["baixar"] = "baixar"
    processo_id: UUID


class SendToSat(Button, prefix="proc"):
    does: Literal["sat"] = "sat"
    processo_id: UUID


class CancelExecucao(Button, prefix="exec"):
    """Its robot is stopped, or never sent."""

    does: Literal["parar"] = "parar"
    execucao_id: UUID


Competencia = Annotated[int, Field(ge=190001, lt=999913)]


class ShowMes(Button, prefix="procmes"):
    """The counts of a month (AAAAMM)."""

    competencia: Competencia


class ListProcessos(Button, prefix="proclis"):
    """Those of a month in a status; `depois`: the last one shown before."""

    competencia: Competencia
    quais: Literal["baixar", "aprovar", "enviar", "feito", "todos"]
    depois: UUID | None = None


class MoreFound(Button, prefix="procbus"):
    """What was searched for last in this conversation; `depois`: the last one shown before, None for the beginning."""

    depois: UUID | None


class ListExecucoes(Button, prefix="execlis"):
    """What runs, or what failed; `depois`: the last one shown before."""

    quais: Literal["abertas", "falhas"]
    depois: UUID | None = None


class ShowExecucao(Button, prefix="exec"):
    does: Literal["ver"] = "ver"
    execucao_id: UUID


class ShowLinhas(Button, prefix="execlog"):
    """The lines of its log before that one."""

    execucao_id: UUID
    antes: Annotated[int, Field(ge=-(2**63), lt=2**63)]


class MorePendentes(Button, prefix="pend"):
    """What waits, behind the one with this cost and id."""

    custo: Annotated[int, Field(ge=-1, lt=2**63)]
    depois: UUID


class AskToApproveSeveral(Button, prefix="pend"):
    """Those whose witnesses agree; which they are is shown, and asked, first."""

    does: Literal["varias"] = "varias"


class ApproveSeveral(Button, prefix="pend"):
    """Those that were shown."""

    does: Literal["confirmar"] = "confirmar"


class UseArquivo(Button, prefix="arq"):
    """A PDF that was sent is of the processo at that place among those suggested; in whose file's place, or beside."""

    answers: ClassVar[bool | None] = True
    does: Literal["usar"] = "usar"
    arquivo_id: UUID
    lugar: Annotated[int, Field(ge=0, lt=10)]
    como: Literal["novo", "troca", "junto"]


class DropArquivo(Button, prefix="arq"):
    answers: ClassVar[bool | None] = False
    does: Literal["nenhum"] = "nenhum"
    arquivo_id: UUID


class TypeSenha(Button, prefix="senha"):
    """What is typed next opens a PDF: one that somebody sent (`arq`), or a robot's (`doc`)."""

    de: Literal["arq", "doc"]
    which: UUID


class DownloadMissing(Button, prefix="falta"):
    """Those that the last message about missing invoices named, where there is a robot."""

    does: Literal["baixar"] = "baixar"


# They approve, send a robot, or send to SAT: a word or a tap does that, and no number or place alone.
ACTS = (ApproveProcesso, DownloadProcesso, SendToSat)
