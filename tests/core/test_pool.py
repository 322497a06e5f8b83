"""The pool of BackOffice logins in the words of the business, each test on SQLite and on PostgreSQL."""

import random

import pytest
from sqlalchemy import update

from core.venda import pool
from core.venda.emprestimo import Lease, Pedido, SellerHoldsAnotherLogin, lease_logins
from storage.tables import usuarios
from tests.support.asked import statements
from tests.support.pool_world import SENHA, TTL, PoolWorld, ThrownAway


class TestWhoGetsALogin:
    async def test_a_seller_gets_a_free_login_with_its_password(self, world: PoolWorld) -> None:
        login = await world.add_login(matricula_pap="BO42")
        lease = await world.must_sell(await world.add_seller())
        assert lease == Lease(login, "BO42", SENHA, 1, world.now + TTL)
        assert SENHA not in repr(lease)

    async def test_the_login_is_drawn_at_random(self, world: PoolWorld) -> None:
        logins = {await world.add_login() for _ in range(3)}
        seller = await world.add_seller()
        drawn = set()
        for seed in range(20):
            async with world.turn() as tx:
                lease = await world.lease(tx, seller, random.Random(seed))
                assert lease is not None
                drawn.add(lease.bo_usuario_id)
                raise ThrownAway
        assert drawn == logins

    async def test_two_sellers_never_get_the_same_login_and_the_third_gets_none(self, world: PoolWorld) -> None:
        logins = {await world.add_login(), await world.add_login()}
        first, second, third = [await world.add_seller() for _ in range(3)]
        leases = [await world.must_sell(first), await world.must_sell(second)]
        assert {lease.bo_usuario_id for lease in leases} == logins
        assert await world.sell(third) is None

    async def test_the_ledger_is_asked_twice_to_lend_and_once_to_take_back(self, world: PoolWorld) -> None:
        await world.add_login()
        seller = await world.add_seller()
        with statements() as asked:
            lease = await world.must_sell(seller)
            lent = [one for one in asked if "pap_bo" in one]
            async with world.turn() as tx:
                assert await pool.release_login(tx, lease.epoch, "CONCLUIDO")
        assert len(lent) == 2, lent
        assert len([one for one in asked if "pap_bo" in one]) == 3

    async def test_of_sellers_who_ask_together_one_who_holds_a_login_gets_no_second(self, world: PoolWorld) -> None:
        for _ in range(3):
            await world.add_login()
        first, second = [await world.add_seller() for _ in range(2)]
        held = await world.must_sell(second)
        async with world.turn() as tx:
            mine, theirs = await lease_logins(tx, [first.asks, second.asks], ttl=TTL, chance=world.chance)
        assert isinstance(mine, Lease)
        assert theirs == held

    @pytest.mark.parametrize(
        "missing",
        [
            {"status_ativo": False},
            {"perfil_usuario": "VENDEDOR"},
            {"matricula_pap": None},
            {"matricula_pap": ""},
            {"senha_pap": None},
            {"senha_pap": ""},
        ],
        ids=lambda missing: "-".join(f"{key}={value}" for key, value in missing.items()),
    )
    async def test_only_complete_active_backoffice_logins_are_offered(
        self, world: PoolWorld, missing: dict[str, object]
    ) -> None:
        await world.add_login(**missing)
        assert await world.sell(await world.add_seller()) is None

    async def test_second_sim_gets_the_same_login(self, world: PoolWorld) -> None:
        for _ in range(5):
            await world.add_login()
        seller = await world.add_seller()
        lease = await world.must_sell(seller)
        world.pass_time(minutes=10)
        again = await world.must_sell(seller)
        assert (again.bo_usuario_id, again.epoch, again.senha) == (lease.bo_usuario_id, lease.epoch, SENHA)
        assert again.expira_em == world.now + TTL

    async def test_a_seller_who_holds_a_login_for_another_venda_gets_no_second_one(self, world: PoolWorld) -> None:
        await world.add_login()
        await world.add_login()
        seller = await world.add_seller()
        held = await world.must_sell(seller)
        other = await world.add_venda(seller.id, encerrada_em=world.now)
        async with world.turn() as tx:
            answer = await world.lease_for(tx, Pedido(seller.id, "5531", other))
            assert answer == SellerHoldsAnotherLogin(held.epoch, seller.venda_id)
            assert await pool.renew_lease(tx, held.epoch, TTL)

    async def test_a_login_given_back_is_offered_again_under_a_higher_epoch(self, world: PoolWorld) -> None:
        login = await world.add_login()
        first, second = await world.add_seller(), await world.add_seller()
        lease = await world.must_sell(first)
        async with world.turn() as tx:
            assert await pool.release_login(tx, lease.epoch, "CONCLUIDO")
        assert await world.locks() == {}
        again = await world.must_sell(second)
        assert again.bo_usuario_id == login
        assert again.epoch > lease.epoch


