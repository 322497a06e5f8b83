"""The outbox, written: calls to the outside become rows in the turn's transaction, and are made after its commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, column, func, insert, literal_column, select

from storage.engines.prepared import Prepared
from storage.outbox.claims import ours_until
from storage.tables import OUTBOX_ID_BLOCK, outbox, outbox_ids
from storage.transaction import Call, Transaction
from storage.types import Json

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
_TURNS = [bindparam(f"b_{name}", type_=outbox.c[name].type).label(name) for name in _OF_THE_TURN]


def _writing(first: ColumnElement[int], *given: ColumnElement[Any]) -> Any:
    previous = select(func.max(_older.c.id)).where(
        _older.c.lane == _LANE, _older.c.done_at.is_(None), _older.c.id < first
    )
    written = insert(outbox).from_select([*_OF_A_CALL, *_OF_THE_TURN], select(*given, *_TURNS))
    return written.returning(outbox.c.id, previous.scalar_subquery().label("previous"))


_WRITE = {dialect: Prepared(_writing(bindparam("b_first"), *given)) for dialect, given in _calls_given().items()}


def _numbering() -> Any:
    """On PostgreSQL, for calls that have their place in the turn in the place of an id: a block of ids is theirs."""
    place, *rest = _calls_given()["postgresql"]
    # Once for the statement, since nothing in it is of a row. What it writes it does not see.
    return _writing(literal_column("outbox.id"), place + select(outbox_ids.next_value()).scalar_subquery(), *rest)


_NUMBER_AND_WRITE = Prepared(_numbering())


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
    if _is_unnumbered(tx):
        await _number(tx)
    call = Call(await _next_id(tx), lane, target, method, params, contato_id, tx.request_id, secret=secret)
    tx.calls.append(call)
    return call


def leave_written(
    tx: Transaction,
    lane: str,
    target: str,
    method: str,
    params: dict[str, Any],
    contato_id: int | None = None,
    *,
    secret: bool = False,
) -> None:
    """As `write_down`, for a call whose id nobody asks for: where none is at hand, the row gives it its own."""
    # Its id is above those of the calls before it.
    call_id = 0 if _is_unnumbered(tx) else next(tx.ids, 0)
    tx.calls.append(Call(call_id, lane, target, method, params, contato_id, tx.request_id, secret=secret))


def _is_unnumbered(tx: Transaction) -> bool:
    return bool(tx.calls) and not tx.calls[-1].id


async def _number(tx: Transaction) -> None:
    """Ids for those that have none, which are the last of the turn's so far."""
    for call in tx.calls:
        call.id = call.id or await _next_id(tx)


async def _next_id(tx: Transaction) -> int:
    call_id = next(tx.ids, None)
    if call_id is None:
        await bring_ids(tx)
        call_id = next(tx.ids)
    return call_id


async def save_calls(tx: Transaction) -> None:
    """Write the turn's calls as rows, each knowing the call of its lane that is still before it."""
    if not tx.calls:
        return
    due_at = tx.now + timedelta(seconds=tx.owner_seconds)
    for call in tx.calls:
        call.due_at = due_at
        call.ours_until = ours_until(tx)
    newest: dict[str, int] = {}
    for call, previous in zip(tx.calls, await _written(tx, due_at), strict=True):
        call.previous = newest.get(call.lane, previous)
        newest[call.lane] = call.id


async def _written(tx: Transaction, due_at: datetime) -> list[int | None]:
    """The rows are there, and each call has its id: what was waiting in the lane of each, in their order."""
    numbers = tx.dialect == "postgresql" and len(tx.calls) <= OUTBOX_ID_BLOCK
    # A text is sealed for its row.
    numbers = numbers and not any(call.id or call.secret for call in tx.calls)
    if not numbers:
        await _number(tx)
    written = {
        "b_calls": [_as_row(call, tx) | ({"id": place} if numbers else {}) for place, call in enumerate(tx.calls)],
        "b_created_at": tx.now,
        "b_due_at": due_at,
        "b_claimed_by": tx.owner,
    }
    if not numbers:
        rows = await _WRITE[tx.dialect].rows(tx.connection, written | {"b_first": tx.calls[0].id})
        before = {row.id: row.previous for row in rows}
        return [before[call.id] for call in tx.calls]
    rows = sorted(await _NUMBER_AND_WRITE.rows(tx.connection, written), key=lambda row: row.id)
    for call, row in zip(tx.calls, rows, strict=True):
        call.id = row.id
    return [row.previous for row in rows]


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
