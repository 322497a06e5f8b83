"""PostgreSQL, Redis and an object store of this run's own, each behind a line."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.schema import migrate
from tests.faults.harness.proxy import Line, to_port, to_socket
from tests.support.engines import PostgresServer
from tests.support.standing import server_of

_FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_room();
ALTER TABLE {table} DISABLE TRIGGER no_room;
"""


class Engines:
    """The three engines. `database_url` and the others lead through the lines; `own_…` straight to them."""

    def __init__(self, directory: Path, chance: random.Random) -> None:
        self._directory = directory
        self._chance = chance
        self.postgres = PostgresServer()
        self.redis = EmbeddedRedis(directory)
        self.s3 = EmbeddedS3(directory)
        self.lines: dict[str, Line] = {}
        self.own_database_url = ""

    async def start(self, stack: AsyncExitStack) -> None:
        """A database of the newest schema, an empty Redis, an empty store."""
        server = await asyncio.to_thread(self.postgres.__enter__)
        stack.push_async_callback(asyncio.to_thread, server.__exit__)
        for engine in (self.redis, self.s3):
            await engine.start()
            stack.push_async_callback(engine.stop)
        self.own_database_url = await asyncio.to_thread(self.postgres.new_database)
        database = Database(self.own_database_url, patient=True)
        await migrate(database)
        await database.close()
        await self._sql(_FULL.format(table="outbox"))
        # The tests' server forgets what it committed just before it is killed; this one may not.
        await self._sql(f"ALTER DATABASE {self.postgres.name_of(self.own_database_url)} SET synchronous_commit = on")
        socket = str(self.postgres.directory / ".s.PGSQL.5432")
        self.lines = {
            "postgresql": Line([to_socket(socket)], self._chance),
            "redis": Line([to_socket(self.redis.url.removeprefix("unix://"))], self._chance),
            "s3": Line([to_port(int(self.s3.endpoint.rpartition(":")[2]))], self._chance),
        }
        through = self._directory / "pg"
        through.mkdir()
        await self.lines["postgresql"].start(through / ".s.PGSQL.5432")
        await self.lines["redis"].start()
        await self.lines["s3"].start()
        for line in self.lines.values():
            stack.push_async_callback(line.stop)

    def settings(self) -> dict[str, str]:
        """The environment of a process on these engines."""
        name = self.postgres.name_of(self.own_database_url)
        return {
            "DATABASE_URL": f"postgresql+asyncpg://postgres@/{name}?host={self._directory / 'pg'}",
            "REDIS_URL": f"redis://127.0.0.1:{self.lines['redis'].port}/0",
            "MINIO_ENDPOINT": f"127.0.0.1:{self.lines['s3'].port}",
        }

    async def restart_postgres(self) -> None:
        """As after a power cut."""
        await asyncio.to_thread(self.postgres.restart)

    async def kill(self, engine: EmbeddedRedis | EmbeddedS3, seconds: float) -> None:
        """kill -9, and some seconds later it is there again."""
        assert engine.pid is not None
        os.kill(engine.pid, signal.SIGKILL)
        await engine.wait()
        await asyncio.sleep(seconds)
        await engine.start()

    def pids(self, name: str) -> list[int]:
        """The processes of an engine, to stand still."""
        if name == "postgresql":
            return server_of(self.postgres.directory)
        pid = {"redis": self.redis, "s3": self.s3}[name].pid
        return [] if pid is None else [pid]

    @asynccontextmanager
    async def no_room_in_postgres(self) -> AsyncIterator[None]:
        """What is written down finds the disk full."""
        await self._sql("ALTER TABLE outbox ENABLE TRIGGER no_room")
        try:
            yield
        finally:
            await self._sql("ALTER TABLE outbox DISABLE TRIGGER no_room")

    @asynccontextmanager
    async def only_reading_postgres(self) -> AsyncIterator[None]:
        """As after a failover: who connects may only read, and who had connected then goes on reading afterwards."""
        name = self.postgres.name_of(self.own_database_url)
        await self._server(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        try:
            of_others = f"datname = '{name}' AND backend_type = 'client backend'"
            await self._server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {of_others}")  # noqa: S608
            yield
        finally:
            await self._server(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')

    async def empty_redis(self) -> None:
        """FLUSHALL, by somebody's mistake."""
        async with Redis.from_url(self.redis.url) as client:
            with suppress(RedisError, OSError):
                await client.flushall()

    @asynccontextmanager
    async def no_room_in_redis(self) -> AsyncIterator[None]:
        """What is written there is refused: out of memory."""
        client = Redis.from_url(self.redis.url)
        await client.config_set("maxmemory", "1mb")
        try:
            yield
        finally:
            # It may have been killed meanwhile, and then has all its memory again.
            with suppress(Exception):
                await client.config_set("maxmemory", "0")
            await client.aclose()

    async def _server(self, statement: str) -> None:
        await asyncio.to_thread(self.postgres.sql, statement)

    async def _sql(self, statement: str) -> None:
        name = self.postgres.name_of(self.own_database_url)
        await asyncio.to_thread(self.postgres.sql, statement, name)
