"""The ledger's conditional statements and the Lua scripts of the pool, each by itself."""

from datetime import timedelta
from uuid import UUID

import pytest

from storage.transaction import Transaction
from storage.venda import fila
from storage.venda import pool as ledger
from storage.venda import pool_locks as locks
from storage.venda.pool import LedgerRow
from tests.support.pool_world import TTL, PoolWorld, Seller

FIRST, SECOND = UUID(int=1), UUID(int=2)


def row(world: PoolWorld, epoch: int, login: UUID, seller: Seller) -> LedgerRow:
    return LedgerRow(epoch, login, seller.id, seller.telefone, seller.venda_id, world.now, world.now + TTL)


async def add_lease(tx: Transaction, lease: LedgerRow) -> bool:
    return await ledger.add_leases(tx, [lease]) == {lease.epoch}


class TestTheLedger:
    async def test_a_login_a_seller_and_an_epoch_are_each_written_down_once(self, world: PoolWorld) -> None:
        login, other_login = await world.add_login(), await world.add_login()
        seller, other = await world.add_seller(), await world.add_seller()
        async with world.turn() as tx:
            assert await add_lease(tx, row(world, 5, login, seller))
            assert not await add_lease(tx, row(world, 6, login, other)), "the login is taken"
            assert not await add_lease(tx, row(world, 6, other_login, seller)), "the seller has one"
            assert not await add_lease(tx, row(world, 5, other_login, other)), "the epoch is used"
            assert not await add_lease(tx, row(world, 4, other_login, other)), "the epoch is older"
            assert await add_lease(tx, row(world, 6, other_login, other))
            assert await ledger.newest_epoch(tx) == 6

    async def test_only_an_open_lease_is_renewed_or_closed(self, world: PoolWorld) -> None:
        login, seller = await world.add_login(), await world.add_seller()
        async with world.turn() as tx:
            await add_lease(tx, row(world, 1, login, seller))
            assert await ledger.renew_lease(tx, 1, world.now + TTL) == login
            assert await ledger.close_leases(tx, [1], "CONCLUIDO") == [row(world, 1, login, seller)]
            assert await ledger.close_leases(tx, [1], "CONCLUIDO") == []
            assert await ledger.renew_lease(tx, 1, world.now + TTL) is None
            assert await ledger.close_leases(tx, [99], "CONCLUIDO") == []

    async def test_a_lease_that_was_refused_leaves_the_turn_fit_for_use(self, world: PoolWorld) -> None:
        login = await world.add_login()
        seller, other = await world.add_seller(), await world.add_seller()
        async with world.turn() as tx:
            await add_lease(tx, row(world, 1, login, seller))
            await add_lease(tx, row(world, 2, login, other))
            await fila.enqueue(tx, other.venda_id)
        async with world.turn() as tx:
            assert [lease.epoch for lease in await ledger.open_leases(tx)] == [1]
            assert await fila.first_queued(tx, 2) == [other.venda_id]


class TestTheLocks:
    async def take(self, world: PoolWorld, *, above: int = 0, leave: int = 0, chance: float = 0) -> object:
        (one,) = await locks.take(world.redis, [FIRST, SECOND], [(leave, chance)], ttl=TTL, above=above)
        return one

    async def test_each_taking_locks_another_login_under_a_higher_epoch(self, sqlite_world: PoolWorld) -> None:
        assert await self.take(sqlite_world) == (FIRST, 1)
        assert await self.take(sqlite_world, above=7) == (SECOND, 8)
        assert await self.take(sqlite_world) is None
        assert await sqlite_world.locks() == {FIRST: 1, SECOND: 8}

    @pytest.mark.parametrize(("chance", "drawn"), [(0.0, FIRST), (0.499, FIRST), (0.5, SECOND), (0.999999, SECOND)])
    async def test_chance_decides_between_the_free(self, sqlite_world: PoolWorld, chance: float, drawn: UUID) -> None:
        assert await self.take(sqlite_world, chance=chance) == (drawn, 1)

    async def test_logins_are_left_for_those_who_wait(self, sqlite_world: PoolWorld) -> None:
        assert await self.take(sqlite_world, leave=2) is None
        assert await self.take(sqlite_world, leave=1) is not None
        assert await self.take(sqlite_world, leave=1) is None

    async def test_epochs_stay_exact_when_they_are_large(self, sqlite_world: PoolWorld) -> None:
        assert await self.take(sqlite_world, above=2**50) == (FIRST, 2**50 + 1)
        assert await locks.drop(sqlite_world.redis, [(FIRST, 2**50 + 1)])

    async def test_only_its_holder_removes_a_lock(self, sqlite_world: PoolWorld) -> None:
        await self.take(sqlite_world, above=4)
        assert not await locks.drop(sqlite_world.redis, [(FIRST, 4)])
        assert await locks.drop(sqlite_world.redis, [(FIRST, 5)])
        assert not await locks.drop(sqlite_world.redis, [(FIRST, 5)])

    async def test_a_lock_is_held_on_rebuilt_and_taken_over_from_an_older_lease_only(
        self, sqlite_world: PoolWorld
    ) -> None:
        redis = sqlite_world.redis
        assert await locks.hold(redis, FIRST, 5, TTL)
        assert not await locks.hold(redis, FIRST, 4, TTL)
        assert await locks.hold(redis, FIRST, 6, timedelta(minutes=1))
        assert await sqlite_world.locks() == {FIRST: 6}
        assert 0 < await redis.pttl(f"{locks.LOCK_PREFIX}{FIRST}") <= 60_000

    async def test_only_old_orphans_are_dropped(self, sqlite_world: PoolWorld) -> None:
        redis = sqlite_world.redis
        await self.take(sqlite_world)
        await self.take(sqlite_world)
        await redis.hincrby(f"{locks.LOCK_PREFIX}{FIRST}", "since", -60)
        assert await locks.drop_orphans(redis, [], timedelta(minutes=1)) == 0
        assert await locks.drop_orphans(redis, [FIRST, SECOND, UUID(int=3)], timedelta(minutes=1)) == 1
        assert set(await sqlite_world.locks()) == {SECOND}

    async def test_every_key_expires_or_is_listed_as_permanent_and_all_share_a_hash_tag(
        self, sqlite_world: PoolWorld
    ) -> None:
        redis = sqlite_world.redis
        await self.take(sqlite_world)
        await locks.hold(redis, SECOND, 2, TTL)
        keys = {key.decode() if isinstance(key, bytes) else key async for key in redis.scan_iter()}
        assert {key for key in keys if await redis.pttl(key) == -1} == locks.PERMANENT_KEYS
        assert all(key.startswith("{pool-bo}:") for key in keys)
        assert len(keys) == 3
