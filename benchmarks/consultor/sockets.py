"""A thousand WebSockets that only listen, as cheap as can be: every text frame that comes is counted."""

import asyncio
import base64
import os
from collections.abc import Sequence

_PATIENCE = 60.0
# Opcodes (RFC 6455, 5.2).
_TEXT, _PING, _PONG = 1, 9, 10


class Listener(asyncio.Protocol):
    """One WebSocket (RFC 6455); a server's frames are not masked."""

    def __init__(self, crowd: "Listeners", path: str) -> None:
        self._crowd, self._path, self._buffer, self._open = crowd, path, b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(  # type: ignore[attr-defined]  # a TCP transport
            f"GET {self._path} HTTP/1.1\r\nHost: b\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._open:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head:
                raise SystemExit(f"no WebSocket: {head.decode(errors='replace')}")
            self._open, self._buffer = True, rest
            self._crowd.opened()
        while (frame := self._frame()) is not None:
            opcode, payload = frame
            if opcode == _TEXT:
                self._crowd.heard()
            elif opcode == _PING:
                # Whoever does not answer is let go. A client's frames are masked, here with nought.
                pong = bytes([0x80 | _PONG, 0x80 | len(payload), 0, 0, 0, 0])
                self.transport.write(pong + payload)  # type: ignore[attr-defined]

    def connection_lost(self, error: Exception | None) -> None:
        self._crowd.lost()

    def _frame(self) -> tuple[int, bytes] | None:
        """Take one frame off the buffer: its opcode and what it holds."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1] & 127, 2
        if length == 126:
            length, start = int.from_bytes(buffer[2:4], "big"), 4
        if len(buffer) < start + length:
            return None
        self._buffer = buffer[start + length :]
        return buffer[0] & 15, buffer[start : start + length]


class Listeners:
    """Many of them; `until` waits for so many frames since `expect`."""

    def __init__(self) -> None:
        self._all: list[Listener] = []
        self._open = self._heard = 0
        self._wanted: tuple[int, asyncio.Future[None]] | None = None

    async def connect(self, port: int, paths: Sequence[str]) -> None:
        """One for each path, all of them open."""
        loop = asyncio.get_running_loop()
        for path in paths:
            _, listener = await loop.create_connection(lambda path=path: Listener(self, path), "127.0.0.1", port)  # type: ignore[misc]
            self._all.append(listener)
        async with asyncio.timeout(_PATIENCE):
            while self._open < len(self._all):  # noqa: ASYNC110 - it is measured afterwards
                await asyncio.sleep(0.01)

    def expect(self, frames: int) -> "asyncio.Future[None]":
        """Done when so many more have come."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wanted = self._heard + frames, future
        return future

    def opened(self) -> None:
        self._open += 1

    def heard(self) -> None:
        self._heard += 1
        if self._wanted and self._heard >= self._wanted[0] and not self._wanted[1].done():
            self._wanted[1].set_result(None)

    def lost(self) -> None:
        """One was let go: what is waited for will not come."""
        if self._wanted and not self._wanted[1].done():
            self._wanted[1].set_exception(ConnectionError("the server closed a WebSocket"))

    def close(self) -> None:
        self._wanted = None
        for one in self._all:
            one.transport.close()
