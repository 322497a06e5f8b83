"""The hands of the page's panel: faults of the three providers, the service's clock, the pool, and the robots."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sandbox.faults import Fault
from sandbox.hooks import Corrida, Hooks, Pool
from sandbox.rpa.behaviours import ETAPAS, PERGUNTAS
from sandbox.rpa.robot import Job
from sandbox.rpa.rpa import Rpa
from sandbox.telegram.telegram import Telegram
from sandbox.whatsapp.phone import WhatsAppPhone
from sandbox.whatsapp.whatsapp import WhatsApp

View = dict[str, Any]

# How messages reach the service: as sent, each twice, kept until told otherwise, or kept and then newest first.
DELIVERIES = ("normal", "twice", "late", "backwards")
# What a person may do as the robot.
ACTS = ("advance", "ask", "complete", "fail", "refuse")
# Telegram's 429: this many calls are refused, each with so many seconds to wait.
SLOW_DOWN_CALLS = 5
SLOW_DOWN_SECONDS = 3.0
# The pool is read again after every change on the page, and at least this often.
REFRESH_SECONDS = 5.0
SETTLE_SECONDS = 0.25
# The hour at which "tomorrow" begins.
MORNING = 8


class Controls:
    """What the panel can do. Without hooks there are the faults alone. `tell` hears of every change."""

    def __init__(self, telegram: Telegram, whatsapp: WhatsApp, rpa: Rpa, tell: Callable[[str, View], None]) -> None:
        self._telegram, self._whatsapp, self._rpa = telegram, whatsapp, rpa
        self._tell = tell
        self._slow_down = Fault(times=0)
        self._windows: dict[WhatsAppPhone, float | None] = {}
        self._delivery = "normal"
        self._pool: Pool | None = None
        self._runs: Sequence[Corrida] = ()
        self._told: View = {}
        self._stir = asyncio.Event()
        self.hooks: Hooks | None = None
        self.switches: dict[str, Switch] = {
            "telegram_down": Switch(lambda: telegram.faults.down, self._take_telegram_down),
            "telegram_429": Switch(lambda: self._slow_down.times > 0, self._slow_telegram_down),
            "whatsapp_down": Switch(lambda: whatsapp.faults.down, self._take_whatsapp_down),
            "whatsapp_window": Switch(self._windows_closed, self._close_windows),
            "robots_down": Switch(lambda: rpa.faults.down, self._take_robots_down),
        }

    def view(self) -> View:
        """Everything the panel shows."""
        return {
            "clock": self._clock_view(),
            "runs": [asdict(one) for one in self._runs],
            "pool": asdict(self._pool) if self._pool else None,
            "faults": {name: switch.on() for name, switch in self.switches.items()},
            "redis": bool(self.hooks and self.hooks.restart_redis),
            "delivery": {
                "mode": self._delivery,
                "held": self._telegram.courier.held + self._whatsapp.courier.held,
            },
        }

    def show(self) -> None:
        """Tell the pages, if anything differs from what they were told last."""
        view = self.view()
        if view != self._told:
            self._told = view
            self._tell("controls", view)

    def stir(self) -> None:
        """Something happened on the page: the pool may look different soon."""
        self._stir.set()

    async def watch(self) -> None:
        """Keep the pages right about the pool until cancelled."""
        while True:
            await self.refresh()
            with suppress(TimeoutError):
                async with asyncio.timeout(REFRESH_SECONDS):
                    await self._stir.wait()
            await asyncio.sleep(SETTLE_SECONDS)
            self._stir.clear()

    async def refresh(self) -> None:
        """Read the pool again and tell what changed."""
        if self.hooks is not None:
            # An engine that is being restarted shows the pool a moment later.
            with suppress(Exception):
                self._pool = await self.hooks.pool()
                self._runs = await self.hooks.runs()
        self.show()

    def turn(self, name: str, on: bool) -> None:
        """Turn a fault on or off. KeyError for one that there is not."""
        self.switches[name].turn(on)
        self.show()

    def deliver(self, mode: str) -> None:
        """Choose how messages of both channels reach the service; what was kept back goes out first."""
        for channel in (self._telegram, self._whatsapp):
            channel.faults.deliver(2 if mode == "twice" else 1)
            channel.faults.release(backwards=self._delivery == "backwards")
            if mode in ("late", "backwards"):
                channel.faults.withhold()
        self._delivery = mode
        self.show()

    def calm(self) -> None:
        """No faults, and robots that do well."""
        for name, switch in self.switches.items():
            if switch.on():
                self.turn(name, False)
        self.deliver("normal")
        self._rpa.planned.clear()
        self._tell("next", {"next": "normal"})

    def plan(self, behaviour: str) -> None:
        """The next robot does this, and the page shows so."""
        self._rpa.planned.clear()
        self._rpa.next(behaviour)
        self._tell("next", {"next": behaviour})

    async def move(self, by: timedelta) -> None:
        """Put the service's time forward; what is due by then is done when this returns."""
        await self._hooks().move(by)
        await self.refresh()

    async def move_to_tomorrow(self) -> None:
        """Put it forward to the next morning, in the business time zone."""
        now = self._hooks().now()
        morning = (now + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
        await self.move(morning - now)

    async def move_to_run(self, em: float) -> bool:
        """Put it forward to a run that the page shows, which is done when this returns; False for any other moment."""
        if em not in [one.em for one in self._runs]:
            return False
        # A second more: whoever reads the clock a moment later finds it due.
        await self.move(timedelta(seconds=max(em - self._hooks().now().timestamp(), 0) + 1))
        return True

    async def next_run_of(self, nome: str) -> Corrida | None:
        """The next run of the schedule with that name."""
        await self.refresh()
        return next((one for one in self._runs if one.nome == nome), None)

    async def restart_redis(self) -> None:
        """Stop Redis and return when it is there again."""
        restart = self._hooks().restart_redis
        assert restart is not None, "the page offers it only where it can be done"
        await restart()

    async def drive(self, job: Job, act: str) -> None:
        """Do one of `ACTS` in the robot's place."""
        acts: dict[str, Callable[[], Awaitable[Any]]] = {
            "advance": lambda: job.progress(*_next_step(job)),
            "ask": lambda: job.ask(*_next_question(job)),
            "complete": lambda: job.complete(self._rpa.good_end(job)),
            "fail": lambda: job.fail("PORTAL_FORA", "O portal não respondeu"),
            "refuse": lambda: job.fail("NEGADO", "Crédito negado pela operadora", definitivo=True),
        }
        self._rpa.take_over(job)
        await acts[act]()

    def _hooks(self) -> Hooks:
        assert self.hooks is not None, "the page offers it only where it can be done"
        return self.hooks

    def _clock_view(self) -> View | None:
        if self.hooks is None:
            return None
        now = self.hooks.now()
        return {"ahead": round(now.timestamp() - time.time()), "zone": str(now.tzinfo)}

    def _take_telegram_down(self, on: bool) -> None:
        self._telegram.faults.down = on

    def _take_whatsapp_down(self, on: bool) -> None:
        self._whatsapp.faults.down = on

    def _take_robots_down(self, on: bool) -> None:
        self._rpa.faults.down = on

    def _slow_telegram_down(self, on: bool) -> None:
        self._slow_down.times = 0
        if on:
            self._slow_down = self._telegram.faults.fail_next(
                status=429, retry_after=SLOW_DOWN_SECONDS, times=SLOW_DOWN_CALLS
            )

    def _windows_closed(self) -> bool:
        return any(phone.last_wrote is None for phone in self._windows)

    def _close_windows(self, on: bool) -> None:
        """As if a day had passed for everybody on WhatsApp; off again, as if it had not."""
        for phone, wrote in self._windows.items():
            phone.last_wrote = phone.last_wrote or wrote
        self._windows = {phone: phone.last_wrote for phone in self._whatsapp.phones} if on else {}
        for phone in self._windows:
            self._whatsapp.faults.close_window(phone)


@dataclass(frozen=True)
class Switch:
    """A fault that can be on or off."""

    on: Callable[[], bool]
    turn: Callable[[bool], None]


def _next_step(job: Job) -> tuple[int, str]:
    done = min(int(job.progresso["percentual"]) + 20, 95)
    return done, ETAPAS[done // 20 % len(ETAPAS)]


def _next_question(job: Job) -> tuple[str, str, list[Any]]:
    ask = PERGUNTAS[len(job.answers) % len(PERGUNTAS)]
    return ask.texto, ask.tipo, list(ask.opcoes)
