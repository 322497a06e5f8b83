"""A day of 10,000 staff and 100,000 customers in ten minutes: two web, two workers, two clocks, PostgreSQL and Redis.

python benchmarks/day.py                              a tenth of them, in ten minutes; about 12 min
python benchmarks/day.py --scale 1 --minutes 10       all of them: only where there are two machines' worth of CPUs
python benchmarks/day.py --scale 0.005 --minutes 0.5

What a person does of a day is an assumption, said in the report: staff write twenty messages, customers six, staff's
apps give a sign of life every 30 s, at the pace of a real day. Messages of one person come in pairs, the second one as
soon as the first is answered with 200, to the other web process; what is refused comes again. Afterwards every chat is
compared with what was sent to it: nothing lost, nothing twice, nothing out of order, and no row of the outbox waits.
What each process used of its CPU, beyond what it uses at rest, says how many people it would do for.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from callers import ask
from core.pessoa.tokens import Tokens
from figures import Figure, keep, takes_json
from load import FIRST_CHAT, Load
from postgres import DurablePostgres
from registered import add_sellers
from servers import Server, environment_of, start, stop, telegram_environment
from standin import TelegramStandIn
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from used import Used, used_by

STAFF, CUSTOMERS = 10_000, 100_000
STAFF_WRITE, CUSTOMERS_WRITE = 20, 6
HEARTBEAT_SECONDS = 30.0
# Of a day's messages, so many come in its busiest hour; a process is full at this share of its CPU.
BUSIEST_HOUR, FULL = 0.15, 0.7
# CPUs that one of each may use, on machines of four.
CPUS = {"web": 2, "worker": 2, "clock": 2, "postgresql": 4, "redis": 1}
DRAIN_SECONDS, REST_SECONDS = 120.0, 5.0
_HERE = Path(__file__).parent
# What is typed together, and what their replies hold.
_PAIRS = {"staff": (("VENDER", b"Posso"), ("NAO", b"nada")), "customer": (("/start", b""), ("/start", b""))}


@dataclass(slots=True)
class Day:
    """What was sent, what came, and what it took."""

    sent: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    came: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    answered: list[float] = field(default_factory=list)
    refused: int = 0
    never_taken: int = 0
    heartbeats: int = 0
    seconds: float = 0.0
    drained: float = 0.0
    used: dict[str, float] = field(default_factory=dict)
    # What they would have used of it doing nothing.
    at_rest: dict[str, float] = field(default_factory=dict)
    marks: int = 0
    waiting: int = 0
    failed: int = 0

    @property
    def updates(self) -> int:
        """That were taken."""
        return len(self.answered)


@dataclass(slots=True)
class Place:
    """The deployment."""

    url: str
    webs: list[Server]
    loads: list[Load]
    telegram: TelegramStandIn
    used: Used
    heartbeats: list[bytes]


async def live_through(options: argparse.Namespace) -> Day:
    """The day, until nothing waits."""
    day = Day()
    async with _deployment(options) as place:
        at_rest = await _at_rest(place.used)
        place.telegram.arrived = lambda chat_id, body: day.came[chat_id].append(body)
        before, began = place.used(), time.perf_counter()
        beating = asyncio.create_task(_beat(place, day, options))
        await _write(place, day, options)
        day.seconds = time.perf_counter() - began
        day.used = {name: seconds - before.get(name, 0.0) for name, seconds in place.used().items()}
        day.at_rest = {name: share * day.seconds for name, share in at_rest.items()}
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        await _drain(place, day)
    return day


async def _at_rest(used: Used) -> dict[str, float]:
    """What each uses in a second with nothing to do."""
    before = used()
    await asyncio.sleep(REST_SECONDS)
    return {name: (seconds - before[name]) / REST_SECONDS for name, seconds in used().items()}


async def _write(place: Place, day: Day, options: argparse.Namespace) -> None:
    """Pairs of messages at random moments, whether the service keeps up or not."""
    chance, tasks = random.Random(options.seed), set()
    staff, customers = round(STAFF * options.scale), round(CUSTOMERS * options.scale)
    plan = [("staff", FIRST_CHAT + n % staff) for n in range(staff * STAFF_WRITE // 2)]
    plan += [("customer", FIRST_CHAT + staff + n % customers) for n in range(customers * CUSTOMERS_WRITE // 2)]
    chance.shuffle(plan)
    busy: dict[int, asyncio.Task[None]] = {}
    began, span = time.perf_counter(), options.minutes * 60
    for number, (kind, chat) in enumerate(plan):
        await asyncio.sleep(began + span * number / len(plan) - time.perf_counter())
        task = asyncio.create_task(_pair(place, day, kind, chat, busy.get(chat)))
        busy[chat] = task
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)


async def _pair(place: Place, day: Day, kind: str, chat: int, before: "asyncio.Task[None] | None") -> None:
    if before is not None:
        await asyncio.wait([before])
    for load, (typed, expected) in zip(place.loads, _PAIRS[kind], strict=True):
        started = time.perf_counter()
        refused = await load.deliver(chat, typed)
        if refused < 0:
            day.never_taken += 1
            continue
        day.refused += refused
        day.answered.append(time.perf_counter() - started)
        day.sent[chat].append(expected)


async def _beat(place: Place, day: Day, options: argparse.Namespace) -> None:
    """Signs of life of staff's apps, as often as in a real day."""
    pause = HEARTBEAT_SECONDS / max(1, round(STAFF * options.scale))
    number = 0
    while True:
        web = place.webs[number % len(place.webs)]
        many = max(1, round(1 / pause))
        started = time.perf_counter()
        calls, _ = await ask(web.port, place.heartbeats, 1, 60, times=many)
        day.heartbeats += len(calls.seconds)
        number += 1
        await asyncio.sleep(max(0.0, many * pause - (time.perf_counter() - started)))


