"""Turns of an operation that has grown, next to those of a fresh one, and what its cleaning costs.

python -m benchmarks.growth.growth          a tenth: 100,000 contatos, 1 million event marks and calls kept; about 5 min
python -m benchmarks.growth.growth --full   ten times that; with --only pg or --only sqlite half of it and 10 GB of disk
python -m benchmarks.growth.growth --only pg --contatos 10000 --rows 50000 --rounds 2

Both serve from a process of their own on the same CPU, their rounds taken in turns; the grown one has ten times the
conversations. Goals: CPU per update at most 1.15 times the fresh one's, and a cleaning that no turn waits for.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.growth.grown import Grown, fill, sizes
from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.load import Load, Measured
from benchmarks.support.postgres import DurablePostgres
from benchmarks.support.registered import add_sellers
from benchmarks.support.servers import OUR_WEB, Server, environment_of, share_cpus, start, stop, telegram_environment
from benchmarks.support.standin import TelegramStandIn
from bot.agendamento.limpeza import clean_up
from storage.engines.redis import EmbeddedRedis
from tests.support.turning import World

GOAL = 1.15
MOST_P99_WHILE_CLEANING = 2.0
ENGINES = {"pg": "PostgreSQL", "sqlite": "SQLite"}


@dataclass(slots=True)
class Side:
    """The fresh operation or the grown one: where it is, who drives it, and CPU in ms an update by round."""

    url: str
    chats: int
    server: Server
    load: Load
    cpu_ms: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """What was measured on one database."""

    engine: str
    fresh: list[float]
    grown: list[float]
    filled_seconds: float
    alone: Measured
    beside: Measured
    gone: dict[str, int]
    cleaning_seconds: float
    sizes: list[tuple[str, float, float, str]]

    @property
    def times(self) -> float:
        """CPU of an update of the grown one, in those of the fresh one: the median of the rounds' quotients."""
        return statistics.median(grown / fresh for fresh, grown in zip(self.fresh, self.grown, strict=True))


async def measure(engine: str, options: argparse.Namespace) -> Found:
    """Fill, take turns, then clean while turns go on."""
    async with _sides(engine, options) as (fresh, grown, filled_seconds):
        for side in (fresh, grown):
            await side.load.closed_loop(options.conversations, options.warmup)
        for _ in range(options.rounds):
            for side in (fresh, grown):
                await _round(side, options)
        alone = await grown.load.open_loop(options.rate, options.latency_seconds)
        beside, gone, seconds = await _cleaning(grown, options)
        return Found(
            engine, fresh.cpu_ms, grown.cpu_ms, filled_seconds, alone, beside, gone, seconds, await sizes(grown.url)
        )


async def _round(side: Side, options: argparse.Namespace) -> None:
    cpu = side.server.cpu_seconds()
    measured, _ = await side.load.closed_loop(options.conversations, options.seconds)
    side.cpu_ms.append((side.server.cpu_seconds() - cpu) / max(len(measured.replied), 1) * 1000)


async def _cleaning(side: Side, options: argparse.Namespace) -> tuple[Measured, dict[str, int], float]:
    """Everything that is old goes, as the clock does it, beside updates at the usual rate."""
    world = World(side.url)
    world.time = lambda: datetime.now(UTC)
    beside = Measured()
    try:
        started = time.perf_counter()
        cleaning = asyncio.create_task(clean_up(world.turns))
        while not cleaning.done():
            some = await side.load.open_loop(options.rate, 1.0)
            beside.answered += some.answered
            beside.replied += some.replied
            beside.failed += some.failed
        return beside, await cleaning, time.perf_counter() - started
    finally:
        await world.close()


@asynccontextmanager
async def _sides(engine: str, options: argparse.Namespace) -> AsyncIterator[tuple[Side, Side, float]]:
    _, cpu = share_cpus()
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="balcao-growth-")))
        telegram = TelegramStandIn()
        await telegram.start()
        stack.push_async_callback(telegram.stop)
        postgres = stack.enter_context(DurablePostgres()) if engine == "pg" else None
        sides, filled = [], 0.0
        for name, chats in (("fresh", options.chats), ("grown", options.chats * 10)):
            redis = EmbeddedRedis(directory / name)
            await redis.start()
            stack.push_async_callback(redis.stop)
            url = postgres.new_database() if postgres else f"sqlite+aiosqlite:///{directory / f'{name}.db'}"
            await add_sellers(url, chats)
            if name == "grown":
                started = time.perf_counter()
                await fill(url, Grown(options.contatos, chats, options.rows))
                filled = time.perf_counter() - started
            environment = environment_of(directory, redis.url) | telegram_environment(telegram.url)
            server = start(name, OUR_WEB, environment | {"DATABASE_URL": url}, directory, cpu)
            stack.callback(stop, server.process)
            sides.append(Side(url, chats, server, Load(telegram, server.port, chats)))
        for side in sides:
            await side.server.ready()
            stack.callback(side.load.close)
        yield sides[0], sides[1], filled


