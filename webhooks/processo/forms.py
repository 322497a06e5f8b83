"""What fields of invoices look like in bodies and answers: money, days, documents, one line of text."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from core.processo.valores import cents_of
from core.testemunha.meses import Mes
from core.venda.respostas import InvalidAnswer, check_cnpj, check_cpf

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONEY = r"^[0-9]{1,12}(\.[0-9]{1,2})?$"


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("not a date as 2026-11-30")
    return date.fromisoformat(value)


def _month(text: str) -> str:
    return str(Mes.of(text))


def _cnpj(text: str) -> str:
    try:
        return check_cnpj(text)
    except InvalidAnswer:
        raise ValueError("not a CNPJ") from None


def _cpf(text: str) -> str:
    try:
        return check_cpf(text)
    except InvalidAnswer:
        raise ValueError("not a CPF") from None


def _cents(text: Any) -> int:
    if not isinstance(text, str) or not re.fullmatch(MONEY, text):
        raise ValueError("not an amount of money")
    return cents_of(text)


Linha = Annotated[str, StringConstraints(max_length=255)]
# What only a parser can tell is told to readers of /openapi.json by `format` and `pattern`.
# JSON has no UUID: a strict model takes the text of one.
Id = Annotated[UUID, Field(strict=False)]
Dia = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
MesAno = Annotated[
    str,
    AfterValidator(_month),
    WithJsonSchema({"type": "string", "pattern": "^(0[1-9]|1[0-2])/20[0-9]{2}$", "examples": ["11/2026"]}),
]
Cnpj = Annotated[str, AfterValidator(_cnpj), WithJsonSchema({"type": "string", "format": "cnpj"})]
Cpf = Annotated[str, AfterValidator(_cpf), WithJsonSchema({"type": "string", "format": "cpf"})]
# Cents inside; the text of a decimal outside.
Dinheiro = Annotated[str, WithJsonSchema({"type": "string", "pattern": MONEY, "examples": ["1234.56"]})]
Centavos = Annotated[int, BeforeValidator(_cents), WithJsonSchema({"type": "string", "pattern": MONEY})]