async def _drain(place: Place, day: Day) -> None:
    """Until the outbox is empty, and what the database says then."""
    database, began = Database(place.url), time.perf_counter()
    try:
        while await _number(database, "SELECT count(*) FROM outbox WHERE done_at IS NULL"):
            if time.perf_counter() - began > DRAIN_SECONDS:
                break
            await asyncio.sleep(0.2)
        day.drained = time.perf_counter() - began
        day.waiting = await _number(database, "SELECT count(*) FROM outbox WHERE done_at IS NULL")
        day.marks = await _number(database, "SELECT count(*) FROM events WHERE channel = 'telegram'")
        given_up = "SELECT (SELECT count(*) FROM failed_events) + (SELECT count(*) FROM outbox WHERE error IS NOT NULL)"
        day.failed = await _number(database, given_up)
    finally:
        await database.close()


async def _number(database: Database, sql: str) -> int:
    async with database.read() as connection:
        return int((await connection.execute(text(sql))).scalar_one())


@asynccontextmanager
async def _deployment(options: argparse.Namespace) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="balcao-day-")))
        telegram = TelegramStandIn()
        await telegram.start()
        stack.push_async_callback(telegram.stop)
        redis = EmbeddedRedis(directory)
        await redis.start()
        stack.push_async_callback(redis.stop)
        postgres = stack.enter_context(DurablePostgres())
        url, staff = postgres.new_database(), round(STAFF * options.scale)
        await add_sellers(url, staff)
        environment = environment_of(directory, redis.url) | telegram_environment(telegram.url) | {"DATABASE_URL": url}
        environment |= {"API_RATE_LIMIT": "1000000", "PYTHONPATH": str(_HERE.parent)}
        cpus = sorted(os.sched_getaffinity(0))
        members: dict[str, list[Server]] = {"web": [], "worker": [], "clock": []}
        for kind, several in members.items():
            command = [sys.executable, str(_HERE / "ours.py")] if kind == "web" else [sys.executable, "-m", "bot", kind]
            for number in range(2):
                server = start(f"{kind}-{number}", command, environment, directory, cpus[number % len(cpus)])
                stack.callback(stop, server.process)
                several.append(server)
            for server in several:
                await (server.ready() if kind == "web" else _says_so(directory / f"{server.name}.log"))
        loads = [
            Load(telegram, server.port, 0, first_update=(number + 1) * 100_000_000)
            for number, server in enumerate(members["web"])
        ]
        for load in loads:
            stack.callback(load.close)
        used = used_by(
            {name: [one.process.pid for one in several] for name, several in members.items()}, postgres, redis
        )
        yield Place(url, members["web"], loads, telegram, used, await _heartbeats(url, environment["JWT_SECRET"]))


async def _says_so(log: Path) -> None:
    async with asyncio.timeout(180):
        while not any(word in log.read_text() for word in ('"working"', '"ticking"')):  # noqa: ASYNC110, ASYNC240
            await asyncio.sleep(0.1)


