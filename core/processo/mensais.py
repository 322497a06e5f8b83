"""The processos of a month for every cliente: what the schedule CRIAR_PROCESSOS_MENSAIS makes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.processo.maquina import Acao
from core.processo.quem import O_RELOGIO
from core.testemunha.meses import Mes
from storage.processo.mensais import Faixa, add_processos, end_of_batch
from storage.transaction import Transaction

BATCH = 5_000
"""Clientes of one turn: what a killed run has done stays done, and the next one goes on behind it."""

_OFFSETS = {"anterior": -1, "atual": 0, "proximo": 1}


def month_of(mes: str, now: datetime, zone: ZoneInfo) -> tuple[str, int]:
    """`MM/AAAA` and AAAAMM of the month before, this one, or the next, on the business day."""
    found = Mes.of_date(now.astimezone(zone).date()).plus(_OFFSETS[mes])
    return str(found), found.competencia


async def criar_lote(
    tx: Transaction, mes_ano: str, competencia: int, operadoras: Sequence[str], depois: UUID | None = None
) -> tuple[int, UUID | None]:
    """The processos of the next clientes who have none of this month; how many, and behind whom the next batch begins.

    None: it was the last one. Doing it again makes none. No live event for each: nobody wants a hundred thousand.
    """
    ate = await end_of_batch(tx, Faixa(operadoras, depois), BATCH)
    passo = {"acao": str(Acao.CRIAR), **O_RELOGIO.as_step()}
    return await add_processos(tx, Faixa(operadoras, depois, ate), mes_ano, competencia, passo), ate
