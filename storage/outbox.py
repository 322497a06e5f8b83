"""The outbox: calls to the outside, written in the turn's transaction and made after its commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    column,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.prepared import ForMany
from storage.secrets import SecretBox, SecretUnreadable
from storage.tables import message_statuses, outbox, outbox_ids
from storage.transaction import Call, Kept, Transaction
from storage.types import Json, by_dialect

# How long the process that wrote a call has it for itself, before any worker takes it up.
OWNER_SECONDS = 30.0
# And how long before that it makes no call any more without asking: a call takes its time, and clocks differ.
MARGIN_SECONDS = 8.0

# What differs from call to call, in one parameter of JSON; the rest is the turn's.
_OF_A_CALL = ("id", "lane", "target", "method", "params", "sealed_text", "contato_id", "request_id")
_OF_THE_TURN = ("created_at", "due_at", "claimed_by")


def _calls_given() -> Mapping[str, Sequence[ColumnElement[Any]]]:
    """For each database, the columns of the calls that are given."""
    given = bindparam("b_calls", type_=Json)
    columns = [column(name, outbox.c[name].type) for name in _OF_A_CALL]
    records = func.jsonb_to_recordset(given).table_valued(*columns, name="given").render_derived(with_types=True)
    each = func.json_each(given).table_valued("value")
    return {
        "postgresql": list(records.c),
        "sqlite": [func.json_extract(each.c.value, literal_column(f"'$.{name}'")) for name in _OF_A_CALL],
    }


# A newer call can wait in a lane already: what is relayed to somebody comes from turns that do not wait for each other.
# It is somebody else's, and nothing of ours has to come after it; taken for our predecessor, it would be claimed
# together with ours while its own process is making it. One look into the index, however many calls wait.
_older = outbox.alias("older")
# Of the row that is written: as a column of the table, it would be one of another row of it here.
_LANE: ColumnElement[str] = literal_column("outbox.lane")
_PREVIOUS = (
    select(func.max(_older.c.id))
    .where(_older.c.lane == _LANE, _older.c.done_at.is_(None), _older.c.id < bindparam("b_first"))
    .scalar_subquery()
)
_TURNS = [bindparam(f"b_{name}", type_=outbox.c[name].type).label(name) for name in _OF_THE_TURN]
_WRITE = {
    dialect: insert(outbox)
    .from_select([*_OF_A_CALL, *_OF_THE_TURN], select(*given, *_TURNS))
    .returning(outbox.c.id, _PREVIOUS.label("previous"))
    for dialect, given in _calls_given().items()
}
_PENDING = outbox.c.done_at.is_(None)
_LOST = or_(
    and_(outbox.c.done_at.is_not(None), outbox.c.error.is_not(None)),
    exists().where(message_statuses.c.provider_id == outbox.c.provider_id, message_statuses.c.status == "failed"),
)
_NEVER_ARRIVED = by_dialect(lambda among: select(outbox.c.id).where(among(outbox.c.id, "b_ids"), _LOST))
# Of the calls that this turn has asked about: whether they never arrived.
_arrivals: Kept[dict[int, bool]] = Kept(dict)


async def write_down(
    tx: Transaction,
    lane: str,
    target: str,
    method: str,
    params: dict[str, Any],
    contato_id: int | None = None,
    *,
    secret: bool = False,
) -> Call:
    """Add a call to this turn. It is made after the commit, after every older call of its lane.

    `secret`: the `text` among its params is sealed in the row and wiped when the call is over.
    """
    call_id = next(tx.ids, None)
    if call_id is None:
        await bring_ids(tx)
        call_id = next(tx.ids)
    call = Call(call_id, lane, target, method, params, contato_id, tx.request_id, secret=secret)
    tx.calls.append(call)
    return call


async def save_calls(tx: Transaction) -> None:
    """Write the turn's calls as rows, each knowing the call of its lane that is still before it."""
    if not tx.calls:
        return
    due_at = tx.now + timedelta(seconds=tx.owner_seconds)
    for call in tx.calls:
        call.due_at = due_at
        call.ours_until = ours_until(tx)
    written = {
        "b_calls": [_as_row(call, tx) for call in tx.calls],
        "b_first": tx.calls[0].id,
        "b_created_at": tx.now,
        "b_due_at": due_at,
        "b_claimed_by": tx.owner,
    }
    before = {row.id: row.previous for row in await tx.execute(_WRITE[tx.dialect], written)}
    newest: dict[str, int] = {}
    for call in tx.calls:
        call.previous = newest.get(call.lane, before[call.id])
        newest[call.lane] = call.id


