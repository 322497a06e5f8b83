"""The pool when Redis fails, when a turn does not commit, and when turns overlap."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.venda import pool
from core.venda.emprestimo import Lease
from storage.pessoa.usuarios import change_usuario
from storage.transaction import Transaction
from storage.venda import pool as ledger
from storage.venda.pool_locks import EPOCH_KEY, LOCK_PREFIX
from tests.support.pool_world import TTL, PoolWorld, ThrownAway, redis_that_is_down


def wakes_queue(tx: Transaction) -> bool:
    return [(call.lane, call.target) for call in tx.calls if call.method == "servir_fila"] == [("pool", "turn")]


class TestWhenAKeyIsLost:
    async def test_a_login_whose_password_cannot_be_opened_is_set_aside_and_another_one_lent(
        self, world: PoolWorld
    ) -> None:
        broken, good = await world.add_login(), await world.add_login()
        async with world.turn() as tx:
            await change_usuario(tx, broken, senha_pap=tx.secrets.seal("senha", "usuarios", "senha_pap", "other row"))
        sellers = [await world.add_seller(), await world.add_seller()]
        leases = [await world.sell(seller) for seller in sellers]
        assert [lease.bo_usuario_id for lease in leases if lease is not None] == [good]
        assert broken not in await world.locks()


class TestWhenRedisFails:
    @pytest.mark.falha(49)
    async def test_redis_emptied_in_mid_lease_hands_nothing_out_twice(self, world: PoolWorld) -> None:
        await world.add_login()
        holder, other = await world.add_seller(), await world.add_seller()
        lease = await world.must_sell(holder)
        await world.empty_redis()
        assert await world.sell(other) is None
        async with world.turn() as tx:
            assert await pool.release_login(tx, lease.epoch, "CONCLUIDO")
        again = await world.must_sell(other)
        assert again.epoch > lease.epoch

    @pytest.mark.falha(49)
    async def test_locks_are_rebuilt_with_the_time_that_is_left(self, world: PoolWorld) -> None:
        login = await world.add_login()
        lease = await world.must_sell(await world.add_seller())
        world.pass_time(minutes=20)
        await world.empty_redis()
        async with world.turn() as tx:
            await pool.reconcile_locks(tx)
        assert await world.locks() == {login: lease.epoch}
        left = await world.redis.pttl(f"{LOCK_PREFIX}{login}")
        assert timedelta(minutes=9) < timedelta(milliseconds=left) <= timedelta(minutes=10)

    @pytest.mark.falha(49)
    async def test_a_sign_of_life_rebuilds_the_lock(self, world: PoolWorld) -> None:
        login = await world.add_login()
        lease = await world.must_sell(await world.add_seller())
        await world.empty_redis()
        async with world.turn() as tx:
            assert await pool.renew_lease(tx, lease.epoch, TTL)
        assert await world.locks() == {login: lease.epoch}

    @pytest.mark.falha(50)
    async def test_without_redis_no_login_is_given_and_the_seller_can_still_be_queued(self, world: PoolWorld) -> None:
        await world.add_login()
        seller = await world.add_seller()
        async with world.turn(redis_that_is_down()) as tx:
            with pytest.raises(pool.PoolUnavailable):
                await world.lease(tx, seller)
            assert await pool.join_queue(tx, seller.venda_id) == 1
        async with world.turn() as tx:
            await pool.reconcile_locks(tx)
            assert wakes_queue(tx)
            assert await pool.next_to_serve(tx) == [seller.venda_id]
            assert await world.lease(tx, seller) is not None

    @pytest.mark.falha(50)
    async def test_a_full_redis_gives_no_login(self, world: PoolWorld) -> None:
        await world.add_login()
        seller = await world.add_seller()
        await world.redis.config_set("maxmemory", "1")
        try:
            async with world.turn() as tx:
                with pytest.raises(pool.PoolUnavailable):
                    await world.lease(tx, seller)
        finally:
            await world.redis.config_set("maxmemory", "0")
        assert await world.locks() == {}
        assert await world.sell(seller) is not None

    @pytest.mark.falha(50)
    async def test_leases_are_renewed_and_given_back_without_redis(self, world: PoolWorld) -> None:
        login = await world.add_login()
        seller = await world.add_seller()
        lease = await world.must_sell(seller)
        async with world.turn(redis_that_is_down()) as tx:
            assert await pool.renew_lease(tx, lease.epoch, TTL)
            assert await pool.release_login(tx, lease.epoch, "CONCLUIDO")
            await pool.reconcile_locks(tx)
        assert await world.locks() == {login: lease.epoch}

    async def test_a_lock_without_a_lease_goes_once_it_is_a_minute_old(self, world: PoolWorld) -> None:
        login = await world.add_login()
        seller = await world.add_seller()
        lease = await world.must_sell(seller)
        async with world.turn(redis_that_is_down()) as tx:
            await pool.release_login(tx, lease.epoch, "CONCLUIDO")
        async with world.turn() as tx:
            await pool.reconcile_locks(tx)
        assert await world.locks() == {login: lease.epoch}
        await world.redis.hincrby(f"{LOCK_PREFIX}{login}", "since", -61)
        async with world.turn() as tx:
            await pool.reconcile_locks(tx)
        assert await world.locks() == {}

    async def test_the_lock_of_a_process_that_died_goes_though_the_lease_before_it_is_still_open(
        self, world: PoolWorld
    ) -> None:
        login = await world.add_login()
        seller = await world.add_seller()
        await world.must_sell(seller)
        world.pass_time(minutes=31)
        async with world.turn() as tx:
            assert await world.lease(tx, seller) is not None
            tx.undo.clear()
            raise ThrownAway
        assert await world.locks() == {login: 2}
        await world.redis.hincrby(f"{LOCK_PREFIX}{login}", "since", -61)
        async with world.turn() as tx:
            await pool.reconcile_locks(tx)
        assert await world.locks() == {}
        assert await world.sell(seller) is not None

    async def test_epochs_grow_though_redis_forgets_them(self, world: PoolWorld) -> None:
        await world.add_login()
        await world.redis.set(EPOCH_KEY, 1000)
        epochs = []
        for _ in range(3):
            lease = await world.must_sell(await world.add_seller())
            epochs.append(lease.epoch)
            async with world.turn() as tx:
                await pool.free_all(tx)
            await world.empty_redis()
        assert epochs == [1001, 1002, 1003]


class TestATurnThatDoesNotCommit:
    async def test_its_lock_is_undone(self, world: PoolWorld) -> None:
        await world.add_login()
        seller, other = await world.add_seller(), await world.add_seller()
        async with world.turn() as tx:
            assert await world.lease(tx, seller) is not None
            raise ThrownAway
        assert await world.locks() == {}
        assert await world.sell(other) is not None

    async def test_undoing_leaves_a_newer_lock_alone(self, world: PoolWorld) -> None:
        login = await world.add_login()
        seller = await world.add_seller()
        async with world.turn() as tx:
            lease = await world.lease(tx, seller)
            assert lease is not None
            await world.redis.hset(f"{LOCK_PREFIX}{login}", "epoch", str(lease.epoch + 1))
            raise ThrownAway
        assert await world.locks() == {login: lease.epoch + 1}

    async def test_a_release_that_is_rolled_back_leaves_the_login_with_its_holder(self, world: PoolWorld) -> None:
        login = await world.add_login()
        holder, other = await world.add_seller(), await world.add_seller()
        lease = await world.must_sell(holder)
        async with world.turn() as tx:
            assert await pool.release_login(tx, lease.epoch, "CONCLUIDO")
            raise ThrownAway
        assert await world.sell(other) is None
        async with world.turn() as tx:
            await pool.reconcile_locks(tx)
        assert await world.locks() == {login: lease.epoch}


class TestTurnsAtTheSameTime:
    """Turns that overlap: PostgreSQL only, SQLite has one writer at a time."""

    async def test_a_login_in_a_turn_that_has_not_committed_is_not_drawn(self, postgres_world: PoolWorld) -> None:
        world = postgres_world
        await world.add_login()
        first, second = await world.add_seller(), await world.add_seller()
        async with world.turn() as tx:
            assert await world.lease(tx, first) is not None
            assert await world.sell(second) is None

    async def test_what_a_running_turn_has_drawn_is_not_left_over_for_who_just_asks(
        self, postgres_world: PoolWorld
    ) -> None:
        world = postgres_world
        await world.add_login()
        await world.add_login()
        waiting, newcomer, late = [await world.add_seller() for _ in range(3)]
        async with world.turn() as tx:
            await pool.join_queue(tx, waiting.venda_id)
        async with world.turn() as tx:
            assert await world.lease(tx, newcomer) is not None
            assert await world.sell(late) is None
        assert await world.sell(waiting) is not None

    @pytest.mark.falha(49)
    async def test_redis_emptied_under_a_running_turn_does_not_give_its_login_away(
        self, postgres_world: PoolWorld
    ) -> None:
        world = postgres_world
        login = await world.add_login()
        first, second = await world.add_seller(), await world.add_seller()
        async with world.turn() as tx:
            lease = await world.lease(tx, first)
            assert lease is not None
            await world.empty_redis()
            late = asyncio.create_task(world.sell(second))
            await until_locked(world, 1)
        assert await late is None
        assert await world.locks() == {login: lease.epoch}

    async def test_one_seller_who_says_sim_on_two_channels_at_once_gets_one_login(
        self, postgres_world: PoolWorld
    ) -> None:
        world = postgres_world
        await world.add_login()
        await world.add_login()
        seller = await world.add_seller()
        async with world.turn() as tx:
            lease = await world.lease(tx, seller)
            assert lease is not None
            late = asyncio.create_task(world.must_sell(seller))
            await until_locked(world, 2)
        again = await late
        assert (again.bo_usuario_id, again.epoch) == (lease.bo_usuario_id, lease.epoch)
        assert await world.locks() == {lease.bo_usuario_id: lease.epoch}

    async def test_the_turn_that_commits_later_has_the_higher_epoch(self, postgres_world: PoolWorld) -> None:
        world = postgres_world
        await world.add_login()
        await world.add_login()
        slow, quick = await world.add_seller(), await world.add_seller()
        has_drawn, may_go_on = asyncio.Event(), asyncio.Event()
        add_leases = ledger.add_leases

        async def dawdle(tx: Transaction, rows: Sequence[ledger.LedgerRow]) -> set[int]:
            if rows[0].vendedor_id == slow.id:
                has_drawn.set()
                await may_go_on.wait()
            return await add_leases(tx, rows)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledger, "add_leases", dawdle)
            late = asyncio.create_task(world.must_sell(slow))
            await has_drawn.wait()
            async with world.turn() as tx:
                early = await world.lease(tx, quick)
                assert early is not None
                may_go_on.set()
                await until_waiting_or_done(world, late)
            assert (await late).epoch > early.epoch
        assert len(await world.locks()) == 2


async def until_locked(world: PoolWorld, how_many: int) -> None:
    async with asyncio.timeout(5):
        while len(await world.locks()) < how_many:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.01)


async def until_waiting_or_done(world: PoolWorld, task: asyncio.Task[Lease]) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(5), world.database.read() as connection:
        while not task.done() and not await connection.scalar(waiting):
            pass
