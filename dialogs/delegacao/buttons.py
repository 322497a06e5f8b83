"""The buttons of delegations."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from dialogs.frame.buttons import Button, Id


class NewDelegacao(Button, prefix="deleg"):
    does: Literal["nova"] = "nova"


class MorePeople(Button, prefix="delegpag"):
    pagina: Annotated[int, Field(ge=0, lt=10_000)]


class ChooseDelegado(Button, prefix="delegpara"):
    usuario_id: UUID


class ChooseDia(Button, prefix="delegdia"):
    """From when, by a number of days from today."""

    dias: Annotated[int, Field(ge=0, le=90)]


class ChooseUltimoDia(Button, prefix="delegfinal"):
    """Until when, by a number of days from the first one: a second tap on the first day is no answer to this."""

    dias: Annotated[int, Field(ge=0, le=90)]


class ConfirmDelegacao(Button, prefix="deleg"):
    answers: ClassVar[bool | None] = True
    does: Literal["confirmar"] = "confirmar"


class EndDelegacao(Button, prefix="delegfim"):
    delegacao_id: Id
