"""What every long-running process does: start, wait for a signal, stop in order."""

import asyncio
import asyncio.selector_events
import gc
import resource
import signal
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import structlog

from bot.runtime.watchdog import watched

log = structlog.get_logger()

# asyncio makes room for 256 KB at each read of a socket. A block so large is the kernel's, given back at once
# (bot/runtime/process.py), which costs several times what the reading does.
_READ_AT_ONCE = 64 * 1024
# So many objects are made before the collector looks at the young ones (700 is Python's own), so many of its looks
# before it looks further back: what 24 turns at once have in their hands is no garbage, and was looked at each time.
COLLECT_AFTER = (5_000, 20, 20)


def run_process(running: Callable[[], AbstractAsyncContextManager[object]]) -> None:
    """Enter `running`, stay until SIGINT, SIGTERM or SIGHUP, leave it. A signal while it is being entered ends that."""
    open_as_many_files_as_allowed()
    read_in_small_pieces()
    asyncio.run(_until_signal(running))


def open_as_many_files_as_allowed() -> None:
    """Every connection is a file, and the usual soft limit of 1,024 is fewer than a process may have readers."""
    _, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, allowed))


def read_in_small_pieces() -> None:
    """From now on every connection of this process reads at most so much at once."""
    asyncio.selector_events._SelectorTransport.max_size = _READ_AT_ONCE  # type: ignore[attr-defined]


async def _until_signal(running: Callable[[], AbstractAsyncContextManager[object]]) -> None:
    stop = asyncio.Event()
    entering = asyncio.current_task()

    def told_to_stop() -> None:
        if entering is not None and not stop.is_set():
            entering.cancel()
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # A terminal that is closed says SIGHUP; whoever started us with `nohup` wants us to go on. A script's `&` has
        # SIGINT ignored, too, and does not mean it.
        if name is not signal.SIGHUP or signal.getsignal(name) is not signal.SIG_IGN:
            asyncio.get_running_loop().add_signal_handler(name, told_to_stop)
    try:
        async with watched(), running():
            entering = None
            # What is built now lives as long as the process: the collector need not look at it again.
            gc.collect()
            gc.freeze()
            gc.set_threshold(*COLLECT_AFTER)
            await stop.wait()
            log.info("stopping")
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
