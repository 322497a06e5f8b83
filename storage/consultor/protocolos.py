"""Queries over protocolos and their counter: numbers without gaps, whoever asks and however many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, bindparam, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import protocolo_contador, protocolos
from storage.transaction import Transaction
from storage.types import UtcDateTime


@dataclass(frozen=True, slots=True)
class Protocolo:
    """One number that was given out."""

    id: int
    consultor_id: int | None
    created_at: datetime


# Built once: these are the hottest statements of the house.
_LAST = select(protocolo_contador.c.ultimo)
_LOCK = _LAST.with_for_update(key_share=True)
_ADVANCE = (
    update(protocolo_contador)
    .values(ultimo=protocolo_contador.c.ultimo + bindparam("b_count", type_=BigInteger))
    .returning(protocolo_contador.c.ultimo)
)
_INSERT = insert(protocolos)
# On PostgreSQL all of it is one statement: the counter is locked and advanced, and what is written follows from it.
_advanced = _ADVANCE.cte("advanced")
_given = (
    func.unnest(
        bindparam("b_consultor_ids", type_=ARRAY(BigInteger)), bindparam("b_moments", type_=ARRAY(UtcDateTime()))
    )
    .table_valued("consultor_id", "created_at", with_ordinality="place", name="given")
    .render_derived()
)
_new_id = _advanced.c.ultimo - bindparam("b_count", type_=BigInteger) + _given.c.place
_ISSUE = _INSERT.from_select(
    ["id", "consultor_id", "created_at"],
    select(_new_id, _given.c.consultor_id, _given.c.created_at).select_from(_advanced.join(_given, true())),
).returning(protocolos.c.id)
_ROW = select(*(protocolos.c[name] for name in Protocolo.__dataclass_fields__))
_BY_ID = _ROW.where(protocolos.c.id == bindparam("b_id"))


async def lock_counter(tx: Transaction) -> int:
    """The last number given out. Until this transaction ends nobody else gives out one, or changes whose turn it is.

    A statement of its own, because on PostgreSQL a statement sees what was committed before it began: whatever is
    read after this one is as new as the lock. On SQLite a transaction that writes is alone anyway.
    """
    return int((await tx.execute(_LOCK)).scalar_one())


async def issue_protocolos(
    tx: Transaction, consultor_ids: Sequence[int | None], moments: Sequence[datetime] | None = None
) -> list[int]:
    """Give out a number for each of these consultores, None for nobody's; the new ids, in order.

    `moments`: when each was given, this turn's time for all when there are none. Everybody else waits from here until
    this transaction ends, so it is among the last things a turn does.
    """
    if not consultor_ids:
        return []
    whens = list(moments) if moments is not None else [tx.now] * len(consultor_ids)
    if tx.dialect == "postgresql":
        params = {"b_count": len(whens), "b_consultor_ids": list(consultor_ids), "b_moments": whens}
        return sorted((await tx.execute(_ISSUE, params)).scalars())
    last = int((await tx.execute(_ADVANCE, {"b_count": len(whens)})).scalar_one())
    ids = list(range(last - len(whens) + 1, last + 1))
    rows = zip(ids, consultor_ids, whens, strict=True)
    await tx.execute(_INSERT, [{"id": new, "consultor_id": whose, "created_at": when} for new, whose, when in rows])
    return ids


async def protocolo_by_id(connection: AsyncConnection, protocolo_id: int) -> Protocolo | None:
    row = (await connection.execute(_BY_ID, {"b_id": protocolo_id})).first()
    return None if row is None else Protocolo(**row._mapping)


async def change_protocolo(tx: Transaction, protocolo_id: int, consultor_id: int | None) -> bool:
    """Give a protocolo to another consultor, or to nobody; whether there is one of that number."""
    statement = update(protocolos).where(protocolos.c.id == protocolo_id).values(consultor_id=consultor_id)
    return await tx.changed(statement)


async def list_protocolos(
    connection: AsyncConnection, consultor_id: int | None, skip: int, limit: int
) -> tuple[list[Protocolo], int]:
    """A page of them in the order of their numbers, of one consultor or of all; and how many there are.

    Numbers have no gaps, so of all of them the page begins after `skip`, and the last number is how many there are:
    neither counts millions of rows.
    """
    statement = _ROW.order_by(protocolos.c.id).limit(limit)
    total: Select[Any] = _LAST
    if consultor_id is None:
        statement = statement.where(protocolos.c.id > skip)
    else:
        of_consultor = protocolos.c.consultor_id == consultor_id
        statement = statement.where(of_consultor).offset(skip)
        total = select(func.count()).select_from(protocolos).where(of_consultor)
    rows = await connection.execute(statement)
    page = [Protocolo(**row._mapping) for row in rows]
    return page, int((await connection.execute(total)).scalar_one())
