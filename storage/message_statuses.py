"""What became of the messages we sent on WhatsApp. Statuses come unordered and repeated; they never go back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import message_statuses
from storage.transaction import Transaction

_RANK = {"sent": 1, "delivered": 2, "failed": 3, "read": 4, "played": 5}


async def note_statuses(tx: Transaction, statuses: Sequence[tuple[str, str, datetime, int | None]]) -> None:
    """Keep (message id, status, when, error code) of each, unless something later is known already.

    A message we have not recorded yet has its status kept all the same: it is found by the same id.
    """
    insert_for = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    for provider_id, status, at, code in sorted(statuses, key=lambda one: (one[0], _RANK.get(one[1], 0))):
        rank = _RANK.get(status, 0)
        values = {"status": status, "rank": rank, "error_code": code, "at": at}
        await tx.execute(
            insert_for(message_statuses)
            .values(provider_id=provider_id, **values)
            .on_conflict_do_update(index_elements=["provider_id"], set_=values, where=message_statuses.c.rank < rank)
        )
