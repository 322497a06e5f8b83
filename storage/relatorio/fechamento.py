"""What a month's closing says besides the figures: who is waited for, who decided, and its history's fingerprint."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.status import Decisao, StatusProcesso
from storage.tables import aprovacoes, clientes, historico, processos, usuarios

_BATCH = 2000
_STEP = ("id", "processo_id", "quando", "usuario_id", "em_nome_de_usuario_id", "canal", "acao", "de", "para", "motivo")


@dataclass(frozen=True, slots=True)
class Cabeca:
    """The fingerprint of a month's history: SHA-256 over its steps in order, how many they are, and the last one."""

    sha256: str
    passos: int
    ultimo: int | None


@dataclass(frozen=True, slots=True)
class Decidiu:
    """How many decisions of a month are somebody's."""

    nome: str
    aprovadas: int
    rejeitadas: int


async def head_of_month(connection: AsyncConnection, competencia: int) -> Cabeca:
    """Made anew over every step that the month's processos have. A step that is changed, or gone, changes it."""
    columns = [historico.c[name] for name in _STEP]
    of_month = select(*columns).join(processos, processos.c.id == historico.c.processo_id)
    of_month = of_month.where(processos.c.competencia == competencia).order_by(historico.c.id).limit(_BATCH)
    digest, count, last = hashlib.sha256(), 0, None
    while True:
        after = of_month if last is None else of_month.where(historico.c.id > last)
        rows = (await connection.execute(after)).all()
        for row in rows:
            digest.update(json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n")
        count += len(rows)
        last = rows[-1].id if rows else last
        if len(rows) < _BATCH:
            return Cabeca(digest.hexdigest(), count, last)


async def decisions_of_month(connection: AsyncConnection, competencia: int) -> list[Decidiu]:
    """Who approved and rejected how many of a month's invoices, most first."""
    statement = (
        select(usuarios.c.nome_completo, aprovacoes.c.decisao, func.count().label("n"))
        .select_from(
            aprovacoes.join(processos, processos.c.id == aprovacoes.c.processo_id).join(
                usuarios, usuarios.c.id == aprovacoes.c.usuario_id
            )
        )
        .where(processos.c.competencia == competencia)
        .group_by(usuarios.c.id, usuarios.c.nome_completo, aprovacoes.c.decisao)
    )
    counts: dict[str, dict[str, int]] = {}
    for row in await connection.execute(statement):
        counts.setdefault(row.nome_completo, {})[row.decisao] = row.n
    found = [Decidiu(nome, n.get(Decisao.APROVADO, 0), n.get(Decisao.REJEITADO, 0)) for nome, n in counts.items()]
    return sorted(found, key=lambda one: (-one.aprovadas - one.rejeitadas, one.nome))


async def held_of_month(connection: AsyncConnection, competencia: int) -> int:
    """How many of a month's invoices wait for a login that the portal refused."""
    statement = (
        select(func.count())
        .select_from(processos.join(clientes, clientes.c.id == processos.c.cliente_id))
        .where(
            processos.c.competencia == competencia,
            processos.c.status_ativo,
            processos.c.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD,
            clientes.c.credencial_recusada_em.is_not(None),
        )
    )
    return int(await connection.scalar(statement) or 0)


def _plain(value: Any) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)