class TestTheEndOfALease:
    async def test_thirty_minutes_without_a_sign_of_life_free_the_login_for_the_next(self, world: PoolWorld) -> None:
        await world.add_login()
        silent, next_one = await world.add_seller(), await world.add_seller()
        lost = await world.must_sell(silent)
        world.pass_time(minutes=29)
        assert await world.sell(next_one) is None
        world.pass_time(minutes=1)
        async with world.turn() as tx:
            lease = await world.lease(tx, next_one)
            told = [call for call in tx.calls if call.method == "login_expirado"]
        assert lease is not None
        assert lease.epoch > lost.epoch
        assert [(call.lane, call.target, call.params) for call in told] == [
            (f"aviso:{silent.venda_id}", "turn", {"venda_id": str(silent.venda_id), "epoch": lost.epoch})
        ]

    async def test_a_sign_of_life_keeps_the_login(self, world: PoolWorld) -> None:
        await world.add_login()
        lease = await world.must_sell(await world.add_seller())
        for _ in range(3):
            world.pass_time(minutes=29)
            async with world.turn() as tx:
                assert await pool.free_expired(tx) == []
                assert await pool.renew_lease(tx, lease.epoch, TTL)

    async def test_expired_leases_are_named_and_counted_once(self, world: PoolWorld) -> None:
        await world.add_login()
        seller = await world.add_seller()
        lease = await world.must_sell(seller)
        world.pass_time(minutes=31)
        async with world.turn() as tx:
            freed = await pool.free_expired(tx)
            assert await pool.free_expired(tx) == []
        assert [(f.epoch, f.bo_usuario_id, f.vendedor_id, f.venda_id, f.telefone) for f in freed] == [
            (lease.epoch, lease.bo_usuario_id, seller.id, seller.venda_id, seller.telefone)
        ]
        assert await world.locks() == {}

    @pytest.mark.falha(48)
    async def test_a_worker_paused_for_31_minutes_changes_nothing_under_its_old_epoch(self, world: PoolWorld) -> None:
        login = await world.add_login()
        paused, holder = await world.add_seller(), await world.add_seller()
        old = await world.must_sell(paused)
        world.pass_time(minutes=31)
        new = await world.must_sell(holder)
        async with world.turn() as tx:
            assert not await pool.renew_lease(tx, old.epoch, TTL)
            assert not await pool.release_login(tx, old.epoch, "CONCLUIDO")
        assert await world.ocorrencias() == [
            ("renovacao_tardia", str(old.epoch)),
            ("liberacao_tardia", str(old.epoch)),
        ]
        assert await world.locks() == {login: new.epoch}
        async with world.turn() as tx:
            assert await pool.renew_lease(tx, new.epoch, TTL)

    @pytest.mark.falha(48)
    async def test_a_lease_past_its_end_is_not_renewed_though_nobody_took_the_login(self, world: PoolWorld) -> None:
        await world.add_login()
        lease = await world.must_sell(await world.add_seller())
        world.pass_time(minutes=31)
        async with world.turn() as tx:
            assert not await pool.renew_lease(tx, lease.epoch, TTL)
            assert await pool.release_login(tx, lease.epoch, "CONCLUIDO")

    @pytest.mark.falha(64)
    async def test_a_clock_that_leaps_ten_minutes_leaves_leases_alone(self, world: PoolWorld) -> None:
        await world.add_login()
        holder, other = await world.add_seller(), await world.add_seller()
        lease = await world.must_sell(holder)
        for leap in (10, -20, 25):
            world.pass_time(minutes=leap)
            assert await world.sell(other) is None
            async with world.turn() as tx:
                assert await pool.renew_lease(tx, lease.epoch, TTL)

    @pytest.mark.falha(64)
    async def test_a_clock_that_leaps_over_the_end_leaves_one_holder_whose_word_counts(self, world: PoolWorld) -> None:
        await world.add_login()
        first, second = await world.add_seller(), await world.add_seller()
        lost = await world.must_sell(first)
        world.pass_time(hours=2)
        lease = await world.must_sell(second)
        world.pass_time(hours=-2)
        async with world.turn() as tx:
            assert not await pool.renew_lease(tx, lost.epoch, TTL)
            assert await pool.renew_lease(tx, lease.epoch, TTL)

    async def test_an_administrator_frees_everybody(self, world: PoolWorld) -> None:
        await world.add_login()
        await world.add_login()
        leases = [await world.must_sell(await world.add_seller()) for _ in range(2)]
        async with world.turn() as tx:
            freed = await pool.free_all(tx)
        assert [lease.epoch for lease in freed] == [lease.epoch for lease in leases]
        assert await world.locks() == {}

    @pytest.mark.parametrize("typed", ["553188804000", "5531988804000"])
    @pytest.mark.parametrize("kept", ["553188804000", "5531988804000"])
    async def test_a_phone_is_freed_with_and_without_the_ninth_digit(
        self, world: PoolWorld, typed: str, kept: str
    ) -> None:
        await world.add_login()
        await world.add_login()
        lease = await world.must_sell(await world.add_seller(kept))
        await world.must_sell(await world.add_seller("5531977777777"))
        async with world.turn() as tx:
            assert [freed.epoch for freed in await pool.free_of_phone(tx, typed)] == [lease.epoch]


