"""Queries over agent_presence, what each attendant chose, and presence_changes, how it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, case, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pessoa.perfil import Perfil
from storage.presenca.status import StatusPresenca
from storage.tables import agent_presence, presence_changes, usuarios
from storage.transaction import Transaction
from storage.types import by_dialect


@dataclass(frozen=True, slots=True)
class Presenca:
    """What one attendant chose, and what the others were last told that they are, and since when."""

    usuario_id: UUID
    status: str
    status_message: str | None
    via: str
    returns_at: datetime | None
    asked_at: datetime | None
    last_heartbeat: datetime | None
    announced: str
    status_changed_at: datetime


@dataclass(frozen=True, slots=True)
class Mudanca:
    """One person became something, at one moment."""

    usuario_id: UUID
    nome: str
    status: str
    quando: datetime


_ROW = [agent_presence.c[name] for name in Presenca.__dataclass_fields__]
# Built once: every heartbeat is answered with it.
_OF_PERSON = select(*_ROW).where(agent_presence.c.usuario_id == bindparam("b_id"))
_OF_PEOPLE = by_dialect(lambda among: select(*_ROW).where(among(agent_presence.c.usuario_id, "b_ids")))
_ATTENDS = and_(
    usuarios.c.status_ativo,
    or_(
        usuarios.c.perfil_usuario == Perfil.CONSULTOR,
        # An administrator may attend: whoever has ever chosen a state does.
        and_(usuarios.c.perfil_usuario == Perfil.ADMINISTRADOR, agent_presence.c.usuario_id.is_not(None)),
    ),
)


async def presenca_of(connection: AsyncConnection, usuario_id: UUID) -> Presenca | None:
    """This person's presence, not locked; None for somebody who never chose a state."""
    return _presenca((await connection.execute(_OF_PERSON, {"b_id": usuario_id})).first())


async def presencas_of(connection: AsyncConnection, usuario_ids: Sequence[UUID]) -> dict[UUID, Presenca]:
    """The presences of those of these people who have one, not locked."""
    rows = await connection.execute(_OF_PEOPLE[connection.dialect.name], {"b_ids": list(usuario_ids)})
    return {row.usuario_id: Presenca(**row._mapping) for row in rows}


async def lock_presenca(tx: Transaction, usuario_id: UUID) -> Presenca | None:
    """This person's presence, locked for the rest of the turn."""
    return _presenca(await tx.one(_locked().where(agent_presence.c.usuario_id == usuario_id)))


async def lock_presencas(tx: Transaction, usuario_ids: Sequence[UUID]) -> list[Presenca]:
    """The presences of those of these people who have one, locked in the order of their ids."""
    rows = await tx.execute(_locked().where(agent_presence.c.usuario_id.in_(usuario_ids)))
    return [Presenca(**row._mapping) for row in rows]


async def save_chosen(tx: Transaction, presenca: Presenca) -> None:
    """Keep what somebody chose, the first time or anew."""
    values = {name: getattr(presenca, name) for name in Presenca.__dataclass_fields__}
    statement = tx.insert(agent_presence).values(values)
    changed = {name: value for name, value in values.items() if name != "usuario_id"}
    await tx.execute(statement.on_conflict_do_update(index_elements=["usuario_id"], set_=changed))


async def change_presenca(tx: Transaction, usuario_id: UUID, **values: Any) -> None:
    """Change facts of a presence that is locked in this turn."""
    await tx.execute(update(agent_presence).where(agent_presence.c.usuario_id == usuario_id).values(values))


async def add_change(
    tx: Transaction, usuario_id: UUID, status: str, message: str | None, via: str, quando: datetime
) -> None:
    """Write down that somebody became something, and by which way."""
    values = {"usuario_id": usuario_id, "status": status, "status_message": message, "via": via, "quando": quando}
    await tx.execute(insert(presence_changes).values(values))


