"""What became of the sales of a period, by who sold: also of whoever may sell and did not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pessoa.perfil import Perfil
from storage.tables import usuarios, vendas
from storage.venda.lista import FALHOU
from storage.venda.status import StatusVenda


@dataclass(frozen=True, slots=True)
class VendasDeUm:
    """Sales that one person began, and what became of them; `ultima`: when the newest concluded one began."""

    usuario_id: UUID
    vendedor: str
    telefone: str
    total: int
    concluidas: int
    falhas: int
    canceladas: int
    abertas: int
    ultima: datetime | None


async def vendas_por_vendedor(
    connection: AsyncConnection,
    desde: datetime,
    antes: datetime,
    *,
    entre: Collection[UUID] | None = None,
    sem_venda: bool = False,
) -> list[VendasDeUm]:
    """Who concluded most first.

    Active people with perfil VENDEDOR are there without a sale, too. `entre`: these people only. `sem_venda`: who
    concluded none.
    """
    c, status = vendas.c, vendas.c.status_venda
    done = status == StatusVenda.CONCLUIDO
    sums = (
        select(
            c.usuario_id,
            func.count().label("total"),
            _count(done).label("concluidas"),
            _count(FALHOU).label("falhas"),
            _count(status == StatusVenda.CANCELADO).label("canceladas"),
            _count(c.encerrada_em.is_(None)).label("abertas"),
            func.max(case((done, c.criada_em))).label("ultima"),
        )
        .where(c.criada_em >= desde, c.criada_em < antes)
        .group_by(c.usuario_id)
        .subquery()
    )
    total, concluidas, falhas, canceladas, abertas = (
        func.coalesce(sums.c[name], 0) for name in ("total", "concluidas", "falhas", "canceladas", "abertas")
    )
    names = usuarios.c.id, usuarios.c.nome_completo, usuarios.c.telefone
    sells = and_(usuarios.c.status_ativo, usuarios.c.perfil_usuario == Perfil.VENDEDOR)
    where: list[ColumnElement[bool]] = [or_(sums.c.total.is_not(None), sells)]
    if entre is not None:
        where.append(usuarios.c.id.in_(entre))
    if sem_venda:
        where.append(concluidas == 0)
    statement = (
        select(*names, total, concluidas, falhas, canceladas, abertas, sums.c.ultima)
        .select_from(usuarios.outerjoin(sums, sums.c.usuario_id == usuarios.c.id))
        .where(*where)
        .order_by(concluidas.desc(), total.desc(), usuarios.c.nome_completo, usuarios.c.id)
    )
    return [VendasDeUm(*row) for row in await connection.execute(statement)]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
