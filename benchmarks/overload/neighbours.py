"""How long everybody else waits beside one slow thing: robots, channels, files, the object store.

python -m benchmarks.overload.neighbours   about 9 min; the whole service as `balcao up` runs it, over HTTP
python -m benchmarks.overload.neighbours --only passos loja

The stand-ins keep to the channels' own limits. `before` is what was measured before lanes gave way to each other.
"""

import argparse
import asyncio
import os
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.overload.crowded import flood, not_taken, nothing, robots_hang, slow_disk
from benchmarks.support.postgres import DurablePostgres
from bot.runtime.logs import configure_logging
from sandbox import Phone, small_pdf
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.schema import migrate
from tests.support.consultores import DAVI, MARIA, PEDRO, attended, consultor, customer
from tests.support.sellers import seller
from tests.support.service import RunningService, settings_for

FATURA = small_pdf("Fatura de maio")
HANGING = 70


@dataclass
class Place:
    """The service, and the process of its object store."""

    service: RunningService
    store: int


async def steps(place: Place, many: int) -> float:
    """So many steps of a robot, then its question."""
    service = place.service
    await service.login_bo()
    ana = await seller(service, channel="telegram")
    service.sandbox.rpa.next("manual")
    await ana.says("VENDER")
    await ana.taps("SIM")
    await ana.sees("Venda iniciada")
    job = await service.sandbox.rpa.started()
    for step in range(many):
        await job.progress(step % 100, f"Passo {step}")
    return await timed(job.ask("Qual é o CEP?", "cep"), ana, "Qual é o CEP?")


async def backlog(place: Place, channel: str) -> float:
    """Sixty messages of one customer, then one of the consultor's other customer."""
    maria, pedro, _ = await both_attended(place, channel)
    for number in range(60):
        await (await maria.says(f"Mensagem {number}")).accepted()
    # On Telegram it comes in a topic of its own, which he has not opened.
    sent = getattr(place.service.sandbox, channel).calls
    began = time.monotonic()
    await pedro.says("E a minha fatura?")
    async with asyncio.timeout(150):
        while not any("E a minha fatura?" in str(call.params) for call in sent):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return time.monotonic() - began


async def file_not_given(place: Place) -> float:
    """A file that its channel does not give, then a text of the same customer."""
    maria, _, davi = await both_attended(place)
    place.service.sandbox.telegram.faults.fail_next("getFile", status=502, times=10_000)
    await maria.sends_document("fatura.pdf", FATURA)
    return await timed(maria.says("recebeu?"), davi, "recebeu?")


async def chats_left_hanging(place: Place) -> float:
    """Telegram takes messages to seventy people and says nothing; somebody else writes."""
    telegram = place.service.sandbox.telegram
    ana = await seller(place.service, channel="telegram")
    hung, gate = set(), telegram.faults.gate

    async def hanging(method: str, person: str) -> object:
        if person in hung:
            await asyncio.sleep(300)
        return await gate(method, person)

    telegram.faults.gate = hanging  # type: ignore[assignment,method-assign]
    people = [telegram.phone(f"Pessoa {number}", None) for number in range(HANGING)]
    hung |= {person.id for person in people}
    for person in people:
        await (await person.says("/start")).accepted()
    await asyncio.sleep(1)
    return await timed(ana.says("MENU"), ana, "O que você quer fazer")


async def store_hangs_while_asked(place: Place) -> float:
    """The object store stands still, and a monitor asks /readyz twice a second."""
    ana = await seller(place.service)

    async def monitor() -> None:
        while True:
            async with place.service.http.get("/readyz") as response:
                await response.read()
            await asyncio.sleep(0.5)

    os.kill(place.store, signal.SIGSTOP)
    asking = [asyncio.create_task(monitor()) for _ in range(4)]
    try:
        await asyncio.sleep(3)
        return await timed(ana.says("MENU"), ana, "O que você quer fazer")
    finally:
        os.kill(place.store, signal.SIGCONT)
        for one in asking:
            one.cancel()


async def store_away(place: Place) -> tuple[float, float]:
    """The store stands still for 25 s; a PDF comes, then another customer's text; the PDF after the store's return."""
    maria, pedro, davi = await both_attended(place)
    os.kill(place.store, signal.SIGSTOP)
    try:
        began = time.monotonic()
        await maria.sends_document("fatura.pdf", FATURA)
        text = await timed(pedro.says("E a minha?"), davi, "E a minha?")
        await asyncio.sleep(25 - (time.monotonic() - began))
    finally:
        os.kill(place.store, signal.SIGCONT)
    back = time.monotonic()
    async with asyncio.timeout(120):
        while not any(bubble.document == FATURA for bubble in davi.screen):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return text, time.monotonic() - back


