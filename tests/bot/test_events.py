"""What dialogs are given: a plain text is made in a shorter way than everything else, and must be the same."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import CallbackQuery, Message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.recorder import RecordingSession
from bot.events import event_of
from core.doors.plain import is_plain_text
from core.heard import Heard
from core.time import utc_now

BOT = Bot("42:teste", session=RecordingSession("telegram"))
PERSON = {"id": 9, "is_bot": False, "first_name": "Ana", "language_code": "pt-br", "username": "ana"}
CHAT = {"id": 9, "type": "private", "first_name": "Ana", "last_name": "Melo"}
PLAIN = {"message_id": 7, "date": 1_764_400_000, "from": PERSON, "chat": CHAT, "text": "VENDER"}
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.just({}), st.just([]), st.floats()
)


def heard(update: dict[str, Any]) -> Heard:
    return Heard("telegram", "1", "9", update, utc_now())


def copy_of(message: dict[str, Any]) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, dict) else value for name, value in message.items()}


def test_a_plain_text_is_what_reading_it_would_give() -> None:
    event = event_of(heard({"message": copy_of(PLAIN)}), 31, BOT)
    meant = copy_of(PLAIN)
    meant["chat"]["id"] = meant["from"]["id"] = 31
    assert is_plain_text(meant)
    assert event.model_dump() == Message.model_validate(meant).model_dump()
    assert event.bot is BOT


def test_two_plain_texts_share_nothing() -> None:
    first, second = (event_of(heard({"message": copy_of(PLAIN)}), number, BOT) for number in (1, 2))
    assert isinstance(first, Message)
    assert isinstance(second, Message)
    assert (first.chat.id, second.chat.id) == (1, 2)
    assert first.from_user is not None
    assert first.from_user.id == 1


@pytest.mark.parametrize(
    "message",
    [
        PLAIN | {"reply_to_message": {}},
        PLAIN | {"date": -1},
        PLAIN | {"date": True},
        PLAIN | {"text": None},
        PLAIN | {"from": {"id": 9}},
        PLAIN | {"from": PERSON | {"is_premium": True}},
        PLAIN | {"chat": {"id": 9}},
        PLAIN | {"chat": CHAT | {"type": "supergroup"}},
        {name: value for name, value in PLAIN.items() if name != "date"},
    ],
    ids=str,
)
def test_anything_more_or_less_is_not_plain(message: dict[str, Any]) -> None:
    assert not is_plain_text(message)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(st.sampled_from([*PLAIN, "via_bot"]), ODD, max_size=2),
    st.dictionaries(st.sampled_from([*PERSON, "type"]), ODD, max_size=2),
)
def test_whatever_is_called_plain_can_be_read(odd: dict[str, Any], of_person: dict[str, Any]) -> None:
    message = copy_of(PLAIN) | odd
    if isinstance(message["from"], dict):
        message["from"] = message["from"] | of_person
    if is_plain_text(message):
        made = event_of(heard({"message": copy_of(message)}), 31, BOT)
        meant = message | {"chat": message["chat"] | {"id": 31}, "from": message["from"] | {"id": 31}}
        assert made.model_dump() == Message.model_validate(meant).model_dump()


def test_a_tap_is_read_whole() -> None:
    tap = {"id": "1", "from": dict(PERSON), "chat_instance": "", "data": "x", "message": copy_of(PLAIN)}
    event = event_of(heard({"callback_query": tap}), 31, BOT)
    assert isinstance(event, CallbackQuery)
    assert event.message is not None
    assert event.message.chat.id == 31


def test_a_label_that_was_typed_is_the_tap_that_reading_it_would_give() -> None:
    said = heard({"message": copy_of(PLAIN)})
    said.as_tap("venda:sim")
    event = event_of(said, 31, BOT)
    meant = said.update["callback_query"]
    assert isinstance(event, CallbackQuery)
    assert event.model_dump() == CallbackQuery.model_validate(meant).model_dump()
    assert (event.data, event.from_user.id, event.bot) == ("venda:sim", 31, BOT)
