"""One connection to an HTTP server that stays, one request at a time on it, as cheap as can be."""

import asyncio

from benchmarks.support.standin import HttpMessages


class Connection(asyncio.Protocol):
    """`closed`: nothing more can be asked on it."""

    closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._messages = HttpMessages()
        self._answer: asyncio.Future[int] | None = None

    async def ask(self, request: bytes) -> int:
        """The status of the answer."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)  # type: ignore[attr-defined]  # a TCP transport
        return await self._answer

    def data_received(self, data: bytes) -> None:
        for head, _ in self._messages.feed(data):
            if self._answer is not None and not self._answer.done():
                self._answer.set_result(int(head.split(b" ", 2)[1]))

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server closed the connection"))

    def close(self) -> None:
        self._transport.close()


async def connect(port: int) -> Connection:
    """To this machine."""
    return (await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port))[1]
