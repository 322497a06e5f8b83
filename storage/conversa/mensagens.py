"""Queries over mensagens: what customer and consultor said to each other, and under which ids each side sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, String, and_, bindparam, cast, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conversa.tipos import Autor
from storage.engines.prepared import Prepared
from storage.tables import arquivos, events, mensagens, outbox
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Mensagem:
    """One message of an atendimento.

    `contato_id` and `inbound_id`: where it was written, and the channel's id of it there. `outbox_id`: the call that
    carried it to the other side, `copia_contato_id` the conversation there. `arquivo_nome`: what its sender called the
    file.
    """

    id: int
    atendimento_id: int
    autor: str
    consultor_id: int | None
    tipo: str
    texto: str | None
    arquivo_id: UUID | None
    detalhe: dict[str, Any] | None
    responde_a: int | None
    contato_id: int | None
    inbound_id: str | None
    outbox_id: int | None
    quando: datetime
    editada_em: datetime | None
    arquivo_nome: str | None
    copia_contato_id: int | None


_COLUMNS = [mensagens.c[name] for name in Mensagem.__dataclass_fields__ if name in mensagens.c]
_ROW: Select[Any] = select(*_COLUMNS, arquivos.c.nome, outbox.c.contato_id).select_from(
    mensagens.outerjoin(arquivos, arquivos.c.id == mensagens.c.arquivo_id).outerjoin(
        outbox, outbox.c.id == mensagens.c.outbox_id
    )
)
# Built once: a relayed message asks one or two of these.
_WRITTEN_AS = _ROW.where(
    mensagens.c.contato_id == bindparam("b_contato_id"), mensagens.c.inbound_id == bindparam("b_channel_id")
)
_SHOWN_AS = (
    _ROW.where(outbox.c.provider_id == bindparam("b_channel_id"), outbox.c.contato_id == bindparam("b_contato_id"))
    .order_by(mensagens.c.id.desc())
    .limit(1)
)
_BY_ID = _ROW.where(mensagens.c.id == bindparam("b_id"))
_LAST = (
    _ROW.where(mensagens.c.atendimento_id == bindparam("b_atendimento_id"))
    .order_by(mensagens.c.id.desc())
    .limit(bindparam("b_limit"))
)
# Of the marks by which a file that came while its customer waited is the next consultor's.
OWED = "devido"
_OWED = (
    _ROW.join(events, and_(events.c.channel == OWED, events.c.event_id == cast(mensagens.c.id, String)))
    .where(mensagens.c.atendimento_id == bindparam("b_atendimento_id"))
    .order_by(mensagens.c.id)
)
_UNSENT = _ROW.where(
    mensagens.c.atendimento_id == bindparam("b_atendimento_id"),
    mensagens.c.autor == Autor.CONSULTOR,
    mensagens.c.outbox_id.is_(None),
).order_by(mensagens.c.id)
_LAST_OF_CUSTOMER = Prepared(
    select(mensagens.c.detalhe)
    .where(mensagens.c.atendimento_id == bindparam("b_atendimento_id"), mensagens.c.autor == Autor.CLIENTE)
    .order_by(mensagens.c.id.desc())
    .limit(1)
)
_GIVEN = [column.name for column in mensagens.c if column.name not in ("id", "editada_em")]
_INSERT = Prepared(
    insert(mensagens)
    .values({name: bindparam(f"b_{name}", type_=mensagens.c[name].type) for name in _GIVEN})
    .returning(mensagens.c.id)
)


async def add_mensagem(tx: Transaction, atendimento_id: int, autor: str, tipo: str, **values: Any) -> int:
    """Its id. `values`: the other columns; `quando` is the turn's time."""
    row = {"atendimento_id": atendimento_id, "autor": autor, "tipo": tipo, "quando": tx.now, **values}
    (added,) = await _INSERT.rows(tx.connection, {f"b_{name}": row.get(name) for name in _GIVEN})
    return int(added.id)


async def change_mensagem(tx: Transaction, mensagem_id: int, **values: Any) -> None:
    """Change what became of a message: its text after an edit, the call that carried it."""
    await tx.execute(update(mensagens).where(mensagens.c.id == mensagem_id).values(values))


async def mensagem_seen_as(connection: AsyncConnection, contato_id: int, channel_id: str) -> Mensagem | None:
    """The message that this conversation shows under the channel's id: written there, or carried there by us."""
    params = {"b_contato_id": contato_id, "b_channel_id": channel_id}
    written = await mensagem_written_as(connection, contato_id, channel_id)
    return written or _one((await connection.execute(_SHOWN_AS, params)).first())


async def mensagem_written_as(connection: AsyncConnection, contato_id: int, channel_id: str) -> Mensagem | None:
    """The message that was written in this conversation, by the channel's id of it."""
    params = {"b_contato_id": contato_id, "b_channel_id": channel_id}
    return _one((await connection.execute(_WRITTEN_AS, params)).first())


async def mensagem_by_id(connection: AsyncConnection, mensagem_id: int) -> Mensagem | None:
    return _one((await connection.execute(_BY_ID, {"b_id": mensagem_id})).first())


async def last_messages(connection: AsyncConnection, atendimento_id: int, limit: int) -> list[Mensagem]:
    """The newest so many of this atendimento, oldest of them first; NOTA too."""
    rows = await connection.execute(_LAST, {"b_atendimento_id": atendimento_id, "b_limit": limit})
    return [_made(row) for row in rows][::-1]


async def owed_files(connection: AsyncConnection, atendimento_id: int) -> list[Mensagem]:
    """Those of this atendimento whose files were promised, and came while nobody had the customer; the oldest first."""
    rows = await connection.execute(_OWED, {"b_atendimento_id": atendimento_id})
    return [_made(row) for row in rows]


async def unsent_messages(connection: AsyncConnection, atendimento_id: int) -> list[Mensagem]:
    """What the consultor wrote and the customer was not sent, oldest first."""
    rows = await connection.execute(_UNSENT, {"b_atendimento_id": atendimento_id})
    return [_made(row) for row in rows]


async def topic_of_customer(connection: AsyncConnection, atendimento_id: int) -> str | None:
    """The topic of their own in which the customer wrote last; Telegram lets people make them."""
    row = await _LAST_OF_CUSTOMER.first(connection, {"b_atendimento_id": atendimento_id})
    detalhe = row.detalhe if row is not None else None
    found: str | None = (detalhe or {}).get("topico")
    return found


def _one(row: Row[Any] | None) -> Mensagem | None:
    return None if row is None else _made(row)


def _made(row: Sequence[Any]) -> Mensagem:
    return Mensagem(*row)
