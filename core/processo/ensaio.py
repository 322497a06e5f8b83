"""A schedule of downloads tried out before it is made: how many there would be, and when the last one begins."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from core.agendamento.espalhar import Ensaio, rehearse
from core.processo.limites import ProcessoLimits
from core.processo.mensais import month_of
from storage.operadora.operadoras import operadoras_by_codigo
from storage.processo.downloads import clientes_awaiting, count_downloads, mean_duration

# How long downloads take is taken from the last month: portals change.
_LOOKED_AT = timedelta(days=30)


async def ensaiar(
    connection: AsyncConnection,
    parametros: dict[str, Any],
    inicio: datetime,
    now: datetime,
    zone: ZoneInfo,
    limits: ProcessoLimits,
) -> Ensaio:
    """What a run at `inicio` would do as things stand now; each operadora has its own robots."""
    _, competencia = month_of(parametros["mes"], inicio, zone)
    janela = timedelta(minutes=parametros["janela_minutos"])
    total, there, last = 0, 0, None
    for operadora in await operadoras_by_codigo(connection, parametros["operadoras"]):
        codigos = [operadora.codigo]
        counted = await count_downloads(connection, competencia, codigos)
        took = await mean_duration(connection, now - _LOOKED_AT, codigos)
        one = rehearse(
            await clientes_awaiting(connection, competencia, codigos),
            counted.ja_baixadas,
            inicio,
            janela,
            at_once=limits.por_operadora,
            each=timedelta(seconds=took or 0),
        )
        total, there = total + one.total, there + one.ja_baixadas
        last = max((moment for moment in (last, one.ultimo_em) if moment is not None), default=None)
    return Ensaio(total, there, last)
