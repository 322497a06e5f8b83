"""Conversations under way, as who looks after them sees them: with whom, and how long the customer waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.atendimento.status import StatusAtendimento
from storage.conversa.tipos import Autor
from storage.tables import atendimentos, consultores, contatos, mensagens

_last = mensagens.alias("last")
# The last thing that was said; notes are said to nobody.
_LAST_ID = (
    select(func.max(mensagens.c.id))
    .where(mensagens.c.atendimento_id == atendimentos.c.id, mensagens.c.autor != Autor.NOTA)
    .correlate(atendimentos)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class EmConversa:
    """One of them. `espera_desde`: since when the customer waits for an answer; None when the last word was ours."""

    id: int
    protocolo_id: int
    nome: str | None
    canal: str
    idioma: str
    consultor: str | None
    aceito_em: datetime | None
    sumiu_em: datetime | None
    espera_desde: datetime | None


async def under_way(
    connection: AsyncConnection, consultor_id: int | None, limit: int
) -> tuple[Sequence[EmConversa], int]:
    """This consultor's, or everybody's: who waits longest for an answer first, then the oldest; and how many."""
    c = atendimentos.c
    where = [c.encerrado_em.is_(None), c.status == StatusAtendimento.EM_ATENDIMENTO]
    if consultor_id is not None:
        where.append(c.consultor_id == consultor_id)
    statement = (
        select(
            c.id,
            c.protocolo_id,
            contatos.c.nome,
            contatos.c.channel,
            c.idioma,
            consultores.c.nome,
            c.aceito_em,
            c.consultor_sumiu_em,
            _last.c.autor,
            _last.c.quando,
        )
        .select_from(
            atendimentos.join(contatos, contatos.c.id == c.contato_id)
            .outerjoin(consultores, consultores.c.id == c.consultor_id)
            .outerjoin(_last, _last.c.id == _LAST_ID)
        )
        .where(*where)
        .order_by(_last.c.autor != Autor.CLIENTE, _last.c.quando, c.aceito_em, c.id)
        .limit(limit)
    )
    rows = (await connection.execute(statement)).all()
    total = await connection.scalar(select(func.count()).select_from(atendimentos).where(*where))
    return [EmConversa(*row[:8], row[9] if row[8] == Autor.CLIENTE else None) for row in rows], int(total or 0)
