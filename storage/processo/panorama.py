"""What runs and what failed, over all processos, with the names people know them by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pages import Pagina, page
from storage.processo.execucoes import Execucao
from storage.processo.figures import codigo_do_erro
from storage.tables import clientes, execucoes, operadoras, processos
from storage.tables.processos import FALHAS


@dataclass(frozen=True, slots=True)
class Vista:
    """An execucao and whose it is. `operadora`: its codigo."""

    execucao: Execucao
    razao_social: str
    operadora: str
    operadora_nome: str
    mes_ano: str


_NAMES = {
    "razao_social": clientes.c.razao_social,
    "operadora": operadoras.c.codigo.label("operadora"),
    "operadora_nome": operadoras.c.nome.label("operadora_nome"),
    "mes_ano": processos.c.mes_ano,
}
_SOURCE = (
    execucoes.join(processos, processos.c.id == execucoes.c.processo_id)
    .join(clientes, clientes.c.id == processos.c.cliente_id)
    .join(operadoras, operadoras.c.id == execucoes.c.operadora_id)
)
_ROW = select(*(execucoes.c[name] for name in Execucao.__dataclass_fields__), *_NAMES.values()).select_from(_SOURCE)


async def abertas(connection: AsyncConnection, pagina: Pagina) -> tuple[list[Vista], int]:
    """What is under way or in line, the newest first, and how many."""
    return await _page(connection, pagina, [execucoes.c.data_fim.is_(None)])


async def falhas(connection: AsyncConnection, pagina: Pagina, desde: UUID) -> tuple[list[Vista], int]:
    """What failed for good after that id and was not tried again since, the newest first, and how many."""
    later = execucoes.alias("later")
    again = exists().where(later.c.processo_id == execucoes.c.processo_id, later.c.id > execucoes.c.id)
    return await _page(connection, pagina, [FALHAS, execucoes.c.id > desde, ~again])


async def vistas(
    connection: AsyncConnection,
    pagina: Pagina,
    *,
    abertas: bool = False,
    com_erro_desde: datetime | None = None,
    codigo: str | None = None,
    ate: int | None = None,
    **filters: Any,
) -> tuple[list[Vista], int]:
    """Those that have these values, the newest first, and how many. `com_erro_desde`: they ended badly from then on.

    `ate`: where there are conditions they are counted so far only.
    """
    where: list[Any] = [execucoes.c[name] == value for name, value in filters.items()]
    if abertas:
        where.append(execucoes.c.data_fim.is_(None))
    if com_erro_desde is not None:
        where += [execucoes.c.detalhes_erro.is_not(None), execucoes.c.data_fim >= com_erro_desde]
    if codigo is not None:
        where.append(func.coalesce(codigo_do_erro(connection), "") == codigo)
    return await _page(connection, pagina, where, ate)


async def vista_by_id(connection: AsyncConnection, execucao_id: UUID) -> Vista | None:
    """One of them."""
    found, _total = await _page(connection, Pagina(1), [execucoes.c.id == execucao_id])
    return found[0] if found else None


async def _page(
    connection: AsyncConnection, pagina: Pagina, where: Sequence[Any], ate: int | None = None
) -> tuple[list[Vista], int]:
    conditions: Sequence[ColumnElement[bool]] = where
    rows, total = await page(connection, _ROW, execucoes, conditions, execucoes.c.id, pagina, ate, so_cresce=True)
    found = []
    for row in rows:
        values = row._mapping
        execucao = Execucao(**{name: values[name] for name in Execucao.__dataclass_fields__})
        found.append(Vista(execucao, **{name: values[name] for name in _NAMES}))
    return found, total
