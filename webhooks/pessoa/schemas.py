"""What usuarios look like over HTTP, and in `/openapi.json`."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema
from sqlalchemy import Row

from core.telefones import digits_of, same_person_forms
from storage.pessoa.perfil import Perfil
from webhooks.http.queries import Flag, LongPaged
from webhooks.http.schemas import Nome, Timestamp
from webhooks.processo.forms import Linha

Telefone = Annotated[str, AfterValidator(digits_of), Field(json_schema_extra={"format": "telefone"})]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, max_length=255, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"),
    WithJsonSchema({"type": "string", "format": "email"}),
]
# JSON has no enums: a strict model takes the word of one.
PerfilUsuario = Annotated[Perfil, Field(strict=False)]
USUARIO = {
    "id": "3f2b7a0e-2f0a-4d5c-9b5e-1c2d3e4f5a6b",
    "nome_completo": "Gil Torres",
    "telefone": "5531988806002",
    "tel_whatsapp": None,
    "email": "gil@example.com",
    "perfil_usuario": "APROVADOR",
    "matricula_pap": None,
    "tem_senha_pap": False,
    "autorizar_venda_sem_auditoria": False,
    "status_ativo": True,
    "criado_em": "2026-11-01T12:00:00Z",
    "atualizado_em": "2026-11-01T12:00:00Z",
}


class NewUsuario(BaseModel):
    """The body of `POST /usuarios`. `senha_pap` is sealed, and shown to nobody."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nome_completo: Nome
    telefone: Telefone
    perfil_usuario: PerfilUsuario
    email: Email | None = None
    tel_whatsapp: Telefone | None = None
    matricula_pap: Linha | None = None
    senha_pap: Linha | None = None
    autorizar_venda_sem_auditoria: bool = False
    status_ativo: bool = True


class ChangedUsuario(BaseModel):
    """The body of `PUT /usuarios/{id}`: what it names is changed. Another `telefone` is another person."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nome_completo: Nome = ""
    telefone: Telefone = ""
    perfil_usuario: PerfilUsuario = Perfil.VENDEDOR
    email: Email | None = None
    tel_whatsapp: Telefone | None = None
    matricula_pap: Linha | None = None
    senha_pap: Linha | None = None
    autorizar_venda_sem_auditoria: bool = False
    status_ativo: bool = True


class UsuarioShown(BaseModel):
    """A person of the operation. `tem_senha_pap`: the portal password itself is shown to nobody."""

    id: UUID
    nome_completo: str
    telefone: str
    tel_whatsapp: str | None
    email: str | None
    perfil_usuario: Perfil
    matricula_pap: str | None
    tem_senha_pap: bool
    autorizar_venda_sem_auditoria: bool
    status_ativo: bool
    criado_em: Timestamp
    atualizado_em: Timestamp

    @classmethod
    def of(cls, usuario: Row[Any]) -> "UsuarioShown":
        """A row, without the password."""
        row = usuario._mapping
        fields = {name: row[name] for name in cls.model_fields if name != "tem_senha_pap"}
        return cls(**fields, tem_senha_pap=row["senha_pap"] is not None)


class UsuariosAsked(LongPaged):
    """Which usuarios."""

    perfil_usuario: PerfilUsuario | None = None
    status_ativo: Flag | None = None
    telefone: Telefone | None = Field(None, description="a Brazilian mobile with or without its ninth digit")
    email: Email | None = None

    def filters(self) -> dict[str, Any]:
        """Whoever has the phone in any of its forms."""
        found = super().filters()
        return found | ({"telefone": same_person_forms(self.telefone)} if self.telefone else {})
