"""Small works that share a commit: each has its own answer, nobody's failure is somebody else's."""

import asyncio
from typing import Any

import pytest
import structlog
from sqlalchemy import text

from bot.turn import Turns
from storage.transaction import Transaction
from tests.support.service import RunningService


@pytest.fixture
def turns(sqlite_service: RunningService) -> Turns:
    return sqlite_service.wiring.turns


async def transaction(tx: Transaction) -> Transaction:
    return tx


async def fails(tx: Transaction) -> None:
    await tx.execute(text("INSERT INTO no_table_of_ours VALUES (1)"))


async def at_once(turns: Turns, works: list[Any]) -> list[Any]:
    """What comes of each, all of them handed in at the same moment."""
    return await asyncio.gather(*(turns.keep(work) for work in works), return_exceptions=True)


@pytest.mark.falha(296)
async def test_the_books_of_many_are_kept_with_one_commit(turns: Turns) -> None:
    """A disk that needs 50 ms for each makes twenty a second, and people's turns need them."""
    in_which = await at_once(turns, [transaction] * 20)
    assert len({id(tx) for tx in in_which}) == 1


@pytest.mark.falha(296)
async def test_one_that_fails_takes_no_other_with_it(turns: Turns) -> None:
    done = await at_once(turns, [transaction, fails, transaction])
    assert [isinstance(one, Exception) for one in done] == [False, True, False]


async def test_each_is_done_for_the_request_it_is_of(turns: Turns) -> None:
    async def asks(request_id: str) -> str | None:
        structlog.contextvars.bind_contextvars(request_id=request_id)
        return await turns.keep(lambda tx: asyncio.sleep(0, tx.request_id))

    assert await asyncio.gather(*map(asyncio.create_task, map(asks, "abc"))) == ["a", "b", "c"]
