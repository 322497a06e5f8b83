"""The ledger of the BackOffice logins: who holds which login under which epoch. Who waits for one: fila.py.

Every change that may be contested is one conditional statement, and the rows it changed are the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.prepared import Prepared, prepared
from storage.pessoa.perfil import Perfil
from storage.tables import pap_bo_em_uso, pap_bo_fila, usuarios, vendas
from storage.transaction import Kept, Transaction
from storage.types import Among, Json, by_dialect

_OPEN = pap_bo_em_uso.c.liberado_em.is_(None)
_ENDS = pap_bo_em_uso.c.expira_em
_OF_LOGIN = pap_bo_em_uso.c.bo_usuario_id == usuarios.c.id
_LOGIN = [usuarios.c.id, usuarios.c.matricula_pap, usuarios.c.senha_pap]
# Reference: pool-bo-pap, "BackOffice (para o pool)".
_USABLE = and_(
    usuarios.c.perfil_usuario == Perfil.BACKOFFICE,
    usuarios.c.status_ativo,
    usuarios.c.matricula_pap != "",
    usuarios.c.senha_pap != "",
)
_OFFERED = and_(_USABLE, usuarios.c.login_recusado_em.is_(None))
# A venda that ended without leaving the queue waits for nothing.
WAITING = pap_bo_fila.join(vendas, and_(vendas.c.id == pap_bo_fila.c.venda_id, vendas.c.encerrada_em.is_(None)))
# PostgreSQL's number for "one lease is added at a time"; any constant will do.
_ONE_AT_A_TIME = Prepared(select(func.pg_advisory_xact_lock(literal_column("1346457167")).label("ours")))


@dataclass(frozen=True, slots=True)
class Login:
    """A BackOffice login; `senha_pap` is still sealed."""

    id: UUID
    matricula_pap: str
    senha_pap: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One lease as the ledger holds it."""

    epoch: int
    bo_usuario_id: UUID
    vendedor_id: UUID
    telefone: str = field(repr=False)
    venda_id: UUID
    desde: datetime
    expira_em: datetime


@dataclass(slots=True)
class _Known:
    """What this turn has read already, as far as it has changed nothing of it since; None: not read.

    Others may change it meanwhile: what is decided by it is decided by a conditional statement in the end.
    """

    free: dict[UUID, Login] | None = None
    newest: int | None = None
    has_expired: bool = True
    has_queue: bool | None = None
    # Sellers who hold no login.
    without_lease: frozenset[UUID] = frozenset()
    one_at_a_time: bool = False

    def glanced(self, row: Row[Any]) -> None:
        self.newest, self.has_expired, self.has_queue = int(row.newest), bool(row.expired), bool(row.waits)


# Turns that share a transaction ask the same, one after the other.
_known: Kept[_Known] = Kept(_Known)

_ROW = [pap_bo_em_uso.c[name] for name in LedgerRow.__dataclass_fields__]
# Built once: each is part of every login that is lent or comes back.
_OF_SELLERS = by_dialect(lambda among: select(*_ROW).where(among(pap_bo_em_uso.c.vendedor_id, "b_sellers"), _OPEN))
_WAITS = exists(select(pap_bo_fila.c.id)).label("waits")
_GLANCE = select(
    select(func.coalesce(func.max(pap_bo_em_uso.c.epoch), 0)).scalar_subquery().label("newest"),
    exists().where(_OPEN, pap_bo_em_uso.c.expira_em <= bindparam("b_now", type_=_ENDS.type)).label("expired"),
    _WAITS,
)
_free = select(*_LOGIN).where(_OFFERED, ~exists().where(_OF_LOGIN, _OPEN)).subquery("free")


def _looking(among: Among) -> Select[Any]:
    hold = exists().where(among(pap_bo_em_uso.c.vendedor_id, "b_sellers"), _OPEN)
    facts = _GLANCE.add_columns(hold.label("hold")).subquery("facts")
    # The login's columns first.
    return select(_free, facts).select_from(facts.outerjoin(_free, true())).order_by(_free.c.id)


