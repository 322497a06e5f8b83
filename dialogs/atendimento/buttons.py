"""The buttons of an atendimento: the consultor's."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.frame.buttons import Button, Id


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
