"""What WhatsApp sends beside texts and files: whatever a customer means by it, the consultor reads it."""

import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from sandbox import Phone
from tests.support.consultores import DAVI, MARIA, consultor, customer
from tests.support.inbound import ignored
from tests.support.service import RunningService
from tests.support.talking import following, talking

BASKET = {
    "catalog_id": "3",
    "text": "quero esses",
    "product_items": [
        {"product_retailer_id": "FIBRA500", "quantity": 1, "item_price": 99.9, "currency": "BRL"},
        {"product_retailer_id": "CHIP", "quantity": 2, "item_price": 10, "currency": "BRL"},
    ],
}
AD = {"source_url": "https://anuncio.example/1", "source_type": "ad", "headline": "Fibra 500", "body": "Só hoje"}
PEDRO = {
    "name": {"formatted_name": "Pedro Luz", "first_name": "Pedro", "last_name": "Luz"},
    "phones": [{"phone": "+55 31 98888-1234", "wa_id": "5531988881234"}, {"phone": "+55 31 3333-1234"}],
    "emails": [{"email": "pedro@example.com"}],
    "org": {"company": "ACME", "title": "Compras"},
}
ANSWERS = {"flow_token": "abc", "nome": "João", "planos": ["500", "700"], "aceite": True, "onde": {"cep": "01310-100"}}


def form(answers: Any) -> dict[str, Any]:
    filled = {"name": "flow", "body": "Sent", "response_json": answers}
    return {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": filled}}


def tapped(kind: str, title: str) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, kind: {"id": "campanha_7", "title": title}}}


async def sends(service: RunningService, phone: Phone, message: dict[str, Any]) -> None:
    whatsapp, person = service.sandbox.whatsapp, phone
    person.last_wrote = whatsapp.clock()  # type: ignore[attr-defined]  # or nobody could answer them
    frame = whatsapp.new_message(person) | message  # type: ignore[arg-type]
    envelope = whatsapp.envelope({"contacts": [person.contact], "messages": [frame]})  # type: ignore[attr-defined]
    assert (await whatsapp.deliver(envelope))[0] == 200


SENT: list[tuple[dict[str, Any], str]] = [
    ({"type": "order", "order": BASKET}, "🛒 1 × FIBRA500 · 99.9 BRL\n2 × CHIP · 10 BRL\nquero esses"),
    (form(json.dumps(ANSWERS)), "📋 nome: João\nplanos: 500, 700\naceite: ✓\ncep: 01310-100"),
    (form("no JSON"), "📋 Sent"),
    (
        {"type": "text", "text": {"body": "quero"}, "referral": AD},
        "quero\n\n📣 Fibra 500 · Só hoje\nhttps://anuncio.example/1",
    ),
    (
        {
            "type": "text",
            "text": {"body": "tem?"},
            "context": {"from": "1", "id": "wamid.x", "referred_product": {"product_retailer_id": "CHIP"}},
        },
        "tem?\n\n🛒 CHIP",
    ),
    (
        {"type": "contacts", "contacts": [PEDRO]},
        "Pedro Luz\n+55 31 98888-1234\n+55 31 3333-1234\npedro@example.com\nCompras, ACME",
    ),
    (tapped("button_reply", "Segunda via"), "Segunda via"),
    (tapped("list_reply", "Planos"), "Planos"),
]


