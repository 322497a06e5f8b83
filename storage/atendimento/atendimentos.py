"""Queries over atendimentos: the queue, and who has which customer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.atendimento.status import StatusAtendimento
from storage.engines.prepared import Prepared, prepared
from storage.tables import atendimentos, consultores, contatos, ofertas
from storage.transaction import Kept, Transaction


@dataclass(slots=True)
class Atendimento:
    """One customer handed to one consultor, or waiting for one."""

    id: int
    protocolo_id: int
    contato_id: int
    idioma: str
    status: str
    consultor_id: int | None
    destinado_a: int | None
    prioridade: int
    na_fila_desde: datetime
    passaram: int
    posicao_dita: int | None
    criado_em: datetime
    aceito_em: datetime | None
    consultor_sumiu_em: datetime | None
    janela_avisada_em: datetime | None
    topico_outbox_id: int | None
    encerrado_em: datetime | None
    avaliacao: int | None


@dataclass(frozen=True, slots=True)
class NaFila:
    """Somebody who waits, as FILA shows them."""

    id: int
    protocolo_id: int
    nome: str | None
    idioma: str
    na_fila_desde: datetime


_ROW = [atendimentos.c[field.name] for field in fields(Atendimento)]
# In so many words, as the index of those who wait has it: of a parameter no planner knows that it fits.
_WAITING = atendimentos.c.status == literal_column(f"'{StatusAtendimento.NA_FILA}'")
_IN_ORDER = (atendimentos.c.prioridade, atendimentos.c.na_fila_desde, atendimentos.c.id)
_SHOWN = select(ofertas.c.id).where(ofertas.c.atendimento_id == atendimentos.c.id, ofertas.c.respondida_em.is_(None))


_BY_ID = Prepared(select(*_ROW).where(atendimentos.c.id == bindparam("b_id")))
_LOCK = Prepared(select(*_ROW).where(atendimentos.c.id == bindparam("b_id")).with_for_update(key_share=True))
_SHARE = prepared(
    lambda among: (
        select(*_ROW)
        .where(among(atendimentos.c.id, "b_ids"))
        # In one order, so that two processes cannot wait for each other.
        .order_by(atendimentos.c.id)
        .with_for_update(read=True)
    )
)
# Locked for sharing in this turn before anybody asked for them, and changed by nobody in it since.
_shared: Kept[dict[int, Atendimento]] = Kept(dict)
# By consultor, as this turn found them; no atendimento was changed in it since.
_customers: Kept[dict[int, list[tuple[Atendimento, str]]]] = Kept(dict)


async def add_atendimento(tx: Transaction, protocolo_id: int, contato_id: int, idioma: str) -> Atendimento:
    """A customer joins the queue."""
    values = {
        "protocolo_id": protocolo_id,
        "contato_id": contato_id,
        "idioma": idioma,
        "status": StatusAtendimento.NA_FILA,
        "na_fila_desde": tx.now,
        "criado_em": tx.now,
    }
    row = await tx.one(insert(atendimentos).values(values).returning(*_ROW))
    assert row is not None
    return _made(row)


async def atendimento_by_id(connection: AsyncConnection, atendimento_id: int) -> Atendimento | None:
    return _one(await _BY_ID.first(connection, {"b_id": atendimento_id}))


async def has_comment(connection: AsyncConnection, atendimento_id: int) -> bool:
    """Whether the customer wrote something about it at its end."""
    commented = atendimentos.c.id == atendimento_id, atendimentos.c.comentario.is_not(None)
    return (await connection.execute(select(atendimentos.c.id).where(*commented))).first() is not None


async def atendimento_by_protocolo(connection: AsyncConnection, protocolo_id: int) -> Atendimento | None:
    return _one((await connection.execute(select(*_ROW).where(atendimentos.c.protocolo_id == protocolo_id))).first())


async def lock_atendimento(tx: Transaction, atendimento_id: int, *, shared: bool = False) -> Atendimento | None:
    """The atendimento, which nobody changes for the rest of this turn; `shared` lets others only read it so too."""
    known = _shared.of(tx).pop(atendimento_id, None)
    if not shared:
        return _one(await _LOCK.first(tx.connection, {"b_id": atendimento_id}))
    return known or _one(await _SHARE[tx.dialect].first(tx.connection, {"b_ids": [atendimento_id]}))


async def share_ahead(tx: Transaction, atendimento_ids: Collection[int]) -> None:
    """Lock these as `shared` does, which each of their conversations is about to ask."""
    rows = await _SHARE[tx.dialect].rows(tx.connection, {"b_ids": list(atendimento_ids)})
    _shared.of(tx).update((row.id, _made(row)) for row in rows)


def shared_ahead(tx: Transaction, atendimento_id: int) -> Atendimento | None:
    """As it was locked ahead, to look at; None when it was not, or somebody asked for it or changed it since."""
    return _shared.of(tx).get(atendimento_id)


async def atendimento_now(tx: Transaction, atendimento_id: int) -> Atendimento | None:
    """To look at: as it was locked ahead, else as it is."""
    return shared_ahead(tx, atendimento_id) or await atendimento_by_id(tx.connection, atendimento_id)


async def open_atendimento_of(connection: AsyncConnection, contato_id: int) -> Atendimento | None:
    """What this customer waits for or talks in now."""
    statement = select(*_ROW).where(atendimentos.c.contato_id == contato_id, atendimentos.c.encerrado_em.is_(None))
    return _one((await connection.execute(statement)).first())


async def atendimentos_of_consultor(connection: AsyncConnection, consultor_id: int) -> list[Atendimento]:
    """The customers this consultor has now, oldest first."""
    statement = select(*_ROW).where(_has(consultor_id)).order_by(atendimentos.c.aceito_em, atendimentos.c.id)
    return [_made(row) for row in await connection.execute(statement)]


async def customers_of(connection: AsyncConnection, consultor_id: int) -> list[tuple[Atendimento, str]]:
    """The customers this consultor has now, oldest first, with their names."""
    rows = await _CUSTOMERS_OF[connection.dialect.name].rows(connection, {"b_consultor_ids": [consultor_id]})
    return [(_made(row[1:]), row[0] or "") for row in rows]


async def attended_by(tx: Transaction, consultor_id: int) -> list[tuple[Atendimento, str]]:
    """The same, asked of the database once in a turn that changes no atendimento."""
    known = _customers.of(tx)
    if consultor_id not in known:
        known[consultor_id] = await customers_of(tx.connection, consultor_id)
    return known[consultor_id]


async def learn_customers(tx: Transaction, consultor_ids: Sequence[int]) -> None:
    """Read what `attended_by` will be asked of these consultores."""
    found: dict[int, list[tuple[Atendimento, str]]] = {consultor_id: [] for consultor_id in consultor_ids}
    for row in await _CUSTOMERS_OF[tx.dialect].rows(tx.connection, {"b_consultor_ids": list(consultor_ids)}):
        atendimento = _made(row[1:])
        found[row.consultor_id].append((atendimento, row[0] or ""))
    _customers.of(tx).update(found)


async def counts_by_consultor(connection: AsyncConnection, consultor_ids: Sequence[int]) -> dict[int, int]:
    """How many customers each of these has now; those with none are not in it."""
    statement = (
        select(atendimentos.c.consultor_id, func.count())
        .where(atendimentos.c.consultor_id.in_(consultor_ids), _attended())
        .group_by(atendimentos.c.consultor_id)
    )
    return {row[0]: row[1] for row in await connection.execute(statement)}


async def counts_by_usuario(connection: AsyncConnection, usuario_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many customers each of these people has now; those who are no consultores are not in it."""
    own = and_(atendimentos.c.consultor_id == consultores.c.id, _attended())
    statement = (
        select(consultores.c.usuario_id, func.count(atendimentos.c.id))
        .select_from(consultores.outerjoin(atendimentos, own))
        .where(consultores.c.usuario_id.in_(usuario_ids))
        .group_by(consultores.c.usuario_id)
    )
    return {row[0]: row[1] for row in await connection.execute(statement)}


