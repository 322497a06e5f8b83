"""The buttons of a sale."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from dialogs.frame.buttons import Button


class ConfirmVenda(Button, prefix="venda"):
    does: Literal["sim"] = "sim"


class DeclineVenda(Button, prefix="venda"):
    does: Literal["nao"] = "nao"


class JoinFila(Button, prefix="venda"):
    does: Literal["fila"] = "fila"


class GoOnWithVenda(Button, prefix="venda"):
    does: Literal["continuar"] = "continuar"


class AskToCancel(Button, prefix="cancelar"):
    """Whether to cancel is asked once more."""

    does: Literal["pedir"] = "pedir"


class CancelVenda(Button, prefix="cancelar"):
    does: Literal["sim"] = "sim"
    venda_id: UUID


class KeepVenda(Button, prefix="cancelar"):
    does: Literal["nao"] = "nao"
    venda_id: UUID


class AnswerPergunta(Button, prefix="resp"):
    """`pergunta`: which of its venda's questions this answers; `escolha`: SIM, NÃO, or the place in the options."""

    venda_id: UUID
    pergunta: Annotated[int, Field(ge=0, lt=2**31)]
    escolha: Literal["sim", "nao"] | Annotated[int, Field(ge=0, lt=10_000)]


class ConfirmLida(Button, prefix="lida"):
    """The answer was read as the seller meant it; `pergunta` as in `AnswerPergunta`."""

    venda_id: UUID
    pergunta: Annotated[int, Field(ge=0, lt=2**31)]
    does: Literal["sim", "nao"]


class UseAchados(Button, prefix="achados"):
    """Whether what was pasted answers the robot's later questions."""

    does: Literal["sim", "nao"]
