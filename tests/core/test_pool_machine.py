"""The pool under everything at once: sellers, leaping clocks, a forgetful Redis and turns that fail.

By default a short run. The long one, 10,000 steps on each database:

    POOL_MACHINE_STEPS=10000 pytest tests/core/test_pool_machine.py
"""

import asyncio
import os
import random
from collections.abc import Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.venda import pool
from core.venda.emprestimo import Lease, lease_logins
from storage.transaction import Transaction
from storage.venda import pool as ledger
from tests.support.pool_world import TTL, PoolWorld, Seller, ThrownAway, open_world, redis_that_is_down

IS_LONG = "POOL_MACHINE_STEPS" in os.environ
STEPS = int(os.environ.get("POOL_MACHINE_STEPS", "600"))
STEPS_PER_RUN = 100 if IS_LONG else 30
LOGINS, SELLERS = 3, 5

Answer = TypeVar("Answer")
# A lease that is not held: its end is long past.
NOBODY = (UUID(int=0), Seller(UUID(int=0), "", UUID(int=0)), datetime.min.replace(tzinfo=UTC))
sellers = st.integers(0, SELLERS - 1)
numbers = st.integers(0, 99)
deeds = st.sampled_from(["SIM", "sign of life", "sign of life", "release", "release in a turn that fails"])
usually = st.sampled_from([True, True, True, False])


