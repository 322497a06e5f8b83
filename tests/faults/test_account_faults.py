"""A fault of the account or of the moment is not a fault of the message."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.channels.telegram.calls import to_bot_api
from bot.channels.whatsapp import api as whatsapp
from bot.channels.whatsapp.messages import as_numbered, to_cloud
from core.conversa import entregas
from core.conversa.entregas import follow_failed_delivery
from core.delivery_errors import AccountFault, Again
from storage.outbox.written import write_down
from storage.tables import outbox as outbox_
from storage.transaction import Transaction
from tests.support.couriers import FakeSender, opened, outbox, say
from tests.support.sellers import eventually, seller
from tests.support.service import RunningService
from tests.support.talking import talking


@pytest.fixture(autouse=True)
def an_account_is_looked_at_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.outbox.accounts.FIRST_WAIT", 0.2)


class PatientSender(FakeSender):
    """A channel."""

    max_attempts = 2
    first_wait = 0.01
    patient = True


@pytest.mark.falha(85)
@pytest.mark.parametrize(
    "fault", [{"status": 401, "description": "Unauthorized"}, {"status": 404, "description": "Not Found"}]
)
async def test_what_is_said_while_the_token_is_changed_arrives_and_the_administrators_hear_once(
    service: RunningService, fault: dict[str, Any]
) -> None:
    await service.administrador()
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    ana = await seller(service, channel="telegram")
    service.sandbox.telegram.faults.fail_next("sendMessage", times=2, **fault)
    await ana.says("STATUS")
    await adm.sees("Telegram não aceita as nossas mensagens (código")
    await ana.says("VENDAS")
    await ana.sees("Não há venda em andamento", timeout=20)
    await ana.sees("Você ainda não tem vendas")
    await adm.sees("Telegram voltou a aceitar as nossas mensagens")
    told = await service.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'conta_parada'")
    assert len(told) == 1
    assert await service.rows("SELECT 1 FROM outbox WHERE target = 'telegram' AND attempts > 0") == []


@pytest.mark.falha(86)
@pytest.mark.parametrize("code", [131031, 131042, 190, 10, 200, 368, 131005, 131045, 131057, 133010])
def test_codes_of_the_account_on_whatsapp(code: int) -> None:
    assert type(whatsapp.classify(400, {"error": {"code": code, "message": "x"}})) is AccountFault


@pytest.mark.falha(86)
async def test_a_message_that_whatsapp_could_not_deliver_for_want_of_payment_is_sent_again(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    ana = await seller(service)
    service.sandbox.whatsapp.faults.failures_come_later = True
    service.sandbox.whatsapp.faults.fail_next("text", code=131042)
    await ana.says("STATUS")
    await eventually(service, "SELECT 1 FROM ocorrencias WHERE tipo = 'conta_nao_entrega'")
    (waiting,) = await service.rows("SELECT method FROM outbox WHERE error = '131042' AND done_at IS NULL")
    assert waiting["method"] == "sendMessage"


@pytest.mark.falha(420)
@pytest.mark.parametrize("code", [1, 131000, 131016, 130429, 131048, 131056])
async def test_a_trouble_of_whatsapp_that_is_reported_later_and_passes_loses_nothing(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(entregas, "_FIRST_WAIT", timedelta(0))
    ana = await seller(sqlite_service)
    sqlite_service.sandbox.whatsapp.faults.failures_come_later = True
    sqlite_service.sandbox.whatsapp.faults.fail_next("text", code=code, times=2)
    await ana.says("STATUS")
    await ana.sees("Não há venda em andamento", timeout=20)
    assert (await ana.quiet()).count("Não há venda em andamento") == 1


@pytest.mark.falha(420)
async def test_a_trouble_that_does_not_pass_is_told_to_the_author_in_the_end(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entregas, "_FIRST_WAIT", timedelta(0))
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    sqlite_service.sandbox.whatsapp.faults.failures_come_later = True
    sqlite_service.sandbox.whatsapp.faults.fail_next("text", code=131000, person=maria, times=4)
    await davi.says("Boas notícias")
    await davi.sees("Esta mensagem não chegou", timeout=20)
    assert not maria.shows("Boas notícias")


@pytest.mark.falha(485)
@pytest.mark.parametrize("times", [1, 2])
async def test_a_file_that_whatsapp_reports_it_did_not_take_goes_once_more_as_a_document(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr(entregas, "_FIRST_WAIT", timedelta(0))
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    sqlite_service.sandbox.whatsapp.faults.failures_come_later = True
    for kind in ("image", "document")[:times]:
        sqlite_service.sandbox.whatsapp.faults.fail_next(kind, code=131053, person=maria)
    await davi.sends_photo(b"\xff\xd8\xff\xe0" + bytes(64), "A fachada")
    if times == 1:
        shown = await maria.sees("A fachada", timeout=20)
        assert shown.kind == "document"
        assert not davi.shows("não chegou")
    else:
        await davi.sees("não chegou", timeout=20)
        assert not maria.shows("A fachada")


@pytest.mark.falha(485)
async def test_a_file_that_went_out_at_the_second_try_goes_as_a_document_too(sqlite_service: RunningService) -> None:
    file = {"object_key": "k", "filename": "f.jpg", "mime_type": "image/jpeg"}
    params = {"to": "5531988804000", "photo": file, "caption": "A fachada"}
    call = await sqlite_service.wiring.turns.run(lambda tx: write_down(tx, "contato:1", "nobody", "sendPhoto", params))

    async def work(tx: Transaction) -> None:
        values = {"done_at": tx.now, "provider_id": "wamid.1", "attempts": 2}
        await tx.execute(update(outbox_).where(outbox_.c.id == call.id).values(values))

    await sqlite_service.wiring.turns.run(work)
    await sqlite_service.wiring.turns.run(lambda tx: follow_failed_delivery(tx, "wamid.1", "131053"))
    (row,) = await sqlite_service.rows("SELECT method, done_at FROM outbox WHERE target = 'nobody'")
    assert (row["method"], row["done_at"]) == ("sendDocument", None)


@pytest.mark.falha(420)
async def test_what_said_a_secret_or_is_an_hour_old_is_not_sent_again(sqlite_service: RunningService) -> None:
    """The secret is wiped once it was said: sent again, it would be an empty message that fails for ever."""
    sent = {"to": "5531988804000"}
    for code in ("131000", "131042"):
        call = await sqlite_service.wiring.turns.run(
            lambda tx: write_down(tx, "contato:1", "nobody", "sendMessage", sent)
        )
        await _was_sent(sqlite_service, call.id, f"wamid.{code}")
        await sqlite_service.wiring.turns.run(lambda tx, code=code: follow_failed_delivery(tx, f"wamid.{code}", code))
    call = await sqlite_service.wiring.turns.run(
        lambda tx: write_down(tx, "contato:1", "nobody", "sendMessage", {**sent, "text": "Oi"})
    )
    await _was_sent(sqlite_service, call.id, "wamid.old")
    sqlite_service.clock.move(minutes=61)
    await sqlite_service.wiring.turns.run(lambda tx: follow_failed_delivery(tx, "wamid.old", "131000"))
    assert await sqlite_service.rows("SELECT id FROM outbox WHERE target = 'nobody' AND done_at IS NULL") == []


async def _was_sent(service: RunningService, call_id: int, provider_id: str) -> None:
    async def work(tx: Transaction) -> None:
        values = {"done_at": tx.now, "provider_id": provider_id}
        await tx.execute(update(outbox_).where(outbox_.c.id == call_id).values(values))

    await service.wiring.turns.run(work)


@pytest.mark.falha(87)
async def test_lanes_wait_together_in_order_and_no_try_is_counted(database_url: str) -> None:
    sender = PatientSender()
    sender.outcomes["um"] = [AccountFault("Unauthorized", "401")]
    async with opened(database_url, sender) as (world, courier):
        await say(world.turns, "um", "dois")
        await say(world.turns, "outra", lane="contato:2")
        while len(sender.sent) < 3:
            world.clock.move(seconds=1)
            await asyncio.sleep(0.01)
        assert sender.sent.index("um") < sender.sent.index("dois")
        assert {row[1] for row in await outbox(world)} == {0}
        assert courier.accounts.waits("fake") == 0


@pytest.mark.falha(88)
async def test_a_provider_that_answers_nobody_costs_no_message(database_url: str) -> None:
    sender = PatientSender()
    sender.outcomes["um"] = [Again("Bad Gateway", "502") for _ in range(6)]
    async with opened(database_url, sender) as (world, _courier):
        await say(world.turns, "um")
        while "um" not in sender.sent:
            world.clock.move(seconds=1)
            await asyncio.sleep(0.01)
        assert sender.given_up == []


@pytest.mark.falha(89)
def test_a_question_with_more_choices_than_telegram_shows_is_asked_as_numbered_text() -> None:
    rows = [[{"text": f"Plano {n}", "callback_data": f"r:{n}"}] for n in range(1, 121)]
    (request,) = to_bot_api("sendMessage", {"chat_id": 1, "text": "Qual?", "reply_markup": {"inline_keyboard": rows}})
    assert "reply_markup" not in request.params
    assert request.params["text"].endswith("120. Plano 120")


@pytest.mark.falha(89)
def test_a_list_that_whatsapp_refuses_is_asked_as_numbered_text() -> None:
    rows = [[{"text": f"Plano {n}", "callback_data": f"r:{n}"}] for n in range(1, 8)]
    (asked,) = to_cloud("sendMessage", {"text": "Qual?", "reply_markup": {"inline_keyboard": rows}})
    assert asked["type"] == "interactive"  # type: ignore[index]
    assert as_numbered(asked)[0]["text"]["body"].startswith("Qual?\n\n1. Plano 1\n2. Plano 2")  # type: ignore[arg-type]