class TestALoginThePortalRefused:
    @pytest.mark.falha(54)
    async def test_it_is_set_aside_after_one_refusal_until_an_administrator_clears_it(self, world: PoolWorld) -> None:
        login = await world.add_login()
        seller = await world.add_seller()
        lease = await world.must_sell(seller)
        async with world.turn() as tx:
            await pool.set_login_aside(tx, login, lease.epoch, "senha incorreta")
            await pool.release_login(tx, lease.epoch, "FALHOU")
        assert await world.ocorrencias() == [("login_recusado", str(login))]
        assert await world.sell(seller) is None
        async with world.turn() as tx:
            await tx.execute(update(usuarios).values(login_recusado_em=None))
        assert await world.sell(seller) is not None

    @pytest.mark.falha(54)
    async def test_it_is_set_aside_also_when_the_login_was_given_back_first(self, world: PoolWorld) -> None:
        login = await world.add_login()
        seller = await world.add_seller()
        lease = await world.must_sell(seller)
        async with world.turn() as tx:
            await pool.release_login(tx, lease.epoch, "FALHOU")
            await pool.set_login_aside(tx, login, lease.epoch, "senha incorreta")
        assert await world.sell(seller) is None

    async def test_a_refusal_under_an_older_epoch_is_only_recorded(self, world: PoolWorld) -> None:
        login = await world.add_login()
        seller = await world.add_seller()
        lease = await world.must_sell(seller)
        async with world.turn() as tx:
            await pool.release_login(tx, lease.epoch, "CONCLUIDO")
        await world.must_sell(await world.add_seller())
        async with world.turn() as tx:
            await pool.set_login_aside(tx, login, lease.epoch, "senha incorreta")
        assert await world.ocorrencias() == [("recusa_tardia", str(login))]
        async with world.database.read() as connection:
            assert (await pool.pool_status(connection, world.now)).afastados == 0


class TestTheStatus:
    async def test_it_counts_the_free_the_waiting_and_the_set_aside_and_names_the_used(self, world: PoolWorld) -> None:
        for _ in range(3):
            await world.add_login()
        await world.add_login(login_recusado_em=world.now)
        seller, waiting = await world.add_seller(), await world.add_seller()
        lease = await world.must_sell(seller)
        async with world.turn() as tx:
            await pool.join_queue(tx, waiting.venda_id)
        async with world.database.read() as connection:
            status = await pool.pool_status(connection, world.now)
            later = await pool.pool_status(connection, world.now + TTL)
        em_uso = pool.EmUso(lease.bo_usuario_id, seller.telefone, world.now, world.now + TTL)
        assert status == pool.PoolStatus(livres=2, na_fila=1, afastados=1, em_uso=(em_uso,))
        assert later == pool.PoolStatus(livres=3, na_fila=1, afastados=1, em_uso=())
