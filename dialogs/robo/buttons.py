"""The buttons under a question of a robot of invoices."""

from typing import Annotated, Literal

from pydantic import Field

from core.venda.perguntas import MOST_OPTIONS
from dialogs.frame.buttons import Button, Id


class AnswerRobo(Button, prefix="robo"):
    """One of the answers offered; `escolha` is its place, or sim and nao as 0 and 1."""

    does: Literal["escolhe"] = "escolhe"
    pergunta: Id
    escolha: Annotated[int, Field(ge=0, lt=MOST_OPTIONS)]


class TypeAnswer(Button, prefix="robo"):
    """What is typed next is the answer."""

    does: Literal["digita"] = "digita"
    pergunta: Id


class PassPergunta(Button, prefix="robo"):
    """Somebody else is asked."""

    does: Literal["passa"] = "passa"
    pergunta: Id
