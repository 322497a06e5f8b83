"""The history of processos: written with every change, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import historico, usuarios
from storage.transaction import Transaction

_titular = usuarios.alias("titular")


@dataclass(frozen=True, slots=True)
class Passo:
    """One line of a processo's history."""

    id: int
    quando: datetime
    usuario_id: UUID | None
    usuario: str | None
    em_nome_de: str | None
    canal: str
    acao: str
    de: str | None
    para: str | None
    motivo: str | None
    detalhe: dict[str, Any] | None


async def add_passo(tx: Transaction, processo_id: UUID, **values: Any) -> None:
    """Write down one step: `acao`, `canal`, `usuario_id`, `de`, `para`, `motivo`, `detalhe`."""
    await tx.execute(insert(historico).values(processo_id=processo_id, quando=tx.now, **values))


async def add_passos(tx: Transaction, passos: Sequence[dict[str, Any]]) -> None:
    """Write down one step of each of many processos; each names its `processo_id`, all have the same columns."""
    if passos:
        await tx.execute(insert(historico), [{**passo, "quando": tx.now} for passo in passos])


async def passos_of(connection: AsyncConnection, processo_id: UUID, limit: int = 500) -> list[Passo]:
    """The last steps of a processo, oldest first, with the names of who took them."""
    rows = await connection.execute(_steps_of(processo_id).order_by(historico.c.id.desc()).limit(limit))
    return [Passo(**row._mapping) for row in reversed(rows.all())]


async def passos_from(connection: AsyncConnection, processo_id: UUID, skip: int, limit: int) -> tuple[list[Passo], int]:
    """So many steps of a processo, oldest first, and how many there are in all."""
    counted = select(func.count()).select_from(historico).where(historico.c.processo_id == processo_id)
    rows = await connection.execute(_steps_of(processo_id).order_by(historico.c.id).offset(skip).limit(limit))
    return [Passo(**row._mapping) for row in rows], int(await connection.scalar(counted) or 0)


def _steps_of(processo_id: UUID) -> Select[Any]:
    columns = [historico.c[name] for name in Passo.__dataclass_fields__ if name not in ("usuario", "em_nome_de")]
    names = usuarios.c.nome_completo.label("usuario"), _titular.c.nome_completo.label("em_nome_de")
    source = historico.outerjoin(usuarios, usuarios.c.id == historico.c.usuario_id).outerjoin(
        _titular, _titular.c.id == historico.c.em_nome_de_usuario_id
    )
    return select(*columns, *names).select_from(source).where(historico.c.processo_id == processo_id)
