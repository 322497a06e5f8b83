"""A courier over a sender that does what a test says: the outbox without a channel."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from bot.outbox.courier import Courier
from bot.outbox.sender import Sender
from bot.turn import Turns
from core.delivery_errors import DeliveryError
from sandbox.waiting import Signal
from storage.outbox.written import write_down
from storage.transaction import Call, Transaction
from tests.support.turning import World, open_world

LANE = "contato:1"
Outcome = DeliveryError | ValueError


class FakeSender:
    """Makes calls as a test says: `outcomes` by method, success when there are none left."""

    max_attempts = 3
    first_wait = 10.0

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.given_up: list[tuple[str, str]] = []
        self.outcomes: dict[str, list[Outcome]] = {}
        self.requests: list[object] = []
        self.open = asyncio.Event()
        self.open.set()
        self.started = Signal()
        self.starts: list[str] = []

    async def send(self, call: Call) -> str | None:
        self.starts.append(call.method)
        self.requests.append(structlog.contextvars.get_contextvars().get("request_id"))
        self.started.notify()
        await self.open.wait()
        if outcomes := self.outcomes.get(call.method):
            raise outcomes.pop(0)
        self.sent.append(call.method)
        self.started.notify()
        return f"id-{call.method}"

    async def give_up(self, call: Call, reason: str) -> None:
        self.given_up.append((call.method, reason))

    async def has_sent(self, *methods: str) -> None:
        """Wait until exactly these calls were made, in this order."""
        await self.started.expect(
            lambda: True if self.sent == list(methods) else None, 10.0, lambda: f"sent {self.sent}"
        )

    async def has_begun(self, method: str) -> None:
        await self.started.expect(lambda: method in self.starts or None, 10.0, lambda: f"began {self.starts}")


@asynccontextmanager
async def opened(database_url: str, sender: FakeSender) -> AsyncIterator[tuple[World, Courier]]:
    async with open_world(database_url) as world:
        courier = courier_in(world, world.turns, sender)
        world.turns.after.courier = courier.take
        yield world, courier


def courier_in(world: World, turns: Turns, sender: Sender, chance: random.Random | None = None) -> Courier:
    """The courier of one process. It has ended before the world does."""
    courier = Courier(turns, {"fake": sender}, chance or random.Random(1))
    world.at_close.append(lambda: courier.drain(5.0))
    return courier


async def say(turns: Turns, *methods: str, lane: str = LANE, contato_id: int | None = None) -> None:
    """A turn that writes these calls down."""

    async def work(tx: Transaction) -> None:
        for method in methods:
            await write_down(tx, lane, "fake", method, {}, contato_id)

    await turns.run(work)


async def settled(courier: Courier) -> None:
    """Wait until nothing is under way in this process."""
    while courier._tasks:
        await asyncio.wait(set(courier._tasks))


async def outbox(world: World) -> list[tuple[str, int, bool, str | None]]:
    """Every row: method, failed attempts, whether it is over, what went wrong."""
    rows = await world.rows("SELECT method, attempts, done_at, error FROM outbox ORDER BY id")
    return [(row["method"], row["attempts"], row["done_at"] is not None, row["error"]) for row in rows]


async def due_at(world: World) -> datetime:
    """When the oldest waiting call is due."""
    (row, *_) = await world.rows("SELECT due_at FROM outbox WHERE done_at IS NULL ORDER BY id")
    return datetime.fromisoformat(f"{row['due_at']}+00:00")
