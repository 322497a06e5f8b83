"""What happens by itself. Any number of clocks may run: each step decides by conditional statements."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import wraps
from uuid import UUID

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from redis.asyncio import Redis

from bot.agendamento.clock import AgendamentoClock
from bot.agendamento.limpeza import clean_up, pack_logs
from bot.atendimento.clock import AtendimentoClock
from bot.processo.clock import ProcessoClock
from bot.robots.events import RobotEvents
from bot.runtime.background import Background
from bot.runtime.one_by_one import one_by_one, together
from bot.turn import Turns
from core.importacao.importacoes import largar_vencidas
from core.presenca.digitacao import stop_typing
from core.presenca.mudancas import announce_gone, ask_silent, bring_back, keep_watch, set_away
from core.presenca.presenca import PresenceLimits
from core.reprocesso.avisos import avisar_desistidos, por_avisar
from core.venda import pool
from core.venda.venda import end_freed, end_freed_sale
from core.venda.vendedor import sales_to_stop, stop_sale
from storage.consultor.consultores import change_consultor
from storage.presenca.digitacao import not_renewed_since
from storage.presenca.presenca import returning, unanswering
from storage.presenca.sinais import Kind, silent_since
from storage.servico.servico import in_turn_out_of_service
from storage.transaction import Transaction
from storage.venda.pool import open_leases, open_without_lease
from storage.venda.status import StatusVenda
from storage.venda.vendas import venda_by_id

log = structlog.get_logger()

Step = Callable[[], Awaitable[object]]

OUTBOX_SECONDS = 1.0
MESSAGE_SECONDS = 1.0
EXPIRY_SECONDS = 30.0
CARD_SECONDS = 5.0
RECONCILE_SECONDS = 5.0
SERVICE_SECONDS = 5.0
PRESENCE_SECONDS = 10.0
TYPING_SECONDS = 5.0
WATCH_SECONDS = 300.0
SCHEDULE_SECONDS = 10.0
CLEANUP_SECONDS = 6 * 3600.0
# From this interval on a step waits for it by the clock that nobody moves, too.
RARE_SECONDS = 3600.0
# A step that is under way when the clock stops has so long to end by itself; the longest a turn may take.
LAST_STEP_SECONDS = 6.0
# A sale ends with its lease, or in a turn that follows at once; after so long that turn has failed for good.
LEFT_BEHIND = timedelta(minutes=1)
# How often we look whether the system clock was moved.
LOOK_SECONDS = 1.0

# People in one transaction: when everybody's connection breaks at once, sellers' turns come in between.
BATCH = 50
# Sales whose sellers are looked at in one step.
SALES = 1000


class ClockWork:
    """The steps, each callable by itself (tests and the sandbox move the time and call them)."""

    def __init__(
        self,
        turns: Turns,
        redis: Redis,
        background: Background,
        robot_events: RobotEvents,
        atendimentos: AtendimentoClock,
        agendamentos: AgendamentoClock,
        processos: ProcessoClock,
        *,
        presence_limits: PresenceLimits,
        poll_seconds: float,
        typing_seconds: float,
        retencao: Mapping[str, int],
    ) -> None:
        """`poll_seconds`: how often robots that do not call back are asked; `typing_seconds`: how long typing shows."""
        self._turns = turns
        self._database = turns.database
        self._redis = redis
        self._background = background
        self._robot_events = robot_events
        self.atendimentos = atendimentos
        self.agendamentos = agendamentos
        self.processos = processos
        self._presence_limits = presence_limits
        self.poll_seconds = poll_seconds
        self._typing_seconds = typing_seconds
        self._retencao = retencao

    async def wake_workers(self) -> None:
        """Calls that nobody made in time are made by workers."""
        await self._background.wake()

    async def expire_logins(self) -> int:
        """Take back logins without a sign of life; how many (reference: `limpar_sessoes_expiradas`).

        The robot is asked once more before: it may have finished without our hearing of it.
        """
        turns = self._turns
        await self._robot_events.ask_all(await turns.run(_expiring_jobs))

        async def work(tx: Transaction, epochs: Sequence[int]) -> int:
            freed = await pool.free_expired(tx, epochs)
            await end_freed(tx, freed, StatusVenda.TIMEOUT)
            return len(freed)

        expired, _ = await together(turns, await turns.run(_expired), work)
        async with self._database.read() as connection:
            left = await open_without_lease(connection, turns.now() - LEFT_BEHIND)
        await one_by_one(turns, left, lambda tx, one: end_freed_sale(tx, one, StatusVenda.TIMEOUT))
        return expired

    async def follow_service(self) -> int:
        """Who is out of service keeps neither a sale nor a turn, nor a sale who can be reached nowhere; how many."""
        turns, database = self._turns, self._database
        async with database.read() as connection:
            sales = await sales_to_stop(connection, SALES)
            online = await in_turn_out_of_service(connection, BATCH)
        stopped = await one_by_one(turns, sales, stop_sale)
        await one_by_one(turns, online, lambda tx, one: change_consultor(tx, one, {}))
        return stopped + len(online)

    async def reconcile(self) -> None:
        """Redis and ledger agree again, and the queue moves if it can."""
        await self._turns.run(pool.reconcile_locks)

    async def poll_robots(self) -> None:
        """Robots that do not call back are asked."""
        await self._robot_events.poll(timedelta(seconds=self.poll_seconds))

    async def sweep_heartbeats(self) -> int:
        """Tell whose app went silent; of how many it was news. Only those who are silent are read."""
        limits = self._presence_limits
        before = self._turns.now() - limits.heartbeat
        return await self._of_the_silent(Kind.HEARTBEAT, before, lambda tx, ids: announce_gone(tx, ids, before, limits))

    async def ask_the_silent(self) -> int:
        """Ask who chose a state in chat and has said nothing since; how many."""
        before = self._turns.now() - self._presence_limits.silencio
        return await self._of_the_silent(Kind.CHAT, before, lambda tx, ids: ask_silent(tx, ids, before))

    async def _of_the_silent(
        self, kind: Kind, before: datetime, work: Callable[[Transaction, Sequence[UUID]], Awaitable[int]]
    ) -> int:
        """Until nobody is left but those of whom it failed: they stay silent, and come again with the next step."""
        done, failed = 0, set[UUID]()
        while True:
            silent = await silent_since(self._redis, kind, before, BATCH + len(failed))
            batch = [one for one in silent if one not in failed]
            if not batch:
                return done
            more, wrong = await together(self._turns, batch, work)
            done, failed = done + more, failed | wrong

    async def set_unanswering_away(self) -> int:
        """Who did not answer is away; of how many it was news."""
        turns, limits = self._turns, self._presence_limits
        async with self._database.read() as connection:
            late = await unanswering(connection, turns.now() - limits.espera, BATCH)
        told, _ = await together(turns, late, lambda tx, ids: set_away(tx, ids, limits))
        return told

    async def bring_back(self) -> int:
        """Whose named time has come is online again; how many."""
        turns, limits = self._turns, self._presence_limits
        async with self._database.read() as connection:
            due = await returning(connection, turns.now(), BATCH)
        back, _ = await together(turns, due, lambda tx, ids: bring_back(tx, ids, limits))
        return back

    async def keep_watch(self) -> None:
        """Nobody's silence goes unnoticed because Redis lost them."""
        async with self._database.read() as connection:
            await keep_watch(connection, self._redis, self._turns.now())

    async def tell_given_up(self) -> bool:
        """What failed for good is told; False when there is nothing to tell."""
        async with self._database.read() as connection:
            if not await por_avisar(connection, self._turns.now()):
                return False
        return await self._turns.run(avisar_desistidos)

    async def end_typing(self) -> int:
        """Indicators that were not renewed in time end; how many."""
        before = self._turns.now() - timedelta(seconds=self._typing_seconds)
        names = await not_renewed_since(self._redis, before, BATCH)
        return await one_by_one(self._turns, names, lambda tx, name: stop_typing(tx, name, before))

    async def pack_logs(self) -> int:
        """Log lines that nobody follows any more are packed; how many."""
        return await pack_logs(self._turns)

    async def clean_up(self) -> None:
        """What is done and old is forgotten, and so are files of rows that nobody decided about."""
        await self._turns.run(largar_vencidas)
        await clean_up(self._turns, retencao=self._retencao)


