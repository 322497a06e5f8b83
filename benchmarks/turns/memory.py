"""How much memory `web` takes after many turns of many people, and whether it goes on growing.

python -m benchmarks.turns.memory                                50,000 turns of 20,000 people; about 2 min
python -m benchmarks.turns.memory --turns 1000000 --at-most 15   --minutes 60 for an hour's load
python -m benchmarks.turns.memory --turns 2000 --chats 400

On PostgreSQL; resident memory as Linux counts it (VmRSS). The slope is that of the second half of the run, by least
squares, in MB for 100,000 turns. Goals: 180 MB at most, and a slope of at most 1 MB. A line says how far it is, and the
figures are written down, as often as it looks: what is ended on the way has said what it had found.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from benchmarks.support.around import all_around
from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.load import Load
from benchmarks.support.registered import add_sellers
from benchmarks.support.servers import OUR_WEB, Server, share_cpus, start, stop
from tests.support.crowds import megabytes_of

GOAL_MB, GOAL_SLOPE = 180.0, 1.0
_SAMPLES = 40
# Turns, and MB after them.
Samples = list[tuple[int, float]]


async def measure(options: argparse.Namespace) -> Samples:
    """So many turns, and as long as `--minutes` asks for, but for `--at-most`; what it takes after each fortieth."""
    async with _web(options) as (server, load):
        samples, done, failed = [(0, megabytes_of(server.process.pid))], 0, 0
        began = time.monotonic()
        until, at_most = began + options.minutes * 60, began + options.at_most * 60
        while (done < options.turns or time.monotonic() < until) and time.monotonic() < at_most:
            measured, _ = await load.closed_loop(options.conversations, options.seconds)
            done, failed = done + len(measured.replied), failed + measured.failed
            samples.append((done, megabytes_of(server.process.pid)))
            print(f"{time.monotonic() - began:6.0f} s {done:12,} turns {samples[-1][1]:6.1f} MB", file=sys.stderr)
            keep(figures(samples), options.json)
        if failed:
            print(f"FAILED updates: {failed}", file=sys.stderr)
        return samples


@asynccontextmanager
async def _web(options: argparse.Namespace) -> AsyncIterator[tuple[Server, Load]]:
    _, cpu = share_cpus()
    async with AsyncExitStack() as stack:
        around = await stack.enter_async_context(all_around("memory"))
        url = around.postgres.new_database()
        await add_sellers(url, options.chats)
        server = start("web", OUR_WEB, around.environment(url), around.directory, cpu)
        stack.callback(stop, server.process)
        await server.ready()
        load = Load(around.telegram, server.port, options.chats)
        stack.callback(load.close)
        yield server, load


def slope(samples: Samples) -> float:
    """MB for 100,000 turns, in the second half: what begins is not what goes on."""
    half = samples[len(samples) // 2 :]
    if len(half) < 3:
        return 0.0
    return statistics.linear_regression([turns for turns, _ in half], [mb for _, mb in half]).slope * 100_000


def report(samples: Samples, options: argparse.Namespace) -> str:
    """Some of the samples, and what they come to."""
    step = max(1, len(samples) // 10)
    short = "" if samples[-1][0] >= options.turns else f"; ended before {options.turns:,} turns, by --at-most"
    lines = [
        f"{options.chats:,} people, {options.conversations} conversations at once{short}",
        "",
        "| turns | MB |",
        "|---|---|",
    ]
    lines += [f"| {turns:,} | {mb:.0f} |" for turns, mb in dict.fromkeys((*samples[::step], samples[-1]))]
    most, grows = max(mb for _, mb in samples), slope(samples)
    said = "" if most <= GOAL_MB else f" (goal {GOAL_MB:.0f} missed)"
    grew = "" if grows <= GOAL_SLOPE else f" (goal {GOAL_SLOPE:.0f} missed)"
    return "\n".join([*lines, "", f"most {most:.0f} MB{said}; {grows:+.2f} MB for 100,000 turns{grew}"])


def figures(samples: Samples) -> list[Figure]:
    """The same for `all.py`."""
    job = f"memory of web, {samples[-1][0]:,} turns"
    return [
        Figure(job, "most", max(mb for _, mb in samples), "MB", most=GOAL_MB),
        Figure(job, "slope for 100,000 turns", slope(samples), "MB", most=GOAL_SLOPE),
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=50_000)
    parser.add_argument("--minutes", type=float, default=0.0, help="and at least so long")
    parser.add_argument("--at-most", type=float, default=float("inf"), help="minutes; fewer turns then")
    parser.add_argument("--chats", type=int, default=20_000, help="people")
    parser.add_argument("--conversations", type=int, default=24, help="at once")
    takes_json(parser)
    options = parser.parse_args()
    # By what this machine does, more or less: forty samples.
    options.seconds = max(0.5, options.turns / 1000 / _SAMPLES, options.minutes * 60 / _SAMPLES)
    return options


def main() -> None:
    options = _options()
    samples = asyncio.run(measure(options))
    print(report(samples, options))


if __name__ == "__main__":
    main()
