"""Secrets at rest, sealed anew with the newest of SECRET_KEYS: some rows a turn, while everybody works."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.secrets import KEY_ID_AT, KEY_ID_LONG, SecretUnreadable
from storage.tables import arquivos, clientes, outbox, usuarios
from storage.transaction import Transaction

BATCH = 500
# What stays until somebody changes it, in tables that are soon looked through.
_KEPT = frozenset({"usuarios", "clientes"})


@dataclass(frozen=True, slots=True)
class Selado:
    """A column whose texts are sealed, each bound to its table, `nome` and the row's id."""

    tabela: Table
    coluna: Column[str]
    nome: str

    def __str__(self) -> str:
        return f"{self.tabela.name}.{self.coluna.name}"


# What else is sealed lives in Redis, for days at most (storage/live.py) or seconds (storage/presenca/digitacao.py).
SELADOS = (
    Selado(usuarios, usuarios.c.senha_pap, "senha_pap"),
    Selado(clientes, clientes.c.senha_portal, "senha_portal"),
    Selado(clientes, clientes.c.senha_fatura, "senha_fatura"),
    Selado(arquivos, arquivos.c.senha, "senha"),
    Selado(outbox, outbox.c.sealed_text, "text"),
)


async def keys_in_use(connection: AsyncConnection) -> Counter[str]:
    """How many of the passwords of logins, portals and bills each key has sealed, by its id."""
    used: Counter[str] = Counter()
    for selado in SELADOS:
        if selado.tabela.name in _KEPT:
            named = func.substr(selado.coluna, KEY_ID_AT, KEY_ID_LONG)
            counted = select(named, func.count()).where(selado.coluna.is_not(None)).group_by(named)
            for name, count in await connection.execute(counted):
                used[name] += count
    return used


@dataclass(slots=True)
class Troca:
    """What came of some rows; `ilegiveis`: ids of those that none of the keys opens. `ultimo`: None at the end."""

    trocados: int = 0
    ilegiveis: tuple[str, ...] = ()
    ultimo: Any = None


async def rotate_some(tx: Transaction, selado: Selado, after: Any = None, limit: int = BATCH) -> Troca:
    """Seal the next rows anew, by id. Whoever changes one meanwhile has sealed it with the newest key already."""
    key = selado.tabela.c.id
    statement = select(key, selado.coluna.label("sealed")).where(selado.coluna.is_not(None)).order_by(key).limit(limit)
    rows = (await tx.execute(statement if after is None else statement.where(key > after))).all()
    troca = Troca(ultimo=rows[-1].id if len(rows) == limit else None)
    for row in rows:
        try:
            if not tx.secrets.is_old(row.sealed):
                continue
            fresh = tx.secrets.rotate(row.sealed, selado.tabela.name, selado.nome, row.id)
        except SecretUnreadable:
            troca.ilegiveis += (str(row.id),)
            continue
        as_it_was = update(selado.tabela).where(key == row.id, selado.coluna == row.sealed)
        troca.trocados += await tx.changed(as_it_was.values({selado.coluna.name: fresh}))
    return troca
