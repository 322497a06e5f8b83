"""An operation that has worked for a year, filled fast: contatos, vendas, event marks and calls that are kept.

Times are spread over what is kept (storage/cleanup.py), and a share is just old enough to be forgotten. Indexes are
built after the rows, which takes a third of the time; so they are as dense as after a REINDEX.
"""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

# Of what a rule keeps, so much is older and goes with the first cleaning; a day's worth, however much is kept.
OVERDUE, OVERDUE_ROWS = 0.04, 40_000
_SERIES = {
    "postgresql": "generate_series(1, {count}) AS s(n)",
    "sqlite": (
        "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count}) SELECT n FROM c) AS s"
    ),
}
# Row `n` lies so many days back, the first one the longest.
_BACK = {
    "postgresql": "now() - {each} * ({count} - n) * interval '1 day'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', julianday('now') - {each} * ({count} - n))",
}
_JSON = {"postgresql": "CAST({} AS jsonb)", "sqlite": "{}"}
_UUID = {
    "postgresql": "md5('v' || n)::uuid",
    "sqlite": "printf('%032x', n)",
}
_TEXT = "Tudo bem, nada foi iniciado. Quando quiser, é só digitar VENDER."
_PARAMS = f"""'{{{{"text": "{_TEXT}", "parse_mode": "HTML", "chat_id": ' || (800000000 + n % {{people}}) || '}}}}'"""
_STATEMENTS = {
    "contatos": """INSERT INTO contatos (channel, external_id, nome, telefone, criado_em)
        SELECT 'telegram', '' || (800000000 + n), 'Pessoa ' || n, '5531' || (900000000 + n), {back} FROM {series}""",
    "vendas": """INSERT INTO vendas (id, usuario_id, contato_id, status_venda, numero_pedido, criada_em, atualizada_em,
          encerrada_em)
        SELECT {uuid}, (SELECT usuario_id FROM contatos WHERE id = 1 + n % {sellers}), 1 + n % {sellers}, 'CONCLUIDO',
          'NIO-' || n, {back}, {back}, {back} FROM {series}""",
    "passos_venda": """INSERT INTO passos_venda (venda_id, passo, quando)
        SELECT {uuid}, 'INICIO', {back} FROM {series}""",
    "events": """INSERT INTO events (channel, event_id, received_at)
        SELECT 'telegram', '' || (500000000 + n), {back} FROM {series}""",
    "outbox": """INSERT INTO outbox (id, lane, target, method, params, contato_id, created_at, due_at, claimed_by,
          attempts, done_at, provider_id)
        SELECT n, 'telegram:' || (800000000 + n % {people}), 'telegram', 'sendMessage', {params}, 1 + n % {people},
          {back}, {back}, 'a1b2c3d4e5f60718293a4b5c6d7e8f90', 0, {back}, '' || (n * 3) FROM {series}""",
    "message_statuses": """INSERT INTO message_statuses (provider_id, status, rank, at)
        SELECT 'wamid.HBgNNTUzMTk4ODgwNDAwMBUCABEYEjB' || n, 'read', 4, {back} FROM {series}""",
}
_INDEXES = {
    "postgresql": """SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS statement FROM pg_index
        WHERE indrelid = CAST(:table AS regclass)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)""",
    "sqlite": """SELECT name, sql AS statement FROM sqlite_master
        WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL""",
}
# Days that each is kept, and what share of `rows` there is of it.
_KEPT = {"contatos": 365, "vendas": 365, "passos_venda": 90, "events": 14, "outbox": 30, "message_statuses": 30}


@dataclass(frozen=True, slots=True)
class Grown:
    """How much there is: people who ever wrote, sellers among them, and event marks (as many calls)."""

    contatos: int
    sellers: int
    rows: int

    def count_of(self, table: str) -> int:
        """How many rows a table has: a fifth of the people's sales, a third of the calls' reports."""
        return {
            "contatos": self.contatos,
            "vendas": self.contatos // 5,
            "passos_venda": self.contatos // 5,
            "message_statuses": self.rows // 3,
        }.get(table, self.rows)

    @property
    def overdue(self) -> float:
        """The share that is older than it is kept."""
        return min(OVERDUE, OVERDUE_ROWS / self.rows)


async def fill(url: str, grown: Grown) -> None:
    """Into a database that has its schema and its sellers; the planner knows of it afterwards."""
    database = Database(url, patient=True)
    try:
        for table in _STATEMENTS:
            async with database.begin() as connection:
                indexes = await _without_indexes(connection, table)
                await _insert(connection, table, grown)
                for index in indexes:
                    await connection.exec_driver_sql(index)
                await connection.commit()
        async with database.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("SELECT setval('outbox_ids', :last)"), {"last": grown.rows + 1600})
            await connection.execute(text("ANALYZE"))
            await connection.commit()
    finally:
        await database.close()


async def _without_indexes(connection: AsyncConnection, table: str) -> list[str]:
    """Drop the table's indexes that are no constraint's; the statements that build them anew."""
    rows = (await connection.execute(text(_INDEXES[connection.dialect.name]), {"table": table})).all()
    for row in rows:
        await connection.exec_driver_sql(f"DROP INDEX {row.name}")
    return [row.statement for row in rows]


async def _insert(connection: AsyncConnection, table: str, grown: Grown) -> None:
    dialect, count = connection.dialect.name, grown.count_of(table)
    if dialect == "postgresql":
        # Who a row names is known to be there.
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
    else:
        # Without it one long transaction spills its cache into the log again and again.
        await connection.execute(text("PRAGMA cache_size = -262144"))
    sizes = {"count": count, "people": grown.contatos, "sellers": grown.sellers}
    words = {
        "series": _SERIES[dialect].format(**sizes),
        "back": _BACK[dialect].format(each=f"{_KEPT[table] * (1 + grown.overdue) / count:.9f}", **sizes),
        "params": _JSON[dialect].format(_PARAMS.format(**sizes)),
        "uuid": _UUID[dialect],
    }
    # The driver's own call: a colon of the texts is no parameter.
    await connection.exec_driver_sql(_STATEMENTS[table].format(**words, **sizes))


async def sizes(url: str) -> list[tuple[str, float, float, str]]:
    """Of every table that was filled: (its name, MB of rows, MB of indexes, when it was vacuumed and how dirty it is).

    SQLite says the whole file's size and nothing else.
    """
    database = Database(url, patient=True)
    try:
        async with database.read(patient=True) as connection:
            if connection.dialect.name == "sqlite":
                pages = text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                return [("the file", float(await connection.scalar(pages) or 0) / 1e6, 0.0, "")]
            rows = await connection.execute(text(_SIZES), {"tables": list(_STATEMENTS)})
            return [(row.relname, row.rows_mb, row.indexes_mb, row.vacuum) for row in rows]
    finally:
        await database.close()


_SIZES = """
SELECT relname, pg_table_size(relid) / 1e6 AS rows_mb, pg_indexes_size(relid) / 1e6 AS indexes_mb,
  'autovacuum ' || autovacuum_count || ', ' || n_dead_tup || ' dead' AS vacuum
FROM pg_stat_user_tables WHERE relname = ANY(:tables) ORDER BY relname
"""