async def attended(connection: AsyncConnection, limit: int) -> list[Atendimento]:
    """Everybody who is being attended, longest without news of a lost consultor first."""
    statement = select(*_ROW).where(_attended()).order_by(atendimentos.c.consultor_sumiu_em, atendimentos.c.id)
    return [_made(row) for row in await connection.execute(statement.limit(limit))]


async def lost_before(connection: AsyncConnection, moment: datetime, limit: int) -> list[int]:
    """Attended customers whose consultor was lost before that moment and has not come back."""
    statement = select(atendimentos.c.id).where(_attended(), atendimentos.c.consultor_sumiu_em <= moment)
    return list(
        (await connection.execute(statement.order_by(atendimentos.c.consultor_sumiu_em).limit(limit))).scalars()
    )


async def waiting(connection: AsyncConnection, limit: int) -> list[Atendimento]:
    """Who waits and whom nobody is being asked about, in the order of the queue."""
    statement = select(*_ROW).where(_WAITING, not_(_SHOWN.exists())).order_by(*_IN_ORDER).limit(limit)
    return [_made(row) for row in await connection.execute(statement)]


async def waiting_of_each(connection: AsyncConnection, limit: int) -> list[Atendimento]:
    """The same, so many of each language and for each consultor who was named, in the order of the queue."""
    c = atendimentos.c
    place = func.row_number().over(partition_by=(c.idioma, c.destinado_a), order_by=_IN_ORDER).label("place")
    placed = select(c.id, place).where(_WAITING, not_(_SHOWN.exists())).subquery()
    heads = select(placed.c.id).where(placed.c.place <= limit)
    statement = select(*_ROW).where(_WAITING, c.id.in_(heads)).order_by(*_IN_ORDER)
    return [_made(row) for row in await connection.execute(statement)]


