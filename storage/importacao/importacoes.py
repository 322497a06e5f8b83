"""Imports that somebody asked for in chat: one row each, from the look at the file to its last piece."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, select, update

from storage.tables import importacoes
from storage.transaction import Transaction


class Estado(StrEnum):
    """How far it is."""

    MOSTRADA = "MOSTRADA"
    CONFIRMADA = "CONFIRMADA"
    FEITA = "FEITA"
    # Its sender did not want it, or it could not be done.
    LARGADA = "LARGADA"


async def add_importacao(tx: Transaction, **values: Any) -> int:
    """One that was looked at; its number."""
    row = values | {"estado": Estado.MOSTRADA, "criada_em": tx.now}
    found = await tx.one(insert(importacoes).values(row).returning(importacoes.c.id))
    assert found is not None
    return int(found.id)


async def importacao_by_id(tx: Transaction, importacao_id: int) -> Row[Any] | None:
    return await tx.one(select(importacoes).where(importacoes.c.id == importacao_id))


async def undecided(tx: Transaction, since: datetime, until: datetime, limit: int) -> list[Row[Any]]:
    """Those shown between these moments that nobody confirmed or dropped, oldest first."""
    columns = importacoes.c
    when = columns.criada_em.between(since, until)
    statement = select(importacoes).where(when, columns.estado == Estado.MOSTRADA).order_by(columns.criada_em)
    return list(await tx.connection.execute(statement.limit(limit)))


async def keep_message(tx: Transaction, importacao_id: int, message_id: int) -> None:
    """The message that grows with it."""
    await tx.execute(update(importacoes).where(importacoes.c.id == importacao_id).values(message_id=message_id))


async def move_importacao(tx: Transaction, importacao_id: int, before: Estado, after: Estado, **values: Any) -> bool:
    """From one state to the next; False when it is in another one by now."""
    where = (importacoes.c.id == importacao_id, importacoes.c.estado == before)
    moments: dict[str, datetime] = {}
    if after is Estado.CONFIRMADA:
        moments["confirmada_em"] = tx.now
    elif after is not Estado.MOSTRADA:
        moments["terminada_em"] = tx.now
    return await tx.changed(update(importacoes).where(*where).values(values | moments | {"estado": after}))


async def add_piece(
    tx: Transaction, importacao_id: int, pecas: int, *, criados: int, alterados: int, sem_mudanca: int, recusadas: int
) -> bool:
    """One more piece is in, with this transaction; `pecas`: before it. False when somebody else has brought it."""
    rows, columns = importacoes, importacoes.c
    where = (columns.id == importacao_id, columns.estado == Estado.CONFIRMADA, columns.pecas == pecas)
    counted = {
        "criados": columns.criados + criados,
        "alterados": columns.alterados + alterados,
        "sem_mudanca": columns.sem_mudanca + sem_mudanca,
        "recusadas": columns.recusadas + recusadas,
    }
    return await tx.changed(update(rows).where(*where).values(counted | {"pecas": pecas + 1}))
