"""Two things at once: both are over when anything is said of them."""

import asyncio
from typing import TypeVar

import pytest

from core.batches import both

T = TypeVar("T")


async def test_both_of_two_at_once_answer() -> None:
    assert await both(_says(1), _says("two")) == (1, "two")


async def test_one_that_fails_is_told_when_the_other_is_over_too() -> None:
    """The other one may hold a connection, which nobody else can use meanwhile."""
    goes_on, over = asyncio.Event(), []

    async def fails() -> None:
        raise ValueError("first")

    async def works() -> None:
        await goes_on.wait()
        over.append(True)

    asking = asyncio.ensure_future(both(fails(), works()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not asking.done()
    goes_on.set()
    with pytest.raises(ValueError, match="first"):
        await asking
    assert over == [True]


async def _says(what: T) -> T:
    return what
