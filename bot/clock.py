"""What happens by itself. Any number of clocks may run: each step decides by conditional statements."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.background import Background
from bot.wiring import Wiring
from core import pool
from core.venda import StatusVenda, end_freed
from storage.cleanup import forget_old
from storage.pool import open_leases
from storage.transaction import Transaction
from storage.vendas import venda_by_id

log = structlog.get_logger()

OUTBOX_SECONDS = 1.0
EXPIRY_SECONDS = 30.0
RECONCILE_SECONDS = 5.0
CLEANUP_SECONDS = 6 * 3600.0


class ClockWork:
    """The steps, each callable by itself (tests and the sandbox move the time and call them)."""

    def __init__(self, wiring: Wiring, background: Background) -> None:
        self._wiring = wiring
        self._background = background

    async def wake_workers(self) -> None:
        """Calls that nobody made in time are made by workers."""
        await self._background.wake()

    async def expire_logins(self) -> int:
        """Take back logins without a sign of life; how many (reference: `limpar_sessoes_expiradas`).

        The robot is asked once more before: it may have finished without our hearing of it.
        """
        turns = self._wiring.turns
        for venda_id, job_id in await turns.run(_expiring_jobs):
            await self._wiring.robot_events.ask(venda_id, job_id)

        async def work(tx: Transaction) -> int:
            freed = await pool.free_expired(tx)
            await end_freed(tx, freed, StatusVenda.TIMEOUT)
            return len(freed)

        return await turns.run(work)

    async def reconcile(self) -> None:
        """Redis and ledger agree again, and the queue moves if it can."""
        await self._wiring.turns.run(pool.reconcile_locks)

    async def poll_robots(self) -> None:
        """Robots that do not call back are asked."""
        await self._wiring.robot_events.poll(timedelta(seconds=self._wiring.settings.rpa_poll_interval))

    async def clean_up(self) -> None:
        """What is done and old is forgotten."""
        await self._wiring.turns.run(forget_old)


async def _expiring_jobs(tx: Transaction) -> list[tuple[UUID, str]]:
    jobs: list[tuple[UUID, str]] = []
    for lease in await open_leases(tx):
        if lease.expira_em > tx.now:
            continue
        venda = await venda_by_id(tx.connection, lease.venda_id)
        if venda is not None and venda.job_id is not None:
            jobs.append((venda.id, venda.job_id))
    return jobs


def make_scheduler(work: ClockWork, poll_seconds: float) -> AsyncIOScheduler:
    """The steps at their intervals. A late step is made once, however late; a step never runs beside itself."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for step, seconds in (
        (work.wake_workers, OUTBOX_SECONDS),
        (work.expire_logins, EXPIRY_SECONDS),
        (work.reconcile, RECONCILE_SECONDS),
        (work.poll_robots, poll_seconds),
        (work.clean_up, CLEANUP_SECONDS),
    ):
        scheduler.add_job(_quietly(step), "interval", seconds=seconds, id=step.__name__)
    return scheduler


def _quietly(step: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """A failed step is logged and comes again at its next time."""

    async def run() -> None:
        try:
            await step()
        except Exception as error:
            log.error("clock_step_failed", step=step.__name__, error=repr(error)[:300])

    return run
