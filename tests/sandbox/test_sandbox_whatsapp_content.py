"""Everything that crosses a hand-off, both ways, in the Cloud API's own shapes."""

import pytest

from sandbox.whatsapp.templates import Template


@pytest.fixture
async def ana(sandbox, service):
    ana = sandbox.whatsapp.phone("Ana Souza", "5531988804000")
    await (await ana.says("oi")).accepted()
    return ana


def _messages(service):
    values = [event["entry"][0]["changes"][0]["value"] for event in service.events("whatsapp")]
    return [message for value in values for message in value.get("messages", [])]


def _reports(service, wamid):
    values = [event["entry"][0]["changes"][0]["value"] for event in service.events("whatsapp")]
    return [report for value in values for report in value.get("statuses", []) if report["id"] == wamid]


async def _heard(service, delivery):
    await delivery.accepted()
    return _messages(service)[-1]


async def _download(sandbox, service, media_id):
    settings = sandbox.settings()
    url = f"{settings['WHATSAPP_API_URL']}/{settings['WHATSAPP_API_VERSION']}/{media_id}"
    async with service.http.get(url, headers=service.whatsapp_token) as response:
        node = await response.json()
    async with service.http.get(node["url"], headers=service.whatsapp_token) as response:
        return await response.read()


async def test_every_kind_of_file_reaches_the_service_with_its_bytes(sandbox, service, ana):
    voice = await _heard(service, await ana.sends_voice(b"OggS1"))
    assert (voice["audio"]["voice"], voice["audio"]["mime_type"]) == (True, "audio/ogg; codecs=opus")
    audio = await _heard(service, await ana.sends_audio("x.mp3", b"ID3"))
    assert (audio["audio"]["voice"], audio["audio"]["mime_type"]) == (False, "audio/mpeg")
    video = await _heard(service, await ana.sends_video(b"ftyp", "a sala"))
    sticker = await _heard(service, await ana.sends_sticker(b"RIFF"))
    photo = await _heard(service, await ana.sends_photo(b"\xff\xd8", "a fachada"))
    assert (video["video"]["caption"], photo["image"]["caption"]) == ("a sala", "a fachada")
    assert [bubble.kind for bubble in ana.screen[1:]] == ["voice", "audio", "video", "sticker", "photo"]
    for message, kind, data in ((voice, "audio", b"OggS1"), (video, "video", b"ftyp"), (sticker, "sticker", b"RIFF")):
        assert await _download(sandbox, service, message[kind]["id"]) == data


async def test_pictures_sent_together_are_messages_of_their_own(service, ana):
    for delivery in await ana.sends_photos([b"1", b"2"], "a obra"):
        await delivery.accepted()
    assert [message["image"].get("caption") for message in _messages(service)[-2:]] == ["a obra", None]


async def test_place_reply_and_reaction_reach_the_service(service, ana):
    place = await _heard(service, await ana.sends_location(-19.92, -43.94, "Loja", "Rua A, 1"))
    assert place["location"] == {"latitude": -19.92, "longitude": -43.94, "name": "Loja", "address": "Rua A, 1"}
    await service.whatsapp({"to": ana.wa_id, "type": "text", "text": {"body": "Qual plano?"}})
    asked = await ana.sees("Qual plano?")
    reply = await _heard(service, await ana.sends_voice(reply_to=asked))
    assert reply["context"] == {"from": "553140042000", "id": asked.id}
    assert (ana.screen[-1].quote, ana.screen[-1].reply_to) == ("Qual plano?", asked.id)
    reaction = await _heard(service, await ana.reacts(asked, "👍"))
    assert reaction["reaction"] == {"message_id": asked.id, "emoji": "👍"}
    gone = await _heard(service, await ana.reacts(asked, ""))
    assert gone["reaction"] == {"message_id": asked.id}


async def test_service_sends_places_and_contacts(service, ana):
    place = {"latitude": "-19.92", "longitude": -43.94, "name": "Loja", "address": "Rua A, 1"}
    assert (await service.whatsapp({"to": ana.wa_id, "type": "location", "location": place}))[0] == 200
    assert (await ana.sees("Rua A, 1")).location.latitude == -19.92
    contact = {"name": {"formatted_name": "Bia Lima", "first_name": "Bia"}, "phones": [{"phone": "+5531977776666"}]}
    assert (await service.whatsapp({"to": ana.wa_id, "type": "contacts", "contacts": [contact]}))[0] == 200
    [card] = (await ana.sees("Bia Lima")).contacts
    assert card.telefone == "+5531977776666"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "location", "location": {"latitude": 1}}, 131008),
        ({"type": "location", "location": {"latitude": "x", "longitude": 1}}, 131009),
        ({"type": "location", "location": {"latitude": 91, "longitude": 1}}, 131009),
        ({"type": "contacts", "contacts": []}, 131008),
        ({"type": "contacts", "contacts": [{"name": {"formatted_name": "Bia"}}]}, 131009),
        ({"type": "reaction", "reaction": {"emoji": "👍"}}, 131008),
        ({"type": "reaction", "reaction": {"message_id": "x", "emoji": "bom"}}, 131009),
    ],
)
async def test_incomplete_content_is_refused(service, ana, message, code):
    status, answer = await service.whatsapp({"to": ana.wa_id} | message)
    assert (status, answer["error"]["code"]) == (400, code)


