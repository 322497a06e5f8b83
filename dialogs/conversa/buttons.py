"""The buttons of what crosses between customer and consultor, and of what was said before."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.commands.conversa import FormatoTranscricao
from core.conversa.respostas_rapidas import NAME_LIMIT
from dialogs.frame.buttons import Button, Id

Nome = Annotated[str, Field(min_length=1, max_length=NAME_LIMIT)]


class TurnTo(Button, prefix="atendimento"):
    """This customer comes on the consultor's screen."""

    does: Literal["atual"] = "atual"
    atendimento_id: Id


class SendModelo(Button, prefix="atendimento"):
    """A template, to a customer whose window is closed."""

    does: Literal["modelo"] = "modelo"
    atendimento_id: Id


class SendHeld(Button, prefix="retidas"):
    answers: ClassVar[bool | None] = True
    does: Literal["enviar"] = "enviar"
    atendimento_id: Id


class DropHeld(Button, prefix="retidas"):
    answers: ClassVar[bool | None] = False
    does: Literal["largar"] = "largar"
    atendimento_id: Id


class SendResposta(Button, prefix="r"):
    does: Literal["enviar"] = "enviar"
    nome: Nome


class RemoveResposta(Button, prefix="r"):
    answers: ClassVar[bool | None] = True
    does: Literal["apagar"] = "apagar"
    nome: Nome


class KeepResposta(Button, prefix="r"):
    answers: ClassVar[bool | None] = False
    does: Literal["manter"] = "manter"


class ShowHistorico(Button, prefix="historico"):
    """What was before, with the customer of this atendimento."""

    atendimento_id: Id


class ShowOlder(Button, prefix="historico"):
    """The same, passing over so many."""

    atendimento_id: Id
    skip: Annotated[int, Field(ge=0, lt=2**31)]


class ShowTranscricao(Button, prefix="transcricao"):
    atendimento_id: Id


class SendTranscricao(Button, prefix="transcricao"):
    atendimento_id: Id
    formato: FormatoTranscricao
