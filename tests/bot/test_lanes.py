"""A file that is slow, in the lane of a consultor who has several customers."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.outbox import lanes
from bot.outbox.courier import Courier
from bot.outbox.lanes import patience
from core.delivery_errors import Throttled
from storage.outbox.written import write_down
from storage.transaction import Call, Transaction
from tests.support.couriers import LANE, FakeSender, opened, outbox, settled
from tests.support.turning import World

FILE = {"document": {"object_key": "arquivos/2026/11/f1"}}


class SlowFiles(FakeSender):
    """Files take as long as the lane lets them; everything else is made at once, or fails as `outcomes` says."""

    def __init__(self) -> None:
        super().__init__()
        self.given = asyncio.Event()

    async def send(self, call: Call) -> str | None:
        if "document" not in call.params:
            return await super().send(call)
        self.starts.append(call.method)
        self.started.notify()
        try:
            async with patience(call, 60.0):
                await self.given.wait()
        except TimeoutError:
            call.method += " late"
        self.sent.append(call.method)
        self.started.notify()
        return f"id-{call.method}"


@pytest.fixture
def sender() -> SlowFiles:
    return SlowFiles()


@pytest.fixture
async def world_and_courier(sqlite_url: str, sender: SlowFiles) -> AsyncIterator[tuple[World, Courier]]:
    async with opened(sqlite_url, sender) as both:
        yield both


async def said(world: World, *methods: str) -> None:
    """`a1`: of customer a; `a-file`: a file of theirs; `menu`: of nobody."""

    async def work(tx: Transaction) -> None:
        for method in methods:
            whose = {} if method == "menu" else {"atendimento": method[0]}
            await write_down(tx, LANE, "fake", method, whose | (FILE if "file" in method else {}))

    await world.turns.run(work)


@pytest.mark.falha(234)
async def test_the_other_customers_go_on_and_its_own_text_waits(
    world_and_courier: tuple[World, Courier], sender: SlowFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "GIVE_WAY_SECONDS", 60.0)
    world, courier = world_and_courier
    await said(world, "a-file", "a1", "b1", "b2")
    await sender.has_sent("b1", "b2")
    await said(world, "c1")
    await sender.has_sent("b1", "b2", "c1")
    sender.given.set()
    await sender.has_sent("b1", "b2", "c1", "a-file", "a1")
    await settled(courier)


@pytest.mark.falha(234)
@pytest.mark.parametrize("behind", ["a1", "menu"])
async def test_for_what_has_to_wait_for_it_it_gives_way(
    world_and_courier: tuple[World, Courier], sender: SlowFiles, monkeypatch: pytest.MonkeyPatch, behind: str
) -> None:
    monkeypatch.setattr(lanes, "GIVE_WAY_SECONDS", 0.1)
    await said(world_and_courier[0], "a-file", behind)
    await sender.has_sent("a-file late", behind)


@pytest.mark.falha(234)
async def test_for_nobody_it_takes_its_time(
    world_and_courier: tuple[World, Courier], sender: SlowFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "GIVE_WAY_SECONDS", 0.0)
    world, courier = world_and_courier
    await said(world, "a-file")
    await sender.has_begun("a-file")
    await said(world, "b1")
    await sender.has_sent("b1")
    sender.given.set()
    await sender.has_sent("b1", "a-file")
    await settled(courier)


@pytest.mark.falha(234)
async def test_a_lane_that_has_to_wait_leaves_the_file_to_who_is_sending_it(
    world_and_courier: tuple[World, Courier], sender: SlowFiles
) -> None:
    """Another process that took the file up would send it twice."""
    world, courier = world_and_courier
    sender.outcomes["b1"] = [Throttled("slow down", "429", 3600)]
    await said(world, "a-file", "b1", "b2")
    await sender.has_begun("b1")
    while not [row for row in await outbox(world) if row[3]]:  # noqa: ASYNC110
        await asyncio.sleep(0)
    claimed = "SELECT method FROM outbox WHERE done_at IS NULL AND claimed_by IS NOT NULL ORDER BY id"
    assert (await world.rows(claimed))[0] == {"method": "a-file"}
    sender.given.set()
    await sender.has_sent("a-file")
    await settled(courier)
    assert [row[2] for row in await outbox(world)] == [True, False, False]
