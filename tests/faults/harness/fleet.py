"""The processes of a deployment: each is started again when it ends, as a platform does."""

import asyncio
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sandbox.waiting import Signal
from tests.support.forked import ENVIRONMENT, Forked, fork
from tests.support.programs import SHORT_CLAIMS

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

    def __init__(self, directory: Path, ahead: Mapping[str, float]) -> None:
        """`ahead`: by place, by how many seconds the clock of its machine is."""
        self._directory = directory
        self._ahead = ahead
        self.members: list[One] = []
        self._kept: list[asyncio.Task[None]] = []
        self._changed = Signal()
        self._closing = False

    def add(self, name: str, word: str, environment: Mapping[str, str]) -> None:
        self.members.append(One(name, word, ENVIRONMENT | environment, self._directory / f"{name}.log"))

    async def start(self) -> None:
        self._kept = [asyncio.create_task(self._kept_running(member)) for member in self.members]
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
        """Everybody is told to, and has their time."""
        self._closing = True
        self._tell(signal.SIGCONT, signal.SIGTERM)
        with suppress(TimeoutError):
            await self._changed.until(lambda: None if any(m.pid for m in self.members) else True, 25.0)
        self._tell(signal.SIGKILL)
        await asyncio.gather(*self._kept)

    def _tell(self, *numbers: signal.Signals) -> None:
        for member in self.members:
            for number in numbers:
                self.send(member, number)

    async def _kept_running(self, member: One) -> None:
        while not self._closing:
            process = await self._begin(member)
            member.pid = process.pid
            self._changed.notify()
            if self._closing:
                process.send_signal(signal.SIGTERM)
            await process.wait()
            member.pid, member.ends = 0, member.ends + 1
            self._changed.notify()
            if not self._closing:
                await asyncio.sleep(AGAIN_SECONDS)

    async def _begin(self, member: One) -> Forked:
        log = os.open(member.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        member.since = os.fstat(log).st_size
        try:
            first = SHORT_CLAIMS
            if seconds := self._ahead.get(member.name):
                first += f"\nimport time, time_machine\ntime_machine.travel(time.time() + {seconds}, tick=True).start()"
            return await fork([member.word], member.environment, self._directory, log, log, first)
        finally:
            os.close(log)
