"""Clientes as a bill could name them, found by their keys (storage/tables/chaves.py), their CNPJ or their name."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import clientes, operadoras

# What both databases take as parameters of one statement, and more clientes than one bill names.
_AT_ONCE, _MOST = 500, 200


@dataclass(frozen=True, slots=True)
class Vizinho:
    """A cliente, by what a bill could name it. `operadora`: its codigo."""

    id: UUID
    cnpj: str
    razao_social: str
    filtro: str
    servico: str
    operadora: str


_COLUMNS = [
    operadoras.c.codigo.label("operadora") if name == "operadora" else clientes.c[name]
    for name in Vizinho.__dataclass_fields__
]
_ROW = select(*_COLUMNS).select_from(clientes.join(operadoras, operadoras.c.id == clientes.c.operadora_id))


async def clientes_named(
    connection: AsyncConnection, chaves: Sequence[str], cnpjs: Collection[str], operadora_id: UUID | None = None
) -> list[Vizinho]:
    """Active clientes with one of these accounts, services or CNPJs, of one operadora or of all."""
    of_operadora = [] if operadora_id is None else [clientes.c.operadora_id == operadora_id]
    found: dict[UUID, Vizinho] = {}
    for where in _wheres(chaves, cnpjs):
        statement = _ROW.where(where, clientes.c.status_ativo, *of_operadora).limit(_MOST)
        found |= {row.id: Vizinho(**row._mapping) for row in await connection.execute(statement)}
    return list(found.values())


async def clientes_called(connection: AsyncConnection, palavras: Sequence[str], limit: int = 20) -> list[Vizinho]:
    """Active clientes whose search text holds all these words."""
    where = [clientes.c.busca.contains(word, autoescape=True) for word in palavras]
    statement = _ROW.where(clientes.c.status_ativo, *where).order_by(clientes.c.id).limit(limit)
    return [Vizinho(**row._mapping) for row in await connection.execute(statement)]


async def clientes_by_ids(connection: AsyncConnection, ids: Collection[UUID]) -> list[Vizinho]:
    """Those of these that are active."""
    statement = _ROW.where(clientes.c.id.in_(ids), clientes.c.status_ativo)
    return [Vizinho(**row._mapping) for row in await connection.execute(statement)]


def _wheres(chaves: Sequence[str], cnpjs: Collection[str]) -> Iterator[ColumnElement[bool]]:
    for start in range(0, len(chaves), _AT_ONCE):
        part = chaves[start : start + _AT_ONCE]
        yield or_(clientes.c.conta_chave.in_(part), clientes.c.servico_chave.in_(part))
    if cnpjs:
        yield clientes.c.cnpj.in_(cnpjs)
