"""What is said of invoices once a day. Any number of clocks may run: a mark of the day decides who says it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.runtime.one_by_one import one_by_one
from bot.turn import Turns
from core.commands.base import write_command
from core.commands.processo import RemindApprover, TellMissing, TellUnsent
from core.processo.consulta.chegada import Falta
from core.processo.consulta.faltas import faltas_de, valor_em_risco
from core.processo.limites import ProcessoLimits
from storage.contatos.contatos import glance
from storage.contatos.conversas import is_marked, mark_event
from storage.database import Database
from storage.presenca.presenca import presenca_of
from storage.presenca.status import StatusPresenca
from storage.processo.chegadas import conversations_with_cards
from storage.processo.execucoes import failed_uploads
from storage.transaction import Transaction

# Nobody is reminded at night; what is missing is told in the morning.
FIRST_HOUR, LAST_HOUR, MISSING_HOUR = 8, 19, 9
# Named in the message, and downloaded with its button.
NAMED = 30
# Whoever began it was told when it failed; this is for what nobody has looked after since.
UNSENT_FOR = timedelta(hours=1)
_CLOCK = "relogio"


class DailyNotices:
    """The steps of the clock."""

    def __init__(self, turns: Turns, database: Database, zone: ZoneInfo, limits: ProcessoLimits) -> None:
        self._turns = turns
        self._database = database
        self._zone = zone
        self._limits = limits

    async def remind_approvers(self) -> int:
        """Each conversation with a card that waits for long hears of it, once a day and by day; how many did."""
        local = self._local()
        if self._limits.lembrete is None or not FIRST_HOUR <= local.hour < LAST_HOUR:
            return 0
        async with self._database.read() as connection:
            due = await conversations_with_cards(connection, self._turns.now() - self._limits.lembrete)
        day = local.date().isoformat()
        return await one_by_one(self._turns, due, lambda tx, contato_id: _remind(tx, contato_id, day))

    async def say_missing(self) -> int:
        """What should be here and is not is told once a day; how many invoices that are."""
        local = self._local()
        if local.hour < MISSING_HOUR:
            return 0
        today = local.date()
        mark = f"faltas:{today}"
        async with self._database.read() as connection:
            # Looked at before, and marked with what is said: a clock that ends in between has said nothing yet.
            found = [] if await is_marked(connection, _CLOCK, mark) else await faltas_de(connection, today, self._zone)
        return await self._turns.run(lambda tx: _say_missing(tx, mark, today, found))

    async def say_unsent(self) -> int:
        """Uploads to SAT that failed for good are told again, once a day until somebody sends them; how many."""
        now, local = self._turns.now(), self._local()
        if local.hour < MISSING_HOUR:
            return 0
        today = local.date()
        mark = f"envios:{today}"
        async with self._database.read() as connection:
            told = await is_marked(connection, _CLOCK, mark)
            ids = [] if told else await failed_uploads(connection, now - UNSENT_FOR, NAMED)
        return await self._turns.run(lambda tx: _say_unsent(tx, mark, today, ids)) if ids else 0

    def _local(self) -> datetime:
        return self._turns.now().astimezone(self._zone)


async def _say_missing(tx: Transaction, mark: str, today: date, found: Sequence[Falta]) -> int:
    """How many are said to be missing; none when that was said already."""
    if not await mark_event(tx, _CLOCK, mark):
        return 0
    if found:
        named = found[:NAMED]
        ids, days = tuple(one.processo_id for one in named), tuple(one.esperada for one in named)
        await write_command(tx, TellMissing(today, len(found), valor_em_risco(found), ids, days))
    return len(found)


async def _say_unsent(tx: Transaction, mark: str, today: date, ids: Sequence[UUID]) -> int:
    if not await mark_event(tx, _CLOCK, mark):
        return 0
    await write_command(tx, TellUnsent(today, tuple(ids)))
    return len(ids)


async def _remind(tx: Transaction, contato_id: int, day: str) -> bool:
    """False for somebody who is away, until they are back, and for whoever was reminded today."""
    seen = await glance(tx.connection, contato_id)
    if seen is None or seen.usuario_id is None or seen.unreachable_at is not None:
        return False
    presenca = await presenca_of(tx.connection, seen.usuario_id)
    if presenca is not None and StatusPresenca.AWAY in (presenca.status, presenca.announced):
        return False
    if not await mark_event(tx, _CLOCK, f"lembrete:{contato_id}:{day}"):
        return False
    await write_command(tx, RemindApprover(contato_id))
    return True
