"""The pool of BackOffice logins: who may hold which login, for how long, and who is next.

Two keepers must agree. The ledger (`pap_bo_em_uso`, SQL) decides; Redis holds a lock with a time to live.
What each rule rests on, and what was given up for it: docs/decisions/002-two-keepers-of-the-pool.md.

A lease ends when it is closed in the ledger, and by the service's clock alone: `expira_em` is compared with
`tx.now`. The time to live in Redis never ends one: while a lock is missing the open row keeps its login off
the offer, and the next sign of life or `reconcile_locks` builds the lock anew. When the clock leaps over
`expira_em`, the lease is closed as any other, and from then on its epoch changes nothing: a login never has
two holders whose word counts.

Every function runs inside a turn. A turn that leases opens the conversations it needs before that: on
PostgreSQL leases are written down one after the other, until the commit.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from core.commands.base import is_written, write_command
from core.commands.venda import EndExpired, ServeQueue
from core.live import publish_login
from core.telefones import same_person_forms
from storage.ocorrencias import record
from storage.pessoa.usuarios import change_usuario
from storage.secrets import SecretUnreadable
from storage.transaction import Transaction
from storage.venda import pool as ledger
from storage.venda import pool_locks as locks
from storage.venda.pool import LedgerRow, Login
from storage.venda.pool_locks import PoolUnavailable as PoolUnavailable  # callers know it by this module

# `motivo_liberacao` of leases that nobody gave back.
EXPIRADO = "EXPIRADO"
LIBERADO_PELO_ADMINISTRADOR = "LIBERADO_PELO_ADMINISTRADOR"
# Held for a sale that is over.
ESQUECIDO = "ESQUECIDO"
SENHA_ILEGIVEL = "SENHA_ILEGIVEL"

# A lock without a lease may belong to a turn that is about to commit; none takes this long.
ORPHAN_AGE = timedelta(minutes=1)
# Another turn can be faster about the same login or epoch. Who loses this often is told that all are busy.
_ATTEMPTS = 5

# A lease that was taken away: its venda has to hear of it.
FreedLease = LedgerRow

_log = structlog.get_logger(__name__)


class SellerHoldsAnotherLogin(Exception):
    """This seller already holds a login for another venda, which must end first."""

    def __init__(self, epoch: int, venda_id: UUID) -> None:
        super().__init__(f"the seller holds a login for venda {venda_id} under epoch {epoch}")
        self.epoch = epoch
        self.venda_id = venda_id


@dataclass(frozen=True, slots=True)
class Lease:
    """One BackOffice login in one seller's hands until `expira_em`; later calls name it by its `epoch`."""

    bo_usuario_id: UUID
    matricula_pap: str
    senha: str = field(repr=False)
    epoch: int
    expira_em: datetime


@dataclass(frozen=True, slots=True)
class EmUso:
    """A login in use, as `GET /pool-bo` shows it."""

    bo_usuario_id: UUID
    telefone: str = field(repr=False)
    desde: datetime
    expira_em: datetime


@dataclass(frozen=True, slots=True)
class PoolStatus:
    """The pool at one moment. `afastados`: logins the portal refused, waiting for an administrator."""

    livres: int
    na_fila: int
    afastados: int
    em_uso: tuple[EmUso, ...]


async def lease_login(
    tx: Transaction, *, vendedor_id: UUID, telefone: str, venda_id: UUID, ttl: timedelta, chance: random.Random
) -> Lease | None:
    """Give this seller a login drawn from the free ones; None when there is none for this venda yet.

    Expired leases are closed first (reference: "a cada VENDER"); their vendas hear of it in a turn of their
    own (`login_expirado`). Whoever waits in the queue comes first: a venda gets only what those before it
    leave over, so the head of the queue leases while it is still in it, and leaves it by that; the next one is
    woken when another login is free. The same venda again gets the login it has, renewed.

    Raises PoolUnavailable when Redis is away, and SellerHoldsAnotherLogin when the seller's login is for
    another venda. Both leave the transaction fit for use.
    """
    await _free_expired_unasked(tx)
    for _ in range(_ATTEMPTS):
        held = await ledger.open_lease_of_seller(tx, vendedor_id)
        if held is not None:
            return await _lease_again(tx, held, venda_id, ttl)
        drawn = await _draw(tx, venda_id, ttl, chance)
        if drawn is None:
            return None
        login, epoch = drawn
        senha = await _opened_password(tx, login)
        if senha is None:
            await locks.drop(tx.redis, login.id, epoch)
            continue
        row = LedgerRow(epoch, login.id, vendedor_id, telefone, venda_id, tx.now, tx.now + ttl)
        if await ledger.add_lease(tx, row):
            if await ledger.dequeue(tx, venda_id) and await ledger.free_logins(tx):
                await _wake_queue(tx)
            await publish_login(tx, "login_emprestado", login.id, vendedor_id=str(vendedor_id), venda_id=str(venda_id))
            return Lease(login.id, login.matricula_pap, senha, epoch, row.expira_em)
        await _give_way(tx, login.id, epoch)
    return None


