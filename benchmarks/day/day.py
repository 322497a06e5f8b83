"""A day of 10,000 staff and 100,000 customers in ten minutes: two web, two workers, two clocks, PostgreSQL and Redis.

python -m benchmarks.day.day                          a tenth of them, in ten minutes; about 12 min
python -m benchmarks.day.day --scale 1 --minutes 10   all of them: only where there are two machines' worth of CPUs
python -m benchmarks.day.day --scale 0.005 --minutes 0.5

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
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.day.report import (
    CUSTOMERS_WRITE,
    HEARTBEAT_SECONDS,
    STAFF_WRITE,
    Day,
    complaints_in,
    figures,
    report,
    wrong,
)
from benchmarks.day.used import Used, used_by
from benchmarks.support.around import all_around
from benchmarks.support.callers import ask
from benchmarks.support.figures import keep, takes_json
from benchmarks.support.load import FIRST_CHAT, Load
from benchmarks.support.registered import add_sellers
from benchmarks.support.servers import OUR_WEB, Server, module, start, stop
from benchmarks.support.standin import TelegramStandIn
from core.pessoa.tokens import Tokens
from storage.database import Database

_WAITING = "SELECT target, count(*) AS calls FROM outbox WHERE done_at IS NULL GROUP BY target"
DRAIN_SECONDS, REST_SECONDS = 120.0, 5.0
# What is typed together, and what their replies hold.
_PAIRS = {"staff": (("VENDER", b"Posso"), ("NAO", b"nada")), "customer": (("/start", b""), ("/start", b""))}


@dataclass(slots=True)
class Place:
    """The deployment."""

    url: str
    webs: list[Server]
    loads: list[Load]
    telegram: TelegramStandIn
    used: Used
    heartbeats: list[bytes]
    logs: list[Path]


async def live_through(options: argparse.Namespace) -> Day:
    """The day, until nothing waits."""
    machine = f"{len(os.sched_getaffinity(0))} CPUs with a load of {os.getloadavg()[0]:.1f} before"
    day = Day(options.scale, options.minutes, machine)
    async with _deployment(day.staff) as place:
        at_rest = await _at_rest(place.used)
        place.telegram.arrived = lambda chat_id, body: day.came[chat_id].append(body)
        before, began = place.used(), time.perf_counter()
        beating = asyncio.create_task(_beat(place, day))
        await _write(place, day, options)
        day.seconds = time.perf_counter() - began
        day.used = {name: seconds - before.get(name, 0.0) for name, seconds in place.used().items()}
        day.at_rest = {name: share * day.seconds for name, share in at_rest.items()}
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        await _drain(place, day)
        day.complaints = complaints_in(place.logs)
    return day


async def _at_rest(used: Used) -> dict[str, float]:
    """What each uses in a second with nothing to do."""
    before = used()
    await asyncio.sleep(REST_SECONDS)
    return {name: (seconds - before[name]) / REST_SECONDS for name, seconds in used().items()}


async def _write(place: Place, day: Day, options: argparse.Namespace) -> None:
    """Pairs of messages at random moments, whether the service keeps up or not."""
    chance, tasks = random.Random(options.seed), set()
    staff, customers = day.staff, day.customers
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
            day.never_taken[chat] += 1
            continue
        day.refused += refused
        day.answered.append(time.perf_counter() - started)
        day.sent[chat].append(expected)


async def _beat(place: Place, day: Day) -> None:
    """Signs of life of staff's apps, as often as in a real day."""
    pause = HEARTBEAT_SECONDS / max(1, day.staff)
    number = 0
    while True:
        web = place.webs[number % len(place.webs)]
        many = max(1, round(1 / pause))
        started = time.perf_counter()
        try:
            calls, _ = await ask(web.port, place.heartbeats, 1, 60, times=many)
        except (TimeoutError, OSError):
            day.heartbeats_failed += many
        else:
            day.heartbeats += len(calls.seconds)
            day.heartbeats_failed += calls.failed
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
        async with database.read() as connection:
            day.waiting = {row.target: row.calls for row in await connection.execute(text(_WAITING))}
        day.marks = await _number(database, "SELECT count(*) FROM events WHERE channel = 'telegram'")
        given_up = "SELECT (SELECT count(*) FROM failed_events) + (SELECT count(*) FROM outbox WHERE error IS NOT NULL)"
        day.failed = await _number(database, given_up)
    finally:
        await database.close()


async def _number(database: Database, sql: str) -> int:
    async with database.read() as connection:
        return int((await connection.execute(text(sql))).scalar_one())


@asynccontextmanager
async def _deployment(staff: int) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        around = await stack.enter_async_context(all_around("day"))
        directory, telegram, url = around.directory, around.telegram, around.postgres.new_database()
        await add_sellers(url, staff)
        environment = around.environment(url) | {"API_RATE_LIMIT": "1000000"}
        cpus = sorted(os.sched_getaffinity(0))
        members: dict[str, list[Server]] = {"web": [], "worker": [], "clock": []}
        for kind, several in members.items():
            command = OUR_WEB if kind == "web" else module("bot", kind)
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
        named = {f"{kind} {n}": one for kind, both in members.items() for n, one in enumerate(both, 1)}
        used = used_by({name: [one.process.pid] for name, one in named.items()}, around.postgres, around.redis)
        logs = [directory / f"{one.name}.log" for one in named.values()]
        yield Place(url, members["web"], loads, telegram, used, await _heartbeats(url, environment["JWT_SECRET"]), logs)


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
    print(report(day))
    keep(figures(day), options.json)
    if any(wrong(day).values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
