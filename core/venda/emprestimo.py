"""Lending the BackOffice logins: to one seller, or at once to all who ask in the same moment.

Ledger and Redis must agree on each (docs/decisions/002-two-keepers-of-the-pool.md). Those who ask together are
served in the order in which they are given, as if one had asked after the other: but with one script in Redis and
one statement in the ledger for all of them.

Every function runs inside a turn. A turn that leases opens the conversations it needs before that: on
PostgreSQL leases are written down one after the other, until the commit.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from core.auditoria.auditoria import ROBO, Autor, registrar
from core.live import publish_logins
from core.venda import pool
from storage.auditoria.tipos import Ato
from storage.ocorrencias import record
from storage.pessoa.usuarios import change_usuario, usuario_by_id
from storage.secrets import SecretUnreadable
from storage.transaction import Transaction
from storage.venda import fila
from storage.venda import pool as ledger
from storage.venda import pool_locks as locks
from storage.venda.pool import LedgerRow, Login
from storage.venda.vendas import Venda

# Another turn can be faster about the same login or epoch. Who loses this often is told that all are busy.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class SellerHoldsAnotherLogin:
    """This seller already holds a login for another venda, which must end first."""

    epoch: int
    venda_id: UUID


@dataclass(frozen=True, slots=True)
class Pedido:
    """A seller asks for a login for one venda of theirs."""

    vendedor_id: UUID
    telefone: str = field(repr=False)
    venda_id: UUID


@dataclass(frozen=True, slots=True)
class Lease:
    """One BackOffice login in one seller's hands until `expira_em`; later calls name it by its `epoch`."""

    bo_usuario_id: UUID
    matricula_pap: str
    senha: str = field(repr=False)
    epoch: int
    expira_em: datetime


@dataclass(frozen=True, slots=True)
class Acesso:
    """What a robot sells with."""

    matricula_pap: str
    senha: str = field(repr=False)
    matricula_vendedor: str | None


