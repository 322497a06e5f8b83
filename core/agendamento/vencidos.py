"""What is due: noticed by any number of clocks, written down once, made up once when it was missed."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from core.agendamento.avisos import tell_administradores
from core.agendamento.cron import LATE_FROM, Due, due_between, next_runs
from core.commands.agendamento import Aviso, RunAgendamento
from core.commands.base import write_command
from storage.agendamento.agendamentos import Agendamento, active_agendamentos, lock_agendamento
from storage.agendamento.execucoes import (
    add_execucao_agendamento,
    end_execucao,
    last_due,
    last_dues,
    mark_alarmed,
    standing_still,
)
from storage.agendamento.tipos import StatusExecucao
from storage.transaction import Transaction

STANDS_STILL_AFTER = timedelta(minutes=10)
"""A run that nobody has begun and ended by then is one that does not run: the workers are away, or it hangs."""


def is_due(agendamento: Agendamento, last: datetime | None, now: datetime, zone: ZoneInfo) -> Due | None:
    """What it is due at now and has no row for. `last`: its newest instant that has one."""
    return due_between(agendamento.cron_expressao, _since(agendamento, last), now, zone)


def overdue(agendamento: Agendamento, last: datetime | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The first instant at which it should have run and did not, once that is late: no clock has noticed it."""
    first = next_runs(agendamento.cron_expressao, _since(agendamento, last), zone, 1)
    return first[0] if first and now - first[0] >= LATE_FROM else None


async def late_agendamentos(connection: AsyncConnection, now: datetime, zone: ZoneInfo) -> list[Agendamento]:
    """Active schedules that have not run when they should have: no clock noticed it, or no worker has ended it."""
    lasts = await last_dues(connection, now)
    still = {one.agendamento_id for one in await standing_still(connection, now - STANDS_STILL_AFTER)}
    active = await active_agendamentos(connection)
    return [one for one in active if one.id in still or overdue(one, lasts.get(one.id), now, zone)]


async def take_due(tx: Transaction, agendamento_id: UUID, zone: ZoneInfo) -> UUID | None:
    """Write down the newest instant that it is due at, and have it run; None when there is none, or it is written.

    The row of the schedule is held meanwhile, and of two clocks that get there at once the unique key lets one.
    """
    agendamento = await lock_agendamento(tx, agendamento_id)
    if agendamento is None or not agendamento.status_ativo:
        return None
    due = is_due(agendamento, await last_due(tx.connection, agendamento_id, tx.now), tx.now, zone)
    if due is None:
        return None
    execucao_id = uuid4()
    row = {"id": execucao_id, "agendamento_id": agendamento_id, "devido_em": due.devido_em, "puladas": due.skipped}
    if not await add_execucao_agendamento(tx, row | {"status": StatusExecucao.PENDENTE}):
        return None
    if due.is_lost:
        ended = await end_execucao(tx, execucao_id, StatusExecucao.PERDIDA)
        assert ended, "this turn has just added it"
        await tell_administradores(tx, agendamento_id, execucao_id, Aviso.PERDIDA)
        return None
    await write_command(tx, RunAgendamento(agendamento_id, execucao_id))
    if due.is_late:
        await tell_administradores(tx, agendamento_id, execucao_id, Aviso.ATRASADA)
    return execucao_id


async def raise_alarm(tx: Transaction, agendamento_id: UUID, execucao_id: UUID) -> bool:
    """Tell the administrators once that a run stands still; whether it was news."""
    news = await mark_alarmed(tx, execucao_id)
    if news:
        await tell_administradores(tx, agendamento_id, execucao_id, Aviso.PARADA)
    return news


def _since(agendamento: Agendamento, last: datetime | None) -> datetime:
    return max(agendamento.em_vigor_desde, last) if last is not None else agendamento.em_vigor_desde
