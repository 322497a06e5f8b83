"""Every payload file, delivered to the running service: taken, no fault of ours, answered kindly or not at all.

Most files are test fixtures of public projects (tests/payloads/README.md): what the providers really send.
"""

from typing import Any

import pytest

from bot.channels.telegram.api import classify
from core.delivery_errors import Throttled
from tests.support.inbound import (
    for_our_number,
    nothing_failed,
    payload,
    payload_bytes,
    payload_names,
    said,
    telegram_person,
    whatsapp_person,
)
from tests.support.service import RunningService

WHO = "Compartilhar meu telefone"
WHO_IN_ENGLISH = "Share my phone"
LOST_FILE = "Não consegui baixar o arquivo"
# Nobody registered these people: they are customers.
GREETING = "Este é o atendimento da operação"
# Neither the channel nor the phone's country tells a language that we speak.
WHICH_LANGUAGE = "Which language do you prefer?"
OLD_BUTTON = "Esse botão já não vale"
GONE = "Este menu expirou"

# What the person got back; None: nothing at all.
TELEGRAM = {
    "callback_query": OLD_BUTTON,
    "callback_query_message_gone": GONE,
    "callback_query_without_message": GONE,
    "channel_post": None,
    "command_of_another_bot": None,
    "command_with_parameters": WHO_IN_ENGLISH,
    "contact": "Esse contato é de outra pessoa",
    "document": "I could not download the file",
    # Of years ago: nobody waits for an answer to it.
    "edited_message": None,
    "group_migrated_to_supergroup": None,
    "half_an_emoji_and_nul": WHO,
    "location": WHICH_LANGUAGE,
    "message_forward_origin": WHO_IN_ENGLISH,
    "message_reaction": None,
    "migrate_to_chat_id": None,
    "my_chat_member": None,
    "photo": LOST_FILE,
    "sticker": WHICH_LANGUAGE,
    "supergroup_migrated_from_group": None,
    "text": WHICH_LANGUAGE,
    "unknown_update_kind": None,
    "voice": WHICH_LANGUAGE,
}
WHATSAPP = {
    "audio": "Ainda não consigo ouvir áudios",
    "button_reply": WHICH_LANGUAGE,
    "contacts": WHICH_LANGUAGE,
    "document": LOST_FILE,
    "group_text": None,
    "interactive_empty": GREETING,
    "interactive_without_body": GREETING,
    "list_reply": WHICH_LANGUAGE,
    "location": WHICH_LANGUAGE,
    "one_message_malformed": GREETING,
    "order": WHICH_LANGUAGE,
    "reaction": None,
    "reply": WHICH_LANGUAGE,
    "same_wamid_twice": GREETING,
    "status_failed_130472": None,
    "status_read": None,
    "status_sent": None,
    "sticker": GREETING,
    "system_number_change": None,
    "template_status_update": None,
    "text": WHICH_LANGUAGE,
    "text_from_business_scoped_id": GREETING,
    "text_timestamp_integer": GREETING,
    "text_timestamp_missing": GREETING,
    "text_timestamp_rubbish": GREETING,
    "text_without_from": GREETING,
    "two_changes": GREETING,
    "unknown_type": GREETING,
    "unsupported": GREETING,
}
ANSWERS_OF_THE_BOT_API = {"response_too_many_requests"}


def test_no_payload_file_is_left_out() -> None:
    assert payload_names("telegram") - ANSWERS_OF_THE_BOT_API == set(TELEGRAM)
    assert payload_names("whatsapp") == set(WHATSAPP)


@pytest.mark.parametrize("name", TELEGRAM)
async def test_every_telegram_payload_is_taken(sqlite_service: RunningService, name: str) -> None:
    person = telegram_person(sqlite_service, _sender_of(payload("telegram", name)))

    status, _ = await sqlite_service.sandbox.telegram.deliver(payload_bytes("telegram", name))

    assert status == 200
    if TELEGRAM[name] is None:
        assert await said(sqlite_service) == []
    else:
        await person.sees(TELEGRAM[name])
    assert await nothing_failed(sqlite_service)


@pytest.mark.parametrize("name", WHATSAPP)
async def test_every_whatsapp_payload_is_taken(sqlite_service: RunningService, name: str) -> None:
    public = whatsapp_person(sqlite_service, "Test Name", "972987654321", user_id="US.13491208655302741918")
    ours = whatsapp_person(sqlite_service, "Bia", "5531988804000", user_id="BR.13491208655302741918")

    status, _ = await sqlite_service.sandbox.whatsapp.deliver(for_our_number(payload("whatsapp", name)))

    assert status == 200
    if WHATSAPP[name] is None:
        assert await said(sqlite_service) == []
    else:
        person = public if public.id in str(payload("whatsapp", name)) else ours
        await person.sees(WHATSAPP[name])
    assert await nothing_failed(sqlite_service)


def test_told_to_slow_down_we_wait_as_long_as_telegram_says() -> None:
    refusal = classify(payload("telegram", "response_too_many_requests"))
    assert isinstance(refusal, Throttled)
    assert refusal.seconds == 14


def _sender_of(update: dict[str, Any]) -> int:
    """Whose private chat it is, if anybody's."""
    content = next(value for key, value in update.items() if key != "update_id")
    return int((content.get("from") or content.get("user") or content["chat"])["id"])
