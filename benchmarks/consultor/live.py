"""Heartbeats of apps, and live events to a thousand sockets, next to a bare server that does only these.

python -m benchmarks.consultor.live   about 90 s
python -m benchmarks.consultor.live --sockets 100 --events 20 --rounds 2 --seconds 1

`balcao web` on PostgreSQL, and benchmarks/peers/live_floor.py, on the same CPU, their rounds taken in turns. A
heartbeat of ours knows its person by their token, is counted for the limit, and is answered with what the person is
now; the floor's is one ZADD and a fixed answer. An event of ours comes over the bus in Redis, sealed, and goes to
those who may see it; the floor sends the same text to every socket. Goals: 0.8 of the floor's heartbeats, 0.5 of its
deliveries.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from redis.asyncio import Redis
from sqlalchemy import insert

from benchmarks.consultor.sockets import Listeners
from benchmarks.support.callers import ask
from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.postgres import DurablePostgres
from benchmarks.support.servers import Server, environment_of, module, share_cpus, start, stop
from core.pessoa.tokens import Tokens
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.live import LiveBus
from storage.pessoa.perfil import Perfil
from storage.schema import migrate
from storage.secrets import SecretBox
from storage.tables import usuarios

GOALS = {"heartbeats": 0.8, "deliveries": 0.5}
_DATA = {"venda_id": "3f0c4d8e-5a51-4f6a-9d0b-2f9f1a7c1b55", "etapa": "Consultando a viabilidade", "progresso": 60}
# What ours makes of it, as long as it is.
_TEXT = json.dumps({"event": "venda_progrediu", "data": _DATA, "version": "v1", "id": "1760000000000-0"})


@dataclass(slots=True)
class Side:
    """Ours or the floor: how it is asked, and what was measured by round."""

    server: Server
    heartbeats: list[bytes]
    say: Callable[[int], Awaitable[None]]
    listeners: Listeners = field(default_factory=Listeners)
    per_second: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in GOALS})
    cpu_us: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in GOALS})
    failed: int = 0


async def measure(options: argparse.Namespace) -> dict[str, Side]:
    """First the heartbeats, then the events, rounds in turns."""
    async with _sides(options) as sides:
        for number in range(-1, options.rounds):
            for side in sides.values():
                await _heartbeats(side, options, counts=number >= 0)
        for number in range(-1, options.rounds):
            for side in sides.values():
                await _events(side, options, counts=number >= 0)
    return sides


async def _heartbeats(side: Side, options: argparse.Namespace, *, counts: bool) -> None:
    cpu = side.server.cpu_seconds()
    calls, took = await ask(side.server.port, side.heartbeats, options.callers, options.seconds)
    side.failed += calls.failed
    if counts:
        _note(side, "heartbeats", len(calls.seconds), took, side.server.cpu_seconds() - cpu)


async def _events(side: Side, options: argparse.Namespace, *, counts: bool) -> None:
    frames, cpu, started = options.events * options.sockets, side.server.cpu_seconds(), time.perf_counter()
    everybody = side.listeners.expect(frames)
    await side.say(options.events)
    async with asyncio.timeout(120):
        await everybody
    if counts:
        _note(side, "deliveries", frames, time.perf_counter() - started, side.server.cpu_seconds() - cpu)


def _note(side: Side, what: str, count: int, seconds: float, cpu: float) -> None:
    side.per_second[what].append(count / seconds)
    side.cpu_us[what].append(cpu / max(count, 1) * 1e6)


@asynccontextmanager
async def _sides(options: argparse.Namespace) -> AsyncIterator[dict[str, Side]]:
    _, cpu = share_cpus()
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="balcao-live-")))
        redis = EmbeddedRedis(directory)
        await redis.start()
        stack.push_async_callback(redis.stop)
        url = stack.enter_context(DurablePostgres()).new_database()
        people = await _people(url, options.people)
        environment = environment_of(directory, redis.url)
        root = {"DATABASE_URL": url, "API_RATE_LIMIT": "100000000"}
        ours = start("ours", module("bot", "web"), environment | root, directory, cpu)
        stack.callback(stop, ours.process)
        floor = start("floor", module("benchmarks.peers.live_floor"), environment, directory, cpu)
        stack.callback(stop, floor.process)
        for server in (ours, floor):
            await server.ready()
        tokens = _tokens(environment["JWT_SECRET"], people)
        bus = LiveBus(Redis.from_url(redis.url), SecretBox([environment["SECRET_KEYS"]]))
        stack.push_async_callback(bus.close)
        bearers = [f"Authorization: Bearer {token}" for token in tokens]
        named = [f"{bearer}\r\nX-Person: {one.hex}" for one, bearer in zip(people, bearers, strict=True)]
        sides = {
            "floor": Side(floor, [_post("/heartbeat", one) for one in named], _said(floor.port)),
            "ours": Side(
                ours,
                [_post("/api/v1/presence/heartbeat", one) for one in bearers],
                lambda events: _published(bus, events),
            ),
        }
        paths = [f"/ws/v1/events?token={tokens[number % len(tokens)]}" for number in range(options.sockets)]
        await sides["ours"].listeners.connect(ours.port, paths)
        await sides["floor"].listeners.connect(floor.port, ["/ws"] * options.sockets)
        for side in sides.values():
            stack.callback(side.listeners.close)
        yield sides


async def _people(url: str, count: int) -> list[UUID]:
    """Administrators, who see everything."""
    database, now = Database(url, patient=True), datetime.now(UTC)
    ids = [uuid4() for _ in range(count)]
    rows = [
        {
            "id": one,
            "nome_completo": "Adm Silva",
            "telefone": f"55319{number:08d}",
            "perfil_usuario": Perfil.ADMINISTRADOR,
            "criado_em": now,
            "atualizado_em": now,
        }
        for number, one in enumerate(ids)
    ]
    try:
        await migrate(database)
        async with database.begin() as connection:
            await connection.execute(insert(usuarios), rows)
            await connection.commit()
    finally:
        await database.close()
    return ids


def _tokens(secret: str, people: list[UUID]) -> list[str]:
    tokens, now = Tokens(secret), datetime.now(UTC)
    return [tokens.issue(one, now, timedelta(hours=6)) for one in people]


def _post(path: str, header: str, body: bytes = b"") -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: b\r\n{header}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _published(bus: LiveBus, events: int) -> None:
    for _ in range(events):
        await bus.add(uuid4().hex, "venda_progrediu", _DATA, [Perfil.ADMINISTRADOR], [])


def _said(port: int) -> Callable[[int], Awaitable[None]]:
    request = _post("/say", "Content-Type: text/plain", _TEXT.encode())

    async def say(events: int) -> None:
        await ask(port, [request], 1, 1e9, times=events)

    return say


def report(sides: dict[str, Side], options: argparse.Namespace) -> str:
    """The table."""
    lines = [
        f"{options.people} people, {options.callers} callers at once; {options.sockets} sockets, {options.events}"
        f" events a round; {options.rounds} rounds in turns",
        "",
        "| | a second, ours | the floor | of the floor's rate | CPU µs, ours | the floor |",
        "|---|---|---|---|---|---|",
    ]
    for what, goal in GOALS.items():
        ours, floor = (statistics.median(sides[name].per_second[what]) for name in ("ours", "floor"))
        cpu = [statistics.median(sides[name].cpu_us[what]) for name in ("ours", "floor")]
        share = _share(sides, what)
        said = "" if share >= goal else f" (goal {goal} missed)"
        lines.append(f"| {what} | {ours:,.0f} | {floor:,.0f} | {share:.2f}{said} | {cpu[0]:.0f} | {cpu[1]:.0f} |")
    failed = {name: side.failed for name, side in sides.items() if side.failed}
    return "\n".join([*lines, *([f"FAILED (not counted above): {failed}"] if failed else [])])


def _share(sides: dict[str, Side], what: str) -> float:
    pairs = zip(sides["ours"].per_second[what], sides["floor"].per_second[what], strict=True)
    return statistics.median(ours / floor for ours, floor in pairs)


def figures(sides: dict[str, Side]) -> list[Figure]:
    """The same for `all.py`."""
    floors = {what: statistics.median(sides["floor"].per_second[what]) for what in GOALS}
    return [
        Figure(
            "live", what, _share(sides, what), "× the floor", goal=goal, beside=f"bare aiohttp {floors[what]:,.0f}/s"
        )
        for what, goal in GOALS.items()
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--callers", type=int, default=64, help="at once")
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--events", type=int, default=50, help="of a round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="of a round of heartbeats")
    takes_json(parser)
    return parser.parse_args()


def main() -> None:
    options = _options()
    sides = asyncio.run(measure(options))
    print(report(sides, options))
    keep(figures(sides), options.json)
    if any(side.failed for side in sides.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
