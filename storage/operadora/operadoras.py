"""Queries over operadoras."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.nomes import names_it
from storage.pages import Pagina, page, without_total
from storage.tables import operadoras
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Operadora:
    """One operadora, as the row stood when it was read."""

    id: UUID
    nome: str
    codigo: str
    possui_rpa: bool
    status_ativo: bool
    url_portal: str | None
    classe_rpa: str | None
    configuracao_rpa: dict[str, Any] | None
    falhas_seguidas: int
    pausada_ate: datetime | None
    criado_em: datetime
    atualizado_em: datetime


_COLUMNS = [operadoras.c[name] for name in Operadora.__dataclass_fields__]
_ROW = select(*_COLUMNS)


async def add_operadora(tx: Transaction, values: dict[str, Any]) -> bool:
    """Insert one; False when its nome or codigo is taken."""
    row = {**values, "criado_em": tx.now, "atualizado_em": tx.now}
    return await tx.changed(tx.insert(operadoras).values(row).on_conflict_do_nothing())


async def change_operadora(tx: Transaction, operadora_id: UUID, **values: Any) -> bool:
    """Change one; False when there is none. Raises IntegrityError for a nome or codigo that is taken."""
    statement = update(operadoras).where(operadoras.c.id == operadora_id)
    return await tx.changed(statement.values(**values, atualizado_em=tx.now))


async def operadora_by_id(connection: AsyncConnection, operadora_id: UUID) -> Operadora | None:
    return _operadora((await connection.execute(_ROW.where(operadoras.c.id == operadora_id))).first())


async def operadora_by_codigo(connection: AsyncConnection, codigo: str) -> Operadora | None:
    return _operadora((await connection.execute(_ROW.where(operadoras.c.codigo == codigo))).first())


async def operadoras_by_codigo(connection: AsyncConnection, codigos: Sequence[str]) -> list[Operadora]:
    """Those of these codes, or all of them when there is none, by codigo."""
    named = _ROW.where(operadoras.c.codigo.in_(codigos)) if codigos else _ROW
    return [Operadora(**row._mapping) for row in await connection.execute(named.order_by(operadoras.c.codigo))]


async def operadora_named(tx: Transaction, nome: str, codigo: str, but: UUID | None = None) -> Operadora | None:
    """Another one that has this nome or this codigo."""
    taken = _ROW.where((operadoras.c.nome == nome) | (operadoras.c.codigo == codigo))
    if but is not None:
        taken = taken.where(operadoras.c.id != but)
    return _operadora(await tx.one(taken.limit(1)))


async def lock_operadora(tx: Transaction, operadora_id: UUID) -> Operadora | None:
    """Whoever else locks it waits until this transaction ends: its robots are counted and sent by one at a time.

    A row that names it may be added meanwhile (`FOR NO KEY UPDATE`): two who have added one would wait for each other.
    """
    return _operadora(await tx.one(_ROW.where(operadoras.c.id == operadora_id).with_for_update(key_share=True)))


async def list_operadoras(
    connection: AsyncConnection,
    pagina: Pagina,
    *,
    busca: str = "",
    pausada_em: datetime | None = None,
    **filters: Any,
) -> tuple[list[Operadora], int]:
    """A page of those whose columns have these values, newest first, and how many they are.

    `busca`: a part of the nome or codigo, in any case, with or without accents; `pausada_em`: those that are paused at
    that moment.
    """
    where: list[ColumnElement[bool]] = [operadoras.c[name] == value for name, value in filters.items()]
    if busca:
        named = (names_it(connection, operadoras.c[name], busca) for name in ("nome", "codigo"))
        where.append(or_(*named))
    if pausada_em is not None:
        where.append(operadoras.c.pausada_ate > pausada_em)
    rows, total = await page(connection, _ROW, operadoras, where, operadoras.c.id, pagina)
    return [Operadora(**without_total(row)) for row in rows], total


async def count_failure(tx: Transaction, operadora_id: UUID) -> int:
    """One more technical failure in a row; how many there are now."""
    statement = (
        update(operadoras)
        .where(operadoras.c.id == operadora_id)
        .values(falhas_seguidas=operadoras.c.falhas_seguidas + 1)
        .returning(operadoras.c.falhas_seguidas)
    )
    row = await tx.one(statement)
    return 0 if row is None else int(row.falhas_seguidas)


async def pause(tx: Transaction, operadora_id: UUID, ate: datetime) -> bool:
    """Send it no robot until then; False when it is paused already."""
    running = operadoras.c.pausada_ate.is_(None) | (operadoras.c.pausada_ate <= tx.now)
    statement = update(operadoras).where(operadoras.c.id == operadora_id, running)
    return await tx.changed(statement.values(pausada_ate=ate, falhas_seguidas=0))


async def resume(tx: Transaction, operadora_id: UUID) -> bool:
    """Send it robots again from now on; False when it is not paused."""
    paused = update(operadoras).where(operadoras.c.id == operadora_id, operadoras.c.pausada_ate > tx.now)
    return await tx.changed(paused.values(falhas_seguidas=0, pausada_ate=None))


async def count_success(tx: Transaction, operadora_id: UUID) -> None:
    """Its portal works: the failures before do not count any more."""
    failing = (operadoras.c.falhas_seguidas > 0) | operadoras.c.pausada_ate.is_not(None)
    statement = update(operadoras).where(operadoras.c.id == operadora_id, failing)
    await tx.execute(statement.values(falhas_seguidas=0, pausada_ate=None))


def _operadora(row: Row[Any] | None) -> Operadora | None:
    return None if row is None else Operadora(**row._mapping)
