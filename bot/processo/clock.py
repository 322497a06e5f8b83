"""What happens to invoices by itself. Any number of clocks may run: each step decides by conditional statements."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.processo.avisos import DailyNotices
from bot.robots.andamento import AndamentoTurns
from bot.robots.execucao_events import ExecucaoEvents
from bot.robots.perguntas import PerguntaTurns
from bot.runtime.one_by_one import one_by_one
from bot.turn import Turns
from core.delegacao.delegacoes import PERFIS, encerrar_sem_direito
from core.processo.execucoes import despachar, enviar
from core.processo.limites import ProcessoLimits
from core.processo.quem import O_RELOGIO
from core.processo.resultado import Saida
from storage.database import Database
from storage.delegacao.delegacoes import delegacoes_without_right
from storage.processo.execucoes import operadoras_with_due
from storage.processo.processos import due_for_sat, processo_by_id
from storage.transaction import Transaction

# At a time; the next ones a little later.
_DELEGATIONS = 100


class ProcessoClock:
    """The steps about invoices."""

    def __init__(
        self,
        turns: Turns,
        database: Database,
        events: ExecucaoEvents,
        andamentos: AndamentoTurns,
        perguntas: PerguntaTurns,
        limits: ProcessoLimits,
        *,
        poll_seconds: float,
        zone: ZoneInfo,
    ) -> None:
        self._turns = turns
        self._database = database
        self._events = events
        self._andamentos = andamentos
        self._perguntas = perguntas
        self._limits = limits
        self.avisos = DailyNotices(turns, database, zone, limits)
        self._poll_after = timedelta(seconds=poll_seconds)

    async def send_due(self) -> int:
        """Robots whose time has come are sent, where there is room for them; how many were."""
        async with self._database.read() as connection:
            operadoras = await operadoras_with_due(connection, self._turns.now())
        return await one_by_one(self._turns, operadoras, lambda tx, which: despachar(tx, which, self._limits))

    async def poll_execucoes(self) -> int:
        """Robots that do not call back are asked; how many were."""
        return await self._events.poll(self._poll_after)

    async def end_delegations(self) -> int:
        """Delegations end whose giver or taker has not the right any more, and who is left hears it; how many did."""
        async with self._database.read() as connection:
            broken = await delegacoes_without_right(connection, self._turns.now(), PERFIS, _DELEGATIONS)
        return await one_by_one(self._turns, broken, encerrar_sem_direito)

    async def end_silent(self) -> int:
        """Robots that say nothing for long are given up; how many were."""
        return await self._events.end_silent()

    async def grow_messages(self) -> int:
        """Messages about downloads show what is new; how many changed."""
        return await self._andamentos.grow_due()

    async def ask_the_next(self) -> int:
        """What a robot asks goes from one person to the next; how many questions did."""
        return await self._perguntas.ask_the_next()

    async def send_to_sat(self) -> int:
        """What was approved, and can be undone no longer, goes to SAT; how many did."""
        async with self._database.read() as connection:
            due = await due_for_sat(connection, self._turns.now())
        return await one_by_one(self._turns, due, self._to_sat)

    async def _to_sat(self, tx: Transaction, processo_id: UUID) -> bool:
        """False when its approval was undone, or another clock sent it, in the meantime."""
        processo = await processo_by_id(tx.connection, processo_id)
        due = processo.envio_automatico_em if processo is not None else None
        if due is None or due > tx.now:
            return False
        return (await enviar(tx, processo_id, O_RELOGIO, self._limits)).saida is Saida.FEITO
