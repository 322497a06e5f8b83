"""However many consultores and protocolos there are: the hot statements read what they need by an index."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.consultor.consultores import in_turns, stamp
from storage.consultor.protocolos import issue_protocolos, list_protocolos
from storage.transaction import Transaction
from tests.support.turning import World, open_world

PEOPLE, NUMBERS = 20_000, 20_000
_COUNTS = {"people": PEOPLE, "count": NUMBERS}
_CONSULTORES = """
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :people)
INSERT INTO consultores (id, nome, idiomas, status_online, criado_em, atualizado_em)
SELECT n, 'Consultor', '["pt"]', true, NOW, NOW FROM c
"""
_RODIZIO = "INSERT INTO rodizio SELECT id, 'pt', criado_em FROM consultores"
_PROTOCOLOS = """
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :count)
INSERT INTO protocolos SELECT n, n % :people + 1, NOW FROM c
"""


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """Many people in turn and many numbers, and a planner that knows it."""
    async with open_world(database_url) as opened:
        await opened.turns.run(_fill)
        yield opened


async def _fill(tx: Transaction) -> None:
    now = "'2026-01-01 00:00:00.000000'" if tx.dialect == "sqlite" else "now()"
    for statement in (_CONSULTORES, _RODIZIO, _PROTOCOLOS, "UPDATE protocolo_contador SET ultimo = :count", "ANALYZE"):
        params = {name: value for name, value in _COUNTS.items() if f":{name}" in statement}
        await tx.execute(text(statement.replace("NOW", now)), params)


class Plans:
    """What the database would do for each statement that passes."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._seen: list[tuple[str, Any]] = []

    def __enter__(self) -> "Plans":
        event.listen(Engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *error: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)

    def _note(self, conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        self._seen.append((statement, parameters[0] if many else parameters))

    async def told(self) -> str:
        seen, self._seen = self._seen, []
        explain = "EXPLAIN QUERY PLAN" if self._connection.dialect.name == "sqlite" else "EXPLAIN"
        lines = []
        for statement, parameters in seen:
            rows = await self._connection.exec_driver_sql(f"{explain} {statement}", parameters)
            lines += [str(row[-1]) for row in rows]
        return "\n".join(lines)


def reads_all_of(table: str, plan: str) -> bool:
    return re.search(rf"Seq Scan on {table}\b|^SCAN {table}\b(?!.*INDEX)", plan, re.MULTILINE) is not None


async def test_the_order_is_read_from_its_index_and_no_further(world: World) -> None:
    async with world.database.read() as connection:
        with Plans(connection) as plans:
            await in_turns(connection, ["pt", "en"], 16)
            plan = await plans.told()
    assert "ix_rodizio_idioma_desde_consultor_id" in plan
    # Of the protocolos SQLite scans too, backwards by their numbers: the newest is the first it finds.
    assert not any(reads_all_of(table, plan) for table in ("rodizio", "consultores"))


async def test_an_attendance_and_a_number_touch_their_own_rows(world: World) -> None:
    async def work(tx: Transaction) -> str:
        with Plans(tx.connection) as plans:
            await stamp(tx, [(7, tx.now)])
            await issue_protocolos(tx, [7])
            return await plans.told()

    plan = await world.turns.run(work)
    assert not any(reads_all_of(table, plan) for table in ("rodizio", "consultores", "protocolos"))


async def test_a_page_of_numbers_is_read_without_those_before_it(world: World) -> None:
    async with world.database.read() as connection:
        with Plans(connection) as plans:
            page, total = await list_protocolos(connection, None, skip=NUMBERS - 10, limit=5)
            own, _ = await list_protocolos(connection, 7, skip=0, limit=5)
            plan = await plans.told()
    assert (page[0].id, total, own[0].consultor_id) == (NUMBERS - 9, NUMBERS, 7)
    assert not reads_all_of("protocolos", plan)
