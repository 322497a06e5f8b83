"""The sealed passwords that a robot was given, or may have been."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from storage.tables import clientes, execucoes, outbox, processos, usuarios, vendas
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Selada:
    """A password as it is kept, and the row that it is sealed for; without `texto` there is none."""

    texto: str | None
    tabela: str
    coluna: str
    id: UUID


async def seladas_of_vendas(tx: Transaction, venda_ids: Sequence[UUID], job_id: str | None = None) -> list[Selada]:
    """Of the logins that these sales, or the one with this job, were given."""
    source = vendas.join(usuarios, usuarios.c.id == vendas.c.bo_usuario_id)
    statement = select(usuarios.c.id, usuarios.c.senha_pap).select_from(source)
    which = _which(vendas.c.id, venda_ids, vendas.c.job_id, job_id)
    return await _read(tx, statement.where(which).distinct(), "usuarios")


async def seladas_of_execucoes(
    tx: Transaction, execucao_ids: Sequence[UUID], job_id: str | None = None
) -> list[Selada]:
    """Of the clientes for whose portals and PDFs these execucoes, or the one with this job, went."""
    source = execucoes.join(processos, processos.c.id == execucoes.c.processo_id)
    source = source.join(clientes, clientes.c.id == processos.c.cliente_id)
    statement = select(clientes.c.id, clientes.c.senha_portal, clientes.c.senha_fatura).select_from(source)
    which = _which(execucoes.c.id, execucao_ids, execucoes.c.job_id, job_id)
    return await _read(tx, statement.where(which).distinct(), "clientes")


async def starts_under_way(tx: Transaction, starts: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """What robots are being started with. `starts`: target and method of the outbox's calls that start them."""
    one_of_them = or_(*(and_(outbox.c.target == target, outbox.c.method == method) for target, method in starts))
    statement = select(outbox.c.params).where(one_of_them, outbox.c.done_at.is_(None))
    return list((await tx.execute(statement)).scalars())


def _which(
    key: ColumnElement[UUID], ids: Sequence[UUID], job: ColumnElement[str], job_id: str | None
) -> ColumnElement[bool]:
    by_job = false() if job_id is None else job == job_id
    return or_(key.in_(ids), by_job) if ids else by_job


async def _read(tx: Transaction, statement: Select[Any], tabela: str) -> list[Selada]:
    found = []
    for row in await tx.execute(statement):
        columns = row._asdict()
        which = columns.pop("id")
        found += [Selada(sealed, tabela, coluna, which) for coluna, sealed in columns.items()]
    return found
