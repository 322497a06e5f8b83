"""A service without a webhook fetches its updates."""

import asyncio

import pytest


@pytest.fixture
async def ana(sandbox, service):
    await service.telegram("deleteWebhook")
    return sandbox.telegram.phone("Ana Souza")


async def _fetch(service, **params):
    return (await service.telegram("getUpdates", **params))["result"]


async def test_updates_are_kept_until_they_are_confirmed(sandbox, service, ana):
    deliveries = [await ana.says(word) for word in ("um", "dois", "três")]
    for _ in range(2):
        assert [update["message"]["text"] for update in await _fetch(service)] == ["um", "dois", "três"]
    [first] = await _fetch(service, limit=1)
    rest = await _fetch(service, offset=first["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["dois", "três"]
    await deliveries[0].accepted()
    assert ana.screen[0].status == "sent"
    assert await _fetch(service, offset=rest[-1]["update_id"] + 1) == []
    await sandbox.telegram.settled()


async def test_negative_offset_keeps_only_the_newest(service, ana):
    for word in ("um", "dois", "três"):
        await ana.says(word)
    assert [update["message"]["text"] for update in await _fetch(service, offset=-1)] == ["três"]


async def test_long_poll_ends_when_something_comes(service, ana):
    poll = asyncio.create_task(_fetch(service, timeout=30))
    await asyncio.wait([poll], timeout=0.05)
    assert not poll.done()
    await ana.says("oi")
    assert [update["message"]["text"] for update in await poll] == ["oi"]


async def test_newer_poll_ends_the_older_one(sandbox, service, ana):
    older = asyncio.create_task(service.telegram("getUpdates", timeout=30))
    await sandbox.telegram.calls.wait_for("getUpdates")
    assert await _fetch(service) == []
    answer = await older
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_poll_ends_when_a_webhook_is_set(sandbox, service, ana):
    poll = asyncio.create_task(service.telegram("getUpdates", timeout=30))
    await sandbox.telegram.calls.wait_for("getUpdates")
    await service.telegram("setWebhook", url=f"{service.url}/telegram")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_kinds_of_updates_may_be_chosen_in_the_poll(service, ana):
    await ana.says("oi")
    await _fetch(service, allowed_updates=["message_reaction"])
    await ana.says("olá")
    await ana.reacts(ana.screen[0], "👍")
    assert [set(update) - {"update_id"} for update in await _fetch(service)] == [{"message"}, {"message_reaction"}]


async def test_pending_updates_can_be_dropped(sandbox, service, ana):
    await ana.says("oi")
    await service.telegram("deleteWebhook", drop_pending_updates=True)
    assert await _fetch(service) == []
    await sandbox.telegram.settled()
