"""The Cloud API's stand-in behaves as the real one where the service could notice."""

import hashlib
import hmac
import json

import aiohttp
import pytest

from sandbox import Sandbox


async def _hello(sandbox, service, telefone="5531988804000", **ids):
    ana = sandbox.whatsapp.phone("Ana Souza", telefone, **ids)
    await (await ana.says("oi")).accepted()
    return ana


def _buttons(*replies, body="Confirma?"):
    buttons = [{"type": "reply", "reply": {"id": key, "title": title}} for key, title in replies]
    return {
        "type": "interactive",
        "interactive": {"type": "button", "body": {"text": body}, "action": {"buttons": buttons}},
    }


def _list(rows, button="Escolher", sections=1):
    shared = [{"title": f"Parte {n}", "rows": rows[n::sections]} for n in range(sections)]
    return {
        "type": "interactive",
        "interactive": {
            "type": "list",
            "header": {"type": "text", "text": "Planos"},
            "body": {"text": "Qual?"},
            "footer": {"text": "Nio"},
            "action": {"button": button, "sections": shared},
        },
    }


def _row(number, **changes):
    return {"id": f"r{number}", "title": f"Plano {number}", "description": f"{number}00 Mega"} | changes


async def test_webhook_is_verified_before_anything_is_delivered(sandbox: Sandbox, service):
    assert await sandbox.whatsapp.verify(f"{service.url}/whatsapp", challenge="42") == (200, "42")
    assert (await sandbox.whatsapp.verify(f"{service.url}/whatsapp", token="wrong"))[0] == 403
    sandbox.whatsapp.verify_token = ""
    with pytest.raises(ConnectionError, match="HTTP 405"):
        await sandbox.whatsapp.connect(f"{service.url}/nowhere")


async def test_webhook_is_signed_over_its_raw_bytes(sandbox, service):
    await _hello(sandbox, service)
    _, headers, _ = service.heard[0]
    digest = hmac.new(sandbox.whatsapp.app_secret.encode(), service.raw[0], hashlib.sha256).hexdigest()
    assert headers["X-Hub-Signature-256"] == f"sha256={digest}"
    raw = b'{ "object" : "x" }'
    assert await sandbox.whatsapp.deliver(raw, secret="other") == (200, "")
    assert service.raw[-1] == raw
    await sandbox.whatsapp.deliver({}, sign=False)
    assert "X-Hub-Signature-256" not in service.heard[-1][1]


async def test_inbound_text_has_metas_shape(sandbox, service):
    ana = await _hello(sandbox, service)
    value = service.events("whatsapp")[0]["entry"][0]["changes"][0]["value"]
    message = value["messages"][0]
    assert set(value) == {"messaging_product", "metadata", "contacts", "messages"}
    assert value["contacts"] == [{"profile": {"name": "Ana Souza"}, "wa_id": ana.wa_id, "user_id": ana.user_id}]
    assert message["from"] == "5531988804000"
    assert message["text"] == {"body": "oi"}
    assert message["id"].startswith("wamid.")
    assert message["timestamp"].isdecimal()


async def test_person_may_have_no_phone_at_all(sandbox, service):
    bia = await _hello(sandbox, service, None, user_id="BR.15000000001")
    value = service.events("whatsapp")[0]["entry"][0]["changes"][0]["value"]
    assert value["messages"][0]["from"] == "BR.15000000001"
    assert "wa_id" not in value["contacts"][0]
    status, answer = await service.whatsapp({"to": "BR.15000000001", "type": "text", "text": {"body": "olá"}})
    assert (status, answer["contacts"][0]["user_id"]) == (200, "BR.15000000001")
    await bia.sees("olá")


async def test_number_is_found_with_and_without_the_ninth_digit(sandbox, service):
    ana = await _hello(sandbox, service, wa_id="553188804000")
    for number in ("5531988804000", "+55 31 8880-4000"):
        status, answer = await service.whatsapp({"to": number, "type": "text", "text": {"body": number}})
        assert (status, answer["contacts"][0]["wa_id"]) == (200, "553188804000")
        await ana.sees(number)


