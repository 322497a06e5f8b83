"""Connections on which nobody asks anything: bounded, and closed when their headers do not come or cannot be read.

aiohttp waits for the first request of a connection as long as for the next one. Whoever opens connections and says
nothing would take every file descriptor that we have.
"""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMethod, HttpProcessingError
from aiohttp.streams import EMPTY_PAYLOAD
from aiohttp.web_protocol import RequestHandler, _ErrInfo

from core.metrics import IGNORED
from webhooks.http.addresses import grouped
from webhooks.http.admission import Admission, rest_of

# From the connection to the end of its first request's headers.
HEADERS_SECONDS = 10.0
# Between two requests; longer than the 60 s of most proxies.
KEEPALIVE_SECONDS = 75.0
# A refused body is still read so long, and forgotten: a sender in the middle of one hears our answer.
LINGERING_SECONDS = 2.0
# Beyond these the one that waits longest goes, of the address that has most.
MOST_WAITING = 1024
_LOOK_EVERY_SECONDS = 1.0
# An event for which there is no place waits so long for one. Telegram has 40 connections unless told otherwise, and
# sends the next event on one when the last was answered.
HELD_SECONDS = 0.4
MOST_HELD = 900
# What is larger than any text of a person is not kept meanwhile.
MOST_KEPT_BYTES = 16_384
LOOK_AT_HELD_SECONDS = 0.05
UNREADABLE = "the head of the request cannot be read"


@dataclass(slots=True)
class _Waiting:
    since: float
    address: str
    # Nothing was ever asked on it.
    silent: bool


@dataclass(slots=True, eq=False)
class _Held:
    """An event for which there is no place now. `data`: all of it, where it is small enough to be kept."""

    until: float
    handler: RequestHandler
    parser: "_Parser"
    data: bytes | None


class _Parser:
    """aiohttp's own, but for heads that it cannot read, and for events of which there are too many.

    Of the first nothing is kept, answered or logged: its error repeats what it could not read, up to 256 KB of it, in
    the answer and in the log. The second are answered before anything of them is read.
    """

    def __init__(self, handler: RequestHandler, connections: "Connections") -> None:
        self._parser: Any = handler._parser
        self.handler = handler
        self._connections = connections
        self._admission = connections.admission
        peer = handler.peername
        self.address = grouped(peer[0]) if isinstance(peer, tuple) else "?"
        # Of a body that was refused and is still to come.
        self._forgotten = 0
        # What waits on this connection for a place, or to be told that there is none.
        self.held: _Held | None = None
        # The head of the next request has begun.
        self._in_a_head = False
        self._payload: Any = EMPTY_PAYLOAD
        self._entered: float | None = None

    def feed_data(self, data: bytes) -> Any:
        """As the parser does; what cannot be read is a request that is answered 400."""
        # Nothing new: aiohttp has room again for what the parser kept of a large body.
        if data and not self._lets(data := self._forget(data)):
            return (), False, b""
        in_a_body = not self._payload.is_eof()
        try:
            fed = self._parser.feed_data(data)
        except HttpProcessingError as error:
            IGNORED.labels("http", "unreadable").inc()
            refused = _ErrInfo(status=400, exc=BadHttpMethod(type(error).__name__), message=UNREADABLE)
            return [(refused, EMPTY_PAYLOAD)], False, b""
        if fed[0]:
            self._payload = fed[0][-1][1]
        if data or fed[0]:
            self._in_a_head = not fed[0] and not in_a_body
        return fed

    def enter(self) -> None:
        """The event that has come on this connection is at work, if it was not before."""
        if self._entered is None:
            self._entered = self._admission.enters()

    def leave(self) -> None:
        """It is answered, or the connection is gone."""
        if self._entered is not None:
            self._admission.leaves(self._entered)
            self._entered = None
            self._connections.let_in()

    @property
    def _is_idle(self) -> bool:
        """Whether what comes now begins a request, and everything before it is answered."""
        waiter = self.handler._waiter
        return waiter is not None and not waiter.done() and not self._in_a_head and self._payload.is_eof()

    def _lets(self, data: bytes) -> bool:
        """Whether what came is for the parser: there is some, and it is no event for which there is no place."""
        if data and self.held is not None:
            # Answers come in the order of what was asked.
            self._connections.refuse(self.held)
        return bool(data) and (not self._is_idle or not self._admission.is_event(data) or self._takes(data))

    def _takes(self, data: bytes) -> bool:
        """Whether it may come in. One that is there whole has its place from now on: slow bodies take nobody's."""
        rest = rest_of(data)
        if rest is None or rest < 0:
            return True
        if not self._admission.is_full:
            if rest == 0:
                self.enter()
            return True
        whole = rest == 0 and len(data) <= MOST_KEPT_BYTES
        self._connections.hold(self.handler, self, data if whole else None)
        self._forgotten = rest
        return False

    def _forget(self, data: bytes) -> bytes:
        forgotten = min(self._forgotten, len(data))
        self._forgotten -= forgotten
        return data[forgotten:]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)


async def let_in_no_more(runner: web.AppRunner) -> None:
    """Before its ports are closed: whoever was accepted in that very step of the loop is forgotten by asyncio (3.11).

    Their connection would stay open and be answered by nobody. Those who come later are turned away with the port.
    """
    loop = asyncio.get_running_loop()
    for site in runner.sites:
        server: Any = site._server
        for listening in server.sockets if server is not None else ():
            loop.remove_reader(listening)
    # One step accepts, the next makes the connection known.
    await asyncio.sleep(0)
    await asyncio.sleep(0)


