"""Which call of a lane is made next, and which beside it: a slow file keeps no other customer waiting."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from core.commands.conversa import FetchFile
from storage.transaction import Call

# So long others wait behind a file of their own conversation; then it gives way, and comes by itself.
GIVE_WAY_SECONDS = 0.8


@dataclass(slots=True)
class Lane:
    """The calls of one lane that this process has, oldest first."""

    calls: deque[Call]
    # The numbers of all that it has had, those that are made included.
    known: set[int]
    # Somebody else has an older call in this lane: look into the table when ours are done.
    more: bool = False
    # A call of it has to wait, and everything behind it: nothing more is begun.
    stopped: bool = False
    # Those that are being sent, by their numbers.
    making: dict[int, Call] = field(default_factory=dict)
    # Files that are being made beside the others, and since when by the monotonic clock.
    beside: dict[int, tuple[Call, float]] = field(default_factory=dict)
    # Something came, or a file is through.
    news: asyncio.Event = field(default_factory=asyncio.Event)
    # Of which customer the last one was, in the lane of a consultor who has several.
    atendimento: int | None = None
    renewal: asyncio.TimerHandle | None = None

    def add(self, call: Call) -> None:
        """In the order of their numbers, whichever turn was done first."""
        place = len(self.calls)
        while place and self.calls[place - 1].id > call.id:
            place -= 1
        self.calls.insert(place, call)
        self.known.add(call.id)
        self.news.set()

    def stop(self) -> None:
        """Begin nothing more."""
        # Whoever is told of a file's end looks into the table again.
        self.more = self.more or bool(self.beside)
        self.stopped = True
        self.calls.clear()
        self.news.set()

    async def next(self) -> Call | None:
        """The next call to make, once there is one; None when all are made."""
        while (call := self._take()) is None and self.beside:
            self.news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._hurry()):
                    await self.news.wait()
        return call

    def _take(self) -> Call | None:
        """Where customers have a backlog in a consultor's lane, one of each in turn; not past a file of their own.

        What belongs to no customer keeps its place: after it, the screen may be another's.
        """
        busy = {_atendimento(call) for call, _ in self.beside.values()}
        if None in busy:
            return None
        same: int | None = None
        for place, call in enumerate(self.calls):
            atendimento = _atendimento(call)
            if atendimento is None:
                same = place if place == 0 and not busy else same
                break
            if atendimento in busy:
                continue
            if atendimento != self.atendimento:
                same = place
                break
            same = place if same is None else same
        if same is None:
            return None
        call = self.calls[same]
        del self.calls[same]
        return call

    def _hurry(self) -> float | None:
        """Have the files give way for which others have waited long enough; seconds until the next one has to."""
        now, soonest = time.monotonic(), None
        for call, since in self.beside.values():
            if call.hurried or not _keeps_waiting(call, self.calls):
                continue
            left = since + GIVE_WAY_SECONDS - now
            if left <= 0:
                _give_way(call)
            elif soonest is None or left < soonest:
                soonest = left
        return soonest


@asynccontextmanager
async def patience(call: Call, seconds: float) -> AsyncIterator[None]:
    """What is done within takes at most so long, and less when others wait behind this call. Raises TimeoutError."""
    async with asyncio.timeout(min(seconds, GIVE_WAY_SECONDS) if call.hurried else seconds) as limit:
        call.patience = limit
        try:
            yield
        finally:
            call.patience = None


def is_file(call: Call) -> bool:
    """Whether it fetches or shows a file, which may take its time."""
    return _is_fetch(call) or any(_object_key(value) for value in call.params.values())


def is_outdated(call: Call, later: Iterable[Call]) -> bool:
    """Whether a message would be changed only to be changed again: what stands behind it need not wait for that."""
    return call.method == "editMessageText" and any(
        other.method == call.method and _changed_by(other) == _changed_by(call) for other in later
    )


def _give_way(call: Call) -> None:
    call.hurried = True
    if call.patience is not None:
        call.patience.reschedule(asyncio.get_running_loop().time())


def _keeps_waiting(file: Call, calls: Iterable[Call]) -> bool:
    """Whether somebody waits for it who is not the message that shows it."""
    waiting = list(calls)
    if _is_fetch(file):
        wanted = str(file.params.get("arquivo_id"))
        for place, call in enumerate(waiting):
            if any(wanted in _object_key(value) for value in call.params.values()):
                return len(waiting) > place + 1
    return bool(waiting)


def _is_fetch(call: Call) -> bool:
    return (call.target, call.method) == (FetchFile.target, FetchFile.method)


def _object_key(value: Any) -> str:
    return str(value.get("object_key") or "") if isinstance(value, dict) else ""


def _atendimento(call: Call) -> int | None:
    found: int | None = call.params.get("atendimento")
    return found


def _changed_by(call: Call) -> tuple[Any, Any]:
    return call.params.get("message_id"), call.params.get("message")