class Pool(RuleBasedStateMachine):
    """What the pool did, against a model that knows only the rules."""

    database_url: str
    redis_url: str

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.stack = AsyncExitStack()
        self.world = self.do(self.stack.enter_async_context(open_world(self.database_url, self.redis_url)))
        self.do(self.world.clear())
        # The model: who holds what, by epoch. An epoch that is not in it is over.
        self.held: dict[int, tuple[UUID, Seller, datetime]] = {}
        self.epochs: list[int] = []
        self.waiting: list[UUID] = []
        self.locks_are_sure = True

    def do(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.do(self.stack.aclose())
        self.runner.close()

    @initialize()
    def people(self) -> None:
        async def add() -> None:
            self.logins = [await self.world.add_login() for _ in range(LOGINS)]
            self.sellers = [await self.world.add_seller() for _ in range(SELLERS)]

        self.do(add())

    # --- what sellers and robots do

    @rule(number=sellers, seed=numbers, deed=deeds, redis_is_up=usually)
    def a_seller_goes_on(self, number: int, seed: int, deed: str, redis_is_up: bool) -> None:
        """Who has no login asks for one; who has one uses it."""
        seller = self.sellers[number]
        own = [epoch for epoch, (_, holder, _) in self.held.items() if holder == seller]
        if deed == "SIM" or not own:
            self._sim(seller, seed, redis_is_up)
        else:
            self._use(own[0], deed, redis_is_up)

    @precondition(lambda self: self.epochs)
    @rule(number=numbers, deed=deeds)
    def somebody_names_a_lease_open_or_over(self, number: int, deed: str) -> None:
        self._use(self.epochs[number % len(self.epochs)], deed, True)

    @precondition(lambda self: self.waiting)
    @rule(seed=numbers)
    def the_queue_is_served(self, seed: int) -> None:
        head, *_ = heads = self.do(self._in_a_turn(pool.next_to_serve))
        assert heads == self.waiting[: len(heads)]
        self._sim(next(seller for seller in self.sellers if seller.venda_id == head), seed, True)

    @rule(asking=st.lists(sellers, min_size=2, unique=True), seed=numbers)
    def several_ask_together(self, asking: list[int], seed: int) -> None:
        """They are answered as if one had asked after the other."""

        async def ask(together: list[Seller]) -> Sequence[object]:
            async with self.world.turn() as tx:
                chance = random.Random(seed)
                return await lease_logins(tx, [one.asks for one in together], ttl=TTL, chance=chance)

        together = [self.sellers[number] for number in asking]
        for seller, answer in zip(together, self.do(ask(together)), strict=True):
            assert answer is None or isinstance(answer, Lease)
            self._answered(seller, answer, redis_is_up=True)

    @rule(number=sellers, seed=numbers, dies=st.booleans())
    def sim_in_a_turn_that_fails(self, number: int, seed: int, dies: bool) -> None:
        """The turn rolls back; when the process `dies` nobody undoes its lock."""

        async def sim() -> None:
            async with self.world.turn() as tx:
                await self.world.lease(tx, self.sellers[number], random.Random(seed))
                if dies:
                    tx.undo.clear()
                raise ThrownAway

        self.locks_are_sure = self.locks_are_sure and not dies
        self.do(sim())

    @rule(number=sellers)
    def join_queue(self, number: int) -> None:
        holders = [holder for _, holder, _ in self.held.values()]
        without = [seller.venda_id for seller in self.sellers if seller not in holders]
        venda_id = without[number % len(without)]
        if venda_id not in self.waiting:
            self.waiting.append(venda_id)
        assert self.do(self._in_a_turn(pool.join_queue, venda_id)) == self.waiting.index(venda_id) + 1

    @precondition(lambda self: self.waiting)
    @rule(number=sellers)
    def leave_queue(self, number: int) -> None:
        venda_id = self.sellers[number].venda_id
        assert self.do(self._in_a_turn(pool.leave_queue, venda_id)) == (venda_id in self.waiting)
        if venda_id in self.waiting:
            self.waiting.remove(venda_id)

    # --- what happens to them

    @rule(minutes=st.sampled_from([-10, 5, 5, 10, 10, 20, 29, 31, 600]))
    def time_passes_or_leaps(self, minutes: int) -> None:
        self.world.pass_time(minutes=minutes)

    @precondition(lambda self: self.held)
    @rule()
    def free_expired(self) -> None:
        before = set(self.held)
        self._expire()
        assert {lease.epoch for lease in self.do(self._in_a_turn(pool.free_expired))} == before - set(self.held)

    @precondition(lambda self: len(self.held) > 1)
    @rule()
    def administrator_frees_all(self) -> None:
        assert {lease.epoch for lease in self.do(self._in_a_turn(pool.free_all))} == set(self.held)
        self.held.clear()

    @rule()
    def redis_is_emptied(self) -> None:
        self.do(self.world.empty_redis())
        self.locks_are_sure = True

    @rule()
    def reconcile(self) -> None:
        """Afterwards the two keepers agree which logins are in use."""
        self.do(self._in_a_turn(pool.reconcile_locks))
        locks = self.do(self.world.locks())
        in_force = {login: epoch for epoch, (login, _, end) in self.held.items() if end > self.world.now}
        assert set(locks) == set(in_force)
        # The lock of a process that died stays newer when the clock then leaps back into the lease before it.
        self.locks_are_sure = locks == in_force

    # --- what must be true after each step

    @invariant()
    def the_ledger_has_one_holder_for_each_login_and_seller_and_it_is_ours(self) -> None:
        rows = self.do(self._in_a_turn(ledger.open_leases))
        assert {row.epoch: (row.bo_usuario_id, row.vendedor_id, row.expira_em) for row in rows} == {
            epoch: (login, seller.id, end) for epoch, (login, seller, end) in self.held.items()
        }
        assert len(self._logins_in_use()) == len(self.held)
        assert len({seller.id for _, seller, _ in self.held.values()}) == len(self.held)

    @invariant()
    def a_lock_never_speaks_for_a_lease_that_is_over(self) -> None:
        """Unless a process died, or Redis was away, and nobody has reconciled since."""
        if self.locks_are_sure:
            assert set(self.do(self.world.locks()).values()) <= set(self.held)

    # --- how

    def _sim(self, seller: Seller, seed: int, redis_is_up: bool) -> None:
        self._answered(seller, self.do(self._ask(seller, seed, redis_is_up)), redis_is_up)

    def _answered(self, seller: Seller, answer: Lease | None, redis_is_up: bool) -> None:
        self._expire()
        own = [epoch for epoch, (_, holder, _) in self.held.items() if holder == seller]
        ahead = self.waiting.index(seller.venda_id) if seller.venda_id in self.waiting else len(self.waiting)
        left = LOGINS - len(self.held) - ahead
        if own:
            assert answer is not None
            assert own == [answer.epoch]
        elif answer is None:
            assert left <= 0 or not redis_is_up or not self.locks_are_sure
        else:
            assert left > 0
            assert redis_is_up
            self._given(answer, seller)
        if answer is not None:
            self.held[answer.epoch] = (answer.bo_usuario_id, seller, self.world.now + TTL)
        self.locks_are_sure = self.locks_are_sure and redis_is_up

    def _use(self, epoch: int, deed: str, redis_is_up: bool) -> None:
        if deed == "release":
            self._release(epoch, redis_is_up, commits=True)
        elif deed == "release in a turn that fails":
            self._release(epoch, redis_is_up, commits=False)
        else:
            self._give_sign_of_life(epoch, redis_is_up)

    def _give_sign_of_life(self, epoch: int, redis_is_up: bool) -> None:
        login, seller, end = self.held.get(epoch, NOBODY)
        assert self.do(self._renew(epoch, redis_is_up)) == (end > self.world.now)
        if end > self.world.now:
            self.held[epoch] = (login, seller, self.world.now + TTL)

    def _release(self, epoch: int, redis_is_up: bool, commits: bool) -> None:
        assert self.do(self._close(epoch, redis_is_up, commits)) == (epoch in self.held)
        if commits:
            self.held.pop(epoch, None)
        self.locks_are_sure = self.locks_are_sure and redis_is_up

    async def _ask(self, seller: Seller, seed: int, redis_is_up: bool) -> Lease | None:
        async with self._turn(redis_is_up) as tx:
            try:
                return await self.world.lease(tx, seller, random.Random(seed))
            except pool.PoolUnavailable:
                assert not redis_is_up
                return None

    def _turn(self, redis_is_up: bool) -> AbstractAsyncContextManager[Transaction]:
        return self.world.turn(None if redis_is_up else redis_that_is_down())

    async def _in_a_turn(self, use_case: Any, *args: Any) -> Any:
        async with self.world.turn() as tx:
            return await use_case(tx, *args)

    async def _renew(self, epoch: int, redis_is_up: bool) -> bool:
        async with self._turn(redis_is_up) as tx:
            return await pool.renew_lease(tx, epoch, TTL)

    async def _close(self, epoch: int, redis_is_up: bool, commits: bool) -> bool:
        released = False
        async with self._turn(redis_is_up) as tx:
            released = await pool.release_login(tx, epoch, "CONCLUIDO")
            if not commits:
                raise ThrownAway
        return released

    def _logins_in_use(self) -> set[UUID]:
        return {login for login, _, _ in self.held.values()}

    def _expire(self) -> None:
        self.held = {epoch: lease for epoch, lease in self.held.items() if lease[2] > self.world.now}

    def _given(self, lease: Lease, seller: Seller) -> None:
        """A login changed hands: nobody else has it, and the epoch is above all that ever were."""
        assert lease.bo_usuario_id not in self._logins_in_use()
        assert lease.epoch > max(self.epochs, default=0)
        self.epochs.append(lease.epoch)
        if seller.venda_id in self.waiting:
            self.waiting.remove(seller.venda_id)


def test_whatever_happens_a_login_has_one_holder(
    database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = type("PoolOnEngines", (Pool,), {"database_url": database_url, "redis_url": redis_url})
    # Nothing runs beside the machine, so a lock without a lease is an orphan at once.
    monkeypatch.setattr(pool, "ORPHAN_AGE", timedelta(0))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_PER_RUN),
            stateful_step_count=STEPS_PER_RUN,
            deadline=None,
            database=None,
            derandomize=not IS_LONG,
            suppress_health_check=list(HealthCheck),
        ),
    )


