"""What the pool looks like over HTTP, and in `/openapi.json`."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from core.telefones import digits_of
from core.venda.pool import PoolStatus
from webhooks.http.operations import PHONE
from webhooks.http.schemas import Timestamp

_NO, _YES, _NONE = {"const": False}, {"const": True}, {"type": "null"}
POOL = {
    "livres": 1,
    "na_fila": 0,
    "em_uso": [
        {
            "bo_usuario_id": "1c9f2f57-3a2b-4b58-8f0e-9d8d0f7a5b22",
            "telefone": "5511999999999",
            "desde": "2025-10-11T21:00:00Z",
            "expira_em": "2025-10-11T21:30:00Z",
        }
    ],
}


def _phone(text: str) -> str:
    try:
        return digits_of(text)
    except ValueError:
        raise ValueError("not a phone number") from None


def _one_of_three(needed: str, **fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": [needed], "properties": fields}


def _exactly_one(schema: dict[str, Any]) -> None:
    """What the validator below wants, as a schema can say it."""
    schema.clear()
    schema["oneOf"] = [
        _one_of_three("todos", todos=_YES, expirados=_NO, telefone=_NONE),
        _one_of_three("expirados", todos=_NO, expirados=_YES, telefone=_NONE),
        _one_of_three("telefone", todos=_NO, expirados=_NO, telefone=PHONE),
    ]


class Liberar(BaseModel):
    """Exactly one of the three."""

    model_config = ConfigDict(strict=True, extra="forbid", json_schema_extra=_exactly_one)

    todos: bool = False
    expirados: bool = False
    telefone: Annotated[str, AfterValidator(_phone)] | None = None

    @model_validator(mode="after")
    def exactly_one(self) -> "Liberar":
        if [self.todos, self.expirados, self.telefone is not None].count(True) != 1:
            raise ValueError("give exactly one of todos, expirados, telefone")
        return self


class LoginEmUso(BaseModel):
    """Who has which BackOffice login, until when."""

    model_config = ConfigDict(from_attributes=True)

    bo_usuario_id: UUID
    telefone: str
    desde: Timestamp
    expira_em: Timestamp


class PoolShown(BaseModel):
    """The pool of BackOffice logins."""

    livres: int
    na_fila: int
    em_uso: list[LoginEmUso]

    @classmethod
    def of(cls, status: PoolStatus) -> "PoolShown":
        """The pool as it is; who waits in the queue is only counted."""
        em_uso = [LoginEmUso.model_validate(uso) for uso in status.em_uso]
        return cls(livres=status.livres, na_fila=status.na_fila, em_uso=em_uso)


class Liberados(BaseModel):
    """How many logins came back."""

    liberados: int
