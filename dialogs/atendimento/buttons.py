"""The buttons of an atendimento: the customer's, and the consultor's."""

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


class AcceptOferta(Button, prefix="oferta"):
    answers: ClassVar[bool | None] = True

    does: Literal["aceitar"] = "aceitar"
    oferta_id: Id


class PassOferta(Button, prefix="oferta"):
    answers: ClassVar[bool | None] = False

    does: Literal["passar"] = "passar"
    oferta_id: Id


class TransferToConsultor(Button, prefix="transferir"):
    atendimento_id: Id
    to: Literal["pessoa"] = "pessoa"
    consultor_id: Id


class TransferToIdioma(Button, prefix="transferir"):
    """To whoever attends in this language (a consultor's, `pt`)."""

    atendimento_id: Id
    to: Literal["idioma"] = "idioma"
    idioma: Annotated[str, Field(pattern="^[a-z]{2}$", max_length=2)]


class TransferToFila(Button, prefix="transferir"):
    atendimento_id: Id
    to: Literal["fila"] = "fila"


class SendAfterAll(Button, prefix="ordem"):
    """Sends the line that was held back under this sign to the customer of this atendimento."""

    does: Literal["enviar"] = "enviar"
    atendimento_id: Id
    sinal: Annotated[str, Field(pattern="^[0-9a-f]{16}$", max_length=16)]
