"""What operadoras look like over HTTP, and in `/openapi.json`."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from core.operadora.importacao import ENDERECO
from storage.operadora.operadoras import Operadora
from webhooks.http.queries import Flag, LongPaged
from webhooks.http.schemas import Nome, Timestamp
from webhooks.processo.forms import Linha

# Paths of the robots that are no operadora's (contract, section 5).
_NO_CODES = ("SAT", "PAP")


def _codigo(text: str) -> str:
    if text.upper() in _NO_CODES:
        raise ValueError(f"{text} names another robot")
    return text.upper()


Codigo = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9_-]{1,40}$", description="kept in upper case; in lower case it names the robot"),
    AfterValidator(_codigo),
]
Endereco = Annotated[Linha, Field(pattern=ENDERECO, description="of a page of the web")]
# Read by the robots' people: one level of plain values, each of which every database keeps.
_Valor = Annotated[str, Field(max_length=1000)] | bool | Annotated[int, Field(ge=-(2**53), le=2**53)]
Configuracao = Annotated[dict[Annotated[str, Field(max_length=100)], _Valor], Field(max_length=100)]
OPERADORA = {
    "id": "0199f2a0-1c00-7a3b-8c4d-5e6f70819203",
    "nome": "Vivo",
    "codigo": "VIVO",
    "possui_rpa": True,
    "status_ativo": True,
    "url_portal": "https://vivo.example",
    "classe_rpa": "VivoRPA",
    "configuracao_rpa": None,
    "falhas_seguidas": 0,
    "pausada_ate": None,
    "criado_em": "2026-11-01T12:00:00Z",
    "atualizado_em": "2026-11-01T12:00:00Z",
}


class NewOperadora(BaseModel):
    """The body of `POST /operadoras`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nome: Nome
    codigo: Codigo
    possui_rpa: bool = False
    status_ativo: bool = True
    url_portal: Endereco | None = None
    classe_rpa: Linha | None = None
    configuracao_rpa: Configuracao | None = None


class ChangedOperadora(BaseModel):
    """The body of `PUT /operadoras/{id}`: what it names is changed."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nome: Nome = ""
    codigo: Codigo = ""
    possui_rpa: bool = False
    status_ativo: bool = True
    url_portal: Endereco | None = None
    classe_rpa: Linha | None = None
    configuracao_rpa: Configuracao | None = None


class OperadoraShown(BaseModel):
    """An operadora. `pausada_ate`: no robot is sent until then, its portal failed five times in a row."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nome: str
    codigo: str
    possui_rpa: bool
    status_ativo: bool
    url_portal: str | None
    classe_rpa: str | None
    configuracao_rpa: dict[str, Any] | None
    falhas_seguidas: int
    pausada_ate: Timestamp | None
    criado_em: Timestamp
    atualizado_em: Timestamp

    @classmethod
    def of(cls, operadora: Operadora) -> "OperadoraShown":
        return cls.model_validate(operadora)


class OperadorasAsked(LongPaged):
    """Which operadoras."""

    status_ativo: Flag | None = None
    possui_rpa: Flag | None = None
    codigo: Annotated[str, AfterValidator(str.upper)] | None = None
