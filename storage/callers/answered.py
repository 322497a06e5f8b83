"""Calls of the API that came with an `Idempotency-Key`: what each was answered first.

A row is written in the transaction of its call, before any work: whoever calls with the same key at the same moment
waits for that transaction, and then reads its answer.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import answered_calls
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Answered:
    """What a call was answered: status, JSON, and the headers that belong to it."""

    status: int
    body: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class KeyedCall:
    """One call: who calls, what, under which key; `content` is the hash of its body and query."""

    caller: str
    method: str
    path: str
    key: str
    content: str

    @property
    def id(self) -> str:
        """The same for each try of it. A hash: paths are longer than what an index keeps."""
        parts = (self.caller, self.method, self.path, self.key)
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


class KeyTaken(Exception):
    """This key came first with another body or query."""


async def first_answer(tx: Transaction, call: KeyedCall) -> Answered | None:
    """What this call was answered; None: it is the first, and `keep_answer` has to follow in this transaction.

    Raises `KeyTaken`.
    """
    values = {"id": call.id, "content": call.content, "answered_at": tx.now}
    inserted = tx.insert(answered_calls).values(values).on_conflict_do_nothing()
    if (await tx.execute(inserted)).rowcount:
        return None
    known = await answer_to(tx.connection, call)
    if known is None:
        raise KeyTaken
    return known


async def answer_to(connection: AsyncConnection, call: KeyedCall) -> Answered | None:
    """What this call was answered; None: it has no answer yet. Raises `KeyTaken`."""
    known = (await connection.execute(select(answered_calls).where(answered_calls.c.id == call.id))).first()
    if known is None:
        return None
    if known.content != call.content:
        raise KeyTaken
    return Answered(known.status, known.body, known.headers)


async def keep_answer(tx: Transaction, call: KeyedCall, answer: Answered) -> None:
    """This is what the call was answered first."""
    values = {"status": answer.status, "body": answer.body, "headers": answer.headers}
    await tx.execute(update(answered_calls).where(answered_calls.c.id == call.id).values(values))
