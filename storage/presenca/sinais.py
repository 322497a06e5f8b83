"""Signs of life in Redis: heartbeats of apps, and what attendants say in chat. One sorted set each, by time.

A heartbeat is one write to memory, never a row. Times are the service's own, as in every row they are compared with;
they never go back. All sets share the hash tag `{presenca}`, so that one call may touch them on a Redis Cluster, and
the limit of whoever gives a heartbeat (storage/rate.py).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import RedisError

from storage.rate import LATE, RATE_PREFIX, waits_of

# What a call to Redis raises when Redis is not there for it.
UNAVAILABLE = (RedisError, OSError)


class Kind(StrEnum):
    """Where a sign of life came from: the sorted set it is in."""

    HEARTBEAT = "{presenca}:heartbeats"
    CHAT = "{presenca}:chat"
    SOCKET = "{presenca}:sockets"


# Keys that never expire: whoever stays silent is taken out by the clock, and an empty set is no key.
PERMANENT_KEYS = frozenset(str(kind) for kind in Kind)

# Three pings of 30 seconds: a web process that was killed leaves its sockets behind for so long.
SOCKET_LIFE = timedelta(seconds=90)

_LUA = Path(__file__).parents[1] / "lua"
_BEAT = LATE + (_LUA / "presence_beat.lua").read_text()
_DROP = (_LUA / "presence_drop.lua").read_text()
# As they are asked for, and told.
_KINDS = (Kind.HEARTBEAT, Kind.CHAT, Kind.SOCKET)


@dataclass(frozen=True, slots=True)
class Signs:
    """One person's last signs of life; None for a kind they gave none of for long."""

    heartbeat: datetime | None = None
    chat: datetime | None = None
    websocket_connected: bool = False


@dataclass(slots=True)
class Beating:
    """Who gives a sign of life by a request. `counts_as`: whose limit it is counted for; None: it has been."""

    usuario_id: UUID
    counts_as: str | None


async def note_signs(redis: Redis, kind: Kind, usuario_ids: Collection[UUID], now: datetime) -> list[UUID]:
    """These people gave a sign of life; of whom we had none of that kind. It is one call to Redis."""
    async with redis.pipeline(transaction=False) as calls:
        for usuario_id in usuario_ids:
            calls.zadd(kind, {usuario_id.hex: now.timestamp()}, gt=True)
        added = await calls.execute()
    return [usuario_id for usuario_id, one in zip(usuario_ids, added, strict=True) if one]


async def note_heartbeats(
    redis: Redis, beating: Sequence[Beating], now: datetime, per_minute: int
) -> list[tuple[bool, Signs] | float]:
    """As `note_signs`, and the last signs of life; all of it is one call to Redis.

    Whoever asks more often than `per_minute` gives no sign of life: for them, how many seconds they have to wait.
    """
    moment = now.timestamp()
    limits = {one.usuario_id: one.counts_as for one in beating if one.counts_as is not None}
    asking = Counter(one.usuario_id for one in beating if one.counts_as is not None)
    people = [*limits, *(one.usuario_id for one in beating if one.counts_as is None)]
    # At once for other processes too: of two heartbeats that come at the same time, one is the first.
    late, *said = await redis.register_script(_BEAT)(
        keys=[*_KINDS, *(RATE_PREFIX + name for name in limits.values())],
        args=[moment, per_minute, *(asking[one] for one in limits), *(one.hex for one in people)],
    )
    refused = {place for place, go_on, _ in late if not go_on}
    noted = [one for place, one in enumerate(people, 1) if place not in refused]
    scores = [[float(score) if score else None for score in of_a_kind.split(b",")] for of_a_kind in said]
    before, *others = scores or ([], [], [])
    signs = _signs(noted, [[max(score or moment, moment) for score in before], *others], now)
    without = {one for one, score in zip(noted, before, strict=True) if score is None}
    waits = waits_of(list(limits), late)
    answers: list[tuple[bool, Signs] | float] = []
    for one in beating:
        wait = 0.0 if one.counts_as is None else next(waits[one.usuario_id])
        answers.append(wait or (one.usuario_id in without, signs[one.usuario_id]))
        if not wait:
            without.discard(one.usuario_id)
    return answers


