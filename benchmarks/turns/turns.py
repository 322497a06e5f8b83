"""Measures whole turns: a webhook in, conversation state, rows, the reply out, all over real HTTP.

python -m benchmarks.turns.turns                     ours on SQLite and on PostgreSQL next to aiogram and grammY
python -m benchmarks.turns.turns --profile ours-pg   where one of them spends its time (py-spy)
"""

import argparse
import asyncio
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.load import Load, Measured
from benchmarks.support.profiles import profile
from benchmarks.support.rounds import Rounds
from benchmarks.support.servers import Server, running_servers
from benchmarks.support.standin import TelegramStandIn

# In the order of a round: ours are measured beside what each is compared with. Both of grammY need node and npm.
WHAT = {
    "ours-sqlite": "ours on SQLite",
    "stock": "stock aiogram",
    "ours-pg": "ours on PostgreSQL",
    "grammy-pg": "grammY, durable",
    "grammy": "stock grammY",
}
GOALS = {"ours-sqlite": 2.0, "ours-pg": 2.5}
DURABLE = "grammy-pg"
"""The peer that promises the same: as many updates as it makes are the goal on PostgreSQL, 0.8 of it the least."""
GOAL_P99_MS = 20.0
LEAST_OF_DURABLE = 0.8
_PACKAGES = ("aiogram", "aiohttp", "pydantic", "sqlalchemy", "asyncpg", "aiosqlite", "redis")
_NOTES = """\
One process each, on a CPU of its own; the load, the stand-in of Telegram, PostgreSQL and Redis share the other.
Durable everywhere: SQLite synchronous=FULL, PostgreSQL fsync and synchronous_commit on. An update counts when its
200 and its reply have arrived. Telegram's own sending limits (30 a second) are lifted in our sender; its pacing runs.
"""


@dataclass(slots=True)
class Result(Rounds):
    """What was measured of one bot, in updates; latencies and failures too."""

    latency: Measured = field(default_factory=Measured)
    failed: int = 0


async def measure(options: argparse.Namespace) -> dict[str, Result]:
    """All bots in one run, their rounds taken in turns: whatever disturbs the machine disturbs them alike."""
    async with _bots(options) as (servers, loads):
        results = {name: Result() for name in WHAT if name in servers}
        for load in loads.values():
            await load.closed_loop(options.conversations, options.warmup)
        for _ in range(options.rounds):
            for name, result in results.items():
                await take_round(result, loads[name], servers[name], options)
        for number in range(options.rounds):
            for name, result in results.items():
                seconds = options.latency_seconds / options.rounds
                result.latency.add(await loads[name].open_loop(options.rate, seconds, seed=number))
        for result in results.values():
            result.failed += result.latency.failed
    return results


async def take_round(result: Result, load: Load, server: Server, options: argparse.Namespace) -> None:
    """One more round of full load, as the options say it."""
    cpu = server.cpu_seconds()
    measured, seconds = await load.closed_loop(options.conversations, options.seconds)
    done = len(measured.replied)
    result.per_second.append(done / seconds)
    result.cpu_ms.append((server.cpu_seconds() - cpu) / max(done, 1) * 1000)
    result.failed += measured.failed


async def show_profile(name: str, options: argparse.Namespace) -> str:
    """The functions one bot spends its time in, under full load."""
    async with _bots(options) as (servers, loads):
        await loads[name].closed_loop(options.conversations, options.warmup)
        recording = asyncio.create_task(profile(servers[name].process.pid, options.profile_seconds))
        while not recording.done():
            await loads[name].closed_loop(options.conversations, 0.5)
        return await recording


@asynccontextmanager
async def _bots(options: argparse.Namespace) -> AsyncIterator[tuple[dict[str, Server], dict[str, Load]]]:
    telegram = TelegramStandIn()
    await telegram.start()
    with tempfile.TemporaryDirectory(prefix="balcao-benchmark-") as directory:
        async with running_servers(Path(directory), telegram.url, options.chats) as servers:
            loads = {name: Load(telegram, server.port, options.chats) for name, server in servers.items()}
            yield servers, loads
            for load in loads.values():
                load.close()
    await telegram.stop()


