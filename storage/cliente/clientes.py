"""Queries over clientes. The portal password comes and goes sealed, and only by `sealed_password`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pages import Pagina, page, without_total
from storage.tables import clientes
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Cliente:
    """One account of one company at one operadora, as the row stood when it was read."""

    id: UUID
    hash_unico: str
    hash_planilha: str | None
    razao_social: str
    nome_sat: str | None
    cnpj: str
    operadora_id: UUID
    unidade: str
    servico: str
    filtro: str
    dados_sat: str | None
    site_emissao: str | None
    login_portal: str | None
    tem_senha: bool
    cpf: str | None
    credencial_recusada_em: datetime | None
    status_ativo: bool
    criado_em: datetime
    atualizado_em: datetime


_TEM_SENHA = clientes.c.senha_portal.is_not(None).label("tem_senha")
_COLUMNS = [_TEM_SENHA if name == "tem_senha" else clientes.c[name] for name in Cliente.__dataclass_fields__]
_ROW = select(*_COLUMNS)


async def add_cliente(tx: Transaction, values: dict[str, Any]) -> bool:
    """Insert one; False when that account is there already. `senha_portal` comes sealed."""
    row = {**values, "criado_em": tx.now, "atualizado_em": tx.now}
    return await tx.changed(tx.insert(clientes).values(row).on_conflict_do_nothing())


async def change_cliente(tx: Transaction, cliente_id: UUID, **values: Any) -> bool:
    """Change one; False when there is none. Raises IntegrityError for an account that is another row's."""
    statement = update(clientes).where(clientes.c.id == cliente_id)
    return await tx.changed(statement.values(**values, atualizado_em=tx.now))


async def cliente_by_id(connection: AsyncConnection, cliente_id: UUID) -> Cliente | None:
    return _cliente((await connection.execute(_ROW.where(clientes.c.id == cliente_id))).first())


async def lock_cliente(tx: Transaction, cliente_id: UUID) -> Cliente | None:
    """Whoever else changes it waits until this transaction ends; rows that name it may be added meanwhile."""
    return _cliente(await tx.one(_ROW.where(clientes.c.id == cliente_id).with_for_update(key_share=True)))


async def clientes_by_hash(tx: Transaction, hashes: Sequence[str]) -> dict[str, Cliente]:
    """Those of these that are known, by `hash_unico`."""
    rows = await tx.execute(_ROW.where(clientes.c.hash_unico.in_(hashes)))
    return {row.hash_unico: Cliente(**row._mapping) for row in rows}


async def sealed_password(connection: AsyncConnection, cliente_id: UUID) -> str | None:
    """The portal password as it is kept: sealed for this row."""
    found: str | None = await connection.scalar(select(clientes.c.senha_portal).where(clientes.c.id == cliente_id))
    return found


async def sealed_invoice_password(connection: AsyncConnection, cliente_id: UUID) -> str | None:
    """What opens this cliente's PDFs, sealed for its row; None where none had to be typed yet."""
    found: str | None = await connection.scalar(select(clientes.c.senha_fatura).where(clientes.c.id == cliente_id))
    return found


async def list_clientes(
    connection: AsyncConnection, pagina: Pagina, busca: Sequence[str] = (), **filters: Any
) -> tuple[list[Cliente], int]:
    """A page of those whose columns have these values and whose search text holds all these words; how many."""
    where: list[ColumnElement[bool]] = [clientes.c[name] == value for name, value in filters.items()]
    where += [clientes.c.busca.contains(word, autoescape=True) for word in busca]
    rows, total = await page(connection, _ROW, clientes, where, clientes.c.id, pagina)
    return [Cliente(**without_total(row)) for row in rows], total


async def hold_login(tx: Transaction, operadora_id: UUID, cliente_id: UUID, login: str | None) -> int:
    """The portal refused this login: everybody who has it at that operadora is held; how many."""
    same = clientes.c.login_portal == login if login else clientes.c.id == cliente_id
    statement = update(clientes).where(
        clientes.c.operadora_id == operadora_id, same, clientes.c.credencial_recusada_em.is_(None)
    )
    return (await tx.execute(statement.values(credencial_recusada_em=tx.now))).rowcount


async def count_held(connection: AsyncConnection) -> int:
    """Clientes whose login the portal refused."""
    held = select(func.count()).select_from(clientes).where(clientes.c.credencial_recusada_em.is_not(None))
    return int(await connection.scalar(held) or 0)


def _cliente(row: Row[Any] | None) -> Cliente | None:
    return None if row is None else Cliente(**row._mapping)
