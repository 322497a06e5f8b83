"""Who was erased, by numbers of ours: what the audit of a database knows of it, and whom an older one still holds."""

import re
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Table, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.auditoria.tipos import Ato
from storage.tables import auditoria, consultores, contatos, usuarios

APAGAR = "apagar"
_TABLES: dict[str, Table] = {"usuario": usuarios, "contato": contatos, "consultor": consultores}
_NAME = re.compile(r"(usuario|contato|consultor)-([0-9a-f-]+)-[0-9]{8}T[0-9]{12}")


async def erasures(connection: AsyncConnection) -> set[str]:
    """A name for each erasure that this database's audit knows; none where it is older than the audit."""
    if not await connection.run_sync(lambda sync: inspect(sync).has_table(auditoria.name)):
        return set()
    acts = select(auditoria.c.alvo, auditoria.c.detalhe).where(auditoria.c.acao == Ato.LGPD.value)
    rows = (await connection.execute(acts)).all()
    names = [await _name(connection, row.alvo) for row in rows if (row.detalhe or {}).get("o_que") == APAGAR]
    return {name for name in names if name is not None}


async def not_erased(connection: AsyncConnection, names: Iterable[str]) -> list[str]:
    """Whom this database holds and does not know to be erased, as the audit names them: `usuario:UUID`."""
    unknown = sorted(set(names) - await erasures(connection))
    alvos = [(name, f"{found[1]}:{found[2]}") for name in unknown if (found := _NAME.fullmatch(name))]
    return [alvo for name, alvo in alvos if await _name(connection, alvo) == name]


async def phone_of(connection: AsyncConnection, alvo: str) -> str | None:
    """The phone that they have here."""
    table, key = _row(alvo)
    return await connection.scalar(select(table.c.telefone).where(table.c.id == key))


async def _name(connection: AsyncConnection, alvo: str) -> str | None:
    """The row that this is in every copy of the database: its number may be given anew after a restore, to another."""
    table, key = _row(alvo)
    made = await connection.scalar(select(table.c.criado_em).where(table.c.id == key))
    return None if made is None else f"{alvo.replace(':', '-')}-{made:%Y%m%dT%H%M%S%f}"


def _row(alvo: str) -> tuple[Table, UUID | int]:
    tipo, _, numero = alvo.partition(":")
    return _TABLES[tipo], UUID(numero) if tipo == "usuario" else int(numero)
