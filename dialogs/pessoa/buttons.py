"""The buttons of a person's own language, and of administrators."""

from typing import Literal
from uuid import UUID

from dialogs.frame.buttons import Button, Idioma


class SpeakIdioma(Button, prefix="idioma"):
    idioma: Idioma


class FreeLogins(Button, prefix="liberar"):
    quais: Literal["expirados", "todos"]


class InviteUsuario(Button, prefix="convite"):
    usuario_id: UUID