async def _expiring_jobs(tx: Transaction) -> list[tuple[UUID, str]]:
    jobs: list[tuple[UUID, str]] = []
    for lease in await open_leases(tx):
        if lease.expira_em > tx.now:
            continue
        venda = await venda_by_id(tx.connection, lease.venda_id)
        if venda is not None and venda.job_id is not None:
            jobs.append((venda.id, venda.job_id))
    return jobs


async def _expired(tx: Transaction) -> list[int]:
    return [lease.epoch for lease in await open_leases(tx) if lease.expira_em <= tx.now]


def timetable(work: ClockWork) -> tuple[tuple[Step, float], ...]:
    """Each step, and how many seconds lie between two of them."""
    return (
        (work.wake_workers, OUTBOX_SECONDS),
        (work.expire_logins, EXPIRY_SECONDS),
        (work.reconcile, RECONCILE_SECONDS),
        (work.follow_service, SERVICE_SECONDS),
        (work.poll_robots, work.poll_seconds),
        (work.processos.send_due, RECONCILE_SECONDS),
        (work.processos.poll_execucoes, work.poll_seconds),
        (work.processos.end_silent, EXPIRY_SECONDS),
        (work.processos.end_delegations, SERVICE_SECONDS),
        (work.processos.send_to_sat, RECONCILE_SECONDS),
        (work.processos.avisos.remind_approvers, WATCH_SECONDS),
        (work.processos.avisos.say_missing, WATCH_SECONDS),
        (work.processos.avisos.say_unsent, WATCH_SECONDS),
        (work.processos.grow_messages, MESSAGE_SECONDS),
        (work.processos.ask_the_next, CARD_SECONDS),
        (work.sweep_heartbeats, PRESENCE_SECONDS),
        (work.ask_the_silent, EXPIRY_SECONDS),
        (work.set_unanswering_away, EXPIRY_SECONDS),
        (work.bring_back, PRESENCE_SECONDS),
        (work.keep_watch, WATCH_SECONDS),
        (work.end_typing, TYPING_SECONDS),
        (work.tell_given_up, EXPIRY_SECONDS),
        (work.atendimentos.expire_offers, CARD_SECONDS),
        (work.atendimentos.hand_out_queue, CARD_SECONDS),
        (work.atendimentos.follow_lost_consultores, EXPIRY_SECONDS),
        (work.atendimentos.warn_of_windows, EXPIRY_SECONDS),
        (work.agendamentos.run_schedules, SCHEDULE_SECONDS),
        (work.agendamentos.watch_schedules, WATCH_SECONDS),
        (work.pack_logs, CLEANUP_SECONDS),
        (work.clean_up, CLEANUP_SECONDS),
    )


