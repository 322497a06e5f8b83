"""Whether one more event of a channel is taken, said to its bare bytes: of what is refused nothing is read or kept.

To read a request, know its sender and refuse it costs a sixth of an answer: ten times what a process can do would leave
it time for nothing else. A refusal here costs a hundredth of that.

How many are taken follows from how long they stay: of those that were answered in the last half second half were
here for longer than that, so fewer may be at once; it was less, and somebody was refused, so more may. It is the queue
that is kept short and not the work: what a process sustains it goes on doing.
"""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from core.metrics import REFUSED
from webhooks.http.answers import OVERLOADED, RETRY_AFTER_SECONDS
from webhooks.http.bodies import MAX_BODY_BYTES

# Events at once. The rest of a process's places is for people in the panel, programs and robots.
MOST, LEAST = 128, 32
# How long an event may stay before fewer are taken, and how often that is looked at.
TARGET_SECONDS = 0.5
_MORE = 8
_SAY_EVERY_SECONDS = 1.0

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]{1,8})\r\n", re.IGNORECASE)
# Whoever sends these waits for something else than a final answer, or says otherwise where the body ends.
_OTHERWISE = re.compile(rb"\r\n(?:expect|transfer-encoding|upgrade|connection: *close)", re.IGNORECASE)
_BODY: Final = b'{"detail": "%s"}' % OVERLOADED.encode()
REFUSAL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json; charset=utf-8\r\n"
    b"Content-Length: %d\r\nRetry-After: %d\r\nX-Request-ID: %%s\r\n\r\n%s" % (len(_BODY), RETRY_AFTER_SECONDS, _BODY)
)

log = structlog.get_logger()


class Admission:
    """How many events of channels are at work in this process, and how many may be."""

    def __init__(self, doors: Sequence[str], name: Callable[[], str], clock: Callable[[], float] = time.monotonic):
        """`doors`: the paths of channels. `name`: of a request, as its answer says it."""
        paths = (path + slash for path in doors for slash in ("", "/"))
        self._lines = tuple(f"POST {path} HTTP/1.1\r\n".encode() for path in paths)
        self._name = name
        self._clock = clock
        self.at_work = 0
        self.limit = float(MOST)
        self._stays: list[float] = []
        self._refused_now = False
        self._looked = self._said = clock()
        self._untold = 0

    def is_event(self, data: bytes) -> bool:
        """Whether a request to one of the doors begins here."""
        return data.startswith(self._lines)

    @property
    def is_full(self) -> bool:
        return self.at_work >= self.limit

    def enters(self) -> float:
        """One more is at work; what `leaves` wants to be told."""
        self.at_work += 1
        return self._clock()

    def leaves(self, entered: float) -> None:
        """It was answered, or its sender is gone."""
        now = self._clock()
        self.at_work -= 1
        self._stays.append(now - entered)
        if now - self._looked >= TARGET_SECONDS:
            self._look(now)

    def refusal(self) -> bytes:
        """What is answered to one more than may be; it is counted."""
        self.count()
        return REFUSAL % self._name().encode()

    def count(self) -> None:
        """Somebody was told to come back. The log says so once a second, with how many they were."""
        REFUSED.inc()
        self._untold += 1
        self._refused_now = True
        now = self._clock()
        if now - self._said >= _SAY_EVERY_SECONDS:
            log.warning("overloaded", refused=self._untold, at_work=self.at_work, limit=int(self.limit))
            self._said, self._untold = now, 0

    def _look(self, now: float) -> None:
        stayed = statistics.median(self._stays)
        if stayed > TARGET_SECONDS:
            self.limit = max(LEAST, self.limit * max(0.5, TARGET_SECONDS / stayed))
        elif self._refused_now:
            self.limit = min(MOST, self.limit + _MORE)
        self._stays.clear()
        self._refused_now, self._looked = False, now


def rest_of(data: bytes) -> int | None:
    """How many bytes of the body of this request are still to come; negative: more than the request is there.

    None when the head is not whole, or the end of the body is not for us to say.
    """
    end = data.find(b"\r\n\r\n")
    if end < 0 or _OTHERWISE.search(data, 0, end):
        return None
    length = _LENGTH.search(data, 0, end + 2)
    if length is None or int(length[1]) > MAX_BODY_BYTES:
        return None
    return end + 4 + int(length[1]) - len(data)
