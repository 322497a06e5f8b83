"""Queries over usuarios, and the invitations that tie a chat to one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, exists, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pages import Pagina, page
from storage.painel.acesso import end_lost_sessoes, spend_ways_in
from storage.tables import convites, usuarios
from storage.transaction import Kept, Transaction
from storage.types import by_dialect

# Whose row this turn changed: who keeps a copy of it is told after the commit.
changed_people: Kept[set[UUID]] = Kept(set)
_PHONES = frozenset({"telefone", "tel_whatsapp"})
_RIGHTS = frozenset({"status_ativo", "perfil_usuario"})
_OF_FORMS = by_dialect(
    lambda among: (
        select(usuarios.c.id)
        .where(or_(among(usuarios.c.telefone, "b_forms"), among(usuarios.c.tel_whatsapp, "b_forms")))
        .order_by(usuarios.c.status_ativo.desc(), usuarios.c.criado_em, usuarios.c.id)
        .limit(1)
    )
)


async def usuario_by_phone(tx: Transaction, forms: Sequence[str]) -> UUID | None:
    """The Usuario who has one of these forms of a phone; an active one first, always the same."""
    return await usuario_of_forms(tx.connection, forms)


async def usuario_of_forms(connection: AsyncConnection, forms: Sequence[str]) -> UUID | None:
    """As `usuario_by_phone`, for whoever only reads."""
    row = (await connection.execute(_OF_FORMS[connection.dialect.name], {"b_forms": list(forms)})).first()
    return None if row is None else row.id


async def usuario_by_id(connection: AsyncConnection, usuario_id: UUID) -> Row[Any] | None:
    return (await connection.execute(select(usuarios).where(usuarios.c.id == usuario_id))).first()


async def usuarios_by_ids(connection: AsyncConnection, usuario_ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
    """These people, those of them that there are, without the password of their portal."""
    columns = [column for column in usuarios.c if column.name != "senha_pap"]
    rows = await connection.execute(select(*columns).where(usuarios.c.id.in_(usuario_ids)))
    return {row.id: row for row in rows}


async def lock_usuario(tx: Transaction, usuario_id: UUID) -> None:
    """Whoever else locks this person waits until this transaction ends; reading goes on."""
    await tx.execute(select(usuarios.c.id).where(usuarios.c.id == usuario_id).with_for_update(key_share=True))


async def add_usuario(tx: Transaction, values: dict[str, Any]) -> None:
    """Insert one Usuario; `senha_pap` comes sealed."""
    await tx.execute(insert(usuarios).values(**values, criado_em=tx.now, atualizado_em=tx.now))


async def lock_usuarios(tx: Transaction) -> None:
    """Nobody else adds or changes a Usuario until this transaction ends; everybody reads. SQLite has that anyway."""
    if tx.dialect == "postgresql":
        await tx.execute(text("LOCK TABLE usuarios IN SHARE ROW EXCLUSIVE MODE"))


async def add_usuario_if_new(tx: Transaction, values: dict[str, Any], forms: Sequence[str]) -> bool:
    """Insert one Usuario unless somebody has one of these forms of their phone, now or in the same moment."""
    # The column keeps one form from coming twice; of the other form this does.
    await lock_usuarios(tx)
    if await usuario_by_phone(tx, forms) is not None:
        return False
    statement = tx.insert(usuarios).values(**values, criado_em=tx.now, atualizado_em=tx.now)
    return await tx.changed(statement.on_conflict_do_nothing(index_elements=["telefone"]))


async def suspend_phone(tx: Transaction, usuario_id: UUID) -> bool:
    """Their phone names nobody on WhatsApp from now on; False when it did not before."""
    known = update(usuarios).where(usuarios.c.id == usuario_id, usuarios.c.telefone_em_duvida_desde.is_(None))
    return await tx.changed(known.values(telefone_em_duvida_desde=tx.now))


async def confirm_phone(tx: Transaction, usuario_id: UUID) -> bool:
    """Their phone names them again; False when it did already."""
    doubted = update(usuarios).where(usuarios.c.id == usuario_id, usuarios.c.telefone_em_duvida_desde.is_not(None))
    return await tx.changed(doubted.values(telefone_em_duvida_desde=None))


async def is_phone_in_doubt(tx: Transaction, usuario_id: UUID) -> bool:
    """Whether their phone may be somebody else's."""
    row = await tx.one(select(usuarios.c.telefone_em_duvida_desde).where(usuarios.c.id == usuario_id))
    return row is not None and row.telefone_em_duvida_desde is not None


