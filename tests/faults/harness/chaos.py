"""What goes wrong, chosen by a seed: kills, and between them stops, cuts, delays, silence, full disks, and engines
that only read or have forgotten everything."""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from sandbox import Sandbox
from sandbox.faults import Faults
from tests.faults.harness.book import Book
from tests.faults.harness.engines import Engines
from tests.faults.harness.fleet import Fleet
from tests.faults.harness.proxy import Line, Weather

# Who is killed, and how often among a hundred.
_KILLED = {"process": 80, "postgresql": 7, "redis": 7, "s3": 6}


class Chaos:
    """`run(kills)` ends when the last kill was made and everything else is well again."""

    def __init__(
        self,
        fleet: Fleet,
        engines: Engines,
        sandbox: Sandbox,
        lines: dict[str, Line],
        book: Book,
        chance: random.Random,
    ) -> None:
        self._fleet = fleet
        self._engines = engines
        self._sandbox = sandbox
        self._lines = lines
        self._book = book
        self._chance = chance
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._faults: dict[str, Faults] = {
            "telegram": sandbox.telegram.faults,
            "whatsapp": sandbox.whatsapp.faults,
            "rpa": sandbox.rpa.faults,
        }

    async def run(self, kills: int, pause: float) -> None:
        """`pause`: seconds between two kills, on the average."""
        others = (
            *(self._stand_still, self._weather, self._provider, self._no_room, self._engine_stands_still),
            *(self._only_reads, self._emptied),
        )
        for _ in range(kills):
            await asyncio.sleep(self._chance.uniform(0.2, 2 * pause - 0.2))
            self._spawn(self._kill())
            if self._chance.random() < 0.7:
                self._spawn(self._chance.choice(others)())
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _spawn(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            await work

        task = asyncio.create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _kill(self) -> None:
        (what,) = self._chance.choices(list(_KILLED), list(_KILLED.values()))
        seconds = self._chance.uniform(0.0, 3.0)
        if what == "process" or what in self._busy:
            member = self._chance.choice(self._fleet.members)
            self._book.fault(f"kill -9 {member.name}")
            self._fleet.send(member, signal.SIGKILL)
            return
        self._book.fault(f"kill -9 {what}, back after {seconds:.1f} s")
        await self._alone(what, lambda: self._kill_engine(what, seconds))

    async def _kill_engine(self, what: str, seconds: float) -> None:
        if what == "postgresql":
            await self._engines.restart_postgres()
        else:
            await self._engines.kill(self._engines.redis if what == "redis" else self._engines.s3, seconds)

    async def _stand_still(self) -> None:
        member, seconds = self._chance.choice(self._fleet.members), self._chance.uniform(0.5, 9.0)
        self._book.fault(f"SIGSTOP {member.name} for {seconds:.1f} s")
        pid = member.pid
        self._fleet.send(member, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        if member.pid == pid:
            self._fleet.send(member, signal.SIGCONT)

    async def _engine_stands_still(self) -> None:
        what, seconds = self._chance.choice(("postgresql", "redis", "s3")), self._chance.uniform(0.5, 7.0)
        if what not in self._busy:
            self._book.fault(f"SIGSTOP {what} for {seconds:.1f} s")
            await self._alone(what, lambda: self._freeze(what, seconds))

    async def _freeze(self, what: str, seconds: float) -> None:
        pids = self._engines.pids(what)
        _signal(pids, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        _signal(pids, signal.SIGCONT)

    async def _weather(self) -> None:
        name = self._chance.choice(list(self._lines))
        kinds = [Weather.CUT, Weather.SLOW, Weather.SILENT] + ([Weather.FULL] if name == "s3" else [])
        kind, seconds = self._chance.choice(kinds), self._chance.uniform(0.2, 6.0)
        self._book.fault(f"line to {name} {kind} for {seconds:.1f} s")
        line = self._lines[name]
        line.turn(kind)
        await asyncio.sleep(seconds)
        line.turn(Weather.CLEAR)

    async def _provider(self) -> None:
        name, seconds = self._chance.choice(list(self._faults)), self._chance.uniform(0.5, 5.0)
        what = self._chance.choice(("down", "drop", "hang", "latency", "copies", "lost", "refused"))
        self._book.fault(f"{name}: {what} for {seconds:.1f} s")
        faults = self._faults[name]
        _disturb(faults, what, self._chance)
        await asyncio.sleep(seconds)
        faults.down = faults.drop = faults.hang = False
        faults.latency = 0.0
        faults.deliver(1)

    async def _no_room(self) -> None:
        what, seconds = self._chance.choice(("postgresql", "redis")), self._chance.uniform(0.5, 4.0)
        if what in self._busy:
            return
        self._book.fault(f"{what} full for {seconds:.1f} s")
        full = self._engines.no_room_in_redis if what == "redis" else self._engines.no_room_in_postgres

        async def fill() -> None:
            async with full():
                await asyncio.sleep(seconds)

        await self._alone(what, fill)

    async def _only_reads(self) -> None:
        seconds = self._chance.uniform(0.5, 6.0)
        if "postgresql" in self._busy:
            return
        self._book.fault(f"postgresql only reads for {seconds:.1f} s")

        async def close() -> None:
            async with self._engines.only_reading_postgres():
                await asyncio.sleep(seconds)

        await self._alone("postgresql", close)

    async def _emptied(self) -> None:
        self._book.fault("redis is emptied")
        await self._engines.empty_redis()

    async def _alone(self, what: str, work: Callable[[], Awaitable[Any]]) -> None:
        """One thing at a time goes wrong with an engine."""
        self._busy.add(what)
        try:
            await work()
        finally:
            self._busy.discard(what)


def _disturb(faults: Faults, what: str, chance: random.Random) -> None:
    if what in ("down", "drop", "hang"):
        setattr(faults, what, True)
    elif what == "latency":
        faults.latency = chance.uniform(0.05, 0.8)
    elif what == "copies":
        faults.deliver(chance.choice((2, 3)), at_once=chance.random() < 0.5)
    elif what == "lost":
        faults.lose_answer(times=chance.randint(1, 4))
    else:
        faults.fail_next(status=chance.choice((500, 502)), times=chance.randint(1, 3))


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
