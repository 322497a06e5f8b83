"""What waits for approvers: in the order of what it would cost to be late, and several approved together."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from core.processo.faturas import corrigir
from core.processo.limites import ProcessoLimits
from core.processo.pendentes import Feitas, a_aprovar_juntas, aprovar_varias
from core.processo.quem import Quem
from storage.pessoa.perfil import Perfil
from storage.processo.pendentes import Lugar, pendentes
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.faturas import a_aprovar, chega, nova_pessoa
from tests.support.turning import World, open_world

TODAY = date(2026, 11, 29)
LIMITS = ProcessoLimits()


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def waiting(world: World, valor: int | None, days: int | None) -> Processo:
    due = None if days is None else TODAY + timedelta(days=days)
    found: Processo = await world.turns.run(lambda tx: a_aprovar(tx, valor_centavos=valor, data_vencimento=due))
    return found


async def page(world: World, limit: int, depois: Lugar | None = None) -> tuple[list[UUID], list[int], int]:
    async with world.database.read() as connection:
        found, total = await pendentes(connection, TODAY, limit, depois)
    return [one.processo.id for one in found], [one.custo for one in found], total


async def test_little_time_and_much_money_come_first_and_what_nobody_can_say_last(world: World) -> None:
    far_and_dear = await waiting(world, 100_000, 59)
    near = await waiting(world, 100_000, 1)
    overdue = await waiting(world, 100_000, -5)
    very_far = await waiting(world, 200_000, 400)
    unknown = await waiting(world, None, 3)
    undated = await waiting(world, 900_000, None)
    ids, custos, total = await page(world, 10)
    assert ids[:4] == [overdue.id, near.id, very_far.id, far_and_dear.id]
    assert custos[:4] == [6_500_000, 5_900_000, 200_000, 100_000]
    assert (set(ids[4:]), custos[4:], total) == ({unknown.id, undated.id}, [-1, -1], 6)


async def test_pages_show_everything_once(world: World) -> None:
    for number in range(7):
        await waiting(world, 1_000 * (number // 3), 2)
    seen: list[UUID] = []
    depois: Lugar | None = None
    while True:
        ids, custos, total = await page(world, 2, depois)
        if not ids:
            break
        assert total == 7
        seen += ids
        depois = Lugar(custos[-1], ids[-1])
    assert len(seen) == len(set(seen)) == 7


class TestTogether:
    """Several with one confirmation."""

    async def shown(self, world: World, quem: Quem) -> list[tuple[UUID, int]]:
        found = await world.turns.run(lambda tx: a_aprovar_juntas(tx, quem, TODAY, LIMITS))
        return [(one.id, one.versao) for one in found]

    async def gil(self, world: World, perfil: Perfil = Perfil.APROVADOR) -> Quem:
        found: Quem = await world.turns.run(lambda tx: nova_pessoa(tx, perfil))
        return found

    async def test_only_those_whose_witnesses_all_agree(self, world: World) -> None:
        agreeing = [await world.turns.run(lambda tx, n=n: chega(tx, numero=n)) for n in (1, 2)]  # type: ignore[misc]
        await waiting(world, 1_000_000, 1)
        gil = await self.gil(world)
        lote = await self.shown(world, gil)
        assert {one for one, _ in lote} == {one.id for one in agreeing}
        done: Feitas = await world.turns.run(lambda tx: aprovar_varias(tx, lote, gil, LIMITS))
        assert ({one.processo.id for one in done.aprovadas if one.processo}, done.ficaram) == (
            {one.id for one in agreeing},
            [],
        )
        assert await self.shown(world, gil) == []

    async def test_what_changed_after_it_was_shown_is_left_out(self, world: World) -> None:
        first = await world.turns.run(lambda tx: chega(tx, numero=1))
        second = await world.turns.run(lambda tx: chega(tx, numero=2))
        gil, hugo = await self.gil(world), await self.gil(world, Perfil.OPERADOR)
        lote = await self.shown(world, gil)

        async def changes(tx: Transaction) -> None:
            await corrigir(tx, first.id, hugo, LIMITS, valor_centavos=1, data_vencimento=first.data_vencimento)

        await world.turns.run(changes)
        done: Feitas = await world.turns.run(lambda tx: aprovar_varias(tx, lote, gil, LIMITS))
        assert [one.id for one in done.ficaram] == [first.id]
        assert [one.processo.id for one in done.aprovadas if one.processo] == [second.id]

    async def test_whoever_brought_the_file_and_whoever_has_no_right_are_shown_none(self, world: World) -> None:
        ines = await self.gil(world, Perfil.ADMINISTRADOR)
        await world.turns.run(lambda tx: chega(tx, quem=ines))
        assert await self.shown(world, ines) == []
        assert await self.shown(world, await self.gil(world, Perfil.OPERADOR)) == []
        assert len(await self.shown(world, await self.gil(world))) == 1
