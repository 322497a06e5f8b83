"""Pages of the panel over a large operation: `python -m benchmarks.processo.painel`.

100,000 clientes, 1.2 million processos and 200,000 vendas on PostgreSQL unless told otherwise; every page is asked for
over HTTP by an administrator, and read whole. Goal: under 150 ms at p95, under 60 kB without the assets.

--url  a database that is filled already (benchmarks/processo/processos.py --keep)
"""

import argparse
import asyncio
import json
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.processo.invoices import fill
from benchmarks.processo.processos import FIELDS
from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.postgres import DurablePostgres
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from tests.support.painel import Browser, browser_of
from tests.support.service import RunningService, settings_for

GOAL_MS, GOAL_BYTES = 150.0, 60_000
# One every two minutes up to now.
VENDAS = (
    """INSERT INTO contatos (channel, external_id, criado_em) VALUES ('whatsapp', '5531900000000', now())""",
    """INSERT INTO vendas (id, usuario_id, contato_id, status_venda, numero_pedido, criada_em, atualizada_em,
      encerrada_em)
    SELECT md5('v' || n)::uuid, (SELECT id FROM usuarios ORDER BY id OFFSET n % 20 LIMIT 1),
      (SELECT max(id) FROM contatos), CASE WHEN n % 5 = 0 THEN 'FALHOU' ELSE 'CONCLUIDO' END,
      CASE WHEN n % 5 > 0 THEN 'NIO-' || n END, moment, moment, moment
    FROM (SELECT n, now() - n * interval '2 minutes' AS moment FROM generate_series(1, :vendas) n) AS every""",
    """INSERT INTO passos_venda (venda_id, passo, quando, detalhe)
    SELECT id, passo, criada_em, '{}'::jsonb FROM vendas,
      unnest(ARRAY['INICIO', 'PERGUNTA', 'RESPOSTA', 'FIM']) passo""",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: milliseconds of each time, and its size in octets."""

    name: str
    took: list[float]
    size: int


async def measure(url: str, vendas: int, times: int) -> list[Measured]:
    """Every page, so many times each."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        redis, s3 = EmbeddedRedis(path / "redis"), EmbeddedS3(path / "s3")
        await redis.start()
        await s3.start()
        try:
            await _sell(url, vendas)
            async with (
                RunningService(settings_for(url, redis.url, s3, path)) as service,
                browser_of(service) as browser,
            ):
                await browser.enters(await service.administrador())
                return [await _page(browser, name, where, times) for name, where in (await _pages(service)).items()]
        finally:
            await s3.stop()
            await redis.stop()


async def _sell(url: str, vendas: int) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in VENDAS:
            await connection.execute(text(statement), {"vendas": vendas} if ":vendas" in statement else {})
    async with engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("VACUUM ANALYZE"))
    await engine.dispose()


async def _pages(service: RunningService) -> dict[str, str]:
    async def one(sql: str) -> UUID:
        return UUID(str((await service.rows(sql))[0]["id"]))

    waiting = await one("SELECT id FROM processos WHERE status_processo = 'AGUARDANDO_APROVACAO' LIMIT 1")
    later = await one("SELECT id FROM processos ORDER BY id DESC OFFSET 5000 LIMIT 1")
    run = await one("SELECT id FROM execucoes ORDER BY id DESC LIMIT 1")
    sale, past = await one("SELECT id FROM vendas LIMIT 1"), await one("SELECT id FROM vendas OFFSET 9000 LIMIT 1")
    return {
        "Hoje": "/painel",
        "Processos": "/painel/processos?mes=12/2026",
        "Processos, all months, far behind": f"/painel/processos?mes=todos&depois={later}",
        "Processos, a status": "/painel/processos?mes=12/2026&status=AGUARDANDO_APROVACAO",
        "Processos, a word": "/painel/processos?mes=todos&busca=padaria",
        "A processo": f"/painel/processos/{waiting}",
        "Execuções": "/painel/execucoes",
        "Execuções that failed": "/painel/execucoes?status=FALHOU",
        "An execução": f"/painel/execucoes/{run}",
        "Vendas": "/painel/vendas",
        "Vendas, far behind": f"/painel/vendas?depois={past}",
        "Vendas, an order": "/painel/vendas?pedido=NIO-777",
        "A venda": f"/painel/vendas/{sale}",
        "Atendimento": "/painel/atendimento",
        "Respostas rápidas": "/painel/respostas",
        "Clientes": "/painel/clientes",
        "Operadoras": "/painel/operadoras",
        "Relatórios": "/painel/relatorios?mes=12/2026",
        "Agendamentos": "/painel/agendamentos",
        "Auditoria": "/painel/auditoria",
        "Saúde": "/painel/saude",
    }


async def _page(browser: Browser, name: str, where: str, times: int) -> Measured:
    took, size = [], 0
    for _ in range(times + 1):
        begin = time.perf_counter()
        size = len((await browser.sees(where)).encode())
        took.append((time.perf_counter() - begin) * 1000)
    # The first one compiles the template.
    return Measured(name, took[1:], size)


def report(measured: list[Measured]) -> str:
    """A table, with what missed its goal."""
    lines = ["| page | p50 ms | p95 ms | kB |", "|---|---|---|---|"]
    for one in measured:
        every = quantiles(one.took, n=20)
        slow = "" if every[18] < GOAL_MS else f" (goal {GOAL_MS:.0f} missed)"
        large = "" if one.size < GOAL_BYTES else f" (goal {GOAL_BYTES // 1000} missed)"
        lines.append(f"| {one.name} | {every[9]:.0f} | {every[18]:.0f}{slow} | {one.size / 1000:.1f}{large} |")
    return "\n".join(lines)


def figures(measured: list[Measured]) -> list[Figure]:
    """The slowest and the largest page for `all.py`."""
    slow = max(measured, key=lambda one: quantiles(one.took, n=20)[18])
    large = max(measured, key=lambda one: one.size)
    return [
        Figure("panel", f"p95 of the slowest page, {slow.name}", quantiles(slow.took, n=20)[18], "ms", most=GOAL_MS),
        Figure("panel", f"the largest page, {large.name}", large.size / 1000, "kB", most=GOAL_BYTES / 1000),
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clientes", type=int, default=100_000)
    parser.add_argument("--meses", type=int, default=12)
    parser.add_argument("--vendas", type=int, default=200_000)
    parser.add_argument("--times", type=int, default=50, help="of every page")
    parser.add_argument("--url")
    takes_json(parser)
    return parser.parse_args()


def _tell(measured: list[Measured], options: argparse.Namespace) -> None:
    print(report(measured))
    keep(figures(measured), options.json)


def main() -> None:
    options = _options()
    if options.url:
        _tell(asyncio.run(measure(options.url, options.vendas, options.times)), options)
        return
    said = {"veredito": "confere", "valor": None, "testemunhas": [], "motivos": [], "refere": []}
    fields = json.dumps([{"campo": name} | said for name in FIELDS])
    with DurablePostgres() as server:
        url = server.new_database()
        asyncio.run(fill(url, options.clientes, options.meses, fields))
        _tell(asyncio.run(measure(url, options.vendas, options.times)), options)


if __name__ == "__main__":
    main()
