"""What can be made to go wrong on a provider's side, and the record of the calls it received."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.courier import Courier, Delivery
from sandbox.phone import Phone
from sandbox.waiting import Signal


@dataclass(frozen=True)
class Call:
    """One call that the service made: its method, its parameters and the epoch second it came."""

    method: str
    params: dict[str, Any]
    when: float
    person: str = ""


class Calls(list[Call]):
    """Every call received, in order."""

    def __init__(self) -> None:
        super().__init__()
        self._changed = Signal()

    def record(self, call: Call) -> None:
        """Add one and wake whoever waits for it."""
        self.append(call)
        self._changed.notify()

    def of(self, *methods: str) -> list[Call]:
        """Those of these methods."""
        return [call for call in self if call.method in methods]

    async def wait_for(self, method: str, times: int = 1, timeout: float = 20.0) -> list[Call]:
        """Wait until the method was called that many times; its calls."""

        def complain() -> str:
            return f"{method} was not called {times} times (but {[call.method for call in self]})"

        return await self._changed.expect(lambda: self._enough(method, times), timeout, complain)

    def _enough(self, method: str, times: int) -> list[Call] | None:
        found = self.of(method)
        return found if len(found) >= times else None


@dataclass
class Fault:
    """One planned failure of a call.

    `status` is the HTTP status, `code` a WhatsApp error code; with `answer_lost` the call takes effect and
    the connection breaks before the answer.
    """

    method: str = "*"
    times: int = 1
    status: int = 0
    code: int = 0
    description: str = ""
    retry_after: float = 0.0
    parameters: dict[str, Any] = field(default_factory=dict)
    person: str = ""
    answer_lost: bool = False

    def strikes(self, method: str, person: str) -> bool:
        """Whether this failure is meant for that call."""
        meant = self.method == "*" or self.method.lower() == method.lower()
        return self.times > 0 and meant and (not self.person or self.person == person)


class Faults:
    """The switches of one provider. All off at first.

    `rates` enforces the provider's own limits of messages a second, which a test that is quick would run into.
    """

    def __init__(self, courier: Courier) -> None:
        self._courier = courier
        self._planned: list[Fault] = []
        self._running = asyncio.Event()
        self._running.set()
        self.down = False
        self.drop = False
        self.rates = False
        self.latency = 0.0
        self.blocked: set[str] = set()

    def fail_next(
        self,
        method: str = "*",
        *,
        status: int = 0,
        code: int = 0,
        description: str = "",
        retry_after: float = 0.0,
        parameters: dict[str, Any] | None = None,
        person: Phone | str = "",
        times: int = 1,
    ) -> Fault:
        """Refuse the next calls of a method (`*` any; with `person` only those to them) with this answer.

        Telegram: `status`, `description`, `retry_after` (seconds, 429). WhatsApp: `code`, its status follows.
        """
        fault = Fault(method, times, status, code, description, retry_after, parameters or {}, _id_of(person))
        self._planned.append(fault)
        return fault

    def lose_answer(self, method: str = "*", *, person: Phone | str = "", times: int = 1) -> Fault:
        """Do what the next calls ask, then break the connection before answering."""
        fault = Fault(method, times, person=_id_of(person), answer_lost=True)
        self._planned.append(fault)
        return fault

    @property
    def hang(self) -> bool:
        """While true, calls get no answer; setting it to false lets them go on."""
        return not self._running.is_set()

    @hang.setter
    def hang(self, value: bool) -> None:
        if value:
            self._running.clear()
        else:
            self._running.set()

    def block(self, person: Phone | str) -> None:
        """Make a person unreachable, as if they had blocked us; `Phone.blocks` tells the service too."""
        self.blocked.add(_id_of(person))

    def unblock(self, person: Phone | str) -> None:
        """Let that person be reached again."""
        self.blocked.discard(_id_of(person))

    def clear(self) -> None:
        """Back to a provider that works; what is withheld stays so until `release`."""
        self._planned.clear()
        self.blocked.clear()
        self.down = self.drop = self.hang = self.rates = self.out_of_order = False
        self.latency = self.late = 0.0
        self.deliver(1)

    @property
    def copies(self) -> int:
        """How many times each event is delivered."""
        return self._courier.copies

    def deliver(self, times: int, *, at_once: bool = False) -> None:
        """Deliver every event that many times, one after another or all copies after the first at once."""
        self._courier.copies, self._courier.copies_at_once = times, at_once

    @property
    def late(self) -> float:
        """Seconds that every new event is under way before it is delivered."""
        return self._courier.tardiness.late

    @late.setter
    def late(self, seconds: float) -> None:
        self._courier.tardiness.late = seconds

    @property
    def out_of_order(self) -> bool:
        """While true, every second event overtakes the one before it."""
        return self._courier.tardiness.out_of_order

    @out_of_order.setter
    def out_of_order(self, value: bool) -> None:
        self._courier.tardiness.out_of_order = value

    def withhold(self, *kinds: str) -> None:
        """Keep new events back; with `kinds` (message, callback_query, status …) only those."""
        self._courier.withhold(*kinds)

    def release(self, *, backwards: bool = False) -> list[Delivery]:
        """Deliver what was withheld, newest first with `backwards`."""
        return self._courier.release(backwards=backwards)

    async def gate(self, method: str, person: str) -> Fault | None:
        """Let a call wait as long as it must; the failure planned for it, or None."""
        if self.latency:
            await asyncio.sleep(self.latency)
        await self._running.wait()
        if self.down:
            return Fault(status=503)
        fault = next((fault for fault in self._planned if fault.strikes(method, person)), None)
        if fault is not None:
            fault.times -= 1
        return fault


def _id_of(person: Phone | str) -> str:
    return person if isinstance(person, str) else person.id


def cut(request: web.Request) -> web.Response:
    """Break the connection instead of answering."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()
