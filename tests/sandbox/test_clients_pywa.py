"""pywa, unmodified, talks to the stand-in of the Cloud API with its own webhook."""

from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp import web
from pywa_async import WhatsApp, filters, types
from pywa_async.errors import ReEngagementMessage, WhatsAppError


@pytest.fixture
async def client(sandbox) -> AsyncIterator[WhatsApp]:
    settings = sandbox.settings()
    async with httpx.AsyncClient() as session:
        client = WhatsApp(
            phone_id=settings["WHATSAPP_PHONE_NUMBER_ID"],
            token=settings["WHATSAPP_ACCESS_TOKEN"],
            verify_token=settings["WHATSAPP_VERIFY_TOKEN"],
            app_secret=settings["WHATSAPP_APP_SECRET"],
            session=session,
            server=None,
        )
        session.base_url = f"{settings['WHATSAPP_API_URL']}/{settings['WHATSAPP_API_VERSION']}"
        _talk(client)
        runner = web.AppRunner(_webhook(client), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await sandbox.whatsapp.connect(f"http://127.0.0.1:{runner.addresses[0][1]}/")
        yield client
        await runner.cleanup()


def _webhook(client: WhatsApp) -> web.Application:
    """pywa's own handlers of a webhook, behind aiohttp."""

    async def verify(request: web.Request) -> web.Response:
        query = request.query
        text, status = await client.webhook_challenge_handler(query.get("hub.verify_token"), query.get("hub.challenge"))
        return web.Response(text=text, status=status)

    async def hear(request: web.Request) -> web.Response:
        raw = await request.read()
        refused = await client.webhook_update_validator(raw, request.headers.get("X-Hub-Signature-256"))
        text, status = refused or await client.webhook_update_handler(raw)
        return web.Response(text=text, status=status)

    app = web.Application()
    app.add_routes([web.get("/", verify), web.post("/", hear)])
    return app


def _talk(client: WhatsApp) -> None:
    @client.on_message(filters.text)
    async def greet(_: WhatsApp, message: types.Message) -> None:
        buttons = [types.Button("SIM", "sim"), types.Button("NÃO", "nao")]
        await message.reply(f"Olá, {message.from_user.name}", buttons=buttons, quote=True)

    @client.on_callback_button
    async def confirm(_: WhatsApp, tap: types.CallbackButton) -> None:
        rows = [types.SectionRow("Manhã", "manha"), types.SectionRow("Tarde", "tarde", "até as 18h")]
        await tap.reply_text(
            f"{tap.title}. Qual turno?", buttons=types.SectionList("Turnos", [types.Section("Dia", rows)])
        )

    @client.on_callback_selection
    async def choose(_: WhatsApp, choice: types.CallbackSelection) -> None:
        await choice.reply_text(f"{choice.data}: {choice.description}")

    @client.on_message(filters.document)
    async def send_back(_: WhatsApp, message: types.Message) -> None:
        data = await message.document.get_bytes()
        await message.reply_document(data, filename=f"copia-{message.document.filename}", caption=f"{len(data)} bytes")
        await message.react("👍")

    @client.on_message(filters.location)
    async def locate(_: WhatsApp, message: types.Message) -> None:
        place = message.location
        await message.reply_location(place.latitude, place.longitude, name=place.name, address="aqui")

    @client.on_message(filters.voice)
    async def listen(_: WhatsApp, message: types.Message) -> None:
        await message.mark_as_read()
        await message.indicate_typing()


async def test_pywa_greets_handles_the_taps_and_sends_the_file_back(sandbox, client):
    ana = sandbox.whatsapp.phone("Ana Souza", "5531988804000")
    await ana.says("oi")
    greeting = await ana.sees("Olá, Ana Souza")
    assert (greeting.buttons, greeting.quote) == ([["SIM"], ["NÃO"]], "oi")
    await ana.taps("SIM")
    await ana.sees("SIM. Qual turno?")
    await ana.taps("Tarde")
    await ana.sees("tarde: até as 18h")
    await ana.sends_document("contrato.pdf", b"%PDF-1.4")
    sent = ana.screen[-1]
    copy = await ana.sees("8 bytes")
    assert (copy.file.name, copy.document) == ("copia-contrato.pdf", b"%PDF-1.4")
    await sandbox.whatsapp.calls.wait_for("reaction")
    assert sent.bot_reaction == "👍"
    await ana.sends_location(-19.92, -43.94, "Loja")
    assert (await ana.sees("aqui")).location.name == "Loja"
    await sandbox.whatsapp.settled()
    assert copy.status == "read"


async def test_pywa_reads_listens_and_hears_of_statuses(sandbox, client):
    heard = []

    @client.on_message_status
    async def note(_: WhatsApp, status: types.MessageStatus) -> None:
        heard.append(status.status.value)

    ana = sandbox.whatsapp.phone("Ana Souza", None, user_id="BR.150001")
    await ana.sends_voice()
    await sandbox.whatsapp.calls.wait_for("read", 2)
    assert (ana.screen[0].status, ana.activity) == ("read", "typing")
    await client.send_text("BR.150001", "Olá")
    await ana.sees("Olá")
    await sandbox.whatsapp.settled()
    assert heard == ["sent", "delivered", "read"]


async def test_pywa_understands_the_refusals_and_sends_templates(sandbox, client):
    ana = sandbox.whatsapp.phone("Ana Souza", "5531988804000")
    with pytest.raises(ReEngagementMessage):
        await client.send_text(ana.wa_id, "Olá")
    sandbox.whatsapp.templates["retomar"] = "Oi {{1}}"
    body = types.templates.BodyText.params("Ana")
    await client.send_template(ana.wa_id, "retomar", types.templates.TemplateLanguage.PORTUGUESE_BR, [body])
    await ana.sees("Oi Ana")
    await ana.says("oi")
    await ana.sees("Olá")
    with pytest.raises(WhatsAppError, match="131009"):
        await client.send_text(ana.wa_id, "x" * 4097)


async def test_signature_that_is_not_ours_is_refused_by_pywa(sandbox, client):
    status, _ = await sandbox.whatsapp.deliver(sandbox.whatsapp.envelope({}), secret="wrong")
    assert status == 403
