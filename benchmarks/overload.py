"""What a web process does with more than it can: ten times the rate it sustains, ten thousand sockets, slow bodies.

python benchmarks/overload.py                       about 3 min; SQLite and PostgreSQL
python benchmarks/overload.py --seconds 10 --only ours-sqlite
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy import text

sys.path.append(str(Path(__file__).parent.parent))

from load import FIRST_CHAT, SECRET
from postgres import DurablePostgres
from registered import add_sellers
from servers import Server, environment_of, share_cpus, start, stop, telegram_environment
from standin import TelegramStandIn
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from tests.support.crowds import Crowd, Heard, hanging_on, megabytes_of, watching

CHATS = 400
TIMES = 10
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


async def measured(server: Server, url: str, seconds: float) -> AsyncIterator[str]:
    """The lines of one server's table, as they come."""
    crowd = Crowd(server.port, SECRET, range(FIRST_CHAT, FIRST_CHAT + CHATS))
    await crowd.converses(24, 2)
    cpu = server.cpu_seconds()
    usual = await crowd.converses(24, 5)
    rate, each = len(usual.accepted) / 5, (server.cpu_seconds() - cpu) / len(usual.accepted)
    yield _line(f"usual: 24 at once, {rate:.0f}/s", usual, megabytes_of(server.process.pid))
    cpu, began = server.cpu_seconds(), time.monotonic()
    async with watching(server.process.pid) as memory:
        flood = await crowd.writes(rate * TIMES, seconds)
        took, cpu = time.monotonic() - began, server.cpu_seconds() - cpu
        ended, after = time.monotonic(), await crowd.writes(rate / 4, 0.5)
        while set(after.statuses) != {200}:
            after = await crowd.writes(rate / 4, 0.5)
    sent, accepted = sum(flood.statuses.values()) / took, len(flood.accepted)
    yield _line(f"{took:.0f} s of {sent:.0f}/s, {sent / rate:.1f} times", flood, memory.most)
    refusing = (cpu - accepted * each) / max(1, flood.statuses[503])
    yield (
        f"  accepted {accepted / took:.0f}/s, {accepted / took / rate:.0%} of the usual ({accepted * each / cpu:.0%} by"
        f" CPU); an answer {each * 1e6:.0f} µs of CPU, a refusal {refusing * 1e6:.0f}"
    )
    recovered = time.monotonic() - ended
    lost = await _lost(url, flood.accepted)
    yield (
        f"  served as usual {recovered:.1f} s later; of what was accepted {lost} lost;"
        f" {flood.without_retry_after} times 503 without Retry-After"
    )
    for name, (many, first, then) in CROWDS.items():
        async with watching(server.process.pid) as memory, hanging_on(server.port, many, first, then):
            beside = await crowd.writes(rate / 4, 12)
        yield _line(name, beside, memory.most)
    crowd.close()
    await asyncio.sleep(3)
    yield f"  afterwards it holds {megabytes_of(server.process.pid):.0f} MB"


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


def _line(name: str, heard: Heard, megabytes: float) -> str:
    p50, p99 = heard.percentiles
    others = {status: count for status, count in heard.statuses.items() if status not in (200, 503)}
    return (
        f"{name:34} {heard.statuses[200]:8} {heard.statuses[503]:8} {p50 * 1000:8.0f} {p99 * 1000:8.0f}"
        f" {megabytes:7.0f}  {others or ''}"
    )


async def main(options: argparse.Namespace) -> None:
    """Both tables."""
    _, cpu = share_cpus()
    telegram = TelegramStandIn()
    await telegram.start()
    with tempfile.TemporaryDirectory(prefix="balcao-overload-") as name:
        directory, redis = Path(name), EmbeddedRedis(Path(name))
        await redis.start()
        with DurablePostgres() as postgres:
            urls = {
                "ours-sqlite": f"sqlite+aiosqlite:///{directory / 'balcao.db'}",
                "ours-pg": postgres.new_database(),
            }
            for bot in options.only:
                environment = environment_of(directory, redis.url) | telegram_environment(telegram.url)
                await add_sellers(urls[bot], CHATS)
                ours = [sys.executable, str(Path(__file__).parent / "ours.py")]
                server = start(bot, ours, environment | {"DATABASE_URL": urls[bot]}, directory, cpu)
                try:
                    await server.ready()
                    print(f"{bot:34} {'200':>8} {'503':>8} {'p50 ms':>8} {'p99 ms':>8} {'most MB':>7}  others")
                    async for line in measured(server, urls[bot], options.seconds):
                        print(line, flush=True)
                finally:
                    stop(server.process)
        await redis.stop()
    await telegram.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="of ten times the sustained rate")
    parser.add_argument("--only", nargs="*", default=["ours-sqlite", "ours-pg"], choices=["ours-sqlite", "ours-pg"])
    asyncio.run(main(parser.parse_args()))
