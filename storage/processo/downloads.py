"""The invoices of a month that wait for a robot, many at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pages import Pagina, page, without_total
from storage.processo.historico import add_passos
from storage.processo.processos import PROCESSO_ROW, PROCESSO_SOURCE, Processo
from storage.processo.status import StatusExecucao, StatusProcesso, TipoExecucao
from storage.tables import clientes, execucoes, operadoras, processos
from storage.transaction import Transaction

_WAITING = processos.c.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD
_HELD = clientes.c.credencial_recusada_em.is_not(None)
_AT_WORK = exists(
    select(execucoes.c.id).where(execucoes.c.processo_id == processos.c.id, execucoes.c.data_fim.is_(None))
)


@dataclass(frozen=True, slots=True)
class Aguardando:
    """A processo that a robot may download the invoice of, and what the robot is told."""

    processo_id: UUID
    cliente_id: UUID
    operadora_id: UUID
    codigo: str
    classe_rpa: str | None


@dataclass(frozen=True, slots=True)
class Contagem:
    """How a month stands. `a_baixar`: those that a robot may begin; `recusadas`: whose login the portal refused."""

    a_baixar: int
    ja_baixadas: int
    em_andamento: int
    recusadas: int


def _of_month(competencia: int, codigos: Sequence[str]) -> ColumnElement[bool]:
    found = and_(
        processos.c.competencia == competencia,
        processos.c.status_ativo,
        clientes.c.status_ativo,
        operadoras.c.status_ativo,
        operadoras.c.possui_rpa,
    )
    return and_(found, operadoras.c.codigo.in_(codigos)) if codigos else found


def _free(competencia: int, codigos: Sequence[str]) -> ColumnElement[bool]:
    return and_(_of_month(competencia, codigos), _WAITING, ~_HELD, ~_AT_WORK)


async def ready(
    connection: AsyncConnection, which: int | Collection[UUID], status: StatusProcesso, limit: int
) -> tuple[list[Processo], int]:
    """The newest of a month (or of these) and status that a robot may begin now, and how many; each by its rules."""
    where = [
        processos.c.competencia == which if isinstance(which, int) else processos.c.id.in_(which),
        processos.c.status_ativo,
        processos.c.status_processo == status,
        ~_AT_WORK,
    ]
    if status is StatusProcesso.AGUARDANDO_DOWNLOAD:
        where += [operadoras.c.status_ativo, operadoras.c.possui_rpa, ~_HELD]
    rows, total = await page(connection, PROCESSO_ROW, PROCESSO_SOURCE, where, processos.c.id, Pagina(limit))
    return [Processo(**without_total(row)) for row in rows], total


async def next_awaiting(
    tx: Transaction, competencia: int, codigos: Sequence[str], after: UUID | None, limit: int
) -> list[Aguardando]:
    """The next ones by id, locked; one somebody else has is left out. `codigos`: of these operadoras, or all."""
    columns = (
        processos.c.id.label("processo_id"),
        processos.c.cliente_id,
        clientes.c.operadora_id,
        operadoras.c.codigo,
        operadoras.c.classe_rpa,
    )
    statement = select(*columns).select_from(PROCESSO_SOURCE).where(_free(competencia, codigos))
    if after is not None:
        statement = statement.where(processos.c.id > after)
    statement = statement.order_by(processos.c.id).limit(limit)
    locked = statement.with_for_update(of=processos, key_share=True, skip_locked=True)
    return [Aguardando(**row._mapping) for row in await tx.execute(locked)]


async def add_downloads(tx: Transaction, rows: Sequence[dict[str, Any]], passo: dict[str, Any]) -> int:
    """An execucao for each, with a line in its processo's history; how many had none under way.

    A row has `id`, `processo_id`, `operadora_id`, `classe_rpa_utilizada`, `parametros_entrada` and `devida_em`.
    """
    common = {
        "tipo_execucao": TipoExecucao.DOWNLOAD_FATURA,
        "status_execucao": StatusExecucao.EXECUTANDO,
        "data_inicio": tx.now,
        "sinal_em": tx.now,
    }
    statement = tx.insert(execucoes).values([{**row, **common} for row in rows]).on_conflict_do_nothing()
    made = (await tx.execute(statement.returning(execucoes.c.id, execucoes.c.processo_id))).all()
    if made:
        where = {"de": StatusProcesso.AGUARDANDO_DOWNLOAD, "para": StatusProcesso.AGUARDANDO_DOWNLOAD, **passo}
        await add_passos(
            tx, [{"processo_id": row.processo_id, "detalhe": {"execucao_id": str(row.id)}, **where} for row in made]
        )
    return len(made)


async def count_downloads(connection: AsyncConnection, competencia: int, codigos: Sequence[str]) -> Contagem:
    """How the month stands, of these operadoras or of all that have a robot."""

    def count(condition: ColumnElement[bool]) -> Any:
        return func.count(case((condition, 1)))

    statement = select(
        count(and_(_WAITING, ~_HELD, ~_AT_WORK)).label("a_baixar"),
        count(~_WAITING).label("ja_baixadas"),
        count(and_(_WAITING, _AT_WORK)).label("em_andamento"),
        count(and_(_WAITING, _HELD, ~_AT_WORK)).label("recusadas"),
    )
    row = (
        await connection.execute(statement.select_from(PROCESSO_SOURCE).where(_of_month(competencia, codigos)))
    ).one()
    return Contagem(**row._mapping)


async def clientes_awaiting(connection: AsyncConnection, competencia: int, codigos: Sequence[str]) -> list[UUID]:
    """The clientes whose invoice of the month a robot may download."""
    statement = select(processos.c.cliente_id).select_from(PROCESSO_SOURCE).where(_free(competencia, codigos))
    return list((await connection.execute(statement)).scalars())


async def mean_duration(connection: AsyncConnection, since: datetime, codigos: Sequence[str]) -> float | None:
    """Seconds that a robot of these operadoras took for a download, on average since then; None when none did."""
    statement = (
        select(execucoes.c.enviada_em, execucoes.c.data_fim)
        .join(operadoras, operadoras.c.id == execucoes.c.operadora_id)
        .where(
            execucoes.c.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA,
            execucoes.c.status_execucao == StatusExecucao.CONCLUIDO,
            execucoes.c.data_fim >= since,
            execucoes.c.enviada_em.is_not(None),
        )
        .order_by(execucoes.c.id.desc())
        .limit(1000)
    )
    if codigos:
        statement = statement.where(operadoras.c.codigo.in_(codigos))
    took = [(row.data_fim - row.enviada_em).total_seconds() for row in await connection.execute(statement)]
    return sum(took) / len(took) if took else None
