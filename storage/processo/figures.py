"""Figures of invoices for whoever runs the service."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.processos import unsent_due_before
from storage.processo.status import StatusProcesso, TipoExecucao
from storage.tables import execucoes, historico, processos

_WAITING = StatusProcesso.AGUARDANDO_APROVACAO


@dataclass(frozen=True, slots=True)
class Espera:
    """How many invoices wait for approval, and since when the oldest does."""

    quantas: int
    desde: datetime | None


async def downloads_running(connection: AsyncConnection) -> int:
    """Downloads whose robot is at work."""
    where = (
        execucoes.c.data_fim.is_(None),
        execucoes.c.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA,
        execucoes.c.enviada_em.is_not(None),
        execucoes.c.resultado_saida.is_(None),
    )
    return int((await connection.execute(select(func.count()).where(*where))).scalar_one())


async def failures_since(connection: AsyncConnection, since: datetime) -> dict[tuple[str, str], int]:
    """Execucoes that failed from then on, by kind and by the robot's code."""
    erro, codigo = execucoes.c.detalhes_erro, codigo_do_erro(connection)
    # Named once: grouped by another bound value it would be another expression.
    columns = execucoes.c.tipo_execucao.label("tipo"), codigo.label("codigo")
    failed = select(*columns).where(erro.is_not(None), execucoes.c.data_fim >= since).subquery()
    rows = await connection.execute(
        select(failed.c.tipo, failed.c.codigo, func.count().label("n")).group_by(failed.c.tipo, failed.c.codigo)
    )
    return {(row.tipo, str(row.codigo or "")): row.n for row in rows}


def codigo_do_erro(connection: AsyncConnection) -> ColumnElement[Any]:
    """The robot's code of what went wrong."""
    erro = execucoes.c.detalhes_erro
    on_sqlite = connection.dialect.name == "sqlite"
    # As a value beside a JSON column the name would be sent as JSON.
    name: ColumnElement[str] = literal_column("'codigo'")
    return func.json_extract(erro, "$.codigo") if on_sqlite else func.jsonb_extract_path_text(erro, name)


async def waiting_for_approval(connection: AsyncConnection) -> Espera:
    """How many wait, and since when the oldest does: since the step that brought it there."""
    waits = processos.c.status_processo == _WAITING, processos.c.status_ativo
    came = (
        select(func.max(historico.c.quando).label("quando"))
        .select_from(processos.join(historico, historico.c.processo_id == processos.c.id))
        .where(*waits, historico.c.para == _WAITING, historico.c.de != _WAITING)
        .group_by(processos.c.id)
        .subquery()
    )
    oldest = select(func.min(came.c.quando)).scalar_subquery()
    row = (await connection.execute(select(func.count().label("n"), oldest.label("desde")).where(*waits))).one()
    return Espera(row.n, row.desde)


@dataclass(frozen=True, slots=True)
class Soma:
    """Some invoices: how many, late and at risk; money in cents."""

    total: int
    valor: int
    atrasadas: int
    em_risco: int


async def somas_do_mes(connection: AsyncConnection, competencia: int, hoje: date, risco_ate: date) -> dict[str, Soma]:
    """The active processos of a month, by status. What is due from today to before `risco_ate`, and not in SAT, is at
    risk."""
    counted = {
        "atrasadas": unsent_due_before(hoje),
        "em_risco": unsent_due_before(risco_ate) & (processos.c.data_vencimento >= hoje),
    }
    figures = [func.coalesce(func.sum(case((which, 1), else_=0)), 0).label(name) for name, which in counted.items()]
    valor = func.coalesce(func.sum(processos.c.valor_centavos), 0).label("valor")
    status = processos.c.status_processo
    where = processos.c.competencia == competencia, processos.c.status_ativo
    rows = await connection.execute(
        select(status, func.count().label("total"), valor, *figures).where(*where).group_by(status)
    )
    names = Soma.__dataclass_fields__
    return {row.status_processo: Soma(**{name: int(row._mapping[name]) for name in names}) for row in rows}
