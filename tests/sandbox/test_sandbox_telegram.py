"""The Bot API's stand-in behaves as the real one where the service could notice."""

import asyncio

import aiohttp
import pytest


async def _hello(sandbox, service):
    ana = sandbox.telegram.phone("Ana Souza", "5531988804000")
    await (await ana.says("oi")).accepted()
    return ana


@pytest.mark.parametrize(
    ("params", "status", "description"),
    [
        ({"text": "x" * 4097}, 400, "Bad Request: message is too long"),
        ({"text": "  "}, 400, "Bad Request: message text is empty"),
        ({"text": "oi", "chat_id": 1}, 400, "Bad Request: chat not found"),
        (
            {"text": "<b>oi", "parse_mode": "HTML"},
            400,
            "Bad Request: can't parse entities: Can't find end tag",
        ),
        ({"text": "a < b <x>", "parse_mode": "HTML"}, 400, "Bad Request: can't parse entities: Unsupported"),
        (
            {"text": "oi", "reply_parameters": {"message_id": 9}},
            400,
            "Bad Request: message to be replied not",
        ),
    ],
)
async def test_message_is_refused_as_the_real_server_refuses_it(sandbox, service, params, status, description):
    ana = await _hello(sandbox, service)
    body = await service.telegram("sendMessage", **({"chat_id": ana.user_id} | params))
    assert body["error_code"] == status
    assert body["description"].startswith(description)


@pytest.mark.parametrize("data", ["", "x" * 65, "ç" * 33])
async def test_callback_data_is_1_to_64_bytes(sandbox, service, data):
    ana = await _hello(sandbox, service)
    keyboard = {"inline_keyboard": [[{"text": "SIM", "callback_data": data}]]}
    body = await service.telegram("sendMessage", chat_id=ana.user_id, text="?", reply_markup=keyboard)
    assert body["description"] == "Bad Request: BUTTON_DATA_INVALID"


async def test_html_becomes_text_and_entities(sandbox, service):
    ana = await _hello(sandbox, service)
    text = "😀 <b>Pedido</b> &lt;1&gt;"
    body = await service.telegram("sendMessage", chat_id=ana.user_id, text=text, parse_mode="HTML")
    assert body["result"]["text"] == "😀 Pedido <1>"
    assert body["result"]["entities"] == [{"type": "bold", "offset": 3, "length": 6}]
    await ana.sees("Pedido <1>")


