"""The closing of a month: how many of its invoices are in SAT, what they cost, and who is waited for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from core.direitos.avisados import Noticia, avisados_por_perfil
from core.relatorio.mes import RelatorioMes
from core.testemunha.meses import Mes
from storage.auditoria.cadeia import CabecaDaAuditoria, head_of
from storage.processo.status import StatusProcesso
from storage.relatorio.fechamento import Cabeca, Decidiu, decisions_of_month, head_of_month, held_of_month
from storage.relatorio.mes import LinhaMes, rows_of_month

NAMED = 200
"""Invoices that are not in SAT and stand in the PDF by name; of more only the number is said."""
APPROVERS = 20


class Falta(NamedTuple):
    """An invoice that is not in SAT yet."""

    operadora: str
    razao_social: str
    filtro: str
    status: StatusProcesso
    atrasada: bool


@dataclass(slots=True)
class Fechamento:
    """A month as it stands at a moment. `aprovadores`: whom what waits for approval is waiting for."""

    mes: Mes
    em: datetime
    figuras: RelatorioMes
    login_recusado: int = 0
    aprovadores: list[str] = field(default_factory=list)
    decisoes: list[Decidiu] = field(default_factory=list)
    faltam: list[Falta] = field(default_factory=list)
    cabeca: Cabeca | None = None
    auditoria: CabecaDaAuditoria | None = None

    @property
    def is_closed(self) -> bool:
        """Whether every invoice of the month is in SAT."""
        return self.figuras.tudo.total > 0 and self.figuras.tudo.no_sat == self.figuras.tudo.total


async def fechamento_of(
    connection: AsyncConnection, mes: Mes, now: datetime, zone: ZoneInfo, *, whole: bool = False
) -> Fechamento:
    """The month's closing. `whole`: with decisions, names, its history's and the audit's fingerprint, for the PDF."""
    found = Fechamento(mes, now, RelatorioMes(now.astimezone(zone).date(), zone))
    async for linha in rows_of_month(connection, mes.competencia, str(mes.plus(-1))):
        found.figuras.add(linha)
        if whole and linha.status_processo != StatusProcesso.UPLOAD_REALIZADO and len(found.faltam) < NAMED:
            found.faltam.append(_missing(linha, found.figuras.late(linha)))
    found.login_recusado = await held_of_month(connection, mes.competencia)
    if found.figuras.tudo.por_status[StatusProcesso.AGUARDANDO_APROVACAO]:
        approvers = await avisados_por_perfil(connection, Noticia.FATURA, APPROVERS)
        # Administrators are named where nobody else can approve.
        found.aprovadores = [row.nome_completo for row in next(filter(None, approvers), [])]
    if whole:
        found.decisoes = await decisions_of_month(connection, mes.competencia)
        found.cabeca = await head_of_month(connection, mes.competencia)
        found.auditoria = await head_of(connection)
    return found


def _missing(linha: LinhaMes, late: bool) -> Falta:
    return Falta(linha.operadora, linha.razao_social, linha.filtro, StatusProcesso(linha.status_processo), late)
