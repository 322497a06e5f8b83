"""Measures `GET /consultor/da-vez` over HTTP: whose turn it is, stamped, with a new protocolo.

python -m benchmarks.consultor.da_vez                     the reference's design and ours, in one run
python -m benchmarks.consultor.da_vez --consultores 100000 --protocolos 10000000 --only ours-pg ours-sqlite
python -m benchmarks.consultor.da_vez --profile ours-pg   where ours spends its time (py-spy)

Needs the extras [dev] and [benchmark].
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.consultor.consultores import fill_ours, fill_reference, out_of_turn
from benchmarks.support.callers import Calls, call
from benchmarks.support.figures import Figure, installed, keep, takes_json
from benchmarks.support.postgres import DurablePostgres
from benchmarks.support.profiles import profile
from benchmarks.support.rounds import Rounds
from benchmarks.support.servers import Server, environment_of, free_port, module, share_cpus, stop
from storage.engines.redis import EmbeddedRedis

WHAT = {"reference": "reference's design", "ours-pg": "ours on PostgreSQL", "ours-sqlite": "ours on SQLite"}
GOAL = 8.0
API_KEY = "chave-da-api"
PATHS = ("/consultor/da-vez?idioma=pt", "/consultor/da-vez?idioma=en")
_PACKAGES = ("aiohttp", "sqlalchemy", "asyncpg", "aiosqlite", "fastapi", "uvicorn", "psycopg")
_NOTES = """\
One process each, on a CPU of its own; the callers, PostgreSQL and Redis share the other. Durable everywhere: SQLite
synchronous=FULL, PostgreSQL fsync and synchronous_commit on. Each caller keeps its connection. Ours counts every
request for API_RATE_LIMIT, which is lifted; the reference has none. Both write their log lines.
"""


@dataclass(slots=True)
class Result(Rounds):
    """What was measured of one server, in calls; each call, and how fair it was."""

    calls: Calls = field(default_factory=Calls)
    given: int = 0
    out_of_turn: int = 0


@dataclass(slots=True)
class Running:
    """A server, and where its numbers are."""

    server: Server
    database_url: str


async def measure(options: argparse.Namespace) -> dict[str, Result]:
    """All of them in one run, their rounds taken in turns: whatever disturbs the machine disturbs them alike."""
    async with _servers(options) as servers:
        results = {name: Result() for name in servers}
        for one in servers.values():
            await call(one.server.port, PATHS, API_KEY, options.callers, options.warmup)
        for _ in range(options.rounds):
            for name, one in servers.items():
                cpu = one.server.cpu_seconds()
                calls, took = await call(one.server.port, PATHS, API_KEY, options.callers, options.seconds)
                results[name].cpu_ms.append((one.server.cpu_seconds() - cpu) / max(len(calls.seconds), 1) * 1000)
                results[name].per_second.append(len(calls.seconds) / took)
                results[name].calls.seconds += calls.seconds
                results[name].calls.failed += calls.failed
        for name, one in servers.items():
            counted = await out_of_turn(one.database_url, options.consultores, options.protocolos)
            results[name].given, results[name].out_of_turn = counted
    return results


async def show_profile(name: str, options: argparse.Namespace) -> str:
    """The functions one server spends its time in, under full load."""
    options.only = [name]
    async with _servers(options) as servers:
        server = servers[name].server
        await call(server.port, PATHS, API_KEY, options.callers, options.warmup)
        recording = asyncio.create_task(profile(server.process.pid, options.profile_seconds))
        while not recording.done():
            await call(server.port, PATHS, API_KEY, options.callers, 0.5)
        return await recording


@asynccontextmanager
async def _servers(options: argparse.Namespace) -> AsyncIterator[dict[str, Running]]:
    _, cpu = share_cpus()
    with tempfile.TemporaryDirectory(prefix="balcao-benchmark-") as temporary:
        directory = Path(temporary)
        async with AsyncExitStack() as stack:
            redis = EmbeddedRedis(directory)
            await redis.start()
            stack.push_async_callback(redis.stop)
            postgres = stack.enter_context(DurablePostgres())
            servers = {}
            for name in options.only:
                url = f"sqlite+aiosqlite:///{directory / 'balcao.db'}" if "sqlite" in name else postgres.new_database()
                await _fill(name, url, options)
                servers[name] = Running(_start(name, url, directory, redis.url), url)
                os.sched_setaffinity(servers[name].server.process.pid, {cpu})
                stack.callback(stop, servers[name].server.process)
            for one in servers.values():
                await one.server.ready()
            yield servers


async def _fill(name: str, url: str, options: argparse.Namespace) -> None:
    if name == "reference":
        fill_reference(_psycopg(url), options.consultores, options.protocolos)
    else:
        await fill_ours(url, options.consultores, options.protocolos)


def _start(name: str, url: str, directory: Path, redis_url: str) -> Server:
    port = free_port()
    if name == "reference":
        words = ["uvicorn", "benchmarks.peers.reference:app", "--port", str(port), "--no-access-log"]
        own = {"REFERENCE_DATABASE_URL": _psycopg(url)}
    else:
        words = ["bot", "web"]
        own = {"DATABASE_URL": url, "API_RATE_LIMIT": "100000000"}
    environment = environment_of(directory, redis_url) | {"AUTHENTICATION_API_KEY": API_KEY, "PORT": str(port)} | own
    with (directory / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own programs
            module(*words), env=environment, stdout=log, stderr=log, cwd=directory
        )
    return Server(name, port, process)


def _psycopg(url: str) -> str:
    return url.replace("+asyncpg", "+psycopg")


def report(results: dict[str, Result], options: argparse.Namespace) -> str:
    """The table."""
    packages = ", ".join(map(" ".join, installed(_PACKAGES).items()))
    head = f"{options.consultores} consultores, {options.protocolos} protocolos before; {options.callers} callers"
    head += f", {options.rounds} rounds of {options.seconds:g} s each"
    names = ("calls/s", "lowest", "highest", "CPU ms", "p50 ms", "p99 ms", "given", "out of turn", "x reference")
    lines = [packages, "", _NOTES, head, f"{'':20} " + " ".join(f"{name:>11}" for name in names)]
    reference = results.get("reference")
    for name, result in results.items():
        cuts = statistics.quantiles(result.calls.seconds, n=100, method="inclusive")
        times = f"{result.rate / reference.rate:11.1f}" if reference else ""
        numbers = (
            f"{result.rate:11.0f} {min(result.per_second):11.0f} {max(result.per_second):11.0f}",
            f"{result.cost:11.2f} {cuts[49] * 1000:11.1f} {cuts[98] * 1000:11.1f}",
            f"{result.given:11d} {result.out_of_turn:11d} {times}",
        )
        lines.append(f"{WHAT[name]:20} {' '.join(numbers)}")
    failed = {name: result.calls.failed for name, result in results.items() if result.calls.failed}
    goal = f"goal: ours on PostgreSQL at least {GOAL:g} times the reference's design, out of turn: 0"
    return "\n".join([*lines, goal, *([f"FAILED calls (not counted above): {failed}"] if failed else [])])


def figures(results: dict[str, Result]) -> list[Figure]:
    """The same for `all.py`."""
    medians = {name: result.rate for name, result in results.items()}
    several = [Figure("da-vez", WHAT[name], rate, "calls/s") for name, rate in medians.items()]
    if "reference" in medians and "ours-pg" in medians:
        times, beside = medians["ours-pg"] / medians["reference"], f"reference {medians['reference']:,.0f}/s"
        several.append(Figure("da-vez", WHAT["ours-pg"], times, "× reference", GOAL, beside=beside))
    wrong = sum(result.out_of_turn for result in results.values())
    return [*several, Figure("da-vez", "out of turn", wrong, most=0)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(WHAT), default=list(WHAT))
    parser.add_argument("--consultores", type=int, default=100)
    parser.add_argument("--protocolos", type=int, default=0, help="given out before")
    parser.add_argument("--callers", type=int, default=64, help="at once")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of a round")
    parser.add_argument("--warmup", type=float, default=1.5)
    parser.add_argument("--profile", choices=list(WHAT), help="record this one with py-spy instead of comparing")
    parser.add_argument("--profile-seconds", type=float, default=10.0)
    takes_json(parser)
    return parser.parse_args()


def main() -> None:
    options = _options()
    if options.profile:
        print(asyncio.run(show_profile(options.profile, options)))
        return
    results = asyncio.run(measure(options))
    print(report(results, options))
    keep(figures(results), options.json)
    if any(result.calls.failed or result.out_of_turn for result in results.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
