"""Contatos: one row per person and channel. The turn that speaks with them opens it (storage/contatos/conversas.py)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.prepared import Prepared
from storage.tables import contatos, usuarios
from storage.transaction import Transaction

# Beside the dialogs' own data of a state: when the question was asked whose answer it waits for, and by which call.
ASKED_AT, ASKED_BY = "_perguntado_em", "_perguntado_por"
# Among a consultor's: lines that were held back from customers; the third of each is the atendimento it was for.
HELD = "ordens_retidas"
# What stands in the place of the channel's id of somebody who was erased (LGPD), before the row's own.
ERASED = "apagado:"


@dataclass(slots=True, frozen=True)
class Pessoa:
    """What a turn needs to know of the Usuario behind a Contato."""

    id: UUID
    nome_completo: str
    telefone: str
    perfil_usuario: str
    status_ativo: bool
    matricula_pap: str | None
    autorizar_venda_sem_auditoria: bool
    tel_whatsapp: str | None = None


@dataclass(slots=True)
class Contato:
    """One person on one channel, locked for the length of the turn."""

    id: int
    channel: str
    external_id: str
    scoped_id: str | None = None
    telefone: str | None = None
    nome: str | None = None
    idioma: str = "pt_BR"
    is_group: bool = False
    state: str | None = None
    state_data: dict[str, Any] = field(default_factory=dict)
    choices: list[list[str]] | None = None
    last_inbound_id: str | None = None
    last_inbound_at: datetime | None = None
    unreachable_at: datetime | None = None
    # The atendimento this conversation is about now (storage/tables/pessoas.py).
    atendimento_id: int | None = None
    usuario: Pessoa | None = None
    changed: bool = False

    @property
    def lane(self) -> str:
        """The outbox lane of this conversation."""
        return f"contato:{self.id}"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Where somebody can be written to, read without locking their conversation: it may change the moment after."""

    id: int
    channel: str
    external_id: str
    nome: str | None
    telefone: str | None
    idioma: str
    usuario_id: UUID | None
    last_inbound_id: str | None
    last_inbound_at: datetime | None
    unreachable_at: datetime | None
    atendimento_id: int | None

    @property
    def lane(self) -> str:
        """The outbox lane of this conversation."""
        return f"contato:{self.id}"


CONTATO_COLUMNS = (
    contatos.c.id,
    contatos.c.channel,
    contatos.c.external_id,
    contatos.c.scoped_id,
    contatos.c.telefone,
    contatos.c.nome,
    contatos.c.idioma,
    contatos.c.is_group,
    contatos.c.state,
    contatos.c.state_data,
    contatos.c.choices,
    contatos.c.last_inbound_id,
    contatos.c.last_inbound_at,
    contatos.c.unreachable_at,
    contatos.c.atendimento_id,
)
PESSOA_COLUMNS = (
    usuarios.c.id.label("u_id"),
    usuarios.c.nome_completo,
    usuarios.c.telefone.label("u_telefone"),
    usuarios.c.perfil_usuario,
    usuarios.c.status_ativo,
    usuarios.c.matricula_pap,
    usuarios.c.autorizar_venda_sem_auditoria,
    usuarios.c.tel_whatsapp,
)


def pessoa_of(columns: Sequence[Any]) -> Pessoa:
    """The Pessoa in the values of `PESSOA_COLUMNS`."""
    return Pessoa(*columns)


async def learn_scoped_id(tx: Transaction, contato: Contato, scoped_id: str) -> None:
    """Remember the business-scoped id of somebody known without one: one day they may be named by it alone."""
    other = contatos.alias("other")
    taken = exists().where(other.c.channel == contato.channel, other.c.scoped_id == scoped_id)
    statement = update(contatos).where(contatos.c.id == contato.id, contatos.c.scoped_id.is_(None), ~taken)
    if await tx.changed(statement.values(scoped_id=scoped_id)):
        contato.scoped_id = scoped_id


async def change_scoped_id(tx: Transaction, contato: Contato, scoped_id: str) -> None:
    """Another business-scoped id writes from this phone; one that somebody else has stays theirs."""
    other = contatos.alias("other")
    taken = exists().where(other.c.channel == contato.channel, other.c.scoped_id == scoped_id)
    if await tx.changed(update(contatos).where(contatos.c.id == contato.id, ~taken).values(scoped_id=scoped_id)):
        contato.scoped_id = scoped_id


async def put_aside(tx: Transaction, contato: Contato) -> None:
    """The phone of this conversation is somebody else's now: it stays, and can be written to by its own id at most."""
    contato.external_id, contato.telefone = contato.scoped_id or f"{contato.external_id}#{contato.id}", None
    values: dict[str, Any] = {"external_id": contato.external_id, "telefone": None, "usuario_id": None}
    await tx.execute(update(contatos).where(contatos.c.id == contato.id).values(values))
    contato.usuario = None
    if contato.scoped_id is None:
        contato.unreachable_at, contato.changed = tx.now, True