async def take_every_step(work: ClockWork) -> None:
    """Take each step once, now: somebody moved the time."""
    for step, _ in timetable(work):
        await _quietly(step)()


class Every(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """At this interval. APScheduler's own lists each time that was missed, one by one: where the system clock leaps
    ahead by a year nothing else is done for minutes."""

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        last = now if previous_fire_time is None else previous_fire_time
        return last + self._interval if last + self._interval > now else now + self._interval


class Ticker:
    """Takes the steps at their intervals. A late step is taken once, however late; a step never runs beside itself."""

    def __init__(self, steps: Sequence[tuple[Step, float]]) -> None:
        """Every step comes for the first time after its interval, in seconds."""
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for step, seconds in steps:
            self._scheduler.add_job(self._apart(_paced(step, seconds)), Every(timedelta(seconds=seconds)))
        self._watch: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """From now on, in the running loop."""
        self._scheduler.start()
        self._watch = asyncio.create_task(self._keep_time())

    async def stop(self) -> None:
        """No step is taken any more. One that is under way may end; what takes longer is given up, as when the
        process dies, and waited for: its transaction is rolled back before anybody closes the database."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.pause()
        if self._under_way:
            _done, late = await asyncio.wait(self._under_way, timeout=LAST_STEP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        # The scheduler hears of them in its own time: what it still waits for it would call failed.
        await asyncio.sleep(0)
        self._scheduler.shutdown(wait=False)

    def _apart(self, step: Step) -> Callable[[], Awaitable[None]]:
        """The step as a task of ours: the scheduler gives up what is under way without waiting for it."""
        quiet = _quietly(step)

        async def run() -> None:
            task = asyncio.ensure_future(quiet())
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            await asyncio.wait([task])

        return run

    async def _keep_time(self) -> None:
        """APScheduler reckons by the system clock: where it is moved, every step is due at once, then as before."""
        ahead = _ahead()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            moved, ahead = _ahead() - ahead, _ahead()
            if abs(moved) < LOOK_SECONDS:
                continue
            log.warning("system_clock_moved", seconds=round(moved, 1))
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))


def _paced(step: Step, seconds: float) -> Step:
    """A rare step is not taken for the system clock's sake: by one that is wrong all is old, and would be forgotten."""
    if seconds < RARE_SECONDS:
        return step
    taken = time.monotonic()

    @wraps(step)
    async def when_its_time_has_passed() -> None:
        nonlocal taken
        if time.monotonic() - taken >= seconds / 2:
            taken = time.monotonic()
            await step()

    return when_its_time_has_passed


def _ahead() -> float:
    """How far the system clock is ahead of the one that only goes forward; it changes when somebody moves the first."""
    return time.time() - time.monotonic()


def _quietly(step: Step) -> Callable[[], Awaitable[None]]:
    """A failed step is logged and comes again at its next time."""

    async def run() -> None:
        try:
            await step()
        except Exception as error:
            log.error("clock_step_failed", step=step.__name__, error=repr(error)[:300])

    return run
