"""Who is in service now: consultores, and those whose customers, cards and turns wait for somebody who is not."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, literal, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.atendimento.ofertas import Oferta
from storage.atendimento.status import StatusAtendimento
from storage.contatos.contatos import PESSOA_COLUMNS, Pessoa, pessoa_of
from storage.pessoa.perfil import ATENDENTES
from storage.tables import atendimentos, consultores, contatos, ofertas, usuarios, vendas
from storage.venda.status import StatusVenda

_PERSON = and_(
    usuarios.c.id == consultores.c.usuario_id,
    usuarios.c.status_ativo,
    # One by one: a list is put into the text at each time, and a prepared statement has one text.
    usuarios.c.perfil_usuario.in_([literal(perfil) for perfil in sorted(ATENDENTES)]),
)
# The consultor's own switch, and their person's: both have to be on, and the perfil one that attends.
SERVES: ColumnElement[bool] = and_(consultores.c.status_ativo, exists().where(_PERSON))
_CHAT = and_(contatos.c.usuario_id == consultores.c.usuario_id, contatos.c.unreachable_at.is_(None))
# And there is a chat in which they see what is said to them.
SERVES_IN_CHAT: ColumnElement[bool] = and_(SERVES, exists().where(_CHAT))
_HAS_CHAT = exists().where(contatos.c.usuario_id == usuarios.c.id, contatos.c.unreachable_at.is_(None))
_OPEN_SALES = and_(vendas.c.encerrada_em.is_(None), vendas.c.status_venda != StatusVenda.CANCELANDO)


async def pessoa_by_id(connection: AsyncConnection, usuario_id: UUID) -> Pessoa | None:
    """This person as they are registered now."""
    row = (await connection.execute(select(*PESSOA_COLUMNS).where(usuarios.c.id == usuario_id))).first()
    return None if row is None else pessoa_of(row)


async def serving(connection: AsyncConnection, consultor_ids: Collection[int]) -> set[int]:
    """Those of these consultores who serve now, and can be reached in some chat."""
    statement = select(consultores.c.id).where(consultores.c.id.in_(consultor_ids), SERVES_IN_CHAT)
    return set((await connection.execute(statement)).scalars())


async def customers_of_nobody(connection: AsyncConnection, limit: int) -> list[int]:
    """Atendimentos whose consultor serves no more, or can be reached nowhere."""
    statement = (
        select(atendimentos.c.id)
        .join(consultores, consultores.c.id == atendimentos.c.consultor_id)
        .where(atendimentos.c.encerrado_em.is_(None), atendimentos.c.status == StatusAtendimento.EM_ATENDIMENTO)
        .where(not_(SERVES_IN_CHAT))
        # By the index of those who are attended: there are few, however many ever were.
        .order_by(atendimentos.c.consultor_id, atendimentos.c.id)
        .limit(limit)
    )
    return list((await connection.execute(statement)).scalars())


async def cards_of_nobody(connection: AsyncConnection, limit: int) -> list[Oferta]:
    """Cards that are shown to somebody who serves no more, or can be reached nowhere."""
    statement = (
        select(*(ofertas.c[name] for name in Oferta.__dataclass_fields__))
        .join(consultores, consultores.c.id == ofertas.c.consultor_id)
        .where(ofertas.c.respondida_em.is_(None), not_(SERVES_IN_CHAT))
        .order_by(ofertas.c.expira_em)
        .limit(limit)
    )
    return [Oferta(*row) for row in await connection.execute(statement)]


async def in_turn_out_of_service(connection: AsyncConnection, limit: int) -> list[int]:
    """Consultores who read as online although their person serves no more."""
    person = exists().where(_PERSON)
    statement = select(consultores.c.id).where(
        consultores.c.usuario_id.is_not(None), consultores.c.status_online, not_(person)
    )
    return list((await connection.execute(statement.limit(limit))).scalars())


async def sellers_at_work(connection: AsyncConnection, limit: int) -> list[tuple[UUID, Pessoa, bool]]:
    """The open vendas that nobody is cancelling, with their sellers as they are now and whether a chat reaches them."""
    statement = (
        select(vendas.c.id, _HAS_CHAT, *PESSOA_COLUMNS)
        .join(usuarios, usuarios.c.id == vendas.c.usuario_id)
        .where(_OPEN_SALES)
        .order_by(vendas.c.criada_em)
        .limit(limit)
    )
    return [(row[0], pessoa_of(row[2:]), row[1]) for row in await connection.execute(statement)]
