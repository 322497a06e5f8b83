"""How long our commands take to start, and the memory of each process once it is ready.

    python -m benchmarks.start [--times 3]

Each is started as a person starts it, by an interpreter of its own (`typed`): the tests' processes are forked from one
that has read our modules, and would say nothing of a start. A process is ready when its /readyz answers 200, or when it
says that it works. Told are the middle of the times, CPU and RSS; engines and the stand-ins are processes of their own,
and not in them.
"""

import argparse
import asyncio
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.support.figures import Figure, keep, takes_json
from sandbox import Sandbox
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from tests.support.programs import Program, done, running, up_environment
from tests.support.service import settings_for

# Seconds (docs/performance.md).
GOALS = {"--help": 0.5, "liberar-pap-bo --listar": 1.5, "up": 4.0, "up, again": 4.0}
GOAL_WEB_MB = 180.0
_TICKS = os.sysconf("SC_CLK_TCK")
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Seen:
    """One start."""

    seconds: float
    cpu: float
    megabytes: float = 0.0


async def command(*words: str, environment: Mapping[str, str], cwd: Path) -> Seen:
    """A command that does its work and ends."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    await done(*words, environment=environment, cwd=cwd, typed=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Seen(time.perf_counter() - began, used)


Ready = Callable[[Program], Awaitable[object]]


async def process(word: str, ready: Ready, environment: Mapping[str, str], cwd: Path) -> Seen:
    """A process that stays, until it is ready."""
    began = time.perf_counter()
    async with running(word, environment=environment, cwd=cwd, typed=True) as program:
        await ready(program)
        seen = Seen(time.perf_counter() - began, *used_by(program.pid))
        await program.stops()
    return seen


def used_by(pid: int) -> tuple[float, float]:
    """CPU seconds and MB of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return (int(fields[11]) + int(fields[12])) / _TICKS, pages * resource.getpagesize() / _MEGABYTE


async def answers(url: str) -> None:
    async with aiohttp.ClientSession() as http:
        while True:
            with suppress(aiohttp.ClientError):
                async with http.get(url) as response:
                    if response.status == 200:
                        return
            await asyncio.sleep(0.01)


@asynccontextmanager
async def engines(cwd: Path) -> AsyncIterator[dict[str, str]]:
    """The environment of separate processes, on SQLite."""
    async with AsyncExitStack() as stack:
        redis, s3, sandbox = EmbeddedRedis(cwd), EmbeddedS3(cwd), Sandbox()
        for engine in (redis, s3, sandbox):
            await engine.start()
            stack.push_async_callback(engine.stop)
        environment = settings_for(f"sqlite+aiosqlite:///{cwd / 'balcao.db'}", redis.url, s3, cwd) | sandbox.settings()
        await done("migrate", environment=environment, cwd=cwd)
        yield environment


async def once(found: dict[str, list[Seen]]) -> None:
    """Each command and process one time."""
    with tempfile.TemporaryDirectory() as directory:
        cwd, environment = Path(directory), up_environment()
        url = f"http://127.0.0.1:{environment['PORT']}/readyz"
        for name in ("up", "up, again"):
            found.setdefault(name, []).append(await process("up", lambda _: answers(url), environment, cwd))
    with tempfile.TemporaryDirectory() as directory:
        cwd = Path(directory)
        async with engines(cwd) as environment:
            url = f"http://127.0.0.1:{environment['PORT']}/readyz"
            found.setdefault("web", []).append(await process("web", lambda _: answers(url), environment, cwd))
            for word, event in (("worker", '"working"'), ("clock", '"ticking"')):
                ready = lambda program, event=event: program.says(event)  # noqa: E731
                found.setdefault(word, []).append(await process(word, ready, environment, cwd))
            for words in ("--help", "liberar-pap-bo --listar", "doctor"):
                with suppress(AssertionError):  # doctor's exit code tells of providers that are not there
                    found.setdefault(words, []).append(await command(*words.split(), environment=environment, cwd=cwd))


def told(name: str, seen: list[Seen]) -> str:
    seconds, cpu, megabytes = (
        statistics.median(getattr(one, what) for one in seen) for what in ("seconds", "cpu", "megabytes")
    )
    missed = f" (goal {GOALS[name]} missed)" if seconds > GOALS.get(name, seconds) else ""
    return f"| `balcao {name}` | {seconds:.2f}{missed} | {cpu:.2f} | {f'{megabytes:.0f}' if megabytes else ''} |"


def figures(found: dict[str, list[Seen]]) -> list[Figure]:
    """The same for `all.py`."""
    several = []
    for name, seen in found.items():
        if name in GOALS and seen:
            seconds = statistics.median(one.seconds for one in seen)
            several.append(Figure("start", f"balcao {name}", seconds, "s", most=GOALS[name]))
    if web := found.get("web"):
        megabytes = statistics.median(one.megabytes for one in web)
        several.append(Figure("start", "memory of web at its start", megabytes, "MB", most=GOAL_WEB_MB))
    return several


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    takes_json(parser)
    options = parser.parse_args()
    times = options.times
    found: dict[str, list[Seen]] = {}
    for _ in range(times):
        await once(found)
    print(f"Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.0f}, {times} times\n")
    print("| | s | CPU s | MB |\n|---|---|---|---|")
    print("\n".join(told(name, seen) for name, seen in found.items() if seen))
    keep(figures(found), options.json)


if __name__ == "__main__":
    asyncio.run(main())