async def test_buttons_and_lists_come_back_as_replies(sandbox, service):
    ana = await _hello(sandbox, service)
    await service.whatsapp({"to": ana.wa_id} | _buttons(("sim", "Sim, confirmo o…"), ("nao", "Não")))
    assert (await ana.sees("Confirma?")).buttons == [["Sim, confirmo o…"], ["Não"]]
    await (await ana.taps("Sim, confirmo o pedido")).accepted()
    await service.whatsapp({"to": ana.wa_id} | _list([_row(n) for n in range(1, 5)], sections=2))
    bubble = await ana.sees("400 Mega")
    assert (bubble.header, bubble.footer, bubble.list_button) == ("Planos", "Nio", "Escolher")
    await (await ana.taps("Plano 3")).accepted()
    replies = [
        message["interactive"]
        for event in service.events("whatsapp")
        for message in event["entry"][0]["changes"][0]["value"].get("messages", [])
        if message["type"] == "interactive"
    ]
    assert replies[0] == {"type": "button_reply", "button_reply": {"id": "sim", "title": "Sim, confirmo o…"}}
    assert replies[1]["list_reply"] == {"id": "r3", "title": "Plano 3", "description": "300 Mega"}


@pytest.mark.parametrize(
    ("message", "details"),
    [
        (_buttons(("a", "x" * 21)), "Button title length invalid. Min length: 1, Max length: 20"),
        (_buttons(("a" * 257, "x")), "Button id length invalid"),
        (_buttons(("a", "x"), ("a", "y")), "Duplicated id in buttons"),
        (_buttons(("a", "x"), ("b", "x")), "Duplicated title in buttons"),
        (_buttons(*[(str(n), str(n)) for n in range(4)]), "Invalid buttons count"),
        (_buttons(("a", "x"), body=""), "Body text length invalid"),
        (_buttons(("a", "x"), body="x" * 1025), "Body text length invalid"),
        (_list([_row(n) for n in range(11)]), "Total row count exceed max allowed count: 10"),
        (_list([_row(1, title="x" * 25)]), "Row title length invalid"),
        (_list([_row(1, description="x" * 73)]), "Row description length invalid"),
        (_list([_row(1), _row(1)]), "Duplicated row id"),
        (_list([_row(1)], button="x" * 21), "Button text length invalid"),
        ({"type": "text", "text": {"body": "x" * 4097}}, "Param text['body'] length invalid"),
        ({"type": "image", "image": {"id": "1"}}, "Media ID 1 does not exist"),
    ],
)
async def test_message_beyond_a_limit_is_refused_in_metas_form(sandbox, service, message, details):
    ana = await _hello(sandbox, service)
    status, answer = await service.whatsapp({"to": ana.wa_id} | message)
    assert status == 400
    assert (answer["error"]["code"], answer["error"]["type"]) == (131009, "OAuthException")
    assert answer["error"]["error_data"]["details"].startswith(details)
    assert len(ana.screen) == 1


async def test_window_closes_after_a_day_and_a_template_still_goes(sandbox, service):
    ana = sandbox.whatsapp.phone("Ana", "5531988804000")
    text = {"to": ana.wa_id, "type": "text", "text": {"body": "olá"}}
    assert (await service.whatsapp(text))[1]["error"]["code"] == 131047
    template = {"name": "retomar", "language": {"code": "pt_BR"}, "components": []}
    assert (await service.whatsapp({"to": ana.wa_id, "type": "template", "template": template}))[0] == 200
    assert (await ana.sees("retomar")).kind == "template"
    await ana.says("oi")
    assert (await service.whatsapp(text))[0] == 200
    sandbox.whatsapp.faults.close_window(ana)
    sandbox.whatsapp.faults.failures_come_later = True
    status, answer = await service.whatsapp(text)
    assert status == 200
    await sandbox.whatsapp.settled()
    values = [event["entry"][0]["changes"][0]["value"] for event in service.events("whatsapp")]
    reports = [report for value in values for report in value.get("statuses", [])]
    [report] = [report for report in reports if report["id"] == answer["messages"][0]["id"]]
    assert report["status"] == "failed"
    assert report["errors"][0]["code"] == 131047


async def test_each_message_is_reported_sent_delivered_and_read(sandbox, service):
    ana = await _hello(sandbox, service)
    _, answer = await service.whatsapp({"to": ana.wa_id, "type": "text", "text": {"body": "olá"}})
    await sandbox.whatsapp.settled()
    values = [event["entry"][0]["changes"][0]["value"] for event in service.events("whatsapp")[1:]]
    assert [value["statuses"][0]["status"] for value in values] == ["sent", "delivered", "read"]
    assert {value["statuses"][0]["id"] for value in values} == {answer["messages"][0]["id"]}
    sandbox.whatsapp.statuses = ()
    await service.whatsapp({"to": ana.wa_id, "type": "text", "text": {"body": "quieto"}})
    await sandbox.whatsapp.settled()
    assert len(service.events("whatsapp")) == 4


