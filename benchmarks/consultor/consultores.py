"""Consultores in turn and old protocolos, as many as asked for, in our tables and in those of the reference."""

import os

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.database import Database
from storage.schema import migrate

_SERIES = "generate_series(1, :count) AS n"
_COUNTED = "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :count) SELECT n FROM c) AS s"
# Nobody has ever attended, so the first turns go by id.
_CONSULTOR = """
INSERT INTO consultores (id, nome, idiomas, status_ativo, status_ativo_sequencial, status_online, id_pipedrive{more})
SELECT n, 'Consultor ' || n, '["pt", "en"]', true, true, true, n{values} FROM {series}
"""
_OURS = (
    """INSERT INTO rodizio (consultor_id, idioma, desde)
       SELECT n, idioma, '1970-01-01 00:00:00{zone}' FROM {series}, (SELECT 'pt' AS idioma UNION SELECT 'en') AS i""",
)
_PROTOCOLOS = """
INSERT INTO protocolos (id, consultor_id, created_at) SELECT n, n % :consultores + 1, {now} FROM {series}
"""


async def fill_ours(url: str, consultores: int, protocolos: int) -> None:
    """Bring the database to the newest schema; so many people who take turns, so many numbers given out before."""
    database = Database(url)
    series, zone = (_COUNTED, ".000000") if database.is_sqlite else (_SERIES, "+00")
    now = "'2026-01-01 00:00:00.000000'" if database.is_sqlite else "now()"
    try:
        await migrate(database)
        async with database.begin() as connection:
            people = _CONSULTOR.format(more=", criado_em, atualizado_em", values=f", {now}, {now}", series=series)
            await connection.execute(text(people), {"count": consultores})
            for statement in _OURS:
                await connection.execute(text(statement.format(series=series, zone=zone)), {"count": consultores})
            if protocolos:
                await _fill_numbers(
                    connection, text(_PROTOCOLOS.format(series=series, now=now)), consultores, protocolos
                )
            await connection.commit()
        async with database.begin() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()
    finally:
        await database.close()


async def _fill_numbers(connection: AsyncConnection, statement: TextClause, consultores: int, count: int) -> None:
    """Ten million rows in a minute: their index is made at the end, and the consultores are known to be there."""
    (by_consultor,) = tables.protocolos.indexes
    await connection.run_sync(by_consultor.drop)
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
    await connection.execute(statement, {"count": count, "consultores": consultores})
    await connection.run_sync(by_consultor.create)
    await connection.execute(text("UPDATE protocolo_contador SET ultimo = :count"), {"count": count})


def fill_reference(url: str, consultores: int, protocolos: int) -> None:
    """The same in the tables of the reference."""
    # It reads its settings when it is imported.
    os.environ["REFERENCE_DATABASE_URL"] = url
    from reference import Base, engine

    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        people = _CONSULTOR.format(more="", values="", series=_SERIES)
        connection.execute(text(people.replace('\'["pt", "en"]\'', '\'["pt", "en"]\'::jsonb')), {"count": consultores})
        if protocolos:
            numbers = {"count": protocolos, "consultores": consultores}
            connection.execute(text(_PROTOCOLOS.format(series=_SERIES, now="now()")), numbers)
        connection.execute(text("INSERT INTO contador (id, ultimo) VALUES (1, :count)"), {"count": protocolos})
        connection.execute(text("ANALYZE"))
    engine.dispose()


async def out_of_turn(url: str, consultores: int, after: int) -> tuple[int, int]:
    """Of the numbers given out after that one: how many there are, and how many were not the turn of who got them.

    Everybody speaks every language asked for, so the fair order is a ring.
    """
    database = Database(url)
    try:
        async with database.read() as connection:
            wanted = text("SELECT id, consultor_id FROM protocolos WHERE id > :after ORDER BY id")
            given = list(await connection.execute(wanted, {"after": after}))
    finally:
        await database.close()
    wrong = sum(
        row.id != after + 1 + place or row.consultor_id != place % consultores + 1 for place, row in enumerate(given)
    )
    return len(given), wrong