async def renew_lease(tx: Transaction, epoch: int, ttl: timedelta) -> bool:
    """A sign of life: the lease holds for `ttl` from now. False, and recorded, when it no longer holds.

    A lease past its end is over even before anybody has closed it. The ledger alone answers; a lock that is
    lost is built anew, and without Redis that is left to `reconcile_locks`.
    """
    login = await ledger.renew_lease(tx, epoch, tx.now + ttl)
    if login is None:
        await record(tx, "renovacao_tardia", str(epoch))
        return False
    # SQLite has one writer, and nobody shall wait behind Redis for it: an open row alone keeps the login ours.
    tx.afterwards.append(lambda: _hold(tx, login, epoch, ttl))
    return True


async def release_login(tx: Transaction, epoch: int, motivo: str) -> bool:
    """Give a login back. False, and recorded, when this lease is closed already: nothing changes then."""
    closed = await ledger.close_lease(tx, epoch, motivo)
    if not closed:
        await record(tx, "liberacao_tardia", str(epoch), motivo=motivo)
        return False
    await _after_closing(tx, closed)
    return True


async def set_login_aside(tx: Transaction, bo_usuario_id: UUID, epoch: int, detalhe: str) -> None:
    """The portal refused this login's password: it is not offered again until an administrator clears it.

    Counts for the login's newest lease, open or just closed; under an older one the password may have been
    changed since, so that is only recorded. The lease itself is not closed by this.
    """
    refused = await ledger.refuse_login(tx, bo_usuario_id, epoch)
    tipo = "login_recusado" if refused else "recusa_tardia"
    await record(tx, tipo, str(bo_usuario_id), epoch=epoch, detalhe=detalhe)
    if refused:
        await publish_login(tx, "login_recusado", bo_usuario_id)


async def free_expired(tx: Transaction, epochs: Sequence[int] | None = None) -> list[FreedLease]:
    """Close the leases, all or these, that had no sign of life in time (reference: `limpar_sessoes_expiradas`)."""
    return await _after_closing(tx, await ledger.close_expired(tx, EXPIRADO, epochs))


async def free_all(tx: Transaction) -> list[FreedLease]:
    """Close every lease (reference: `liberar_pap_bo --todos`)."""
    return await _after_closing(tx, await ledger.close_all(tx, LIBERADO_PELO_ADMINISTRADOR))


async def free_of_phone(tx: Transaction, telefone: str) -> list[FreedLease]:
    """Close what the owner of this phone holds (digits with country code, the ninth digit there or not)."""
    forms = same_person_forms(telefone)
    return await _after_closing(tx, await ledger.close_of_phones(tx, forms, LIBERADO_PELO_ADMINISTRADOR))


async def reconcile_locks(tx: Transaction) -> None:
    """Make Redis agree with the ledger, and wake the queue if it waits while a login is free.

    Lost locks are built anew with the time their lease has left; locks without a lease in force go once they are
    older than `ORPHAN_AGE`. Meant to run every few seconds: it is also what starts the queue again after Redis
    was away, or when a seller joined it in the very moment in which a login came back.
    """
    leases = await ledger.open_leases(tx)
    free = [login.id for login in await ledger.free_logins(tx)]
    ended = [row.bo_usuario_id for row in leases if row.expira_em <= tx.now]
    try:
        for row in leases:
            if row.expira_em > tx.now:
                await locks.hold(tx.redis, row.bo_usuario_id, row.epoch, row.expira_em - tx.now)
        dropped = await locks.drop_orphans(tx.redis, [*free, *ended], ORPHAN_AGE)
    except PoolUnavailable as error:
        _log.warning("pool_locks_not_reconciled", error=str(error))
        return
    if dropped:
        _log.warning("pool_locks_without_lease_dropped", dropped=dropped)
    if free:
        await _wake_queue(tx)


async def join_queue(tx: Transaction, venda_id: UUID) -> int:
    """Put a venda at the end of the queue, once: its place (1 is next)."""
    await ledger.enqueue(tx, venda_id)
    return await ledger.count_ahead(tx, venda_id) + 1


async def leave_queue(tx: Transaction, venda_id: UUID) -> bool:
    """Take a venda out of the queue; False when it was not in it."""
    return await ledger.dequeue(tx, venda_id)