async def forget_sign(redis: Redis, kind: Kind, usuario_id: UUID) -> None:
    """As if this person had given none."""
    await redis.zrem(kind, usuario_id.hex)


async def watch(redis: Redis, kind: Kind, since: Mapping[UUID, datetime]) -> None:
    """Count the silence of these people, each from a moment on; whose signs we know, from the last of them."""
    if since:
        times = {usuario_id.hex: moment.timestamp() for usuario_id, moment in since.items()}
        await redis.zadd(kind, times, nx=True)


async def silent_since(redis: Redis, kind: Kind, before: datetime, limit: int) -> list[UUID]:
    """Those whose last sign is older, the oldest first. Nobody else is read."""
    found = await redis.zrange(kind, "-inf", f"({before.timestamp()!r}", byscore=True, offset=0, num=limit)
    return [_usuario_id(raw) for raw in found]


async def drop_silent(redis: Redis, kind: Kind, usuario_ids: Iterable[UUID], before: datetime) -> dict[UUID, datetime]:
    """Forget those of these who are silent still; when each gave their last sign."""
    hexes = [usuario_id.hex for usuario_id in usuario_ids]
    answer: Any = await redis.eval(_DROP, 1, kind, before.timestamp(), *hexes)
    pairs = zip(answer[::2], answer[1::2], strict=True)
    return {_usuario_id(raw): datetime.fromtimestamp(float(score), UTC) for raw, score in pairs}


async def read_signs(redis: Redis, usuario_ids: Sequence[UUID], now: datetime) -> dict[UUID, Signs]:
    """The last signs of life of each of these people, in one round trip."""
    if not usuario_ids:
        return {}
    # Left by itself: whoever is cut off in the middle of it would keep its connection.
    async with redis.pipeline(transaction=False) as pipe:
        _ask_for_signs(pipe, usuario_ids)
        return _signs(usuario_ids, await pipe.execute(), now)


def _ask_for_signs(pipe: Pipeline, usuario_ids: Sequence[UUID]) -> None:
    hexes = [usuario_id.hex for usuario_id in usuario_ids]
    for kind in _KINDS:
        pipe.zmscore(kind, hexes)


def _signs(usuario_ids: Sequence[UUID], scores: Iterable[Sequence[Any]], now: datetime) -> dict[UUID, Signs]:
    signs = {}
    for usuario_id, times in zip(usuario_ids, zip(*scores, strict=True), strict=True):
        heartbeat, chat, socket = map(_moment, times)
        signs[usuario_id] = Signs(heartbeat, chat, socket is not None and now - socket <= SOCKET_LIFE)
    return signs


async def sockets_alive(redis: Redis, usuario_ids: Iterable[UUID], now: datetime) -> None:
    """These people have a WebSocket open. Said when it opens, and for all of a process together every 30 seconds."""
    if times := {usuario_id.hex: now.timestamp() for usuario_id in usuario_ids}:
        await redis.zadd(Kind.SOCKET, times, gt=True)


async def sockets_closed(redis: Redis, usuario_id: UUID) -> None:
    """This person's last WebSocket in this process closed. Another process that has one says so within 30 seconds."""
    await redis.zrem(Kind.SOCKET, usuario_id.hex)


async def forget_sockets(redis: Redis, now: datetime) -> None:
    """Nobody says any more that these are open."""
    await redis.zremrangebyscore(Kind.SOCKET, "-inf", f"({(now - SOCKET_LIFE).timestamp()!r}")


def _usuario_id(raw: Any) -> UUID:
    return UUID(raw.decode() if isinstance(raw, bytes) else raw)


def _moment(score: float | None) -> datetime | None:
    return None if score is None else datetime.fromtimestamp(score, UTC)