async def test_wrong_token_and_unknown_method(sandbox, service):
    url = sandbox.settings()["TELEGRAM_API_URL"]
    async with service.http.post(f"{url}/bot1:wrong/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
    assert (await service.telegram("noSuchMethod"))["error_code"] == 404


async def test_forms_are_read_as_json_is(sandbox, service):
    ana = await _hello(sandbox, service)
    settings = sandbox.settings()
    url = f"{settings['TELEGRAM_API_URL']}/bot{settings['TELEGRAM_BOT_TOKEN']}/sendDocument"
    form = aiohttp.FormData()
    form.add_field("chat_id", str(ana.user_id))
    form.add_field("document", "attach://f")
    form.add_field("caption", "{não é json")
    form.add_field("reply_markup", '{"inline_keyboard":[[{"text":"Abrir","url":"https://example.com"}]]}')
    form.add_field("f", b"%PDF-1.4", filename="fatura.pdf", content_type="application/pdf")
    async with service.http.post(url, data=form) as response:
        message = (await response.json())["result"]
    bubble = await ana.sees("fatura.pdf")
    assert (bubble.document, bubble.kind, bubble.text) == (b"%PDF-1.4", "document", "{não é json")
    path = (await service.telegram("getFile", file_id=message["document"]["file_id"]))["result"]["file_path"]
    file_url = f"{settings['TELEGRAM_API_URL']}/file/bot{settings['TELEGRAM_BOT_TOKEN']}/{path}"
    async with service.http.get(file_url) as response:
        assert await response.read() == b"%PDF-1.4"


async def test_edit_changes_the_bubble_and_both_texts_can_be_seen(sandbox, service):
    ana = await _hello(sandbox, service)
    sent = (await service.telegram("sendMessage", chat_id=ana.user_id, text="10%"))["result"]
    where = {"chat_id": ana.user_id, "message_id": sent["message_id"]}
    await service.telegram("editMessageText", text="50%", **where)
    again = await service.telegram("editMessageText", text="50%", **where)
    assert again["description"].startswith("Bad Request: message is not modified")
    assert (await ana.sees("10%")) is (await ana.sees("50%"))
    assert ana.screen[-1].edited
    gone = await service.telegram("editMessageText", chat_id=ana.user_id, message_id=99999, text="x")
    assert gone["description"] == "Bad Request: message to edit not found"


async def test_tap_is_answered_once_and_shows_a_toast(sandbox, service):
    ana = await _hello(sandbox, service)
    keyboard = {"inline_keyboard": [[{"text": "✅ SIM", "callback_data": "sim"}]]}
    await service.telegram("sendMessage", chat_id=ana.user_id, text="?", reply_markup=keyboard)
    await (await ana.taps("SIM")).accepted()
    query = service.events("telegram")[-1]["callback_query"]
    assert query["data"] == "sim"
    assert query["message"]["reply_markup"] == keyboard
    answer = {"callback_query_id": query["id"], "text": "Anotado"}
    assert (await service.telegram("answerCallbackQuery", **answer))["ok"]
    assert (await ana.sees("Anotado")).kind == "toast"
    late = await service.telegram("answerCallbackQuery", **answer)
    assert late["description"].startswith("Bad Request: query is too old")


async def test_old_button_can_still_be_tapped_and_a_deleted_message_has_no_date(sandbox, service):
    ana = await _hello(sandbox, service)
    keyboard = {"inline_keyboard": [[{"text": "SIM", "callback_data": "sim"}]]}
    sent = await service.telegram("sendMessage", chat_id=ana.user_id, text="?", reply_markup=keyboard)
    old = await ana.sees("?")
    where = {"chat_id": ana.user_id, "message_id": sent["result"]["message_id"]}
    await service.telegram("editMessageReplyMarkup", **where)
    with pytest.raises(AssertionError, match="had no 'SIM' to tap"):
        await ana.taps("SIM", timeout=0.01)
    await service.telegram("deleteMessage", **where)
    await (await ana.taps("SIM", bubble=old)).accepted()
    assert service.events("telegram")[-1]["callback_query"]["message"]["date"] == 0


async def test_contact_is_ones_own_or_somebody_elses(sandbox, service):
    ana = await _hello(sandbox, service)
    bia = sandbox.telegram.phone("Bia", "5531977776666")
    keyboard = {"keyboard": [[{"text": "Meu telefone", "request_contact": True}]], "one_time_keyboard": True}
    await service.telegram("sendMessage", chat_id=ana.user_id, text="Quem é?", reply_markup=keyboard)
    assert ana.actions == ["Meu telefone"]
    await (await ana.taps("Meu telefone")).accepted()
    assert ana.actions == []
    await (await ana.shares_contact_of(bia)).accepted()
    own, other = (update["message"]["contact"] for update in service.events("telegram")[-2:])
    assert own == {
        "phone_number": "5531988804000",
        "first_name": "Ana",
        "last_name": "Souza",
        "user_id": ana.user_id,
    }
    assert other["user_id"] == bia.user_id


async def test_deep_link_starts_the_chat(sandbox, service):
    ana = sandbox.telegram.phone("Ana")
    body = await service.telegram("sendMessage", chat_id=ana.user_id, text="oi")
    assert body["description"] == "Forbidden: bot can't initiate conversation with a user"
    await (await ana.opens_link("?start=convite-1")).accepted()
    assert service.events("telegram")[-1]["message"]["text"] == "/start convite-1"


async def test_menu_follows_the_narrowest_scope(sandbox, service):
    ana = await _hello(sandbox, service)
    bia = sandbox.telegram.phone("Bia")
    await service.telegram("setMyCommands", commands=[{"command": "ajuda", "description": "Ajuda"}])
    await service.telegram(
        "setMyCommands",
        commands=[{"command": "vender", "description": "Vender"}],
        scope={"type": "chat", "chat_id": ana.user_id},
    )
    assert ana.menu == [("vender", "Vender")]
    assert bia.menu == [("ajuda", "Ajuda")]
    bad = await service.telegram("setMyCommands", commands=[{"command": "VENDER", "description": "x"}])
    assert bad["description"] == "Bad Request: BOT_COMMAND_INVALID"


async def test_planned_failures_come_in_the_servers_own_words(sandbox, service):
    ana = await _hello(sandbox, service)
    faults, say = sandbox.telegram.faults, {"chat_id": ana.user_id, "text": "oi"}
    faults.fail_next("sendMessage", retry_after=14)
    body = await service.telegram("sendMessage", **say)
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 14",
        "parameters": {"retry_after": 14},
    }
    faults.down = True
    assert (await service.telegram("sendMessage", **say))["error_code"] == 503
    faults.clear()
    await ana.blocks()
    body = await service.telegram("sendMessage", **say)
    assert body["description"] == "Forbidden: bot was blocked by the user"
    assert [call.method for call in sandbox.telegram.calls].count("sendMessage") == 3


async def test_lost_answer_still_shows_the_message(sandbox, service):
    ana = await _hello(sandbox, service)
    sandbox.telegram.faults.lose_answer("sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await service.telegram("sendMessage", chat_id=ana.user_id, text="perdida")
    await ana.sees("perdida")


async def test_hanging_calls_go_on_when_released(sandbox, service):
    ana = await _hello(sandbox, service)
    sandbox.telegram.faults.hang = True
    call = asyncio.create_task(service.telegram("sendMessage", chat_id=ana.user_id, text="oi"))
    await sandbox.telegram.calls.wait_for("sendMessage")
    assert not call.done()
    sandbox.telegram.faults.hang = False
    assert (await call)["ok"]


async def test_failure_to_see_prints_the_screen(sandbox, service):
    ana = await _hello(sandbox, service)
    with pytest.raises(AssertionError, match=r"(?s)eu  \| oi.*never saw 'Pedido'"):
        await ana.sees("Pedido", timeout=0.01)