async def change_usuario(tx: Transaction, usuario_id: UUID, **values: Any) -> None:
    """Another phone is theirs without a doubt."""
    if not _PHONES.isdisjoint(values):
        values.setdefault("telefone_em_duvida_desde", None)
    await tx.execute(update(usuarios).where(usuarios.c.id == usuario_id).values(**values, atualizado_em=tx.now))
    changed_people.of(tx).add(usuario_id)
    if not _RIGHTS.isdisjoint(values):
        await end_lost_sessoes(tx, [usuario_id])
        await spend_ways_in(tx, [usuario_id])


async def usuarios_by_phones(tx: Transaction, phones: Sequence[str]) -> dict[str, Row[Any]]:
    """Those of these phones that are known, by phone as it is written in the row."""
    rows = await tx.execute(select(usuarios).where(usuarios.c.telefone.in_(phones)))
    return {row.telefone: row for row in rows}


async def owners_of_phones(tx: Transaction, phones: Sequence[str]) -> dict[str, tuple[UUID, str]]:
    """Who has each of these, as `telefone` or as `tel_whatsapp`, with their name."""
    columns = usuarios.c
    statement = select(columns.id, columns.nome_completo, columns.telefone, columns.tel_whatsapp)
    found = await tx.execute(statement.where(or_(columns.telefone.in_(phones), columns.tel_whatsapp.in_(phones))))
    rows = found.all()
    owners = {row.tel_whatsapp: (row.id, row.nome_completo) for row in rows if row.tel_whatsapp}
    return owners | {row.telefone: (row.id, row.nome_completo) for row in rows}


async def list_usuarios(connection: AsyncConnection, pagina: Pagina, **filters: Any) -> tuple[list[Row[Any]], int]:
    """A page of those whose columns have these values (of several, one of them), by their id, and how many they are."""
    where = [
        usuarios.c[name].in_(value) if isinstance(value, tuple) else usuarios.c[name] == value
        for name, value in filters.items()
    ]
    return await page(connection, select(usuarios), usuarios, where, usuarios.c.id, pagina)


async def by_name(
    connection: AsyncConnection,
    filters: Mapping[str, Any],
    entre: Collection[UUID] | None,
    depois: UUID | None,
    limit: int,
) -> list[Row[Any]]:
    """People whose columns have these values, by name, without the password of their portal.

    `entre`: of these alone; `depois`: those that come after this one.
    """
    columns = usuarios.c
    where = [columns[name] == value for name, value in filters.items()]
    if entre is not None:
        where.append(columns.id.in_(entre))
    last = await usuario_by_id(connection, depois) if depois is not None else None
    if last is not None:
        same = and_(columns.nome_completo == last.nome_completo, columns.id > last.id)
        where.append(or_(columns.nome_completo > last.nome_completo, same))
    shown = [column for column in columns if column.name != "senha_pap"]
    statement = select(*shown).where(*where).order_by(columns.nome_completo, columns.id).limit(limit)
    return list(await connection.execute(statement))


async def every_name(connection: AsyncConnection) -> list[Row[Any]]:
    """Everybody, by name: `id`, `nome_completo`, `telefone`, `tel_whatsapp`."""
    columns = usuarios.c
    statement = select(columns.id, columns.nome_completo, columns.telefone, columns.tel_whatsapp)
    return list(await connection.execute(statement.order_by(columns.nome_completo, columns.id)))


