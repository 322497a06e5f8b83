"""PostgreSQL: dumped by its own programs, from one snapshot that is counted too; put back in one transaction."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.auditoria.cadeia import CabecaDaAuditoria, head_of
from storage.backup import programs
from storage.backup.problems import BackupError, Problem
from storage.engines.pooler import is_pooled
from storage.engines.reading import reading

_SCRATCH = "balcao_prova_"
_INSUFFICIENT_PRIVILEGE = "42501"
# What pg_dump of this version writes, servers before 17 do not understand (transaction_timeout).
_NEEDS_17 = 17

# Everything of ours goes before the dump comes, in its transaction: tables of a newer schema must not stay.
_EMPTIED = """\
SET lock_timeout = '5s';
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', one.tablename);
  END LOOP;
  FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP SEQUENCE IF EXISTS public.%I CASCADE', one.sequencename);
  END LOOP;
  -- Of triggers; those of extensions are not ours.
  FOR one IN SELECT proc.oid::regprocedure AS name FROM pg_proc proc WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = proc.oid AND deptype = 'e') LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', one.name);
  END LOOP;
END $$;
"""


@dataclass(frozen=True, slots=True)
class Dumped:
    """What is known of a dump: the server's version, pg_dump's major version, migration, rows by table, audit head."""

    versao: str
    programa: int
    esquema: str
    linhas: dict[str, int]
    auditoria: CabecaDaAuditoria | None


async def dump(url: str, target: Path) -> Dumped:
    """Dump the database as it is in one snapshot. BackupError: POOLED, NO_PROGRAMS, DUMP_FAILED."""
    await _refuse_pooler(url)
    async with connected(url) as connection:
        await connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = (await connection.execute(text("SELECT pg_export_snapshot()"))).scalar_one()
        versao = str((await connection.execute(text("SHOW server_version"))).scalar_one())
        chosen = await asyncio.to_thread(programs.choose, _major(versao))
        linhas, esquema = await count_rows(connection), await revision(connection)
        head = await head_of(connection) if "auditoria_cabeca" in linhas else None
        options = ("-Fc", "-Z0", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={target}")
        try:
            await asyncio.to_thread(programs.run, chosen, "pg_dump", make_url(url), *options)
        except BackupError as error:
            if error.problem is Problem.NO_ROOM:
                raise
            raise BackupError(Problem.DUMP_FAILED, **error.facts) from error
    return Dumped(versao, chosen.version, esquema, linhas, head)


async def load(url: str, dumped: Path, dumped_by: int, scratch: Path, *, replacing: bool) -> None:
    """Put a dump into this database, all of it or nothing. `replacing`: what is there goes.

    BackupError: POOLED, NO_PROGRAMS, SERVER_TOO_OLD, LOAD_FAILED, IN_USE.
    """
    await _refuse_pooler(url)
    async with connected(url) as connection:
        server = _major(str((await connection.execute(text("SHOW server_version"))).scalar_one()))
    if dumped_by >= _NEEDS_17 > server:
        raise BackupError(Problem.SERVER_TOO_OLD, precisa=_NEEDS_17, servidor=server)
    chosen = await asyncio.to_thread(programs.choose_for_restore, server, dumped_by)
    script, before = scratch / "script.sql", scratch / "before.sql"
    await asyncio.to_thread(before.write_text, _EMPTIED if replacing else "", encoding="ascii")
    where = make_url(url)
    await asyncio.to_thread(
        programs.run, chosen, "pg_restore", where, "--no-owner", "--no-acl", f"--file={script}", str(dumped)
    )
    options = ("-X", "-q", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-f", str(before), "-f", str(script))
    try:
        await asyncio.to_thread(programs.run, chosen, "psql", where, *options)
    except BackupError as error:
        if "lock timeout" in str(error.facts.get("motivo")):
            raise BackupError(Problem.IN_USE) from error
        raise


@asynccontextmanager
async def scratch_database(url: str) -> AsyncIterator[str]:
    """The URL of an empty database beside this one, dropped at the end. BackupError (NOT_ALLOWED)."""
    name = f"{_SCRATCH}{uuid4().hex[:12]}"
    try:
        await _outside(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _INSUFFICIENT_PRIVILEGE:
            raise BackupError(Problem.NOT_ALLOWED) from error
        raise
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        await _outside(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def count_rows(connection: AsyncConnection) -> dict[str, int]:
    """Rows by table."""
    rows = await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))
    return {
        name: (await connection.execute(text(f'SELECT count(*) FROM public."{name}"'))).scalar_one()  # noqa: S608
        for name in rows.scalars().all()
    }


async def revision(connection: AsyncConnection) -> str:
    """The migration it is at; "" for a database that is not ours."""
    found = await connection.execute(text("SELECT to_regclass('public.alembic_version') IS NOT NULL"))
    if not found.scalar_one():
        return ""
    return str((await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar() or "")


async def _refuse_pooler(url: str) -> None:
    """What PostgreSQL's programs set for a session would stay with whoever gets that connection next."""
    if await is_pooled(lambda: connected(url, outside=True), lambda: connected(url)):
        raise BackupError(Problem.POOLED)


@asynccontextmanager
async def connected(url: str, *, outside: bool = False) -> AsyncIterator[AsyncConnection]:
    """One connection, for long statements: without the timeouts that turns have.

    `outside`: of transactions, to look at something.
    """
    engine = create_async_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)
    try:
        async with (reading(engine) if outside else engine).connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def _outside(url: str, statement: str) -> None:
    """A statement that no transaction may hold."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", pool_size=1, max_overflow=0)
    try:
        async with engine.connect() as connection:
            await connection.exec_driver_sql(statement)
    finally:
        await engine.dispose()


def _major(version: str) -> int:
    """`17.2 (Debian 17.2-1)` and `18beta1` are 17 and 18."""
    digits = re.match(r"\d+", version)
    return int(digits[0]) if digits else 0
