"""How often somebody may ask, counted in Redis for all processes together."""

from importlib.resources import files

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

_SCRIPT = (files("storage") / "lua" / "rate.lua").read_text()

log = structlog.get_logger()


class Rate:
    """Requests a minute, spread evenly, a minute's worth at once (GCRA)."""

    def __init__(self, redis: Redis) -> None:
        self._script = redis.register_script(_SCRIPT)

    async def wait_for(self, key: str, per_minute: int) -> float:
        """Count one request of `key`; seconds it has to wait, 0 when it may go on. Without Redis nobody waits."""
        try:
            return float(await self._script(keys=[f"rate:{key}"], args=[per_minute])) / 1000
        except RedisError as error:
            log.warning("rate_unknown", error=type(error).__name__)
            return 0.0
