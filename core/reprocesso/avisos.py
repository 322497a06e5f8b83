"""Of what failed for good somebody hears: each kind at once, then once an hour, however much of it there is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from core.commands.base import write_command
from core.commands.reprocesso import TellGivenUp
from core.reprocesso.nomes import error_shown, kind_of_call, kind_of_event
from storage.failed_events import dead_kinds
from storage.reprocesso.avisos import break_silence, note_told, told_until
from storage.reprocesso.desistidos import given_up_kinds
from storage.transaction import Transaction

SILENCE = timedelta(hours=1)
# What is older than this is looked up; nobody is called for it.
_NEWS = timedelta(days=1)
# A transaction that began before us may write an older moment than ours after we have looked.
_SETTLED = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Desistencia:
    """So much of one kind since it was last told; `erro`: of one of them."""

    o_que: str
    quantos: int
    erro: str


async def avisar_desistidos(tx: Transaction) -> bool:
    """Have the administrators told, when there is anything to tell them."""
    if not await por_avisar(tx.connection, tx.now):
        return False
    await write_command(tx, TellGivenUp())
    return True


async def por_avisar(connection: AsyncConnection, now: datetime) -> list[Desistencia]:
    """What failed for good since its kind was last told, of kinds that are not silent still; the most first."""
    until, told = now - _SETTLED, await told_until(connection)
    since = {kind: moment for kind, moment in told.items() if moment > now - _NEWS}
    silent = {kind for kind, moment in since.items() if moment > until - SILENCE}
    found: list[Desistencia] = []
    for moment in sorted({now - _NEWS, *since.values()}):
        found += [
            one
            for one in await _between(connection, moment, until)
            if one.o_que not in silent and since.get(one.o_que, now - _NEWS) == moment
        ]
    return sorted(found, key=lambda one: (-one.quantos, one.o_que))


async def anotar_avisados(tx: Transaction, found: Sequence[Desistencia]) -> list[Desistencia]:
    """Those of them of which this turn tells, and nobody else at the same moment."""
    until = tx.now - _SETTLED
    return [one for one in found if await note_told(tx, one.o_que, until, until - SILENCE)]


async def voltar_a_avisar(tx: Transaction, kinds: Collection[str]) -> None:
    """They were done again: what fails of them once more is told without waiting for the hour."""
    if kinds:
        await break_silence(tx, kinds, tx.now - _SETTLED - SILENCE)


async def _between(connection: AsyncConnection, since: datetime, until: datetime) -> list[Desistencia]:
    events = [
        Desistencia(kind_of_event(row.channel), row.quantos, error_shown(row.erro))
        for row in await dead_kinds(connection, since, until)
    ]
    calls = [
        Desistencia(kind_of_call(row.target, row.method), row.quantos, error_shown(row.erro))
        for row in await given_up_kinds(connection, since, until)
    ]
    return events + calls
