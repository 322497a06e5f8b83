"""Queries over ofertas: the cards that consultores were shown, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.atendimento.status import Resposta
from storage.tables import atendimentos, consultores, contatos, ofertas
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Oferta:
    """A card: this consultor is asked whether they take this customer."""

    id: int
    atendimento_id: int
    consultor_id: int
    contato_id: int
    message_id: int | None
    oferecida_em: datetime
    expira_em: datetime
    respondida_em: datetime | None
    resposta: str | None


_ROW = [ofertas.c[name] for name in Oferta.__dataclass_fields__]
_OPEN = ofertas.c.respondida_em.is_(None)


async def add_oferta(
    tx: Transaction, atendimento_id: int, consultor_id: int, contato_id: int, expira_em: datetime
) -> int | None:
    """Its id; None when somebody is being asked about this customer already, or this consultor about another one."""
    values = {
        "atendimento_id": atendimento_id,
        "consultor_id": consultor_id,
        "contato_id": contato_id,
        "oferecida_em": tx.now,
        "expira_em": expira_em,
    }
    row = await tx.one(tx.insert(ofertas).values(values).on_conflict_do_nothing().returning(ofertas.c.id))
    return None if row is None else int(row.id)


async def card_shown(tx: Transaction, oferta_id: int, message_id: int) -> None:
    """Under which message the consultor sees it."""
    await tx.execute(update(ofertas).where(ofertas.c.id == oferta_id).values(message_id=message_id))


async def oferta_by_id(connection: AsyncConnection, oferta_id: int) -> Oferta | None:
    return _one((await connection.execute(select(*_ROW).where(ofertas.c.id == oferta_id))).first())


async def open_oferta_about(connection: AsyncConnection, atendimento_id: int) -> Oferta | None:
    """Who is being asked about this customer."""
    return _one(
        (await connection.execute(select(*_ROW).where(ofertas.c.atendimento_id == atendimento_id, _OPEN))).first()
    )


async def shown_to(connection: AsyncConnection, usuario_id: UUID) -> list[int]:
    """The open cards that this person looks at."""
    mine = select(consultores.c.id).where(consultores.c.usuario_id == usuario_id)
    statement = select(ofertas.c.id).where(ofertas.c.consultor_id.in_(mine), _OPEN)
    return list((await connection.execute(statement)).scalars())


async def asked_now(connection: AsyncConnection, consultor_ids: Sequence[int]) -> set[int]:
    """Those of these who look at a card."""
    statement = select(ofertas.c.consultor_id).where(ofertas.c.consultor_id.in_(consultor_ids), _OPEN)
    return set((await connection.execute(statement)).scalars())


async def note_given_back(tx: Transaction, atendimento_id: int, consultor_id: int) -> None:
    """Whoever had taken this customer passes them on after all: a card of now that was passed on."""
    taken = ofertas.c.resposta == Resposta.ACEITOU
    mine = and_(ofertas.c.atendimento_id == atendimento_id, ofertas.c.consultor_id == consultor_id, taken)
    row = await tx.one(select(ofertas.c.contato_id).where(mine).order_by(ofertas.c.id.desc()).limit(1))
    if row is not None:
        values = {"atendimento_id": atendimento_id, "consultor_id": consultor_id, "contato_id": row.contato_id}
        moments = {"oferecida_em": tx.now, "expira_em": tx.now, "respondida_em": tx.now}
        await tx.execute(insert(ofertas).values(values | moments | {"resposta": Resposta.PASSOU}))


async def answer_oferta(tx: Transaction, oferta_id: int, resposta: str) -> bool:
    """Close the card; False when it was closed before."""
    statement = update(ofertas).where(ofertas.c.id == oferta_id, _OPEN)
    return await tx.changed(statement.values(respondida_em=tx.now, resposta=resposta))


async def who_had(connection: AsyncConnection, atendimento_id: int) -> str | None:
    """Who took this customer last."""
    taken = and_(ofertas.c.atendimento_id == atendimento_id, ofertas.c.resposta == Resposta.ACEITOU)
    statement = (
        select(consultores.c.nome)
        .select_from(ofertas.join(consultores, consultores.c.id == ofertas.c.consultor_id))
        .where(taken)
        .order_by(ofertas.c.respondida_em.desc(), ofertas.c.id.desc())
        .limit(1)
    )
    found: str | None = (await connection.execute(statement)).scalar()
    return found


async def take_oferta_after_all(tx: Transaction, oferta: Oferta) -> bool:
    """Whoever left this card lying takes the customer; False when somebody looks at another card about them."""
    other = ofertas.alias()
    looked_at = exists().where(other.c.atendimento_id == oferta.atendimento_id, other.c.respondida_em.is_(None))
    mine = and_(ofertas.c.id == oferta.id, ofertas.c.resposta == Resposta.EXPIROU)
    statement = update(ofertas).where(mine, ~looked_at)
    return await tx.changed(statement.values(respondida_em=tx.now, resposta=Resposta.ACEITOU))


@dataclass(frozen=True, slots=True)
class Atendidos:
    """How many customers a consultor took in some days, how many of them gave a rating, and its mean."""

    clientes: int
    notas: int
    media: float | None


async def taken_by(connection: AsyncConnection, consultor_id: int, since: datetime, until: datetime) -> Atendidos:
    """Whom this consultor accepted since then and before `until`."""
    statement = (
        select(
            func.count(ofertas.c.atendimento_id.distinct()),
            func.count(atendimentos.c.avaliacao),
            func.avg(atendimentos.c.avaliacao),
        )
        .select_from(ofertas.join(atendimentos, atendimentos.c.id == ofertas.c.atendimento_id))
        .where(
            ofertas.c.consultor_id == consultor_id,
            ofertas.c.resposta == Resposta.ACEITOU,
            ofertas.c.respondida_em >= since,
            ofertas.c.respondida_em < until,
        )
    )
    clientes, notas, media = (await connection.execute(statement)).one()
    return Atendidos(clientes, notas, None if media is None else float(media))


@dataclass(frozen=True, slots=True)
class Atendido:
    """An atendimento that a consultor took, and its customer's name."""

    id: int
    protocolo_id: int
    criado_em: datetime
    nome: str | None
    avaliacao: int | None
    comentario: str | None