async def test_service_quotes_a_message(service, ana):
    body = {"to": ana.wa_id, "type": "text", "text": {"body": "Olá!"}, "context": {"message_id": ana.screen[0].id}}
    await service.whatsapp(body)
    bubble = await ana.sees("Olá!")
    assert (bubble.quote, bubble.reply_to) == ("oi", ana.screen[0].id)


async def test_service_reacts_and_takes_it_back(sandbox, service, ana):
    wamid = ana.screen[0].id
    for emoji in ("👍", ""):
        reaction = {"to": ana.wa_id, "type": "reaction", "reaction": {"message_id": wamid, "emoji": emoji}}
        _, answer = await service.whatsapp(reaction)
        assert ana.screen[0].bot_reaction == emoji
    await sandbox.whatsapp.settled()
    assert [report["status"] for report in _reports(service, answer["messages"][0]["id"])] == ["sent"]
    lost = {"to": ana.wa_id, "type": "reaction", "reaction": {"message_id": "wamid.none", "emoji": "👍"}}
    status, answer = await service.whatsapp(lost)
    await sandbox.whatsapp.settled()
    [report] = _reports(service, answer["messages"][0]["id"])
    assert (status, report["status"], report["errors"][0]["code"]) == (200, "failed", 131009)


def _template(name, *values, language="pt_BR", **components):
    body = [{"type": "body", "parameters": [{"type": "text", "text": value} for value in values]}] if values else []
    return {"name": name, "language": {"code": language}, "components": body + components.get("more", [])}


async def test_template_goes_out_when_the_window_is_closed_and_does_not_open_it(sandbox, service, ana):
    sandbox.whatsapp.templates["retomar"] = Template(
        "Oi {{1}}, podemos continuar o {{2}}?", "pt_BR", footer="Balcão", buttons=("Continuar", "Agora não")
    )
    sandbox.whatsapp.faults.close_window(ana)
    payload = {"type": "button", "sub_type": "quick_reply", "index": "0"}
    payload["parameters"] = [{"type": "payload", "payload": "retomar:12"}]
    template = _template("retomar", "Ana", "#00012", more=[payload])
    status, answer = await service.whatsapp({"to": ana.wa_id, "type": "template", "template": template})
    assert (status, answer["messages"][0]["message_status"]) == (200, "accepted")
    bubble = await ana.sees("Oi Ana, podemos continuar o #00012?")
    assert (bubble.kind, bubble.footer, bubble.labels) == ("template", "Balcão", ["Continuar", "Agora não"])
    text = {"to": ana.wa_id, "type": "text", "text": {"body": "e aí?"}}
    status, answer = await service.whatsapp(text)
    assert (status, answer["error"]["code"], answer["error"]["type"]) == (400, 131047, "OAuthException")
    tap = await _heard(service, await ana.taps("Continuar"))
    assert (tap["type"], tap["button"]) == ("button", {"payload": "retomar:12", "text": "Continuar"})
    assert tap["context"]["id"] == bubble.id
    assert (await service.whatsapp(text))[0] == 200


@pytest.mark.parametrize(
    ("template", "status", "code"),
    [
        (_template("outro"), 404, 132001),
        (_template("retomar", "Ana", language="en_US"), 404, 132001),
        (_template("retomar"), 400, 132000),
        (_template("retomar", "Ana", "x"), 400, 132000),
        ({"name": "retomar"}, 400, 131008),
    ],
)
async def test_template_must_be_registered_and_filled(sandbox, service, ana, template, status, code):
    sandbox.whatsapp.templates["retomar"] = Template("Oi {{1}}", "pt_BR")
    got, answer = await service.whatsapp({"to": ana.wa_id, "type": "template", "template": template})
    assert (got, answer["error"]["code"]) == (status, code)


async def test_template_may_have_named_parameters(sandbox, service, ana):
    sandbox.whatsapp.templates["retomar"] = "Oi {{nome}}"
    template = _template("retomar", "Ana")
    template["components"][0]["parameters"][0]["parameter_name"] = "nome"
    await service.whatsapp({"to": ana.wa_id, "type": "template", "template": template})
    await ana.sees("Oi Ana")
