"""The queue for a BackOffice login: first come, first served, and it wakes by itself."""

import pytest
from sqlalchemy import update

from core.venda import pool
from storage.tables import vendas
from storage.transaction import Transaction
from tests.support.pool_world import PoolWorld


def wakes_queue(tx: Transaction) -> bool:
    return [(call.lane, call.target) for call in tx.calls if call.method == "servir_fila"] == [("pool", "turn")]


class TestTheQueue:
    @pytest.mark.falha(52)
    async def test_it_is_first_come_and_shows_the_place(self, world: PoolWorld) -> None:
        first, second, third = [await world.add_seller() for _ in range(3)]
        async with world.turn() as tx:
            places = [await pool.join_queue(tx, seller.venda_id) for seller in (first, second, third, second)]
            assert places == [1, 2, 3, 2]
            assert await pool.leave_queue(tx, first.venda_id)
            assert not await pool.leave_queue(tx, first.venda_id)
            assert await pool.queue_position(tx, first.venda_id) is None
            assert await pool.queue_position(tx, third.venda_id) == 2
            assert await pool.next_in_queue(tx) == second.venda_id

    @pytest.mark.falha(52)
    async def test_who_waits_comes_before_who_just_asks(self, world: PoolWorld) -> None:
        await world.add_login()
        waiting, newcomer = await world.add_seller(), await world.add_seller()
        async with world.turn() as tx:
            await pool.join_queue(tx, waiting.venda_id)
        assert await world.sell(newcomer) is None
        assert await world.sell(waiting) is not None
        async with world.turn() as tx:
            assert await pool.queue_position(tx, waiting.venda_id) is None

    @pytest.mark.falha(52)
    async def test_what_the_queue_leaves_over_goes_to_who_just_asks(self, world: PoolWorld) -> None:
        await world.add_login()
        await world.add_login()
        waiting, newcomer, late = [await world.add_seller() for _ in range(3)]
        async with world.turn() as tx:
            await pool.join_queue(tx, waiting.venda_id)
        assert await world.sell(newcomer) is not None
        assert await world.sell(late) is None
        assert await world.sell(waiting) is not None

    @pytest.mark.falha(52)
    async def test_a_venda_that_ended_is_passed_over(self, world: PoolWorld) -> None:
        ended, waiting = await world.add_seller(), await world.add_seller()
        async with world.turn() as tx:
            await pool.join_queue(tx, ended.venda_id)
            await pool.join_queue(tx, waiting.venda_id)
            await tx.execute(update(vendas).where(vendas.c.id == ended.venda_id).values(encerrada_em=tx.now))
            assert await pool.next_in_queue(tx) == waiting.venda_id
            assert await pool.queue_position(tx, waiting.venda_id) == 1

    async def test_a_login_that_comes_back_wakes_the_queue(self, world: PoolWorld) -> None:
        await world.add_login()
        lease = await world.must_sell(await world.add_seller())
        waiting = await world.add_seller()
        async with world.turn() as tx:
            await pool.join_queue(tx, waiting.venda_id)
        async with world.turn() as tx:
            await pool.release_login(tx, lease.epoch, "CONCLUIDO")
            await pool.reconcile_locks(tx)
            assert wakes_queue(tx)

    async def test_each_who_is_served_wakes_the_next_while_logins_are_free(self, world: PoolWorld) -> None:
        for _ in range(2):
            await world.add_login()
        queued = [await world.add_seller() for _ in range(3)]
        async with world.turn() as tx:
            for seller in queued:
                await pool.join_queue(tx, seller.venda_id)
        woken = []
        for seller in queued:
            async with world.turn() as tx:
                await world.lease(tx, seller)
                woken.append(wakes_queue(tx))
        assert woken == [True, False, False]

    async def test_with_nobody_waiting_nobody_is_woken(self, world: PoolWorld) -> None:
        await world.add_login()
        lease = await world.must_sell(await world.add_seller())
        async with world.turn() as tx:
            await pool.release_login(tx, lease.epoch, "CONCLUIDO")
            await pool.reconcile_locks(tx)
            assert [call for call in tx.calls if call.target == "turn"] == []
