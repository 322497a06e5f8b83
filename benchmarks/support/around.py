"""What stands around the processes that are measured: PostgreSQL, Redis, the stand-in of the Bot API, a directory."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.support.postgres import DurablePostgres
from benchmarks.support.servers import environment_of, telegram_environment
from benchmarks.support.standin import TelegramStandIn
from storage.engines.redis import EmbeddedRedis


@dataclass(frozen=True, slots=True)
class Around:
    """All of it runs, and ends with the context."""

    directory: Path
    telegram: TelegramStandIn
    redis: EmbeddedRedis
    postgres: DurablePostgres

    def environment(self, url: str) -> dict[str, str]:
        """What a process of ours on that database is given."""
        given = environment_of(self.directory, self.redis.url) | telegram_environment(self.telegram.url)
        return given | {"DATABASE_URL": url}


@asynccontextmanager
async def all_around(name: str) -> AsyncIterator[Around]:
    """For the benchmark of that name."""
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"balcao-{name}-")))
        telegram, redis = TelegramStandIn(), EmbeddedRedis(directory)
        await telegram.start()
        stack.push_async_callback(telegram.stop)
        await redis.start()
        stack.push_async_callback(redis.stop)
        yield Around(directory, telegram, redis, stack.enter_context(DurablePostgres()))
