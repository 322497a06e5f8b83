"""What every long-running process does: start, wait for a signal, stop in order."""

import asyncio
import gc
import signal
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import structlog

log = structlog.get_logger()


def run_process(running: Callable[[], AbstractAsyncContextManager[object]]) -> None:
    """Enter `running`, stay until SIGINT or SIGTERM, leave it. A signal while it is being entered ends that."""
    asyncio.run(_until_signal(running))


async def _until_signal(running: Callable[[], AbstractAsyncContextManager[object]]) -> None:
    stop = asyncio.Event()
    entering = asyncio.current_task()

    def told_to_stop() -> None:
        if entering is not None and not stop.is_set():
            entering.cancel()
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, told_to_stop)
    try:
        async with running():
            entering = None
            # What is built now lives as long as the process: the collector need not look at it again.
            gc.collect()
            gc.freeze()
            await stop.wait()
            log.info("stopping")
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
