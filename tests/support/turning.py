"""Turns with nothing around them: a database, a clock that stands still until it is moved, and no Redis."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet
from redis.asyncio import Redis
from sqlalchemy import text

from bot.turn import Turns
from core.time import Clock
from storage.contatos.contatos import update_contato
from storage.contatos.conversas import add_contato
from storage.database import Database
from storage.secrets import SecretBox
from storage.transaction import Call, Transaction


class StandingClock:
    """The service's time: it passes when the test says so."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class Told:
    """What hears of commits: nobody, until a test says who takes the calls."""

    def __init__(self) -> None:
        self.courier: Callable[[Sequence[Call]], None] = lambda calls: None

    def committed(self, calls: Sequence[Call], usuario_ids: Collection[UUID], *, certain: bool = True) -> None:
        if certain:
            self.courier(calls)


class World:
    """One database, and the turns of as many processes as a test opens on it.

    `time` is what they go by: the standing `clock`, until a test says otherwise.
    """

    def __init__(self, database_url: str) -> None:
        self.clock = StandingClock()
        self.time: Clock = self.clock
        self.database = Database(database_url)
        self._url = database_url
        self._secrets = SecretBox([Fernet.generate_key().decode()])
        self._databases = [self.database]
        # What works on the databases, to be ended before they are closed.
        self.at_close: list[Callable[[], Awaitable[None]]] = []
        self.turns = self._turns(self.database)

    def process(self) -> Turns:
        """The turns of another process."""
        database = Database(self._url)
        self._databases.append(database)
        return self._turns(database)

    async def person(
        self,
        external_id: str = "5531988804000",
        channel: str = "whatsapp",
        usuario_id: UUID | None = None,
        **values: Any,
    ) -> int:
        """The id of a new Contato."""

        async def work(tx: Transaction) -> int:
            contato = await add_contato(tx, channel, external_id, **values)
            if usuario_id is not None:
                await update_contato(tx, contato.id, usuario_id=usuario_id)
            return contato.id

        return await self.turns.run(work)

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        """What the database holds."""
        async with self.database.read() as connection:
            return [dict(row._mapping) for row in await connection.execute(text(sql))]

    async def close(self) -> None:
        for end in self.at_close:
            await end()
        for database in self._databases:
            await database.close()

    def _turns(self, database: Database) -> Turns:
        nowhere = Redis(unix_socket_path="/nowhere/redis.sock")
        return Turns(database, nowhere, self._secrets, lambda: self.time(), Told())


@asynccontextmanager
async def open_world(database_url: str) -> AsyncIterator[World]:
    world = World(database_url)
    try:
        yield world
    finally:
        await world.close()