def report(found: list[Found], options: argparse.Namespace) -> str:
    """The tables."""
    lines = [
        f"{options.contatos:,} contatos, {options.rows:,} event marks and as many calls, {options.chats * 10:,}"
        f" sellers; fresh: {options.chats:,} sellers. {options.rounds} rounds of {options.seconds:g} s each, in turns",
        "",
        "| | CPU ms an update, fresh | grown | times | filled in s |\n|---|---|---|---|---|",
    ]
    for one in found:
        fresh, grown = statistics.median(one.fresh), statistics.median(one.grown)
        said = "" if one.times <= GOAL else f" (goal {GOAL} missed)"
        lines.append(
            f"| {ENGINES[one.engine]} | {fresh:.2f} | {grown:.2f} | {one.times:.2f}{said} | {one.filled_seconds:.0f} |"
        )
    lines += ["", "| cleaning | rows | s | rows/s | p99 ms alone | beside it | failed |\n|---|---|---|---|---|---|---|"]
    for one in found:
        rows = sum(one.gone.values())
        alone, beside = p99(one.alone), p99(one.beside)
        rate = rows / one.cleaning_seconds
        lines.append(
            f"| {ENGINES[one.engine]} | {rows:,} | {one.cleaning_seconds:.1f} | {rate:,.0f}"
            f" | {alone:.1f} | {beside:.1f} | {one.beside.failed} |"
        )
    lines += ["", "| table | MB of rows | MB of indexes | |\n|---|---|---|---|"]
    for one in found:
        for name, rows_mb, indexes_mb, vacuum in one.sizes:
            lines.append(f"| {ENGINES[one.engine]}: {name} | {rows_mb:,.0f} | {indexes_mb:,.0f} | {vacuum} |")
    return "\n".join(lines)


def figures(found: list[Found]) -> list[Figure]:
    """The same for `all.py`."""
    several = []
    for one in found:
        job = f"growth, {ENGINES[one.engine]}"
        fresh = statistics.median(one.fresh)
        several.append(Figure(job, "CPU of an update", one.times, "× fresh", most=GOAL, beside=f"fresh {fresh:.2f} ms"))
        several.append(
            Figure(
                job,
                "p99 of an answer beside the cleaning",
                p99(one.beside) / p99(one.alone),
                "× alone",
                most=MOST_P99_WHILE_CLEANING,
                beside=f"alone {p99(one.alone):.1f} ms",
            )
        )
        several.append(Figure(job, "forgotten", sum(one.gone.values()) / one.cleaning_seconds, "rows/s"))
    return several


def p99(measured: Measured) -> float:
    """Of the webhook's answers, in ms."""
    if len(measured.answered) < 2:
        return float("inf")
    return statistics.quantiles(measured.answered, n=100, method="inclusive")[98] * 1000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--contatos", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=1_000_000, help="event marks, and as many calls")
    parser.add_argument("--full", action="store_true", help="a million contatos and ten million rows of each")
    parser.add_argument("--chats", type=int, default=400, help="sellers of the fresh one")
    parser.add_argument("--conversations", type=int, default=24, help="at once")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=2.0, help="of a round")
    parser.add_argument("--warmup", type=float, default=3.0)
    parser.add_argument("--rate", type=float, default=50.0, help="updates a second while it is cleaned")
    parser.add_argument("--latency-seconds", type=float, default=10.0)
    takes_json(parser)
    options = parser.parse_args()
    if options.full:
        options.contatos, options.rows = 1_000_000, 10_000_000
    return options


def main() -> None:
    options = _options()
    found = [asyncio.run(measure(engine, options)) for engine in options.only]
    print(report(found, options))
    keep(figures(found), options.json)


if __name__ == "__main__":
    main()
