"""How often somebody may ask, counted in Redis for all processes together."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

_SCRIPT = (files("storage") / "lua" / "rate.lua").read_text()
# So many keys are asked about at the same time, each on a connection.
_KEYS_AT_ONCE = 16

log = structlog.get_logger()


class Rate:
    """Requests a minute, spread evenly, a minute's worth at once (GCRA)."""

    def __init__(self, redis: Redis, per_minute: int) -> None:
        self._script = redis.register_script(_SCRIPT)
        self._per_minute = per_minute

    async def waits_for(self, keys: Sequence[str]) -> list[float]:
        """Count one request for each of these keys; seconds that each has to wait, 0 when it may go on.

        The same key may stand there many times: that is one call to Redis. Without Redis nobody waits.
        """
        counts = Counter(keys)
        waits: dict[str, Iterator[float]] = {}
        distinct = list(counts)
        for start in range(0, len(distinct), _KEYS_AT_ONCE):
            few = distinct[start : start + _KEYS_AT_ONCE]
            answers = await asyncio.gather(*(self._ask(key, counts[key]) for key in few))
            waits |= dict(zip(few, map(iter, answers), strict=True))
        return [next(waits[key]) for key in keys]

    async def _ask(self, key: str, count: int) -> Sequence[float]:
        try:
            waits = await self._script(keys=[f"rate:{key}"], args=[self._per_minute, count])
        except RedisError as error:
            log.warning("rate_unknown", error=type(error).__name__)
            return [0.0] * count
        return [int(wait) / 1000 for wait in waits]
