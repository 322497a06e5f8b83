"""One reader of live events: what it may see, what waits to be sent to it, and why it is let go."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from storage.live import Entry, Position, format_position

VERSION = "v1"


class Ending(Enum):
    """Why a reader is let go: the WebSocket close code (RFC 6455, 7.4; those from 4000 on are ours), and a reason."""

    GOING_AWAY = (1001, "shutting down")
    SLOW = (1013, "too slow: resume with the last id")
    UNSURE = (1013, "try again later")
    NOT_ALLOWED = (4401, "the token has expired, or its owner is not active")


@dataclass(frozen=True, slots=True)
class Message:
    """One event as readers get it, in the envelope of the contract, section 4."""

    position: Position
    event: str
    text: str

    @classmethod
    def of(cls, position: Position, event: str, data: dict[str, Any]) -> "Message":
        envelope = {"event": event, "data": data, "version": VERSION, "id": format_position(position)}
        return cls(position, event, json.dumps(envelope))


class Reader:
    """One connection. Made by `Hub.join`, which offers it what it may see."""

    def __init__(self, usuario_id: UUID, perfil: str, expires: float, after: Position, room: int) -> None:
        """`expires`: when its token does, in seconds since 1970. `after`: what comes up to there it knows already."""
        self.usuario_id = usuario_id
        self.perfil = perfil
        self.expires = expires
        self.after = after
        self.missed: AsyncIterator[Message] | None = None
        self.ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self._queue: asyncio.Queue[Message] = asyncio.Queue(room)

    def may_see(self, entry: Entry) -> bool:
        return self.perfil in entry.perfis or self.usuario_id in entry.usuario_ids

    def offer(self, message: Message) -> None:
        """Put a message into its queue. Nobody waits for a reader without room: it is let go."""
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self.end(Ending.SLOW)

    def end(self, ending: Ending) -> None:
        """Let it go; the first reason counts."""
        if not self.ended.done():
            self.ended.set_result(ending)

    async def messages(self) -> AsyncIterator[Message]:
        """First what it missed, then what comes, without end. Raises what redis-py raises."""
        if self.missed is not None:
            async for message in self.missed:
                yield message
            self.missed = None
        while True:
            yield await self._queue.get()
