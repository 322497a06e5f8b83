"""How often somebody may be wrong at a door, counted in Redis for all processes together."""

import hashlib
from importlib.resources import files

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

# Whoever mistypes has five; a minute later one more every twelve seconds.
WRONG_A_MINUTE = 5
_SCRIPT = (files("storage") / "lua" / "guess.lua").read_text()

log = structlog.get_logger()


async def seconds_to_wait(redis: Redis, door: str, who: str) -> float:
    """How long `who` (an address, a person) may try nothing at this door; 0 when they may. Nothing is counted."""
    return await _ask(redis, door, who, counted=False)


async def count_wrong(redis: Redis, door: str, who: str) -> float:
    """Count a wrong guess; 0 while it is one of the few that are let be, else the seconds to wait."""
    return await _ask(redis, door, who, counted=True)


async def _ask(redis: Redis, door: str, who: str, *, counted: bool) -> float:
    # Redis learns neither addresses nor whom somebody claims to be.
    name = hashlib.sha256(who.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    try:
        wait = await redis.register_script(_SCRIPT)(keys=[f"guess:{door}:{name}"], args=[WRONG_A_MINUTE, int(counted)])
    except (RedisError, OSError) as error:
        # Without Redis nobody is kept out: what is guessed at is long.
        log.warning("guesses_unknown", error=type(error).__name__)
        return 0.0
    return int(wait) / 1000