async def _heartbeats(url: str, secret: str) -> list[bytes]:
    """Of everybody who is registered: administrators, so that their apps may give signs of life."""
    database = Database(url)
    try:
        async with database.begin() as connection:
            people = list((await connection.execute(text("SELECT id FROM usuarios LIMIT 200"))).scalars())
            of_these = text("UPDATE usuarios SET perfil_usuario = 'ADMINISTRADOR' WHERE id = ANY(:ids)")
            await connection.execute(of_these, {"ids": people})
            await connection.commit()
    finally:
        await database.close()
    tokens, now = Tokens(secret), datetime.now(UTC)
    heads = (f"Authorization: Bearer {tokens.issue(one, now, timedelta(hours=6))}" for one in people)
    path = "/api/v1/presence/heartbeat"
    return [f"POST {path} HTTP/1.1\r\nHost: b\r\n{head}\r\nContent-Length: 0\r\n\r\n".encode() for head in heads]


def wrong(day: Day) -> dict[str, int]:
    """What must be nought."""
    lost = doubled = out_of_order = 0
    for chat in day.sent.keys() | day.came.keys():
        sent, came = day.sent[chat], day.came[chat]
        lost += max(0, len(sent) - len(came))
        doubled += max(0, len(came) - len(sent))
        out_of_order += len(sent) == len(came) and any(one not in body for one, body in zip(sent, came, strict=True))
    return {
        "replies lost": lost,
        "replies doubled": doubled,
        "chats out of order": out_of_order,
        "updates taken without a mark, or marks without an update": abs(day.updates - day.marks),
        "updates never taken": day.never_taken,
        "events or calls given up": day.failed,
        "calls waiting at the end": day.waiting,
    }


def people_of(day: Day) -> dict[str, float]:
    """For how many people, staff and customers as they are here, each resource would do in the busiest hour."""
    rate_per_person = day.updates / _people(day) * BUSIEST_HOUR / 3600
    return {
        name: (CPUS[name] * FULL - day.at_rest[name] / day.seconds) / (more / day.updates) / rate_per_person
        for name, seconds in day.used.items()
        if name in CPUS and (more := seconds - day.at_rest[name]) > 0
    }


def _people(day: Day) -> int:
    return len(day.sent.keys() | day.came.keys())


def report(day: Day, options: argparse.Namespace) -> str:
    """The tables."""
    cuts = statistics.quantiles(day.answered, n=100, method="inclusive")
    rate, minutes = day.updates / day.seconds, day.seconds / 60
    lines = [
        f"{round(STAFF * options.scale):,} staff ({STAFF_WRITE} messages each), {round(CUSTOMERS * options.scale):,}"
        f" customers ({CUSTOMERS_WRITE} each), {day.heartbeats:,} heartbeats; {minutes:.1f} min",
        f"{day.updates:,} updates, {rate:.0f}/s; answered p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms;"
        f" {day.refused:,} times one was refused and came again; nothing waited {day.drained:.1f} s after the last one",
        "",
        "| | |\n|---|---|",
        *(f"| {what} | {count:,} |" for what, count in wrong(day).items()),
        "",
        "| | CPU s | ms an update | of one CPU each | people |\n|---|---|---|---|---|",
    ]
    people = people_of(day)
    for name, seconds in day.used.items():
        share = seconds / day.seconds / CPUS.get(name, 1)
        who = f"{people[name]:,.0f}" if name in people else ""
        lines.append(f"| {name} | {seconds:.1f} | {seconds / day.updates * 1000:.2f} | {share:.0%} | {who} |")
    first = min(people, key=people.__getitem__)
    lines += [
        "",
        f"The next bottleneck is {first}, at {people[first]:,.0f} people: {BUSIEST_HOUR:.0%} of a day's messages in its"
        f" busiest hour, a CPU full at {FULL:.0%}, CPUs for each as in {CPUS}.",
        "A channel's own limit comes first where there is one: Telegram takes some 30 messages a second from one bot.",
    ]
    return "\n".join(lines)


def figures(day: Day) -> list[Figure]:
    """The same for `all.py`."""
    people = people_of(day)
    first = min(people, key=people.__getitem__)
    return [
        *(Figure("a day", what, count, most=0) for what, count in wrong(day).items()),
        Figure("a day", f"next bottleneck: {first}", people[first], "people", goal=STAFF + CUSTOMERS),
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=0.1, help="of the people")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    takes_json(parser)
    return parser.parse_args()


def main() -> None:
    options = _options()
    day = asyncio.run(live_through(options))
    print(report(day, options))
    keep(figures(day), options.json)
    if any(wrong(day).values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
