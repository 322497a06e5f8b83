"""One run: everybody begins, things go wrong, everything drains, and it is counted."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from core.time import utc_now
from sandbox import Job, Phone
from tests.faults.harness.book import Book
from tests.faults.harness.chaos import Chaos
from tests.faults.harness.count import Count
from tests.faults.harness.counts import counted, table
from tests.faults.harness.flows import (
    Approver,
    Asker,
    AtTheApi,
    Consultor,
    Customer,
    InThePanel,
    Person,
    Seller,
    introduced,
)
from tests.faults.harness.kept import keep
from tests.faults.harness.office import Administrator, Bringer
from tests.faults.harness.world import World, world

DRAIN_SECONDS = 240.0
# However much is still on its way: who wrote a lot is answered at their channel's pace.
MOST_SECONDS = 1800.0


@dataclass
class Report:
    """What came of it."""

    seed: int
    kills: int
    seconds: float
    book: Book
    counts: list[Count]

    @property
    def failed(self) -> bool:
        return any(count.failed for count in self.counts)

    @property
    def row(self) -> str:
        """Its line of the table in docs/reliability.md."""
        of = {count.name: count for count in self.counts}
        doubled = sum(len(count.stories) for count in self.counts if count.allowed)
        wrong = sum(len(count.stories) for count in self.counts if not count.allowed)
        cells = (
            self.seed,
            self.kills,
            len(self.book.faults),
            of["updates accepted and without effect"].of,
            of["replies missing"].of,
            doubled,
            wrong,
            f"{self.seconds:.0f} s",
        )
        return f"| {' | '.join(map(str, cells))} |"

    def __str__(self) -> str:
        lines = [f"seed {self.seed}, {self.kills} kills, {len(self.book.faults)} faults, {self.seconds:.0f} s"]
        lines += [f"{name}: {times}" for name, times in sorted(self.book.done.items()) if not name.startswith("menus ")]
        lines.append(f"menus: {sum(n for name, n in self.book.done.items() if name.startswith('menus '))}")
        lines += ["", table(self.counts), "", f"for docs/reliability.md: {self.row}"]
        for count in self.counts:
            if count.stories:
                lines += ["", f"{count.name}:", *count.stories[:10]]
        return "\n".join(lines)


async def run(
    directory: Path, seed: int, kills: int, pause: float, ahead: Mapping[str, float] = MappingProxyType({})
) -> Report:
    """`pause`: seconds between two kills, on the average. `ahead`: of machines whose clocks are wrong (`worker2`)."""
    book, chance, began = Book(), random.Random(seed), time.monotonic()
    async with world(directory, chance, book, ahead) as made:
        api = AtTheApi(made, f"{utc_now().astimezone(made.zone):%m/%Y}")
        people = await _introduced(made, api)
        watch = asyncio.create_task(_watch_logins(made))
        lives = [asyncio.create_task(person.lives()) for person in (*people, api)]
        await Chaos(made.fleet, made.engines, made.sandbox, made.lines, book, chance).run(kills, pause)
        await asyncio.sleep(2.0)
        await _drain(made, lives)
        watch.cancel()
        counts = await counted(made)
        await keep(made, directory)
    return Report(seed, kills, time.monotonic() - began, book, counts)


async def _introduced(made: World, api: AtTheApi) -> list[Person]:
    book, telegram, whatsapp = made.book, made.sandbox.telegram, made.sandbox.whatsapp
    kinds: list[tuple[Callable[[Phone, Book], Person], str, str, str]] = [
        (Seller, "whatsapp", "Vendedor 1", "5531988801001"),
        (Seller, "telegram", "Vendedor 2", "5531988801002"),
        (Seller, "whatsapp", "Vendedor 3", "5531988801003"),
        (Consultor, "whatsapp", "Consultor 1", "5531988803001"),
        (Consultor, "whatsapp", "Consultor 2", "5531988803002"),
        (Approver, "telegram", "Aprovador 1", "5531988804001"),
        (Approver, "whatsapp", "Aprovador 2", "5531988804002"),
        (InThePanel, "telegram", "Adm Silva", "5531988805001"),
        (partial(Administrator, mes_ano=api.mes_ano), "whatsapp", "Adm Reis", "5531988805002"),
        (partial(Bringer, api=api, clientes=made.sem_robo), "telegram", "Operador 3", "5531988806003"),
        (Asker, "telegram", "Operador 1", "5531988806001"),
        (Asker, "whatsapp", "Operador 2", "5531988806002"),
    ]
    people: list[Person] = []
    for kind, channel, nome, telefone in kinds:
        phone = (telegram if channel == "telegram" else whatsapp).phone(nome, telefone)
        await introduced(phone)
        people.append(kind(phone, book))
    for person in people:
        if isinstance(person, Consultor):
            await person.says("ONLINE")
            await person.phone.sees("🟢 Você está online.", 30.0)
    InThePanel.url = made.url
    for number in range(1, 4):
        channel = telegram if number == 3 else whatsapp
        people.append(Customer(channel.phone(f"Cliente {number}", f"553197770100{number}"), book))
    return people


async def _drain(made: World, lives: list[asyncio.Task[None]]) -> None:
    """What was begun comes to its end, and nobody begins anything new."""
    made.book.stop.set()
    for faults in (made.sandbox.telegram.faults, made.sandbox.whatsapp.faults, made.sandbox.rpa.faults):
        faults.clear()
    await made.fleet.all_work(DRAIN_SECONDS)
    began = time.monotonic()
    with suppress(TimeoutError):
        await _until_idle(made)
    made.drained_at = utc_now()
    made.book.over.set()
    _, late = await asyncio.wait(lives, timeout=max(20.0, DRAIN_SECONDS - (time.monotonic() - began)))
    for task in late:
        task.cancel()
    results = await asyncio.gather(*lives, return_exceptions=True)
    made.book.wrong += [f"{type(one).__name__}: {one}" for one in results if isinstance(one, Exception)]
    with suppress(TimeoutError):
        await _until(lambda: _nothing_waits(made), 60.0)


async def _until_idle(made: World) -> None:
    """Until nothing waits; as long as less waits than ever before, that has its time. Raises TimeoutError."""
    fewest: int | None = None
    async with asyncio.timeout(MOST_SECONDS), asyncio.timeout(DRAIN_SECONDS) as patience:
        while not await _is_idle(made):
            waiting = await _waiting(made)
            if fewest is None or waiting < fewest:
                fewest = waiting
                patience.reschedule(asyncio.get_running_loop().time() + DRAIN_SECONDS)
            await asyncio.sleep(0.5)


async def _is_idle(made: World) -> bool:
    """Three looks in a row at a quiet house: what one of them finds may be between two steps."""
    for _ in range(3):
        if not await _nothing_waits(made):
            return False
        await asyncio.sleep(1.0)
    return True


async def _waiting(made: World) -> int:
    """Calls, robots, invoices, conversations, runs and sales that are not over."""
    sql = (
        "SELECT (SELECT count(*) FROM outbox WHERE done_at IS NULL)"
        " + (SELECT count(*) FROM execucoes WHERE data_fim IS NULL)"
        " + (SELECT count(*) FROM processos WHERE status_processo <> 'UPLOAD_REALIZADO')"
        " + (SELECT count(*) FROM atendimentos WHERE encerrado_em IS NULL)"
        " + (SELECT count(*) FROM execucoes_agendamento WHERE terminada_em IS NULL)"
        " + (SELECT count(*) FROM vendas WHERE encerrada_em IS NULL) AS n"
    )
    return int((await made.rows(sql))[0].n)


async def _nothing_waits(made: World) -> bool:
    providers = (made.sandbox.telegram, made.sandbox.whatsapp, made.sandbox.rpa)
    if any(provider.courier.pending for provider in providers):
        return False
    return await _waiting(made) == 0


async def _until(condition: Callable[[], Awaitable[bool]], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.5)


async def _watch_logins(made: World) -> None:
    """Robots of two sales that are in the portal at once with the same login."""
    seen = 0
    working: list[Job] = []
    while True:
        jobs = made.sandbox.rpa.jobs
        working = [job for job in (*working, *jobs[seen:]) if job.operadora == "pap" and not job.over]
        seen = len(jobs)
        logins = [str(job.body["login"]) for job in working]
        for login in {one for one in logins if logins.count(one) > 1}:
            both = [job.body["venda_id"] for job in working if job.body["login"] == login]
            made.book.held_twice.append(f"{login}: {both} ({made.book.near(time.time())})")
        await asyncio.sleep(0.02)
