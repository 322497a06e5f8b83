"""What a row of the audit looks like over HTTP."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from core.telefones import digits_of, same_person_forms
from storage.auditoria.auditoria import Linha
from storage.auditoria.tipos import Ato
from webhooks.http.parameters import as_uuid
from webhooks.http.queries import Number, Paged
from webhooks.http.schemas import Momento


def _as_person(text: str) -> UUID | tuple[str, ...]:
    """An id, or every form of a phone."""
    try:
        return as_uuid(text)
    except ValueError:
        pass
    try:
        return same_person_forms(digits_of(text))
    except ValueError:
        raise ValueError("neither a UUID nor a phone") from None


def _as_moment(text: str) -> datetime:
    try:
        # A `+` that was not escaped arrives as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise ValueError("not a moment as 2026-11-29T10:00:00-03:00") from None
    if moment.tzinfo is None:
        raise ValueError("needs its offset, as -03:00 or Z")
    return moment


Person = Annotated[
    UUID | tuple[str, ...], BeforeValidator(_as_person), WithJsonSchema({"type": "string", "format": "pessoa"})
]
Moment = Annotated[datetime, BeforeValidator(_as_moment), WithJsonSchema({"type": "string", "format": "date-time"})]


class AuditoriaAsked(Paged):
    """Which rows."""

    depois: Number | None = Field(None, description="the last id seen: what comes after it, so what is older")
    quem: Person | None = Field(None, description="a usuario's id, or their telefone")
    acao: Ato | None = None
    desde: Moment | None = Field(None, description="from this moment on, with its offset")


LINHA = {
    "id": 42,
    "quando": "2026-11-29T13:05:00.000000Z",
    "usuario_id": "0b5cf2ed-9d0a-4e2f-8a4d-1c5b7e6f3a21",
    "usuario": "Rita Prado",
    "canal": "telegram",
    "acao": "REJEITAR",
    "alvo": "processo:1c9f2f57-3a2b-4b58-8f0e-9d8d0f7a5b22",
    "motivo": "valor de outro mês",
    "detalhe": None,
    "anterior": "5f" * 32,
    "hash": "a0" * 32,
}


class LinhaShown(BaseModel):
    """One act. `hash` is SHA-256 over the row and `anterior`, the hash of the row before."""

    id: int = Field(description="without gaps")
    quando: Momento
    usuario_id: UUID | None = Field(description="null: the command line, the clock, the settings")
    usuario: str | None
    canal: str
    acao: str
    alvo: str | None = Field(description="what it was done to, as `processo:UUID`")
    motivo: str | None
    detalhe: dict[str, Any] | None
    anterior: str
    hash: str

    @classmethod
    def of(cls, linha: Linha) -> "LinhaShown":
        """As it is answered."""
        values = {name: getattr(linha, name) for name in Linha.__dataclass_fields__}
        return cls(id=values.pop("numero"), **values)
