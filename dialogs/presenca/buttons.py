"""The buttons of presence that stand for no chat word."""

from typing import Literal

from dialogs.frame.buttons import Button


class StillHere(Button, prefix="presenca"):
    does: Literal["aqui"] = "aqui"


class ShowTimes(Button, prefix="presenca"):
    does: Literal["tempo"] = "tempo"
