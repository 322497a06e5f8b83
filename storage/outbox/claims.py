"""The outbox, made: which process has which calls, and how they ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.prepared import ForMany
from storage.secrets import SecretBox, SecretUnreadable
from storage.tables import outbox
from storage.transaction import Call, Transaction

# How long the process that wrote a call has it for itself, before any worker takes it up.
OWNER_SECONDS = 30.0
# And how long before that it makes no call any more without asking: a call takes its time, and clocks differ.
MARGIN_SECONDS = 8.0

PENDING = outbox.c.done_at.is_(None)


_HEADS = (
    select(outbox.c.lane, func.min(outbox.c.id).label("id")).where(PENDING).group_by(outbox.c.lane).subquery("heads")
)
_DUE_LANES = (
    select(outbox.c.lane)
    .join(_HEADS, _HEADS.c.id == outbox.c.id)
    .where(outbox.c.due_at <= bindparam("b_now", type_=outbox.c.due_at.type))
    .order_by(outbox.c.due_at)
    .limit(bindparam("b_limit"))
)


async def due_lanes(connection: AsyncConnection, now: datetime, limit: int = 500) -> list[str]:
    """Lanes whose oldest waiting call may be made by anyone now."""
    rows = await connection.execute(_DUE_LANES, {"b_now": now, "b_limit": limit})
    return list(rows.scalars())


async def claim_lane(tx: Transaction, lane: str, limit: int, ripe: datetime | None = None) -> list[Call]:
    """Take the lane's waiting calls for this process, oldest first; none when somebody else has them.

    `ripe`: a call that was put off to just this moment is due, whatever the clock says: it may have been set back.
    """
    head = select(func.min(outbox.c.id)).where(outbox.c.lane == lane, PENDING).scalar_subquery()
    waited = [] if ripe is None else [and_(outbox.c.due_at == ripe, outbox.c.claimed_by.is_(None))]
    until = tx.now + timedelta(seconds=OWNER_SECONDS)
    mine = (
        update(outbox)
        .where(outbox.c.id == head, or_(outbox.c.due_at <= tx.now, *waited), PENDING)
        .values(due_at=until, claimed_by=tx.owner)
    )
    if not await tx.changed(mine.values(due_at=until, claimed_by=tx.owner)):
        return []
    rows = await tx.execute(select(outbox).where(outbox.c.lane == lane, PENDING).order_by(outbox.c.id).limit(limit))
    calls = [as_call(row, tx.secrets) for row in rows]
    for older, call in pairwise(calls):
        call.previous = older.id
    for call in calls:
        call.ours_until = ours_until(tx)
    # All of them, not only the oldest: each becomes the oldest in its turn.
    ids = [call.id for call in calls]
    if await _hold(tx, ids) == len(ids):
        return calls
    # Whoever had one of them before has ended it at this same moment.
    held = set((await tx.execute(select(outbox.c.id).where(outbox.c.id.in_(ids), PENDING))).scalars())
    return [call for call in calls if call.id in held]


async def keep_claim(tx: Transaction, calls: Sequence[Call]) -> bool:
    """Hold calls for another while; False when one of them is done, or was taken by somebody else."""
    held = await _hold(tx, [call.id for call in calls], outbox.c.claimed_by == tx.owner) == len(calls)
    for call in calls if held else ():
        call.ours_until = ours_until(tx)
    return held


async def let_go(tx: Transaction, calls: Sequence[Call]) -> None:
    """Let anyone make these calls, which this process wrote; a claim that somebody has made meanwhile stays."""
    for call in calls:
        written = update(outbox).where(outbox.c.id == call.id, outbox.c.claimed_by == tx.owner, PENDING)
        await tx.execute(written.where(outbox.c.due_at == call.due_at).values(due_at=tx.now, claimed_by=None))


async def release_claims(tx: Transaction) -> int:
    """Let anyone make the calls that a process of before had for itself; how many.

    Only for who knows that no such process lives. Calls that were put off after a try (they have an `error`) keep
    their time.
    """
    claimed = update(outbox).where(PENDING, outbox.c.due_at > tx.now, outbox.c.error.is_(None))
    return (await tx.execute(claimed.values(due_at=tx.now, claimed_by=None))).rowcount


async def _hold(tx: Transaction, ids: Sequence[int], *conditions: ColumnElement[bool]) -> int:
    until = tx.now + timedelta(seconds=OWNER_SECONDS)
    statement = (
        update(outbox).where(outbox.c.id.in_(ids), PENDING, *conditions).values(due_at=until, claimed_by=tx.owner)
    )
    return (await tx.execute(statement)).rowcount


def ours_until(tx: Transaction) -> float:
    """Until when a claim made in this turn is trusted, by the monotonic clock; others may take it a margin later."""
    return tx.began + OWNER_SECONDS - MARGIN_SECONDS


def keepable(text: str | None) -> str | None:
    """A provider's text as every database keeps it: without NUL, and without halves of pairs."""
    return None if text is None else text.replace("\0", "").encode("utf-8", "replace").decode()


