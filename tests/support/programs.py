"""Real processes: `balcao` started as a person or a platform starts it, watched, and ended by its own id."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sandbox.waiting import Signal
from tests.support.forked import ENVIRONMENT, Forked, fork, reading
from tests.support.service import free_port

# A whole start on a machine that is busy with other tests.
START_SECONDS = 60.0
# Claims hold for a fifth of their usual time, so that a test sees them end.
HOLD_SECONDS = 6.0
SHORT_CLAIMS = f"import storage.outbox.claims as o\no.OWNER_SECONDS, o.MARGIN_SECONDS = {HOLD_SECONDS}, 2.0"
# What a platform gives a process after SIGTERM, less a margin (failure 60).
STOP_SECONDS = 25.0


class Program:
    """One running command."""

    def __init__(
        self,
        process: asyncio.subprocess.Process | Forked,
        words: tuple[str, ...],
        out: asyncio.StreamReader,
        err: asyncio.StreamReader,
    ) -> None:
        self.words = words
        self.out: list[str] = []
        self.err: list[str] = []
        self._process = process
        self._changed = Signal()
        self._readers = [
            asyncio.create_task(self._read(out, self.out)),
            asyncio.create_task(self._read(err, self.err)),
        ]

    @property
    def pid(self) -> int:
        return self._process.pid

    async def says(self, fragment: str, timeout: float = START_SECONDS) -> str:
        """Wait for a line that holds the fragment, on either output."""

        def find() -> str | None:
            return next((line for line in [*self.out, *self.err] if fragment in line), None)

        return await self._changed.expect(find, timeout, lambda: f"{self}\nnever said {fragment!r}")

    def send(self, number: signal.Signals) -> None:
        """A signal to this process and no other."""
        self._process.send_signal(number)

    async def ended(self, timeout: float = STOP_SECONDS) -> int:
        """Its exit code, everything it said read."""
        async with asyncio.timeout(timeout):
            code = await self._process.wait()
            await asyncio.gather(*self._readers)
        return code

    async def stops(self, number: signal.Signals = signal.SIGTERM, timeout: float = STOP_SECONDS) -> None:
        """Ends with 0 within the time, when told to."""
        self.send(number)
        assert await self.ended(timeout) == 0, str(self)

    async def dies(self) -> None:
        """kill -9."""
        self.send(signal.SIGKILL)
        assert await self.ended() == -signal.SIGKILL

    async def end_of_test(self) -> None:
        """Gone, whatever the test did."""
        if self._process.returncode is None:
            self._process.kill()
        await self.ended()

    async def _read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        async for line in stream:
            lines.append(line.decode().rstrip("\n"))
            self._changed.notify()

    def __str__(self) -> str:
        return "\n".join([f"balcao {' '.join(self.words)}", *self.out, *self.err])


@asynccontextmanager
async def running(
    *words: str, environment: Mapping[str, str], cwd: Path, first: str = "", typed: bool = False
) -> AsyncIterator[Program]:
    """`balcao WORDS…` in `cwd`, with this environment and nothing of ours beside it.

    It is forked from an interpreter that has read our modules. `first`: Python that was run there before, to shorten
    what would take a test too long. `typed`: an interpreter of its own, as a person starts it, which takes seconds.
    """
    (out, its_out), (err, its_err) = os.pipe(), os.pipe()
    process: asyncio.subprocess.Process | Forked
    try:
        if typed:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *words),
                cwd=cwd,
                env=ENVIRONMENT | environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=its_out,
                stderr=its_err,
            )
        else:
            process = await fork(words, ENVIRONMENT | environment, cwd, its_out, its_err, first)
    finally:
        os.close(its_out)
        os.close(its_err)
    program = Program(process, words, await reading(out), await reading(err))
    try:
        yield program
    finally:
        await program.end_of_test()


async def done(*words: str, environment: Mapping[str, str], cwd: Path, typed: bool = False) -> Program:
    """A command that ends by itself with 0."""
    async with running(*words, environment=environment, cwd=cwd, typed=typed) as program:
        assert await program.ended(START_SECONDS) == 0, str(program)
    return program


def up_environment() -> dict[str, str]:
    """Free ports for `balcao up`; everything else by default."""
    return {"HOST": "127.0.0.1", "PORT": str(free_port()), "SANDBOX_PORT": str(free_port())}


def engines_of(pid: int) -> list[int]:
    """The processes it started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    """Whether a process has ended, be it reaped or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


async def until(condition: Callable[[], Awaitable[Any]], timeout: float = 10.0) -> None:
    """Wait until the condition holds; what is another process's gives us no event to wait for."""
    async with asyncio.timeout(timeout):
        while not await condition():  # noqa: ASYNC110 - as said
            await asyncio.sleep(0.02)


async def until_gone(*pids: int) -> None:
    """Wait until these processes have ended."""

    async def gone() -> bool:
        return all(is_gone(pid) for pid in pids)

    await until(gone)
