"""Readers of bills forked from one interpreter that has their libraries: each test's service starts one of its own.

As a program, with an interpreter and its imports, one takes 0.12 s of CPU, in some two hundred tests. What a test says
of the program itself (`program=`), or under `typed_readers`, starts as it does in production.
"""

import asyncio
import os
from asyncio.subprocess import Process

import pytest

from bot.faturas.leitor import Leitor
from tests.support.forked import Forked, fork_module, reading

_TYPED = Leitor._start
_OURS = ("-m", "bot.faturas.molde")


def pytest_configure() -> None:
    Leitor._start = _start  # type: ignore[assignment, method-assign]


@pytest.fixture
def typed_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is an interpreter of its own, as in production."""
    monkeypatch.setattr(Leitor, "_start", _TYPED)


class _Reader:
    """One forked process, as asyncio's own `Process` is to the service."""

    def __init__(self, process: Forked, stdin: asyncio.StreamWriter, stdout: asyncio.StreamReader) -> None:
        self._process = process
        self.pid, self.wait, self.kill = process.pid, process.wait, process.kill
        self.stdin, self.stdout = stdin, stdout

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    async def communicate(self) -> None:
        self.stdin.close()
        await self.stdout.read()
        await self.wait()


async def _start(leitor: Leitor) -> Process | _Reader:
    if tuple(leitor._program) != _OURS:
        return await _TYPED(leitor)
    (into, ours), (out, its) = os.pipe(), os.pipe()
    try:
        process = await fork_module(_OURS[1], {}, into, its)
    finally:
        os.close(into)
        os.close(its)
    return _Reader(process, await _writing(ours), await reading(out))


async def _writing(descriptor: int) -> asyncio.StreamWriter:
    loop = asyncio.get_running_loop()
    protocol = asyncio.streams.FlowControlMixin(loop)
    transport, _ = await loop.connect_write_pipe(lambda: protocol, os.fdopen(descriptor, "wb", 0))
    return asyncio.StreamWriter(transport, protocol, None, loop)
