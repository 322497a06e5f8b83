"""The processes of a deployment: web, worker and clock, each of which may run any number of times."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
from aiohttp import web

from bot.agendamento.clock import AgendamentoClock
from bot.atendimento.clock import AtendimentoClock
from bot.clock import ClockWork, Ticker, timetable
from bot.commands.expected import CommandError
from bot.commands.start import listening_on
from bot.processo.clock import ProcessoClock
from bot.runtime.agreed_clock import AgreedClock, agreeing
from bot.runtime.background import Background, make_broker
from bot.runtime.signals import run_process
from bot.settings import Settings
from bot.wiring.wiring import Wiring
from core.delivery_errors import DeliveryError
from core.pessoa.administradores import ensure_administradores
from core.time import Clock, utc_now
from dialogs.pessoa.menu import commands_of_strangers
from webhooks.app import CONNECTIONS, make_app
from webhooks.doors.telegram import ALLOWED_UPDATES
from webhooks.http.connections import KEEPALIVE_SECONDS, LINGERING_SECONDS, let_in_no_more

log = structlog.get_logger()

# A request being handled at SIGTERM has this long; heroku-like platforms kill after 30 s.
SHUTDOWN_SECONDS = 5.0


def run_web(settings: Settings) -> None:
    """`balcao web`."""
    run_process(lambda: web_process(settings))


def run_worker(settings: Settings) -> None:
    """`balcao worker`."""
    run_process(lambda: worker_process(settings))


def run_clock(settings: Settings) -> None:
    """`balcao clock`."""
    run_process(lambda: clock_process(settings))


@asynccontextmanager
async def wired(settings: Settings, now: Clock = utc_now) -> AsyncIterator[Wiring]:
    """The wiring, on engines that have answered (bot/commands/start.py). `now`: of whoever moves the time."""
    agreed = AgreedClock()
    wiring = Wiring(settings, agreed if now is utc_now else now)
    try:
        async with agreeing(agreed, wiring.database):
            with _telegram_at_start():
                await wiring.open()
            yield wiring
    finally:
        await wiring.close()


@asynccontextmanager
async def web_process(settings: Settings) -> AsyncIterator[Wiring]:
    async with wired(settings) as wiring, serving(wiring):
        yield wiring


@asynccontextmanager
async def worker_process(settings: Settings) -> AsyncIterator[Wiring]:
    async with wired(settings) as wiring, working(wiring):
        log.info("working")
        yield wiring


@asynccontextmanager
async def clock_process(settings: Settings) -> AsyncIterator[Wiring]:
    async with wired(settings) as wiring, ticking(wiring):
        log.info("ticking")
        yield wiring


@asynccontextmanager
async def serving(wiring: Wiring) -> AsyncIterator[web.AppRunner]:
    """Listen, then tell Telegram where. The first administrators are there before the first message."""
    settings = wiring.settings
    await wiring.turns.run(lambda tx: ensure_administradores(tx, settings.admin_telefones))
    app = make_app(wiring.given(), wiring.painel())
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=SHUTDOWN_SECONDS,
        keepalive_timeout=KEEPALIVE_SECONDS,
        lingering_time=LINGERING_SECONDS,
    )
    await runner.setup()
    assert runner.server is not None
    app[CONNECTIONS].watch(runner.server)
    try:
        with listening_on("PORT", settings.host, settings.port):
            await web.TCPSite(runner, settings.host, settings.port).start()
        with _telegram_at_start():
            await announce(wiring)
        log.info("listening", host=settings.host, port=settings.port)
        yield runner
    finally:
        await let_in_no_more(runner)
        await runner.cleanup()


@contextmanager
def _telegram_at_start() -> Iterator[None]:
    try:
        yield
    except DeliveryError as error:
        text = f"Telegram did not take us ({error}): check TELEGRAM_BOT_TOKEN, TELEGRAM_API_URL and PUBLIC_URL"
        raise CommandError(text) from None


@asynccontextmanager
async def working(wiring: Wiring) -> AsyncIterator[Background]:
    """Deliver what the outbox holds."""
    background = Background(make_broker(wiring.settings.redis_url), wiring.turns, wiring.courier)
    await background.start_worker()
    try:
        yield background
    finally:
        await background.stop_worker()


@asynccontextmanager
async def ticking(wiring: Wiring, *, start: bool = True) -> AsyncIterator[ClockWork]:
    """Do what is due by itself; without `start` the steps are there, but nobody takes them."""
    background = Background(make_broker(wiring.settings.redis_url), wiring.turns, wiring.courier)
    work = _clock_work(wiring, background)
    ticker = Ticker(timetable(work)) if start else None
    if ticker is not None:
        ticker.start()
    try:
        yield work
    finally:
        if ticker is not None:
            await ticker.stop()
        await background.stop_worker()


def _clock_work(wiring: Wiring, background: Background) -> ClockWork:
    atendimentos = AtendimentoClock(
        wiring.turns,
        wiring.atendimento_turns,
        wiring.database,
        wiring.redis,
        limits=wiring.atendimento_limits,
        presence_limits=wiring.presence_limits,
    )
    processos = ProcessoClock(
        wiring.turns,
        wiring.database,
        wiring.execucao_events,
        wiring.andamento_turns,
        wiring.pergunta_turns,
        wiring.processo_limits,
        poll_seconds=wiring.settings.rpa_poll_interval,
        zone=wiring.settings.zone,
    )
    return ClockWork(
        wiring.turns,
        wiring.redis,
        background,
        wiring.robot_events,
        atendimentos,
        AgendamentoClock(wiring.turns, wiring.database, wiring.settings.zone),
        processos,
        presence_limits=wiring.presence_limits,
        poll_seconds=wiring.settings.rpa_poll_interval,
        typing_seconds=wiring.settings.typing_timeout,
        retencao=wiring.settings.retencao,
    )


async def announce(wiring: Wiring) -> None:
    """Register our webhook and the commands of strangers with Telegram; WhatsApp's is set in Meta's dashboard."""
    if wiring.telegram is None:
        return
    for language, commands in commands_of_strangers().items():
        menu = [{"command": one.command, "description": one.description} for one in commands]
        await wiring.telegram.call("setMyCommands", {"commands": menu, "language_code": language})
    secret = wiring.settings.telegram_webhook_secret.get_secret_value()
    await wiring.telegram.call(
        "setWebhook",
        {
            "url": f"{wiring.settings.public_url}/webhooks/telegram",
            "secret_token": secret,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": 100,
        },
    )
