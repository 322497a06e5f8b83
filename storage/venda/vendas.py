"""Queries over vendas. A change that may be contested is one conditional statement; its row count is the answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Row, Select, bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.robo.polled import take_to_poll
from storage.tables import vendas
from storage.transaction import Kept, Transaction
from storage.types import Among, by_dialect


@dataclass(frozen=True, slots=True)
class Venda:
    """One sale, as the row stood when it was read."""

    id: UUID
    usuario_id: UUID
    contato_id: int
    status_venda: str
    bo_usuario_id: UUID | None
    epoch: int | None
    job_id: str | None
    pergunta: dict[str, Any] | None
    perguntas_feitas: int
    respondida: str | None
    progresso: dict[str, Any] | None
    progresso_message_id: int | None
    numero_pedido: str | None
    resultado: dict[str, Any] | None
    erro: dict[str, Any] | None
    criada_em: datetime
    atualizada_em: datetime
    encerrada_em: datetime | None


_COLUMNS = [vendas.c[name] for name in Venda.__dataclass_fields__]
_OPEN = vendas.c.encerrada_em.is_(None)
# Where the id of an answered question begins: behind 16 characters that stand for its text (core/venda/respostas.py).
_AFTER_MARK = 18
# Read ahead for several turns at once: by seller, None for one without an open venda.
_read_ahead: Kept[dict[UUID, Venda | None]] = Kept(dict)
# Built once: most turns ask this, and building it takes longer than running it.
_OPEN_OF = select(*_COLUMNS).where(vendas.c.usuario_id == bindparam("b_usuario_id"), _OPEN)
_OPEN_OF_MANY = by_dialect(lambda among: select(*_COLUMNS).where(among(vendas.c.usuario_id, "b_usuario_ids"), _OPEN))


def selling(among: Among) -> Select[UUID]:
    """Those of `b_usuario_ids` who have an open venda."""
    return select(vendas.c.usuario_id).where(among(vendas.c.usuario_id, "b_usuario_ids"), _OPEN)


async def add_venda(tx: Transaction, values: dict[str, Any]) -> bool:
    """Insert an open venda; False when this seller already has one open."""
    row = {**values, "criada_em": tx.now, "atualizada_em": tx.now}
    return await _changed(tx, tx.insert(vendas).values(row).on_conflict_do_nothing())


async def remove_venda(tx: Transaction, venda_id: UUID) -> None:
    """Take back a venda that was added in this same turn."""
    await _write(tx, vendas.delete().where(vendas.c.id == venda_id))


async def venda_by_id(connection: AsyncConnection, venda_id: UUID) -> Venda | None:
    return _venda((await connection.execute(select(*_COLUMNS).where(vendas.c.id == venda_id))).first())


async def vendas_by_ids(connection: AsyncConnection, venda_ids: Sequence[UUID]) -> list[Venda]:
    """These, in no order."""
    rows = await connection.execute(select(*_COLUMNS).where(vendas.c.id.in_(venda_ids)))
    return [found for row in rows if (found := _venda(row)) is not None]


async def lock_open(tx: Transaction, venda_id: UUID) -> Venda | None:
    """The venda as it is now, which nobody else changes until this turn ends; None when it has ended."""
    return _venda(await tx.one(select(*_COLUMNS).where(vendas.c.id == venda_id, _OPEN).with_for_update(key_share=True)))


async def venda_by_job(tx: Transaction, job_id: str) -> Venda | None:
    return _venda(await tx.one(select(*_COLUMNS).where(vendas.c.job_id == job_id)))


async def open_venda_of(tx: Transaction, usuario_id: UUID) -> Venda | None:
    """The seller's one open venda."""
    known = _read_ahead.of(tx)
    if usuario_id in known:
        return known[usuario_id]
    return _venda(await tx.one(_OPEN_OF, {"b_usuario_id": usuario_id}))


async def read_open_vendas(tx: Transaction, usuario_ids: Sequence[UUID], selling: Collection[UUID]) -> None:
    """Read ahead what `open_venda_of` will be asked of these sellers; good until this turn changes any venda.

    `selling`: those of them who have one, as was just read.
    """
    known = _read_ahead.of(tx)
    known.update(dict.fromkeys(usuario_ids))
    if selling:
        found = await tx.execute(_OPEN_OF_MANY[tx.dialect], {"b_usuario_ids": list(selling)})
        known.update({row.usuario_id: Venda(**row._mapping) for row in found})


