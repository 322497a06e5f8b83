"""Sellers and robots doing anything at any moment: no turn fails, and logins and sales always match."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from sandbox import Job, Phone
from tests.support.sellers import ANA, BIA, CAIO
from tests.support.service import RunningService

STEPS = 80
WORDS = (
    "VENDER", "SIM", "NAO", "CANCELAR", "STATUS", "VENDAS", "AJUDA", "MENU", "POOL", "LIBERAR", "USUARIOS",
    "/start", "oi", "1", "2", "30140071", "529.982.247-25", "manhã",
)  # fmt: skip
TIPOS = ("texto", "cpf", "cep", "telefone", "data", "numero", "opcao", "sim_nao", "novidade")

# A login is in one seller's hands, an open sale that is not queued holds one, and one that is over holds none.
NEVER = {
    "a login lent twice": (
        "SELECT bo_usuario_id FROM pap_bo_em_uso WHERE liberado_em IS NULL GROUP BY bo_usuario_id HAVING count(*) > 1"
    ),
    "a lease whose sale is over": (
        "SELECT v.status_venda FROM pap_bo_em_uso l JOIN vendas v ON v.id = l.venda_id"
        " WHERE l.liberado_em IS NULL AND v.encerrada_em IS NOT NULL"
    ),
    "a sale at work without a lease": (
        "SELECT v.status_venda FROM vendas v WHERE v.encerrada_em IS NULL AND v.status_venda <> 'NA_FILA' AND NOT"
        " EXISTS (SELECT 1 FROM pap_bo_em_uso l WHERE l.epoch = v.epoch AND l.liberado_em IS NULL)"
    ),
    "a queued sale without a place": (
        "SELECT v.id FROM vendas v WHERE v.encerrada_em IS NULL AND v.status_venda = 'NA_FILA' AND NOT"
        " EXISTS (SELECT 1 FROM pap_bo_fila f WHERE f.venda_id = v.id)"
    ),
    "a turn that failed": "SELECT event_id, error FROM failed_events",
}


@dataclass
class Day:
    """A day at the counter, drawn by chance; `diary` says what happened."""

    service: RunningService
    phones: list[Phone]
    chance: random.Random
    diary: list[str] = field(default_factory=list)

    async def step(self) -> None:
        acts = (self.sell, self.say, self.tap, self.report, self.pass_time)
        await self.chance.choices(acts, weights=(10, 25, 25, 30, 10))[0]()
        if self.chance.random() < 0.5:
            await self.service.sandbox.settled()

    async def sell(self) -> None:
        phone = self.chance.choice(self.phones)
        self.diary.append(f"{phone.name} on {phone.channel}: VENDER, SIM")
        await phone.says("VENDER")
        await phone.says("SIM")

    async def say(self) -> None:
        phone, word = self.chance.choice(self.phones), self.chance.choice(WORDS)
        self.diary.append(f"{phone.name} on {phone.channel}: {word}")
        await phone.says(word)

    async def tap(self) -> None:
        """Any button that was ever on the screen, the newer ones more often."""
        phone = self.chance.choice(self.phones)
        buttons = [(bubble, target) for bubble in phone.screen if not bubble.mine for target in bubble.targets]
        if buttons:
            bubble, target = self.chance.choice(buttons[-6:] if self.chance.random() < 0.7 else buttons)
            self.diary.append(f"{phone.name} on {phone.channel}: taps {target}")
            await phone.tap(bubble, target)

    async def report(self) -> None:
        """What a robot tells, by callback or only when it is polled, also after its end."""
        jobs = [job for job in self.service.sandbox.rpa.jobs if not job.over or self.chance.random() < 0.3]
        if not jobs:
            return
        job, by_callback = self.chance.choice(jobs), self.chance.random() < 0.8
        event = self.chance.choice(("ask", "ask", "progress", "heartbeat", "complete", "fail", "cancelled"))
        self.diary.append(f"job of {job.body['matricula_vendedor']}: {event}, callback {by_callback}")
        reply = await getattr(job, event)(*self._told(event), call=by_callback)
        assert reply is None or reply.status == 200, self.diary

    def _told(self, event: str) -> tuple[object, ...]:
        if event == "ask":
            tipo = self.chance.choice(TIPOS)
            return "O que digo?", tipo, ["Um", "Dois"] if tipo == "opcao" else None
        if event == "progress":
            return self.chance.randint(0, 100), self.chance.choice("abc")
        return ("PORTAL_FORA",) if event == "fail" else ()

    async def pass_time(self) -> None:
        self.service.clock.move(minutes=self.chance.choice((1, 16, 31)))
        self.diary.append("time passes")
        await self.service.clock_work.expire_logins()
        await self.service.clock_work.reconcile()
        await self.service.wiring.robot_events.poll(timedelta(0))


def jobs_at_work(service: RunningService) -> list[Job]:
    return [job for job in service.sandbox.rpa.jobs if not job.over and not job.cancel_requested]


@pytest.mark.parametrize("seed", [2, 3])
async def test_whatever_they_do_logins_and_sales_match(service: RunningService, seed: int) -> None:
    await service.login_bo("Bo Um", "5531900000001")
    await service.login_bo("Bo Dois", "5531900000002")
    for quem in (ANA, BIA, CAIO):
        await service.vendedor(*quem)
    await service.administrador("Adm Silva", "5531999990000")
    people = [("whatsapp", *quem) for quem in (ANA, BIA, CAIO, ("Adm Silva", "5531999990000"))]
    phones = [await service.phone(*person) for person in [*people, ("telegram", *ANA)]]
    service.sandbox.rpa.behaviour = "manual"

    day = Day(service, phones, random.Random(seed))
    for _ in range(STEPS):
        await day.step()
    await service.sandbox.settled()
    assert service.sandbox.rpa.jobs, day.diary
    for what, sql in NEVER.items():
        assert await service.rows(sql) == [], (what, day.diary)
    assert len(jobs_at_work(service)) <= 2, day.diary
