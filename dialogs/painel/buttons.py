"""The way from a card in chat to the same thing in the panel."""

from typing import Literal
from uuid import UUID

from dialogs.frame.buttons import Button


class OpenInPainel(Button, prefix="painel"):
    """A link is made at the tap: a minute is too short to wait under a card."""

    pagina: Literal["processos", "execucoes", "vendas"]
    id: UUID
