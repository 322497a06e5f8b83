"""Queries over the panel's links and sessions. What somebody holds is only known by its hash."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import contatos, convites, links_painel, sessoes_painel, usuarios
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Sessao:
    """A session that is open, of somebody who is active with the perfil they came with."""

    id: UUID
    usuario_id: UUID
    nome_completo: str
    perfil_usuario: str
    canal: str
    idioma: str
    user_agent: str
    criada_em: datetime
    vista_em: datetime
    expira_em: datetime


_OPEN = sessoes_painel.c.encerrada_em.is_(None)
_OF_SESSAO = [
    usuarios.c.nome_completo if name == "nome_completo" else sessoes_painel.c[name]
    for name in Sessao.__dataclass_fields__
]


async def add_link(tx: Transaction, values: dict[str, Any]) -> None:
    await tx.execute(insert(links_painel).values(**values, criado_em=tx.now))


async def use_link(tx: Transaction, token_hash: str) -> Row[Any] | None:
    """Spend a link: `usuario_id`, `canal`, `idioma`, `destino`; None when it is unknown, spent or expired."""
    columns = links_painel.c
    statement = (
        update(links_painel)
        .where(columns.token_hash == token_hash, columns.usado_em.is_(None), columns.expira_em > tx.now)
        .values(usado_em=tx.now)
        .returning(columns.usuario_id, columns.canal, columns.idioma, columns.destino)
    )
    return await tx.one(statement)


async def usuario_on(tx: Transaction, canal: str, external_id: str) -> Row[Any] | None:
    """Who is known on that channel by that id: `usuario_id`, `idioma`."""
    where = contatos.c.channel == canal, contatos.c.external_id == external_id, contatos.c.usuario_id.is_not(None)
    return await tx.one(select(contatos.c.usuario_id, contatos.c.idioma).where(*where))


async def add_sessao(tx: Transaction, values: dict[str, Any]) -> None:
    await tx.execute(insert(sessoes_painel).values(**values, criada_em=tx.now, vista_em=tx.now))


async def sessao_by_token(connection: AsyncConnection, token_hash: str, now: datetime) -> Sessao | None:
    """The open session of whoever holds this; None when there is none, or they are not any more who they were."""
    where = (
        sessoes_painel.c.token_hash == token_hash,
        _OPEN,
        sessoes_painel.c.expira_em > now,
        usuarios.c.status_ativo,
        usuarios.c.perfil_usuario == sessoes_painel.c.perfil_usuario,
    )
    source = sessoes_painel.join(usuarios, usuarios.c.id == sessoes_painel.c.usuario_id)
    row = (await connection.execute(select(*_OF_SESSAO).select_from(source).where(*where))).first()
    return None if row is None else Sessao(**row._mapping)


async def see_sessao(tx: Transaction, sessao_id: UUID) -> None:
    """They were here now."""
    await tx.execute(update(sessoes_painel).where(sessoes_painel.c.id == sessao_id).values(vista_em=tx.now))


async def sessoes_of(connection: AsyncConnection, usuario_id: UUID, now: datetime) -> list[Sessao]:
    """A person's open sessions, the one last seen first."""
    source = sessoes_painel.join(usuarios, usuarios.c.id == sessoes_painel.c.usuario_id)
    where = sessoes_painel.c.usuario_id == usuario_id, _OPEN, sessoes_painel.c.expira_em > now
    statement = select(*_OF_SESSAO).select_from(source).where(*where).order_by(sessoes_painel.c.vista_em.desc())
    return [Sessao(**row._mapping) for row in await connection.execute(statement)]


async def end_sessao(tx: Transaction, usuario_id: UUID, sessao_id: UUID) -> bool:
    """End one of this person's sessions; False when it is not theirs, or over."""
    where = sessoes_painel.c.id == sessao_id, sessoes_painel.c.usuario_id == usuario_id, _OPEN
    return await tx.changed(update(sessoes_painel).where(*where).values(encerrada_em=tx.now))


async def end_sessoes(tx: Transaction, usuario_id: UUID) -> int:
    """End all of this person's sessions, and spend their links; how many sessions."""
    links = links_painel.c.usuario_id == usuario_id, links_painel.c.usado_em.is_(None)
    await tx.execute(update(links_painel).where(*links).values(usado_em=tx.now))
    where = sessoes_painel.c.usuario_id == usuario_id, _OPEN
    return (await tx.execute(update(sessoes_painel).where(*where).values(encerrada_em=tx.now))).rowcount


async def end_lost_sessoes(tx: Transaction, usuario_ids: Collection[UUID]) -> None:
    """These people were changed: whoever is not active any more, or has another perfil, is out for good."""
    as_they_came = exists().where(
        usuarios.c.id == sessoes_painel.c.usuario_id,
        usuarios.c.status_ativo,
        usuarios.c.perfil_usuario == sessoes_painel.c.perfil_usuario,
    )
    where = sessoes_painel.c.usuario_id.in_(usuario_ids), _OPEN, ~as_they_came
    await tx.execute(update(sessoes_painel).where(*where).values(encerrada_em=tx.now))
    active = select(usuarios.c.id).where(usuarios.c.id.in_(usuario_ids), usuarios.c.status_ativo)
    still_here = set((await tx.execute(active)).scalars())
    await spend_ways_in(tx, [one for one in usuario_ids if one not in still_here])


async def spend_ways_in(tx: Transaction, usuario_ids: Collection[UUID]) -> None:
    """Links and invitations that these people were given before let nobody in any more."""
    for ways in (links_painel, convites) if usuario_ids else ():
        where = ways.c.usuario_id.in_(usuario_ids), ways.c.usado_em.is_(None)
        await tx.execute(update(ways).where(*where).values(usado_em=tx.now))