# With the rest that who lends needs: one row at least, without a login where none is free.
_FREE = prepared(_looking)
_CLOSE = prepared(
    lambda among: (
        update(pap_bo_em_uso)
        .where(_OPEN, among(pap_bo_em_uso.c.epoch, "b_epochs"))
        .values(
            liberado_em=bindparam("b_now", type_=pap_bo_em_uso.c.liberado_em.type),
            motivo_liberacao=bindparam("b_motivo"),
        )
        .returning(*_ROW, _WAITS)
    )
)
# What differs between leases that are written down together; their times are the turn's.
_EACH = ("epoch", "bo_usuario_id", "vendedor_id", "telefone", "venda_id")
_TIMES = [bindparam(f"b_{name}", type_=_ENDS.type) for name in ("desde", "expira_em")]
_many = func.unnest(*(bindparam(f"b_{name}", type_=ARRAY(pap_bo_em_uso.c[name].type)) for name in _EACH))
_given = _many.table_valued(*(column(name, pap_bo_em_uso.c[name].type) for name in _EACH), name="given")
_given = _given.render_derived()
_line = func.json_each(bindparam("b_rows", type_=Json)).table_valued("value").c.value


def _adding(insert_for: Any, values: Sequence[ColumnElement[Any]]) -> Any:
    as_high = exists().where(pap_bo_em_uso.c.epoch >= values[0])
    added = insert_for(pap_bo_em_uso).from_select(_ROW, select(*values, *_TIMES).where(~as_high))
    return added.on_conflict_do_nothing().returning(pap_bo_em_uso.c.epoch)


_ADD = {
    "postgresql": Prepared(_adding(postgresql.insert, [_given.c[name] for name in _EACH])),
    "sqlite": Prepared(_adding(sqlite.insert, [func.json_extract(_line, f"$[{n}]") for n in range(len(_EACH))])),
}


def read_anew(tx: Transaction) -> None:
    """Something that the pool rests on was changed in this turn: what was read of it counts no more."""
    known = _known.of(tx)
    known.free = known.newest = known.has_queue = None
    known.without_lease = frozenset()


async def free_logins(tx: Transaction, sellers: Sequence[UUID] = ()) -> list[Login]:
    """The logins on offer that nobody holds, in a fixed order. `sellers`: who is about to be asked what they hold."""
    known = _known.of(tx)
    if known.free is None:
        rows = await _FREE[tx.dialect].rows(tx.connection, {"b_now": tx.now, "b_sellers": list(sellers)})
        known.glanced(rows[0])
        known.without_lease = frozenset() if rows[0].hold else frozenset(sellers)
        known.free = {row[0]: Login(*row[: len(_LOGIN)]) for row in rows if row[0] is not None}
    return list(known.free.values())


async def login_of(tx: Transaction, bo_usuario_id: UUID) -> Login:
    """The login itself, whether or not it is on offer."""
    rows = await tx.execute(select(*_LOGIN).where(usuarios.c.id == bo_usuario_id))
    return Login(**rows.mappings().one())


async def newest_epoch(tx: Transaction) -> int:
    """The highest epoch ever written down; 0 before the first lease."""
    return (await _glance(tx)).newest or 0


async def has_expired(tx: Transaction) -> bool:
    """Whether the end of some lease that is open has come."""
    return (await _glance(tx)).has_expired


async def has_queue(tx: Transaction) -> bool:
    """Whether there is anybody in the queue."""
    known = _known.of(tx)
    return bool((await _glance(tx)).has_queue if known.has_queue is None else known.has_queue)


async def _glance(tx: Transaction) -> _Known:
    known = _known.of(tx)
    if known.newest is None:
        known.glanced((await tx.execute(_GLANCE, {"b_now": tx.now})).one())
    return known


