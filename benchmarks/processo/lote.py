"""Much at once, next to what the database itself does.

python -m benchmarks.processo.lote [COUNT] [--only sqlite postgresql]

In one run, on one machine: the import of so many clientes from a CSV next to the same rows written as fast as the
driver can (COPY on PostgreSQL, executemany on SQLite), and the processos of a month next to one INSERT … SELECT of
them and their first lines of history. Goals: the import at 0.3 of the floor's rate or more, 100,000 in under 60 s and
flat in memory; the month in 1.3 times the floor's time or less.
"""

import argparse
import asyncio
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.postgres import DurablePostgres
from bot.importacao.cadastros import CLIENTES, OPERADORAS
from bot.importacao.motor import Motor
from core.processo.mensais import criar_lote
from storage.database import Database
from storage.schema import migrate
from storage.tables import clientes
from tests.support.turning import World

GOAL_IMPORT, GOAL_MONTH = 0.3, 1.3
CODES = ("VIVO", "OI", "TIM", "CLARO")
HEADER = "HASH;OPERADORA;RAZÃO SOCIAL;NOME SAT;CNPJ;FILTRO;SERVIÇO;DADOS SAT;UNIDADE / FILTRO SAT;LOGIN;SENHA"
_COLUMNS = [column.name for column in clientes.columns]


@dataclass(frozen=True)
class Row:
    """One line of the table: what was done, how fast, and next to which floor."""

    what: str
    count: int
    seconds: float
    floor: float

    @property
    def share(self) -> float:
        """Of the floor's rate."""
        return self.floor / self.seconds

    def __str__(self) -> str:
        each, share = self.count / self.seconds, self.share
        return f"| {self.what} | {self.seconds:.1f} | {each:,.0f} | {self.floor:.1f} | {share:.2f} | {1 / share:.2f} |"


async def main(count: int, engines: list[str]) -> list[Figure]:
    """Print a row for each engine and kind of work; the figures of them."""
    figures = []
    print("| | s | rows/s | floor s | of the floor's rate | times its time |\n|---|---|---|---|---|---|")
    for engine in engines:
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lote-")))
            url = f"sqlite+aiosqlite:///{folder / 'lote.db'}"
            if engine == "postgresql":
                url = stack.enter_context(DurablePostgres()).new_database()
            world = World(url)
            stack.push_async_callback(world.close)
            await migrate(world.database)
            # One statement for all of it takes longer than a turn's may.
            floors = Database(url, patient=True)
            stack.push_async_callback(floors.close)
            figures += await _measured(world, floors, engine, count, folder)
    return figures


