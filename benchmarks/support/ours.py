"""Our web process, as `balcao web` runs it, with one difference: Telegram's sending limits are lifted.

Telegram takes about 30 messages a second from one bot, and our sender keeps to it; the stock bot does not know it.
The pacing itself still runs, with numbers that are never reached.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.runtime.imports import quick_imports

# As the command does it: a hundred megabytes of models that nobody asks for are not built.
with quick_imports():
    from bot.channels.telegram.sender import TelegramLimits
    from bot.commands.programs import serving
    from bot.runtime.logs import configure_logging
    from bot.runtime.process import prepare
    from bot.runtime.signals import run_process
    from bot.settings import Settings, load_settings
    from bot.wiring.wiring import Wiring

LIFTED = TelegramLimits(overall=(1e6, 1_000), per_chat=(1e6, 1_000), per_group=(1e6, 1_000))


@asynccontextmanager
async def web_process(settings: Settings) -> AsyncIterator[None]:
    wiring = Wiring(settings, telegram_limits=LIFTED)
    try:
        await wiring.open()
        async with serving(wiring):
            yield
    finally:
        await wiring.close()


if __name__ == "__main__":
    prepare()
    settings = load_settings("web")
    configure_logging(settings.log_format, settings.log_level, secrets=settings.secret_values())
    run_process(lambda: web_process(settings))
