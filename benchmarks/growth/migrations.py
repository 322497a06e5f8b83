"""The migrations since 0019 over a filled copy, while a release of before goes on writing.

python -m benchmarks.growth.migrations   1 million rows in the largest tables, six in all; ten minutes
python -m benchmarks.growth.migrations --only pg --rows 100000

Every table that they touch is filled. Beside them one writer for each table changes a row at a time with the waits of
a web process (4 s for a lock on PostgreSQL, 5 s for the writer on SQLite): how long each had to wait, and how often one
was refused, is what a deployment would feel.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from benchmarks.support.postgres import DurablePostgres
from storage.database import Database, is_overload, sqlite_file
from storage.engines.breaker import EngineSilent
from storage.schema import known_revisions, migrate

SINCE = "0019"
# So often a migration that fails is begun again.
MOST = 20
# Of `rows`, so much in each: logs and reports grow fastest.
SHARES = {
    "message_statuses": 1.0,
    "logs_execucao": 1.0,
    "logs_venda": 0.5,
    "ofertas": 0.5,
    "execucoes": 0.4,
    "vendas": 0.3,
    "atendimentos": 0.3,
    "processos": 0.3,
    "ocorrencias": 0.3,
    "presence_changes": 0.2,
    "documentos_fatura": 0.2,
    "arquivos": 0.2,
    "pap_bo_em_uso": 0.2,
    "clientes": 0.1,
    "execucoes_agendamento": 0.1,
    "sessoes_painel": 0.1,
    "links_painel": 0.1,
    "convites": 0.1,
    "andamentos": 0.1,
    "perguntas_execucao": 0.1,
    "failed_events": 0.05,
    "logs_compactados": 0.05,
    "early_callbacks": 0.05,
    "usuarios": 0.02,
}
_SERIES = {
    "postgresql": "generate_series(1, {count}) AS s(n)",
    "sqlite": (
        "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count}) SELECT n FROM c) AS s"
    ),
}
_NOW = {
    "postgresql": "now() - n * interval '20 seconds'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', julianday('now') - n * 0.00023)",
}
_UUID = {"postgresql": "md5('{name}' || n)::uuid", "sqlite": "printf('%032x', n)"}
_BYTES = {"postgresql": "decode(md5('' || n), 'hex')", "sqlite": "CAST(n AS BLOB)"}


@dataclass(slots=True)
class Waits:
    """What a writer of one table felt."""

    longest: float = 0.0
    refused: int = 0
    written: int = 0


@dataclass(slots=True)
class Found:
    """Of one database: seconds of each migration, the writers' waits while it ran, and how often it failed."""

    engine: str
    seconds: dict[str, float] = field(default_factory=dict)
    waits: dict[str, dict[str, Waits]] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)


def fill(connection: Connection, rows: int) -> int:
    """Every table its share, each column something of its type; how many rows in all."""
    dialect, metadata, total = connection.dialect.name, sa.MetaData(), 0
    for name, share in SHARES.items():
        table = sa.Table(name, metadata, autoload_with=connection, resolve_fks=False)
        count = max(10, int(rows * share))
        columns = {column.name: _value(dialect, column) for column in table.columns}
        names = ", ".join(f'"{one}"' for one in columns)
        series = _SERIES[dialect].format(count=count)
        values = ", ".join(columns.values())
        connection.exec_driver_sql(f"INSERT INTO {name} ({names}) SELECT {values} FROM {series}")  # noqa: S608
        total += count
    return total


def _fill_file(url: str, rows: int) -> int:
    """By a driver of its own, which asks nobody whether what a row names is there."""
    with sa.create_engine(f"sqlite:///{sqlite_file(url)}").begin() as connection:
        return fill(connection, rows)


async def _fill_server(database: Database, rows: int) -> int:
    async with database.begin() as connection:
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        total = await connection.run_sync(lambda sync: fill(sync, rows))
        await connection.execute(text("ANALYZE"))
        await connection.commit()
    return total


def _value(dialect: str, column: "sa.Column[object]") -> str:
    kind = column.type
    if isinstance(kind, sa.DateTime):
        return _NOW[dialect]
    if isinstance(kind, sa.Date):
        return "CURRENT_DATE"
    if isinstance(kind, sa.Boolean):
        return "(n % 9 > 0)"
    if isinstance(kind, sa.Integer):
        return "202600 + n % 12" if column.name == "competencia" else "n % 2000000000"
    if isinstance(kind, sa.LargeBinary):
        return _BYTES[dialect]
    if isinstance(kind, sa.JSON):
        return "'{}'"
    if isinstance(kind, sa.Uuid) or (isinstance(kind, sa.CHAR) and kind.length == 32):
        return _UUID[dialect].format(name="v")
    return f"'{column.name[:12]} ' || n"


