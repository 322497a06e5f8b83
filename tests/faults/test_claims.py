"""Whoever has a call of the outbox signs for it: what somebody else has taken is neither sent nor put off."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.pace import still_ours
from core.delivery_errors import Throttled
from storage.outbox.claims import OWNER_SECONDS, claim_lane, keep_claim, mark_done, postpone
from tests.support.couriers import LANE, FakeSender, courier_in, opened, outbox, say
from tests.support.turning import World, open_world

pytestmark = pytest.mark.each_database


async def _claimed(world: World, turns: Any) -> Sequence[Any]:
    return await turns.run(lambda tx: claim_lane(tx, LANE, 20))  # type: ignore[no-any-return]


@pytest.mark.falha(123)
async def test_who_lost_a_claim_neither_holds_nor_puts_off(database_url: str) -> None:
    async with open_world(database_url) as world:
        first, second = world.process(), world.process()
        await say(world.turns, "um")
        world.clock.move(seconds=OWNER_SECONDS)
        (lost,) = await _claimed(world, first)
        world.clock.move(seconds=OWNER_SECONDS)
        (theirs,) = await _claimed(world, second)
        later = world.clock() + timedelta(hours=1)
        assert not await first.run(lambda tx: keep_claim(tx, [lost]))
        assert not await first.run(lambda tx: postpone(tx, lost, later, "x", counts=True))
        assert await second.run(lambda tx: keep_claim(tx, [theirs]))
        assert [row[1] for row in await outbox(world)] == [0]


@pytest.mark.falha(123)
async def test_a_claim_that_cannot_be_renewed_does_not_send(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sender = FakeSender()
    async with opened(database_url, sender) as (world, courier):
        monkeypatch.setattr("storage.transaction.Call.is_ours", False)

        async def locked(tx: Any, calls: Any) -> bool:
            raise OSError("database is locked")

        monkeypatch.setattr("bot.outbox.courier.keep_claim", locked)
        await say(world.turns, "um")
        while courier.busy:  # noqa: ASYNC110 - nothing else says so
            await asyncio.sleep(0.01)
        assert sender.sent == []


@pytest.mark.falha(123)
async def test_a_wait_for_the_pace_may_outlast_the_claim(sqlite_url: str) -> None:
    async with open_world(sqlite_url) as world:
        await say(world.turns, "um")
        world.clock.move(seconds=OWNER_SECONDS)
        (call,) = await _claimed(world, world.turns)
        still_ours(call)
        call.ours_until = 0.0
        with pytest.raises(Throttled):
            still_ours(call)


@pytest.mark.falha(124)
async def test_a_mark_that_fails_is_kept_and_what_was_sent_is_not_sent_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = FakeSender()
    failures = [OSError("database is locked")] * 3

    async def stubborn(tx: Any, rows: Any) -> None:
        if failures:
            raise failures.pop()
        await mark_done(tx, rows)

    async with opened(database_url, sender) as (world, _courier):
        monkeypatch.setattr("bot.outbox.marker.mark_done", stubborn)
        await say(world.turns, "um", "dois")
        await sender.has_begun("um")
        async with asyncio.timeout(10):
            while not (await outbox(world))[0][2]:  # noqa: ASYNC110 - nothing else says so
                await asyncio.sleep(0.05)
        world.clock.move(seconds=OWNER_SECONDS)
        other = courier_in(world, world.process(), sender)
        await other.deliver(LANE)
        await sender.has_sent("um", "dois")


@pytest.mark.falha(125)
async def test_a_text_that_no_database_keeps_is_cleaned(database_url: str) -> None:
    async with open_world(database_url) as world:
        await say(world.turns, "um")
        world.clock.move(seconds=OWNER_SECONDS)
        (call,) = await _claimed(world, world.turns)
        await world.turns.run(lambda tx: mark_done(tx, [(call.id, "id\0", "Bad \0 request \ud83d")]))
        (row,) = await world.rows("SELECT provider_id, error FROM outbox")
        assert row == {"provider_id": "id", "error": "Bad  request ?"}
