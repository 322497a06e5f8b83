"""What the providers refuse, with the bodies that they refuse it with."""

import io

import aiohttp
import pytest

from sandbox import Sandbox

MEGABYTE = 1024 * 1024


class Clock:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def sandbox(clock):
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def ana(sandbox, service):
    ana = sandbox.whatsapp.phone("Ana Souza", "5531988804000")
    await (await ana.says("oi")).accepted()
    return ana


@pytest.fixture
async def caio(sandbox, service):
    caio = sandbox.telegram.phone("Caio Reis")
    await (await caio.says("oi")).accepted()
    return caio


async def test_telegram_asks_for_patience_in_one_chat(sandbox, service, clock, caio):
    sandbox.telegram.faults.rates = True
    say = {"chat_id": caio.user_id, "text": "oi"}
    for _ in range(20):
        assert (await service.telegram("sendMessage", **say))["ok"]
    assert await service.telegram("sendMessage", **say) == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    edit = {"chat_id": caio.user_id, "message_id": int(caio.screen[-1].id), "text": "olá"}
    assert (await service.telegram("editMessageText", **edit))["error_code"] == 429
    assert (await service.telegram("sendChatAction", chat_id=caio.user_id, action="typing"))["ok"]
    clock.now += 1
    assert (await service.telegram("sendMessage", **say))["ok"]


async def test_telegram_asks_for_patience_with_everybody_together(sandbox, service, caio):
    sandbox.telegram.faults.rates = True
    people = [sandbox.telegram.phone(f"P{number}") for number in range(8)]
    for person in people:
        await person.says("oi")
    calls = [(person, number) for number in range(4) for person in people]
    answers = [await service.telegram("sendMessage", chat_id=person.user_id, text="oi") for person, _ in calls]
    assert [answer["ok"] for answer in answers] == [True] * 30 + [False] * 2


async def test_whatsapp_takes_45_messages_at_once_and_then_one_in_six_seconds(sandbox, service, clock, ana):
    sandbox.whatsapp.faults.rates = True
    text = {"to": ana.wa_id, "type": "text", "text": {"body": "oi"}}
    for _ in range(45):
        assert (await service.whatsapp(text))[0] == 200
    status, answer = await service.whatsapp(text)
    assert (status, answer["error"]["code"]) == (400, 131056)
    assert answer["error"]["message"].startswith("(#131056) (Business Account, Consumer Account) pair rate limit hit")
    clock.now += 6
    assert (await service.whatsapp(text))[0] == 200


async def test_whatsapp_takes_80_messages_a_second(sandbox, service, ana):
    sandbox.whatsapp.faults.rates = True
    bia = sandbox.whatsapp.phone("Bia", "5531977776666")
    await bia.says("oi")
    statuses = []
    for number in range(81):
        to = (ana, bia)[number % 2].wa_id
        statuses.append(await service.whatsapp({"to": to, "type": "text", "text": {"body": "oi"}}))
    assert [status for status, _ in statuses] == [200] * 80 + [429]
    assert statuses[-1][1]["error"]["code"] == 130429


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendContact", {"phone_number": "1"}, "phone number and first name must be non-empty"),
        ("sendVenue", {"latitude": 1, "longitude": 1, "title": "x"}, "venue title and address must be non-empty"),
        ("sendLocation", {"latitude": "x", "longitude": 1}, "latitude and longitude must be specified"),
        ("sendPhoto", {}, "there is no file in the request"),
        ("sendMediaGroup", {"media": []}, "wrong number of messages in the album"),
        ("setMessageReaction", {"message_id": 1}, "message to react not found"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired"),
        ("deleteMessage", {"message_id": 1}, "message to delete not found"),
    ],
)
async def test_telegram_refuses_in_its_own_words(service, caio, method, params, description):
    answer = await service.telegram(method, chat_id=caio.user_id, **params)
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {description}")


async def test_telegram_limits_captions_answers_keyboards_and_names_of_commands(service, caio):
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": str(n)} for n in range(101)]]}
    answer = await service.telegram("sendMessage", chat_id=caio.user_id, text="?", reply_markup=keyboard)
    assert answer["description"] == "Bad Request: REPLY_MARKUP_TOO_LONG"
    copied = {"inline_keyboard": [[{"text": "x", "copy_text": {"text": "x" * 257}}]]}
    answer = await service.telegram("sendMessage", chat_id=caio.user_id, text="?", reply_markup=copied)
    assert answer["description"] == "Bad Request: BUTTON_COPY_TEXT_INVALID"
    commands = [{"command": f"c{n}", "description": "x"} for n in range(101)]
    assert (await service.telegram("setMyCommands", commands=commands))["description"].endswith("TOO_MUCH")
    answer = await service.telegram("setWebhook", url=service.url, secret_token="segredo!")
    assert answer["description"] == "Bad Request: secret token contains unallowed characters"


async def _upload_to_telegram(sandbox, service, caio, method, **fields):
    settings = sandbox.settings()
    form = aiohttp.FormData({"chat_id": str(caio.user_id)})
    for key, value in fields.items():
        if isinstance(value, bytes):
            form.add_field(key, io.BytesIO(value), filename="x")
        else:
            form.add_field(key, value)
    url = f"{settings['TELEGRAM_API_URL']}/bot{settings['TELEGRAM_BOT_TOKEN']}/{method}"
    async with service.http.post(url, data=form) as response:
        return response.status, (await response.json())["description"]


