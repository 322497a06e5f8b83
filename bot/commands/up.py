"""`balcao up`: engines, web, worker and clock in one process; without channel tokens, the sandbox too."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.commands.programs import serving, ticking, wired, working
from bot.commands.start import listening_on
from bot.demonstration.staff import PEOPLE, TEMPLATES, Stage, kept_clock, seed, seed_invoices, seed_schedules
from bot.runtime.signals import run_process
from bot.settings import Settings
from core.time import Clock, utc_now
from sandbox import Sandbox
from storage import schema
from storage.database import Database
from storage.engines.process import START_SECONDS, EmbeddedEngine, EngineError
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.outbox.claims import release_claims

log = structlog.get_logger()

# Seconds between the robot's steps in the sandbox: slow enough to be watched.
SANDBOX_TEMPO = 1.2

# An engine that ended by itself is started again after this long.
_AGAIN_SECONDS = 1.0


def run_up(settings: Settings) -> None:
    """Run until SIGINT, SIGTERM or SIGHUP."""
    run_process(lambda: _everything(settings))


@asynccontextmanager
async def _everything(configured: Settings) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        settings, redis = await _with_engines(configured, stack)
        await _migrate(settings)
        sandbox, clock = None, kept_clock(settings.data_dir)
        if settings.needs_sandbox:
            settings, sandbox = await _with_sandbox(settings, stack, clock)
        wiring = await stack.enter_async_context(wired(settings, utc_now if sandbox is None else clock))
        if sandbox is not None:
            await seed(wiring)
        if not configured.redis_url:
            # With an engine of our own there is no other process: what is claimed was claimed by one that ended.
            await wiring.turns.run(release_claims)
        await stack.enter_async_context(working(wiring))
        await stack.enter_async_context(serving(wiring))
        if sandbox is not None:
            # Bills are drawn and read, which takes a while the first time: whoever waits for /readyz need not.
            await seed_invoices(wiring)
            await seed_schedules(wiring)
        work = await stack.enter_async_context(ticking(wiring))
        print(f"Balcão: {settings.public_url}", flush=True)
        if sandbox is not None:
            await sandbox.whatsapp.connect(f"{settings.public_url}/webhooks/whatsapp")
            restart = partial(_restart, redis, wiring.redis) if redis is not None else None
            await stack.enter_async_context(sandbox.attached(Stage(wiring, clock, work).hooks(restart)))
            print(f"Sandbox: {sandbox.url}", flush=True)
        yield


async def _with_engines(settings: Settings, stack: AsyncExitStack) -> tuple[Settings, EmbeddedRedis | None]:
    """Our own Redis and object store, where none is configured."""
    changes: dict[str, object] = {}
    redis = None
    if not settings.redis_url:
        redis = EmbeddedRedis(settings.data_dir)
        await stack.enter_async_context(_kept_running(redis))
        changes["REDIS_URL"] = redis.url
    if not settings.minio_endpoint:
        s3 = EmbeddedS3(settings.data_dir)
        await stack.enter_async_context(_kept_running(s3))
        changes |= {
            "MINIO_ENDPOINT": s3.endpoint,
            "MINIO_ACCESS_KEY": s3.access_key,
            "MINIO_SECRET_KEY": s3.secret_key,
            "MINIO_SECURE": "false",
        }
    return settings.replace(**changes) if changes else settings, redis


async def _restart(redis: EmbeddedRedis, client: Redis) -> None:
    """Stop the engine, which is started again as whenever it ends, and return when it answers."""
    await redis.stop()
    async with asyncio.timeout(START_SECONDS):
        while True:
            with suppress(RedisError):
                await client.ping()
                return
            await asyncio.sleep(0.1)


@asynccontextmanager
async def _kept_running(engine: EmbeddedEngine) -> AsyncIterator[None]:
    """The engine, started again whenever it ends by itself; stopped at the end."""
    await engine.start()
    keeper = asyncio.create_task(_start_again(engine))
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
        await engine.stop()


async def _start_again(engine: EmbeddedEngine) -> None:
    while True:
        code = await engine.wait()
        log.error("engine_ended", engine=type(engine).__name__, exit_code=code)
        await asyncio.sleep(_AGAIN_SECONDS)
        try:
            await engine.start()
        except (EngineError, OSError) as error:
            log.error("engine_not_started", engine=type(engine).__name__, reason=str(error))


async def _migrate(settings: Settings) -> None:
    database = Database(settings.database_url, patient=True)
    try:
        before, now = await schema.migrate(database)
    finally:
        await database.close()
    if before != now:
        log.info("migrated", before=before, now=now)


async def _with_sandbox(settings: Settings, stack: AsyncExitStack, now: Clock) -> tuple[Settings, Sandbox]:
    """Stand-ins of the providers on a port of their own, and the settings that lead to them."""
    sandbox = Sandbox(
        rpa_callback_secret=settings.rpa_callback_secret.get_secret_value(),
        tempo=SANDBOX_TEMPO,
        people=PEOPLE,
        clock=lambda: now().timestamp(),
    )
    with listening_on("SANDBOX_PORT", settings.host, settings.sandbox_port):
        await sandbox.start(settings.host, settings.sandbox_port)
    stack.push_async_callback(sandbox.stop)
    sandbox.whatsapp.templates.update(TEMPLATES)
    first = ",".join(f"{nome}:pt_BR" for nome in TEMPLATES)
    return settings.replace(**sandbox.settings(), WHATSAPP_TEMPLATE_RETOMAR=first), sandbox
