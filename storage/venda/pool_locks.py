"""The locks of the BackOffice logins in Redis: one Lua script for each atomic step, wrapped with types.

A lock is a hash of `epoch` (the lease that holds it) and `since` (Redis's own seconds); it always expires.
All keys share the hash tag `{pool-bo}`, so that one script may touch them together on a Redis Cluster.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import (
    ClusterDownError,
    ConnectionError,  # noqa: A004  redis-py's own, not the builtin
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    ResponseError,
    TimeoutError,  # noqa: A004
    TryAgainError,
)

EPOCH_KEY = "{pool-bo}:epoch"
LOCK_PREFIX = "{pool-bo}:lock:"
# Keys that never expire.
PERMANENT_KEYS = frozenset({EPOCH_KEY})

_LUA = Path(__file__).parents[1] / "lua"
_TAKE, _HOLD, _DROP, _DROP_ORPHANS = (
    (_LUA / f"pool_{name}.lua").read_text() for name in ("take", "hold", "drop", "drop_orphans")
)

# Gone, silent, loading, full, or not allowed to write at the moment. Any other error is a mistake of ours.
_AWAY = (
    ConnectionError,
    TimeoutError,
    OutOfMemoryError,
    ReadOnlyError,
    ClusterDownError,
    RedisClusterException,
    TryAgainError,
)
# The same where redis-py has no class for the answer: disk full, too few replicas, a script that hangs.
_AWAY_CODES = ("MISCONF", "NOREPLICAS", "BUSY")


class PoolUnavailable(Exception):
    """Redis is gone, full or read-only: nobody is given a login until it is back."""


async def take(
    redis: Redis, logins: Sequence[UUID], asked: Sequence[tuple[int, float]], *, ttl: timedelta, above: int
) -> list[tuple[UUID, int] | None]:
    """Lock one of these logins that has no lock for each who asked: (the login, its epoch), one after the other.

    Asked is (how many to leave, a chance in [0, 1) to draw with): None when no more than those to leave are free.
    Each epoch is higher than `above` and than any counted before. Raises PoolUnavailable.
    """
    keys = [EPOCH_KEY, *(_lock(login) for login in logins)]
    answers = await _run(redis, _TAKE, keys, [_milliseconds(ttl), above, *chain.from_iterable(asked)])
    taken = [(int(place), int(epoch)) for place, epoch in zip(answers[::2], answers[1::2], strict=True)]
    return [None if place < 0 else (logins[place], epoch) for place, epoch in taken]


async def hold(redis: Redis, login: UUID, epoch: int, ttl: timedelta) -> bool:
    """Let this lease's lock live for `ttl` from now, built anew if lost; False when a newer lease has it.

    Raises PoolUnavailable.
    """
    return bool(await _run(redis, _HOLD, [_lock(login)], [epoch, _milliseconds(ttl)]))


async def drop(redis: Redis, leases: Sequence[tuple[UUID, int]]) -> int:
    """Remove the locks of these leases, (login, epoch): how many still had theirs. Raises PoolUnavailable."""
    return int(await _run(redis, _DROP, [_lock(login) for login, _ in leases], [epoch for _, epoch in leases]))


async def drop_orphans(redis: Redis, logins: Sequence[UUID], older_than: timedelta) -> int:
    """Remove the locks of these logins that are at least that old: how many. Raises PoolUnavailable."""
    if not logins:
        return 0
    keys = [_lock(login) for login in logins]
    return int(await _run(redis, _DROP_ORPHANS, keys, [older_than.total_seconds()]))


async def _run(redis: Redis, script: str, keys: list[str], args: list[Any]) -> Any:
    try:
        # EVAL, not EVALSHA: a Redis that has just started again knows no script.
        return await redis.eval(script, len(keys), *keys, *args)
    except _AWAY as error:
        raise PoolUnavailable(str(error)) from error
    except ResponseError as error:
        if str(error).startswith(_AWAY_CODES):
            raise PoolUnavailable(str(error)) from error
        raise


def _lock(login: UUID) -> str:
    return f"{LOCK_PREFIX}{login}"


def _milliseconds(ttl: timedelta) -> int:
    return max(1, ttl // timedelta(milliseconds=1))
