"""The processes of a deployment: each is started again when it ends, as a platform does."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sandbox.waiting import Signal
from tests.support.programs import ROOT

# Of an interpreter that reads everything, and of six processes at once, on a machine that does other work.
START_SECONDS = 180.0
# A platform waits a little before it starts again what ended.
AGAIN_SECONDS = 0.3
_SAYS = {"web": '"listening"', "worker": '"working"', "clock": '"ticking"'}


@dataclass
class One:
    """A place in the deployment: who has it now."""

    name: str
    word: str
    environment: dict[str, str]
    log: Path
    pid: int = 0
    # Where in its log the one of now begins.
    since: int = 0
    stopped: bool = False
    ends: int = 0

    @property
    def works(self) -> bool:
        """Whether the one of now has said so."""
        return self.pid > 0 and self.log.exists() and _SAYS[self.word] in self.log.read_text()[self.since :]


class Fleet:
    """Two web processes, two workers, two clocks, all forked from one interpreter."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.members: list[One] = []
        self._zygote: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._again: set[asyncio.Task[None]] = set()
        self._changed = Signal()
        self._ready = False
        self._closing = False

    def add(self, name: str, word: str, environment: Mapping[str, str]) -> None:
        log = self._directory / f"{name}.log"
        own = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": str(ROOT), "LOG_FORMAT": "json"}
        self.members.append(One(name, word, own | dict(environment), log))

    async def start(self) -> None:
        self._zygote = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.harness.zygote",
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read(self._zygote))
        await self._changed.expect(lambda: self._ready or None, START_SECONDS, lambda: "no interpreter")
        for member in self.members:
            self._begin(member)
        await self.all_work()

    async def all_work(self, seconds: float = START_SECONDS) -> None:
        """Every place is taken by somebody who has said that they work."""
        async with asyncio.timeout(seconds):
            while not all(member.works for member in self.members):  # noqa: ASYNC110 - a log tells nobody
                await asyncio.sleep(0.05)

    def send(self, member: One, number: signal.Signals) -> None:
        """A signal to whoever has this place, if anybody has."""
        if member.pid:
            with suppress(ProcessLookupError):
                os.kill(member.pid, number)

    async def stop(self) -> None:
        """Everybody is told to, and has their time; the exit codes."""
        self._closing = True
        for task in self._again:
            task.cancel()
        for member in self.members:
            self.send(member, signal.SIGCONT)
            self.send(member, signal.SIGTERM)
        with suppress(TimeoutError):
            await self._changed.until(lambda: None if any(m.pid for m in self.members) else True, 25.0)
        if self._zygote is not None:
            self._zygote.kill()
            await self._zygote.wait()
        if self._reading is not None:
            await self._reading

    def _begin(self, member: One) -> None:
        assert self._zygote is not None
        assert self._zygote.stdin is not None
        member.since = member.log.stat().st_size if member.log.exists() else 0
        asked = {
            "name": member.name,
            "words": [member.word],
            "environment": member.environment,
            "cwd": str(self._directory),
            "log": str(member.log),
        }
        self._zygote.stdin.write(json.dumps(asked).encode() + b"\n")

    async def _read(self, zygote: asyncio.subprocess.Process) -> None:
        assert zygote.stdout is not None
        async for line in zygote.stdout:
            said = json.loads(line)
            self._ready = self._ready or "ready" in said
            if "began" in said:
                next(m for m in self.members if m.name == said["name"]).pid = said["began"]
            for member in self.members:
                if member.pid == said.get("ended"):
                    self._ended(member)
            self._changed.notify()

    def _ended(self, member: One) -> None:
        member.pid, member.ends = 0, member.ends + 1
        if self._closing:
            return
        task = asyncio.create_task(self._start_again(member))
        self._again.add(task)
        task.add_done_callback(self._again.discard)

    async def _start_again(self, member: One) -> None:
        await asyncio.sleep(AGAIN_SECONDS)
        self._begin(member)
