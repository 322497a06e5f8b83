"""Lists, cards and approvals of a large operation: `python -m benchmarks.processo.processos`.

100,000 clientes and 1.2 million processos on PostgreSQL unless told otherwise. Every line is what one page, card or tap
asks of the database, rows read into our own types; goal: under 100 ms at p95.

--url  a database that is filled already (see --keep)
--keep leave the server running and print its address
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from statistics import quantiles
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.processo.invoices import fill
from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.postgres import DurablePostgres
from core.exame.guardado import seen
from core.ids import first_id_at
from core.processo.consulta.acoes import acoes_agora
from core.processo.consulta.fatos import fatos_of
from core.processo.limites import ProcessoLimits
from core.processo.pendentes import a_aprovar_juntas, aprovar_varias, aprovaveis_juntas
from core.processo.processos import aprovar
from core.processo.quem import Quem
from storage.cliente.clientes import list_clientes
from storage.pages import Pagina
from storage.pessoa.perfil import Perfil
from storage.processo.aprovacoes import aprovacoes_of
from storage.processo.execucoes import list_execucoes
from storage.processo.panorama import abertas, falhas
from storage.processo.pendentes import pendentes
from storage.processo.processos import (
    counts_of_month,
    list_processos,
    processo_by_id,
    processos_beginning,
    values_before,
)
from storage.transaction import Transaction
from tests.support.turning import World, open_world

GOAL = 100.0
TODAY = date(2026, 12, 10)
LIMITS = ProcessoLimits()
FIELDS = ("valor", "vencimento", "mes", "cliente", "duplicada", "boleto")
Read = Callable[[AsyncConnection], Awaitable[object]]
Work = Callable[[Transaction], Awaitable[object]]


class Known:
    """Ids to ask about, and people who ask."""

    def __init__(self, rows: dict[str, list[Any]], quem: list[Quem]) -> None:
        self.processos, self.pendentes = rows["processos"], rows["pendentes"]
        self.clientes, self.quem = rows["clientes"], quem
        self.chance = random.Random(7)

    def later(self) -> Pagina:
        """A page of the newest month, somewhere."""
        return Pagina(9, depois=UUID(str(self.chance.choice(self.pendentes))))

    def one(self) -> UUID:
        return UUID(str(self.chance.choice(self.processos)))


async def known_of(world: World) -> Known:
    """A sample of everything."""
    async with world.database.read() as connection:

        async def ids(sql: str) -> list[Any]:
            return list((await connection.execute(text(sql))).scalars())

        rows = {
            "processos": await ids("SELECT id FROM processos TABLESAMPLE SYSTEM (0.5) LIMIT 3000"),
            "clientes": await ids("SELECT id FROM clientes TABLESAMPLE SYSTEM (2) LIMIT 1000"),
            "pendentes": await ids("SELECT id FROM processos WHERE status_processo = 'AGUARDANDO_APROVACAO'"),
        }
        people = await ids("SELECT id FROM usuarios WHERE perfil_usuario = 'APROVADOR'")
    return Known(rows, [Quem("telegram", one, Perfil.APROVADOR, "Aprovador") for one in people])


def reads(known: Known) -> dict[str, Callable[[], Read]]:
    """What each line asks; made anew for every time, with other values."""
    page, chance = Pagina(50), known.chance
    word = ["padaria", "hotel", "grafica", "escola"]

    def of(make: Callable[[], Read]) -> Callable[[], Read]:
        return make

    return {
        "PROCESSOS: counts of a month": of(lambda: lambda c: counts_of_month(c, chance.choice([202611, 202612]))),
        "PROCESSOS: a list of a status, first page": of(lambda: lambda c: listed(c, Pagina(9), "AGUARDANDO_DOWNLOAD")),
        "PROCESSOS: a later page": of(lambda: lambda c: listed(c, known.later(), "UPLOAD_REALIZADO")),
        "PROCESSOS and a CNPJ": of(lambda: lambda c: search(c, [f"{chance.randrange(25_000):0>14}".replace("0", "1")])),
        "PROCESSOS and an account": of(lambda: lambda c: search(c, [f"88{chance.randrange(100_000):08d}"])),
        "PROCESSOS and a word of every tenth": of(lambda: lambda c: search(c, [chance.choice(word)])),
        "PROCESSOS and the beginning of an id": of(lambda: lambda c: processos_beginning(c, known.one().hex[:16], 10)),
        "PENDENTES: first page": of(lambda: lambda c: pending(c)),
        "EXECUCOES": of(lambda: overview),
        "GET /processos": of(lambda: lambda c: list_processos(c, page)),
        "GET /processos?depois=": of(lambda: lambda c: list_processos(c, Pagina(50, depois=known.one()))),
        "GET /processos?mes_ano=&status=": of(lambda: lambda c: listed(c, page, "AGUARDANDO_APROVACAO")),
        "GET /processos?cliente_id=": of(
            lambda: lambda c: list_processos(c, page, cliente_id=chance.choice(known.clientes))
        ),
        "GET /clientes": of(lambda: lambda c: list_clientes(c, page)),
        "GET /clientes?busca=": of(lambda: lambda c: list_clientes(c, page, [chance.choice(word)])),
        "GET /execucoes": of(lambda: lambda c: list_execucoes(c, page)),
        "GET /execucoes?status_execucao=FALHOU": of(
            lambda: lambda c: list_execucoes(c, page, status_execucao="FALHOU")
        ),
    }


def works(known: Known) -> dict[str, Callable[[], Work]]:
    """Turns: what a tap costs, with its commit on the disk."""
    limits = LIMITS

    async def card(tx: Transaction) -> None:
        processo = await processo_by_id(tx.connection, known.one())
        assert processo is not None
        await seen(tx.connection, processo.documento_id)
        await values_before(tx.connection, processo.cliente_id, processo.competencia)
        await aprovacoes_of(tx.connection, processo.id, processo.versao)
        await acoes_agora(tx, processo, known.quem[0])

    async def why(tx: Transaction) -> None:
        processo = await processo_by_id(tx.connection, known.one())
        assert processo is not None
        await fatos_of(tx, processo)

    def approves() -> Work:
        which, quem = known.pendentes.pop(), known.chance.choice(known.quem)
        return lambda tx: aprovar(tx, which, quem, limits)

    async def several(tx: Transaction) -> None:
        found = await a_aprovar_juntas(tx, known.quem[1], TODAY, limits)
        await aprovar_varias(tx, [(one.id, one.versao) for one in found], known.quem[1], limits)

    async def ask_several(tx: Transaction) -> None:
        await a_aprovar_juntas(tx, known.quem[1], TODAY, limits)

    return {
        "PROCESSO: the card": lambda: card,
        "Por que está assim?": lambda: why,
        "Aprovar as que conferem: the question": lambda: ask_several,
        "Aprovar: one tap": approves,
        "Sim, aprovar: twenty at once": lambda: several,
    }


async def listed(connection: AsyncConnection, page: Pagina, status: str) -> None:
    await list_processos(connection, page, competencia=202612, status_processo=status, status_ativo=True)


async def search(connection: AsyncConnection, words: list[str]) -> None:
    await list_processos(connection, Pagina(9), words, 1000, status_ativo=True)


async def pending(connection: AsyncConnection) -> None:
    found, _total = await pendentes(connection, TODAY, 8)
    await aprovaveis_juntas(connection, [one.processo for one in found], LIMITS)


async def overview(connection: AsyncConnection) -> None:
    await abertas(connection, Pagina(4))
    await falhas(connection, Pagina(4), first_id_at(datetime(2026, 11, 20, tzinfo=UTC)))


async def measure(url: str, times: int) -> list[tuple[str, list[float]]]:
    """Milliseconds of each line."""
    results = []
    async with open_world(url) as world:
        known = await known_of(world)
        for name, make in reads(known).items():
            results.append((name, [await _read(world, make()) for _ in range(times)]))
        for name, work in works(known).items():
            several = max(times // 10, 10) if "twenty" in name else times
            results.append((name, [await _turn(world, work()) for _ in range(several)]))
    return results


async def _read(world: World, read: Read) -> float:
    begin = time.perf_counter()
    async with world.database.read() as connection:
        await read(connection)
    return (time.perf_counter() - begin) * 1000


async def _turn(world: World, work: Work) -> float:
    begin = time.perf_counter()
    await world.turns.run(work)
    return (time.perf_counter() - begin) * 1000


def report(results: list[tuple[str, list[float]]]) -> str:
    """A table, with what missed the goal."""
    lines = ["| | p50 ms | p95 ms | most ms |", "|---|---|---|---|"]
    for name, took in results:
        every = quantiles(took, n=20)
        missed = "" if every[18] < GOAL else f" (goal {GOAL:.0f} missed)"
        lines.append(f"| {name} | {every[9]:.1f} | {every[18]:.1f}{missed} | {max(took):.1f} |")
    return "\n".join(lines)


def figures(results: list[tuple[str, list[float]]], clientes: int) -> list[Figure]:
    """PENDENTES, and the slowest of the others, for `all.py`."""
    p95 = {name: quantiles(took, n=20)[18] for name, took in results}
    slow = max((name for name in p95 if "twenty" not in name), key=p95.__getitem__)
    names = dict.fromkeys(("PENDENTES: first page", "Aprovar: one tap", slow))
    job = f"processos, {clientes:,} clientes"
    return [Figure(job, f"p95 of {name}", p95[name], "ms", most=GOAL) for name in names]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clientes", type=int, default=100_000)
    parser.add_argument("--meses", type=int, default=12)
    parser.add_argument("--times", type=int, default=100, help="of every line")
    parser.add_argument("--url")
    parser.add_argument("--keep", action="store_true")
    takes_json(parser)
    return parser.parse_args()


def _tell(results: list[tuple[str, list[float]]], options: argparse.Namespace) -> None:
    print(report(results))
    keep(figures(results, options.clientes), options.json)


def main() -> None:
    options = _options()
    if options.url:
        _tell(asyncio.run(measure(options.url, options.times)), options)
        return
    said: dict[str, Any] = {"veredito": "confere", "valor": None, "testemunhas": [], "motivos": [], "refere": []}
    fields = [{"campo": name} | said for name in FIELDS]
    with DurablePostgres() as server:
        url = server.new_database()
        begin = time.perf_counter()
        asyncio.run(fill(url, options.clientes, options.meses, json.dumps(fields)))
        server.sql("VACUUM ANALYZE", server.name_of(url))
        print(f"filled in {time.perf_counter() - begin:.0f} s", file=sys.stderr)
        _tell(asyncio.run(measure(url, options.times)), options)
        if options.keep:
            print(f"{url}\nEnter ends it", file=sys.stderr)
            sys.stdin.readline()


if __name__ == "__main__":
    main()
