"""Many clientes in few statements: what an import asks and writes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Row, bindparam, column, func, insert, select, text, update

from storage.tables import clientes
from storage.tables.chaves import chaves_of
from storage.transaction import Transaction
from storage.types import by_dialect

# What an import may change of a cliente that is known, with what follows from it.
CHANGEABLE = (
    "hash_unico",
    "hash_planilha",
    "razao_social",
    "nome_sat",
    "cnpj",
    "operadora_id",
    "unidade",
    "servico",
    "filtro",
    "dados_sat",
    "site_emissao",
    "login_portal",
    "senha_portal",
    "cpf",
    "credencial_recusada_em",
    "busca",
)
# And what a bill's digits find it by.
_WRITTEN = (*CHANGEABLE, "conta_chave", "servico_chave")
_SELECT = select(clientes.c.id, clientes.c.status_ativo, *(clientes.c[name] for name in CHANGEABLE))
_OF_HASHES = by_dialect(lambda among: _SELECT.where(among(clientes.c.hash_unico, "b_hashes")))
_OF_GIVEN = by_dialect(lambda among: _SELECT.where(among(clientes.c.hash_planilha, "b_given")))
_INSERT = insert(clientes)
_UPDATE = (
    update(clientes)
    .where(clientes.c.id == bindparam("b_id"))
    .values({name: bindparam(f"b_{name}", type_=clientes.c[name].type) for name in (*_WRITTEN, "atualizado_em")})
)

# PostgreSQL takes a whole column as one parameter: a piece is one short statement, however many rows it has.
_ADDED = ("id", *_WRITTEN)
_many = func.unnest(*(bindparam(f"b_{name}", type_=ARRAY(clientes.c[name].type)) for name in _ADDED))
_rows = _many.table_valued(*(column(name, clientes.c[name].type) for name in _ADDED), name="rows").render_derived()
_NOW = bindparam("b_now", type_=clientes.c.criado_em.type)
_INSERT_ALL = insert(clientes).from_select(
    [*_ADDED, "criado_em", "atualizado_em"], select(*(_rows.c[name] for name in _ADDED), _NOW, _NOW)
)
_UPDATE_ALL = (
    update(clientes)
    .where(clientes.c.id == _rows.c.id)
    .values({name: _rows.c[name] for name in _WRITTEN} | {"atualizado_em": _NOW})
)


async def lock_clientes(tx: Transaction) -> None:
    """Nobody else adds or changes a cliente until this transaction ends; everybody reads. SQLite has that anyway."""
    if tx.dialect == "postgresql":
        await tx.execute(text("LOCK TABLE clientes IN SHARE ROW EXCLUSIVE MODE"))


async def clientes_of_rows(tx: Transaction, hashes: Sequence[str], da_planilha: Sequence[str]) -> list[Row[Any]]:
    """Those known by one of our own hashes, or by one that a sheet gave."""
    found = list(await tx.execute(_OF_HASHES[tx.dialect], {"b_hashes": hashes}))
    if da_planilha:
        found += await tx.execute(_OF_GIVEN[tx.dialect], {"b_given": da_planilha})
    return found


async def add_clientes(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns; `senha_portal` comes sealed."""
    if not rows:
        return
    written = [row | chaves_of(row) for row in rows]
    if tx.dialect == "postgresql":
        await tx.execute(_INSERT_ALL, _columns_of(written) | {"b_now": tx.now})
        return
    moments = {"criado_em": tx.now, "atualizado_em": tx.now}
    await tx.execute(_INSERT, [row | moments for row in written])


async def change_clientes(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write each row's `CHANGEABLE` values to the cliente of its `id`."""
    if not rows:
        return
    written = [row | chaves_of(row) for row in rows]
    if tx.dialect == "postgresql":
        await tx.execute(_UPDATE_ALL, _columns_of(written) | {"b_now": tx.now})
        return
    named = [{"b_id": row["id"]} | {f"b_{name}": row[name] for name in _WRITTEN} for row in written]
    await tx.execute(_UPDATE, [{**row, "b_atualizado_em": tx.now} for row in named])


def _columns_of(rows: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """Each column of the rows as a parameter; what a row does not say is NULL."""
    return {f"b_{name}": [row.get(name) for row in rows] for name in _ADDED}
