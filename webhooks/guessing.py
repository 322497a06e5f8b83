"""Wrong credentials over HTTP: five a minute get their plain answer, then 429, by address and by whom they claim to be.

Right credentials are never asked about: others' guesses keep nobody out, not even from the same address.
"""

import asyncio
import hashlib
import math

import jwt
from aiohttp import web
from redis.asyncio import Redis

from storage.guesses import count_wrong
from webhooks.http.addresses import address_of
from webhooks.http.answers import ApiError

# Remembered by this process, so that a flood does not reach Redis.
_MOST_REMEMBERED = 10_000


class Guesses:
    """The wrong credentials that came to this process; Redis knows those of all."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._until: dict[tuple[str, str], float] = {}

    async def wrong(self, request: web.Request, door: str, error: ApiError, claimed: str = "") -> ApiError:
        """`error`, or the 429 that takes its place. `claimed`: the person somebody says they are."""
        who = [f"address {address_of(request)}", *([f"person {claimed}"] if claimed else [])]
        wait = max([await self._wait(door, one) for one in who])
        if wait <= 0:
            return error
        return ApiError(429, "too many wrong credentials", {"Retry-After": str(math.ceil(wait))})

    async def _wait(self, door: str, who: str) -> float:
        now = asyncio.get_running_loop().time()
        known = self._until.get((door, who), 0.0) - now
        if known > 0:
            return known
        wait = await count_wrong(self._redis, door, who)
        if wait > 0:
            if len(self._until) >= _MOST_REMEMBERED:
                self._until.clear()
            self._until[door, who] = now + wait
        return wait


GUESSES = web.AppKey("guesses", Guesses)


def claimed_by(token: str) -> str:
    """Whom a token that is not ours says it is of; nothing that is believed."""
    try:
        subject = str(jwt.decode(token, options={"verify_signature": False}).get("sub", ""))
    except (jwt.PyJWTError, ValueError):
        return ""
    return hashlib.sha256(subject.encode("utf-8", "replace")).hexdigest()
