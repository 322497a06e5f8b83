"""Signs of life, for whoever starts a process anew that hangs: systemd's watchdog, and a file for health checks.

Both are given by the event loop itself. `python -m bot.runtime.watchdog` ends with 1 when `ALIVE_FILE` is too old.
"""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

# Several of these fit into `WatchdogSec=` of deploy/systemd, and into what a health check lets pass.
EVERY_SECONDS = 5.0
AT_MOST_SECONDS = 30.0


@asynccontextmanager
async def watched() -> AsyncIterator[None]:
    """In this block we show that we live, where `NOTIFY_SOCKET` (sd_notify(3)) or `ALIVE_FILE` asks for it."""
    address, file = os.environ.get("NOTIFY_SOCKET", ""), os.environ.get("ALIVE_FILE", "")
    if not (address or file):
        yield
        return
    task = asyncio.create_task(_live(address.replace("@", "\0", 1) if address.startswith("@") else address, file))
    try:
        yield
    finally:
        task.cancel()
        _leave(file)


def is_alive(file: Path, now: float) -> bool:
    """Whether the process that touches this file did so lately. `now`: seconds since the epoch."""
    try:
        return now - file.stat().st_mtime <= AT_MOST_SECONDS
    except OSError:
        return False


async def _live(address: str, file: str) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.setblocking(False)
        while True:
            _show(notify, address, file)
            await asyncio.sleep(EVERY_SECONDS)


def _show(notify: socket.socket, address: str, file: str) -> None:
    """What cannot be shown now is shown the next time."""
    if file:
        with suppress(OSError):
            Path(file).touch()
    if address:
        with suppress(OSError):
            notify.sendto(b"WATCHDOG=1", address)


def _leave(file: str) -> None:
    if file:
        Path(file).unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(not is_alive(Path(os.environ.get("ALIVE_FILE", "")), time.time()))
