"""The buttons of a person's own language, and of administrators."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from dialogs.frame.buttons import Button, Idioma


class SpeakIdioma(Button, prefix="idioma"):
    idioma: Idioma


class FreeLogins(Button, prefix="liberar"):
    quais: Literal["expirados", "todos"]


class FreeLoginOf(Button, prefix="liberar_de"):
    """What this seller holds."""

    vendedor_id: UUID


class ListUsuarios(Button, prefix="pessoas"):
    """The next page of those who can be invited, from 0."""

    pagina: Annotated[int, Field(ge=0, le=10_000)]


class ConfirmTelefone(Button, prefix="telefone"):
    """This person's phone is still theirs."""

    usuario_id: UUID


class InviteUsuario(Button, prefix="convite"):
    usuario_id: UUID
