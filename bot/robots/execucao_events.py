"""What robots of invoices report, by callback or when asked, applied in a turn."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from bot.robots.api import RobotsApi
from bot.robots.asking import answer_of, lines_of, side_by_side
from bot.runtime.one_by_one import one_by_one
from bot.turn import Turns
from core.processo import robo
from core.processo.limites import SILENCIO, ProcessoLimits
from core.robo.segredos import hidden
from core.venda.robo import RobotEvent
from storage.database import Database
from storage.processo.execucoes import execucao_by_id, jobs_to_poll, silent_since
from storage.robo.linhas import Fonte, Trabalho, last_seq
from storage.transaction import Transaction


class ExecucaoEvents:
    """The meeting point of robots, turns and execucoes."""

    def __init__(self, turns: Turns, database: Database, api: RobotsApi | None, limits: ProcessoLimits) -> None:
        self._turns = turns
        self._database = database
        self._api = api
        self._limits = limits

    async def knows(self, tx: Transaction, event: RobotEvent) -> bool:
        """Whether the event's job is an execucao's."""
        return await robo.find_execucao(tx, event) is not None

    async def handle(self, tx: Transaction, event: RobotEvent) -> bool:
        """Apply one event, without passwords by now, in this turn; False when its job is unknown."""
        execucao = await robo.find_execucao(tx, event)
        if execucao is None:
            return False
        await robo.apply(tx, execucao.id, event, self._limits)
        return True

    async def poll(self, silent_for: timedelta) -> int:
        """Ask every job that has been silent for that long how it is; how many were asked."""
        if self._api is None:
            return 0
        jobs = await self._turns.run(lambda tx: jobs_to_poll(tx, silent_for))
        await self._ask_all(jobs)
        return len(jobs)

    async def end_silent(self) -> int:
        """Robots without a sign of life for long are asked a last time, and given up; how many were."""
        before = self._turns.now() - SILENCIO
        async with self._database.read() as connection:
            silent = await silent_since(connection, before)
        await self._ask_all([(one.id, one.job_id) for one in silent if one.job_id is not None])
        return await one_by_one(
            self._turns, silent, lambda tx, one: robo.give_up_silent(tx, one.id, before, self._limits)
        )

    async def _ask_all(self, jobs: Sequence[tuple[UUID, str]]) -> None:
        """Side by side: robots that do not answer hold nobody else up."""
        await side_by_side(self._ask(*job) for job in jobs)

    async def _ask(self, execucao_id: UUID, job_id: str) -> None:
        if self._api is None:
            return
        answer = await answer_of(self._api, job_id)
        if answer is None:
            return
        async with self._database.read() as connection:
            execucao = await execucao_by_id(connection, execucao_id)
            after = await last_seq(connection, Trabalho(Fonte.EXECUCAO, execucao_id))
        if execucao is None:
            return
        lines = await lines_of(self._api, job_id, after)
        for event in [*lines, *robo.events_of_poll(job_id, execucao, answer)]:
            await self._turns.run(lambda tx, event=event: self._heard(tx, event))  # type: ignore[misc]

    async def _heard(self, tx: Transaction, event: RobotEvent) -> bool:
        return await self.handle(tx, await hidden(tx, event))
