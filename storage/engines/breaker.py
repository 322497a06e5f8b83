"""An engine that stands still is not waited for twice: after one deadline that passed, others are refused at once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# For so long nobody is let through; then one is, and what becomes of it is the answer for everybody.
CLOSED_SECONDS = 1.0


class EngineSilent(Exception):
    """The engine did not answer within its deadline, or has just not done so; nothing was asked of it."""


class Breaker:
    """Who asks an engine: everybody, or after a deadline that passed one at a time."""

    def __init__(self) -> None:
        self._until: float | None = None
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether the engine has not answered lately: it is asked by one at most."""
        return self._until is not None

    @contextmanager
    def asking(self, silent: tuple[type[BaseException], ...]) -> Iterator[None]:
        """Around one call. `silent`: what it raises when the engine did not answer in time.

        Raises `EngineSilent` at once while the engine is known to stand still.
        """
        probing = self._let_through()
        try:
            yield
        except silent:
            self._until = time.monotonic() + CLOSED_SECONDS
            raise
        else:
            self._until = None
        finally:
            if probing:
                self._probing = False

    def refuse_newcomers(self) -> None:
        """Raises `EngineSilent` for whoever was let through before the deadline of another passed."""
        if self._until is not None and not self._probing:
            raise EngineSilent("the engine does not answer")

    def _let_through(self) -> bool:
        if self._until is None:
            return False
        if self._probing or time.monotonic() < self._until:
            raise EngineSilent("the engine does not answer")
        self._probing = True
        return True
