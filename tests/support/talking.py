"""A customer and a consultor who talk already."""

import asyncio

from sandbox import Bubble, Phone
from tests.support.consultores import DAVI, MARIA, attended, consultor, customer, nothing_is_under_way
from tests.support.service import RunningService


async def talking(
    service: RunningService, of_maria: str = "whatsapp", of_davi: str = "telegram"
) -> tuple[Phone, Phone]:
    """Maria and Davi, who has accepted her; on Telegram he looks at her topic. Both have read everything so far."""
    davi, maria = await consultor(service, DAVI, of_davi), await customer(service, MARIA, of_maria)
    await attended(service, maria, davi)
    await davi.sees("✅ Você atende Maria")
    await opens(davi, "Maria (#00001)")
    await have_read(service, maria, davi)
    return maria, davi


async def have_read(service: RunningService, *phones: Phone) -> None:
    """What is on these phones by now is old."""
    await nothing_is_under_way(service)
    for bubble in (bubble for phone in phones for bubble in phone.screen):
        bubble.seen = len(bubble.versions)


async def opens(davi: Phone, name: str) -> None:
    """The consultor goes to the customer's topic, on the channel that has topics."""
    if davi.has_topics:
        davi.opens_topic(await davi.sees_topic(name))


async def following(phone: Phone) -> Bubble:
    """The next message they have not read, whatever it is."""
    return await phone.sees("")


async def arrived(service: RunningService, phone: Phone) -> Bubble:
    """The next message, once its id is written down: nobody quotes or reacts sooner than that."""
    bubble = await following(phone)
    await nothing_is_under_way(service)
    return bubble


def last(phone: Phone) -> Bubble:
    """What they sent last."""
    return next(bubble for bubble in reversed(phone.screen) if bubble.mine)


async def becomes(bubble: Bubble, field: str, value: str) -> None:
    """Wait until the bubble shows that."""
    async with asyncio.timeout(10):
        while getattr(bubble, field) != value:  # noqa: ASYNC110 - a reaction is told to nobody
            await asyncio.sleep(0.01)
