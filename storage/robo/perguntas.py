"""Queries over what robots of invoices ask. A question is one person's at a time; one statement says whose."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import execucoes, perguntas_execucao
from storage.transaction import Transaction

# The turn that asks the first one comes at once; it may have been given up since.
NOBODY_WAS_ASKED = timedelta(minutes=1)


class Desfecho(StrEnum):
    """How a question ended."""

    RESPONDIDA = "RESPONDIDA"
    # The robot did not take the answer: it may ask again.
    PERDIDA = "PERDIDA"
    SUBSTITUIDA = "SUBSTITUIDA"
    SEM_NINGUEM = "SEM_NINGUEM"
    # The job ended first.
    ENCERRADA = "ENCERRADA"


@dataclass(frozen=True, slots=True)
class PerguntaFeita:
    """One question, as the row stood when it was read. `perguntados`: ids of everybody who was asked."""

    id: int
    execucao_id: UUID
    pergunta_id: str
    pergunta: dict[str, Any]
    seq: int | None
    usuario_id: UUID | None
    contato_id: int | None
    message_id: int | None
    vence_em: datetime | None
    perguntados: list[str]
    desfecho: str | None
    encerrada_em: datetime | None
    entregue_em: datetime | None


_TABLE = perguntas_execucao.c
_ROW = select(*(_TABLE[name] for name in PerguntaFeita.__dataclass_fields__))
_OPEN = _TABLE.encerrada_em.is_(None)


async def add_pergunta(
    tx: Transaction, execucao_id: UUID, pergunta_id: str, pergunta: dict[str, Any], seq: int | None
) -> int:
    """Keep a question that nobody was asked yet; its id. An open one of the same execucao must have been closed."""
    values = {"execucao_id": execucao_id, "pergunta_id": pergunta_id, "pergunta": pergunta, "seq": seq}
    statement = insert(perguntas_execucao).values(**values, feita_em=tx.now, perguntados=[])
    return int((await tx.execute(statement.returning(_TABLE.id))).scalar_one())


async def pergunta_by_id(connection: AsyncConnection, which: int) -> PerguntaFeita | None:
    row = (await connection.execute(_ROW.where(_TABLE.id == which))).first()
    return None if row is None else PerguntaFeita(**row._mapping)


async def last_pergunta(tx: Transaction, execucao_id: UUID, pergunta_id: str) -> PerguntaFeita | None:
    """The newest question with this id of the robot's."""
    where = _TABLE.execucao_id == execucao_id, _TABLE.pergunta_id == pergunta_id
    row = await tx.one(_ROW.where(*where).order_by(_TABLE.id.desc()).limit(1))
    return None if row is None else PerguntaFeita(**row._mapping)


async def open_pergunta(tx: Transaction, execucao_id: UUID) -> PerguntaFeita | None:
    row = await tx.one(_ROW.where(_TABLE.execucao_id == execucao_id, _OPEN))
    return None if row is None else PerguntaFeita(**row._mapping)


async def give_to(
    tx: Transaction, feita: PerguntaFeita, usuario_id: UUID, contato_id: int, message_id: int, vence_em: datetime
) -> bool:
    """From now on it is this person's; False when it is over, or somebody else's by now."""
    was = _TABLE.usuario_id.is_(None) if feita.usuario_id is None else _TABLE.usuario_id == feita.usuario_id
    values = {
        "usuario_id": usuario_id,
        "contato_id": contato_id,
        "message_id": message_id,
        "vence_em": vence_em,
        "perguntados": [*feita.perguntados, str(usuario_id)],
    }
    return await tx.changed(update(perguntas_execucao).where(_TABLE.id == feita.id, _OPEN, was).values(values))


async def close_pergunta(
    tx: Transaction, which: int, desfecho: Desfecho, *, of: UUID | None = None, by: datetime | None = None
) -> bool:
    """End it; False when it was over, is not this person's (`of`), or their time was over by that moment (`by`)."""
    where = [_TABLE.id == which, _OPEN]
    if of is not None:
        where.append(_TABLE.usuario_id == of)
    if by is not None:
        where.append(_TABLE.vence_em > by)
    values = {"desfecho": desfecho, "encerrada_em": tx.now}
    return await tx.changed(update(perguntas_execucao).where(*where).values(values))


async def mark_delivered(tx: Transaction, which: int) -> None:
    """The robot has the answer."""
    await tx.execute(update(perguntas_execucao).where(_TABLE.id == which).values(entregue_em=tx.now))


async def forget_answer(tx: Transaction, which: int) -> None:
    """The robot did not take the answer."""
    statement = update(perguntas_execucao).where(_TABLE.id == which, _TABLE.desfecho == Desfecho.RESPONDIDA)
    await tx.execute(statement.values(desfecho=Desfecho.PERDIDA))


async def expire_now(tx: Transaction, which: int, usuario_id: UUID) -> bool:
    """This person passes it on; False when it is not theirs."""
    where = _TABLE.id == which, _OPEN, _TABLE.usuario_id == usuario_id
    return await tx.changed(update(perguntas_execucao).where(*where).values(vence_em=tx.now))


async def due_perguntas(connection: AsyncConnection, now: datetime, limit: int = 100) -> list[int]:
    """Open ones whose person has had their time, that nobody was asked for long, or whose job is over."""
    over = or_(execucoes.c.data_fim.is_not(None), execucoes.c.resultado_saida.is_not(None))
    nobodys = and_(_TABLE.vence_em.is_(None), _TABLE.feita_em <= now - NOBODY_WAS_ASKED)
    source = perguntas_execucao.join(execucoes, execucoes.c.id == _TABLE.execucao_id)
    statement = select(_TABLE.id).select_from(source).where(_OPEN, or_(_TABLE.vence_em <= now, nobodys, over))
    return list((await connection.execute(statement.order_by(_TABLE.id).limit(limit))).scalars())
