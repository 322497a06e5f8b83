"""However many invoices there are: every list reads what it shows by an index, on PostgreSQL as its plans say."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from benchmarks.processo.invoices import fill
from core.ids import first_id_at
from storage.cliente.clientes import count_held
from storage.pages import Pagina
from storage.processo.execucoes import list_execucoes
from storage.processo.figures import somas_do_mes
from storage.processo.panorama import abertas, falhas, vistas
from storage.processo.pendentes import pendentes
from storage.processo.processos import (
    counts_of_month,
    list_by_value,
    list_processos,
    processos_beginning,
)
from storage.relatorio.resumo import _changes
from tests.storage.test_rodizio_plans import Plans, reads_all_of
from tests.support.turning import World, open_world

BIG = ("processos", "clientes", "execucoes", "historico")


@pytest.fixture
async def world(postgres_url: str) -> AsyncIterator[World]:
    """20,000 clientes with the processos of six months, and a planner that knows it."""
    await fill(postgres_url, 20_000, 6, json.dumps([]))
    async with open_world(postgres_url) as opened:
        yield opened


async def test_every_list_reads_what_it_shows(world: World) -> None:
    month = {"competencia": 202606, "status_ativo": True}
    async with world.database.read() as connection:
        newest = (await connection.execute(text("SELECT id FROM processos ORDER BY id DESC LIMIT 1"))).scalar_one()
        asked = {
            "counts of a month": lambda: counts_of_month(connection, 202606),
            "the figures of a month": lambda: somas_do_mes(connection, 202606, date(2026, 6, 10), date(2026, 6, 14)),
            "what changed in a month": lambda: _changes(connection, [202605, 202606]),
            "clientes whose login was refused": lambda: count_held(connection),
            "execucoes of a status": lambda: vistas(connection, Pagina(51), ate=20_000, status_execucao="EXECUTANDO"),
            "a list of a month": lambda: list_processos(
                connection, Pagina(9), status_processo="UPLOAD_REALIZADO", **month
            ),
            "its later pages": lambda: list_processos(
                connection, Pagina(9, depois=newest), status_processo="AGUARDANDO_DOWNLOAD", **month
            ),
            "a search": lambda: list_processos(connection, Pagina(9), ["8800004711"], 1000, status_ativo=True),
            "the beginning of an id": lambda: processos_beginning(connection, newest.hex[:16], 10),
            "the largest of a month": lambda: list_by_value(connection, 9, competencia=202606),
            "PENDENTES": lambda: pendentes(connection, date(2026, 6, 10), 8),
            "what runs": lambda: abertas(connection, Pagina(4)),
            "what failed": lambda: falhas(connection, Pagina(4), first_id_at(datetime(2026, 6, 1, tzinfo=UTC))),
            "execucoes of one": lambda: list_execucoes(connection, Pagina(50), processo_id=newest),
        }
        for name, ask in asked.items():
            with Plans(connection) as plans:
                await ask()
                plan = await plans.told()
            read = [table for table in BIG if reads_all_of(table, plan)]
            assert read == [], f"{name}:\n{plan}"
