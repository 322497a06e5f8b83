"""LIMPEZA_LOGS, and what the clock forgets by itself: table by table, in batches that hardly keep a turn waiting."""

from collections.abc import Awaitable, Mapping
from datetime import timedelta
from types import MappingProxyType

import structlog

from bot.runtime.one_by_one import one_by_one
from bot.turn import Turns
from storage.cleanup import BATCH, BATCH_SQLITE, REGRAS, Regra, forget_some, kept_for
from storage.conversa.arquivos import forget_passwords
from storage.processo.logs import pack, to_pack

log = structlog.get_logger()

# Of one table in one go, five million rows (one million on SQLite); what is left goes the next time.
MOST_BATCHES = 10_000
# Log lines younger than this are read as they came.
PACKED_AFTER = timedelta(days=30)
# What somebody typed to open a file that no processo has taken since.
PASSWORDS_FOR = timedelta(days=1)


async def pack_logs(turns: Turns) -> int:
    """Pack the log lines of robots that ended a month ago, one execucao in a turn; how many lines."""
    packed = 0
    for _ in range(MOST_BATCHES):
        async with turns.database.read() as connection:
            due = await to_pack(connection, turns.now() - PACKED_AFTER)
        lines = await one_by_one(turns, due, pack)
        packed += lines
        # None too where only those are left that cannot be packed.
        if not lines:
            break
    return packed


async def clean_up(
    turns: Turns, dias: int | None = None, retencao: Mapping[str, int] = MappingProxyType({})
) -> dict[str, int]:
    """Forget what is old; how many rows of each table went, where any did.

    `dias`: another age, where a rule allows it. `retencao`: the operation's own, by table.
    A table that cannot be cleaned now does not keep the others from it.
    """
    await _quietly("senhas", turns.run(lambda tx: forget_passwords(tx, tx.now - PASSWORDS_FOR)))
    gone: dict[str, int] = {}
    for regra in kept_for(REGRAS, retencao):
        count = await _quietly(regra.nome, _clean(turns, regra, dias))
        if count:
            gone[regra.nome] = gone.get(regra.nome, 0) + count
    if gone:
        log.info("cleaned", **gone)
    return gone


async def _clean(turns: Turns, regra: Regra, dias: int | None) -> int:
    count, batch = 0, BATCH_SQLITE if turns.database.is_sqlite else BATCH
    for _ in range(MOST_BATCHES):
        removed = await turns.run(lambda tx: forget_some(tx, regra, dias, batch))
        count += removed
        if removed < batch:
            break
    return count


async def _quietly(name: str, cleaning: Awaitable[int]) -> int:
    """What it says, or 0 when it failed: it comes again with the next step."""
    try:
        return await cleaning
    except Exception as error:
        log.error("cleaning_failed", table=name, error=repr(error)[:300])
        return 0