# What somebody who asked is answered; None: there is no login for this venda yet.
Answer = Lease | SellerHoldsAnotherLogin | None


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A login that is locked for somebody, and not yet written down."""

    login: Login
    senha: str = field(repr=False)
    row: LedgerRow


async def lease_logins(
    tx: Transaction, pedidos: Sequence[Pedido], *, ttl: timedelta, chance: random.Random
) -> list[Answer]:
    """An answer for each of these, of as many sellers.

    Expired leases are closed first (reference: "a cada VENDER"); their vendas hear of it in a turn of their
    own (`login_expirado`). Whoever waits in the queue comes first: a venda gets only what those before it
    leave over, so the heads of the queue lease while they are still in it, and leave it by that; the next one is
    woken when another login is free. The same venda again gets the login it has, renewed.

    Raises PoolUnavailable when Redis is away: nobody has a new login then. Once somebody has, nothing is raised.
    """
    asking = list(dict.fromkeys(pedidos))
    # First, for what this tells besides.
    await ledger.free_logins(tx, [one.vendedor_id for one in asking])
    await pool.free_expired_unasked(tx)
    answers: dict[UUID, Answer] = {}
    for _ in range(_ATTEMPTS):
        held = await ledger.open_leases_of(tx, [one.vendedor_id for one in asking])
        for one in asking:
            if (row := held.get(one.vendedor_id)) is not None:
                answers[one.venda_id] = await _lease_again(tx, row, one.venda_id, ttl)
        asking = [one for one in asking if one.vendedor_id not in held]
        if not asking:
            break
        try:
            leases, asking = await _lend(tx, asking, ttl, chance)
        except pool.PoolUnavailable:
            if not any(isinstance(one, Lease) for one in answers.values()):
                raise
            # It went away between two tries: what was lent is lent, and nobody else has one.
            break
        answers |= leases
    return [answers.get(one.venda_id) for one in pedidos]


async def _lend(
    tx: Transaction, asking: Sequence[Pedido], ttl: timedelta, chance: random.Random
) -> tuple[dict[UUID, Lease], list[Pedido]]:
    """The leases that were written down, by venda, and who has to ask again: others were faster."""
    drawn = await _draw(tx, asking, ttl, chance)
    found = {pedido.venda_id: await _open(tx, pedido, *one, ttl) for pedido, one in drawn.items()}
    whole = {venda_id: one for venda_id, one in found.items() if one is not None}
    added = await ledger.add_leases(tx, [one.row for one in whole.values()]) if whole else set()
    for one in whole.values():
        if one.row.epoch not in added:
            await _give_way(tx, one.login.id, one.row.epoch)
    lent = {venda_id: one for venda_id, one in whole.items() if one.row.epoch in added}
    if lent and await fila.dequeue(tx, list(lent)) and await ledger.free_logins(tx):
        await pool.wake_queue(tx)
    await publish_logins(tx, "login_emprestado", [(one.login.id, pool.whose(one.row)) for one in lent.values()])
    leases = {venda_id: _lease(one.login, one.senha, one.row) for venda_id, one in lent.items()}
    return leases, [pedido for pedido in drawn if pedido.venda_id not in lent]


async def _draw(
    tx: Transaction, asking: Sequence[Pedido], ttl: timedelta, chance: random.Random
) -> dict[Pedido, tuple[Login, int]]:
    """Lock free logins in Redis, (login, epoch) by who asked, and see that the locks go if this turn does not commit.

    Left out is who gets none: those before them in the queue need what is free.
    """
    free = {login.id: login for login in await ledger.free_logins(tx)}
    leaves = leaves_over(await fila.first_queued(tx, len(free)), [one.venda_id for one in asking], len(free))
    served = [(one, leave) for one, leave in zip(asking, leaves, strict=True) if leave is not None]
    if not served:
        return {}
    asked = [(leave, chance.random()) for _, leave in served]
    taken = await locks.take(tx.redis, list(free), asked, ttl=ttl, above=await ledger.newest_epoch(tx))
    mine = [one for one in taken if one is not None]
    tx.undo.append(partial(pool.drop_locks, tx, mine))
    pairs = zip((one for one, _ in served), taken, strict=True)
    return {one: (free[lock[0]], lock[1]) for one, lock in pairs if lock is not None}


async def entregar(tx: Transaction, venda: Venda, tentativa: int) -> Acesso:
    """What this sale's robot is sent with, right before it is; the audit says whose login went to which robot.

    A portal password is in no row but its own, and in no log. Raises `SecretUnreadable`.
    """
    login = await usuario_by_id(tx.connection, venda.bo_usuario_id) if venda.bo_usuario_id else None
    vendedor = await usuario_by_id(tx.connection, venda.usuario_id)
    assert login is not None
    assert vendedor is not None
    senha = tx.secrets.open(login.senha_pap, *_place(login.id))
    autor, which = Autor(ROBO, venda.usuario_id), str(venda.id)
    alvo = f"usuario:{login.id}"
    registrar(tx, Ato.ENTREGAR, autor, alvo=alvo, motivo="venda", venda_id=which, tentativa=tentativa)
    return Acesso(login.matricula_pap, senha, vendedor.matricula_pap)


def leaves_over(waiting: Sequence[UUID], asking: Sequence[UUID], free: int) -> list[int | None]:
    """For each venda that asks, one after the other: how many logins it leaves to those who wait before it.

    None where these need all that are free. `waiting`: the head of the queue, as many as logins are free.
    """
    queue = list(waiting)
    leaves: list[int | None] = []
    for venda_id in asking:
        ahead = queue.index(venda_id) if venda_id in queue else len(queue)
        if free <= ahead:
            leaves.append(None)
            continue
        leaves.append(ahead)
        free -= 1
        if ahead < len(queue):
            del queue[ahead]
    return leaves


async def _open(tx: Transaction, pedido: Pedido, login: Login, epoch: int, ttl: timedelta) -> _Drawn | None:
    """None when its password cannot be opened: its lock is gone then."""
    senha = await _opened_password(tx, login)
    if senha is None:
        await pool.drop_locks(tx, [(login.id, epoch)])
        return None
    who = (pedido.vendedor_id, pedido.telefone, pedido.venda_id)
    return _Drawn(login, senha, LedgerRow(epoch, login.id, *who, tx.now, tx.now + ttl))


async def _opened_password(tx: Transaction, login: Login) -> str | None:
    """The login's password; None when we cannot open it (a lost key): the login is set aside like a refused one."""
    try:
        return tx.secrets.open(login.senha_pap, *_place(login.id))
    except SecretUnreadable:
        await change_usuario(tx, login.id, login_recusado_em=tx.now)
        ledger.read_anew(tx)
        await record(tx, "senha_ilegivel", str(login.id))
        return None


def _place(bo_usuario_id: UUID) -> tuple[str, str, UUID]:
    """Where the password stands, and so what it is bound to."""
    return "usuarios", "senha_pap", bo_usuario_id


async def _give_way(tx: Transaction, bo_usuario_id: UUID, epoch: int) -> None:
    """The ledger refused our lease: our lock goes, and that of the lease which has the login comes back."""
    await pool.drop_locks(tx, [(bo_usuario_id, epoch)])
    holder = await ledger.open_lease_of_login(tx, bo_usuario_id)
    if holder is not None:
        await pool.hold_lock(tx, bo_usuario_id, holder.epoch, holder.expira_em - tx.now)


async def _lease_again(tx: Transaction, held: LedgerRow, venda_id: UUID, ttl: timedelta) -> Answer:
    if held.venda_id != venda_id:
        return SellerHoldsAnotherLogin(held.epoch, held.venda_id)
    login = await ledger.login_of(tx, held.bo_usuario_id)
    senha = await _opened_password(tx, login)
    if senha is None:
        await pool.release_login(tx, held.epoch, pool.SENHA_ILEGIVEL)
        return None
    if not await pool.renew_lease(tx, held.epoch, ttl):
        return None
    return Lease(login.id, login.matricula_pap, senha, held.epoch, tx.now + ttl)


def _lease(login: Login, senha: str, row: LedgerRow) -> Lease:
    return Lease(login.id, login.matricula_pap, senha, row.epoch, row.expira_em)
