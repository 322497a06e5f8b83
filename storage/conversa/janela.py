"""Queries around WhatsApp's window: what is held back because of it, templates, and who is to be warned.

A held message is a row of `mensagens` of autor CONSULTOR without the call that would carry it
(`unsent_messages` in storage/conversa/mensagens.py).
"""

from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.atendimento.status import StatusAtendimento
from storage.conversa.tipos import Autor
from storage.tables import atendimentos, contatos, mensagens, message_statuses, outbox

_HELD = and_(mensagens.c.autor == Autor.CONSULTOR, mensagens.c.outbox_id.is_(None))


async def held_since_customer_wrote(connection: AsyncConnection, atendimento_id: int) -> bool:
    """Whether something was held after the customer's last message that is in the transcript."""
    last = (
        select(func.coalesce(func.max(mensagens.c.id), 0))
        .where(mensagens.c.atendimento_id == atendimento_id, mensagens.c.autor == Autor.CLIENTE)
        .scalar_subquery()
    )
    newer = select(mensagens.c.id).where(mensagens.c.atendimento_id == atendimento_id, _HELD, mensagens.c.id > last)
    return (await connection.execute(newer.limit(1))).first() is not None


async def template_sent_since(connection: AsyncConnection, atendimento_id: int, since: datetime) -> datetime | None:
    """When this customer was last sent a template after that moment, if they were and it was not refused, then or in
    a report that came later.
    """
    failed = exists().where(
        message_statuses.c.provider_id == outbox.c.provider_id, message_statuses.c.status == "failed"
    )
    statement = (
        select(outbox.c.created_at)
        .select_from(mensagens.join(outbox, outbox.c.id == mensagens.c.outbox_id))
        .where(
            mensagens.c.atendimento_id == atendimento_id,
            outbox.c.method == "sendTemplate",
            outbox.c.created_at > since,
            or_(outbox.c.done_at.is_(None), outbox.c.error.is_(None)),
            ~failed,
        )
        .order_by(mensagens.c.id.desc())
        .limit(1)
    )
    found: datetime | None = (await connection.execute(statement)).scalar()
    return found


async def closing_between(
    connection: AsyncConnection, channel: str, first: datetime, last: datetime, warned_before: datetime, limit: int
) -> list[int]:
    """Atendimentos of attended customers of this channel whose last message came between these moments.

    Those whose consultor was warned at that moment or after it are left out.
    """
    statement = (
        select(atendimentos.c.id)
        .join(contatos, contatos.c.id == atendimentos.c.contato_id)
        .where(
            atendimentos.c.encerrado_em.is_(None),
            atendimentos.c.status == StatusAtendimento.EM_ATENDIMENTO,
            contatos.c.channel == channel,
            contatos.c.last_inbound_at.between(first, last),
            or_(atendimentos.c.janela_avisada_em.is_(None), atendimentos.c.janela_avisada_em < warned_before),
        )
        .order_by(contatos.c.last_inbound_at, atendimentos.c.id)
        .limit(limit)
    )
    return list((await connection.execute(statement)).scalars())
