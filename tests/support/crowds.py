"""More than a web process can do: updates of Telegram faster than it answers, and connections that only take room."""

import asyncio
import json
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = re.compile(rb"HTTP/1\.1 (\d+)[^\r]*\r\n(.*?)\r\n\r\n", re.DOTALL)
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
# Of one process that sends: beyond these the next update waits for an answer, as Telegram's do.
CONNECTIONS = 600
PATIENCE_SECONDS = 30.0


@dataclass(slots=True)
class Heard:
    """What the service answered: how often with what, how soon, and refusals that did not say when to come back."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    without_retry_after: int = 0
    # Ids of the updates that it took.
    accepted: set[int] = field(default_factory=set)

    @property
    def percentiles(self) -> tuple[float, float]:
        """p50 and p99, in seconds."""
        if len(self.seconds) < 2:
            return (sum(self.seconds), sum(self.seconds))
        cuts = statistics.quantiles(self.seconds, n=100, method="inclusive")
        return cuts[49], cuts[98]


class Crowd:
    """People on Telegram who all write at once to the web process at this port."""

    def __init__(self, port: int, secret: str, chats: Sequence[int]) -> None:
        self._port, self._secret, self._chats = port, secret, chats
        self._idle: list[_Connection] = []
        self._room = asyncio.Semaphore(CONNECTIONS)
        self._update_id = int(time.time()) * 1000

    async def writes(self, rate: float, seconds: float) -> Heard:
        """So many updates a second for so long, whether they are answered or not."""
        heard, tasks, began, sent = Heard(), set(), time.monotonic(), 0
        while (passed := time.monotonic() - began) < seconds:
            for _ in range(max(0, int(passed * rate) - sent)):
                await self._room.acquire()
                sent += 1
                task = asyncio.create_task(self._one(heard))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                if time.monotonic() - began >= seconds:
                    break
            await asyncio.sleep(0.002)
        await asyncio.gather(*tasks)
        return heard

    async def converses(self, at_once: int, seconds: float) -> Heard:
        """So many at once, each writing again as soon as they are answered."""
        heard, until = Heard(), time.monotonic() + seconds

        async def one_of_them() -> None:
            while time.monotonic() < until:
                await self._room.acquire()
                await self._one(heard)

        await asyncio.gather(*(one_of_them() for _ in range(at_once)))
        return heard

    def close(self) -> None:
        """Hang up."""
        for connection in self._idle:
            connection.hang_up()

    async def _one(self, heard: Heard) -> None:
        """One update, by somebody else each time. The place taken in `_room` is given back."""
        self._update_id += 1
        update_id, began = self._update_id, time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                status, head = await self._ask(self._request(update_id))
        except (TimeoutError, OSError):
            status, head = 0, b""
        finally:
            self._room.release()
        heard.statuses[status] += 1
        heard.seconds.append(time.monotonic() - began)
        if status == 200:
            heard.accepted.add(update_id)
        elif status == 503 and b"retry-after:" not in head.lower():
            heard.without_retry_after += 1

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        connection = next((self._idle.pop() for _ in range(len(self._idle)) if not self._idle[-1].closed), None)
        if connection is None:
            loop = asyncio.get_running_loop()
            _, connection = await loop.create_connection(_Connection, "127.0.0.1", self._port)
        try:
            return await connection.ask(request)
        finally:
            if not connection.closed:
                self._idle.append(connection)

    def _request(self, update_id: int) -> bytes:
        chat = self._chats[update_id % len(self._chats)]
        person = {"id": chat, "first_name": "Ana"}
        message = {
            "message_id": update_id % 10**9,
            "from": {**person, "is_bot": False, "language_code": "pt-br"},
            "chat": {**person, "type": "private"},
            "date": int(time.time()),
            "text": "AJUDA",
        }
        body = json.dumps({"update_id": update_id, "message": message}).encode()
        head = (
            f"POST /webhooks/telegram HTTP/1.1\r\nHost: balcao\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {self._secret}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


class _Connection(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self.closed = False
        self._buffer = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and the headers of the answer."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._answer
        except asyncio.CancelledError:
            self.hang_up()
            raise

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = _HEAD.match(self._buffer)
        if head is None or self._answer is None or self._answer.done():
            return
        length = _LENGTH.search(head[2])
        if len(self._buffer) - head.end() >= (int(length[1]) if length else 0):
            self._buffer = b""
            self._answer.set_result((int(head[1]), head[2]))

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError("hung up"))

    def hang_up(self) -> None:
        self.closed = True
        self._transport.abort()


@asynccontextmanager
async def hanging_on(port: int, many: int, first: bytes, then: bytes = b"", every: float = 1.0) -> AsyncIterator[None]:
    """So many connections that say `first`, and `then` again and again; who is hung up on does not come back."""
    writers: list[asyncio.StreamWriter] = []

    async def come() -> None:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writers.append(writer)
            writer.write(first)

    async def go_on() -> None:
        while then:
            await asyncio.sleep(every)
            for writer in writers:
                if not writer.is_closing():
                    writer.write(then)

    for begin in range(0, many, 200):
        await asyncio.gather(*(come() for _ in range(begin, min(many, begin + 200))))
    going_on = asyncio.create_task(go_on())
    try:
        yield
    finally:
        going_on.cancel()
        for writer in writers:
            writer.transport.abort()


def megabytes_of(pid: int) -> float:
    """What a process holds of memory now."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024


def cpu_seconds_of(pid: int) -> float:
    """What a process has used so far, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Watched:
    """The memory of a process while something is done to it, in MB."""

    before: float
    most: float


@asynccontextmanager
async def watching(pid: int) -> AsyncIterator[Watched]:
    """Looks ten times a second."""
    watched = Watched(megabytes_of(pid), megabytes_of(pid))

    async def look() -> None:
        while True:
            watched.most = max(watched.most, megabytes_of(pid))
            await asyncio.sleep(0.1)

    looking = asyncio.create_task(look())
    try:
        yield watched
    finally:
        looking.cancel()
