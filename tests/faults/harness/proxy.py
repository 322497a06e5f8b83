"""A line between two neighbours that can be cut, slowed down, filled with silence, or answered by nobody."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

Dial = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]
_FULL = b"HTTP/1.1 507 Insufficient Storage\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Weather(StrEnum):
    """What a line does."""

    CLEAR = "clear"
    CUT = "cut"
    SLOW = "slow"
    SILENT = "silent"
    FULL = "full"


def to_port(port: int) -> Dial:
    return lambda: asyncio.open_connection("127.0.0.1", port)


def to_socket(path: str) -> Dial:
    return lambda: asyncio.open_unix_connection(path)


class Line:
    """Listens, and passes on to the first of its ends (in an order by chance) that answers."""

    def __init__(self, ends: Sequence[Dial], chance: random.Random) -> None:
        self._ends = ends
        self._chance = chance
        self._weather = Weather.CLEAR
        self._changed = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self, path: Path | None = None) -> None:
        """On a free port, or on a unix socket."""
        if path is not None:
            self._server = await asyncio.start_unix_server(self._take, str(path))
            return
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        self.turn(Weather.CUT)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def turn(self, weather: Weather) -> None:
        """From now on; whoever talks while it is cut, or full, hears no more."""
        self._weather = weather
        before, self._changed = self._changed, asyncio.Event()
        before.set()
        if weather in (Weather.CUT, Weather.FULL):
            for writer in self._writers:
                writer.transport.abort()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            # A stream whose handler ends cancelled says so aloud; nobody waits for it here.
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._talk(reader, writer)
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._weather is Weather.CUT:
            return
        if self._weather is Weather.FULL:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_FULL)
            await writer.drain()
            return
        there_reader, there_writer = await self._dial()
        self._writers.add(there_writer)
        try:
            await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
        finally:
            self._writers.discard(there_writer)
            there_writer.close()

    async def _dial(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        ends = list(self._ends)
        self._chance.shuffle(ends)
        for dial in ends:
            with suppress(OSError):
                return await dial()
        raise ConnectionRefusedError("nobody answers")

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self._weathered()
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _weathered(self) -> None:
        if self._weather is Weather.SLOW:
            await asyncio.sleep(self._chance.uniform(0.02, 0.4))
        while self._weather is Weather.SILENT:
            await self._changed.wait()
