"""The buttons of AUDITORIA. `antes`: rows below that number, 0 for the newest."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from dialogs.frame.buttons import Button
from storage.auditoria.tipos import Ato

Antes = Annotated[int, Field(ge=0, lt=2**63)]


class ShowAuditoria(Button, prefix="auditoria"):
    antes: Antes = 0


class AuditoriaOfAto(Button, prefix="auditoria-acao"):
    acao: Ato
    antes: Antes = 0


class AuditoriaOfPessoa(Button, prefix="auditde"):
    usuario_id: UUID
    antes: Antes = 0


class ChooseAto(Button, prefix="auditoria-acoes"):
    """Which kinds of acts there are."""


class ChoosePessoa(Button, prefix="auditoria-pessoas"):
    """Who did something lately."""
