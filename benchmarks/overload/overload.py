"""What a web process does with more than it can: ten times the rate it sustains, ten thousand sockets, slow bodies.

python -m benchmarks.overload.overload                                            about 3 min; SQLite and PostgreSQL
python -m benchmarks.overload.overload --seconds 10 --only ours-sqlite --crowds   the ten times alone
"""

import argparse
import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from benchmarks.overload.flood import Came, Wanted, flood
from benchmarks.support.around import all_around
from benchmarks.support.load import FIRST_CHAT, SECRET
from benchmarks.support.registered import add_sellers
from benchmarks.support.servers import OUR_WEB, Server, share_cpus, start, stop
from storage.database import Database
from tests.support.crowds import hanging_on, megabytes_of, watching

CHATS = 400
TIMES = 10
AT_ONCE = 24
_SLOW = (
    b"POST /webhooks/telegram HTTP/1.1\r\nHost: b\r\nX-Telegram-Bot-Api-Secret-Token: " + SECRET.encode()
    + b"\r\nContent-Length: 1000000\r\n\r\n{"
)  # fmt: skip
_UNSIGNED = b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: b\r\nX-Hub-Signature-256: sha256=" + b"0" * 64 + (
    b"\r\nContent-Length: 1000000\r\n\r\n{"
)  # fmt: skip
_HUGE = b"GET /healthz HTTP/1.1\r\nHost: b\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"h" * 60_000) for n in range(16))
# What comes on how many connections, and what they go on with.
CROWDS = {
    "10,000 sockets that say nothing": (10_000, b"", b""),
    "1,000 of half a header": (1_000, b"POST /webhooks/telegram HTTP/1.1\r\nHost: b\r\n", b"X: y\r\n"),
    "500 slow bodies, secret right": (500, _SLOW, b" "),
    "500 slow bodies, signature false": (500, _UNSIGNED, b" "),
    "500 of 1 MB of headers": (500, _HUGE, b""),
}


async def measured(server: Server, url: str, seconds: float, crowds: Sequence[str]) -> AsyncIterator[str]:
    """The lines of one server's table, as they come."""
    flooding = _Flooding(server.port)
    await flooding.of(2, at_once=AT_ONCE)
    cpu, waited = server.cpu_seconds(), _waited_for_cpu(server)
    usual = await flooding.of(5, at_once=AT_ONCE)
    usually = (_waited_for_cpu(server) - waited) / 5
    rate, each = len(usual.accepted) / 5, (server.cpu_seconds() - cpu) / len(usual.accepted)
    yield _line(f"usual: {AT_ONCE} at once, {rate:.0f} a second", usual, megabytes_of(server.process.pid))
    cpu, waited = server.cpu_seconds(), _waited_for_cpu(server)
    async with watching(server.process.pid) as memory:
        came = await flooding.of(seconds, rate=rate * TIMES)
        cpu, waited = server.cpu_seconds() - cpu, _waited_for_cpu(server) - waited
        recovered = await _as_usual(flooding, rate)
    sent, accepted = sum(came.statuses.values()) / came.took, len(came.accepted)
    yield _line(f"{came.took:.0f} s of {sent:.0f} a second, {sent / rate:.1f} times that", came, memory.most)
    again = len((await flooding.of(5, at_once=AT_ONCE)).accepted) / 5
    load = came.cpu / sum(came.statuses.values())
    yield (
        f"  accepted {accepted / came.took:.0f} a second, {accepted / came.took / rate:.0%} of the usual before and"
        f" {accepted / came.took / again:.0%} of the usual after it"
    )
    yield (
        f"  it had {cpu / came.took:.0%} of a CPU and stood in line for it {waited / came.took:.0%} of the time, as"
        f" usual {usually:.0%}: others' work there is no measure of ours"
    )
    yield (
        f"  an answer {each * 1e6:.0f} µs of CPU as usual;"
        f" the load itself {load * 1e6:.0f} µs of the other one an update"
    )
    lost = await _lost(url, set(came.accepted))
    yield (
        f"  served as usual {recovered:.1f} s later; of what was accepted {lost} lost;"
        f" {came.without_retry_after} times 503 without Retry-After"
    )
    for name in crowds:
        many, first, then = CROWDS[name]
        async with watching(server.process.pid) as memory, hanging_on(server.port, many, first, then):
            beside = await flooding.of(12, rate=rate / 4)
        yield _line(name, beside, memory.most)
    await asyncio.sleep(3)
    yield f"  afterwards it holds {megabytes_of(server.process.pid):.0f} MB"


