"""Sums of sales, of atendimentos and of logins in use, as the database adds them up."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, extract, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.atendimento.status import Resposta, StatusAtendimento
from storage.pessoa.perfil import Perfil
from storage.tables import atendimentos, consultores, ofertas, pap_bo_em_uso, usuarios, vendas
from storage.venda.lista import FALHOU, MOTIVO
from storage.venda.status import StatusVenda

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class VendasDeUmDia:
    """What a seller began on one day (its place among those asked for), and what became of it."""

    vendedor: str
    dia: int
    total: int
    concluidas: int
    falhas: int
    canceladas: int


@dataclass(frozen=True, slots=True)
class FalhasDeUmMotivo:
    """So many sales of a seller failed for this reason, the robot's code."""

    vendedor: str
    motivo: str
    quantas: int


@dataclass(frozen=True, slots=True)
class AtendimentosDeUm:
    """Of a consultor (None: customers whom nobody took): counts, the mean rating, and mean times in seconds."""

    consultor: str | None
    total: int
    encerrados: int
    avaliados: int
    nota: float | None
    espera: float | None
    duracao: float | None


@dataclass(frozen=True, slots=True)
class Uso:
    """A login in use, from then until then; None while it is."""

    desde: datetime
    ate: datetime | None


async def vendas_por_dia(connection: AsyncConnection, dias: Sequence[tuple[datetime, datetime]]) -> list[VendasDeUmDia]:
    """Sales by seller and by the day they were begun on; `dias`: first moment, and the first one after it."""
    began = vendas.c.criada_em
    day = case(*((began < end, place) for place, (_begin, end) in enumerate(dias)), else_=len(dias))
    status = vendas.c.status_venda
    # Inside, so that the day is one column to group by: its moments are parameters.
    rows = (
        select(vendas.c.usuario_id, day.label("dia"), status, FALHOU.label("falhou"))
        .where(began >= dias[0][0], began < dias[-1][1])
        .subquery()
    )
    statement = (
        select(
            usuarios.c.nome_completo,
            rows.c.dia,
            func.count().label("total"),
            _count(rows.c.status_venda == StatusVenda.CONCLUIDO).label("concluidas"),
            _count(rows.c.falhou).label("falhas"),
            _count(rows.c.status_venda == StatusVenda.CANCELADO).label("canceladas"),
        )
        .join_from(rows, usuarios, usuarios.c.id == rows.c.usuario_id)
        .group_by(usuarios.c.nome_completo, rows.c.usuario_id, rows.c.dia)
        .order_by(usuarios.c.nome_completo, rows.c.usuario_id, rows.c.dia)
    )
    return [VendasDeUmDia(*row) for row in await connection.execute(statement)]


async def falhas_por_motivo(connection: AsyncConnection, de: datetime, ate: datetime) -> list[FalhasDeUmMotivo]:
    """Why sales failed that were begun in between, the commonest reasons first."""
    rows = (
        select(vendas.c.usuario_id, MOTIVO.label("motivo"))
        .where(vendas.c.criada_em >= de, vendas.c.criada_em < ate, FALHOU)
        .subquery()
    )
    count = func.count()
    statement = (
        select(usuarios.c.nome_completo, rows.c.motivo, count)
        .join_from(rows, usuarios, usuarios.c.id == rows.c.usuario_id)
        .group_by(usuarios.c.nome_completo, rows.c.usuario_id, rows.c.motivo)
        .order_by(count.desc(), usuarios.c.nome_completo, rows.c.motivo)
    )
    return [FalhasDeUmMotivo(*row) for row in await connection.execute(statement)]


async def atendimentos_por_consultor(
    connection: AsyncConnection, de: datetime, ate: datetime
) -> list[AtendimentosDeUm]:
    """Atendimentos of customers who came in between, by who had them last; the most first."""
    columns = atendimentos.c
    ended = columns.status == StatusAtendimento.ENCERRADO
    # Until somebody took them first: who had them last may have taken them over in the middle.
    taken = and_(ofertas.c.atendimento_id == columns.id, ofertas.c.resposta == Resposta.ACEITOU)
    first = select(func.min(ofertas.c.respondida_em)).where(taken).scalar_subquery()
    waited = _seconds(func.coalesce(first, columns.aceito_em)) - _seconds(columns.criado_em)
    took = _seconds(columns.encerrado_em) - _seconds(columns.aceito_em)
    count = func.count()
    statement = (
        select(
            consultores.c.nome,
            count,
            _count(ended),
            func.count(columns.avaliacao),
            func.avg(columns.avaliacao),
            func.avg(waited),
            func.avg(took),
        )
        .select_from(atendimentos.outerjoin(consultores, consultores.c.id == columns.consultor_id))
        .where(columns.criado_em >= de, columns.criado_em < ate)
        .group_by(consultores.c.id, consultores.c.nome)
        .order_by(count.desc(), consultores.c.nome)
    )
    return [AtendimentosDeUm(*row) for row in await connection.execute(statement)]


async def usos_de_login(connection: AsyncConnection, de: datetime, ate: datetime) -> AsyncIterator[Uso]:
    """Every use of a login that touches the time in between, the oldest first; read in pieces."""
    columns = pap_bo_em_uso.c
    touches = and_(columns.desde < ate, (columns.liberado_em > de) | columns.liberado_em.is_(None))
    statement = select(columns.epoch, columns.desde, columns.liberado_em).where(touches)
    statement = statement.order_by(columns.epoch).limit(_BATCH)
    last = 0
    while True:
        found = (await connection.execute(statement.where(columns.epoch > last))).all()
        for row in found:
            yield Uso(row.desde, row.liberado_em)
        if len(found) < _BATCH:
            return
        last = found[-1].epoch


async def count_logins(connection: AsyncConnection) -> int:
    """The logins that there are now."""
    of_pool = usuarios.c.perfil_usuario == Perfil.BACKOFFICE, usuarios.c.status_ativo
    return int((await connection.execute(select(func.count()).where(*of_pool))).scalar_one())


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _seconds(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    return extract("epoch", moment)
