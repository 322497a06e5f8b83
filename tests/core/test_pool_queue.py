"""The queue for a BackOffice login: first come, first served, and it wakes by itself."""

from collections.abc import Sequence

import pytest
from sqlalchemy import update

from core.venda import pool
from core.venda.emprestimo import Lease, lease_logins
from storage.tables import vendas
from storage.transaction import Transaction
from storage.venda import pool as ledger
from tests.support.pool_world import TTL, PoolWorld, redis_that_is_down


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
            assert await pool.next_to_serve(tx) == [second.venda_id]

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
            assert await pool.next_to_serve(tx) == [waiting.venda_id]
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


class TestTheyAskTogether:
    async def test_with_one_statement_and_one_script_for_all_of_them(self, world: PoolWorld) -> None:
        logins = {await world.add_login() for _ in range(3)}
        sellers = [await world.add_seller() for _ in range(4)]
        async with world.turn() as tx:
            answers = await lease_logins(tx, [one.asks for one in sellers], ttl=TTL, chance=world.chance)
        leases = [one for one in answers if isinstance(one, Lease)]
        assert answers == [*leases, None]
        assert {lease.bo_usuario_id for lease in leases} == logins
        assert [lease.epoch for lease in leases] == [1, 2, 3]
        async with world.turn() as tx:
            assert await pool.release_logins(tx, [1, 2, 99], "CONCLUIDO") == [True, True, False]
        assert set((await world.locks()).values()) == {3}
        assert await world.ocorrencias() == [("liberacao_tardia", "99")]

    @pytest.mark.falha(52)
    async def test_who_waits_comes_first_whatever_the_order_in_which_they_are_given(self, world: PoolWorld) -> None:
        await world.add_login()
        newcomer, second, first = [await world.add_seller() for _ in range(3)]
        async with world.turn() as tx:
            await pool.join_queue(tx, first.venda_id)
            await pool.join_queue(tx, second.venda_id)
        async with world.turn() as tx:
            asking = [one.asks for one in (newcomer, second, first)]
            given = [isinstance(one, Lease) for one in await lease_logins(tx, asking, ttl=TTL, chance=world.chance)]
            assert given == [False, False, True]
            assert await pool.next_to_serve(tx) == [second.venda_id]

    async def test_a_seller_who_has_one_keeps_it_and_the_others_are_served_all_the_same(self, world: PoolWorld) -> None:
        await world.add_login()
        await world.add_login()
        holder, other = await world.add_seller(), await world.add_seller()
        held = await world.must_sell(holder)
        async with world.turn() as tx:
            again, new = await lease_logins(tx, [holder.asks, other.asks], ttl=TTL, chance=world.chance)
        assert isinstance(again, Lease)
        assert isinstance(new, Lease)
        assert (again.epoch, new.epoch) == (held.epoch, held.epoch + 1)

    async def test_what_was_lent_stays_lent_when_redis_goes_away_between_two_tries(
        self, world: PoolWorld, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One of two loses to a turn that was faster, and cannot try again."""
        await world.add_login()
        await world.add_login()
        lucky, late = await world.add_seller(), await world.add_seller()
        add_leases = ledger.add_leases

        async def first_only(tx: Transaction, rows: Sequence[ledger.LedgerRow]) -> set[int]:
            monkeypatch.setattr(tx, "redis", redis_that_is_down())
            return await add_leases(tx, rows[:1])

        monkeypatch.setattr(ledger, "add_leases", first_only)
        async with world.turn() as tx:
            got, none = await lease_logins(tx, [lucky.asks, late.asks], ttl=TTL, chance=world.chance)
        assert isinstance(got, Lease)
        assert none is None
        monkeypatch.undo()
        async with world.turn() as tx:
            assert await pool.renew_lease(tx, got.epoch, TTL)
