"""The buttons of presence that stand for no chat word."""

from typing import Literal

from core.palavras import Palavra
from dialogs.frame.buttons import Button


class StillHere(Button, prefix="presenca"):
    does: Literal["aqui"] = "aqui"


class ShowTimes(Button, prefix="presenca"):
    does: Literal["tempo"] = "tempo"


class GoAway(Button, prefix="presenca"):
    """AUSENTE or OCUPADO with what was said of it (in the conversation's data)."""

    does: Literal["ausencia"] = "ausencia"
    palavra: Literal[Palavra.AUSENTE, Palavra.OCUPADO]
