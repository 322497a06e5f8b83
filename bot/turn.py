"""One event, one transaction. This is the only file that commits.

A turn marks its event, does its work, writes down what must follow, and commits once. Only then is anything sent.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

import structlog
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.small_works import SmallWorks
from core.metrics import TURN_SECONDS, TURNS
from core.outcome import Outcome
from core.reprocesso.reprocesso import contar_falha
from core.secret_names import of_nobody
from core.time import Clock
from storage.auditoria.auditoria import append_noted
from storage.contatos.conversas import save_conversations
from storage.database import CommitUnknown, Database, is_overload, is_passing, may_be_committed
from storage.outbox.claims import OWNER_SECONDS
from storage.outbox.written import save_calls
from storage.pessoa.usuarios import changed_people
from storage.secrets import SecretBox
from storage.transaction import Call, Transaction

T = TypeVar("T")
Work = Callable[[Transaction], Awaitable[T]]

log = structlog.get_logger()

# A whole turn is done again when the database dropped it (restart, deadlock): this often, with these waits.
_AGAIN_AFTER = (0.05, 0.5, 2.0)


class AfterCommit(Protocol):
    """Hears of every commit."""

    def committed(self, calls: Sequence[Call], usuario_ids: Collection[UUID], *, certain: bool = True) -> None:
        """The calls that the turn wrote down, and whom it changed. Not `certain`: the answer to COMMIT was lost."""


class LeftToWorkers:
    """Of a process that talks with nobody: what it wrote down is delivered by the service's workers."""

    def committed(self, calls: Sequence[Call], usuario_ids: Collection[UUID], *, certain: bool = True) -> None:
        """The rows say it all."""


class Turns:
    """Runs turns, and tells `after` what each of them did once it has committed."""

    def __init__(
        self,
        database: Database,
        redis: Redis,
        secrets: SecretBox,
        clock: Clock,
        after: AfterCommit,
        owner_seconds: float = OWNER_SECONDS,
    ) -> None:
        self.database = database
        self.after = after
        self._owner_seconds = owner_seconds
        # Never the same twice: a process that starts again is another one.
        self.owner = uuid4().hex
        self._redis = redis
        self._secrets = secrets
        self._clock = clock
        self._small = SmallWorks(self.run)

    def now(self) -> datetime:
        """The service's time."""
        return self._clock()

    async def write(self, work: Work[T]) -> T:
        """As `run`, for work that would not find what it did before: never again once COMMIT was sent.

        Raises `CommitUnknown` then, which is answered 503: whoever asked looks, or asks again with their key.
        """
        return await self.run(work, finds_itself=False)

    async def run(self, work: Work[T], *, finds_itself: bool = True, books: bool = False, single: bool = False) -> T:
        """One transaction around `work`; all of it again when the database dropped it on the way.

        `finds_itself`: by its event's mark, or because all it does is conditional, it does nothing a second time.
        `books`: it only keeps the books, and finds a connection while turns have all the others.
        `single`: it is one statement.
        """
        for pause in _AGAIN_AFTER:
            try:
                return await self._once(work, books=books, single=single)
            except Exception as error:
                if not is_passing(error) or (isinstance(error, CommitUnknown) and not finds_itself):
                    raise
                log.warning("turn_again", error=repr(error))
                await asyncio.sleep(pause)
        return await self._once(work, books=books, single=single)

    async def keep(self, work: Work[T], *, single: bool = False) -> T:
        """As `run`, for what only keeps the books: on SQLite all of it that waits shares a commit (bot/small_works.py).

        It reads and writes a few rows and waits for nothing but them; who waits beside it waits for it. `single`: it is
        one statement, which may be done again; on PostgreSQL it is a transaction by itself.
        """
        if self.database.is_sqlite:
            return await self._small.do(work, current_request_id())
        return await self.run(work, books=True, single=single)

    async def settle(self) -> None:
        """Return when what was handed to `keep` is done."""
        await self._small.settle()

    async def event(
        self, channel: str, event_id: str, work: Work[Outcome], payload: dict[str, Any] | None = None
    ) -> Outcome:
        """Run the turn of one outside event. Never raises; a failure is counted, and the third one is the last.

        `work` marks the event itself, where that saves a round trip, and says `REPEATED` when it was known.
        """
        started = time.perf_counter()
        try:
            outcome = await self.run(work)
        except Exception as error:
            outcome = await self._failed(channel, event_id, error, payload)
        TURNS.labels(channel, outcome).inc()
        TURN_SECONDS.labels(channel).observe(time.perf_counter() - started)
        return outcome

    async def _once(self, work: Work[T], *, books: bool, single: bool) -> T:
        async with self.database.begin(books=books, single=single) as connection:
            tx = Transaction(
                connection,
                self._clock(),
                self._redis,
                self._secrets,
                current_request_id(),
                owner_seconds=self._owner_seconds,
                owner=self.owner,
            )
            try:
                result = await work(tx)
                await save_conversations(tx)
                await save_calls(tx)
                # Last: the head of the audit is locked until the commit, and nothing after it.
                await append_noted(tx)
                await _commit(connection)
            except CommitUnknown:
                # What it did outside SQL may be right; the clock makes Redis and ledger agree.
                self.after.committed(tx.calls, changed_people.of(tx), certain=False)
                raise
            except BaseException:
                await _undo(tx)
                raise
        self.after.committed(tx.calls, changed_people.of(tx))
        for step in tx.afterwards:
            await step()
        return result

    async def _failed(self, channel: str, event_id: str, error: Exception, payload: dict[str, Any] | None) -> Outcome:
        if is_overload(error):
            log.error("turn_overloaded", channel=channel, event_id=event_id, error=repr(error))
            return Outcome.OVERLOADED
        log.exception("turn_failed", channel=channel, event_id=event_id)
        with suppress(Exception):
            dead = await self.run(lambda tx: contar_falha(tx, channel, event_id, of_nobody(repr(error)), payload))
            return Outcome.DEAD if dead else Outcome.FAILED
        return Outcome.OVERLOADED


async def _commit(connection: AsyncConnection) -> None:
    try:
        await connection.commit()
    except Exception as error:
        if not may_be_committed(error):
            raise
        log.warning("commit_unknown", error=repr(error))
        raise CommitUnknown(repr(error)) from error


def current_request_id() -> str | None:
    return structlog.contextvars.get_contextvars().get("request_id")


async def _undo(tx: Transaction) -> None:
    """What was done outside SQL goes with the rest; a failure here is logged, the caller's error counts."""
    for step in reversed(tx.undo):
        try:
            await step()
        except Exception:
            log.exception("turn_undo_failed")