def report(results: dict[str, Result], options: argparse.Namespace) -> str:
    """The tables."""
    lines = [_machine(), "", _NOTES, _throughput(results, options), "", _latency(results, options)]
    failed = {name: result.failed for name, result in results.items() if result.failed}
    if failed:
        lines += ["", f"FAILED updates (not counted above): {failed}"]
    return "\n".join(lines)


def figures(results: dict[str, Result]) -> list[Figure]:
    """The same for `all.py`."""
    medians = {name: result.rate for name, result in results.items()}
    several = []
    for name, goal in GOALS.items():
        beside = f"stock aiogram {medians['stock']:,.0f}/s"
        several.append(Figure("turns", WHAT[name], medians[name] / medians["stock"], "× stock", goal, beside=beside))
    if DURABLE in medians:
        beside = f"{WHAT[DURABLE]} {medians[DURABLE]:,.0f}/s"
        share = medians["ours-pg"] / medians[DURABLE]
        several.append(Figure("turns", WHAT["ours-pg"], share, "× durable", LEAST_OF_DURABLE, beside=beside))
    p99 = {name: _p99(result) for name, result in results.items()}
    most, beside = (p99[DURABLE], f"{WHAT[DURABLE]} {p99[DURABLE]:.1f} ms") if DURABLE in p99 else (GOAL_P99_MS, "")
    several.append(Figure("turns", "p99 of an answer, ours on PostgreSQL", p99["ours-pg"], "ms", None, most, beside))
    return several


def _p99(result: Result) -> float:
    answered = result.latency.answered
    return statistics.quantiles(answered, n=100, method="inclusive")[98] * 1000 if len(answered) > 1 else float("inf")


def _machine() -> str:
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.processor()
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return f"{os.cpu_count()} CPUs, {model}; Linux {platform.release()}; Python {platform.python_version()}\n{packages}"


def _throughput(results: dict[str, Result], options: argparse.Namespace) -> str:
    head = f"{options.conversations} conversations at once, {options.rounds} rounds of {options.seconds:g} s each"
    lines = [
        head,
        f"{'':20} {'updates/s':>10} {'lowest':>8} {'highest':>8} {'CPU ms/update':>14} {'x stock':>8} {'goal':>6}"
        f" {'x durable':>10}",
    ]
    stock = results["stock"].rate
    durable = results[DURABLE].rate if DURABLE in results else None
    for name, result in results.items():
        goal = f"{GOALS[name]:.1f}" if name in GOALS else ""
        peer = f"{result.rate / durable:.2f}" if durable else "-"
        lines.append(
            f"{WHAT[name]:20} {result.rate:10.0f} {min(result.per_second):8.0f} {max(result.per_second):8.0f}"
            f" {result.cost:14.2f} {result.rate / stock:8.2f} {goal:>6} {peer:>10}"
        )
    return "\n".join(lines)


def _latency(results: dict[str, Result], options: argparse.Namespace) -> str:
    each = f"{options.latency_seconds:g} s each in {options.rounds} rounds"
    head = f"{options.rate:g} updates a second at random moments, {each}; ms"
    lines = [head, f"{'':20} {'webhook answered':>25}   {'reply arrived':>25}", f"{'':20} {_PERCENTS}   {_PERCENTS}"]
    lines += [
        f"{WHAT[name]:20} {_percentiles(result.latency.answered)}   {_percentiles(result.latency.replied)}"
        for name, result in results.items()
    ]
    return "\n".join([*lines, f"goal: p99 of the webhook's answer at most {GOAL_P99_MS:g} ms"])


_PERCENTS = "".join(f" {name:>7}" for name in ("p50", "p95", "p99"))[1:] + " "


def _percentiles(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return f"{'-':>25}"
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return " ".join(f"{cuts[percent - 1] * 1000:7.1f}" for percent in (50, 95, 99)) + "  "


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=list(WHAT), help="record this bot with py-spy instead of comparing")
    parser.add_argument("--profile-seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of a round")
    parser.add_argument("--warmup", type=float, default=1.5)
    parser.add_argument("--conversations", type=int, default=24, help="at once")
    parser.add_argument("--chats", type=int, default=400, help="sellers they are taken from")
    parser.add_argument("--rate", type=float, default=50.0, help="updates a second in the latency phase")
    parser.add_argument("--latency-seconds", type=float, default=20.0, help="of all its rounds")
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
    if any(result.failed for result in results.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