async def queue_position(tx: Transaction, venda_id: UUID) -> int | None:
    """The venda's place in the queue (1 is next), or None when it is not in it."""
    if not await ledger.is_queued(tx, venda_id):
        return None
    return await ledger.count_ahead(tx, venda_id) + 1


async def next_in_queue(tx: Transaction) -> UUID | None:
    """The venda that has waited longest. It stays in the queue until it gets its login, or leaves."""
    return await ledger.first_queued(tx)


async def pool_status(connection: AsyncConnection, now: datetime) -> PoolStatus:
    """The pool as it is at `now`: a login whose lease is past its end counts as free, closed or not."""
    livres, afastados, na_fila = await ledger.counts_at(connection, now)
    em_uso = tuple(
        EmUso(row.bo_usuario_id, row.telefone, row.desde, row.expira_em)
        for row in await ledger.held_at(connection, now)
    )
    return PoolStatus(livres, na_fila, afastados, em_uso)


async def _free_expired_unasked(tx: Transaction) -> None:
    """Close expired leases in passing: the caller does not see them, so their vendas hear of it from here."""
    for lease in await free_expired(tx) if await ledger.has_expired(tx) else ():
        await write_command(tx, EndExpired(lease.venda_id, lease.epoch))


async def _draw(tx: Transaction, venda_id: UUID, ttl: timedelta, chance: random.Random) -> tuple[Login, int] | None:
    """Lock a free login in Redis, and see that the lock goes if this turn does not commit."""
    free = {login.id: login for login in await ledger.free_logins(tx)}
    ahead = await ledger.count_ahead(tx, venda_id)
    if len(free) <= ahead:
        return None
    above = await ledger.newest_epoch(tx)
    taken = await locks.take(tx.redis, list(free), ttl=ttl, above=above, leave=ahead, chance=chance.random())
    if taken is None:
        return None
    bo_usuario_id, epoch = taken
    tx.undo.append(partial(_drop, tx, bo_usuario_id, epoch))
    return free[bo_usuario_id], epoch


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
    await locks.drop(tx.redis, bo_usuario_id, epoch)
    holder = await ledger.open_lease_of_login(tx, bo_usuario_id)
    if holder is not None:
        await locks.hold(tx.redis, bo_usuario_id, holder.epoch, holder.expira_em - tx.now)


async def _lease_again(tx: Transaction, held: LedgerRow, venda_id: UUID, ttl: timedelta) -> Lease | None:
    if held.venda_id != venda_id:
        raise SellerHoldsAnotherLogin(held.epoch, held.venda_id)
    login = await ledger.login_of(tx, held.bo_usuario_id)
    senha = await _opened_password(tx, login)
    if senha is None:
        await release_login(tx, held.epoch, SENHA_ILEGIVEL)
        return None
    if not await renew_lease(tx, held.epoch, ttl):
        return None
    return Lease(login.id, login.matricula_pap, senha, held.epoch, tx.now + ttl)


async def _after_closing(tx: Transaction, closed: list[LedgerRow]) -> list[FreedLease]:
    """Remove the locks of closed leases and wake the queue.

    The locks go before the commit, which is the safe order. If the turn then fails, its rows are open again,
    and an open row keeps its login off the offer with or without a lock. The other way round, a process that
    dies between the commit and the removal leaves locks behind that keep free logins from being drawn. Redis
    being away here does so too; `reconcile_locks` removes those.
    """
    for row in closed:
        if not await _drop(tx, row.bo_usuario_id, row.epoch):
            # A Redis that does not answer is waited for once, not once for each lock.
            break
    for row in closed:
        who = {"vendedor_id": str(row.vendedor_id), "venda_id": str(row.venda_id)}
        await publish_login(tx, "login_liberado", row.bo_usuario_id, **who)
    if closed:
        await _wake_queue(tx)
    return closed


async def _wake_queue(tx: Transaction) -> None:
    """Have the queue served in a turn of its own, if anybody waits."""
    if not is_written(tx, ServeQueue) and await ledger.first_queued(tx) is not None:
        await write_command(tx, ServeQueue())


async def _drop(tx: Transaction, bo_usuario_id: UUID, epoch: int) -> bool:
    """Remove a lock if Redis lets us; False when it is away."""
    try:
        await locks.drop(tx.redis, bo_usuario_id, epoch)
    except PoolUnavailable as error:
        _log.warning("pool_lock_left_behind", epoch=epoch, error=str(error))
        return False
    return True


async def _hold(tx: Transaction, bo_usuario_id: UUID, epoch: int, ttl: timedelta) -> None:
    try:
        await locks.hold(tx.redis, bo_usuario_id, epoch, ttl)
    except PoolUnavailable as error:
        _log.warning("pool_lock_not_renewed", epoch=epoch, error=str(error))
