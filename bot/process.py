"""What every long-running process does: start, wait for a signal, stop in order."""

import asyncio
import gc
import signal
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import structlog

log = structlog.get_logger()


def run_process(running: Callable[[], AbstractAsyncContextManager[object]]) -> None:
    """Enter `running`, stay until SIGINT or SIGTERM, leave it."""
    asyncio.run(_until_signal(running))


async def _until_signal(running: Callable[[], AbstractAsyncContextManager[object]]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with running():
        # What is built now lives as long as the process: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        await stop.wait()
        log.info("stopping")