async def queue(connection: AsyncConnection, limit: int) -> tuple[list[NaFila], int]:
    """The head of the queue, and how many wait in all."""
    statement = (
        select(
            atendimentos.c.id,
            atendimentos.c.protocolo_id,
            contatos.c.nome,
            atendimentos.c.idioma,
            atendimentos.c.na_fila_desde,
            func.count().over(),
        )
        .join(contatos, contatos.c.id == atendimentos.c.contato_id)
        .where(_WAITING)
        .order_by(*_IN_ORDER)
        .limit(limit)
    )
    rows = list(await connection.execute(statement))
    return [NaFila(*row[:5]) for row in rows], rows[0][5] if rows else 0


async def change_waiting_language(tx: Transaction, contato_id: int, idioma: str) -> bool:
    """The customer waits for somebody who speaks this now; False when they do not wait, or wait for that already."""
    c = atendimentos.c
    _shared.of(tx).clear()
    statement = update(atendimentos).where(c.contato_id == contato_id, _WAITING, c.idioma != idioma)
    return await tx.changed(statement.values(idioma=idioma, posicao_dita=None))


async def position(connection: AsyncConnection, atendimento: Atendimento) -> int:
    """The place in the queue of those who want the same language: 1 is next."""
    c = atendimentos.c
    before = or_(
        c.prioridade < atendimento.prioridade,
        and_(c.prioridade == atendimento.prioridade, c.na_fila_desde < atendimento.na_fila_desde),
        and_(
            c.prioridade == atendimento.prioridade,
            c.na_fila_desde == atendimento.na_fila_desde,
            c.id < atendimento.id,
        ),
    )
    statement = select(func.count()).where(_WAITING, c.idioma == atendimento.idioma, before)
    return 1 + int((await connection.execute(statement)).scalar_one())


async def accepted_lately(connection: AsyncConnection, idioma: str, limit: int) -> list[datetime]:
    """When the last customers of this language were accepted, newest first."""
    statement = (
        select(atendimentos.c.aceito_em)
        .where(atendimentos.c.idioma == idioma, atendimentos.c.aceito_em.is_not(None))
        .order_by(atendimentos.c.id.desc())
        .limit(limit)
    )
    return sorted((await connection.execute(statement)).scalars(), reverse=True)


async def chats_of(connection: AsyncConnection, usuario_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Where each of these people is spoken to: the chat they wrote in last."""
    statement = (
        select(contatos.c.usuario_id, contatos.c.id)
        .where(contatos.c.usuario_id.in_(usuario_ids), contatos.c.unreachable_at.is_(None))
        .order_by(contatos.c.last_inbound_at.is_not(None), contatos.c.last_inbound_at)
    )
    return {row[0]: row[1] for row in await connection.execute(statement)}


async def change_atendimento(tx: Transaction, atendimento_id: int, **values: Any) -> None:
    """Change facts of an atendimento that is locked in this turn."""
    _was_changed(tx, atendimento_id)
    await tx.execute(update(atendimentos).where(atendimentos.c.id == atendimento_id).values(values))


async def note_lost(tx: Transaction, atendimento: Atendimento, since: datetime | None) -> bool:
    """Since when this customer's consultor is lost (None: is back); False when it is another's meanwhile, or over."""
    same = atendimentos.c.id == atendimento.id, atendimentos.c.consultor_id == atendimento.consultor_id, _attended()
    _was_changed(tx, atendimento.id)
    return await tx.changed(update(atendimentos).where(*same).values(consultor_sumiu_em=since))


def _was_changed(tx: Transaction, atendimento_id: int) -> None:
    """What was read of it in this turn is no longer what is."""
    _shared.of(tx).pop(atendimento_id, None)
    _customers.of(tx).clear()


def _attended() -> ColumnElement[bool]:
    return and_(atendimentos.c.encerrado_em.is_(None), atendimentos.c.status == StatusAtendimento.EM_ATENDIMENTO)


def _has(consultor_id: int) -> ColumnElement[bool]:
    return and_(atendimentos.c.consultor_id == consultor_id, _attended())


_CUSTOMERS_OF = prepared(
    lambda among: (
        select(contatos.c.nome, *_ROW)
        .join(contatos, contatos.c.id == atendimentos.c.contato_id)
        .where(among(atendimentos.c.consultor_id, "b_consultor_ids"), _attended())
        .order_by(atendimentos.c.aceito_em, atendimentos.c.id)
    )
)


def _one(row: Row[Any] | None) -> Atendimento | None:
    return None if row is None else _made(row)


def _made(values: Sequence[Any]) -> Atendimento:
    return Atendimento(*values)
