"""The clock's steps for atendimentos. Any number of clocks may run: each step decides by conditional statements."""

from redis.asyncio import Redis

from bot.atendimento.turns import AtendimentoTurns
from bot.runtime.one_by_one import one_by_one
from bot.turn import Turns
from core.atendimento.atendimento import hand_out
from core.atendimento.distribuicao import AtendimentoLimits, lost_and_found
from core.conversa.janela import CHANNEL, OPEN_FOR, WARN_BEFORE
from core.presenca.presenca import PresenceLimits
from storage.atendimento.atendimentos import lost_before, note_lost, waiting
from storage.atendimento.ofertas import expired_ofertas
from storage.conversa.janela import closing_between
from storage.database import Database
from storage.servico.servico import cards_of_nobody, customers_of_nobody

BATCH = 200


class AtendimentoClock:
    """The steps, each callable by itself."""

    def __init__(
        self,
        turns: Turns,
        work: AtendimentoTurns,
        database: Database,
        redis: Redis,
        *,
        limits: AtendimentoLimits,
        presence_limits: PresenceLimits,
    ) -> None:
        self._turns = turns
        self._work = work
        self._database = database
        self._redis = redis
        self._limits = limits
        self._presence_limits = presence_limits

    async def expire_offers(self) -> int:
        """Cards nobody answered in time go to the next one; how many."""
        async with self._database.read() as connection:
            late = await expired_ofertas(connection, self._turns.now(), BATCH)
            late += await cards_of_nobody(connection, BATCH)
        return await one_by_one(self._turns, late, self._work.expire)

    async def hand_out_queue(self) -> bool:
        """Somebody waits and is offered to nobody: look again, as people come back without saying so."""
        async with self._database.read() as connection:
            somebody = bool(await waiting(connection, 1))
        if somebody:
            await self._turns.run(hand_out)
        return somebody

    async def follow_lost_consultores(self) -> int:
        """Customers whose consultor is lost go back to the queue after the time of grace; how many."""
        turns = self._turns
        async with self._database.read() as connection:
            lost, found = await lost_and_found(connection, self._redis, turns.now(), self._presence_limits, BATCH)

        await one_by_one(turns, lost, lambda tx, customer: note_lost(tx, customer, tx.now))
        await one_by_one(turns, found, lambda tx, customer: note_lost(tx, customer, None))
        async with self._database.read() as connection:
            late = await customers_of_nobody(connection, BATCH)
            late += await lost_before(connection, turns.now() - self._limits.graca, BATCH)
        return await one_by_one(turns, late, self._work.take_back)

    async def warn_of_windows(self) -> int:
        """Consultores hear once that WhatsApp's window with a customer closes within the hour; of how many."""
        now = self._turns.now()
        first, last = now - OPEN_FOR, now - OPEN_FOR + WARN_BEFORE
        async with self._database.read() as connection:
            closing = await closing_between(connection, CHANNEL, first, last, now - WARN_BEFORE, BATCH)
        return await one_by_one(self._turns, closing, self._work.warn_of_window)
