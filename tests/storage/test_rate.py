"""Who may ask how often, counted for all who ask in one moment with one call."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from storage.rate import Rate

PER_MINUTE = 4


@pytest.fixture
async def rate(clean_redis_url: str) -> AsyncIterator[Rate]:
    async with Redis.from_url(clean_redis_url) as redis:
        yield Rate(redis, PER_MINUTE)


async def test_of_those_who_ask_together_each_has_their_own_minute(rate: Rate) -> None:
    asked = ["ana", *["bruno"] * 6, "ana"]
    waits = await rate.waits_for(asked)
    assert [wait > 0 for wait in waits] == [False, *[False] * 4, True, True, False]
    assert 0 < waits[5] == waits[6] <= 60 / PER_MINUTE, "who is refused has used up nothing"
    assert (await rate.waits_for(["bruno", "ana", "carla"]))[1:] == [0.0, 0.0]


async def test_who_waits_goes_on_after_that_time(rate: Rate) -> None:
    (*_, first) = await rate.waits_for(["ana"] * (PER_MINUTE + 1))
    (again,) = await rate.waits_for(["ana"])
    assert first - 1 < again <= first
