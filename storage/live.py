"""The bus of live events: one Redis stream, trimmed, which every web process reads from its own place.

What an event says is sealed like any other secret of ours: some name customers and their phones, and Redis holds
none of these in clear. Who may see it stands beside it, so that only what is shown has to be opened.
"""

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from redis.asyncio import Redis

from storage.secrets import SecretBox

# Both keys of the script share the hash tag, so that it may touch them together on a Redis Cluster.
STREAM_KEY = "{live}:events"
MARK_PREFIX = "{live}:mark:"
# Keys that never expire; this one is trimmed instead.
PERMANENT_KEYS = frozenset({STREAM_KEY})

# About 20 MB. Whoever was away for longer than this many events reads the state again.
LENGTH = 50_000
# Longer than the outbox ever waits before it makes a call again.
MARK_SECONDS = 900

_ADD = (Path(__file__).with_name("lua") / "live_add.lua").read_text()
_ID = re.compile(r"([0-9]{1,20})(?:-([0-9]{1,20}))?")
_ID_LIMIT = 2**64

log = structlog.get_logger()

# An entry's id, as the two numbers by which Redis orders them: milliseconds of its clock, and a count within one.
Position = tuple[int, int]
START: Position = (0, 0)
# No event will ever have this one.
NOWHERE: Position = (_ID_LIMIT - 1, _ID_LIMIT - 1)


def parse_position(text: str) -> Position:
    """`1760216400000-0`, or the milliseconds alone. ValueError for anything else."""
    match = _ID.fullmatch(text)
    if match is None:
        raise ValueError("not an event's id")
    position = (int(match[1]), int(match[2] or 0))
    if max(position) >= _ID_LIMIT:
        raise ValueError("not an event's id")
    return position


def format_position(position: Position) -> str:
    return f"{position[0]}-{position[1]}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event on the bus, as it lies there; `LiveBus.open` tells its data."""

    position: Position
    event: str
    perfis: frozenset[str]
    usuario_ids: frozenset[UUID]
    chave: str
    sealed: str


class LiveBus:
    """One connection pool of its own: a reader that waits for news takes no connection from anybody else."""

    def __init__(self, redis: Redis, secrets: SecretBox, length: int = LENGTH) -> None:
        self._redis = redis
        self._secrets = secrets
        self._length = length

    async def close(self) -> None:
        await self._redis.aclose()

    async def add(
        self, chave: str, event: str, data: dict[str, Any], perfis: Sequence[str], usuario_ids: Sequence[str]
    ) -> str | None:
        """Put one event on the bus; its id, or None when it has been put there before.

        `chave` is the event's own: putting it there again changes nothing. Raises what redis-py raises.
        """
        sealed = self._secrets.seal(json.dumps(data), "live", chave)
        fields = {
            "chave": chave,
            "event": event,
            "perfis": " ".join(perfis),
            "usuarios": " ".join(usuario_ids),
            "data": sealed,
        }
        words = itertools.chain.from_iterable(fields.items())
        keys = (STREAM_KEY, f"{MARK_PREFIX}{chave}")
        # EVAL, not EVALSHA: a Redis that has just started again knows no script.
        added = await self._redis.eval(_ADD, len(keys), *keys, self._length, MARK_SECONDS, *words)
        return None if added is None else _text(added)

    async def wait_after(self, position: Position, *, seconds: float, limit: int) -> list[Entry]:
        """What comes after this place, as soon as there is something; nothing when it stays quiet for so long."""
        block = max(1, int(seconds * 1000))
        answer = await self._redis.xread({STREAM_KEY: format_position(position)}, count=limit, block=block)
        streams = answer.items() if isinstance(answer, dict) else answer or ()
        return [_entry(*item) for _, raw in streams for item in raw]

    async def between(self, after: Position, until: Position, limit: int) -> list[Entry]:
        """The oldest entries of that stretch, its beginning left out and its end included."""
        raw = await self._redis.xrange(STREAM_KEY, f"({format_position(after)}", format_position(until), count=limit)
        return [_entry(*item) for item in raw or ()]

    async def newest(self, limit: int) -> list[Entry]:
        """The last entries, oldest first."""
        raw = await self._redis.xrevrange(STREAM_KEY, count=limit)
        return [_entry(*item) for item in reversed(raw or ())]

    async def keeps(self, position: Position) -> bool:
        """Whether the entry at this place is still there: then nothing that came after it is lost."""
        place = format_position(position)
        return bool(await self._redis.xrange(STREAM_KEY, place, place, count=1))

    def open(self, entry: Entry) -> dict[str, Any]:
        """What the event says. Raises `SecretUnreadable`."""
        data = json.loads(self._secrets.open(entry.sealed, "live", entry.chave))
        assert isinstance(data, dict)
        return data


def _entry(raw_id: Any, raw: Any) -> Entry:
    position = parse_position(_text(raw_id))
    fields = {_text(name): _text(value) for name, value in (raw or {}).items()}
    try:
        return Entry(
            position,
            fields["event"],
            frozenset(fields["perfis"].split()),
            frozenset(map(UUID, fields["usuarios"].split())),
            fields["chave"],
            fields["data"],
        )
    except (KeyError, ValueError) as error:
        # Somebody else's writing, or a later release's. It has a place, which readers must get past, but no audience.
        log.warning("live_entry_not_understood", error=type(error).__name__)
        return Entry(position, "", frozenset(), frozenset(), "", "")


def _text(raw: Any) -> str:
    return raw.decode() if isinstance(raw, bytes) else str(raw)
