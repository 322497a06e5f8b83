"""Connections on which nobody asks anything: bounded, and closed when their headers do not come or cannot be read.

aiohttp waits for the first request of a connection as long as for the next one. Whoever opens connections and says
nothing would take every file descriptor that we have.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMethod, HttpProcessingError
from aiohttp.streams import EMPTY_PAYLOAD
from aiohttp.web_protocol import RequestHandler, _ErrInfo

from core.metrics import IGNORED
from webhooks.http.addresses import grouped

# From the connection to the end of its first request's headers.
HEADERS_SECONDS = 10.0
# Between two requests; longer than the 60 s of most proxies.
KEEPALIVE_SECONDS = 75.0
# A refused body is still read so long, and forgotten: a sender in the middle of one hears our answer.
LINGERING_SECONDS = 2.0
# Beyond these the one that waits longest goes, of the address that has most.
MOST_WAITING = 1024
_LOOK_EVERY_SECONDS = 1.0
UNREADABLE = "the head of the request cannot be read"


@dataclass(slots=True)
class _Waiting:
    since: float
    address: str
    # Nothing was ever asked on it.
    silent: bool


class _Parser:
    """aiohttp's own, but for heads that it cannot read: of those nothing is kept, answered or logged.

    Its error repeats what it could not read, up to 256 KB of it, in the answer and in the log.
    """

    def __init__(self, parser: Any) -> None:
        self._parser = parser

    def feed_data(self, data: bytes) -> Any:
        """As the parser does; what cannot be read is a request that is answered 400."""
        try:
            return self._parser.feed_data(data)
        except HttpProcessingError as error:
            IGNORED.labels("http", "unreadable").inc()
            refused = _ErrInfo(status=400, exc=BadHttpMethod(type(error).__name__), message=UNREADABLE)
            return [(refused, EMPTY_PAYLOAD)], False, b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)


class Connections:
    """Those of one server that wait for a request. `watch` it before it listens."""

    def __init__(self) -> None:
        self._waiting: dict[RequestHandler, _Waiting] = {}
        self._timer: asyncio.TimerHandle | None = None

    def watch(self, server: web.Server) -> None:
        """From now on every connection of this server is known."""
        made, lost = server.connection_made, server.connection_lost

        def connection_made(handler: RequestHandler, transport: asyncio.Transport) -> None:
            made(handler, transport)
            handler._parser = _Parser(handler._parser)  # type: ignore[assignment]
            self._waits(handler, silent=True)

        def connection_lost(handler: RequestHandler, exc: BaseException | None = None) -> None:
            self._waiting.pop(handler, None)
            lost(handler, exc)

        server.connection_made = connection_made  # type: ignore[method-assign]
        server.connection_lost = connection_lost  # type: ignore[method-assign]

    def asked(self, request: web.Request) -> None:
        """A request has come on its connection, which waits no more."""
        self._waiting.pop(request.protocol, None)

    def answered(self, request: web.Request) -> None:
        """Its answer is made: the connection waits for the next one."""
        if request.transport is not None:
            self._waits(request.protocol, silent=False)

    def stop(self) -> None:
        """Look after nobody any more."""
        if self._timer is not None:
            self._timer.cancel()

    def _waits(self, handler: RequestHandler, *, silent: bool) -> None:
        loop = asyncio.get_running_loop()
        peer = handler.peername
        address = grouped(peer[0]) if isinstance(peer, tuple) else "?"
        self._waiting[handler] = _Waiting(loop.time(), address, silent)
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
