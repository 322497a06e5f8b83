"""Turns for commands: the database, and Redis where it is known; nothing that talks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis

from bot.runtime.agreed_clock import AgreedClock, agreeing
from bot.runtime.redis_client import connect_redis
from bot.settings import Settings, load_settings
from bot.turn import LeftToWorkers, Turns
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.schema import check_schema
from storage.secrets import SecretBox


@asynccontextmanager
async def command_turns() -> AsyncIterator[tuple[Settings, Turns]]:
    """Settings and turns of a command. What it writes down is delivered by the service's workers."""
    settings = load_settings("cli")
    settings.require("SECRET_KEYS")
    database = Database(settings.database_url, patient=True)
    redis: Redis = connect_redis(settings.redis_url or EmbeddedRedis(settings.data_dir).url)
    try:
        await check_schema(database)
        secrets, clock = SecretBox(settings.fernet_keys), AgreedClock()
        async with agreeing(clock, database):
            yield settings, Turns(database, redis, secrets, clock, LeftToWorkers(), owner_seconds=0)
    finally:
        await redis.aclose()
        await database.close()