@dataclass
class _Flooding:
    """Writers beside us, one after the other; no update of theirs has a number twice."""

    port: int

    def __post_init__(self) -> None:
        self._first = int(time.time()) * 1000

    async def of(self, seconds: float, rate: float = 0.0, at_once: int = 0) -> Came:
        """So many a second, or so many at once, for so long."""
        self._first += 10_000_000
        return await flood(Wanted(self.port, SECRET, FIRST_CHAT, CHATS, seconds, self._first, rate, at_once))


def _waited_for_cpu(server: Server) -> float:
    """Seconds that its first thread has been ready to run and was not let (sched-stats.txt of the kernel)."""
    return int(Path(f"/proc/{server.process.pid}/schedstat").read_text().split()[1]) / 1e9


async def _as_usual(flooding: _Flooding, rate: float) -> float:
    """Seconds until nobody is refused any more."""
    ended = time.monotonic()
    while set((await flooding.of(0.5, rate=rate / 4)).statuses) != {200}:
        pass
    return time.monotonic() - ended


async def _lost(url: str, accepted: set[int]) -> int:
    """How many of these are not marked as handled, or whose answer was never sent."""
    database = Database(url)
    try:
        async with asyncio.timeout(60):
            while await _count(database, "SELECT count(*) FROM outbox WHERE done_at IS NULL"):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        async with database.read() as connection:
            rows = await connection.execute(text("SELECT event_id FROM events WHERE channel = 'telegram'"))
            handled = {int(row.event_id) for row in rows}
        unsaid = await _count(database, "SELECT count(*) FROM outbox WHERE error IS NOT NULL")
        return len(accepted - handled) + unsaid
    finally:
        await database.close()


async def _count(database: Database, sql: str) -> int:
    async with database.read() as connection:
        return int((await connection.execute(text(sql))).scalar_one())


def _line(name: str, came: Came, megabytes: float) -> str:
    """A row of the table in docs/reliability.md."""
    others = {status: count for status, count in came.statuses.items() if status not in (200, 503) and count}
    return (
        f"| {name} | {came.statuses.get(200, 0):,} | {came.statuses.get(503, 0):,} | {came.p50 * 1000:,.0f} |"
        f" {came.p99 * 1000:,.0f} | {megabytes:.0f} | {others or ''}"
    )


async def main(options: argparse.Namespace) -> None:
    """Both tables."""
    _, cpu = share_cpus()
    async with all_around("overload") as around:
        urls = {
            "ours-sqlite": f"sqlite+aiosqlite:///{around.directory / 'balcao.db'}",
            "ours-pg": around.postgres.new_database(),
        }
        for bot in options.only:
            await add_sellers(urls[bot], CHATS)
            server = start(bot, OUR_WEB, around.environment(urls[bot]), around.directory, cpu)
            try:
                await server.ready()
                print(f"| {bot} | 200 | 503 | p50 ms | p99 ms | most MB | others", flush=True)
                async for line in measured(server, urls[bot], options.seconds, options.crowds):
                    print(line, flush=True)
            finally:
                stop(server.process)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="of ten times the sustained rate")
    parser.add_argument("--only", nargs="*", default=["ours-sqlite", "ours-pg"], choices=["ours-sqlite", "ours-pg"])
    parser.add_argument("--crowds", nargs="*", default=list(CROWDS), choices=list(CROWDS))
    asyncio.run(main(parser.parse_args()))
