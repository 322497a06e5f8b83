"""The messages in chat that grow with a robot. At most one change in a while; the last one always."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import andamentos, outbox
from storage.transaction import Transaction

_OPEN = andamentos.c.encerrado_em.is_(None)


@dataclass(frozen=True, slots=True)
class Andamento:
    """One message, in whose conversation, about which execucao."""

    id: int
    execucao_id: UUID
    contato_id: int
    message_id: int
    cresce: bool
    encerrado_em: datetime | None


_COLUMNS = [andamentos.c[name] for name in Andamento.__dataclass_fields__]


async def add_andamento(
    tx: Transaction, execucao_id: UUID, contato_id: int, message_id: int, *, cresce: bool, encerrado: bool
) -> None:
    """Remember a message that is being sent."""
    values = {
        "execucao_id": execucao_id,
        "contato_id": contato_id,
        "message_id": message_id,
        "cresce": cresce,
        "pendente": False,
        "mostrado_em": tx.now,
        "chamada_id": -message_id,
        "encerrado_em": tx.now if encerrado else None,
    }
    await tx.execute(insert(andamentos).values(values))


async def andamentos_of(tx: Transaction, execucao_id: UUID) -> list[Andamento]:
    """Every message about this execucao, by conversation."""
    where = andamentos.c.execucao_id == execucao_id
    rows = await tx.execute(select(*_COLUMNS).where(where).order_by(andamentos.c.contato_id))
    return [Andamento(**row._mapping) for row in rows]


async def open_in(tx: Transaction, contato_id: int) -> int:
    """How many messages of this conversation still grow."""
    where = andamentos.c.contato_id == contato_id, _OPEN
    return int((await tx.execute(select(func.count()).where(*where))).scalar_one())


async def mark_news(tx: Transaction, execucao_id: UUID) -> None:
    """Something happened that the messages about this execucao do not show yet."""
    where = andamentos.c.execucao_id == execucao_id, _OPEN, andamentos.c.cresce
    await tx.execute(update(andamentos).where(*where).values(pendente=True))


async def move_andamentos(tx: Transaction, execucao_id: UUID, to: UUID) -> None:
    """Another attempt goes on in the messages of this one."""
    where = andamentos.c.execucao_id == execucao_id, _OPEN
    await tx.execute(update(andamentos).where(*where).values(execucao_id=to, pendente=True))


async def due_andamentos(connection: AsyncConnection, before: datetime, limit: int) -> list[Andamento]:
    """Messages that show less than is known, were written before that moment, and whose last change has arrived."""
    under_way = exists().where(outbox.c.id == andamentos.c.chamada_id, outbox.c.done_at.is_(None))
    where = _OPEN, andamentos.c.pendente, andamentos.c.mostrado_em <= before, ~under_way
    statement = select(*_COLUMNS).where(*where).order_by(andamentos.c.mostrado_em).limit(limit)
    return [Andamento(**row._mapping) for row in await connection.execute(statement)]


async def take_turn(tx: Transaction, andamento_id: int, before: datetime) -> bool:
    """It is written anew now; False when somebody else has done so, or it is over."""
    where = andamentos.c.id == andamento_id, _OPEN, andamentos.c.pendente, andamentos.c.mostrado_em <= before
    return await tx.changed(update(andamentos).where(*where).values(pendente=False, mostrado_em=tx.now))


async def end_andamento(tx: Transaction, andamento_id: int) -> bool:
    """Its last change is being written; False when it was already."""
    where = andamentos.c.id == andamento_id, _OPEN
    return await tx.changed(update(andamentos).where(*where).values(encerrado_em=tx.now, pendente=False))


async def written_by(tx: Transaction, andamento_id: int, chamada_id: int) -> None:
    """Which call carries the newest change of this message."""
    await tx.execute(update(andamentos).where(andamentos.c.id == andamento_id).values(chamada_id=chamada_id))