_HEADS = (
    select(outbox.c.lane, func.min(outbox.c.id).label("id")).where(_PENDING).group_by(outbox.c.lane).subquery("heads")
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
    head = select(func.min(outbox.c.id)).where(outbox.c.lane == lane, _PENDING).scalar_subquery()
    waited = [] if ripe is None else [and_(outbox.c.due_at == ripe, outbox.c.claimed_by.is_(None))]
    until = tx.now + timedelta(seconds=OWNER_SECONDS)
    mine = (
        update(outbox)
        .where(outbox.c.id == head, or_(outbox.c.due_at <= tx.now, *waited), _PENDING)
        .values(due_at=until, claimed_by=tx.owner)
    )
    if not await tx.changed(mine.values(due_at=until, claimed_by=tx.owner)):
        return []
    rows = await tx.execute(select(outbox).where(outbox.c.lane == lane, _PENDING).order_by(outbox.c.id).limit(limit))
    calls = [_as_call(row, tx.secrets) for row in rows]
    for older, call in pairwise(calls):
        call.previous = older.id
    for call in calls:
        call.ours_until = ours_until(tx)
    # All of them, not only the oldest: each becomes the oldest in its turn.
    ids = [call.id for call in calls]
    if await _hold(tx, ids) == len(ids):
        return calls
    # Whoever had one of them before has ended it at this same moment.
    held = set((await tx.execute(select(outbox.c.id).where(outbox.c.id.in_(ids), _PENDING))).scalars())
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
        written = update(outbox).where(outbox.c.id == call.id, outbox.c.claimed_by == tx.owner, _PENDING)
        await tx.execute(written.where(outbox.c.due_at == call.due_at).values(due_at=tx.now, claimed_by=None))


async def release_claims(tx: Transaction) -> int:
    """Let anyone make the calls that a process of before had for itself; how many.

    Only for who knows that no such process lives. Calls that were put off after a try (they have an `error`) keep
    their time.
    """
    claimed = update(outbox).where(_PENDING, outbox.c.due_at > tx.now, outbox.c.error.is_(None))
    return (await tx.execute(claimed.values(due_at=tx.now, claimed_by=None))).rowcount


async def _hold(tx: Transaction, ids: Sequence[int], *conditions: ColumnElement[bool]) -> int:
    until = tx.now + timedelta(seconds=OWNER_SECONDS)
    statement = (
        update(outbox).where(outbox.c.id.in_(ids), _PENDING, *conditions).values(due_at=until, claimed_by=tx.owner)
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
        tx,
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
    mine = update(outbox).where(_PENDING, outbox.c.claimed_by == tx.owner)
    if not await tx.changed(mine.where(outbox.c.id == call.id).values(values)):
        return False
    if call.previous is not None:
        # A lane is due when its oldest call is, and that may not be this one (bot/outbox.py, customers in turn).
        older = mine.where(outbox.c.lane == call.lane, outbox.c.id < call.id, outbox.c.id.not_in(sparing))
        await tx.execute(older.values(due_at=due_at, claimed_by=None))
    return True


async def provider_id_of(connection: AsyncConnection, call_id: int) -> str | None:
    """The provider's id of the message this call became, if it was sent."""
    return await connection.scalar(select(outbox.c.provider_id).where(outbox.c.id == call_id))


async def call_by_id(connection: AsyncConnection, call_id: int) -> Call | None:
    """The call, as long as it is remembered (storage/cleanup.py), without a secret that it says."""
    row = (await connection.execute(select(outbox).where(outbox.c.id == call_id))).first()
    return None if row is None else _as_call(row)


async def params_of_sent(connection: AsyncConnection, provider_id: str) -> dict[str, Any] | None:
    """What was asked of the call that became the message with this id of the channel's."""
    found: dict[str, Any] | None = await connection.scalar(
        select(outbox.c.params).where(outbox.c.provider_id == provider_id).order_by(outbox.c.id.desc()).limit(1)
    )
    return found


async def is_said_last(connection: AsyncConnection, lane: str, provider_id: str, since: datetime) -> bool:
    """Whether the message with this id of the channel's was said in that lane since then, and nothing after it."""
    later = outbox.alias("later")
    newer = exists().where(later.c.id > outbox.c.id, later.c.lane == lane, later.c.method == "sendMessage")
    said = select(outbox.c.id).where(
        outbox.c.provider_id == provider_id,
        outbox.c.lane == lane,
        outbox.c.method == "sendMessage",
        # What came after it is looked through, of whomever: that is as much as the service said meanwhile.
        outbox.c.created_at >= since,
    )
    return await connection.scalar(said.where(~newer).limit(1)) is not None


async def sent_at(connection: AsyncConnection, contato_id: int, provider_id: str) -> datetime | None:
    """When the message with this id of the channel's was written down for that conversation, if it is one of ours."""
    found: datetime | None = await connection.scalar(
        select(outbox.c.created_at)
        .where(outbox.c.provider_id == provider_id, outbox.c.contato_id == contato_id)
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return found


async def never_arrived(tx: Transaction, call_id: int) -> bool:
    """Whether the message of this call was given up, or its channel reported that it could not be delivered."""
    known = _arrivals.of(tx)
    if call_id not in known:
        await read_arrivals(tx, [call_id])
    return known[call_id]


async def read_arrivals(tx: Transaction, call_ids: Sequence[int]) -> None:
    """Read ahead what `never_arrived` will be asked of these calls."""
    if call_ids:
        lost = set((await tx.execute(_NEVER_ARRIVED[tx.dialect], {"b_ids": list(call_ids)})).scalars())
        _arrivals.of(tx).update({call_id: call_id in lost for call_id in call_ids})


async def correct_provider_id(tx: Transaction, call_id: int, provider_id: str | None) -> None:
    """What this call made was made again, and has another id now; None: it is gone for good."""
    await tx.execute(update(outbox).where(outbox.c.id == call_id).values(provider_id=provider_id))


async def send_again(tx: Transaction, provider_id: str, due_at: datetime, error: str) -> str | None:
    """What became this message is to be sent once more: the target it is for; None when no call is known by it."""
    made = update(outbox).where(outbox.c.provider_id == provider_id, outbox.c.done_at.is_not(None))
    values = {"done_at": None, "provider_id": None, "due_at": due_at, "error": error}
    row = await tx.one(made.values(values).returning(outbox.c.target))
    return None if row is None else str(row.target)


async def readdress(tx: Transaction, contato_id: int, external_id: str) -> None:
    """Send what still waits for this conversation to its new address."""
    rows = await tx.execute(select(outbox.c.id, outbox.c.params).where(outbox.c.contato_id == contato_id, _PENDING))
    for row in rows.all():
        params = {**row.params, "to": external_id}
        await tx.execute(update(outbox).where(outbox.c.id == row.id).values(params=params))


async def drop_waiting(tx: Transaction, contato_id: int, target: str, reason: str) -> None:
    """What still waits to be said in this conversation is not said any more."""
    waiting = update(outbox).where(outbox.c.contato_id == contato_id, outbox.c.target == target, _PENDING)
    await tx.execute(waiting.values(done_at=tx.now, error=reason, sealed_text=None))


async def depth(connection: AsyncConnection) -> Row[Any]:
    """How many calls wait, in how many lanes, and since when the oldest does: `calls`, `lanes`, `oldest`."""
    statement = select(
        func.count().label("calls"),
        func.count(outbox.c.lane.distinct()).label("lanes"),
        func.min(outbox.c.created_at).label("oldest"),
    ).where(_PENDING)
    row: Row[Any] = (await connection.execute(statement)).one()
    return row


_NEXT_IDS = {
    "postgresql": select(outbox_ids.next_value()),
    "sqlite": select(func.coalesce(func.max(outbox.c.id), 0) + 1),
}


async def bring_ids(tx: Transaction) -> None:
    """Reserve outbox ids for this turn."""
    tx.take_ids((await tx.execute(_NEXT_IDS[tx.dialect])).scalars().all())


def _as_row(call: Call, tx: Transaction) -> dict[str, Any]:
    params, sealed = call.params, None
    if call.secret:
        params = {name: value for name, value in params.items() if name != "text"}
        sealed = tx.secrets.seal(call.params["text"], "outbox", "text", call.id)
    return {
        "id": call.id,
        "lane": call.lane,
        "target": call.target,
        "method": call.method,
        "params": params,
        "sealed_text": sealed,
        "contato_id": call.contato_id,
        "request_id": call.request_id,
    }


def _as_call(row: Row[Any], secrets: SecretBox | None = None) -> Call:
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
