"""How often somebody may ask, counted in Redis for all processes together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import chain, repeat
from typing import TypeVar

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

_LUA = files("storage") / "lua"
# What a script that counts begins with.
LATE = (_LUA / "rate_late.lua").read_text()
_SCRIPT = LATE + (_LUA / "rate.lua").read_text()
# All keys share the hash tag, so that one script may touch those of everybody who asks at once on a Redis Cluster: that
# of presence, because a heartbeat is counted and noted by one (storage/presenca/sinais.py).
RATE_PREFIX = "{presenca}:rate:"

K = TypeVar("K")
log = structlog.get_logger()


class Rate:
    """Requests a minute, spread evenly, a minute's worth at once (GCRA)."""

    def __init__(self, redis: Redis, per_minute: int) -> None:
        self._script = redis.register_script(_SCRIPT)
        self._per_minute = per_minute

    async def waits_for(self, keys: Sequence[str]) -> list[float]:
        """Count one request for each of these keys; seconds that each has to wait, 0 when it may go on.

        The same key may stand there many times. All of it is one call to Redis. Without Redis nobody waits.
        """
        counts = Counter(keys)
        try:
            names = [f"{RATE_PREFIX}{key}" for key in counts]
            late = await self._script(keys=names, args=[self._per_minute, *counts.values()])
        except RedisError as error:
            log.warning("rate_unknown", error=type(error).__name__)
            late = ()
        waits = waits_of(list(counts), late)
        return [next(waits[key]) for key in keys]


def waits_of(keys: Sequence[K], late: Iterable[tuple[int, int, int]]) -> dict[K, Iterator[float]]:
    """For each of these keys how long each who asks as it has to wait, one after the other, as the script says."""
    waits: dict[K, Iterator[float]] = dict.fromkeys(keys, repeat(0.0))
    for place, go_on, wait in late:
        waits[keys[place - 1]] = chain(repeat(0.0, go_on), repeat(wait / 1000))
    return waits