async def returning(connection: AsyncConnection, now: datetime, limit: int) -> list[UUID]:
    """Those whose time to come back has come."""
    statement = select(agent_presence.c.usuario_id).where(agent_presence.c.returns_at <= now).limit(limit)
    return list((await connection.execute(statement)).scalars())


async def unanswering(connection: AsyncConnection, asked_before: datetime, limit: int) -> list[UUID]:
    """Those who were asked before that moment, have not answered, and are not known as away yet."""
    statement = select(agent_presence.c.usuario_id).where(
        agent_presence.c.asked_at <= asked_before, agent_presence.c.announced != StatusPresenca.AWAY
    )
    return list((await connection.execute(statement.limit(limit))).scalars())


async def to_be_watched(connection: AsyncConnection, via: str) -> list[UUID]:
    """Those whose silence has to be noticed: they chose that way to be here, and nobody knows them as silent."""
    statement = select(agent_presence.c.usuario_id).where(
        agent_presence.c.via == via,
        agent_presence.c.status != StatusPresenca.OFFLINE,
        agent_presence.c.announced != StatusPresenca.OFFLINE,
        agent_presence.c.asked_at.is_(None),
    )
    return list((await connection.execute(statement)).scalars())


async def attendants(connection: AsyncConnection, limit: int) -> tuple[list[Row[Any]], int]:
    """Everybody who attends, with `nome_completo` and their presence if any; those who are here first.

    At most `limit` of them, and how many there are.
    """
    here = case((agent_presence.c.status == StatusPresenca.OFFLINE, 1), (agent_presence.c.status.is_(None), 1), else_=0)
    statement = (
        select(usuarios.c.id, usuarios.c.nome_completo, *_ROW, func.count().over().label("total"))
        .select_from(usuarios.outerjoin(agent_presence, agent_presence.c.usuario_id == usuarios.c.id))
        .where(_ATTENDS)
        .order_by(here, usuarios.c.nome_completo, usuarios.c.id)
        .limit(limit)
    )
    rows: list[Row[Any]] = list(await connection.execute(statement))
    return rows, rows[0].total if rows else 0


def presenca_in(row: Row[Any]) -> Presenca | None:
    """The presence in a row of `attendants`."""
    if row.usuario_id is None:
        return None
    return Presenca(**{name: row._mapping[name] for name in Presenca.__dataclass_fields__})


async def changes_since(connection: AsyncConnection, since: datetime, usuario_id: UUID | None) -> list[Mudanca]:
    """What this person, or everybody, was at that moment, and every change from it on: by person, oldest first."""
    changes = presence_changes.c
    of_person = changes.usuario_id == agent_presence.c.usuario_id
    nome = usuarios.c.nome_completo.label("nome")
    people = agent_presence.join(usuarios, usuarios.c.id == agent_presence.c.usuario_id)
    newest = (changes.quando.desc(), changes.id.desc())
    before = select(changes.status).where(of_person, changes.quando < since).order_by(*newest).limit(1)
    found = select(agent_presence.c.usuario_id, nome, before.scalar_subquery().label("status")).select_from(people)
    # By person, so that the index of a person's changes is used: the table only grows.
    later = (
        select(changes.usuario_id, nome, changes.status, changes.quando)
        .select_from(people.join(presence_changes, and_(of_person, changes.quando >= since)))
        .order_by(changes.quando, changes.id)
    )
    if usuario_id is not None:
        found = found.where(agent_presence.c.usuario_id == usuario_id)
        later = later.where(agent_presence.c.usuario_id == usuario_id)
    first = [Mudanca(**row._mapping, quando=since) for row in await connection.execute(found) if row.status is not None]
    rest = [Mudanca(**row._mapping) for row in await connection.execute(later)]
    return sorted([*first, *rest], key=lambda mudanca: (mudanca.nome, mudanca.usuario_id.hex))


def _locked() -> Select[Any]:
    return select(*_ROW).order_by(agent_presence.c.usuario_id).with_for_update(key_share=True)


def _presenca(row: Row[Any] | None) -> Presenca | None:
    return None if row is None else Presenca(**row._mapping)
