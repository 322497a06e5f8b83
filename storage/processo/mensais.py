"""The processos of a month, many at a time."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.processo.historico import add_passos
from storage.processo.status import StatusProcesso
from storage.tables import clientes, operadoras, processos
from storage.transaction import Transaction


async def clientes_without_processo(
    tx: Transaction, mes_ano: str, operadoras_codigo: Sequence[str], limit: int
) -> list[UUID]:
    """Active clientes of active operadoras that have no processo of this month, oldest first; of these, when named."""
    of_month = processos.c.cliente_id == clientes.c.id, processos.c.mes_ano == mes_ano
    has_one = exists(select(processos.c.id).where(*of_month))
    statement = (
        select(clientes.c.id)
        .join(operadoras, operadoras.c.id == clientes.c.operadora_id)
        .where(clientes.c.status_ativo, operadoras.c.status_ativo, ~has_one)
    )
    if operadoras_codigo:
        statement = statement.where(operadoras.c.codigo.in_(operadoras_codigo))
    return list((await tx.execute(statement.order_by(clientes.c.id).limit(limit))).scalars())


async def add_processos(
    tx: Transaction,
    cliente_ids: Sequence[UUID],
    mes_ano: str,
    competencia: int,
    new: Callable[[], UUID],
    passo: dict[str, Any],
) -> int:
    """A processo for each, with the first line of its history; how many had none yet."""
    write = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    common = {
        "mes_ano": mes_ano,
        "competencia": competencia,
        "status_processo": StatusProcesso.AGUARDANDO_DOWNLOAD,
        "criado_automaticamente": True,
        "criado_em": tx.now,
        "atualizado_em": tx.now,
    }
    rows = [{"id": new(), "cliente_id": cliente_id, **common} for cliente_id in cliente_ids]
    statement = write(processos).values(rows).on_conflict_do_nothing().returning(processos.c.id)
    made = list((await tx.execute(statement)).scalars())
    if made:
        para = StatusProcesso.AGUARDANDO_DOWNLOAD
        await add_passos(tx, [{"processo_id": one, "para": para, **passo} for one in made])
    return len(made)
