"""Events that come late or overtake each other, as real ones sometimes do."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

E = TypeVar("E", bound=Hashable)

# An event that nothing overtakes goes on after so long.
OVERTAKEN_SECONDS = 1.0


class Tardiness(Generic[E]):
    """Passes events on: at once, `late` seconds later, or with `out_of_order` every second one before the first."""

    def __init__(self, pass_on: Callable[[E], object]) -> None:
        self._pass_on = pass_on
        self._timers: dict[E, asyncio.TimerHandle] = {}
        self._overtaken: E | None = None
        self.late = 0.0
        self.out_of_order = False

    @property
    def waiting(self) -> list[E]:
        """Events that were not passed on yet."""
        return list(self._timers)

    def send(self, event: E) -> None:
        """Pass an event on when its time has come."""
        if self.late:
            self._wait(event, self.late, self._set_out)
        else:
            self._set_out(event)

    def stop(self) -> None:
        """Forget what waits."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._overtaken = None

    def _set_out(self, event: E) -> None:
        overtaken, self._overtaken = self._overtaken, None
        if overtaken is None and self.out_of_order:
            self._overtaken = event
            self._wait(event, OVERTAKEN_SECONDS, self._go_on)
            return
        self._pass_on(event)
        if overtaken is not None:
            self._timers.pop(overtaken).cancel()
            self._pass_on(overtaken)

    def _go_on(self, event: E) -> None:
        self._overtaken = None
        self._pass_on(event)

    def _wait(self, event: E, seconds: float, then: Callable[[E], None]) -> None:
        def arrive() -> None:
            del self._timers[event]
            then(event)

        self._timers[event] = asyncio.get_running_loop().call_later(seconds, arrive)
