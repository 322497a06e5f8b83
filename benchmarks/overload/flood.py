"""Writes to a web process as many people on Telegram at once, as cheaply as can be: a program of its own.

The load shares a CPU with PostgreSQL and Redis; what it costs is taken from them. Here that is some 15 µs an update.
`python -m benchmarks.overload.flood '{"port": …}'` prints one JSON object.
"""

import asyncio
import json
import select
import socket
import statistics
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from pathlib import Path

# Beyond these the next update waits for an answer, as Telegram's do.
CONNECTIONS = 600
PATIENCE_SECONDS = 30.0
_READ = 65_536


@dataclass(slots=True)
class Wanted:
    """`rate` updates a second, whether they are answered or not; or `at_once`, each going on as soon as answered."""

    port: int
    secret: str
    first_chat: int
    chats: int
    seconds: float
    # Ids of updates from here on, of thirteen digits.
    first_update: int
    rate: float = 0.0
    at_once: int = 0


@dataclass(slots=True)
class Came:
    """What was answered: how often with what, how soon, refusals without Retry-After, and what was accepted."""

    statuses: dict[int, int] = field(default_factory=dict)
    p50: float = 0.0
    p99: float = 0.0
    without_retry_after: int = 0
    accepted: list[int] = field(default_factory=list)
    took: float = 0.0
    cpu: float = 0.0


async def flood(wanted: Wanted) -> Came:
    """Run it beside us."""
    command = [sys.executable, __file__, json.dumps(asdict(wanted))]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    if process.returncode:
        raise SystemExit(f"{Path(__file__).name} ended with {process.returncode}")
    came = json.loads(said)
    return Came(**came | {"statuses": {int(status): many for status, many in came["statuses"].items()}})


class Writer:
    """One of us, with sockets that are asked one by one whether they have something."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._next = wanted.first_update
        self._requests = [_request(wanted, wanted.first_chat + number) for number in range(wanted.chats)]
        self._epoll = select.epoll()
        self._idle: deque[socket.socket] = deque()
        # By descriptor: the connection, its update, since when it waits, what has come of its answer.
        self._asked: dict[int, tuple[socket.socket, int, float, bytes]] = {}
        self._seconds: list[float] = []
        self.came = Came()

    def run(self) -> Came:
        """Until the time is over and all are answered."""
        began, sent = time.perf_counter(), 0
        end, most = began + self._wanted.seconds, self._wanted.at_once or CONNECTIONS
        while (now := time.perf_counter()) < end:
            due = int((now - began) * self._wanted.rate) - sent if self._wanted.rate else most
            for _ in range(min(due, most - len(self._asked))):
                self._ask()
                sent += 1
            self._listen(0.001 if self._wanted.rate else 0.05)
        self.came.took = time.perf_counter() - began
        while self._asked and time.perf_counter() < end + PATIENCE_SECONDS:
            self._listen(0.05)
        if self._asked:
            self.came.statuses[0] = self.came.statuses.get(0, 0) + len(self._asked)
        if len(self._seconds) > 1:
            cuts = statistics.quantiles(self._seconds, n=100, method="inclusive")
            self.came.p50, self.came.p99 = cuts[49], cuts[98]
        self.came.cpu = time.process_time()
        return self.came

    def _ask(self) -> None:
        update, self._next = self._next, self._next + 1
        before, between, after = self._requests[update % len(self._requests)]
        number = b"%d" % update
        connection = self._idle.popleft() if self._idle else self._connect()
        self._asked[connection.fileno()] = connection, update, time.perf_counter(), b""
        try:
            connection.send(b"%s%s%s1%s%s" % (before, number, between, number[-8:], after))
        except OSError:
            self._ends(connection.fileno(), 0, keep=False)

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self._wanted.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
        self._epoll.register(connection.fileno(), select.EPOLLIN)
        return connection

    def _listen(self, seconds: float) -> None:
        for descriptor, _ in self._epoll.poll(seconds):
            if descriptor in self._asked:
                self._read(descriptor)
            else:
                self._forget_idle(descriptor)

    def _read(self, descriptor: int) -> None:
        connection, update, since, before = self._asked[descriptor]
        try:
            data = connection.recv(_READ)
        except OSError:
            data = b""
        if not data:
            self._ends(descriptor, 0, keep=False)
            return
        answer = before + data
        if not _is_whole(answer):
            self._asked[descriptor] = connection, update, since, answer
            return
        status = int(answer[9:12])
        if status == 200:
            self.came.accepted.append(update)
        elif status == 503 and b"retry-after:" not in answer.lower():
            self.came.without_retry_after += 1
        self._ends(descriptor, status, keep=b"\r\nconnection: close" not in answer.lower())

    def _ends(self, descriptor: int, status: int, *, keep: bool) -> None:
        connection, _, since, _ = self._asked.pop(descriptor)
        self.came.statuses[status] = self.came.statuses.get(status, 0) + 1
        self._seconds.append(time.perf_counter() - since)
        if keep:
            self._idle.append(connection)
        else:
            connection.close()

    def _forget_idle(self, descriptor: int) -> None:
        """Hung up on while nothing was asked."""
        for connection in [one for one in self._idle if one.fileno() == descriptor]:
            self._idle.remove(connection)
            connection.close()


def _is_whole(answer: bytes) -> bool:
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = answer[:end].lower()
    at = head.find(b"content-length:")
    return at < 0 or len(answer) - end - 4 >= int(head[at + 15 :].split(b"\r\n", 1)[0])


def _request(wanted: Wanted, chat: int) -> tuple[bytes, bytes, bytes]:
    """A message of this chat, cut where the update's number stands, and the last eight digits of the message's."""
    person = {"id": chat, "first_name": "Ana"}
    message = {
        "message_id": "@",
        "from": {**person, "is_bot": False, "language_code": "pt-br"},
        "chat": {**person, "type": "private"},
        "date": int(time.time()),
        "text": "AJUDA",
    }
    before, between, after = json.dumps({"update_id": "@", "message": message}).encode().split(b'"@"')
    length = len(before) + 13 + len(between) + 9 + len(after)
    head = (
        f"POST /webhooks/telegram HTTP/1.1\r\nHost: balcao\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {wanted.secret}\r\nContent-Length: {length}\r\n\r\n"
    )
    return head.encode() + before, between, after


if __name__ == "__main__":
    print(json.dumps(asdict(Writer(Wanted(**json.loads(sys.argv[1]))).run())))
