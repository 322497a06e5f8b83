"""What one turn has in its hands: the open SQL transaction, the time, and what must follow the commit."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from typing import Any, Generic, TypeVar

from redis.asyncio import Redis
from sqlalchemy import Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.secrets import SecretBox
from storage.tables import OUTBOX_ID_BLOCK

T = TypeVar("T")


@dataclass(slots=True)
class Call:
    """A call to the outside that this turn wrote down; it becomes an outbox row, and is made after the commit.

    `lane`: calls of one lane are made in order. `target`: who is called (`telegram`, `whatsapp`, `rpa`, …).
    `method` and `params`: what is asked, in the target's own words. `previous`: the newest call of the same lane
    that was still waiting when this one was written. `due_at`: until then the process that wrote it has it for itself.
    `secret`: its text is nobody's but the addressee's (an invitation, a token): sealed in the row, wiped once said.
    `id`: 0 in its turn, as long as nobody has asked for it (storage/outbox/written.py).
    """

    id: int
    lane: str
    target: str
    method: str
    params: dict[str, Any]
    contato_id: int | None = None
    request_id: str | None = None
    attempts: int = 0
    previous: int | None = None
    due_at: datetime | None = None
    # By the monotonic clock: from here on it may be somebody else's, so it is not made without asking again.
    ours_until: float | None = None
    # What is being done for it and may be cut short, and whether others wait behind it (bot/outbox/lanes.py).
    patience: asyncio.Timeout | None = None
    hurried: bool = False
    secret: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether nobody else can have it yet."""
        return self.ours_until is None or time.monotonic() < self.ours_until


@dataclass(slots=True)
class Transaction:
    """One turn's transaction. Only `bot/turn.py` opens, commits and closes it."""

    connection: AsyncConnection
    now: datetime
    redis: Redis
    secrets: SecretBox
    request_id: str | None = None
    calls: list[Call] = field(default_factory=list)
    # Undone, newest first, when the transaction does not commit: what was done outside SQL (a Redis lock).
    undo: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    # Done in order once it is committed: what others hold on to outside SQL (a Redis lock renewed). None may raise.
    afterwards: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    # What the rooms keep for the length of this turn, each under a `Kept` of its own.
    kept: "dict[Kept[Any], Any]" = field(default_factory=dict)
    # How long whoever runs this turn has its calls for itself; 0 for a command, which makes none.
    owner_seconds: float = 30.0
    # Who this is, among all processes that make calls.
    owner: str = ""
    # Before anything was read or written, by the monotonic clock: what counts from `now` counts from here.
    began: float = field(default_factory=time.monotonic)
    # Outbox ids nobody else has, in order; storage/outbox/written.py brings more when they are used up.
    ids: Iterator[int] = field(default_factory=lambda: iter(()))

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    def take_ids(self, firsts: Sequence[int]) -> None:
        """Use the outbox ids that were just read: on PostgreSQL blocks of a sequence, on SQLite all from the first on.

        Read after a conversation is locked, they are above every id its lane has.
        """
        if self.dialect == "postgresql":
            self.ids = chain.from_iterable(range(first, first + OUTBOX_ID_BLOCK) for first in firsts)
        elif not isinstance(self.ids, count):
            self.ids = count(firsts[0])

    def insert(self, table: Table) -> postgresql.Insert:
        """This database's own INSERT, which says what becomes of a conflict: in the same words on either."""
        insert: Any = postgresql.insert if self.dialect == "postgresql" else sqlite.insert
        made: postgresql.Insert = insert(table)
        return made

    async def execute(self, statement: Executable, params: Any = None) -> CursorResult[Any]:
        return await self.connection.execute(statement, params)

    async def one(self, statement: Executable, params: Any = None) -> Row[Any] | None:
        """The first row, or None."""
        return (await self.connection.execute(statement, params)).first()

    async def changed(self, statement: Executable, params: Any = None) -> bool:
        """Whether a conditional statement found its row: this answer decides every contested change."""
        return (await self.connection.execute(statement, params)).rowcount > 0


class Kept(Generic[T]):
    """Something that one room keeps for the length of a turn; each turn begins with what `make` gives.

    Declared once, beside the queries it belongs to: a transaction knows none of the rooms.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make

    def of(self, tx: Transaction) -> T:
        """This turn's own."""
        if self not in tx.kept:
            tx.kept[self] = self._make()
        found: T = tx.kept[self]
        return found
