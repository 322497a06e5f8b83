"""The buttons under what nobody could answer."""

from typing import Literal

from dialogs.frame.buttons import Button, Id


class DoAgain(Button, prefix="refazer"):
    """That one, by its mark."""

    marca: Id


class DoAllAgain(Button, prefix="refazertudo"):
    """Whatever can be done again."""

    o_que: Literal["sim"] = "sim"
