"""Where a message goes: the chat in which a consultor has a customer, and the topic that a message was written in."""

from collections.abc import Collection
from dataclasses import fields

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.atendimento.atendimentos import Atendimento
from storage.atendimento.status import StatusAtendimento
from storage.contatos.contatos import Glimpse
from storage.engines.prepared import Prepared, prepared
from storage.servico.servico import SERVES
from storage.tables import atendimentos, consultores, contatos, mensagens, outbox

# On the call that makes a topic: of which atendimento it is.
TOPIC_OF = "topic_of"
_OTHERS = (
    select(func.count())
    .where(
        atendimentos.c.consultor_id == consultores.c.id,
        atendimentos.c.encerrado_em.is_(None),
        atendimentos.c.status == StatusAtendimento.EM_ATENDIMENTO,
    )
    .scalar_subquery()
)
# Where the consultor last wrote to this customer: who changes the channel is followed.
_LAST_WROTE = (
    select(mensagens.c.contato_id)
    .where(
        mensagens.c.atendimento_id == bindparam("b_id"),
        mensagens.c.consultor_id == consultores.c.id,
        mensagens.c.contato_id.is_not(None),
    )
    .order_by(mensagens.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
# Made, or about to be: Telegram may refuse to make topics, and then there is none.
_LIVES = or_(outbox.c.provider_id.is_not(None), outbox.c.done_at.is_(None))
_TOPIC_IN = select(outbox.c.contato_id).where(outbox.c.id == bindparam("b_topico"), _LIVES).scalar_subquery()
_BEST = case(
    (contatos.c.id == _LAST_WROTE, 0),
    (or_(contatos.c.atendimento_id == bindparam("b_id"), contatos.c.id == _TOPIC_IN), 1),
    else_=2,
)
_SCREEN = Prepared(
    select(
        *(contatos.c[field.name] for field in fields(Glimpse)), _OTHERS.label("customers"), _TOPIC_IN.label("topic_in")
    )
    .select_from(consultores.join(contatos, contatos.c.usuario_id == consultores.c.usuario_id))
    .where(consultores.c.id == bindparam("b_consultor_id"), contatos.c.unreachable_at.is_(None), SERVES)
    .order_by(_BEST, contatos.c.last_inbound_at.is_(None), contatos.c.last_inbound_at.desc(), contatos.c.id)
    .limit(1)
)
_TOPIC = Prepared(
    select(outbox.c.id).where(
        outbox.c.provider_id == bindparam("b_topic"),
        outbox.c.contato_id == bindparam("b_contato_id"),
        outbox.c.method == "createForumTopic",
    )
)
_LIVING = prepared(
    lambda among: select(outbox.c.id, outbox.c.contato_id, outbox.c.provider_id).where(
        among(outbox.c.id, "b_ids"), _LIVES
    )
)


async def screen_of(connection: AsyncConnection, atendimento: Atendimento) -> tuple[Glimpse, int, int | None] | None:
    """The chat in which the consultor has this customer, how many customers they have, and where the topic is.

    The chat they last wrote to this customer from, else the one that shows them, else the one they wrote in last. None
    when they can be reached nowhere.
    """
    params = {
        "b_id": atendimento.id,
        "b_consultor_id": atendimento.consultor_id,
        "b_topico": atendimento.topico_outbox_id,
    }
    row = await _SCREEN.first(connection, params)
    return None if row is None else (Glimpse(*row[:-2]), row[-2], row[-1])


async def call_of_topic(connection: AsyncConnection, contato_id: int, topic: str) -> int | None:
    """The call that made this topic; None for a topic that the person made."""
    params = {"b_contato_id": contato_id, "b_topic": topic}
    row = await _TOPIC.first(connection, params)
    return None if row is None else row.id


async def living_topics(connection: AsyncConnection, call_ids: Collection[int]) -> dict[int, tuple[int, str | None]]:
    """Those of these calls that made a topic, or still may: in whose chat, and the topic's id once it is known."""
    if not call_ids:
        return {}
    rows = await _LIVING[connection.dialect.name].rows(connection, {"b_ids": list(call_ids)})
    return {row.id: (row.contato_id, row.provider_id) for row in rows}