@pytest.mark.falha(401)
async def test_the_consultor_reads_what_the_customer_sent(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    for message, read in SENT:
        await sends(sqlite_service, maria, message)
        assert (await following(davi)).text == read


@pytest.mark.falha(401)
async def test_what_was_sent_before_anybody_was_there_is_on_the_card_and_in_what_was_said(
    sqlite_service: RunningService,
) -> None:
    davi, maria = await consultor(sqlite_service, DAVI, "whatsapp"), await customer(sqlite_service, MARIA, "whatsapp")
    await davi.says("ONLINE")
    await sends(sqlite_service, maria, {"type": "text", "text": {"body": "Olá"}, "referral": AD})
    await maria.sees("Para falar com uma pessoa")
    await sends(sqlite_service, maria, {"type": "order", "order": BASKET})
    place = {"latitude": -19.9, "longitude": -43.9, "name": "Loja", "address": "Rua A, 1"}
    await sends(sqlite_service, maria, {"type": "location", "location": place})
    await maria.says("CONSULTOR")
    card = await davi.sees("quer falar com um consultor")
    assert "📍 Loja, Rua A, 1, -19.9, -43.9" in card.text
    await davi.taps("Aceitar")
    said = await davi.sees("O que já foi dito")
    assert "Fibra 500" in said.text
    assert "🛒 1 × FIBRA500" in said.text


@pytest.mark.falha(402)
async def test_in_the_queue_nothing_is_noted_that_nobody_will_see(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service, MARIA, "whatsapp")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    await sends(sqlite_service, maria, {"type": "unsupported", "errors": [{"code": 131051}]})
    await maria.sees("só aparece no seu aplicativo")
    assert not maria.shows("Anotei")


@pytest.mark.falha(403)
async def test_a_reaction_to_what_was_said_in_an_earlier_atendimento_is_told(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
    await davi.says("A conta foi enviada")
    before = await maria.sees("A conta foi enviada")
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá")
    await maria.says("CONSULTOR")
    await davi.sees("quer falar com um consultor")
    await davi.taps("Aceitar")
    await maria.sees("Agora você fala com")
    await maria.reacts(before, "👍")
    await davi.sees("👍 Maria reagiu a uma mensagem de um atendimento anterior: A conta foi enviada")


PASSED_ON = {"from": "1", "forwarded": True}


@pytest.mark.falha(456)
async def test_the_consultor_sees_that_the_customer_only_passed_it_on(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    often = {"from": "1", "frequently_forwarded": True}
    for context, read in ((PASSED_ON, "↪️ oi"), (often, "↪️ oi"), ({"from": "1", "forwarded": False}, "oi")):
        await sends(sqlite_service, maria, {"type": "text", "text": {"body": "oi"}, "context": context})
        assert (await following(davi)).text == read


POLL = {"id": "1", "question": "Qual?", "options": [{"text": "manhã", "voter_count": 0}, {"text": "tarde"}]}
STICKER = {"file_id": "s1", "file_unique_id": "s1", "width": 512, "height": 512, "emoji": "👍"}


@pytest.mark.falha(457)
async def test_what_telegram_wrote_of_it_before_is_read_as_what_it_writes_now(sqlite_service: RunningService) -> None:
    """`members_only`, `allows_revoting`, `persistent_id` and a sticker's `type` came with later versions."""
    maria, davi = await talking(sqlite_service, "telegram", "telegram")
    for content, read in (
        ({"poll": POLL}, "📊 Qual?\n• manhã\n• tarde"),
        ({"poll": {**POLL, "type": "quiz", "is_anonymous": False, "correct_option_id": 1}}, "📊 Qual?"),
        ({"sticker": STICKER}, "📎 figurinha.webp"),
    ):
        await maria._send(content).finished()  # type: ignore[attr-defined]
        assert (await following(davi)).text.startswith(read)


@pytest.mark.falha(457)
async def test_what_the_app_says_is_nothing_that_the_customer_sent(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "telegram", "telegram")
    for service_message in ("boost_added", "giveaway_created", "direct_message_price_changed"):
        await maria._send({service_message: {}}).finished()  # type: ignore[attr-defined]
    await maria.says("e eu?")
    assert (await following(davi)).text == "e eu?"


@pytest.mark.falha(456)
async def test_what_was_passed_on_in_the_queue_or_on_telegram_says_so_too(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service, MARIA, "telegram")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    origin = {"type": "hidden_user", "sender_user_name": "Zé", "date": 1_790_000_000}
    await maria._send({"text": "pix para 123", "forward_origin": origin}).finished()  # type: ignore[attr-defined]
    davi = await consultor(sqlite_service, DAVI, "whatsapp")
    await davi.says("ONLINE")
    await davi.taps("Aceitar")
    assert "Maria: ↪️ pix para 123" in (await davi.sees("O que já foi dito")).text


@pytest.mark.falha(486)
async def test_a_field_that_we_do_nothing_about_is_taken_counted_and_said_in_one_line(
    sqlite_service: RunningService,
) -> None:
    maria = await customer(sqlite_service, MARIA, "whatsapp")
    whatsapp = sqlite_service.sandbox.whatsapp
    for field in (
        "calls",
        "user_preferences",
        "smb_app_state_sync",
        "history",
        "flows",
        "x" * 99,
    ):
        value = {"contacts": [maria.contact], "messages": [whatsapp.new_message(maria)]}  # type: ignore[attr-defined]
        envelope = whatsapp.envelope(value)
        envelope["entry"][0]["changes"][0]["field"] = field
        before = await ignored(sqlite_service, "whatsapp", "other_field")
        with capture_logs() as lines:
            assert (await whatsapp.deliver(envelope))[0] == 200
        assert [line["what"] for line in lines if line["event"] == "event_ignored"] == [field[:40]]
        assert await ignored(sqlite_service, "whatsapp", "other_field") == before + 1
    assert await sqlite_service.rows("SELECT 1 FROM contatos") == []


@pytest.mark.falha(486)
async def test_what_the_platform_says_of_a_conversation_is_one_line_and_no_message(
    sqlite_service: RunningService,
) -> None:
    maria = await customer(sqlite_service, MARIA, "whatsapp")
    for message in (
        {"type": "system", "system": {"type": "user_preference_changed", "body": "stop", "marketing": "stop"}},
        {"type": "request_welcome"},
        {"type": "ephemeral"},
        {"type": "text", "text": {"body": "oi"}, "group_id": "g1"},
    ):
        with capture_logs() as lines:
            await sends(sqlite_service, maria, message)
        assert [(line["kind"], line["what"]) for line in lines if line["event"] == "event_ignored"] == [
            ("not_said", message["type"])
        ]
    assert await sqlite_service.rows("SELECT 1 FROM contatos") == []


PREVIEW = {"type": "preview", "width": 1, "height": 1, "duration": 0}
UNSEEN = "❔ Maria mandou algo que só aparece no aplicativo de lá."


ON_TELEGRAM: list[tuple[dict[str, Any], str]] = [
    ({"dice": {"emoji": "🎲", "value": 3}}, "🎲"),
    ({"checklist": {"title": "Lista", "tasks": [{"id": 1, "text": "um"}]}}, "☑️ Lista\n• um"),
    ({"story": {"chat": {"id": 5, "type": "private"}, "id": 1}}, UNSEEN),
    ({"game": {"title": "Xadrez", "description": "", "photo": []}}, UNSEEN),
    ({"paid_media": {"star_count": 5, "paid_media": [PREVIEW]}}, UNSEEN),
    ({"web_app_data": {"data": "{}", "button_text": "Abrir"}}, UNSEEN),
    ({"kind_of_tomorrow": {"x": 1}}, UNSEEN),
    ({"text": "achei isto", "via_bot": {"id": 9, "is_bot": True, "first_name": "gif"}}, "achei isto"),
]


@pytest.mark.falha(486)
async def test_whatever_a_customer_sends_on_telegram_the_consultor_reads_or_is_told_of(
    sqlite_service: RunningService,
) -> None:
    maria, davi = await talking(sqlite_service, "telegram", "telegram")
    for content, read in ON_TELEGRAM:
        await maria._send(content).finished()  # type: ignore[attr-defined]
        assert (await following(davi)).text == read


@pytest.mark.falha(486)
async def test_an_error_of_no_message_is_counted_and_said_with_its_code(sqlite_service: RunningService) -> None:
    whatsapp = sqlite_service.sandbox.whatsapp
    error = {"code": 131031, "title": "Business Account locked", "message": "Business Account locked"}
    before = await ignored(sqlite_service, "whatsapp", "error")
    with capture_logs() as lines:
        assert (await whatsapp.deliver(whatsapp.envelope({"errors": [error]})))[0] == 200
    assert [line["what"] for line in lines if line["event"] == "event_ignored"] == ["error 131031"]
    assert await ignored(sqlite_service, "whatsapp", "error") == before + 1


@pytest.mark.falha(498)
async def test_what_one_notification_brings_in_another_order_is_read_as_it_was_written(
    sqlite_service: RunningService,
) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    whatsapp = sqlite_service.sandbox.whatsapp
    now = int(whatsapp.clock())
    frames = [
        {**whatsapp.new_message(maria), "type": "text", "text": {"body": body}, "timestamp": str(now - seconds)}  # type: ignore[arg-type]
        for body, seconds in (("segunda", 5), ("também segunda", 5), ("primeira", 9), ("terceira", 1))
    ]
    envelope = whatsapp.envelope({"contacts": [maria.contact], "messages": frames})  # type: ignore[attr-defined]
    assert (await whatsapp.deliver(envelope))[0] == 200
    heard = [(await following(davi)).text for _ in frames]
    assert heard == ["primeira", "segunda", "também segunda", "terceira"]
