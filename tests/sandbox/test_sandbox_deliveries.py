"""Updates come twice, late and out of order when a test or the panel says so, on both channels."""

import pytest
from aiohttp import web

CHANNELS = ["telegram", "whatsapp"]


@pytest.fixture(params=CHANNELS)
def channel(request, sandbox, service):
    return request.param, getattr(sandbox, request.param)


def _words(service, name):
    if name == "telegram":
        return [update["message"]["text"] for update in service.events(name)]
    values = [event["entry"][0]["changes"][0]["value"] for event in service.events(name)]
    return [value["messages"][0]["text"]["body"] for value in values]


async def test_every_event_comes_twice(channel, service):
    name, provider = channel
    provider.faults.deliver(2)
    ana = provider.phone("Ana", "5531988804000")
    await (await ana.says("um")).finished()
    assert (_words(service, name), provider.faults.copies) == (["um", "um"], 2)


async def test_event_that_is_late_is_on_its_way_until_it_comes(channel, service):
    name, provider = channel
    provider.faults.late = 0.05
    ana = provider.phone("Ana", "5531988804000")
    delivery = await ana.says("um")
    assert (_words(service, name), provider.courier.pending) == ([], [delivery])
    await provider.settled()
    assert _words(service, name) == ["um"]
    provider.faults.late = 0
    await (await ana.says("dois")).accepted()


async def test_every_second_event_overtakes_the_one_before(channel, service):
    name, provider = channel
    provider.faults.out_of_order = True
    ana = provider.phone("Ana", "5531988804000")
    for word in ("um", "dois", "três", "quatro"):
        await ana.says(word)
    await provider.settled()
    assert _words(service, name) == ["dois", "um", "quatro", "três"]


async def test_event_that_nothing_overtakes_comes_after_a_moment(channel, service, monkeypatch):
    name, provider = channel
    monkeypatch.setattr("sandbox.tardiness.OVERTAKEN_SECONDS", 0.05)
    provider.faults.out_of_order = True
    ana = provider.phone("Ana", "5531988804000")
    await (await ana.says("um")).accepted()
    assert _words(service, name) == ["um"]


async def test_events_on_their_way_are_forgotten_when_the_sandbox_ends(channel):
    _, provider = channel
    provider.faults.late = 60
    await provider.phone("Ana", "5531988804000").says("um")
    await provider.courier.stop()
    assert provider.courier.pending == []


async def test_clear_ends_every_fault(channel):
    _, provider = channel
    faults = provider.faults
    faults.late, faults.out_of_order, faults.rates, faults.down = 3, True, True, True
    faults.deliver(2)
    faults.clear()
    assert (faults.late, faults.out_of_order, faults.rates, faults.down, faults.copies) == (0, False, False, False, 1)


async def test_refused_event_is_sent_again_and_the_next_waits_for_it(channel, service):
    name, provider = channel
    ana = provider.phone("Ana", "5531988804000")
    service.answers = [500, 404, 503]
    first, second = await ana.says("um"), await ana.says("dois")
    await second.accepted()
    assert [reply.status for reply in first.attempts] == [500, 404, 503, 200]
    assert _words(service, name) == ["um"] * 4 + ["dois"]


async def test_answer_to_a_telegram_webhook_may_hold_a_call(sandbox, service):
    async def answer(request: web.Request) -> web.Response:
        chat = (await request.json())["message"]["chat"]["id"]
        return web.json_response({"method": "sendMessage", "chat_id": chat, "text": "Olá"})

    app = web.Application()
    app.add_routes([web.post("/", answer)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await service.telegram("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/")
    ana = sandbox.telegram.phone("Ana")
    await ana.says("oi")
    await ana.sees("Olá")
    assert sandbox.telegram.calls[-1].params == {"chat_id": ana.user_id, "text": "Olá"}
    await runner.cleanup()
