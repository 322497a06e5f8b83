"""Processes of ours forked from one interpreter that has read the modules (tests/support/zygote.py)."""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Of every process of ours in the tests: nothing of this one's beside it.
ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": str(ROOT), "LOG_FORMAT": "json"}
_NOTHING = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)


class Forked:
    """One process, as asyncio's own `Process` is to its user."""

    def __init__(self, pid: int, said: asyncio.StreamReader) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._said = said
        self._ended = asyncio.create_task(self._watch())

    async def wait(self) -> int:
        """Its exit code, or the number of the signal that ended it, negative."""
        return await asyncio.shield(self._ended)

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def _watch(self) -> int:
        self.returncode = int(await self._said.readline())
        # To the end of the file, which closes it.
        await self._said.read()
        return self.returncode


async def fork(
    words: Sequence[str], environment: Mapping[str, str], cwd: Path, out: int, err: int, first: str
) -> Forked:
    """`balcao WORDS…` with exactly this environment, in `cwd`, its outputs these files.

    `first`: Python that ran before our modules were imported, in the interpreter that this one is forked from.
    """
    return await _forked("bot", first, words, environment, cwd, _NOTHING, out, err)


async def fork_module(module: str, environment: Mapping[str, str], into: int, out: int) -> Forked:
    """What `python -m MODULE` is, reading and writing these files."""
    return await _forked(module, "", (), environment, ROOT, into, out, _NOTHING)


async def _forked(
    module: str, first: str, words: Sequence[str], environment: Mapping[str, str], cwd: Path, *files: int
) -> Forked:
    control = _interpreter(module, first)
    status, told = os.pipe()
    asked = {"words": words, "environment": dict(environment), "cwd": str(cwd)}
    try:
        socket.send_fds(control, [json.dumps(asked).encode()], [*files, told])
    finally:
        os.close(told)
    said = await reading(status)
    return Forked(int(await said.readline()), said)


async def reading(descriptor: int) -> asyncio.StreamReader:
    """What comes out of a pipe; it is closed at its end."""
    reader = asyncio.StreamReader()
    pipe = os.fdopen(descriptor, "rb", 0)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader


@cache
def _interpreter(module: str, first: str) -> socket.socket:
    """Where to ask one for processes; it lives for as long as the tests do."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        command = [sys.executable, "-m", "tests.support.zygote", module, first]
        process = subprocess.Popen(command, env=ENVIRONMENT, stdin=its)

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours
