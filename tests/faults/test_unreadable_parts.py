"""A part that cannot be read is left out, and the rest of the message is handled (90-93).

The models are walked: every field that they require is taken away once, every field gets a value nobody knows.
"""

import time
from collections.abc import Iterator
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram.types import CallbackQuery, Chat, MessageReactionUpdated, User
from aiogram.types import Message as BotApiMessage

from core.heard import Heard
from core.outcome import Outcome
from core.time import utc_now
from dialogs.conversa.conteudo import with_links
from sandbox import Phone
from sandbox.telegram.phone import TelegramPhone
from sandbox.whatsapp.phone import WhatsAppPhone
from tests.support.broken import UNHEARD_OF, broken
from tests.support.inbound import answered, ignored, nothing_failed, telegram_tap, telegram_text
from tests.support.sellers import seller
from tests.support.service import RunningService
from webhooks.doors.telegram import read_update
from webhooks.doors.whatsapp import to_heard
from webhooks.doors.whatsapp_models import Contact, each
from webhooks.doors.whatsapp_models import Message as CloudApiMessage

ANA = 4001002003
MODELS = {
    "message": BotApiMessage,
    "edited_message": BotApiMessage,
    "callback_query": CallbackQuery,
    "message_reaction": MessageReactionUpdated,
}
PERSON = {"id": ANA, "is_bot": False, "first_name": "Ana"}
CHAT = {"id": ANA, "type": "private"}
TEXT = {"message_id": 7, "date": int(time.time()), "chat": CHAT, "from": PERSON, "text": "MENU"}
EVENTS: dict[str, dict[str, Any]] = {
    "message": TEXT,
    "edited_message": TEXT,
    "callback_query": {"id": "9", "from": PERSON, "chat_instance": "1", "data": "palavra:MENU", "message": TEXT},
    "message_reaction": {
        "chat": CHAT, "message_id": 7, "user": PERSON, "date": 1,
        "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}],
    },
}  # fmt: skip
# What makes an event another one, or nobody's: a chat of another kind; what the app says; a reaction to nothing.
NOT_THEIRS = {
    "Message.chat unheard of", "MessageReactionUpdated.chat unheard of", "MessageReactionUpdated.message_id missing",
    "MessageReactionUpdated.message_id unheard of", "CallbackQuery.message > Message.chat unheard of",
}  # fmt: skip
SAID_BY_THE_APP = (
    "forum_topic", "general_forum_topic", "pinned_message", "write_access_allowed", "migrate_to_chat_id",
    "message_auto_delete_timer_changed", "chat_background_set", "proximity_alert_triggered",
    "boost_added", "direct_message_price_changed", "giveaway_", "checklist_tasks_", "suggested_post_approv",
    "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded", "paid_message_price_changed",
)  # fmt: skip


SAMPLES = {User: PERSON, Chat: CHAT, BotApiMessage: TEXT} | {MODELS[kind]: event for kind, event in EVENTS.items()}


def with_faults(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """This event of Ana's with one fault somewhere, and where."""
    for fault, event in broken(MODELS[kind], SAMPLES):
        field = fault.split()[0].partition(".")[2]
        if fault not in NOT_THEIRS and not field.startswith(SAID_BY_THE_APP):
            yield fault, deepcopy(event)


async def heard_on_telegram(kind: str, event: dict[str, Any]) -> Heard | None:
    found: list[Heard] = []

    async def hear(heard: Heard) -> Outcome:
        found.append(heard)
        return Outcome.DONE

    act = read_update("7", {"update_id": 7, kind: event}, utc_now())
    if act is not None:
        await act(SimpleNamespace(hear=hear))  # type: ignore[arg-type]  # all that this needs of the service
    return found[0] if found else None


@pytest.mark.falha(90)
@pytest.mark.parametrize("kind", EVENTS)
async def test_of_every_event_on_telegram_what_can_be_read_is_heard(kind: str) -> None:
    faults = dict(with_faults(kind))
    assert len(faults) > 100
    lost = []
    for fault, event in faults.items():
        heard = await heard_on_telegram(kind, event)
        if heard is None or heard.external_id != str(ANA):
            lost.append(fault)
            continue
        read = MODELS[kind].model_validate(heard.place(1))
        text = read.data if isinstance(read, CallbackQuery) else getattr(read, "text", "MENU")
        if "MENU" not in (text or "") and not fault.startswith(("Message.text ", "CallbackQuery.data ")):
            lost.append(fault)
    assert lost == []


@pytest.mark.falha(91)
def test_of_every_message_on_whatsapp_what_can_be_read_is_heard() -> None:
    text = {"id": "wamid.1", "from": "5531988804000", "timestamp": "1", "type": "text", "text": {"body": "MENU"}}
    contact = {"profile": {"name": "Ana"}, "wa_id": "5531988804000"}
    lost = []
    for fault, message in broken(CloudApiMessage, {CloudApiMessage: text}):
        if fault.startswith(("Message.id", "Message.text", "Message.group_id")):
            continue
        [read] = each(CloudApiMessage, [message])
        heard = to_heard(read, [Contact.model_validate(contact)], utc_now())
        if heard is None or "MENU" not in str(heard.update):
            lost.append(fault)
    assert lost == []


class TestThroughTheDoor:
    """The examples, over HTTP: handled at once, no fault of ours, what was left out is counted."""

    @pytest.mark.falha(90)
    async def test_a_text_with_a_part_that_nobody_reads_is_answered(self, sqlite_service: RunningService) -> None:
        ana = await _seller_on_telegram(sqlite_service)
        parts: list[dict[str, Any]] = [
            {"poll": {"id": "1", "question": "Qual?"}},
            {"external_reply": {"origin": UNHEARD_OF}},
            {"external_reply": {"origin": {"type": "hidden_user", "date": 1}}},
            {"forward_origin": {"type": "hidden_user", "date": 1}},
            {"reply_to_message": {"message_id": 3, "chat": {"id": ANA}, "poll": {}}},
            {"entities": [{"type": "bold"}, UNHEARD_OF, 7]},
            {"quote": "uma citação"},
        ]
        for number, part in enumerate(parts, 101):
            before = await ignored(sqlite_service, "telegram", "part")
            update = telegram_text(ana, "MENU", number)
            update["message"] |= part
            assert (await sqlite_service.sandbox.telegram.deliver(update))[0] == 200
            await ana.sees("O que você quer fazer, Ana?")
            assert await ignored(sqlite_service, "telegram", "part") > before, part
        assert await nothing_failed(sqlite_service)

    @pytest.mark.falha(92)
    async def test_whoever_writes_in_private_is_known_by_the_chat(self, sqlite_service: RunningService) -> None:
        ana = await _seller_on_telegram(sqlite_service)
        senders: list[dict[str, Any]] = [{"id": None}, {}, {"is_bot": None}, {"first_name": 7}]
        for number, sender in enumerate(senders, 102):
            update = telegram_text(ana, "MENU", number)
            known = {k: v for k, v in (ana.user | sender).items() if v is not None} if sender else {}
            update["message"]["from"] = known
            assert (await sqlite_service.sandbox.telegram.deliver(update))[0] == 200
            await ana.sees("O que você quer fazer, Ana?")

    @pytest.mark.falha(92)
    async def test_a_tap_on_a_message_with_such_a_part_is_a_tap_on_that_message(
        self, sqlite_service: RunningService
    ) -> None:
        ana = await _seller_on_telegram(sqlite_service)
        update = telegram_tap(ana, "palavra:VENDER", 103)
        update["callback_query"]["message"] |= {"poll": {"id": "1"}, "giveaway": UNHEARD_OF}
        assert (await sqlite_service.sandbox.telegram.deliver(update))[0] == 200
        await ana.sees("Posso começar?")

    @pytest.mark.falha(91)
    async def test_a_text_on_whatsapp_with_such_a_part_is_answered(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        parts: list[dict[str, Any]] = [
            {"context": {"id": {"of": "another form"}}}, {"errors": 7, "referral": [UNHEARD_OF]}, {"image": {}},
            {"contacts": [{"name": "Bia"}]}, {"from": 5531988804000}, {"timestamp": {}}, {"reaction": {}},
        ]  # fmt: skip
        for number, part in enumerate(parts, 201):
            assert await _deliver(sqlite_service, ana, {"id": f"wamid.{number}"} | part) == 200
            await ana.sees("O que você quer fazer, Ana?")
        assert await nothing_failed(sqlite_service)

    @pytest.mark.falha(93)
    async def test_a_message_without_an_id_is_handled_once(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        for _ in range(2):
            assert await _deliver(sqlite_service, ana, {}) == 200
        assert (await answered(sqlite_service, ana)).count("O que você quer fazer, Ana?") == 1

    @pytest.mark.falha(93)
    async def test_a_frame_with_something_missing_still_brings_its_message(
        self, sqlite_service: RunningService
    ) -> None:
        ana = await seller(sqlite_service)
        whatsapp, contact = sqlite_service.sandbox.whatsapp, _phone(ana).contact
        for number, frame in enumerate(("metadata", "field", "contacts", "statuses"), 301):
            message = {"id": f"wamid.{number}", "from": _phone(ana).wa_id, "type": "text", "text": {"body": "MENU"}}
            body = whatsapp.envelope({"contacts": [contact], "messages": [message], "statuses": [{"id": 1}]})
            [change] = body["entry"][0]["changes"]
            (change if frame == "field" else change["value"]).pop(frame)
            assert (await whatsapp.deliver(body))[0] == 200
            await ana.sees("O que você quer fazer, Ana?")


def test_a_hidden_link_of_another_text_is_left_out() -> None:
    def link(offset: int, length: int) -> Any:
        return SimpleNamespace(type="text_link", url="https://exemplo.com.br", offset=offset, length=length)

    assert with_links("veja 😀 aqui", [link(8, 4)]) == "veja 😀 aqui (https://exemplo.com.br)"
    for offset, length in ((5, 1), (6, 1), (-3, 2), (8, 400), (8, -2)):
        assert with_links("veja 😀 aqui", [link(offset, length)]) == "veja 😀 aqui"


async def _seller_on_telegram(service: RunningService) -> TelegramPhone:
    ana = await seller(service, channel="telegram")
    assert isinstance(ana, TelegramPhone)
    return ana


def _phone(phone: Phone) -> WhatsAppPhone:
    assert isinstance(phone, WhatsAppPhone)
    phone.last_wrote = time.time()
    return phone


async def _deliver(service: RunningService, person: Phone, part: dict[str, Any]) -> int:
    whatsapp, ana = service.sandbox.whatsapp, _phone(person)
    message = {"from": ana.wa_id, "timestamp": str(int(time.time())), "type": "text", "text": {"body": "MENU"}, **part}
    status, _ = await whatsapp.deliver(whatsapp.envelope({"contacts": [ana.contact], "messages": [message]}))
    return int(status)
