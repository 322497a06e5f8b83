"""The pool of BackOffice logins: for how long one is held, how it comes back, and who is next.

How one is lent: core/venda/emprestimo.py.

Two keepers must agree. The ledger (`pap_bo_em_uso`, SQL) decides; Redis holds a lock with a time to live.
What each rule rests on, and what was given up for it: docs/decisions/002-two-keepers-of-the-pool.md.

A lease ends when it is closed in the ledger, and by the service's clock alone: `expira_em` is compared with
`tx.now`. The time to live in Redis never ends one: while a lock is missing the open row keeps its login off
the offer, and the next sign of life or `reconcile_locks` builds the lock anew. When the clock leaps over
`expira_em`, the lease is closed as any other, and from then on its epoch changes nothing: a login never has
two holders whose word counts.

Every function runs inside a turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from core.commands.base import is_written, write_command
from core.commands.venda import EndExpired, ServeQueue
from core.live import publish_logins
from core.telefones import same_person_forms
from storage.ocorrencias import record
from storage.transaction import Transaction
from storage.venda import fila
from storage.venda import pool as ledger
from storage.venda import pool_locks as locks
from storage.venda.pool import LedgerRow
from storage.venda.pool_locks import PoolUnavailable as PoolUnavailable  # callers know it by this module

# `motivo_liberacao` of leases that nobody gave back.
EXPIRADO = "EXPIRADO"
LIBERADO_PELO_ADMINISTRADOR = "LIBERADO_PELO_ADMINISTRADOR"
# Held for a sale that is over.
ESQUECIDO = "ESQUECIDO"
SENHA_ILEGIVEL = "SENHA_ILEGIVEL"

# A lock without a lease may belong to a turn that is about to commit; none takes this long.
ORPHAN_AGE = timedelta(minutes=1)

# Their conversations are locked while they are served: nobody waits for many.
SERVED_AT_ONCE = 16

# A lease that was taken away: its venda has to hear of it.
FreedLease = LedgerRow

_log = structlog.get_logger(__name__)


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
    tx.afterwards.append(lambda: hold_lock(tx, login, epoch, ttl))
    return True


async def release_login(tx: Transaction, epoch: int, motivo: str) -> bool:
    """Give a login back. False, and recorded, when this lease is closed already: nothing changes then."""
    return (await release_logins(tx, [epoch], motivo))[0]


async def release_logins(tx: Transaction, epochs: Sequence[int], motivo: str) -> list[bool]:
    """As `release_login`, for all that come back in one moment."""
    closed = await _after_closing(tx, await ledger.close_leases(tx, epochs, motivo))
    were_open = {row.epoch for row in closed}
    for late in (epoch for epoch in epochs if epoch not in were_open):
        await record(tx, "liberacao_tardia", str(late), motivo=motivo)
    return [epoch in were_open for epoch in epochs]


async def set_login_aside(tx: Transaction, bo_usuario_id: UUID, epoch: int, detalhe: str) -> None:
    """The portal refused this login's password: it is not offered again until an administrator clears it.

    Counts for the login's newest lease, open or just closed; under an older one the password may have been
    changed since, so that is only recorded. The lease itself is not closed by this.
    """
    refused = await ledger.refuse_login(tx, bo_usuario_id, epoch)
    tipo = "login_recusado" if refused else "recusa_tardia"
    await record(tx, tipo, str(bo_usuario_id), epoch=epoch, detalhe=detalhe)
    if refused:
        await publish_logins(tx, "login_recusado", [(bo_usuario_id, {})])


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
        await wake_queue(tx)


async def join_queue(tx: Transaction, venda_id: UUID) -> int:
    """Put a venda at the end of the queue, once: its place (1 is next)."""
    await fila.enqueue(tx, venda_id)
    return await fila.count_ahead(tx, venda_id) + 1


async def leave_queue(tx: Transaction, venda_id: UUID) -> bool:
    """Take a venda out of the queue; False when it was not in it."""
    return bool(await fila.dequeue(tx, [venda_id]))


async def queue_position(tx: Transaction, venda_id: UUID) -> int | None:
    """The venda's place in the queue (1 is next), or None when it is not in it."""
    if not await fila.is_queued(tx, venda_id):
        return None
    return await fila.count_ahead(tx, venda_id) + 1


async def next_to_serve(tx: Transaction) -> list[UUID]:
    """The vendas that have waited longest, as many as logins are free (one at least, `SERVED_AT_ONCE` at most).

    They stay in the queue until they get their login, or leave.
    """
    free = len(await ledger.free_logins(tx))
    return await fila.first_queued(tx, min(max(free, 1), SERVED_AT_ONCE))


async def pool_status(connection: AsyncConnection, now: datetime) -> PoolStatus:
    """The pool as it is at `now`: a login whose lease is past its end counts as free, closed or not."""
    livres, afastados, na_fila = await ledger.counts_at(connection, now)
    em_uso = tuple(
        EmUso(row.bo_usuario_id, row.telefone, row.desde, row.expira_em)
        for row in await ledger.held_at(connection, now)
    )
    return PoolStatus(livres, na_fila, afastados, em_uso)


async def free_expired_unasked(tx: Transaction) -> None:
    """Close expired leases in passing: the caller does not see them, so their vendas hear of it from here."""
    for lease in await free_expired(tx) if await ledger.has_expired(tx) else ():
        await write_command(tx, EndExpired(lease.venda_id, lease.epoch))


async def _after_closing(tx: Transaction, closed: list[LedgerRow]) -> list[FreedLease]:
    """Remove the locks of closed leases and wake the queue.

    The locks go before the commit, which is the safe order. If the turn then fails, its rows are open again,
    and an open row keeps its login off the offer with or without a lock. The other way round, a process that
    dies between the commit and the removal leaves locks behind that keep free logins from being drawn. Redis
    being away here does so too; `reconcile_locks` removes those.
    """
    await drop_locks(tx, [(row.bo_usuario_id, row.epoch) for row in closed])
    await publish_logins(tx, "login_liberado", [(row.bo_usuario_id, whose(row)) for row in closed])
    if closed:
        await wake_queue(tx)
    return closed


def whose(row: LedgerRow) -> dict[str, str]:
    """What events say of a lease."""
    return {"vendedor_id": str(row.vendedor_id), "venda_id": str(row.venda_id)}


async def wake_queue(tx: Transaction) -> None:
    """Have the queue served in a turn of its own, if anybody waits."""
    if not is_written(tx, ServeQueue) and await fila.first_queued(tx, 1):
        await write_command(tx, ServeQueue())


async def drop_locks(tx: Transaction, leases: Sequence[tuple[UUID, int]]) -> None:
    """Remove the locks of these leases, (login, epoch), if Redis lets us."""
    if not leases:
        return
    try:
        await locks.drop(tx.redis, leases)
    except PoolUnavailable as error:
        _log.warning("pool_locks_left_behind", epochs=[epoch for _, epoch in leases], error=str(error))


async def hold_lock(tx: Transaction, bo_usuario_id: UUID, epoch: int, ttl: timedelta) -> None:
    """Let the lock of this lease live on, built anew if it was lost, if Redis lets us."""
    try:
        await locks.hold(tx.redis, bo_usuario_id, epoch, ttl)
    except PoolUnavailable as error:
        _log.warning("pool_lock_not_renewed", epoch=epoch, error=str(error))
