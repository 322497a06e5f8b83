"""Logins borrowed and given back: fifty BackOffice logins, a hundred sellers, next to PostgreSQL's SKIP LOCKED.

python -m benchmarks.checkout   about 40 s
python -m benchmarks.checkout --rounds 2 --seconds 1

Both in this one process, on one durable PostgreSQL, their rounds taken in turns. A checkout is a login given to a
seller who holds none, with a row in the ledger, and committed; then it is given back in another transaction. Ours adds
the lock in Redis, the queue, and the live events in the outbox. As in the service, those who ask at the same moment
share a transaction. Goal: as many a second as the peer.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
from sqlalchemy import text

from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.postgres import DurablePostgres
from benchmarks.support.rounds import Rounds, times
from bot.turn import LeftToWorkers, Turns
from core.batches import Batches
from core.venda.emprestimo import Lease, lease_logins
from core.venda.pool import release_logins
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.schema import migrate
from storage.transaction import Transaction
from tests.support.pool_world import PoolWorld, Seller, open_world

GOAL = 1.0
TTL = timedelta(minutes=30)
WHAT = {"skip-locked": "PostgreSQL, SKIP LOCKED", "ours": "ours, with ledger, Redis and events"}
_PEER = (
    "CREATE TABLE logins (id int PRIMARY KEY, holder int)",
    """CREATE TABLE ledger (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, login int NOT NULL, seller int NOT NULL,
       since timestamptz NOT NULL DEFAULT now(), until timestamptz NOT NULL, closed timestamptz)""",
    "CREATE UNIQUE INDEX ON ledger (login) WHERE closed IS NULL",
    "CREATE UNIQUE INDEX ON ledger (seller) WHERE closed IS NULL",
)
_TAKE = """WITH taken AS (
  UPDATE logins SET holder = $1 WHERE id = (SELECT id FROM logins WHERE holder IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id)
INSERT INTO ledger (login, seller, until) SELECT id, $1, now() + interval '30 minutes' FROM taken RETURNING id, login"""
_GIVE_BACK = """WITH closed AS (UPDATE ledger SET closed = now() WHERE id = $1 AND closed IS NULL RETURNING login)
UPDATE logins SET holder = NULL WHERE id = (SELECT login FROM closed)"""

# Takes a login for this seller, holds it, gives it back; False when there was none.
Checkout = Callable[[int], Awaitable[bool]]


@dataclass(slots=True)
class Measured(Rounds):
    """`busy`: how often nobody had a login to lend."""

    busy: int = 0


class Ours:
    """The pool as the service's turns use it."""

    def __init__(self, turns: Turns, sellers: Sequence[Seller]) -> None:
        self._turns, self._sellers, self._chance = turns, sellers, random.Random(7)
        self._wanted = Batches(self._lease, 32)
        self._done = Batches(self._release, 32)

    async def checkout(self, number: int) -> bool:
        """One seller, one login, one epoch."""
        lease = await self._wanted.add(self._sellers[number])
        return lease is not None and await self._done.add(lease.epoch)

    async def _lease(self, sellers: Sequence[Seller]) -> list[Lease | None]:
        async def work(tx: Transaction) -> list[Lease | None]:
            answers = await lease_logins(tx, [one.asks for one in sellers], ttl=TTL, chance=self._chance)
            return [one if isinstance(one, Lease) else None for one in answers]

        return await self._turns.run(work)

    async def _release(self, epochs: Sequence[int]) -> list[bool]:
        async def work(tx: Transaction) -> list[bool]:
            return await release_logins(tx, epochs, "CONCLUIDO")

        return await self._turns.run(work)


async def skip_locked(pool: "asyncpg.Pool[asyncpg.Record]", number: int) -> bool:
    """The peer: two transactions of one statement each."""
    async with pool.acquire() as connection:
        taken = await connection.fetchrow(_TAKE, number)
    if taken is None:
        return False
    async with pool.acquire() as connection:
        await connection.execute(_GIVE_BACK, taken["id"])
    return True


async def measure(options: argparse.Namespace) -> dict[str, Measured]:
    """Rounds of each, taken in turns."""
    async with _both(options) as both:
        results = {name: Measured() for name in both}
        for checkout in both.values():
            await _round(Measured(), checkout, options.sellers, options.warmup)
        for _ in range(options.rounds):
            for name, checkout in both.items():
                await _round(results[name], checkout, options.sellers, options.seconds)
    return results


async def _round(measured: Measured, checkout: Checkout, sellers: int, seconds: float) -> None:
    started, cpu, done = time.perf_counter(), time.process_time(), 0
    until = started + seconds

    async def sells(number: int) -> None:
        nonlocal done
        while time.perf_counter() < until:
            if await checkout(number):
                done += 1
            else:
                measured.busy += 1
                # Whoever finds none waits to be told; here it is tried again when others had their turn.
                await asyncio.sleep(0.002)

    await asyncio.gather(*(sells(number) for number in range(sellers)))
    measured.per_second.append(done / (time.perf_counter() - started))
    measured.cpu_ms.append((time.process_time() - cpu) * 1000 / max(done, 1))


@asynccontextmanager
async def _both(options: argparse.Namespace) -> AsyncIterator[dict[str, Checkout]]:
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="balcao-checkout-")))
        redis = EmbeddedRedis(directory)
        await redis.start()
        stack.push_async_callback(redis.stop)
        server = stack.enter_context(DurablePostgres())
        for statement in _PEER:
            server.sql(statement)
        server.sql(f"INSERT INTO logins SELECT n FROM generate_series(1, {options.logins}) n")  # noqa: S608 - a number
        pool = await stack.enter_async_context(
            asyncpg.create_pool(user="postgres", database="postgres", host=str(server.directory), max_size=20)
        )
        url = server.new_database()
        await _migrate(url)
        world = await stack.enter_async_context(open_world(url, redis.url))
        sellers = await _filled(world, options)
        turns = Turns(world.database, world.redis, world.secrets, lambda: datetime.now(UTC), LeftToWorkers())
        ours = Ours(turns, sellers)
        yield {"skip-locked": lambda number: skip_locked(pool, number), "ours": ours.checkout}


