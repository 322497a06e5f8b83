"""The rows of a clientes file (contract §7): its own headers, and those of the sheets that operations keep."""

import re
from dataclasses import dataclass, field

from core.planilha.celulas import cnpj, cpf, identificador, senha, texto
from core.planilha.planilhas import Column

_HASH = re.compile(r"[0-9A-Za-z]{4,64}")


@dataclass(frozen=True, slots=True)
class ClienteRow:
    """A row of a clientes file. None: the file does not say, so what is stored stays. `operadora`: code or name."""

    linha: int
    razao_social: str
    cnpj: str
    operadora: str
    nome_sat: str | None = None
    filtro: str | None = None
    servico: str | None = None
    dados_sat: str | None = None
    unidade: str | None = None
    site_emissao: str | None = None
    login_portal: str | None = None
    senha_portal: str | None = field(default=None, repr=False)
    cpf: str | None = None
    hash: str | None = None


def hash_da_planilha(cell: str) -> str:
    """What the operation's sheet calls the row: 16 hex digits as a rule. A number that a program made of it is none."""
    typed = identificador(cell)
    if not _HASH.fullmatch(typed):
        raise ValueError("só letras e números, sem espaços")
    return typed.lower()


CLIENTES = (
    Column("razao_social", texto, required=True),
    Column("cnpj", cnpj, required=True),
    Column("operadora", texto, required=True),
    Column("nome_sat", texto),
    Column("filtro", identificador, aliases=("nome_filtro", "conta")),
    Column("servico", identificador),
    Column("dados_sat", texto),
    Column("unidade", texto, aliases=("unidade_filtro_sat", "filtro_sat")),
    Column("site_emissao", texto, aliases=("site_para_emissao", "site_de_emissao")),
    Column("login_portal", identificador, aliases=("login",)),
    Column("senha_portal", senha, aliases=("senha",)),
    Column("cpf", cpf),
    Column("hash", hash_da_planilha, key=lambda found: found),
)
