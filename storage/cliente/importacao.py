"""Many clientes in few statements: what an import asks and writes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, text, update

from storage.tables import clientes
from storage.tables.chaves import chaves_of
from storage.transaction import Transaction

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
_INSERT = insert(clientes)
_SELECT = select(clientes.c.id, *(clientes.c[name] for name in CHANGEABLE))
_UPDATE = (
    update(clientes)
    .where(clientes.c.id == bindparam("b_id"))
    .values({name: bindparam(f"b_{name}", type_=clientes.c[name].type) for name in (*_WRITTEN, "atualizado_em")})
)


async def lock_clientes(tx: Transaction) -> None:
    """Nobody else adds or changes a cliente until this transaction ends; everybody reads. SQLite has that anyway."""
    if tx.dialect == "postgresql":
        await tx.execute(text("LOCK TABLE clientes IN SHARE ROW EXCLUSIVE MODE"))


async def clientes_of_rows(tx: Transaction, hashes: Sequence[str], da_planilha: Sequence[str]) -> list[Row[Any]]:
    """Those known by one of our own hashes, or by one that a sheet gave."""
    found = list(await tx.execute(_SELECT.where(clientes.c.hash_unico.in_(hashes))))
    if da_planilha:
        found += await tx.execute(_SELECT.where(clientes.c.hash_planilha.in_(da_planilha)))
    return found


async def add_clientes(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns; `senha_portal` comes sealed."""
    if rows:
        moments = {"criado_em": tx.now, "atualizado_em": tx.now}
        await tx.execute(_INSERT, [row | chaves_of(row) | moments for row in rows])


async def change_clientes(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write each row's `CHANGEABLE` values to the cliente of its `id`."""
    if rows:
        known = [row | chaves_of(row) for row in rows]
        named = [{"b_id": row["id"]} | {f"b_{name}": row[name] for name in _WRITTEN} for row in known]
        await tx.execute(_UPDATE, [{**row, "b_atualizado_em": tx.now} for row in named])
