"""Updates reach the service as the real server brings them."""

from sandbox import Sandbox


async def _hello(sandbox, service):
    ana = sandbox.telegram.phone("Ana Souza", "5531988804000")
    await (await ana.says("oi")).accepted()
    return ana


async def test_update_carries_the_secret_and_the_person(sandbox, service):
    ana = await _hello(sandbox, service)
    _, headers, update = service.heard[0]
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
    message = update["message"]
    assert message["chat"]["id"] == message["from"]["id"] == ana.user_id > 2**31
    assert message["from"]["last_name"] == "Souza"
    assert message["text"] == "oi"


async def test_update_ids_grow(sandbox, service):
    ana = await _hello(sandbox, service)
    for word in ("um", "dois"):
        await (await ana.says(word)).accepted()
    ids = [update["update_id"] for update in service.events("telegram")]
    assert ids == sorted(set(ids))
    assert len(ids) == 3


async def test_update_is_sent_again_until_it_is_accepted(sandbox, service):
    service.answers = [500, 503, 200]
    ana = sandbox.telegram.phone("Ana")
    delivery = await ana.says("oi")
    await delivery.finished()
    assert [reply.status for reply in delivery.attempts] == [500, 503, 200]
    assert len({update["update_id"] for update in service.events("telegram")}) == 1


async def test_later_message_waits_for_the_refused_one_but_a_tap_does_not(sandbox, service):
    ana = await _hello(sandbox, service)
    await service.telegram(
        "sendMessage",
        chat_id=ana.user_id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "SIM", "callback_data": "sim"}]]},
    )
    service.answers = [500]
    first = await ana.says("um")
    tap = await ana.taps("SIM")
    await tap.accepted()
    await first.accepted()
    order = [next(key for key in body if key != "update_id") for body in service.events("telegram")[1:]]
    assert sorted(order) == ["callback_query", "message", "message"]


async def test_update_waits_until_there_is_a_webhook(sandbox: Sandbox, service):
    await service.telegram("deleteWebhook")
    ana = sandbox.telegram.phone("Ana")
    delivery = await ana.says("oi")
    info = (await service.telegram("getWebhookInfo"))["result"]
    assert (info["url"], info["pending_update_count"]) == ("", 1)
    await service.telegram("setWebhook", url=f"{service.url}/telegram", secret_token="other")
    await delivery.accepted()
    assert service.heard[-1][1]["X-Telegram-Bot-Api-Secret-Token"] == "other"


async def test_every_update_may_come_several_times(sandbox, service):
    sandbox.telegram.faults.deliver(3, at_once=True)
    ana = sandbox.telegram.phone("Ana")
    delivery = await ana.says("oi")
    await delivery.finished()
    assert len(service.events("telegram")) == 3


async def test_withheld_updates_come_backwards(sandbox, service):
    ana = await _hello(sandbox, service)
    sandbox.telegram.faults.withhold()
    for word in ("um", "dois", "três"):
        await ana.says(word)
    for delivery in sandbox.telegram.faults.release(backwards=True):
        await delivery.accepted()
    assert [update["message"]["text"] for update in service.events("telegram")[1:]] == ["três", "dois", "um"]


async def test_raw_delivery_can_carry_another_secret(sandbox, service):
    status, _ = await sandbox.telegram.deliver({"update_id": 1}, secret="wrong")
    assert status == 200
    assert service.heard[-1][1]["X-Telegram-Bot-Api-Secret-Token"] == "wrong"
    await sandbox.telegram.deliver(b"[]", secret="")
    assert "X-Telegram-Bot-Api-Secret-Token" not in service.heard[-1][1]
