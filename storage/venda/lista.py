"""Vendas as people look them up: filtered, page by page, with the names of who sold and under which login."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, and_, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import contatos, usuarios, vendas
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda

# What did not end well, and why: the robot's code or one of ours; what fell silent has none. The
# operator is the same on both databases.
FALHOU = vendas.c.status_venda.in_((StatusVenda.FALHOU, StatusVenda.TIMEOUT))
MOTIVO = func.coalesce(vendas.c.erro.op("->>", return_type=Text())(literal_column("'codigo'")), vendas.c.status_venda)
_vendedor, _login = usuarios.alias("vendedor"), usuarios.alias("login")


@dataclass(frozen=True, slots=True)
class VendaVista:
    """One sale and its names."""

    venda: Venda
    vendedor: str
    login: str | None
    canal: str


@dataclass(frozen=True, slots=True)
class FiltroVendas:
    """`desde`, `antes`: when it began. `abertas`: those that have not ended. `motivo`: those that failed by this."""

    usuario_id: UUID | None = None
    status: str | None = None
    abertas: bool = False
    motivo: str = ""
    desde: datetime | None = None
    antes: datetime | None = None
    numero_pedido: str = ""

    def conditions(self) -> list[Any]:
        """As the database is asked."""
        c = vendas.c
        same = {c.usuario_id: self.usuario_id, c.status_venda: self.status}
        found: list[Any] = [column == value for column, value in same.items() if value is not None]
        if self.abertas:
            found.append(c.encerrada_em.is_(None))
        if self.motivo:
            found += [FALHOU, self.motivo == MOTIVO]
        if self.desde is not None:
            found.append(c.criada_em >= self.desde)
        if self.antes is not None:
            found.append(c.criada_em < self.antes)
        if self.numero_pedido:
            # By its index: as it was typed, and in the two ways in which portals write letters.
            numero = self.numero_pedido
            found.append(c.numero_pedido.in_({numero, numero.upper(), numero.lower()}))
        return found


async def list_vendas(
    connection: AsyncConnection, filtro: FiltroVendas, limit: int, depois: UUID | None = None
) -> tuple[list[VendaVista], int]:
    """The newest first, behind that one, and how many there are in all."""
    where = filtro.conditions()
    total = await connection.scalar(select(func.count()).select_from(vendas).where(*where))
    statement = _rows().where(*where).order_by(vendas.c.criada_em.desc(), vendas.c.id.desc()).limit(limit)
    if depois is not None:
        after = await connection.scalar(select(vendas.c.criada_em).where(vendas.c.id == depois))
        if after is None:
            return [], int(total or 0)
        same_moment = and_(vendas.c.criada_em == after, vendas.c.id < depois)
        statement = statement.where(vendas.c.criada_em <= after, or_(vendas.c.criada_em < after, same_moment))
    return [_made(row) for row in await connection.execute(statement)], int(total or 0)


async def venda_vista(connection: AsyncConnection, venda_id: UUID) -> VendaVista | None:
    """One of them."""
    row = (await connection.execute(_rows().where(vendas.c.id == venda_id))).first()
    return None if row is None else _made(row)


async def who_sold(
    connection: AsyncConnection, ainda: UUID | None = None, limit: int = 500
) -> list[tuple[UUID, str, str]]:
    """Everybody who ever sold, by name: id, name and phone; and `ainda` this one, however many there are."""
    sold = select(vendas.c.id).where(vendas.c.usuario_id == usuarios.c.id)
    statement = select(usuarios.c.id, usuarios.c.nome_completo, usuarios.c.telefone)
    by_name = statement.order_by(usuarios.c.nome_completo, usuarios.c.id)
    found = list(await connection.execute(by_name.where(sold.exists()).limit(limit)))
    if ainda is not None and all(row.id != ainda for row in found):
        found += await connection.execute(statement.where(usuarios.c.id == ainda))
    return [(row.id, row.nome_completo, row.telefone) for row in found]


def _rows() -> Select[Any]:
    columns = [vendas.c[name] for name in Venda.__dataclass_fields__]
    names = _vendedor.c.nome_completo, _login.c.nome_completo, contatos.c.channel
    source = (
        vendas.join(_vendedor, _vendedor.c.id == vendas.c.usuario_id)
        .join(contatos, contatos.c.id == vendas.c.contato_id)
        .outerjoin(_login, _login.c.id == vendas.c.bo_usuario_id)
    )
    return select(*columns, *names).select_from(source)


def _made(row: Any) -> VendaVista:
    return VendaVista(Venda(*row[:-3]), *row[-3:])
