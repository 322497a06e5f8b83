"""Statements of every turn, which on PostgreSQL are asked of its driver: what else SQLAlchemy would have seen to."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Integer, bindparam, cast, func, insert, literal, select, text, true
from sqlalchemy.exc import DBAPIError

from storage.database import is_passing
from storage.engines.prepared import Prepared
from storage.engines.single import SecondStatement
from storage.outbox.written import leave_written
from storage.tables import outbox
from storage.transaction import Transaction
from tests.support.inbound import until
from tests.support.turning import World, open_world

AT = datetime(2026, 5, 4, 12, 0, tzinfo=timezone(timedelta(hours=-3)))
ONE = Prepared(select(cast(bindparam("b_one"), Integer).label("one")))
OF_LANE = Prepared(
    select(outbox.c.id, outbox.c.params, outbox.c.created_at, literal("x").label("sign")).where(
        outbox.c.lane == bindparam("b_lane")
    )
)
DIVIDES = Prepared(select((literal(1) % bindparam("b_by", type_=Integer)).label("rest")))
SLEEPS = Prepared(select(func.pg_sleep(bindparam("b_seconds", type_=Integer)).label("slept")))
ENDS = Prepared(select(func.pg_terminate_backend(func.pg_backend_pid()).label("ended")))


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


@pytest.fixture
async def on_postgresql(postgresql_url: str) -> AsyncIterator[World]:
    async with open_world(postgresql_url) as opened:
        yield opened


async def test_rows_are_read_as_sqlalchemy_reads_them(world: World) -> None:
    values = {"id": 1, "lane": "a", "target": "rpa", "method": "x", "params": {"to": [None, "é"]}, "created_at": AT}
    await world.turns.run(lambda tx: tx.execute(insert(outbox).values(values | {"due_at": AT, "attempts": 0})))

    async def work(tx: Transaction) -> Any:
        (row,) = await OF_LANE.rows(tx.connection, {"b_lane": "a"})
        assert not await OF_LANE.rows(tx.connection, {"b_lane": "b"})
        return row

    row = await world.turns.run(work)
    assert (row.id, row.sign, row.params) == (1, "x", {"to": [None, "é"]})
    assert (row.created_at, row.created_at.tzinfo) == (AT, UTC)
    assert row[0] == 1, "in its place, too"


async def test_what_a_turn_has_written_before_it_is_seen_and_goes_with_it(world: World) -> None:
    values = {"id": 1, "lane": "a", "target": "rpa", "method": "x", "params": {}, "created_at": AT, "due_at": AT}

    async def work(tx: Transaction) -> None:
        assert not await OF_LANE.rows(tx.connection, {"b_lane": "a"}), "the first statement of the turn"
        await tx.execute(insert(outbox).values(values | {"attempts": 0}))
        assert await OF_LANE.rows(tx.connection, {"b_lane": "a"})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await world.turns.run(work)
    assert not await world.turns.run(lambda tx: OF_LANE.rows(tx.connection, {"b_lane": "a"}))


async def test_what_the_server_refuses_is_refused_as_ever_and_the_next_turn_goes_on(on_postgresql: World) -> None:
    with pytest.raises(DBAPIError) as refused:
        await on_postgresql.turns.run(lambda tx: DIVIDES.rows(tx.connection, {"b_by": 0}))
    assert getattr(refused.value.orig, "sqlstate", None) == "22012"
    assert not is_passing(refused.value)
    (row,) = await on_postgresql.turns.run(lambda tx: ONE.rows(tx.connection, {"b_one": 1}))
    assert row.one == 1


async def test_a_connection_that_is_lost_in_it_is_not_used_again_and_the_turn_is(on_postgresql: World) -> None:
    tries = 0

    async def work(tx: Transaction) -> Any:
        nonlocal tries
        tries += 1
        if tries == 1:
            await ENDS.rows(tx.connection, {})
        return await ONE.rows(tx.connection, {"b_one": tries})

    (row,) = await on_postgresql.turns.run(work)
    assert (row.one, tries) == (2, 2)


async def test_a_connection_that_only_reads_is_left_for_another_one(on_postgresql: World) -> None:
    """Each keeps the server that it found; a new one may find the primary."""
    servers: list[int] = []

    async def work(tx: Transaction) -> None:
        servers.append(await tx.connection.scalar(text("SELECT pg_backend_pid()")) or 0)
        if len(servers) == 1:
            await tx.execute(text("SET TRANSACTION READ ONLY"))
        leave_written(tx, "lane", "telegram", "m", {})

    await on_postgresql.turns.run(work)
    assert len(servers) == 2
    await until(lambda: _is_over(on_postgresql, servers[0]))


async def test_a_turn_that_is_given_up_in_mid_answer_leaves_no_connection_in_mid_answer(on_postgresql: World) -> None:
    given_up = asyncio.create_task(on_postgresql.turns.run(lambda tx: SLEEPS.rows(tx.connection, {"b_seconds": 3})))
    await until(lambda: _sleeping(on_postgresql))
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    for number in range(20):
        (row,) = await on_postgresql.turns.run(lambda tx, number=number: ONE.rows(tx.connection, {"b_one": number}))
        assert row.one == number


async def _is_over(world: World, server: int) -> bool:
    async with world.database.read() as connection:
        asked = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
        return not await connection.scalar(asked, {"pid": server})


async def _sleeping(world: World) -> bool:
    async with world.database.read() as connection:
        asked = text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND wait_event = 'PgSleep'")
        return bool(await connection.scalar(asked))


async def test_where_one_statement_is_all_a_second_is_refused(on_postgresql: World) -> None:
    async def work(tx: Transaction) -> None:
        await ONE.rows(tx.connection, {"b_one": 1})
        await ONE.rows(tx.connection, {"b_one": 2})

    with pytest.raises(SecondStatement):
        await on_postgresql.turns.run(work, single=True)


async def test_nothing_more_than_the_statement_goes_to_the_server(on_postgresql: World) -> None:
    """The transaction is begun once, whoever asks first."""

    async def work(tx: Transaction) -> bool:
        await tx.execute(select(true()))
        await ONE.rows(tx.connection, {"b_one": 1})
        await tx.execute(text("SET LOCAL lock_timeout = 7"))
        return bool(await tx.connection.scalar(text("SELECT current_setting('lock_timeout') = '7ms'")))

    assert await on_postgresql.turns.run(work), "all of it is one transaction"
