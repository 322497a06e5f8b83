"""The clock's steps about schedules. Any number of clocks may take them: each decides by conditional statements."""

from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from bot.runtime.one_by_one import one_by_one
from bot.turn import Turns
from core.agendamento.vencidos import STANDS_STILL_AFTER, is_due, raise_alarm, take_due
from storage.agendamento.agendamentos import active_agendamentos
from storage.agendamento.execucoes import last_dues, standing_still
from storage.database import Database

log = structlog.get_logger()


class AgendamentoClock:
    """What schedules are due at, and what does not run."""

    def __init__(self, turns: Turns, database: Database, zone: ZoneInfo) -> None:
        self._turns = turns
        self._database = database
        self._zone = zone

    async def run_schedules(self) -> int:
        """Have run what is due; how many. Only what looks due is read again in a turn."""
        taken, now = 0, self._turns.now()
        async with self._database.read() as connection:
            active, lasts = await active_agendamentos(connection), await last_dues(connection, now)
        for one in active:
            try:
                if is_due(one, lasts.get(one.id), now, self._zone) is not None:
                    taken += await self._take(one.id)
            except Exception as error:
                # One that cannot be read or written does not keep the others from running.
                log.error("schedule_failed", agendamento=str(one.id), error=repr(error)[:300])
        return taken

    async def watch_schedules(self) -> int:
        """Say of what was to run and stands still; of how many it was news."""
        async with self._database.read() as connection:
            still = await standing_still(connection, self._turns.now() - STANDS_STILL_AFTER)
        return await one_by_one(self._turns, still, lambda tx, one: raise_alarm(tx, one.agendamento_id, one.id))

    async def _take(self, agendamento_id: UUID) -> int:
        return int(await self._turns.run(lambda tx: take_due(tx, agendamento_id, self._zone)) is not None)
