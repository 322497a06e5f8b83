"""One way to dump and to look into a database, whichever of the two engines it is."""

import asyncio
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, make_url, text

from storage.auditoria.cadeia import CabecaDaAuditoria, check_chain
from storage.backup import postgres, sqlite
from storage.backup.problems import BackupError, Problem
from storage.database import Database, sqlite_file
from storage.sqlite_url import sqlite_url


@dataclass(frozen=True, slots=True)
class Dump:
    """What is known of a dump: engine, its version, pg_dump's major version, migration, rows by table, audit head."""

    engine: str
    versao: str
    programa: int | None
    esquema: str
    linhas: dict[str, int]
    auditoria: CabecaDaAuditoria | None = None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file in the object store that a database names, with its size in bytes."""

    object_key: str
    tamanho: int


def engine_of(url: str) -> str:
    """`sqlite` or `postgresql`."""
    return make_url(url).get_backend_name()


def file_of(url: str) -> Path:
    """The file of a SQLite database."""
    return sqlite_file(url)


async def dump(url: str, target: Path) -> Dump:
    """Dump the database as it is at one moment. BackupError: DUMP_FAILED, NO_PROGRAMS."""
    if engine_of(url) == "sqlite":
        await asyncio.to_thread(sqlite.dump, file_of(url), target)
        linhas, esquema = await count_rows(url_of(target)), await revision(url_of(target))
        head = await asyncio.to_thread(sqlite.audit_head, target)
        return Dump("sqlite", sqlite3.sqlite_version, None, esquema, linhas, head)
    made = await postgres.dump(url, target)
    return Dump("postgresql", made.versao, made.programa, made.esquema, made.linhas, made.auditoria)


def url_of(file: Path) -> str:
    """The URL of a SQLite file."""
    return sqlite_url(file)


async def rewrite(url: str) -> bool:
    """Whether nothing of a row that was replaced is left in the database's file; PostgreSQL's VACUUM does its own."""
    return engine_of(url) != "sqlite" or await asyncio.to_thread(sqlite.rewrite, file_of(url))


async def empty_log(url: str) -> bool:
    """Whether nothing that was replaced is left beside the database; PostgreSQL's own log is its operator's."""
    return engine_of(url) != "sqlite" or await asyncio.to_thread(sqlite.empty_log, file_of(url))


async def count_rows(url: str) -> dict[str, int]:
    """Rows by table; none for a SQLite file that is not there."""
    if engine_of(url) == "sqlite":
        return await asyncio.to_thread(sqlite.count_rows, file_of(url)) if file_of(url).exists() else {}
    async with postgres.connected(url) as connection:
        return await postgres.count_rows(connection)


async def revision(url: str) -> str:
    """The migration it is at; "" for a database that is not ours, or not there."""
    if engine_of(url) == "sqlite":
        return await asyncio.to_thread(sqlite.revision, file_of(url)) if file_of(url).exists() else ""
    async with postgres.connected(url) as connection:
        return await postgres.revision(connection)


_NEWEST_FILE = (
    "SELECT object_key, tamanho FROM arquivos WHERE object_key IS NOT NULL AND tamanho IS NOT NULL {besides}"
    "ORDER BY guardado_em DESC, id LIMIT 1"
)
# Earlier releases left the key where the file of an import was gone.
_IMPORTED = "AND id NOT IN (SELECT arquivo_id FROM importacoes WHERE estado IN ('FEITA', 'LARGADA')) "


async def known_file(url: str) -> KnownFile | None:
    """The newest file that this database names, None when there is none.

    None that was imported or not wanted: it may have held passwords, and went then.
    """
    database = Database(url)
    try:
        async with database.read() as connection:
            # An older release's has no imports.
            imports = await connection.run_sync(lambda sync: inspect(sync).has_table("importacoes"))
            row = (await connection.execute(text(_NEWEST_FILE.format(besides=_IMPORTED if imports else "")))).first()
    finally:
        await database.close()
    return None if row is None else KnownFile(row.object_key, row.tamanho)


async def check_audit(url: str, head: CabecaDaAuditoria | None) -> None:
    """BackupError (AUDIT_BROKEN) names the first row of the audit that was changed or removed by hand.

    `head`: as it was when the dump was made, where somebody knows: a chain that was made anew from its beginning holds
    in itself, and ends elsewhere.
    """
    database = Database(url)
    try:
        async with database.read() as connection:
            found = await check_chain(connection)
    finally:
        await database.close()
    if found.quebras:
        first = found.quebras[0]
        raise BackupError(Problem.AUDIT_BROKEN, numero=first.numero, ate=first.ate)
    if head is not None and (found.ultima, found.hash) != (head.numero, head.hash):
        raise BackupError(Problem.AUDIT_BROKEN, numero=1, ate=head.numero)


def compare_counts(expected: dict[str, int], found: dict[str, int]) -> None:
    """BackupError (COUNTS_DIFFER) names the first table that has not as many rows as it should."""
    for tabela, linhas in expected.items():
        if found.get(tabela) != linhas:
            raise BackupError(Problem.COUNTS_DIFFER, tabela=tabela, esperadas=linhas, lidas=found.get(tabela, 0))
