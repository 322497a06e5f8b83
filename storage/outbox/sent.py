"""The outbox, looked back at: what became of a call, and which call a message came of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.outbox.claims import PENDING, as_call
from storage.tables import message_statuses, outbox
from storage.transaction import Call, Kept, Transaction
from storage.types import Among, by_dialect

_LOST = or_(
    and_(outbox.c.done_at.is_not(None), outbox.c.error.is_not(None)),
    exists().where(message_statuses.c.provider_id == outbox.c.provider_id, message_statuses.c.status == "failed"),
)


def lost(among: Among) -> Select[int]:
    """Those of the calls `b_call_ids` that never arrived."""
    return select(outbox.c.id).where(among(outbox.c.id, "b_call_ids"), _LOST)


_NEVER_ARRIVED = by_dialect(lost)
# Of the calls that this turn has asked about: whether they never arrived.
_arrivals: Kept[dict[int, bool]] = Kept(dict)


async def provider_id_of(connection: AsyncConnection, call_id: int) -> str | None:
    """The provider's id of the message this call became, if it was sent."""
    return await connection.scalar(select(outbox.c.provider_id).where(outbox.c.id == call_id))


async def call_by_id(connection: AsyncConnection, call_id: int) -> Call | None:
    """The call, as long as it is remembered (storage/cleanup.py), without a secret that it says."""
    row = (await connection.execute(select(outbox).where(outbox.c.id == call_id))).first()
    return None if row is None else as_call(row)


async def params_of_sent(
    connection: AsyncConnection, provider_id: str, contato_id: int | None = None
) -> dict[str, Any] | None:
    """What was asked of the call that became the message with this id of the channel's; in that conversation alone."""
    statement = select(outbox.c.params).where(outbox.c.provider_id == provider_id)
    if contato_id is not None:
        statement = statement.where(outbox.c.contato_id == contato_id)
    found: dict[str, Any] | None = await connection.scalar(statement.order_by(outbox.c.id.desc()).limit(1))
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


async def is_newest(connection: AsyncConnection, lane: str, call_id: int) -> bool:
    """Whether nothing was put into that lane after this call: nobody wrote to that person since."""
    newer = select(outbox.c.id).where(outbox.c.id > call_id, outbox.c.lane == lane).limit(1)
    return await connection.scalar(newer) is None


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
        found = await tx.execute(_NEVER_ARRIVED[tx.dialect], {"b_call_ids": [call_id]})
        learn_arrivals(tx, [call_id], found.scalars())
    return known[call_id]


def learn_arrivals(tx: Transaction, call_ids: Sequence[int], lost: Iterable[int]) -> None:
    """Know ahead what `never_arrived` will be asked of these calls, of which these are lost."""
    _arrivals.of(tx).update({**dict.fromkeys(call_ids, False), **dict.fromkeys(lost, True)})


async def correct_provider_id(tx: Transaction, call_id: int, provider_id: str | None) -> None:
    """What this call made was made again, and has another id now; None: it is gone for good."""
    await tx.execute(update(outbox).where(outbox.c.id == call_id).values(provider_id=provider_id))


@dataclass(frozen=True, slots=True)
class SentCall:
    """A call that was made, found by the message it became. `attempts`: tries of it that failed."""

    id: int
    method: str
    params: dict[str, Any]
    attempts: int
    created_at: datetime

    @property
    def lacks_its_text(self) -> bool:
        """It said a secret, which is wiped once it was said."""
        return self.method == "sendMessage" and "text" not in self.params


_SENT = [outbox.c[name] for name in SentCall.__dataclass_fields__]


async def sent_call(connection: AsyncConnection, provider_id: str) -> SentCall | None:
    """What became the message with this id of the channel's."""
    made = select(*_SENT).where(outbox.c.provider_id == provider_id, outbox.c.done_at.is_not(None))
    row = (await connection.execute(made.order_by(outbox.c.id.desc()).limit(1))).first()
    return None if row is None else SentCall(*row)


async def send_again(
    tx: Transaction,
    provider_id: str,
    due_at: datetime,
    error: str,
    *,
    counts: bool = False,
    as_document: bool = False,
) -> str | None:
    """What became this message is to be sent once more: the target it is for; None when no call is known by it.

    None, too, of what said a secret: there is nothing to say any more. `counts`: as a try of it that failed.
    `as_document`: its file as a plain document; None where there is no file in it.
    """
    sent = await sent_call(tx.connection, provider_id)
    if sent is None or sent.lacks_its_text:
        return None
    values: dict[str, Any] = {"done_at": None, "provider_id": None, "due_at": due_at, "error": error}
    if counts:
        values["attempts"] = sent.attempts + 1
    if as_document:
        field = next((name for name, value in sent.params.items() if _is_file(value)), None)
        if field is None:
            return None
        others = {name: value for name, value in sent.params.items() if name != field}
        values |= {"method": "sendDocument", "params": others | {"document": sent.params[field]}}
    made = update(outbox).where(outbox.c.id == sent.id, outbox.c.provider_id == provider_id)
    row = await tx.one(made.values(values).returning(outbox.c.target))
    return None if row is None else str(row.target)


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and "object_key" in value


async def readdress(tx: Transaction, contato_id: int, external_id: str) -> None:
    """Send what still waits for this conversation to its new address: all of it at once, a flood may wait."""
    rows = await tx.execute(select(outbox.c.id, outbox.c.params).where(outbox.c.contato_id == contato_id, PENDING))
    waiting = [{"call": row.id, "said": {**row.params, "to": external_id}} for row in rows.all()]
    if waiting:
        each = update(outbox).where(outbox.c.id == bindparam("call")).values(params=bindparam("said"))
        await tx.execute(each, waiting)