async def both_attended(place: Place, channel: str = "whatsapp") -> tuple[Phone, Phone, Phone]:
    """Two customers, the first on Telegram, and Davi, who attends them, on this channel."""
    davi = await consultor(place.service, DAVI, channel)
    maria, pedro = await customer(place.service, MARIA, "telegram"), await customer(place.service, PEDRO)
    await maria.says("/start")
    await attended(place.service, maria, davi)
    await attended(place.service, pedro, davi)
    return maria, pedro, davi


async def timed(doing: Awaitable[object], phone: Phone, text: str) -> float:
    """Seconds until this phone shows what comes of it."""
    began = time.monotonic()
    await doing
    await phone.sees(text, timeout=150)
    return time.monotonic() - began


Measure = Callable[[Place], Awaitable[float | tuple[float, float]]]
# What is measured, as it was before, and how.
SCENES: dict[str, tuple[str, str, Measure]] = {
    "passos60": ("60 steps of a robot, then its question", "40", lambda place: steps(place, 60)),
    "passos120": ("120 steps, then its question", "98", lambda place: steps(place, 120)),
    "fila": ("60 messages of a customer, then the other one's", "44", lambda place: backlog(place, "telegram")),
    "fila-zap": ("the same, the consultor on WhatsApp", "-", lambda place: backlog(place, "whatsapp")),
    "arquivo": ("a file that its channel does not give, then a text", "60", file_not_given),
    "chats": ("70 chats left hanging by Telegram, then another's", "30", chats_left_hanging),
    "readyz": ("store hangs, /readyz asked, then a reply", "40-64", store_hangs_while_asked),
    "nada": ("nothing beside it, p95", "-", lambda place: nothing(place.service)),
    "enxurrada": ("5,000 messages of one, p95 of the others", "-", lambda place: flood(place.service)),
    "pessoa500": ("one whom Telegram answers 500, p95", "-", lambda place: not_taken(place.service, 500)),
    "pessoa429": ("one whom it answers 429, p95", "-", lambda place: not_taken(place.service, 429)),
    "pessoa-muda": ("one whom it answers nothing, p95", "-", lambda place: not_taken(place.service, 0)),
    "robos": ("ten sales whose robots' API hangs, p95", "-", lambda place: robots_hang(place.service)),
    "disco": ("each commit takes 50 ms, p95", "-", lambda place: slow_disk(place.service)),
    "loja": ("store away 25 s: another's text / the PDF after it", "24 / > 70", store_away),
}


@asynccontextmanager
async def place(url: str, directory: Path, redis_url: str) -> AsyncIterator[Place]:
    """A service of its own for each scene."""
    database = Database(url, patient=True)
    await migrate(database)
    await database.close()
    s3 = EmbeddedS3(directory)
    await s3.start()
    assert s3.pid is not None
    try:
        async with RunningService(settings_for(url, redis_url, s3, directory), steps=True) as service:
            service.sandbox.telegram.faults.rates = service.sandbox.whatsapp.faults.rates = True
            yield Place(service, s3.pid)
    finally:
        await s3.stop()


async def main(only: list[str]) -> None:
    """The table."""
    print(f"{'seconds until it is read':52} {'before':>10} {'SQLite':>12} {'PostgreSQL':>12}")
    with DurablePostgres() as postgres, tempfile.TemporaryDirectory(prefix="balcao-neighbours-") as name:
        redis = EmbeddedRedis(Path(name))
        await redis.start()
        for scene in only:
            what, before, measure = SCENES[scene]
            took = []
            for kind in ("sqlite", "postgresql"):
                directory = Path(name) / f"{scene}-{kind}"
                directory.mkdir()
                url = f"sqlite+aiosqlite:///{directory / 'b.db'}" if kind == "sqlite" else postgres.new_database()
                async with place(url, directory, redis.url) as here:
                    found = await measure(here)
                took.append(" / ".join(f"{one:.1f}" for one in (found if isinstance(found, tuple) else (found,))))
            print(f"{what:52} {before:>10} {took[0]:>12} {took[1]:>12}", flush=True)
        await redis.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=list(SCENES), choices=list(SCENES))
    configure_logging("json", "CRITICAL")
    asyncio.run(main(parser.parse_args().only))