async def _measured(world: World, floors: Database, engine: str, count: int, folder: Path) -> list[Figure]:
    (folder / "operadoras.csv").write_text("nome;codigo\n" + "\n".join(f"{code};{code}" for code in CODES))
    with (folder / "operadoras.csv").open("rb") as file:
        await Motor(world.turns).run(OPERADORAS, file)
    path = folder / "clientes.csv"
    _write(path, count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = await _timed(lambda: _import(world, path))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    floor = await _floor_of_import(world, engine)
    imported = Row(f"import, {engine} (+{grown} MB)", count, took, floor)
    print(imported)
    again = await _timed(lambda: _import(world, path))
    print(f"| the same file again, {engine} | {again:.1f} | {count / again:,.0f} | | | |")
    await _statement(world, "ANALYZE")
    floor = await _timed(lambda: _month(floors, engine))
    await _statement(world, "DELETE FROM historico")
    await _statement(world, "DELETE FROM processos")
    took = await _timed(lambda: _ours(world))
    month = Row(f"month, {engine}", count, took, floor)
    print(month)
    return [
        Figure(
            "CSV import",
            engine,
            imported.share,
            "× the driver's rate",
            GOAL_IMPORT,
            beside=f"floor {imported.floor:.1f} s",
        ),
        Figure(
            "month", engine, 1 / month.share, "× the floor's time", most=GOAL_MONTH, beside=f"floor {month.floor:.1f} s"
        ),
    ]


def _write(path: Path, count: int) -> None:
    with path.open("w") as file:
        file.write(HEADER + "\n")
        for n in range(count):
            company, code = n // 20, CODES[n % len(CODES)]
            file.write(
                f"{n:016x};{code};Companhia {company} Ltda;COMPANHIA {company};{_cnpj(company)};{899_000_000 + n}_24;"
                f"31{n:08d};;Matriz;login{company};senha{company}\n"
            )


def _cnpj(number: int) -> str:
    digits = [int(char) for char in f"{number:08d}0001"]
    for weights in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        digits.append(0 if rest < 2 else 11 - rest)
    return "".join(map(str, digits))


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


async def _import(world: World, path: Path) -> None:
    with path.open("rb") as file:
        feito = await Motor(world.turns).run(CLIENTES, file)
    assert feito.recusadas == 0, feito


async def _floor_of_import(world: World, engine: str) -> float:
    """The rows that are there, taken out and written again by the driver alone, in one transaction."""
    async with world.database.begin() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        names = ", ".join(_COLUMNS)
        if engine == "postgresql":
            await raw.execute("SET statement_timeout = 0")
            rows = await raw.fetch(f"SELECT {names} FROM clientes")  # noqa: S608 - names of ours
            await raw.execute("DELETE FROM clientes")
            start = time.perf_counter()
            await raw.copy_records_to_table("clientes", records=[tuple(row) for row in rows], columns=_COLUMNS)
        else:
            # Without it one long transaction spills its cache into the log again and again.
            await raw.execute("PRAGMA cache_size = -262144")
            rows = await raw.execute_fetchall(f"SELECT {names} FROM clientes")  # noqa: S608 - names of ours
            await raw.execute("DELETE FROM clientes")
            start = time.perf_counter()
            blanks = ", ".join("?" * len(_COLUMNS))
            await raw.executemany(f"INSERT INTO clientes ({names}) VALUES ({blanks})", rows)  # noqa: S608
        await connection.commit()
        return time.perf_counter() - start


async def _month(floors: Database, engine: str) -> None:
    """Every processo that is missing and its first line of history, each by one statement, all in one transaction."""
    new_id = "gen_random_uuid()" if engine == "postgresql" else "lower(hex(randomblob(16)))"
    now = "now()" if engine == "postgresql" else "datetime('now')"
    processos = f"""
        INSERT INTO processos (id, cliente_id, mes_ano, competencia, status_processo, criado_em, atualizado_em)
        SELECT {new_id}, id, '03/2026', 202603, 'AGUARDANDO_DOWNLOAD', {now}, {now} FROM clientes AS c
        WHERE status_ativo AND EXISTS (SELECT 1 FROM operadoras AS o WHERE o.id = c.operadora_id AND o.status_ativo)
        AND NOT EXISTS (SELECT 1 FROM processos AS p WHERE p.cliente_id = c.id AND p.mes_ano = '03/2026')
    """  # noqa: S608 - words of ours
    historico = f"""
        INSERT INTO historico (processo_id, quando, canal, acao, para)
        SELECT id, {now}, 'relogio', 'CRIAR', 'AGUARDANDO_DOWNLOAD' FROM processos
    """  # noqa: S608 - words of ours
    async with floors.begin() as connection:
        await connection.execute(text(processos))
        await connection.execute(text(historico))
        await connection.commit()


async def _ours(world: World) -> None:
    after: Any = None
    while True:
        _, after = await world.turns.run(lambda tx, after=after: criar_lote(tx, "03/2026", 202603, (), after))  # type: ignore[misc]
        if after is None:
            return


async def _statement(world: World, sql: str) -> None:
    async with world.database.begin() as connection:
        await connection.execute(text(sql))
        await connection.commit()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("count", nargs="?", type=int, default=100_000)
    arguments.add_argument("--only", nargs="+", default=["sqlite", "postgresql"])
    takes_json(arguments)
    chosen = arguments.parse_args()
    keep(asyncio.run(main(chosen.count, chosen.only)), chosen.json)
