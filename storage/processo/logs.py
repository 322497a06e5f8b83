"""Log lines of execucoes as they are read back; those of execucoes that ended long ago lie packed, one row for each."""

import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import execucoes, logs_compactados, logs_execucao
from storage.transaction import Transaction

# Lines looked at for one that may be packed; of one execucao there are some tens.
_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Linha:
    """One line, with the robot's own number."""

    seq: int
    timestamp: datetime
    level: str
    message: str


async def linhas_of(
    connection: AsyncConnection, execucao_id: UUID, limit: int, antes: int | None = None
) -> list[Linha]:
    """The last lines before that `seq`, or the last of all, in their order, packed or not."""
    columns = [logs_execucao.c[name] for name in Linha.__dataclass_fields__]
    where = [logs_execucao.c.execucao_id == execucao_id]
    if antes is not None:
        where.append(logs_execucao.c.seq < antes)
    statement = select(*columns).where(*where).order_by(logs_execucao.c.seq.desc()).limit(limit)
    found = [Linha(**row._mapping) for row in await connection.execute(statement)]
    if len(found) < limit:
        first = found[-1].seq if found else antes
        packed = await _unpacked(connection, execucao_id)
        earlier = [line for line in packed if first is None or line.seq < first]
        found += reversed(earlier[-(limit - len(found)) :])
    return found[::-1]


async def to_pack(connection: AsyncConnection, before: datetime) -> list[UUID]:
    """Execucoes that ended before that moment and whose lines are not packed, some of the oldest."""
    oldest = select(logs_execucao.c.id, logs_execucao.c.execucao_id).order_by(logs_execucao.c.id).limit(_LOOKED_AT)
    lines = oldest.subquery()
    source = lines.join(execucoes, execucoes.c.id == lines.c.execucao_id)
    due = select(execucoes.c.id).select_from(source).where(execucoes.c.data_fim < before).group_by(execucoes.c.id)
    return list((await connection.execute(due.order_by(func.min(lines.c.id)))).scalars())


async def pack(tx: Transaction, execucao_id: UUID) -> int:
    """Pack the lines of one execucao; how many lines.

    A line that comes after that stays as it is and is read with the others.
    """
    kept = {line.seq: line for line in await _unpacked(tx.connection, execucao_id)}
    columns = [logs_execucao.c[name] for name in Linha.__dataclass_fields__]
    rows = await tx.execute(select(*columns).where(logs_execucao.c.execucao_id == execucao_id))
    new = [Linha(**row._mapping) for row in rows]
    merged = kept | {line.seq: line for line in new}
    content = json.dumps([_as_json(merged[seq]) for seq in sorted(merged)], ensure_ascii=False)
    values = {
        "execucao_id": execucao_id,
        "linhas": len(merged),
        "conteudo": zlib.compress(content.encode()),
        "compactado_em": tx.now,
    }
    statement = tx.insert(logs_compactados).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["execucao_id"], set_=values))
    seqs = [line.seq for line in new]
    where = logs_execucao.c.execucao_id == execucao_id, logs_execucao.c.seq.in_(seqs)
    await tx.execute(delete(logs_execucao).where(*where))
    return len(new)


async def _unpacked(connection: AsyncConnection, execucao_id: UUID) -> list[Linha]:
    statement = select(logs_compactados.c.conteudo).where(logs_compactados.c.execucao_id == execucao_id)
    content: bytes | None = await connection.scalar(statement)
    if content is None:
        return []
    return [
        Linha(seq, datetime.fromisoformat(moment), level, message)
        for seq, moment, level, message in json.loads(zlib.decompress(content))
    ]


def _as_json(line: Linha) -> list[object]:
    return [line.seq, line.timestamp.isoformat(), line.level, line.message]
