"""The button under the question whether many invoices are to be begun at once."""

from typing import Literal

from dialogs.frame.buttons import Button


class BeginAll(Button, prefix="lote"):
    """Those that were shown."""

    does: Literal["comecar"] = "comecar"
