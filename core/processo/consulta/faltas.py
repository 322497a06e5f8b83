"""Which invoices should be here by now and are not: read in batches, told once a day."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from core.processo.consulta.chegada import Chegada, Falta, falta
from core.testemunha.meses import Mes
from storage.processo.chegadas import Vinda, chegadas_before, waiting_for_file

BATCH = 500


async def faltas_de(connection: AsyncConnection, today: date, zone: ZoneInfo) -> list[Falta]:
    """Of this month and the two before, the dearest first."""
    now = Mes.of_date(today)
    found: list[Falta] = []
    for mes in (now.plus(-2), now.plus(-1), now):
        found += await _of_month(connection, mes, today, zone)
    return sorted(found, key=lambda one: (-(one.valor_centavos or 0), one.processo_id))


def valor_em_risco(several: Sequence[Falta]) -> int:
    """What they usually come to, in cents."""
    return sum(one.valor_centavos or 0 for one in several)


async def _of_month(connection: AsyncConnection, mes: Mes, today: date, zone: ZoneInfo) -> list[Falta]:
    missing: list[Falta] = []
    depois = None
    while waiting := await waiting_for_file(connection, mes.competencia, depois, BATCH):
        before = await chegadas_before(connection, waiting)
        for processo_id, rows in before.items():
            if (one := falta(processo_id, mes, [_chegada(row, zone) for row in rows], today)) is not None:
                missing.append(one)
        depois = waiting[-1]
    return missing


def _chegada(row: Vinda, zone: ZoneInfo) -> Chegada:
    return Chegada(Mes.of_competencia(row.competencia), row.quando.astimezone(zone).date(), row.valor)
