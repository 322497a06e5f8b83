"""A process shows that it lives while its loop runs, to systemd and to health checks; one that hangs does not."""

import asyncio
import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from bot.runtime.watchdog import AT_MOST_SECONDS
from storage.engines.s3 import EmbeddedS3
from tests.support.programs import done, running
from tests.support.service import settings_for
from tests.support.source_code import ROOT
from tests.support.standing import standing_still

OFTEN = "import bot.runtime.watchdog as w\nw.EVERY_SECONDS = 0.05"


@pytest.mark.falha(364)
@pytest.mark.parametrize(("word", "event"), [("worker", "working"), ("clock", "ticking")])
async def test_whoever_hangs_is_seen(
    word: str, event: str, tmp_path: Path, clean_redis_url: str, s3: EmbeddedS3, sqlite_url: str
) -> None:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path)
    await done("migrate", environment=environment, cwd=tmp_path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(str(tmp_path / "n"))
        notify.setblocking(False)
        alive = tmp_path / "alive"
        there = environment | {"NOTIFY_SOCKET": str(tmp_path / "n"), "ALIVE_FILE": str(alive)}
        async with running(word, environment=there, cwd=tmp_path, first=OFTEN) as program:
            await program.says(f'"event": "{event}"')
            assert await heard(notify, 10.0)
            assert await healthy(alive)
            with standing_still([program.pid]):
                # What was told before it stood still.
                while await heard(notify, 0.5):
                    pass
                assert not await heard(notify, 0.5)
                long_ago = time.time() - AT_MOST_SECONDS - 1
                os.utime(alive, (long_ago, long_ago))
                assert not await healthy(alive)
            assert await heard(notify, 10.0)
            assert await healthy(alive)
            await program.stops()
    assert not await healthy(alive), "it is gone"


async def healthy(file: Path) -> bool:
    """What deploy/compose.yaml and deploy/stack.yaml ask."""
    check = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.runtime.watchdog", cwd=ROOT, env={"ALIVE_FILE": str(file)}
    )
    return await check.wait() == 0


async def heard(notify: socket.socket, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.get_running_loop().sock_recv(notify, 100) == b"WATCHDOG=1"
    except TimeoutError:
        return False


@pytest.mark.falha(472)
async def test_a_terminal_that_is_closed_ends_it_in_order_unless_it_was_started_to_outlive_it(
    tmp_path: Path, clean_redis_url: str, s3: EmbeddedS3, sqlite_url: str
) -> None:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path)
    await done("migrate", environment=environment, cwd=tmp_path)
    async with running("clock", environment=environment, cwd=tmp_path) as program:
        await program.says('"event": "ticking"')
        await program.stops(signal.SIGHUP)
    in_background = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)"
    async with running("clock", environment=environment, cwd=tmp_path, first=in_background) as program:
        await program.says('"event": "ticking"')
        await program.stops(signal.SIGINT)
    nohup = "import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)"
    async with running("clock", environment=environment, cwd=tmp_path, first=nohup) as program:
        await program.says('"event": "ticking"')
        program.send(signal.SIGHUP)
        await program.stops()
        assert [line for line in program.err if '"event": "stopping"' in line]