async def _migrate(url: str) -> None:
    database = Database(url, patient=True)
    await migrate(database)
    await database.close()


async def _filled(world: PoolWorld, options: argparse.Namespace) -> list[Seller]:
    world.now = datetime.now(UTC)
    for _ in range(options.logins):
        await world.add_login()
    sellers = [await world.add_seller() for _ in range(options.sellers)]
    async with world.turn() as tx:
        await tx.execute(text("ANALYZE"))
    return sellers


def report(results: dict[str, Measured], options: argparse.Namespace) -> str:
    """The table."""
    lines = [
        f"{options.logins} logins, {options.sellers} sellers, {options.rounds} rounds of {options.seconds:g} s each",
        "",
        "| | checkouts/s (median) | lowest – highest | CPU ms a checkout | nobody free | × the peer |",
        "|---|---|---|---|---|---|",
    ]
    for name, one in results.items():
        lines.append(f"| {WHAT[name]} | {one.cells} | {one.busy:,} | {_times(results, name):.2f} |")
    return "\n".join(lines)


def _times(results: dict[str, Measured], name: str) -> float:
    return times(results[name].per_second, results["skip-locked"].per_second)


def figures(results: dict[str, Measured]) -> list[Figure]:
    """The same for `all.py`."""
    peer, ours = results["skip-locked"].rate, results["ours"].rate
    return [
        Figure("login checkout", "checkouts", ours, "a second", beside=f"SKIP LOCKED {peer:,.0f}"),
        Figure("login checkout", "of the peer's rate", _times(results, "ours"), "×", goal=GOAL),
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logins", type=int, default=50)
    parser.add_argument("--sellers", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="of a round")
    parser.add_argument("--warmup", type=float, default=1.0)
    takes_json(parser)
    return parser.parse_args()


def main() -> None:
    options = _options()
    results = asyncio.run(measure(options))
    print(report(results, options))
    keep(figures(results), options.json)


if __name__ == "__main__":
    main()
