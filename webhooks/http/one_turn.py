"""A call that is one transaction: its handler asks for turns as ever, and is given that one."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.transaction import Transaction

Work = Callable[[Transaction], Awaitable[Any]]


@dataclass(slots=True)
class OneTurn:
    """The transaction of one call. `failed`: some of its work raised, so that nothing of it may be kept."""

    tx: Transaction
    failed: bool = False

    async def do(self, work: Work) -> Any:
        """What the work says, done in this transaction."""
        try:
            return await work(self.tx)
        except BaseException:
            self.failed = True
            raise


_of_this_call: ContextVar[OneTurn | None] = ContextVar("one_turn", default=None)


@contextmanager
def one_turn(tx: Transaction) -> Iterator[OneTurn]:
    """In this block whatever the handler asks of the database happens in this transaction."""
    turn = OneTurn(tx)
    token = _of_this_call.set(turn)
    try:
        yield turn
    finally:
        _of_this_call.reset(token)


def transaction_of_this_call() -> Transaction | None:
    """None: each piece of work of this call is a turn of its own."""
    turn = _of_this_call.get()
    return None if turn is None else turn.tx


def within(run: Callable[[Work], Awaitable[Any]]) -> Callable[[Work], Awaitable[Any]]:
    """`run`; in a call that is one transaction, that one."""

    async def run_within(work: Work) -> Any:
        turn = _of_this_call.get()
        return await (run(work) if turn is None else turn.do(work))

    return run_within


class Reading:
    """What only looks into the database; in a call that is one transaction, it sees what that has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that only reads."""
        if turn := _of_this_call.get():
            yield turn.tx.connection
            return
        async with self._database.read() as connection:
            yield connection