async def test_typing_marks_the_message_read(sandbox, service):
    ana = await _hello(sandbox, service)
    body = {"status": "read", "message_id": ana.screen[0].id, "typing_indicator": {"type": "text"}}
    assert await service.whatsapp(body) == (200, {"success": True})
    assert (ana.screen[0].status, ana.activity) == ("read", "typing")
    await service.whatsapp({"to": ana.wa_id, "type": "text", "text": {"body": "olá"}})
    assert ana.activity == ""
    assert (await service.whatsapp(body | {"message_id": "wamid.no"}))[1]["error"]["code"] == 131009


async def test_media_goes_both_ways_and_its_link_needs_the_token(sandbox, service):
    ana = await _hello(sandbox, service)
    await (await ana.sends_document("fatura.pdf", b"%PDF-1.4", caption="abril")).accepted()
    document = service.events("whatsapp")[-1]["entry"][0]["changes"][0]["value"]["messages"][0]["document"]
    assert (document["filename"], document["caption"]) == ("fatura.pdf", "abril")
    settings = sandbox.settings()
    root = f"{settings['WHATSAPP_API_URL']}/{settings['WHATSAPP_API_VERSION']}"
    async with service.http.get(f"{root}/{document['id']}", headers=service.whatsapp_token) as response:
        node = await response.json()
    assert (node["sha256"], node["file_size"]) == (hashlib.sha256(b"%PDF-1.4").hexdigest(), 8)
    async with service.http.get(node["url"]) as response:
        assert response.status == 401
    async with service.http.get(node["url"], headers=service.whatsapp_token) as response:
        assert await response.read() == b"%PDF-1.4"
    sandbox.whatsapp.media.expire_links()
    async with service.http.get(node["url"], headers=service.whatsapp_token) as response:
        assert response.status == 404
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": "application/pdf"})
    form.add_field("file", b"%PDF-1.7", filename="x.pdf", content_type="application/pdf")
    url = f"{root}/{settings['WHATSAPP_PHONE_NUMBER_ID']}/media"
    async with service.http.post(url, data=form, headers=service.whatsapp_token) as response:
        media_id = (await response.json())["id"]
    sent = {"id": media_id, "filename": "boleto.pdf", "caption": "segue"}
    assert (await service.whatsapp({"to": ana.wa_id, "type": "document", "document": sent}))[0] == 200
    assert (await ana.sees("boleto.pdf")).document == b"%PDF-1.7"


async def test_planned_failures_have_metas_codes(sandbox, service):
    ana = await _hello(sandbox, service)
    text = {"to": ana.wa_id, "type": "text", "text": {"body": "olá"}}
    for code, status in ((131056, 400), (130429, 429), (131026, 400), (190, 401), (131000, 500)):
        sandbox.whatsapp.faults.fail_next("text", code=code)
        got, answer = await service.whatsapp(text)
        assert (got, answer["error"]["code"]) == (status, code)
    await ana.blocks()
    assert (await service.whatsapp(text))[1]["error"]["code"] == 131026
    sandbox.whatsapp.faults.clear()
    sandbox.whatsapp.faults.down = True
    assert (await service.whatsapp(text))[0] == 503


async def test_wrong_token_is_refused_and_the_number_can_be_asked(sandbox, service):
    settings = sandbox.settings()
    url = "/".join(settings[f"WHATSAPP_{name}"] for name in ("API_URL", "API_VERSION", "PHONE_NUMBER_ID"))
    async with service.http.get(url, headers={"Authorization": "Bearer x"}) as response:
        assert (response.status, (await response.json())["error"]["code"]) == (401, 190)
    async with service.http.get(url, headers=service.whatsapp_token) as response:
        assert (await response.json())["display_phone_number"] == "+55 31 4004-2000"


async def test_changed_number_is_told_under_the_old_one(sandbox, service):
    ana = await _hello(sandbox, service)
    before = ana.user_id
    await (await ana.changes_number("5531977776666")).accepted()
    value = service.events("whatsapp")[-1]["entry"][0]["changes"][0]["value"]
    assert "contacts" not in value
    assert value["messages"][0]["from"] == "5531988804000"
    assert value["messages"][0]["system"]["wa_id"] == "5531977776666"
    assert ana.user_id != before


async def test_webhook_is_sent_again_until_it_is_accepted(sandbox, service):
    service.answers = [500, 500]
    ana = sandbox.whatsapp.phone("Ana", "5531988804000")
    await (await ana.says("oi")).finished()
    wamids = {json.loads(raw)["entry"][0]["changes"][0]["value"]["messages"][0]["id"] for raw in service.raw}
    assert (len(service.raw), len(wamids)) == (3, 1)
