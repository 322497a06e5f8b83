"""Sums of invoices, by operadora and by month: what the panel draws."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.status import StatusProcesso
from storage.tables import clientes, operadoras, processos


@dataclass(frozen=True, slots=True)
class Parte:
    """So many invoices of an operadora in that status, and what they come to, in cents."""

    operadora: str
    status: StatusProcesso
    quantas: int
    valor: int


@dataclass(frozen=True, slots=True)
class SomaDeUmMes:
    """All invoices of a month (AAAAMM), those in SAT, and what they come to, in cents."""

    competencia: int
    quantas: int
    no_sat: int
    valor: int


_VALOR = func.coalesce(func.sum(processos.c.valor_centavos), 0).label("valor")


async def por_operadora(connection: AsyncConnection, competencia: int) -> list[Parte]:
    """The active processos of a month, by codigo and status."""
    source = processos.join(clientes, clientes.c.id == processos.c.cliente_id).join(
        operadoras, operadoras.c.id == clientes.c.operadora_id
    )
    groups = operadoras.c.codigo, processos.c.status_processo
    statement = select(*groups, func.count().label("n"), _VALOR).select_from(source)
    where = processos.c.competencia == competencia, processos.c.status_ativo
    rows = await connection.execute(statement.where(*where).group_by(*groups).order_by(*groups))
    return [Parte(row.codigo, StatusProcesso(row.status_processo), int(row.n), int(row.valor)) for row in rows]


async def por_mes(connection: AsyncConnection, desde: int, ate: int) -> list[SomaDeUmMes]:
    """The months between these (AAAAMM, both included) that have invoices, the oldest first."""
    sent = func.sum(case((processos.c.status_processo == StatusProcesso.UPLOAD_REALIZADO, 1), else_=0))
    month = processos.c.competencia
    statement = select(month, func.count().label("n"), sent.label("no_sat"), _VALOR)
    where = month.between(desde, ate), processos.c.status_ativo
    rows = await connection.execute(statement.where(*where).group_by(month).order_by(month))
    return [SomaDeUmMes(row.competencia, int(row.n), int(row.no_sat), int(row.valor)) for row in rows]
