"""When the invoices of the months before came, for those that have not come yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.processo.status import StatusProcesso
from storage.tables import cartoes_aprovacao, documentos_fatura, processos

_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Vinda:
    """The file of a month before: when it came."""

    competencia: int
    quando: datetime
    valor: int | None


async def waiting_for_file(
    connection: AsyncConnection, competencia: int, depois: UUID | None, limit: int
) -> list[UUID]:
    """Active processos of a month whose file has not come, in the order of their ids."""
    where = [
        processos.c.competencia == competencia,
        processos.c.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD,
        processos.c.status_ativo,
    ]
    if depois is not None:
        where.append(processos.c.id > depois)
    statement = select(processos.c.id).where(*where).order_by(processos.c.id).limit(limit)
    return list((await connection.execute(statement)).scalars())


async def chegadas_before(connection: AsyncConnection, processo_ids: Sequence[UUID]) -> dict[UUID, list[Vinda]]:
    """The files of the same cliente's months before, the newest six, by the processo that waits.

    The first file of a month counts: another one in its place came later.
    """
    before = processos.alias("before")
    first = func.min(documentos_fatura.c.criado_em).label("quando")
    source = processos.join(
        before, and_(before.c.cliente_id == processos.c.cliente_id, before.c.competencia < processos.c.competencia)
    ).join(documentos_fatura, documentos_fatura.c.processo_id == before.c.id)
    statement = (
        select(processos.c.id, before.c.competencia, first, before.c.valor_centavos.label("valor"))
        .select_from(source)
        .where(processos.c.id.in_(processo_ids), before.c.documento_id.is_not(None))
        .group_by(processos.c.id, before.c.competencia, before.c.valor_centavos)
        .order_by(processos.c.id, before.c.competencia.desc())
    )
    found: dict[UUID, list[Vinda]] = {}
    for row in await connection.execute(statement):
        several = found.setdefault(row.id, [])
        if len(several) < _MONTHS:
            several.append(Vinda(row.competencia, row.quando, row.valor))
    return found


async def conversations_with_cards(connection: AsyncConnection, before: datetime) -> list[int]:
    """Conversations with a card that still waits and was shown before that moment."""
    same = and_(processos.c.id == cartoes_aprovacao.c.processo_id, processos.c.versao == cartoes_aprovacao.c.versao)
    where = (
        cartoes_aprovacao.c.fechado_em.is_(None),
        cartoes_aprovacao.c.mostrado_em <= before,
        processos.c.status_processo == StatusProcesso.AGUARDANDO_APROVACAO,
        processos.c.status_ativo,
    )
    statement = select(cartoes_aprovacao.c.contato_id).select_from(cartoes_aprovacao.join(processos, same))
    rows = await connection.execute(statement.where(*where).distinct().order_by(cartoes_aprovacao.c.contato_id))
    return list(rows.scalars())
