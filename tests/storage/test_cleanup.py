"""What is done and old is forgotten; what somebody still needs is kept, however old."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert

from storage.cleanup import forget_old
from storage.contatos.conversas import mark_event
from storage.failed_events import record_failure
from storage.outbox import mark_done, write_down
from storage.tables import early_callbacks
from storage.transaction import Transaction
from tests.support.turning import World, open_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def test_an_event_is_known_again_for_as_long_as_a_provider_may_repeat_it(world: World) -> None:
    """Meta delivers again for seven days (developers.facebook.com, webhooks)."""
    await world.turns.run(lambda tx: mark_event(tx, "whatsapp", "wamid.1"))
    world.clock.move(days=8)
    await world.turns.run(forget_old)
    assert not await world.turns.run(lambda tx: mark_event(tx, "whatsapp", "wamid.1"))
    world.clock.move(days=7)
    await world.turns.run(forget_old)
    assert await world.rows("SELECT * FROM events") == []


async def test_calls_are_forgotten_a_month_after_they_were_made_and_never_before(world: World) -> None:
    async def write(tx: Transaction) -> list[int]:
        return [(await write_down(tx, "a", "telegram", name, {})).id for name in ("made", "waiting", "newest")]

    made, _, newest = await world.turns.run(write)
    await world.turns.run(lambda tx: mark_done(tx, [(made, None, None), (newest, None, None)]))
    world.clock.move(days=29)
    await world.turns.run(forget_old)
    assert len(await world.rows("SELECT id FROM outbox")) == 3
    world.clock.move(days=400)
    await world.turns.run(forget_old)
    left = await world.rows("SELECT method FROM outbox ORDER BY id")
    assert [row["method"] for row in left] == ["waiting", "newest"], "a call not made yet is never forgotten"


async def test_ids_go_on_growing_after_everything_was_forgotten(world: World) -> None:
    first = await world.turns.run(lambda tx: write_down(tx, "a", "telegram", "m", {}))
    await world.turns.run(lambda tx: mark_done(tx, [(first.id, None, None)]))
    world.clock.move(days=400)
    await world.turns.run(forget_old)
    assert (await world.turns.run(lambda tx: write_down(tx, "a", "telegram", "m", {}))).id > first.id


async def test_callbacks_nobody_claimed_are_forgotten_after_a_day(world: World) -> None:
    for _ in range(2):
        values = {"job_id": "j", "payload": {}, "received_at": world.clock()}
        await world.turns.run(lambda tx, values=values: tx.execute(insert(early_callbacks).values(values)))  # type: ignore[misc]
        world.clock.move(hours=20)
    await world.turns.run(forget_old)
    assert len(await world.rows("SELECT id FROM early_callbacks")) == 1


async def test_dead_letters_stay_until_somebody_takes_care_of_them(world: World) -> None:
    for _ in range(3):
        await world.turns.run(lambda tx: record_failure(tx, "telegram", "1", "ValueError()", {"update": {}}))
    world.clock.move(days=400)
    await world.turns.run(forget_old)
    (letter,) = await world.rows("SELECT attempts, dead_at FROM failed_events")
    assert letter["attempts"] == 3
    assert letter["dead_at"] is not None
