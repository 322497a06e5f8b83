"""What robots report, by callback or when asked, applied in a turn and told to the seller."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.robots.api import RobotsApi
from bot.robots.asking import answer_of, lines_of, side_by_side
from bot.robots.execucao_events import ExecucaoEvents
from bot.turn import Turns
from core.commands.venda import HandleRobotEvent
from core.outcome import Outcome
from core.robo.segredos import hidden
from core.venda import robo
from core.venda.robo import RobotEvent, find_venda
from core.venda.vendedor import follow_seller
from dialogs.conversa.consultor import OpenTalk
from dialogs.venda.acompanhamento import tell
from dialogs.venda.vendedor import talk_of_seller
from storage.contatos.conversas import mark_event
from storage.database import Database
from storage.robo.linhas import Fonte, Trabalho, last_seq
from storage.transaction import Transaction
from storage.venda.vendas import Venda, jobs_to_poll, venda_by_id

CHANNEL = "rpa"


class RobotEvents:
    """The meeting point of robots, turns and the sellers' conversations."""

    def __init__(
        self,
        turns: Turns,
        open_talk: OpenTalk,
        database: Database,
        api: RobotsApi | None,
        ttl: timedelta,
        execucoes: ExecucaoEvents,
    ) -> None:
        self._turns = turns
        self._open_talk = open_talk
        self._database = database
        self._api = api
        self._ttl = ttl
        self._execucoes = execucoes

    async def callback(self, event: RobotEvent, event_id: str) -> Outcome:
        """Handle one callback, once. `UNKNOWN` when its job is none of ours."""

        kept: dict[str, Any] = {}

        async def work(tx: Transaction) -> Outcome:
            told = await hidden(tx, event)
            kept.update(told.as_payload())
            return await self._take(tx, told, event_id)

        return await self._turns.event(CHANNEL, event_id, work, kept)

    async def handle(self, tx: Transaction, event: RobotEvent) -> bool:
        """Apply one event in this turn; False when its job is unknown."""
        return await self._apply(tx, await hidden(tx, event))

    async def _apply(self, tx: Transaction, event: RobotEvent) -> bool:
        venda = await _venda_of(tx, event)
        if venda is None:
            return await self._execucoes.handle(tx, event)
        talk = await talk_of_seller(self._open_talk, tx, venda)
        # Read again: now its conversation is locked, and what we saw before may have changed.
        venda = await venda_by_id(tx.connection, venda.id)
        assert venda is not None
        if talk is not None:
            await follow_seller(tx, venda, talk.contato.id)
        noticia = await robo.apply(tx, venda, event, ttl=self._ttl)
        if noticia is not None and talk is not None:
            changed = await venda_by_id(tx.connection, venda.id)
            assert changed is not None
            await tell(talk, changed, noticia, self._ttl)
        return True

    async def handle_early(self, tx: Transaction, wanted: HandleRobotEvent) -> None:
        """Apply an event that came before the answer to its start."""
        await self.handle(tx, RobotEvent(wanted.event, wanted.job_id, wanted.data, wanted.seq))

    async def poll(self, silent_for: timedelta) -> int:
        """Ask every job that has been silent for that long how it is; how many were asked."""
        if self._api is None:
            return 0
        jobs = await self._turns.run(lambda tx: jobs_to_poll(tx, silent_for))
        await self.ask_all(jobs)
        return len(jobs)

    async def ask_all(self, jobs: Sequence[tuple[UUID, str]]) -> None:
        """Ask these jobs, side by side: robots that do not answer hold nobody else up."""
        await side_by_side(self.ask(*job) for job in jobs)

    async def ask(self, venda_id: UUID, job_id: str) -> None:
        """Ask one job how it is, and apply what it says; no answer changes nothing."""
        assert self._api is not None
        async with self._database.read() as connection:
            before = await venda_by_id(connection, venda_id)
        answer = await answer_of(self._api, job_id)
        if answer is None or before is None:
            return
        async with self._database.read() as connection:
            venda = await venda_by_id(connection, venda_id)
            after = await last_seq(connection, Trabalho(Fonte.VENDA, venda_id))
        if venda is None or _went_on(before, venda):
            return
        lines = await lines_of(self._api, job_id, after)
        for event in [*lines, *robo.events_of_poll(job_id, venda, answer)]:
            await self._turns.run(lambda tx, event=event: self.handle(tx, event))  # type: ignore[misc]

    async def apply_callback(self, tx: Transaction, event: RobotEvent, event_id: str) -> Outcome:
        """The turn of one callback."""
        return await self._take(tx, await hidden(tx, event), event_id)

    async def _take(self, tx: Transaction, event: RobotEvent, event_id: str) -> Outcome:
        if await _venda_of(tx, event) is None and not await self._execucoes.knows(tx, event):
            return Outcome.DONE if await robo.keep_for_start(tx, event) else Outcome.UNKNOWN
        if not await mark_event(tx, CHANNEL, event_id):
            return Outcome.REPEATED
        await self._apply(tx, event)
        return Outcome.DONE


def _went_on(before: Venda, venda: Venda) -> bool:
    """Whether it was asked or answered something while its robot was asked: what that said is old, and may be again."""
    return (before.perguntas_feitas, before.respondida) != (venda.perguntas_feitas, venda.respondida)


async def _venda_of(tx: Transaction, event: RobotEvent) -> Venda | None:
    """The venda it is about; none when the address that we gave out names an execucao."""
    return None if event.execucao_id is not None else await find_venda(tx, event)
