"""The buttons of a customer."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.frame.buttons import Button, Id, Idioma


class GreetIn(Button, prefix="cliente"):
    """The language of somebody new."""

    does: Literal["idioma"] = "idioma"
    idioma: Idioma


class LeaveFila(Button, prefix="cliente"):
    does: Literal["desistir"] = "desistir"
    atendimento_id: Id


class LeaveAfterAll(Button, prefix="cliente"):
    """The yes to "Quer sair da fila?"; typed as well as tapped, which `LeaveFila` under other messages is not."""

    answers: ClassVar[bool | None] = True

    does: Literal["sair"] = "sair"
    atendimento_id: Id


class StayInFila(Button, prefix="cliente"):
    """And its no."""

    answers: ClassVar[bool | None] = False

    does: Literal["ficar"] = "ficar"
    atendimento_id: Id


class EndOwn(Button, prefix="cliente"):
    """The customer ends the conversation."""

    does: Literal["encerrar"] = "encerrar"
    atendimento_id: Id


class Rate(Button, prefix="cliente"):
    does: Literal["nota"] = "nota"
    atendimento_id: Id
    nota: Annotated[int, Field(ge=1, le=5)]


class NoComment(Button, prefix="cliente"):
    does: Literal["sem_comentario"] = "sem_comentario"