async def active_of_perfil(connection: AsyncConnection, perfil: str, limit: int, skip: int = 0) -> list[Row[Any]]:
    """Active people of one perfil, by name: `id`, `nome_completo`, `telefone`."""
    statement = (
        select(usuarios.c.id, usuarios.c.nome_completo, usuarios.c.telefone)
        .where(usuarios.c.perfil_usuario == perfil, usuarios.c.status_ativo)
        .order_by(usuarios.c.nome_completo, usuarios.c.id)
        .limit(limit)
        .offset(skip)
    )
    return list(await connection.execute(statement))


async def count_active(connection: AsyncConnection) -> dict[str, int]:
    """How many active people of each perfil there are."""
    statement = select(usuarios.c.perfil_usuario, func.count().label("n")).where(usuarios.c.status_ativo)
    rows = await connection.execute(statement.group_by(usuarios.c.perfil_usuario))
    return {row.perfil_usuario: row.n for row in rows}


async def active_of_perfis(
    connection: AsyncConnection, perfis: Sequence[str], but: UUID, limit: int, skip: int = 0
) -> list[Row[Any]]:
    """Active people of these perfis without that one, by name: `id`, `nome_completo`, `telefone`."""
    statement = (
        select(usuarios.c.id, usuarios.c.nome_completo, usuarios.c.telefone)
        .where(usuarios.c.perfil_usuario.in_(perfis), usuarios.c.status_ativo, usuarios.c.id != but)
        .order_by(usuarios.c.nome_completo, usuarios.c.id)
        .limit(limit)
        .offset(skip)
    )
    return list(await connection.execute(statement))


async def active_names(connection: AsyncConnection, limit: int = 5_000) -> list[Row[Any]]:
    """Active people: `nome_completo`, `telefone`."""
    statement = select(usuarios.c.nome_completo, usuarios.c.telefone).where(usuarios.c.status_ativo)
    return list(await connection.execute(statement.order_by(usuarios.c.nome_completo).limit(limit)))


async def active_perfis(connection: AsyncConnection, usuario_ids: Collection[UUID]) -> dict[UUID, str]:
    """The perfil of each of these people who is active."""
    active = usuarios.c.id.in_(usuario_ids), usuarios.c.status_ativo
    rows = await connection.execute(select(usuarios.c.id, usuarios.c.perfil_usuario).where(*active))
    return {row.id: row.perfil_usuario for row in rows}


async def add_convite(tx: Transaction, token_hash: str, usuario_id: UUID, expira_em: datetime) -> None:
    await tx.execute(insert(convites).values(token_hash=token_hash, usuario_id=usuario_id, expira_em=expira_em))


async def spend_convites(tx: Transaction, usuario_id: UUID) -> None:
    """The invitations of this person are good no more."""
    open_ones = convites.c.usuario_id == usuario_id, convites.c.usado_em.is_(None)
    await tx.execute(update(convites).where(*open_ones).values(usado_em=tx.now))


async def invited_by(tx: Transaction, token_hash: str) -> Row[Any] | None:
    """`id` and `nome_completo` of the active person whose invitation this is, as long as it is good."""
    c = convites.c
    good = c.token_hash == token_hash, c.usado_em.is_(None), c.expira_em > tx.now, usuarios.c.status_ativo
    source = convites.join(usuarios, usuarios.c.id == c.usuario_id)
    return await tx.one(select(usuarios.c.id, usuarios.c.nome_completo).select_from(source).where(*good))


async def use_convite(tx: Transaction, token_hash: str) -> UUID | None:
    """Spend an invitation; None when it is unknown, spent, expired, or of somebody who is not active any more."""
    active = exists().where(usuarios.c.id == convites.c.usuario_id, usuarios.c.status_ativo)
    statement = (
        update(convites)
        .where(
            convites.c.token_hash == token_hash, convites.c.usado_em.is_(None), convites.c.expira_em > tx.now, active
        )
        .values(usado_em=tx.now)
        .returning(convites.c.usuario_id)
    )
    row = await tx.one(statement)
    return None if row is None else row.usuario_id