class Connections:
    """Those of one server that wait for a request. `watch` it before it listens."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self._waiting: dict[RequestHandler, _Waiting] = {}
        self._timer: asyncio.TimerHandle | None = None
        # The oldest first; those that are over stand among them until their time.
        self._held: deque[_Held] = deque()
        self._telling: asyncio.TimerHandle | None = None

    def watch(self, server: web.Server) -> None:
        """From now on every connection of this server is known."""
        made, lost = server.connection_made, server.connection_lost

        def connection_made(handler: RequestHandler, transport: asyncio.Transport) -> None:
            made(handler, transport)
            parser = _Parser(handler, self)
            handler._parser = parser  # type: ignore[assignment]
            self._waits(parser, silent=True)

        def connection_lost(handler: RequestHandler, exc: BaseException | None = None) -> None:
            self._waiting.pop(handler, None)
            _leave(handler)
            lost(handler, exc)

        server.connection_made = connection_made  # type: ignore[method-assign]
        server.connection_lost = connection_lost  # type: ignore[method-assign]

    def asked(self, request: web.Request) -> None:
        """A request has come on its connection, which waits no more."""
        self._waiting.pop(request.protocol, None)

    def works_at(self, request: web.Request) -> None:
        """It is an event of a channel, its sender is known, and its body is there."""
        if isinstance(parser := request.protocol._parser, _Parser):
            parser.enter()

    def answered(self, request: web.Request) -> None:
        """Its answer is made: the connection waits for the next one."""
        if isinstance(parser := request.protocol._parser, _Parser):
            parser.leave()
            if request.transport is not None:
                self._waits(parser, silent=False)

    def hold(self, handler: RequestHandler, parser: _Parser, data: bytes | None) -> None:
        """An event for which there is no place: it waits a moment for one, and is refused then.

        Whoever waits for an answer before they send the next event sends so many fewer. Of more than `MOST_HELD` the
        oldest are refused at once.
        """
        loop = asyncio.get_running_loop()
        parser.held = _Held(loop.time() + HELD_SECONDS, handler, parser, data)
        self._held.append(parser.held)
        if len(self._held) > MOST_HELD:
            self._refuse_oldest()
        if self._telling is None:
            self._telling = loop.call_later(HELD_SECONDS, self._refuse_late)

    @property
    def held(self) -> int:
        """How many events wait for a place."""
        return sum(held.parser.held is held for held in self._held)

    def let_in(self) -> None:
        """A place has become free: the newest comes in, which is the least late."""
        while self._held and not self.admission.is_full:
            held = self._held.pop()
            if held.parser.held is not held:
                continue
            if held.data is None or _open_transport(held.handler) is None:
                self.refuse(held)
                continue
            held.parser.held = None
            held.handler.data_received(held.data)

    def refuse(self, held: _Held) -> None:
        """Tell whoever sent an event to come back; the connection waits on, and nothing was asked on it."""
        held.parser.held, handler = None, held.handler
        if (transport := _open_transport(handler)) is not None:
            transport.write(self.admission.refusal())
            # Its time begins anew, and it is the last in line to be closed for others.
            if waiting := self._waiting.pop(handler, None):
                waiting.since = asyncio.get_running_loop().time()
                self._waiting[handler] = waiting

    def _refuse_oldest(self) -> None:
        held = self._held.popleft()
        if held.parser.held is held:
            self.refuse(held)

    def _refuse_late(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._held and self._held[0].until <= now:
            self._refuse_oldest()
        self._telling = loop.call_later(LOOK_AT_HELD_SECONDS, self._refuse_late) if self._held else None

    def stop(self) -> None:
        """Look after nobody any more."""
        for timer in (self._timer, self._telling):
            if timer is not None:
                timer.cancel()
        while self._held:
            self._refuse_oldest()

    def _waits(self, parser: _Parser, *, silent: bool) -> None:
        loop = asyncio.get_running_loop()
        self._waiting[parser.handler] = _Waiting(loop.time(), parser.address, silent)
        if len(self._waiting) > MOST_WAITING:
            self._make_room()
        if silent and self._timer is None:
            self._timer = loop.call_later(_LOOK_EVERY_SECONDS, self._look)

    def _make_room(self) -> None:
        counted = Counter(waiting.address for waiting in self._waiting.values())
        (most, _), *_ = counted.most_common(1)
        # In the order in which they began to wait.
        self._close(next(handler for handler, waiting in self._waiting.items() if waiting.address == most))

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        before = loop.time() - HEADERS_SECONDS
        silent = [(handler, waiting) for handler, waiting in self._waiting.items() if waiting.silent]
        late = [handler for handler, waiting in silent if waiting.since < before]
        for handler in late:
            self._close(handler)
        self._timer = loop.call_later(_LOOK_EVERY_SECONDS, self._look) if len(silent) > len(late) else None

    def _close(self, handler: RequestHandler) -> None:
        self._waiting.pop(handler, None)
        if handler.transport is not None:
            handler.transport.abort()


def _open_transport(handler: RequestHandler) -> asyncio.Transport | None:
    """None when its sender has hung up. The loop tells the handler a step later: what it is handed in between it would
    begin when it has nothing left to begin it with."""
    transport = handler.transport
    return None if transport is None or transport.is_closing() else transport


def _leave(handler: RequestHandler) -> None:
    if isinstance(parser := handler._parser, _Parser):
        parser.leave()
