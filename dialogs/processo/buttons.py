"""The buttons of invoices."""

from typing import Annotated, Literal
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
