"""Everybody else's replies beside somebody who floods, whom a channel does not take, beside robots and disks that hang.

The scenes of neighbours.py in which not one message is measured but the 95th percentile of many people's.
"""

import asyncio
import statistics
import time
from typing import Any

from bot import turn
from sandbox import Phone
from tests.support.sellers import seller
from tests.support.service import RunningService
from webhooks.http.answers import RETRY_AFTER_SECONDS

PEOPLE, EVERY_SECONDS, SECONDS = 12, 0.25, 15.0
FLOOD, AT_ONCE = 5_000, 50
SALES = 10


async def flood(service: RunningService) -> float:
    """One person writes five thousand messages, fifty of which are under way at a time."""
    whatsapp, people = service.sandbox.whatsapp, await crowd(service)
    flooder = whatsapp.phone("Enxurrada", "5531977000000")
    left = iter(range(FLOOD))

    async def write() -> None:
        for number in left:
            text = {"type": "text", "text": {"body": f"mensagem {number}"}}
            frame = {"from": flooder.id, "id": f"wamid.flood.{number}", "timestamp": str(int(time.time()))}
            notification = whatsapp.envelope({"messages": [frame | text]})
            while (await whatsapp.deliver(notification))[0] != 200:  # noqa: ASYNC110 - told to come back
                await asyncio.sleep(RETRY_AFTER_SECONDS)

    writing = [asyncio.create_task(write()) for _ in range(AT_ONCE)]
    try:
        return await p95(people)
    finally:
        for one in writing:
            one.cancel()


async def nothing(service: RunningService) -> float:
    """What the others' figures are held against."""
    return await p95(await crowd(service))


async def not_taken(service: RunningService, status: int) -> float:
    """The channel answers this to what one person is told, who writes on; 0: it answers nothing."""
    telegram, people = service.sandbox.telegram, await crowd(service)
    unlucky = await seller(service, ("Sem Sorte", "5531977000001"), channel="telegram")
    if status:
        telegram.faults.fail_next(status=status, person=unlucky, times=1_000_000, retry_after=5 if status == 429 else 0)
    else:
        gate = telegram.faults.gate

        async def silent(method: str, person: str) -> object:
            if person == unlucky.id:
                await asyncio.sleep(300)
            return await gate(method, person)

        telegram.faults.gate = silent  # type: ignore[assignment,method-assign]
    for number in range(30):
        await (await unlucky.says(f"mensagem {number}")).accepted()
    return await p95(people)


async def robots_hang(service: RunningService) -> float:
    """Ten sales wait for robots whose API takes calls and answers none."""
    people = await crowd(service)
    for number in range(SALES):
        await service.login_bo(f"Bo {number}", f"553190000{number:04}", matricula_pap=f"BOX{number}")
    sellers = [await seller(service, (f"Vende {number}", f"55319780000{number:02}")) for number in range(SALES)]
    service.sandbox.rpa.faults.hang = True
    for one in sellers:
        await one.says("VENDER")
        await one.sees("Posso começar?")
        await one.says("SIM")
    return await p95(people)


async def slow_disk(service: RunningService) -> float:
    """Each commit takes 50 ms, which is what a bad disk needs for one."""
    people, commit = await crowd(service), turn._commit

    async def slow(connection: Any) -> None:
        await asyncio.sleep(0.05)
        await commit(connection)

    turn._commit = slow  # type: ignore[assignment]
    try:
        return await p95(people)
    finally:
        turn._commit = commit


async def crowd(service: RunningService) -> list[Phone]:
    """Sellers on both channels who have said something before."""
    return [
        await seller(service, (f"Pessoa {number}", f"55319760000{number:02}"), channel=channel)
        for number in range(PEOPLE)
        for channel in ("telegram" if number % 2 else "whatsapp",)
    ]


async def p95(people: list[Phone]) -> float:
    """Seconds until who writes is answered: one after the other writes, whether the one before was answered or not."""
    took: list[float] = []
    async with asyncio.TaskGroup() as asking:
        until, number = time.monotonic() + SECONDS, 0
        while time.monotonic() < until:
            asking.create_task(_asks(people[number % len(people)], took))
            number += 1
            await asyncio.sleep(EVERY_SECONDS)
    return statistics.quantiles(took, n=20)[-1]


async def _asks(phone: Phone, took: list[float]) -> None:
    began, place = time.monotonic(), len(phone.screen)
    await phone.says("MENU")
    await phone.sees_that(lambda: _shown(phone, place), "the menu", 120)
    took.append(time.monotonic() - began)


def _shown(phone: Phone, place: int) -> bool | None:
    return any(not one.mine and one.shows("O que você quer fazer") for one in phone.screen[place:]) or None