async def last_vendas_of(
    tx: Transaction, usuario_id: UUID, limit: int, between: tuple[datetime, datetime] | None = None
) -> list[Venda]:
    """The seller's vendas, newest first; begun since the first moment and before the second, when these are given."""
    statement = select(*_COLUMNS).where(vendas.c.usuario_id == usuario_id)
    if between is not None:
        statement = statement.where(vendas.c.criada_em >= between[0], vendas.c.criada_em < between[1])
    statement = statement.order_by(vendas.c.criada_em.desc()).limit(limit)
    return [Venda(**row._mapping) for row in await tx.execute(statement)]


async def change_open(tx: Transaction, venda_id: UUID, statuses: Sequence[str] | None = None, **values: Any) -> bool:
    """Change a venda that is still open (and in one of these statuses); False when it no longer is."""
    statement = update(vendas).where(vendas.c.id == venda_id, _OPEN)
    if statuses is not None:
        statement = statement.where(vendas.c.status_venda.in_(statuses))
    return await _changed(tx, statement.values(atualizada_em=tx.now, **values))


async def move_chat(tx: Transaction, venda_id: UUID, contato_id: int) -> None:
    """Its seller goes on in this conversation; one that has ended stays where it was."""
    here = update(vendas).where(vendas.c.id == venda_id, _OPEN)
    await _write(tx, here.values(contato_id=contato_id, progresso_message_id=None, atualizada_em=tx.now))


async def note_sign(tx: Transaction, venda_id: UUID) -> None:
    """A sign of life; one that has ended needs none."""
    await _write(tx, update(vendas).where(vendas.c.id == venda_id, _OPEN).values(atualizada_em=tx.now))


async def change_question(tx: Transaction, venda_id: UUID, number: int, **values: Any) -> bool:
    """Change an open venda whose open question is the `number`-th; False when that question is no longer open."""
    statement = update(vendas).where(
        vendas.c.id == venda_id, _OPEN, vendas.c.perguntas_feitas == number, vendas.c.pergunta.is_not(None)
    )
    return await _changed(tx, statement.values(atualizada_em=tx.now, **values))


async def forget_answer(tx: Transaction, venda_id: UUID, pergunta_id: str) -> bool:
    """Take this question as not answered; False when another one was answered since."""
    same = or_(vendas.c.respondida == pergunta_id, func.substr(vendas.c.respondida, _AFTER_MARK) == pergunta_id)
    statement = update(vendas).where(vendas.c.id == venda_id, _OPEN, same)
    return await _changed(tx, statement.values(respondida=None, atualizada_em=tx.now))


async def close_venda(tx: Transaction, venda_id: UUID, status: str, **values: Any) -> bool:
    """End an open venda; False when it had ended already."""
    return await change_open(tx, venda_id, status_venda=status, encerrada_em=tx.now, pergunta=None, **values)


async def amend_closed(tx: Transaction, venda_id: UUID, **values: Any) -> None:
    """Keep what came in after the venda had ended."""
    await _write(tx, update(vendas).where(vendas.c.id == venda_id).values(**values))


async def bind_job(tx: Transaction, venda_id: UUID, job_id: str) -> bool:
    """Write down the robot's job of a venda that has none yet; False when it has one, or another has this very job.

    An open venda takes it away from any other: robots that start anew count their jobs from the beginning.
    """
    others, wanted = vendas.c.id != venda_id, vendas.alias()
    is_open = exists().where(wanted.c.id == venda_id, wanted.c.encerrada_em.is_(None), wanted.c.job_id.is_(None))
    await _write(tx, update(vendas).where(vendas.c.job_id == job_id, others, is_open).values(job_id=None))
    taken = exists().where(wanted.c.job_id == job_id)
    free = update(vendas).where(vendas.c.id == venda_id, vendas.c.job_id.is_(None), ~taken)
    return await _changed(tx, free.values(job_id=job_id))


async def jobs_to_poll(tx: Transaction, silent_for: timedelta) -> list[tuple[UUID, str]]:
    """Open vendas with a job that is asked how it is now."""
    return await take_to_poll(tx, _OPEN, vendas.c.atualizada_em, vendas.c.criada_em, silent_for)


async def open_by_status(connection: AsyncConnection) -> dict[str, int]:
    """How many open vendas there are in each status."""
    statement = select(vendas.c.status_venda, func.count().label("n")).where(_OPEN).group_by(vendas.c.status_venda)
    return {row.status_venda: row.n for row in await connection.execute(statement)}


async def _write(tx: Transaction, statement: Executable) -> None:
    _read_ahead.of(tx).clear()
    await tx.execute(statement)


async def _changed(tx: Transaction, statement: Executable) -> bool:
    _read_ahead.of(tx).clear()
    return await tx.changed(statement)


def _venda(row: Row[Any] | None) -> Venda | None:
    return None if row is None else Venda(**row._mapping)
