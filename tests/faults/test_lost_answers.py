"""WhatsApp took a message, and its answer never came: what it reports of the message says whose it was."""

import pytest

from sandbox import Phone
from tests.support.consultores import MARIA, customer, nothing_is_under_way
from tests.support.service import RunningService


async def greeted(service: RunningService, statuses: tuple[str, ...]) -> Phone:
    maria = await customer(service, MARIA, "whatsapp")
    service.sandbox.whatsapp.statuses = statuses
    service.sandbox.whatsapp.faults.lose_answer("interactive", person=maria)
    await maria.says("oi")
    await maria.sees("Para falar com uma pessoa")
    await service.sandbox.settled()
    await nothing_is_under_way(service)
    return maria


def greetings(maria: Phone) -> int:
    return sum("Para falar com uma pessoa" in bubble.text for bubble in maria.screen)


@pytest.mark.falha(492)
async def test_a_message_whose_report_comes_instead_of_its_answer_is_not_sent_again(
    sqlite_service: RunningService,
) -> None:
    maria = await greeted(sqlite_service, ("sent", "delivered"))
    assert greetings(maria) == 1
    [row] = await sqlite_service.rows("SELECT provider_id, error FROM outbox WHERE method = 'sendMessage'")
    assert row["provider_id"] == maria.screen[-1].id
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")


async def test_without_a_report_it_is_sent_again(sqlite_service: RunningService) -> None:
    assert greetings(await greeted(sqlite_service, ())) == 2