async def taken_lately(
    connection: AsyncConnection, consultor_id: int, since: datetime, until: datetime, limit: int
) -> list[Atendido]:
    """Those of whom this consultor accepted since then and before `until`, the newest first."""
    c = atendimentos.c
    taken = select(ofertas.c.atendimento_id).where(
        ofertas.c.consultor_id == consultor_id,
        ofertas.c.resposta == Resposta.ACEITOU,
        ofertas.c.respondida_em >= since,
        ofertas.c.respondida_em < until,
    )
    statement = (
        select(c.id, c.protocolo_id, c.criado_em, contatos.c.nome, c.avaliacao, c.comentario)
        .select_from(atendimentos.outerjoin(contatos, contatos.c.id == c.contato_id))
        .where(c.id.in_(taken))
        .order_by(c.id.desc())
        .limit(limit)
    )
    return [Atendido(*row) for row in await connection.execute(statement)]


async def expired_ofertas(connection: AsyncConnection, now: datetime, limit: int) -> list[Oferta]:
    """Cards nobody answered in time."""
    statement = select(*_ROW).where(_OPEN, ofertas.c.expira_em <= now).order_by(ofertas.c.expira_em).limit(limit)
    return [_made(row) for row in await connection.execute(statement)]


async def last_unanswered(connection: AsyncConnection, consultor_ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these last left a card without an answer."""
    statement = (
        select(ofertas.c.consultor_id, func.max(ofertas.c.respondida_em))
        .where(ofertas.c.consultor_id.in_(consultor_ids), ofertas.c.resposta == Resposta.EXPIROU)
        .group_by(ofertas.c.consultor_id)
    )
    # func.max of a typed column keeps its type.
    return {row[0]: row[1] for row in await connection.execute(statement)}


@dataclass(frozen=True, slots=True)
class Deixados:
    """(atendimento, consultor) of cards that were passed on, or left lying."""

    passados: frozenset[tuple[int, int]] = frozenset()
    sem_resposta: frozenset[tuple[int, int]] = frozenset()


async def who_let_pass(connection: AsyncConnection, atendimento_ids: Sequence[int], since: datetime) -> Deixados:
    """What became of the cards about these customers that nobody took since then."""
    statement = select(ofertas.c.resposta, ofertas.c.atendimento_id, ofertas.c.consultor_id).where(
        ofertas.c.atendimento_id.in_(atendimento_ids),
        ofertas.c.resposta.in_((Resposta.PASSOU, Resposta.EXPIROU)),
        ofertas.c.respondida_em > since,
    )
    of: dict[str, set[tuple[int, int]]] = {Resposta.PASSOU: set(), Resposta.EXPIROU: set()}
    for resposta, atendimento_id, consultor_id in await connection.execute(statement):
        of[resposta].add((atendimento_id, consultor_id))
    return Deixados(frozenset(of[Resposta.PASSOU]), frozenset(of[Resposta.EXPIROU]))


def _one(row: Row[Any] | None) -> Oferta | None:
    return None if row is None else _made(row)


def _made(values: Sequence[Any]) -> Oferta:
    return Oferta(*values)