async def test_telegram_limits_uploads_and_downloads(sandbox, service, caio):
    too_long = await _upload_to_telegram(sandbox, service, caio, "sendDocument", document=b"x", caption="x" * 1025)
    assert too_long == (400, "Bad Request: message caption is too long")
    assert await _upload_to_telegram(sandbox, service, caio, "sendDocument", document=b"") == (
        400,
        "Bad Request: file must be non-empty",
    )
    big = bytes(10 * MEGABYTE + 1)
    status, description = await _upload_to_telegram(sandbox, service, caio, "sendPhoto", photo=big)
    assert (status, description.startswith("Bad Request: file of size 10485761 bytes is too big")) == (400, True)
    bigger = bytes(50 * MEGABYTE + 1)
    assert (await _upload_to_telegram(sandbox, service, caio, "sendDocument", document=bigger))[0] == 413
    await caio.sends_document("x.zip", bytes(20 * MEGABYTE + 1))
    file_id = caio.screen[-1].raw["document"]["file_id"]
    assert (await service.telegram("getFile", file_id=file_id))["description"] == "Bad Request: file is too big"


async def _upload(sandbox, service, data, mime):
    settings = sandbox.settings()
    number = "/".join(settings[f"WHATSAPP_{name}"] for name in ("API_URL", "API_VERSION", "PHONE_NUMBER_ID"))
    form = aiohttp.FormData({"messaging_product": "whatsapp"})
    form.add_field("file", io.BytesIO(data), filename="x", content_type=mime)
    async with service.http.post(f"{number}/media", data=form, headers=service.whatsapp_token) as response:
        return response.status, await response.json()


async def test_whatsapp_takes_only_the_types_it_knows(sandbox, service, ana):
    status, answer = await _upload(sandbox, service, b"a;b", "text/csv")
    assert (status, answer["error"]["code"]) == (400, 100)
    message = answer["error"]["message"]
    assert message.startswith("(#100) Param file must be a file with one of the following types: audio/aac, audio/mp4,")
    assert message.endswith("Received file of type 'text/csv'.")
    assert (await _upload(sandbox, service, b"a;b", "text/plain"))[0] == 200
    assert (await _upload(sandbox, service, b"OggS", "audio/ogg; codecs=opus"))[0] == 200


@pytest.mark.parametrize(("mime", "size"), [("image/png", 5), ("video/mp4", 16), ("audio/mpeg", 16)])
async def test_whatsapp_limits_the_size_of_uploads(sandbox, service, ana, mime, size):
    status, answer = await _upload(sandbox, service, bytes(size * MEGABYTE + 1), mime)
    assert (status, answer["error"]["code"]) == (400, 131053)


async def test_whatsapp_notices_an_unfit_type_only_after_its_answer(sandbox, service, ana):
    media_id = (await _upload(sandbox, service, b"RIFF", "image/webp"))[1]["id"]
    status, answer = await service.whatsapp({"to": ana.wa_id, "type": "image", "image": {"id": media_id}})
    await sandbox.whatsapp.settled()
    [report] = service.events("whatsapp")[-1]["entry"][0]["changes"][0]["value"]["statuses"]
    assert (status, report["id"], report["status"]) == (200, answer["messages"][0]["id"], "failed")
    assert report["errors"][0]["code"] == 131053
    assert len(ana.screen) == 1
    await service.whatsapp({"to": ana.wa_id, "type": "sticker", "sticker": {"id": media_id}})
    assert ana.screen[-1].kind == "sticker"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"type": "poll"}, 100),
        ({"messaging_product": "x", "type": "text", "text": {"body": "x"}}, 100),
        ({"to": "", "type": "text", "text": {"body": "x"}}, 100),
        ({"to": "5531900000000", "type": "text", "text": {"body": "x"}}, 131026),
        ({"type": "text"}, 131008),
        ({"type": "interactive", "interactive": {"type": "flow", "body": {"text": "x"}}}, 131009),
        ({"type": "image", "image": {}}, 131008),
        ({"status": "read", "message_id": "wamid.none"}, 131009),
    ],
)
async def test_whatsapp_refuses_with_its_own_codes(service, ana, body, code):
    status, answer = await service.whatsapp({"to": ana.wa_id} | body)
    assert (status, answer["error"]["code"], answer["error"]["type"]) == (400, code, "OAuthException")


async def test_what_the_service_does_not_take_is_kept_for_a_while_only(sandbox, service, clock, caio, ana):
    keyboard = {"inline_keyboard": [[{"text": "SIM", "callback_data": "sim"}]]}
    await service.telegram("sendMessage", chat_id=caio.user_id, text="?", reply_markup=keyboard)
    await service.telegram("deleteWebhook")
    tap, word = await caio.taps("SIM"), await caio.says("um")
    clock.now += 151
    assert [d.kind for d in sandbox.telegram.courier.arrived] == ["message"]
    clock.now += 24 * 3600
    assert sandbox.telegram.courier.arrived == []
    await service.telegram("setWebhook", url=f"{service.url}/telegram")
    for delivery in (tap, word):
        await delivery.finished()
        assert delivery.attempts == []
    service.answers = [500] * 3
    lost = await ana.says("dois")
    await lost.attempted(1)
    clock.now += 7 * 24 * 3600 + 1
    await lost.finished()
    assert {reply.status for reply in lost.attempts} == {500}