async def test_many_sellers_at_the_same_time_never_share_a_login(world: PoolWorld) -> None:
    in_hand: set[UUID] = set()
    epochs: list[int] = []

    async def sell_again_and_again(seller: Seller) -> None:
        chance = random.Random(seller.id.int)
        for _ in range(10):
            async with world.turn() as tx:
                lease = await world.lease(tx, seller, chance)
            if lease is None:
                continue
            assert lease.bo_usuario_id not in in_hand
            in_hand.add(lease.bo_usuario_id)
            epochs.append(lease.epoch)
            async with world.turn() as tx:
                assert await pool.renew_lease(tx, lease.epoch, TTL)
            in_hand.remove(lease.bo_usuario_id)
            async with world.turn() as tx:
                assert await pool.release_login(tx, lease.epoch, "CONCLUIDO")

    async def forget_and_reconcile() -> None:
        for _ in range(10):
            await world.empty_redis()
            async with world.turn() as tx:
                await pool.reconcile_locks(tx)

    for _ in range(LOGINS):
        await world.add_login()
    sellers = [await world.add_seller() for _ in range(10)]
    async with asyncio.TaskGroup() as everybody:
        for seller in sellers:
            everybody.create_task(sell_again_and_again(seller))
        everybody.create_task(forget_and_reconcile())
    assert len(set(epochs)) == len(epochs) > LOGINS
    async with world.database.read() as connection:
        assert (await pool.pool_status(connection, world.now)).livres == LOGINS
