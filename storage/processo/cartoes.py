"""The cards that approvers were shown and that do not say yet how the decision went."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import cartoes_aprovacao, outbox
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Cartao:
    """One card: as which message, in whose conversation, about which version."""

    id: int
    versao: int
    contato_id: int
    message_id: int


async def add_cartao(tx: Transaction, processo_id: UUID, versao: int, contato_id: int, message_id: int) -> None:
    """Remember a card that is being shown."""
    values = {"processo_id": processo_id, "versao": versao, "contato_id": contato_id, "message_id": message_id}
    await tx.execute(insert(cartoes_aprovacao).values(**values, mostrado_em=tx.now))


async def open_cartoes(tx: Transaction, processo_id: UUID) -> list[Cartao]:
    """Every open card of a processo, by conversation."""
    columns = [cartoes_aprovacao.c[name] for name in Cartao.__dataclass_fields__]
    where = cartoes_aprovacao.c.processo_id == processo_id, cartoes_aprovacao.c.fechado_em.is_(None)
    statement = select(*columns).where(*where).order_by(cartoes_aprovacao.c.contato_id, cartoes_aprovacao.c.id)
    return [Cartao(**row._mapping) for row in await tx.execute(statement)]


async def processo_of_card(connection: AsyncConnection, contato_id: int, provider_id: str) -> UUID | None:
    """Which processo the message with this id of the channel's showed as a card in that conversation, if it was one."""
    # Its message is named by the call that sent it (dialogs/frame/sending.py).
    sent = cartoes_aprovacao.c.message_id == -outbox.c.id
    statement = (
        select(cartoes_aprovacao.c.processo_id)
        .join(outbox, sent)
        .where(cartoes_aprovacao.c.contato_id == contato_id, outbox.c.provider_id == provider_id)
    )
    found: UUID | None = await connection.scalar(statement.limit(1))
    return found


async def close_cartao(tx: Transaction, cartao_id: int) -> bool:
    """The card says how it went; False when it did already."""
    statement = update(cartoes_aprovacao).where(
        cartoes_aprovacao.c.id == cartao_id, cartoes_aprovacao.c.fechado_em.is_(None)
    )
    return await tx.changed(statement.values(fechado_em=tx.now))
