"""What keeps a process from starting, said before it imports what it runs: that takes seconds."""

import asyncio
import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bot.commands.expected import CommandError
from bot.own_secrets import find_data_dir, generate_missing_secrets
from bot.runtime.logs import configure_logging
from bot.runtime.redis_client import connect_redis, refuse_eviction
from bot.settings import Process, Settings, load_settings
from storage.database import Database
from storage.engines.lock import DataDirLock
from storage.schema import check_schema


@contextmanager
def configured(process: Process) -> Iterator[Settings]:
    """Its settings, once its ports are free and its engines have answered; logs are as they say.

    `up` has DATA_DIR to itself in this block, and makes what secrets it lacks. Raises `DataDirBusy` when another one
    runs there, and whatever else `expected_errors` names.
    """
    with ExitStack() as stack:
        if process == "up":
            data_dir = find_data_dir()
            stack.enter_context(DataDirLock(data_dir))
            generate_missing_secrets(data_dir)
        settings = load_settings(process)
        configure_logging(settings.log_format, settings.log_level, secrets=settings.secret_values())
        asyncio.run(_ready_for(process, settings))
        yield settings


@contextmanager
def listening_on(setting: str, host: str, port: int) -> Iterator[None]:
    """Whoever cannot listen is told which setting to change."""
    try:
        yield
    except OSError as error:
        reason = "está em uso" if error.errno == errno.EADDRINUSE else f"não pode ser usada ({error.strerror})"
        raise CommandError(f"{setting} {port} em {host} {reason}: pare quem a tem, ou escolha outra") from None


async def _ready_for(process: Process, settings: Settings) -> None:
    if process in ("up", "web"):
        await _free("PORT", settings.host, settings.port)
    if process == "up" and settings.needs_sandbox:
        await _free("SANDBOX_PORT", settings.host, settings.sandbox_port)
    if settings.redis_url:
        await _redis_keeps_what_it_is_given(settings.redis_url)
    await _database_answers(process, settings.database_url)


async def _free(setting: str, host: str, port: int) -> None:
    """Bound, and let go again: whoever looks for us meanwhile finds nobody yet."""
    with listening_on(setting, host, port):
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port, start_serving=False)
    server.close()


async def _redis_keeps_what_it_is_given(url: str) -> None:
    redis = connect_redis(url)
    try:
        await refuse_eviction(redis)
    finally:
        await redis.aclose()


async def _database_answers(process: Process, url: str) -> None:
    database = Database(url)
    try:
        if process == "up":
            # It migrates by itself, later.
            await database.ping()
        else:
            await check_schema(database)
    finally:
        await database.close()
