"""Sends Telegram updates to a bot's webhook and waits for the replies, as Telegram and the people on it would."""

import asyncio
import json
import random
import time
from collections import deque
from dataclasses import dataclass, field

from benchmarks.support.connection import Connection, connect
from benchmarks.support.standin import TelegramStandIn

WEBHOOK_PATH = "/webhooks/telegram"
SECRET = "segredo-do-webhook"
# What is typed, and what its reply has to hold: a reply out of turn is not counted.
STEPS = (("VENDER", b"Posso"), ("NAO", b"nada"))
FIRST_CHAT = 700_000_000
_PATIENCE = 10.0
# Telegram goes on for a day; here for some five minutes.
_TRIES, _LONGEST_PAUSE = 100, 3.0


@dataclass(slots=True)
class Chat:
    """One person, somewhere in a conversation of two messages."""

    id: int
    step: int = 0


@dataclass(slots=True)
class Measured:
    """Seconds from an update's sending to its 200, and to its reply's arrival; and what went wrong."""

    answered: list[float] = field(default_factory=list)
    replied: list[float] = field(default_factory=list)
    failed: int = 0

    def add(self, more: "Measured") -> None:
        """What another round measured."""
        self.answered += more.answered
        self.replied += more.replied
        self.failed += more.failed


class Load:
    """Drives one bot. Each chat has at most one update under way, so a reply belongs to the update before it."""

    def __init__(self, telegram: TelegramStandIn, port: int, chats: int, first_update: int = 0) -> None:
        """`first_update`: where its ids begin, for who drives one bot with several of these."""
        self._telegram = telegram
        self._port = port
        self._idle = deque(Chat(FIRST_CHAT + number) for number in range(chats))
        self._connections: list[Connection] = []
        self._waiting: dict[int, tuple[bytes, asyncio.Future[float]]] = {}
        self._update_id = first_update or int(time.time()) * 1000

    async def deliver(self, chat_id: int, text: str) -> int:
        """A message of this chat, again until it is taken, as Telegram does; how often it was not. -1: never."""
        update = self._webhook(chat_id, text)
        for refused in range(_TRIES):
            try:
                async with asyncio.timeout(_PATIENCE):
                    if await self._post(update) == 200:
                        return refused
            except (TimeoutError, OSError):
                pass
            await asyncio.sleep(min(0.2 * (refused + 1), _LONGEST_PAUSE))
        return -1

    async def closed_loop(self, conversations: int, seconds: float) -> tuple[Measured, float]:
        """So many conversations at once, each going on as soon as it is answered; (what came of it, seconds)."""
        measured = Measured()
        self._telegram.arrived = self._reply_arrived
        started = time.perf_counter()
        await asyncio.gather(*(self._converse(measured, started + seconds) for _ in range(conversations)))
        return measured, time.perf_counter() - started

    async def open_loop(self, rate: float, seconds: float, seed: int = 1) -> Measured:
        """Updates at random moments, `rate` a second on average, whether the bot keeps up or not."""
        measured, tasks, chance = Measured(), [], random.Random(seed)
        self._telegram.arrived = self._reply_arrived
        due = time.perf_counter()
        end = due + seconds
        while due < end:
            await asyncio.sleep(due - time.perf_counter())
            tasks.append(asyncio.create_task(self._update(measured)))
            due += chance.expovariate(rate)
        await asyncio.gather(*tasks)
        return measured

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    async def _converse(self, measured: Measured, until: float) -> None:
        while time.perf_counter() < until:
            await self._update(measured)

    async def _update(self, measured: Measured) -> None:
        chat = self._idle.popleft()
        typed, arrival = self._types(chat)
        started = time.perf_counter()
        try:
            async with asyncio.timeout(_PATIENCE):
                status = await self._post(self._webhook(chat.id, typed))
                answered = time.perf_counter()
                replied = await arrival
        except (TimeoutError, ConnectionError):
            status = 0
        if status == 200:
            measured.answered.append(answered - started)
            measured.replied.append(replied - started)
            chat.step = (chat.step + 1) % len(STEPS)
        else:
            measured.failed += 1
        # Last in the line: every chat has its turn before this one comes again.
        self._idle.append(chat)

    def _types(self, chat: Chat) -> tuple[str, asyncio.Future[float]]:
        """What this chat writes now, and the moment of its reply's arrival."""
        typed, expected = STEPS[chat.step]
        arrival: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[chat.id] = expected, arrival
        return typed, arrival

    def _reply_arrived(self, chat_id: int, body: bytes) -> None:
        expected, arrival = self._waiting.get(chat_id, (b"", None))
        if arrival is not None and not arrival.done() and expected in body:
            arrival.set_result(time.perf_counter())

    async def _post(self, body: bytes) -> int:
        connection = await self._connection()
        try:
            status = await connection.ask(body)
        except BaseException:
            # The answer that nobody waits for any more would be taken for that of the next update.
            connection.close()
            raise
        self._connections.append(connection)
        return status

    async def _connection(self) -> Connection:
        while self._connections:
            connection = self._connections.pop()
            if not connection.closed:
                return connection
        return await connect(self._port)

    def _webhook(self, chat_id: int, text: str) -> bytes:
        self._update_id += 1
        person = {"id": chat_id, "first_name": "Ana", "last_name": "Souza", "username": f"ana{chat_id}"}
        message = {
            "message_id": self._update_id % 1_000_000_000,
            "from": {**person, "is_bot": False, "language_code": "pt-br"},
            "chat": {**person, "type": "private"},
            "date": int(time.time()),
            "text": text,
        }
        body = json.dumps({"update_id": self._update_id, "message": message}).encode()
        head = (
            f"POST {WEBHOOK_PATH} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body
