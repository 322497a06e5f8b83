"""Many ask at once whose turn it is, in several processes: nobody is passed over, no number is lost or given twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.da_vez import DaVez
from core.batches import Batches
from core.consultor.da_vez import Pedido
from storage.consultor.consultores import change_consultor
from storage.transaction import Transaction
from tests.support.turn_order import add, as_given, out_of_turn
from tests.support.turning import World, open_world

pytestmark = pytest.mark.each_database


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def people(world: World, count: int) -> list[int]:
    async def work(tx: Transaction) -> list[int]:
        return [await add(tx, f"Consultor {number}") for number in range(count)]

    return await world.turns.run(work)


async def test_a_thousand_at_once_in_three_processes_are_served_in_turn(world: World) -> None:
    consultores = await people(world, 7)
    processes = [DaVez(turns, {}) for turns in (world.turns, world.process(), world.process())]
    asked = [processes[number % 3].next(Pedido("pt")) for number in range(1_000)]
    given = as_given(await asyncio.gather(*asked))
    assert sorted(number for number, _ in given) == list(range(1, 1_001))
    assert out_of_turn(given, consultores) == 0
    counts = Counter(consultor_id for _, consultor_id in given)
    assert max(counts.values()) - min(counts.values()) <= 1


async def test_those_who_get_nobody_use_up_no_number(world: World) -> None:
    await people(world, 2)
    da_vez = DaVez(world.turns, {})
    asked = [da_vez.next(Pedido("pt" if number % 2 else "es")) for number in range(100)]
    answers = await asyncio.gather(*asked)
    assert [one is None for one in answers] == [number % 2 == 0 for number in range(100)]
    assert sorted(number for number, _ in as_given(answers)) == list(range(1, 51))


async def test_the_answers_of_one_process_are_in_the_order_in_which_was_asked(world: World) -> None:
    await people(world, 3)
    da_vez = DaVez(world.turns, {})
    answers = await asyncio.gather(*(da_vez.next(Pedido("pt")) for _ in range(150)))
    assert [number for number, _ in as_given(answers)] == list(range(1, 151))


async def test_numbers_without_a_consultor_come_from_the_same_counter(world: World) -> None:
    (one,) = await people(world, 1)
    da_vez = DaVez(world.turns, {})
    asked = [da_vez.protocolo(None), da_vez.protocolo(one), da_vez.protocolo(99)]
    free, own, missing = await asyncio.gather(*asked)
    escolha = await da_vez.next(Pedido("pt"))
    assert free is not None
    assert own is not None
    assert (free.id, free.consultor_id, own.id, own.consultor_id, missing) == (1, None, 2, one, None)
    assert escolha is not None
    assert escolha.protocolo_id == 3


async def test_a_clock_that_is_behind_passes_nobody_over(world: World) -> None:
    consultores = await people(world, 3)
    da_vez = DaVez(world.turns, {})
    given = []
    for _ in range(6):
        given += as_given([await da_vez.next(Pedido("pt"))])
        world.clock.move(minutes=-10)
    assert out_of_turn(given, consultores) == 0


async def test_how_many_stand_behind_is_told_to_whoever_wants_to_know(world: World) -> None:
    await people(world, 3)
    da_vez = DaVez(world.turns, {})
    told, untold = await asyncio.gather(da_vez.next(Pedido("pt", explicar=True)), da_vez.next(Pedido("pt")))
    assert told is not None
    assert untold is not None
    assert (told.motivo()["atras"], untold.motivo()["atras"]) == (2, None)


async def test_somebody_who_goes_offline_meanwhile_is_chosen_before_or_not_at_all(world: World) -> None:

    consultores = await people(world, 4)
    da_vez, other = DaVez(world.turns, {}), world.process()

    async def goes(tx: Transaction) -> None:
        await change_consultor(tx, consultores[0], {"status_online": False})

    asked = [da_vez.next(Pedido("pt")) for _ in range(200)]
    *answers, _ = await asyncio.gather(*asked, other.run(goes))
    world.clock.move(seconds=1)
    later = await asyncio.gather(*(da_vez.next(Pedido("pt")) for _ in range(20)))
    assert len(as_given([one for one in answers if one is not None])) == 200
    assert consultores[0] not in {one for _, one in as_given(later)}


class TestBatches:
    async def test_take_what_came_while_one_was_at_work(self) -> None:
        seen: list[list[int]] = []

        async def work(items: object) -> list[int]:
            seen.append(list(items))  # type: ignore[call-overload]
            await asyncio.sleep(0)
            return seen[-1]

        batches = Batches(work, 4)
        assert await asyncio.gather(*map(batches.add, range(10))) == list(range(10))
        assert seen == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
        await batches.settle()

    async def test_that_fail_fail_for_those_in_them_only(self) -> None:
        async def work(items: object) -> object:
            if 0 in items:  # type: ignore[operator]
                raise LookupError
            return items

        batches: Batches[int, int] = Batches(work, 2)  # type: ignore[arg-type]
        answers = await asyncio.gather(*map(batches.add, range(4)), return_exceptions=True)
        assert [type(one) for one in answers] == [LookupError, LookupError, int, int]
