"""The processos of a month for every cliente: what the schedule CRIAR_PROCESSOS_MENSAIS makes."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.ids import new_id
from core.processo.maquina import Acao
from core.processo.quem import O_RELOGIO
from core.testemunha.meses import Mes
from storage.processo.mensais import add_processos, clientes_without_processo
from storage.transaction import Transaction

BATCH = 500
"""Processos of one turn: what a killed run has done stays done, and the next one goes on behind it."""

_OFFSETS = {"anterior": -1, "atual": 0, "proximo": 1}


def month_of(mes: str, now: datetime, zone: ZoneInfo) -> tuple[str, int]:
    """`MM/AAAA` and AAAAMM of the month before, this one, or the next, on the business day."""
    found = Mes.of_date(now.astimezone(zone).date()).plus(_OFFSETS[mes])
    return str(found), found.ano * 100 + found.mes


async def criar_lote(tx: Transaction, mes_ano: str, competencia: int, operadoras: Sequence[str]) -> tuple[int, bool]:
    """The next processos of this month; how many were made, and whether there may be more. Doing it again makes none.

    No live event for each: nobody wants a hundred thousand of them.
    """
    clientes = await clientes_without_processo(tx, mes_ano, operadoras, BATCH)
    if not clientes:
        return 0, False
    passo = {"acao": Acao.CRIAR, **O_RELOGIO.as_step()}
    made = await add_processos(tx, clientes, mes_ano, competencia, lambda: new_id(tx.now), passo)
    return made, len(clientes) == BATCH
