"""How keys and tables are laid out, so that Redis may be a Cluster and PostgreSQL's largest tables may be partitioned.

What this is for: docs/operators.md, "Growing".
"""

import re
from pathlib import Path
from uuid import UUID

import pytest
from redis.crc import key_slot
from sqlalchemy import text

import storage
from storage.database import Database
from storage.live import MARK_PREFIX, STREAM_KEY
from storage.presenca.digitacao import SAID, SHOWN_PREFIX, TIMES
from storage.presenca.sinais import Kind
from storage.rate import RATE_PREFIX
from storage.tables import metadata
from storage.venda.pool_locks import EPOCH_KEY, LOCK_PREFIX
from tests.support.source_code import ROOT, files

LOGINS = [f"{LOCK_PREFIX}{UUID(int=number)}" for number in range(50)]
# The keys that each script, or each pipeline, is given at once.
TOGETHER = {
    "pool_take": [EPOCH_KEY, *LOGINS],
    "pool_hold": LOGINS[:1],
    "pool_drop": LOGINS,
    "pool_drop_orphans": LOGINS,
    "live_add": [STREAM_KEY, f"{MARK_PREFIX}chave"],
    "presence_beat": [*map(str, Kind), f"{RATE_PREFIX}api:1"],
    "presence_drop": [str(Kind.HEARTBEAT)],
    "typing_begin": [TIMES, SAID],
    "typing_end": [TIMES, SAID],
    "rate": [f"{RATE_PREFIX}key:{number}" for number in range(50)],
    # What the two that count begin with.
    "rate_late": [f"{RATE_PREFIX}key:1"],
    "guess": ["guess:telegram:10.0.0.1"],
    "pipeline of typing": [TIMES, f"{SHOWN_PREFIX}chat"],
    "pipeline of signs": [str(kind) for kind in Kind],
}
# The largest tables, and by what each could be split: ranges go away whole, hashes spread what is looked up.
PARTITIONED = {
    "outbox": "RANGE (id)",
    "mensagens": "RANGE (id)",
    "historico": "RANGE (id)",
    "ocorrencias": "RANGE (id)",
    "passos_venda": "RANGE (id)",
    "presence_changes": "RANGE (id)",
    "events": "HASH (channel, event_id)",
    "message_statuses": "HASH (provider_id)",
    "answered_calls": "HASH (id)",
}


@pytest.mark.parametrize("script", TOGETHER)
def test_what_one_script_touches_lies_in_one_slot_of_a_cluster(script: str) -> None:
    """Redis Cluster specification, "Hash tags": keys with the same `{…}` are kept together."""
    assert len({key_slot(key.encode()) for key in TOGETHER[script]}) == 1


def test_no_script_is_forgotten_here() -> None:
    scripts = {path.stem for path in (Path(storage.__file__).parent / "lua").glob("*.lua")}
    assert scripts == {name for name in TOGETHER if "pipeline" not in name}


def test_no_pipeline_is_forgotten_here() -> None:
    """Every other call has one key, or is one of the scripts."""
    source = {
        path.relative_to(ROOT).as_posix(): path.read_text() for path in files("storage", "core", "bot", "webhooks")
    }
    piped = {name for name, text in source.items() if re.search(r"redis\.pipeline\(", text)}
    assert piped == {"storage/presenca/sinais.py", "storage/presenca/digitacao.py"}
    several = re.compile(r"redis\.(mget|mset|rename|delete\(\*|unlink|exists\(\*|[sz](union|inter|diff))")
    assert [name for name, text in source.items() if several.search(text)] == []


async def test_the_largest_tables_can_be_partitioned_as_they_are(postgresql_url: str) -> None:
    """PostgreSQL takes it only when every primary key and unique index has the columns that it is split by."""
    database = Database(postgresql_url)
    try:
        for table, by in PARTITIONED.items():
            async with database.begin() as connection:
                split = f"CREATE TABLE split_{table} (LIKE {table} INCLUDING ALL) PARTITION BY {by}"
                await connection.execute(text(split))
    finally:
        await database.close()


def test_nothing_refers_to_a_row_of_a_table_that_may_be_split() -> None:
    """A partition is taken away whole: what a foreign key held on to would keep it."""
    referred = {key.column.table.name for table in metadata.sorted_tables for key in table.foreign_keys}
    assert referred & PARTITIONED.keys() == set()
