"""Log lines of robots' jobs, of sales and of invoices alike, as readers follow them: in the order they were kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import execucoes, logs_execucao, logs_venda, vendas
from storage.transaction import Transaction


class Fonte(StrEnum):
    """What a job was started for."""

    EXECUCAO = "EXECUCAO"
    VENDA = "VENDA"


@dataclass(frozen=True, slots=True)
class Trabalho:
    """One job, by what it was started for. `usuario_id`: the seller whose sale it is; None for an invoice."""

    fonte: Fonte
    id: UUID
    usuario_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Estado:
    """How far a job is: the newest line (0: none yet), its status, and whether that is the last one."""

    linha: int
    status: str
    encerrado: bool


@dataclass(frozen=True, slots=True)
class Linha:
    """One line. `id` grows in the order in which lines were kept; `seq` is the robot's own number."""

    id: int
    seq: int
    timestamp: datetime
    level: str
    message: str


_SOURCES = {
    Fonte.EXECUCAO: (execucoes, execucoes.c.status_execucao, execucoes.c.data_fim, logs_execucao.c.execucao_id),
    Fonte.VENDA: (vendas, vendas.c.status_venda, vendas.c.encerrada_em, logs_venda.c.venda_id),
}


async def trabalho_of_job(connection: AsyncConnection, job_id: str) -> Trabalho | None:
    """What that job was started for; None for an unknown one."""
    found = await connection.scalar(select(execucoes.c.id).where(execucoes.c.job_id == job_id))
    if found is not None:
        return Trabalho(Fonte.EXECUCAO, found)
    columns = vendas.c.id, vendas.c.usuario_id
    row = (await connection.execute(select(*columns).where(vendas.c.job_id == job_id))).first()
    return None if row is None else Trabalho(Fonte.VENDA, row.id, row.usuario_id)


async def estados_of(connection: AsyncConnection, trabalhos: Iterable[Trabalho]) -> dict[Trabalho, Estado]:
    """How far each of these jobs is."""
    wanted = {(one.fonte, one.id): one for one in trabalhos}
    found: dict[Trabalho, Estado] = {}
    for fonte, (table, status, ended, owner) in _SOURCES.items():
        ids = [which for source, which in wanted if source is fonte]
        if not ids:
            continue
        newest = select(func.max(owner.table.c.id)).where(owner == table.c.id).scalar_subquery()
        rows = await connection.execute(select(table.c.id, newest, status, ended).where(table.c.id.in_(ids)))
        for which, linha, now, over in rows:
            found[wanted[fonte, which]] = Estado(linha or 0, now, over is not None)
    return found


async def linhas_after(connection: AsyncConnection, trabalho: Trabalho, after: int, limit: int) -> list[Linha]:
    """The lines that were kept after that one, oldest first."""
    owner = _SOURCES[trabalho.fonte][3]
    lines = owner.table.c
    statement = (
        select(lines.id, lines.seq, lines.timestamp, lines.level, lines.message)
        .where(owner == trabalho.id, lines.id > after)
        .order_by(lines.id)
        .limit(limit)
    )
    rows = await connection.execute(statement)
    return [Linha(row.id, row.seq, row.timestamp, row.level, row.message) for row in rows]


async def last_seq(connection: AsyncConnection, trabalho: Trabalho) -> int:
    """The robot's number of its newest line that is kept; 0 when none is."""
    owner = _SOURCES[trabalho.fonte][3]
    return int(await connection.scalar(select(func.max(owner.table.c.seq)).where(owner == trabalho.id)) or 0)


async def last_linhas(tx: Transaction, execucao_id: UUID, limit: int) -> list[str]:
    """The newest lines of an execucao, oldest of them first."""
    where = logs_execucao.c.execucao_id == execucao_id
    statement = select(logs_execucao.c.message).where(where).order_by(logs_execucao.c.seq.desc()).limit(limit)
    return list((await tx.execute(statement)).scalars())[::-1]