async def open_leases_of(tx: Transaction, vendedor_ids: Sequence[UUID]) -> dict[UUID, LedgerRow]:
    """The one lease that each of these sellers holds, if any."""
    if _known.of(tx).without_lease.issuperset(vendedor_ids):
        return {}
    rows = await tx.execute(_OF_SELLERS[tx.dialect], {"b_sellers": list(vendedor_ids)})
    return {row.vendedor_id: LedgerRow(**row._mapping) for row in rows}


async def open_lease_of_login(tx: Transaction, bo_usuario_id: UUID) -> LedgerRow | None:
    """The one lease under which this login is held."""
    row = await tx.one(select(*_ROW).where(pap_bo_em_uso.c.bo_usuario_id == bo_usuario_id, _OPEN))
    return None if row is None else LedgerRow(**row._mapping)


async def open_leases(tx: Transaction) -> list[LedgerRow]:
    """Every lease that is held, oldest first."""
    rows = await tx.execute(select(*_ROW).where(_OPEN).order_by(pap_bo_em_uso.c.epoch))
    return [LedgerRow(**row._mapping) for row in rows]


async def open_without_lease(connection: AsyncConnection, before: datetime, limit: int = 100) -> list[UUID]:
    """Open vendas whose lease was closed before that moment: the turn that was to end them never did."""
    closed = and_(pap_bo_em_uso.c.epoch == vendas.c.epoch, pap_bo_em_uso.c.liberado_em <= before)
    statement = select(vendas.c.id).join(pap_bo_em_uso, closed).where(vendas.c.encerrada_em.is_(None))
    return list((await connection.execute(statement.limit(limit))).scalars())


async def add_leases(tx: Transaction, rows: Sequence[LedgerRow]) -> set[int]:
    """Write down leases of one beginning and one end: the epochs of those that were.

    One is not when its login or its seller is taken, or its epoch is not above every one before.
    On PostgreSQL leases are added one after the other, from here to the commit: an epoch is then compared
    with all that were ever given out, and not only with those whose turns happened to commit first.
    """
    known = _known.of(tx)
    if tx.dialect == "postgresql" and not known.one_at_a_time:
        await _ONE_AT_A_TIME.rows(tx.connection, {})
        known.one_at_a_time = True
    known.without_lease = frozenset()
    added = {row.epoch for row in await _ADD[tx.dialect].rows(tx.connection, _params(tx, rows))}
    if len(added) < len(rows):
        read_anew(tx)
        return added
    if known.free is not None:
        taken = {row.bo_usuario_id for row in rows}
        known.free = {login_id: login for login_id, login in known.free.items() if login_id not in taken}
    if known.newest is not None:
        known.newest = max(added)
    return added


def _params(tx: Transaction, rows: Sequence[LedgerRow]) -> dict[str, Any]:
    times = {"b_desde": rows[0].desde, "b_expira_em": rows[0].expira_em}
    if tx.dialect == "postgresql":
        return times | {f"b_{name}": [getattr(row, name) for row in rows] for name in _EACH}
    # As SQLite keeps them.
    lines = [[one.hex if isinstance(one, UUID) else one for one in (getattr(row, n) for n in _EACH)] for row in rows]
    return times | {"b_rows": lines}


async def renew_lease(tx: Transaction, epoch: int, expira_em: datetime) -> UUID | None:
    """Move the end of a lease that holds at this moment: its login, or None when it no longer holds."""
    statement = (
        update(pap_bo_em_uso)
        .where(pap_bo_em_uso.c.epoch == epoch, _OPEN, pap_bo_em_uso.c.expira_em > tx.now)
        .values(expira_em=expira_em)
        .returning(pap_bo_em_uso.c.bo_usuario_id)
    )
    row = await tx.one(statement)
    return row.bo_usuario_id if row else None


async def close_leases(tx: Transaction, epochs: Sequence[int], motivo: str) -> list[LedgerRow]:
    """Close these leases: those that were open."""
    params = {"b_epochs": list(epochs), "b_now": tx.now, "b_motivo": motivo}
    return _closed(tx, await _CLOSE[tx.dialect].rows(tx.connection, params))