async def write_on(database: Database, table: str, waits: dict[str, Waits]) -> None:
    """Change one row of a table again and again, as a turn does: refused after its time, and then again."""
    key = _CHANGED[table]
    statement = text(f"UPDATE {table} SET {key} = {key} WHERE {key} IS NULL")  # noqa: S608 - names of ours
    read = text(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608
    while True:
        began, felt = time.perf_counter(), waits[table]
        try:
            async with database.begin() as connection:
                await connection.execute(read)
                await connection.execute(statement)
                await connection.commit()
            felt.written += 1
        except (DBAPIError, EngineSilent, PoolTimeoutError) as error:
            if not is_overload(error):
                raise
            felt.refused += 1
        felt.longest = max(felt.longest, time.perf_counter() - began)
        await asyncio.sleep(0.1)


# A column of each table's key, which is never empty: the statement takes the lock and changes nothing.
_CHANGED = defaultdict(lambda: "id", convites="token_hash", links_painel="token_hash", pap_bo_em_uso="epoch")
_CHANGED |= {"message_statuses": "provider_id", "failed_events": "event_id", "logs_compactados": "execucao_id"}


async def measure(engine: str, url: str, rows: int) -> Found:
    """Fill a database of the release before, then migrate step by step with the writers beside."""
    found, patient = Found(engine), Database(url, patient=True)
    await migrate(patient, SINCE)
    total = await asyncio.to_thread(_fill_file, url, rows) if patient.is_sqlite else await _fill_server(patient, rows)
    print(f"{engine}: {total:,} rows")
    busy = Database(url)
    try:
        # One that was never done is part of the next one.
        for revision in sorted(one for one in known_revisions() if one > SINCE):
            await _one(found, busy, revision, lambda to: migrate(patient, to))
    finally:
        await busy.close()
        await patient.close()
    return found


async def _one(found: Found, busy: Database, revision: str, step: Callable[[str], Awaitable[object]]) -> None:
    waits: dict[str, Waits] = defaultdict(Waits)
    tables = list(SHARES)[:: 1 if found.engine == "PostgreSQL" else 8]
    writers = [asyncio.create_task(write_on(busy, table, waits)) for table in tables]
    await asyncio.sleep(1)
    for felt in waits.values():
        felt.longest = 0.0
    began = time.perf_counter()
    found.failed[revision] = await _until_done(lambda: step(revision))
    found.seconds[revision], found.waits[revision] = time.perf_counter() - began, waits
    await asyncio.sleep(0.2)
    for writer in writers:
        writer.cancel()
        with suppress(asyncio.CancelledError):
            await writer


async def _until_done(step: Callable[[], Awaitable[object]]) -> int:
    """As a platform does that starts `balcao migrate` again when it ended badly; how often it did."""
    for failed in range(MOST):
        try:
            await step()
        except DBAPIError as error:
            print(f"  failed: {str(error.orig)[-80:]}")
        else:
            return failed
    return MOST


def report(found: Found) -> None:
    """A row for each migration."""
    print("| migration | seconds | longest wait of a writer | writes refused | failed, and begun again |")
    print("|---|---|---|---|---|")
    for revision, seconds in found.seconds.items():
        waits = found.waits[revision]
        table, felt = max(waits.items(), key=lambda one: one[1].longest)
        refused = sum(one.refused for one in waits.values())
        print(f"| {revision} | {seconds:.2f} | {felt.longest:.2f} s ({table}) | {refused} | {found.failed[revision]} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["pg", "sqlite"])
    options = parser.parse_args()
    print(f"{os.cpu_count()} CPUs, Python {sys.version.split()[0]}")
    if options.only != "sqlite":
        with DurablePostgres() as server:
            report(asyncio.run(measure("PostgreSQL", server.new_database(), options.rows)))
    if options.only != "pg":
        with tempfile.TemporaryDirectory() as directory:
            url = f"sqlite+aiosqlite:///{Path(directory) / 'balcao.db'}"
            report(asyncio.run(measure("SQLite", url, options.rows)))


if __name__ == "__main__":
    main()
