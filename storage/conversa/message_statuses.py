"""What became of the messages we sent on WhatsApp. Statuses come unordered and repeated; they never go back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import message_statuses
from storage.transaction import Transaction

# What was delivered did not fail, whichever of the two is reported last.
_RANK = {"sent": 1, "failed": 2, "delivered": 3, "read": 4, "played": 5}


def _kept(insert: Callable[..., Any]) -> Executable:
    """One status, unless something later is known already."""
    statement = insert(message_statuses)
    new = statement.excluded
    values = {name: new[name] for name in ("status", "rank", "error_code", "at")}
    later: Executable = statement.on_conflict_do_update(
        index_elements=["provider_id"], set_=values, where=message_statuses.c.rank < new.rank
    )
    return later


_KEEP = {"postgresql": _kept(postgresql.insert), "sqlite": _kept(sqlite.insert)}


@dataclass(frozen=True, slots=True)
class MessageStatus:
    """`provider_id`: whose status. `code`: why it failed. `recipient_ids`: how the channel names who should get it.

    `call_id`: the call that it names as the one that sent it.
    """

    provider_id: str
    status: str
    at: datetime
    code: int | None
    recipient_ids: tuple[str, ...]
    call_id: int | None = None

    @property
    def rank(self) -> int:
        return _RANK.get(self.status, 0)


async def note_statuses(tx: Transaction, statuses: Sequence[MessageStatus]) -> list[MessageStatus]:
    """Keep each of them, unless something later is known already; those that were news.

    A message we have not recorded yet has its status kept all the same: it is found by the same id.
    """
    news = []
    latest = {one.provider_id: one for one in sorted(statuses, key=lambda one: (one.provider_id, one.rank))}
    for one in latest.values():
        values = {"status": one.status, "rank": one.rank, "error_code": one.code, "at": one.at}
        if await tx.changed(_KEEP[tx.dialect], {"provider_id": one.provider_id, **values}):
            news.append(one)
    return news


async def has_arrived(connection: AsyncConnection, provider_id: str) -> bool:
    """Whether the message was reported as delivered, whatever else was reported of it."""
    # Not its rank: rows of an older release have another one.
    status = await connection.scalar(
        select(message_statuses.c.status).where(message_statuses.c.provider_id == provider_id)
    )
    return _RANK.get(status or "", 0) >= _RANK["delivered"]
