"""Whose hands the BackOffice logins are in, by name: for administrators who ask, or free one of them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pessoa.usuarios import usuarios_by_ids
from storage.venda.pool import held_at


@dataclass(frozen=True, slots=True)
class Emprestado:
    """A login in a seller's hands, from when until when."""

    vendedor_id: UUID
    nome: str
    telefone: str = field(repr=False)
    desde: datetime
    expira_em: datetime


async def emprestados(connection: AsyncConnection, now: datetime) -> list[Emprestado]:
    """The logins in use at this moment, the oldest first."""
    held = await held_at(connection, now)
    people = await usuarios_by_ids(connection, {row.vendedor_id for row in held})
    return [
        Emprestado(row.vendedor_id, people[row.vendedor_id].nome_completo, row.telefone, row.desde, row.expira_em)
        for row in held
    ]
