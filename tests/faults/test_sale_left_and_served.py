"""A sale is served from the queue in the very moment in which its seller leaves it on another channel."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from core.venda import pool
from core.venda.venda import Saida, cancel_sale, end_sale, open_sale, start_queued
from storage.contatos.contatos import Pessoa
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario
from storage.tables import vendas
from storage.transaction import Transaction
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda, venda_by_id
from tests.support.pool_world import TTL, PoolWorld, Seller

Work = Callable[[Transaction], Awaitable[Any]]


def _pessoa(seller: Seller) -> Pessoa:
    return Pessoa(seller.id, "Ana Souza", seller.telefone, Perfil.VENDEDOR, True, "V1", True)


async def _waiting(world: PoolWorld) -> tuple[Seller, Venda]:
    """A seller in the queue, as both turns have read their sale."""
    seller = await world.add_seller()
    async with world.turn() as tx:
        await tx.execute(update(vendas).where(vendas.c.id == seller.venda_id).values(status_venda=StatusVenda.NA_FILA))
        await pool.join_queue(tx, seller.venda_id)
    return seller, await _read(world, seller.venda_id)


async def _read(world: PoolWorld, venda_id: UUID) -> Venda:
    async with world.database.read() as connection:
        venda = await venda_by_id(connection, venda_id)
    assert venda is not None
    return venda


async def _one_while_the_other_is_not_done(world: PoolWorld, first: Work, second: Work) -> tuple[Any, Any]:
    """The second turn begins when the first one has done its work, and before it commits."""
    worked, others = asyncio.Event(), []

    async def behind() -> Any:
        await worked.wait()
        async with world.turn() as tx:
            return await second(tx)

    waiting = asyncio.create_task(behind())
    async with world.turn() as tx:
        others.append(await first(tx))
        worked.set()
        # On PostgreSQL it gets as far as the row; on SQLite it waits for the only writer.
        await asyncio.wait([waiting], timeout=0.2)
        assert not waiting.done()
    return others[0], await waiting


@pytest.mark.falha(136)
async def test_who_has_just_left_gets_no_login(world: PoolWorld) -> None:
    await world.add_login()
    seller, venda = await _waiting(world)
    left, served = await _one_while_the_other_is_not_done(
        world,
        lambda tx: cancel_sale(tx, venda),
        lambda tx: start_queued(tx, [(venda, _pessoa(seller))], ttl=TTL, chance=world.chance),
    )
    assert (left, served) == (StatusVenda.CANCELADO, set())
    assert await world.locks() == {}
    assert (await world.must_sell(await world.add_seller())).epoch > 0


@pytest.mark.falha(136)
async def test_who_leaves_just_after_being_served_has_the_robot_stopped(world: PoolWorld) -> None:
    await world.add_login()
    seller, venda = await _waiting(world)
    served, left = await _one_while_the_other_is_not_done(
        world,
        lambda tx: start_queued(tx, [(venda, _pessoa(seller))], ttl=TTL, chance=world.chance),
        lambda tx: cancel_sale(tx, venda),
    )
    assert (served, left) == ({venda.id}, StatusVenda.CANCELANDO)
    assert (await _read(world, venda.id)).status_venda == StatusVenda.CANCELANDO


@pytest.mark.falha(137)
async def test_a_sale_that_ends_gives_back_the_login_it_has_now(world: PoolWorld) -> None:
    """Read before the queue served it: the row in hand knows of no login."""
    await world.add_login()
    seller, stale = await _waiting(world)
    async with world.turn() as tx:
        assert await start_queued(tx, [(stale, _pessoa(seller))], ttl=TTL, chance=world.chance)
    assert stale.epoch is None
    async with world.turn() as tx:
        assert await end_sale(tx, stale, StatusVenda.CANCELADO)
    assert await world.locks() == {}
    assert await world.sell(await world.add_seller()) is not None


@pytest.mark.falha(138)
async def test_a_login_that_an_ended_sale_left_behind_does_not_stop_the_next_sim(world: PoolWorld) -> None:
    await world.add_login()
    seller = await world.add_seller()
    left_behind = await world.must_sell(seller)
    async with world.turn() as tx:
        await tx.execute(
            update(vendas)
            .where(vendas.c.id == seller.venda_id)
            .values(status_venda=StatusVenda.CANCELADO, encerrada_em=world.now)
        )
        contato_id = (await venda_by_id(tx.connection, seller.venda_id)).contato_id  # type: ignore[union-attr]
    async with world.turn() as tx:
        opened = await open_sale(tx, _pessoa(seller), contato_id, ttl=TTL, chance=random.Random(1), join_queue=False)
    assert opened.saida is Saida.INICIADA
    assert opened.venda is not None
    assert opened.venda.epoch is not None
    assert opened.venda.epoch > left_behind.epoch


@pytest.mark.falha(138)
async def test_a_login_whose_key_was_lost_in_mid_sale_is_given_back(world: PoolWorld) -> None:
    login = await world.add_login()
    seller = await world.add_seller()
    lease = await world.must_sell(seller)
    async with world.turn() as tx:
        await change_usuario(tx, login, senha_pap=tx.secrets.seal("senha", "usuarios", "senha_pap", "other row"))
    assert await world.sell(seller) is None
    async with world.turn() as tx:
        assert not await pool.renew_lease(tx, lease.epoch, TTL)


@pytest.mark.falha(235)
async def test_who_cancels_when_the_login_is_lost_already_does_not_wait_for_the_robot(world: PoolWorld) -> None:
    """Its time was over, and no clock had closed it yet: the row count of the renewal says so."""
    await world.add_login()
    seller, venda = await _waiting(world)
    async with world.turn() as tx:
        assert await start_queued(tx, [(venda, _pessoa(seller))], ttl=TTL, chance=world.chance)
    world.pass_time(seconds=TTL.total_seconds() + 1)
    async with world.turn() as tx:
        assert await cancel_sale(tx, await _read(world, venda.id)) is StatusVenda.CANCELADO
        assert [call.method for call in tx.calls if call.target == "rpa"] == ["cancelar"]
    assert (await _read(world, venda.id)).encerrada_em is not None
    assert await world.sell(await world.add_seller()) is not None