_DONE = ForMany(
    update(outbox)
    # The first mark counts.
    .where(outbox.c.id == bindparam("b_id"), outbox.c.done_at.is_(None))
    .values(
        done_at=bindparam("b_now", type_=outbox.c.done_at.type),
        provider_id=bindparam("b_provider_id"),
        error=bindparam("b_error"),
        sealed_text=None,
    )
)


async def mark_done(tx: Transaction, results: Sequence[tuple[int, str | None, str | None]]) -> None:
    """These calls are over: (id, the provider's id of what came of it, what went wrong for good)."""
    await _DONE.execute(
        tx.connection,
        [
            {"b_id": id_, "b_now": tx.now, "b_provider_id": keepable(provider), "b_error": keepable(error)}
            for id_, provider, error in results
        ],
    )


async def postpone(
    tx: Transaction, call: Call, due_at: datetime, error: str, *, counts: bool, sparing: Sequence[int] = ()
) -> bool:
    """Try this call again at `due_at`; `counts` says whether this was a failed attempt (being throttled is not).

    `sparing`: older calls that are being made at this moment, and stay ours. False when somebody else has it by now,
    who decides.
    """
    values: dict[str, Any] = {"due_at": due_at, "error": keepable(error), "claimed_by": None}
    if counts:
        values["attempts"] = call.attempts + 1
    mine = update(outbox).where(PENDING, outbox.c.claimed_by == tx.owner)
    if not await tx.changed(mine.where(outbox.c.id == call.id).values(values)):
        return False
    if call.previous is not None:
        # A lane is due when its oldest call is, and that may not be this one (bot/outbox/lanes.py: customers in turn).
        older = mine.where(outbox.c.lane == call.lane, outbox.c.id < call.id, outbox.c.id.not_in(sparing))
        await tx.execute(older.values(due_at=due_at, claimed_by=None))
    return True


async def drop_waiting(tx: Transaction, contato_id: int, target: str, reason: str) -> None:
    """What still waits to be said in this conversation is not said any more."""
    waiting = update(outbox).where(outbox.c.contato_id == contato_id, outbox.c.target == target, PENDING)
    await tx.execute(waiting.values(done_at=tx.now, error=reason, sealed_text=None))


async def depth(connection: AsyncConnection) -> Row[Any]:
    """How many calls wait, in how many lanes, and since when the oldest does: `calls`, `lanes`, `oldest`."""
    statement = select(
        func.count().label("calls"),
        func.count(outbox.c.lane.distinct()).label("lanes"),
        func.min(outbox.c.created_at).label("oldest"),
    ).where(PENDING)
    row: Row[Any] = (await connection.execute(statement)).one()
    return row


def as_call(row: Row[Any], secrets: SecretBox | None = None) -> Call:
    """`secrets`: of whoever makes the call; a text that they cannot open any more is said as empty, and so refused."""
    params = row.params
    if row.sealed_text is not None and secrets is not None:
        try:
            text = secrets.open(row.sealed_text, "outbox", "text", row.id)
        except SecretUnreadable:
            text = ""
        params = params | {"text": text}
    return Call(
        row.id,
        row.lane,
        row.target,
        row.method,
        params,
        row.contato_id,
        row.request_id,
        row.attempts,
        secret=row.sealed_text is not None,
    )
