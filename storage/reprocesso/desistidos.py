"""Calls of the outbox that were given up: counted, listed, and begun anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import outbox
from storage.transaction import Transaction

# What was let go on purpose: a newer text stood behind it; whoever cannot be reached is told nothing more.
_LET_GO = ("outdated", "unreachable")
# They are over when they are late.
_PASSING = ("sendChatAction", "answerCallbackQuery")


def _given_up() -> ColumnElement[bool]:
    columns = outbox.c
    return and_(
        columns.done_at.is_not(None),
        columns.error.is_not(None),
        columns.error.not_in(_LET_GO),
        columns.method.not_in(_PASSING),
    )


async def given_up_calls(
    connection: AsyncConnection, limit: int | None, ids: Sequence[int] | None = None
) -> list[Row[Any]]:
    """The newest first, of these ids or of all: `id`, `target`, `method`, `error`, `done_at`, `params`."""
    columns = [outbox.c[name] for name in ("id", "target", "method", "error", "done_at", "params")]
    statement = select(*columns).where(_given_up()).order_by(outbox.c.done_at.desc(), outbox.c.id.desc())
    if ids is not None:
        statement = statement.where(outbox.c.id.in_(ids))
    return list(await connection.execute(statement.limit(limit)))


async def given_up_count(connection: AsyncConnection) -> int:
    """How many there are."""
    return int(await connection.scalar(select(func.count()).select_from(outbox).where(_given_up())) or 0)


async def given_up_kinds(connection: AsyncConnection, since: datetime, until: datetime) -> list[Row[Any]]:
    """After the one and up to the other moment, by kind: `target`, `method`, `quantos`, `erro` (one of theirs)."""
    columns = outbox.c
    counted = func.count().label("quantos"), func.max(columns.error).label("erro")
    statement = select(columns.target, columns.method, *counted).where(
        _given_up(), columns.done_at > since, columns.done_at <= until
    )
    return list(await connection.execute(statement.group_by(columns.target, columns.method)))


@dataclass(frozen=True, slots=True)
class Tropeco:
    """How it goes with one of those whom we call: given up since a moment, and being tried again now."""

    alvo: str
    desistidos: int
    de_novo: int


async def tropecos_since(connection: AsyncConnection, since: datetime) -> list[Tropeco]:
    """Channels, robots and others of whose calls some went wrong, the worst first."""
    lost = await _by_target(connection, _given_up() & (outbox.c.done_at >= since))
    tried = await _by_target(connection, outbox.c.done_at.is_(None) & outbox.c.error.is_not(None))
    found = [Tropeco(target, lost.get(target, 0), tried.get(target, 0)) for target in {**lost, **tried}]
    return sorted(found, key=lambda one: (-one.desistidos, -one.de_novo, one.alvo))


async def _by_target(connection: AsyncConnection, which: ColumnElement[bool]) -> dict[str, int]:
    statement = select(outbox.c.target, func.count().label("n")).where(which).group_by(outbox.c.target)
    return {row.target: row.n for row in await connection.execute(statement)}


async def begin_anew(tx: Transaction, ids: Sequence[int]) -> set[int]:
    """Have these calls made again, as if they had never been tried; those of them that had been given up."""
    waiting = {"done_at": None, "error": None, "attempts": 0, "due_at": tx.now, "claimed_by": None}
    again = update(outbox).where(outbox.c.id.in_(ids), _given_up()).values(waiting).returning(outbox.c.id)
    return set((await tx.execute(again)).scalars())
