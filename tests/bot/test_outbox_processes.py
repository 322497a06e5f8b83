"""Several processes over one outbox: each call is made by one of them, and no lane is reordered."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.outbox.courier import Courier
from bot.turn import Turns
from core.delivery_errors import Again, Throttled
from core.time import utc_now
from storage.contatos.conversas import open_contato
from storage.outbox.claims import OWNER_SECONDS, due_lanes
from storage.outbox.written import write_down
from storage.transaction import Call, Transaction
from tests.support.couriers import LANE, FakeSender, courier_in, due_at, opened, say, settled
from tests.support.turning import World, open_world


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
async def world_and_courier(sqlite_url: str, sender: FakeSender) -> AsyncIterator[tuple[World, Courier]]:
    async with opened(sqlite_url, sender) as both:
        yield both


@pytest.fixture
def world(world_and_courier: tuple[World, Courier]) -> World:
    return world_and_courier[0]


@pytest.fixture
def courier(world_and_courier: tuple[World, Courier]) -> Courier:
    return world_and_courier[1]


@pytest.mark.each_database
class TestSeveralProcesses:
    @pytest.mark.falha(58)
    async def test_what_a_killed_process_wrote_another_one_sends(self, world: World, sender: FakeSender) -> None:
        world.turns.after.courier = lambda calls: None  # killed right after its commit
        await say(world.turns, "1", "2")
        other = courier_in(world, world.process(), sender)
        await other.deliver(LANE)
        assert sender.sent == [], "it may only be slow"
        world.clock.move(seconds=OWNER_SECONDS)
        await other.deliver(LANE)
        assert sender.sent == ["1", "2"]

    @pytest.mark.falha(48)
    async def test_a_process_that_was_paused_does_not_send_what_another_one_has_taken(
        self, world: World, courier: Courier, sender: FakeSender, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sender.open.clear()
        await say(world.turns, "1", "2")
        await sender.has_begun("1")
        # The process stands still for 31 minutes; another one takes the lane over, and it goes on.
        world.clock.move(minutes=31)
        monkeypatch.setattr("storage.transaction.Call.is_ours", False)
        theirs = FakeSender()
        other = courier_in(world, world.process(), theirs)
        await other.deliver(LANE)
        sender.open.set()
        await settled(courier)
        assert theirs.sent == ["1", "2"]
        assert sender.sent == ["1"], "the call it was in the middle of, and nothing after it"

    async def test_a_call_that_takes_longer_than_a_claim_is_made_by_nobody_else(
        self, world: World, courier: Courier, sender: FakeSender, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.outbox.courier._RENEW_SECONDS", 0.01)
        sender.open.clear()
        await say(world.turns, "1", "2")
        await sender.has_begun("1")
        theirs = FakeSender()
        other = courier_in(world, world.process(), theirs)
        async with asyncio.timeout(10):
            for _ in range(3):
                world.clock.move(seconds=OWNER_SECONDS - 1)
                while await due_at(world) < world.clock() + timedelta(seconds=OWNER_SECONDS):  # noqa: ASYNC110 - a row
                    await asyncio.sleep(0.005)
                await other.deliver(LANE)
        sender.open.set()
        await sender.has_sent("1", "2")
        assert theirs.starts == []

    async def test_a_process_that_writes_behind_another_ones_call_does_not_wait_for_its_claim_to_end(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        other = courier_in(world, world.process(), sender)
        other.turns.after.courier = other.take
        sender.open.clear()
        await say(world.turns, "1")
        await sender.has_begun("1")
        await say(other.turns, "2")
        await settled(other)
        assert sender.starts == ["1"]
        sender.open.set()
        await sender.has_sent("1")
        await settled(courier)
        async with world.database.read() as connection:
            assert await due_lanes(connection, world.clock()) == [LANE], "anybody may go on, and at once"
        await other.deliver(LANE)
        assert sender.sent == ["1", "2"]

    @pytest.mark.parametrize("seed", [1, 2, 3])
    async def test_two_processes_never_reorder_a_lane_nor_make_a_call_twice(self, database_url: str, seed: int) -> None:
        chance = random.Random(seed)
        async with open_world(database_url) as world:
            world.time = utc_now
            made: list[tuple[str, int]] = []
            couriers = [_clumsy_courier(world, turns, chance, made) for turns in (world.turns, world.process())]
            people = [await world.person(str(number)) for number in range(3)]
            turns = [_in_a_conversation(chance.choice(couriers), chance.choice(people)) for _ in range(40)]
            await asyncio.gather(*(turn() for turn in turns))
            await _until_all_is_made(world, couriers)
            rows = await world.rows("SELECT lane, id FROM outbox ORDER BY id")
        written = [(row["lane"], row["id"]) for row in rows]
        assert sorted(made) == sorted(written), "every call once"
        for lane in {lane for lane, _ in written}:
            assert [call for call in made if call[0] == lane] == [call for call in written if call[0] == lane]


def _clumsy_courier(world: World, turns: Turns, chance: random.Random, made: list[tuple[str, int]]) -> Courier:
    """A courier whose provider takes its time, throttles and breaks the connection."""

    class Clumsy:
        max_attempts = 1000
        first_wait = 0.001

        async def send(self, call: Call) -> str | None:
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)
            fate = chance.random()
            if fate < 0.1:
                raise Throttled("slow down", "429", chance.random() / 50)
            if fate < 0.2:
                call.attempts = 0
                raise Again("no answer", "network")
            made.append((call.lane, call.id))
            return None

        async def give_up(self, call: Call, reason: str) -> None:
            raise AssertionError(f"gave up {call.id}: {reason}")

    courier = courier_in(world, turns, Clumsy(), chance)
    turns.after.courier = courier.take
    return courier


def _in_a_conversation(courier: Courier, contato_id: int) -> Callable[[], Awaitable[None]]:
    async def work(tx: Transaction) -> None:
        contato = await open_contato(tx, contato_id)
        assert contato is not None
        for _ in range(2):
            await write_down(tx, contato.lane, "fake", "sendMessage", {}, contato.id)

    return lambda: courier.turns.run(work)


async def _until_all_is_made(world: World, couriers: list[Courier]) -> None:
    """What workers do: look which lanes are due, both at once."""
    async with asyncio.timeout(30):
        while await world.rows("SELECT 1 FROM outbox WHERE done_at IS NULL LIMIT 1"):
            async with world.database.read() as connection:
                lanes = await due_lanes(connection, utc_now())
            await asyncio.gather(*(courier.deliver(lane) for lane in lanes for courier in couriers))
            busy: set[Any] = {task for courier in couriers for task in courier._tasks}
            await asyncio.wait(busy or {asyncio.create_task(asyncio.sleep(0.005))})
