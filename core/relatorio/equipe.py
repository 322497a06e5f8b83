"""Figures of the team for a period: sales, atendimentos, logins in use by the hour, presence."""

import heapq
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from core.presenca.relatorio import TempoPorEstado, time_per_state
from core.relatorio.periodo import Periodo
from storage.presenca.presenca import changes_since
from storage.relatorio.equipe import (
    AtendimentosDeUm,
    FalhasDeUmMotivo,
    Uso,
    VendasDeUmDia,
    atendimentos_por_consultor,
    count_logins,
    falhas_por_motivo,
    usos_de_login,
    vendas_por_dia,
)

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Vendas:
    """`por_dia`: each with its place in `Periodo.dias`."""

    por_dia: Sequence[VendasDeUmDia]
    falhas: Sequence[FalhasDeUmMotivo]


@dataclass(slots=True)
class Ocupacao:
    """Logins in use by the hour of the day: `em_uso` all together, `pico` at once; `horas`: how often it was that hour.

    `logins`: how many there are now.
    """

    logins: int
    horas: list[float] = field(default_factory=lambda: [0.0] * 24)
    em_uso: list[timedelta] = field(default_factory=lambda: [timedelta()] * 24)
    pico: list[int] = field(default_factory=lambda: [0] * 24)

    def media(self, hour: int) -> float:
        """How many were in use on average."""
        return self.em_uso[hour] / _HOUR / self.horas[hour] if self.horas[hour] else 0.0


async def vendas_of(connection: AsyncConnection, periodo: Periodo, zone: ZoneInfo) -> Vendas:
    days = [(begin, end) for _day, begin, end in periodo.moments(zone)]
    return Vendas(await vendas_por_dia(connection, days), await falhas_por_motivo(connection, *periodo.bounds(zone)))


async def atendimentos_of(connection: AsyncConnection, periodo: Periodo, zone: ZoneInfo) -> list[AtendimentosDeUm]:
    return await atendimentos_por_consultor(connection, *periodo.bounds(zone))


async def presenca_of(
    connection: AsyncConnection, periodo: Periodo, zone: ZoneInfo, now: datetime
) -> list[TempoPorEstado]:
    """Time in each state, by person and day; whoever was here longest first."""
    begin, end = (moment.astimezone(now.tzinfo) for moment in periodo.bounds(zone))
    found = [one for one in await changes_since(connection, begin, None) if one.quando < end]
    return sorted(time_per_state(found, min(now, end), zone), key=lambda one: one.present, reverse=True)


async def ocupacao_of(connection: AsyncConnection, periodo: Periodo, zone: ZoneInfo, now: datetime) -> Ocupacao:
    """By the hour of the day, in the business zone; what has not been yet does not count."""
    begin, end = (moment.astimezone(now.tzinfo) for moment in periodo.bounds(zone))
    return await occupancy(
        usos_de_login(connection, begin, end), begin, min(now, end), zone, await count_logins(connection)
    )


async def occupancy(usos: AsyncIterator[Uso], begin: datetime, end: datetime, zone: ZoneInfo, logins: int) -> Ocupacao:
    """Of uses in the order in which they began."""
    found = Ocupacao(logins)
    for hour, since, until in _hours(begin, end, zone):
        found.horas[hour] += (until - since) / _HOUR
    # The ends of what is in use, the nearest first.
    ends: list[datetime] = []
    async for uso in usos:
        since, until = max(uso.desde, begin), min(uso.ate or end, end)
        if since >= until:
            continue
        while ends and ends[0] <= since:
            heapq.heappop(ends)
        heapq.heappush(ends, until)
        for hour, first, last in _hours(since, until, zone):
            found.em_uso[hour] += last - first
            at_once = sum(1 for one in ends if one > first)
            found.pico[hour] = max(found.pico[hour], at_once)
    return found


def _hours(begin: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[int, datetime, datetime]]:
    """The hours of the day that this time is made of, each with its part."""
    while begin < end:
        local = begin.astimezone(zone)
        into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        until = min(begin + (_HOUR - into), end)
        yield local.hour, begin, until
        begin = until
