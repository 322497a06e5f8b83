"""Somebody changes the photo of a message, not only what stands under it, as Telegram lets them."""

from typing import Any

import pytest

from sandbox import Bubble, Phone
from tests.support.consultores import DAVI, MARIA, consultor, customer, nothing_is_under_way
from tests.support.service import RunningService
from tests.support.talking import following, have_read, last, talking

JPEG = b"\xff\xd8\xff\xe0jpeg"


async def sent(service: RunningService, phone: Phone, *photos: bytes) -> list[Bubble]:
    found = []
    for photo in photos:
        await (await phone.sends_photo(photo)).finished()
        found.append(last(phone))
    await nothing_is_under_way(service)
    return found


async def changes(service: RunningService, phone: Any, bubble: Bubble, **now: Any) -> None:
    phone._telegram.revise(phone, bubble, {**now, "edit_date": phone._telegram.now()})
    await phone._telegram.send_update("edited_message", bubble.raw, phone).finished()
    await nothing_is_under_way(service)


@pytest.mark.falha(497)
async def test_the_consultor_gets_it_once_and_a_new_caption_changes_that_one(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "telegram", "telegram")
    blurred, sharp = await sent(sqlite_service, maria, JPEG, JPEG + b"sharp")
    await have_read(sqlite_service, davi)
    await changes(sqlite_service, maria, blurred, photo=sharp.raw["photo"])
    copy = await following(davi)
    assert copy.file is not None
    assert copy.file.data == JPEG + b"sharp"
    await changes(sqlite_service, maria, blurred, caption="agora sim")
    await davi.sees("agora sim")
    assert copy.text == "agora sim"
    assert len([bubble for bubble in davi.screen if bubble.kind == "photo"]) == 3


@pytest.mark.falha(497)
@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_so_does_the_customer_of_a_consultors(sqlite_service: RunningService, channel: str) -> None:
    maria, davi = await talking(sqlite_service, channel, "telegram")
    wrong, right = await sent(sqlite_service, davi, JPEG, JPEG + b"right")
    await have_read(sqlite_service, maria)
    await changes(sqlite_service, davi, wrong, photo=right.raw["photo"])
    copy = await following(maria)
    assert copy.file is not None
    assert copy.file.data == JPEG + b"right"


@pytest.mark.falha(497)
async def test_whoever_takes_them_from_the_queue_gets_both(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service, MARIA, "telegram")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    blurred, sharp = await sent(sqlite_service, maria, JPEG, JPEG + b"sharp")
    await changes(sqlite_service, maria, blurred, photo=sharp.raw["photo"])
    davi = await consultor(sqlite_service, DAVI, "whatsapp")
    await davi.taps("Aceitar")
    await davi.sees("O que já foi dito")
    await nothing_is_under_way(sqlite_service)
    shown = [bubble.file.data for bubble in davi.screen if bubble.file is not None]
    assert shown == [JPEG, JPEG + b"sharp", JPEG + b"sharp"]