async def close_expired(tx: Transaction, motivo: str, epochs: Sequence[int] | None = None) -> list[LedgerRow]:
    """Close the leases, all or these, whose end has come."""
    these = [] if epochs is None else [pap_bo_em_uso.c.epoch.in_(epochs)]
    return await _close(tx, motivo, pap_bo_em_uso.c.expira_em <= tx.now, *these)


async def close_of_phones(tx: Transaction, telefones: tuple[str, ...], motivo: str) -> list[LedgerRow]:
    """Close what these phones hold."""
    return await _close(tx, motivo, pap_bo_em_uso.c.telefone.in_(telefones))


async def close_all(tx: Transaction, motivo: str) -> list[LedgerRow]:
    """Close every lease."""
    return await _close(tx, motivo)


async def refuse_login(tx: Transaction, bo_usuario_id: UUID, epoch: int) -> bool:
    """Take a login off the offer; False when it has had a newer lease than this one."""
    newest = select(func.max(pap_bo_em_uso.c.epoch)).where(pap_bo_em_uso.c.bo_usuario_id == bo_usuario_id)
    read_anew(tx)
    statement = (
        update(usuarios)
        .where(usuarios.c.id == bo_usuario_id, newest.scalar_subquery() == epoch)
        .values(login_recusado_em=tx.now, atualizado_em=tx.now)
    )
    return await tx.changed(statement)


async def held_at(connection: AsyncConnection, now: datetime) -> list[LedgerRow]:
    """The leases that hold at this moment, oldest first."""
    holds = select(*_ROW).where(_OPEN, pap_bo_em_uso.c.expira_em > now).order_by(pap_bo_em_uso.c.epoch)
    return [LedgerRow(**row._mapping) for row in await connection.execute(holds)]


@dataclass(frozen=True, slots=True)
class Posse:
    """Who holds which login, for which venda."""

    vendedor: str
    login: str
    venda_id: UUID
    desde: datetime
    expira_em: datetime


async def posses_at(connection: AsyncConnection, now: datetime, limit: int) -> list[Posse]:
    """The leases that hold at this moment by name, oldest first."""
    bo, lease = usuarios.alias("bo"), pap_bo_em_uso.c
    statement = (
        select(usuarios.c.nome_completo, bo.c.nome_completo, lease.venda_id, lease.desde, lease.expira_em)
        .join(usuarios, usuarios.c.id == lease.vendedor_id)
        .join(bo, bo.c.id == lease.bo_usuario_id)
        .where(_OPEN, lease.expira_em > now)
    )
    return [Posse(*row) for row in await connection.execute(statement.order_by(lease.epoch).limit(limit))]


async def counts_at(connection: AsyncConnection, now: datetime) -> tuple[int, int, int]:
    """How many logins are free, how many are set aside, and how many vendas wait."""
    held = exists().where(_OF_LOGIN, _OPEN, pap_bo_em_uso.c.expira_em > now)
    statement = select(
        select(func.count()).select_from(usuarios).where(_OFFERED, ~held).scalar_subquery(),
        select(func.count())
        .select_from(usuarios)
        .where(_USABLE, usuarios.c.login_recusado_em.is_not(None))
        .scalar_subquery(),
        select(func.count()).select_from(WAITING).scalar_subquery(),
    )
    free, set_aside, waiting = (await connection.execute(statement)).one()
    return free, set_aside, waiting


async def _close(tx: Transaction, motivo: str, *which: ColumnElement[bool]) -> list[LedgerRow]:
    statement = update(pap_bo_em_uso).where(_OPEN, *which).values(liberado_em=tx.now, motivo_liberacao=motivo)
    return _closed(tx, await tx.execute(statement.returning(*_ROW, _WAITS)))


def _closed(tx: Transaction, rows: Iterable[Row[Any]]) -> list[LedgerRow]:
    known = _known.of(tx)
    known.free = None
    closed = []
    for row in rows:
        known.has_queue = row.waits
        closed.append(LedgerRow(*tuple(row)[:-1]))
    return sorted(closed, key=lambda row: row.epoch)
