"""What clientes look like over HTTP, and in `/openapi.json`. The portal password goes in and never comes out."""

import re
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from storage.cliente.clientes import Cliente
from webhooks.http.queries import Flag, LongPaged, Uuid, Words
from webhooks.http.schemas import Nome, Timestamp
from webhooks.operadora.schemas import Codigo
from webhooks.processo.forms import Cnpj, Cpf, Id, Linha

Senha = Annotated[str, Field(min_length=1, max_length=255, json_schema_extra={"writeOnly": True})]
CLIENTE = {
    "id": "0199f2a0-1c00-7a3b-8c4d-5e6f70819204",
    "hash_unico": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "hash_planilha": None,
    "razao_social": "Padaria Pão Quente Ltda",
    "nome_sat": "PADARIA PAO QUENTE",
    "cnpj": "11222333000181",
    "operadora_id": "0199f2a0-1c00-7a3b-8c4d-5e6f70819203",
    "unidade": "Matriz",
    "servico": "3133334444",
    "filtro": "899012_24",
    "dados_sat": None,
    "site_emissao": None,
    "login_portal": "padaria",
    "tem_senha": True,
    "cpf": None,
    "credencial_recusada_em": None,
    "status_ativo": True,
    "criado_em": "2026-11-01T12:00:00Z",
    "atualizado_em": "2026-11-01T12:00:00Z",
}


class _Fields(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    nome_sat: Linha | None = None
    unidade: Linha = ""
    servico: Linha = ""
    filtro: Linha = ""
    dados_sat: Linha | None = None
    site_emissao: Linha | None = None
    login_portal: Linha | None = None
    senha_portal: Senha | None = None
    cpf: Cpf | None = None
    status_ativo: bool = True


def _one_operadora(schema: dict[str, Any]) -> None:
    """What the validator below wants, as a schema can say it."""
    schema["oneOf"] = [{"required": ["operadora_id"]}, {"required": ["operadora"]}]
    for name, kind in (("operadora_id", "uuid"), ("operadora", None)):
        schema["properties"][name] = {
            "type": "string",
            **({"format": kind} if kind else {"pattern": "^[A-Za-z0-9_-]{1,40}$"}),
        }


class NewCliente(_Fields):
    """The body of `POST /clientes`. The operadora by its id or by its code."""

    model_config = ConfigDict(strict=True, extra="forbid", json_schema_extra=_one_operadora)

    razao_social: Nome
    cnpj: Cnpj
    operadora_id: Id | None = None
    operadora: Codigo | None = None

    @model_validator(mode="after")
    def one_operadora(self) -> Self:
        named = self.model_fields_set & {"operadora_id", "operadora"}
        if len(named) != 1 or (self.operadora_id is None and self.operadora is None):
            raise ValueError("give operadora_id or operadora")
        return self


class ChangedCliente(_Fields):
    """The body of `PUT /clientes/{id}`: what it names is changed."""

    razao_social: Nome = ""
    cnpj: Cnpj = ""


class ClienteShown(BaseModel):
    """A cliente. `tem_senha`: a portal password is kept. `credencial_recusada_em`: the portal refused it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    hash_unico: str
    hash_planilha: str | None
    razao_social: str
    nome_sat: str | None
    cnpj: str
    operadora_id: UUID
    unidade: str
    servico: str
    filtro: str
    dados_sat: str | None
    site_emissao: str | None
    login_portal: str | None
    tem_senha: bool
    cpf: str | None
    credencial_recusada_em: Timestamp | None
    status_ativo: bool
    criado_em: Timestamp
    atualizado_em: Timestamp

    @classmethod
    def of(cls, cliente: Cliente) -> "ClienteShown":
        return cls.model_validate(cliente)


# One that is none finds nothing.
CnpjAsked = Annotated[str, AfterValidator(lambda text: re.sub(r"[.\-/\s]", "", text).upper())]


class ClientesAsked(LongPaged):
    """Which clientes."""

    status_ativo: Flag | None = None
    operadora_id: Uuid | None = None
    cnpj: CnpjAsked | None = Field(None, description="with or without its points")
    hash_unico: str | None = None
    filtro: str | None = None
    servico: str | None = None
    busca: Words = Field(
        [], description="words of name, CNPJ, account, servico or unidade; accents and case do not count"
    )