async def first_heard(tx: Transaction, contato_id: int) -> datetime:
    """When this conversation began."""
    row = await tx.one(select(contatos.c.criado_em).where(contatos.c.id == contato_id))
    assert row is not None
    began: datetime = row.criado_em
    return began


async def attach_usuario(tx: Transaction, contato: Contato, usuario_id: UUID, telefone: str | None = None) -> None:
    """Say that this Contato is that Usuario."""
    values: dict[str, Any] = {"usuario_id": usuario_id}
    if telefone:
        values["telefone"] = telefone
    await tx.execute(update(contatos).where(contatos.c.id == contato.id).values(values))
    row = await tx.one(select(*PESSOA_COLUMNS).where(usuarios.c.id == usuario_id))
    contato.usuario = pessoa_of(row) if row is not None else None
    contato.telefone = telefone or contato.telefone


async def detach_usuario(tx: Transaction, contato: Contato) -> None:
    """Say that this Contato is no Usuario any more."""
    await tx.execute(update(contatos).where(contatos.c.id == contato.id).values(usuario_id=None))
    contato.usuario = None


async def contatos_of(tx: Transaction, usuario_ids: Sequence[UUID]) -> list[int]:
    """Where these people can be reached, newest sign of life first."""
    rows = await tx.execute(
        select(contatos.c.id)
        .where(contatos.c.usuario_id.in_(usuario_ids), contatos.c.unreachable_at.is_(None))
        .order_by(contatos.c.last_inbound_at.desc().nulls_last())
    )
    return list(rows.scalars())


async def newest_contato_of(tx: Transaction, usuario_id: UUID) -> Row[Any] | None:
    """Where this person was last seen, without locking it: `id`, `channel`, `idioma`; None when out of reach."""
    statement = (
        select(contatos.c.id, contatos.c.channel, contatos.c.idioma)
        .where(contatos.c.usuario_id == usuario_id, contatos.c.unreachable_at.is_(None))
        .order_by(contatos.c.last_inbound_at.desc().nulls_last())
        .limit(1)
    )
    return await tx.one(statement)


async def channels_of(connection: AsyncConnection, usuario_id: UUID) -> list[Row[Any]]:
    """Where this person talks to us, the newest first: `channel`, `idioma`, `last_inbound_at`, `unreachable_at`."""
    columns = [contatos.c[name] for name in ("channel", "idioma", "last_inbound_at", "unreachable_at")]
    own = contatos.c.usuario_id == usuario_id, contatos.c.is_group.is_(False)
    newest = contatos.c.last_inbound_at.desc().nulls_last()
    return list(await connection.execute(select(*columns).where(*own).order_by(newest, contatos.c.id)))


async def speak_to(tx: Transaction, usuario_id: UUID, idioma: str) -> None:
    """Speak this language to them, wherever they talk to us."""
    await tx.execute(update(contatos).where(contatos.c.usuario_id == usuario_id).values(idioma=idioma))


async def contatos_of_phone(tx: Transaction, forms: Sequence[str]) -> list[int]:
    """Where the person with this phone, in one of its forms, can be reached; in the order of the ids."""
    own = contatos.c.telefone.in_(forms) | ((contatos.c.channel == "whatsapp") & contatos.c.external_id.in_(forms))
    statement = select(contatos.c.id).where(own, contatos.c.unreachable_at.is_(None), contatos.c.is_group.is_(False))
    return list((await tx.execute(statement.order_by(contatos.c.id))).scalars())


async def update_contato(tx: Transaction, contato_id: int, **values: Any) -> None:
    """Change facts of a Contato that are not its conversation state."""
    await tx.execute(update(contatos).where(contatos.c.id == contato_id).values(values))


async def contato_by_external(tx: Transaction, channel: str, external_id: str) -> int | None:
    """The id of the Contato that this channel calls so."""
    row = await tx.one(
        select(contatos.c.id).where(contatos.c.channel == channel, contatos.c.external_id == external_id)
    )
    return None if row is None else row.id


async def contato_by_ids(tx: Transaction, channel: str, ids: Sequence[str]) -> int | None:
    """The id of the Contato that this channel calls by one of these ids, as address or business-scoped."""
    known = contatos.c.external_id.in_(ids) | contatos.c.scoped_id.in_(ids)
    row = await tx.one(select(contatos.c.id).where(contatos.c.channel == channel, known).order_by(contatos.c.id))
    return None if row is None else row.id


_GLIMPSE = Prepared(
    select(*(contatos.c[name] for name in Glimpse.__dataclass_fields__)).where(contatos.c.id == bindparam("b_id"))
)


async def glance(connection: AsyncConnection, contato_id: int) -> Glimpse | None:
    """Where to write to this Contato, for a turn that is another conversation's and relays something."""
    row = await _GLIMPSE.first(connection, {"b_id": contato_id})
    return None if row is None else Glimpse(*row)
