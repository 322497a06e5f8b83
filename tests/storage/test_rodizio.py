"""The rows behind the turn, the same on SQLite and PostgreSQL: who takes turns, in which order, and the numbers."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from core.consultor.protocolos import id_do_numero, numero_de
from storage.consultor.consultores import (
    change_consultor,
    consultor_by_id,
    consultor_of_usuario,
    in_turns,
    set_online,
    stamp,
)
from storage.consultor.protocolos import issue_protocolos, list_protocolos, lock_counter, protocolo_by_id
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario, change_usuario
from storage.transaction import Transaction
from tests.support.turn_order import add
from tests.support.turning import World, open_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def added(world: World, idiomas: str = "pt", **values: Any) -> int:
    return await world.turns.run(lambda tx: add(tx, idiomas=idiomas, **values))


async def order(world: World, idioma: str = "pt", limit: int = 10) -> list[int]:
    async with world.database.read() as connection:
        return [one.id for one in (await in_turns(connection, [idioma], limit))[idioma]]


async def changed(world: World, consultor_id: int, **values: Any) -> None:
    await world.turns.run(lambda tx: change_consultor(tx, consultor_id, values))


class TestOrder:
    async def test_never_attended_first_then_longest_since_equals_by_id(self, world: World) -> None:
        now = world.clock.now
        just = await added(world, ultimo_atendimento=now)
        long_ago = await added(world, ultimo_atendimento=now - timedelta(days=2))
        never = [await added(world), await added(world)]
        same = await added(world, ultimo_atendimento=now)
        assert await order(world) == [*never, long_ago, just, same]
        assert await order(world, limit=2) == never

    async def test_a_language_has_those_who_speak_it(self, world: World) -> None:
        both, english = await added(world, "pt en"), await added(world, "en")
        assert (await order(world, "pt"), await order(world, "en"), await order(world, "es")) == (
            [both],
            [both, english],
            [],
        )

    async def test_an_attendance_moves_them_back_in_every_language(self, world: World) -> None:
        both, other = await added(world, "pt en"), await added(world, "pt en")

        async def attends(tx: Transaction) -> None:
            await lock_counter(tx)
            await stamp(tx, [(both, tx.now)])

        await world.turns.run(attends)
        assert (await order(world, "pt"), await order(world, "en")) == ([other, both], [other, both])
        assert await world.rows("SELECT count(*) AS rows FROM rodizio") == [{"rows": 4}]

    async def test_equal_moments_a_microsecond_apart_are_told_apart(self, world: World) -> None:
        first, second = await added(world), await added(world)
        now = world.clock.now
        stamps = [(second, now), (first, now + timedelta(microseconds=1))]
        await world.turns.run(lambda tx: stamp(tx, stamps))
        assert await order(world) == [second, first]

    async def test_of_somebody_stamped_twice_the_later_pair_counts(self, world: World) -> None:
        one, now = await added(world), world.clock.now
        await world.turns.run(lambda tx: stamp(tx, [(one, now), (one, now + timedelta(seconds=1))]))
        async with world.database.read() as connection:
            found = await consultor_by_id(connection, one)
        assert found is not None
        assert found.ultimo_atendimento == now + timedelta(seconds=1)

    async def test_stamping_nobody_or_somebody_unknown_does_nothing(self, world: World) -> None:
        await world.turns.run(lambda tx: stamp(tx, []))
        await world.turns.run(lambda tx: stamp(tx, [(99, tx.now)]))


class TestWhoTakesTurns:
    @pytest.mark.parametrize("missing", ["status_ativo", "status_ativo_sequencial", "status_online"])
    async def test_only_who_is_active_in_the_rotation_and_online(self, world: World, missing: str) -> None:
        one = await added(world)
        await changed(world, one, **{missing: False})
        assert await order(world) == []
        await changed(world, one, **{missing: True})
        assert await order(world) == [one]

    async def test_out_of_service_nobody_is_online_and_back_what_was_told(self, world: World) -> None:
        one = await added(world, status_online=False)
        await changed(world, one, status_ativo=False)
        for told in (True, False, True):
            await changed(world, one, status_online=told)
            assert (await online(world, one), await order(world)) == (False, [])
        await changed(world, one, status_ativo=True)
        assert (await online(world, one), await order(world)) == (True, [one])

    async def test_a_person_out_of_service_is_no_consultor_online(self, world: World) -> None:
        davi, one = await person(world), await added(world)
        await changed(world, one, usuario_id=davi)
        await world.turns.run(lambda tx: change_usuario(tx, davi, status_ativo=False))
        await world.turns.run(lambda tx: set_online(tx, davi, online=False))
        await world.turns.run(lambda tx: set_online(tx, davi, online=True))
        assert (await online(world, one), await order(world)) == (False, [])

    async def test_whoever_comes_back_has_the_place_of_their_last_attendance(self, world: World) -> None:
        now = world.clock.now
        one = await added(world, ultimo_atendimento=now - timedelta(hours=1))
        others = [await added(world, ultimo_atendimento=now - timedelta(hours=hours)) for hours in (2, 0)]
        await changed(world, one, status_online=False)
        assert await order(world) == others
        await changed(world, one, status_online=True)
        assert await order(world) == [others[0], one, others[1]]

    async def test_other_languages_are_other_places(self, world: World) -> None:
        one = await added(world, "pt en")
        await changed(world, one, idiomas=["en", "es"])
        assert [await order(world, idioma) for idioma in ("pt", "en", "es")] == [[], [one], [one]]

    async def test_the_presence_of_a_person_is_their_status_online(self, world: World) -> None:
        davi, one = await person(world), await added(world, status_online=False)
        await changed(world, one, usuario_id=davi)
        for online in (True, True, False):
            await world.turns.run(lambda tx, online=online: set_online(tx, davi, online))  # type: ignore[misc]
            async with world.database.read() as connection:
                found = await consultor_of_usuario(connection, davi)
            assert found is not None
            assert (found.id, found.status_online, await order(world)) == (one, online, [one] if online else [])

    async def test_whoever_is_no_consultor_may_have_a_presence_too(self, world: World) -> None:
        await world.turns.run(lambda tx: set_online(tx, uuid4(), online=True))
        assert await order(world) == []


async def online(world: World, consultor_id: int) -> bool:
    async with world.database.read() as connection:
        found = await consultor_by_id(connection, consultor_id)
    assert found is not None
    return found.status_online


async def person(world: World) -> Any:
    usuario_id = uuid4()
    row = {"nome_completo": "Davi", "telefone": "5531988804003", "perfil_usuario": Perfil.CONSULTOR}
    await world.turns.run(lambda tx: add_usuario(tx, row | {"id": usuario_id}))
    return usuario_id


class TestNumbers:
    async def test_follow_each_other(self, world: World) -> None:
        one = await added(world)
        assert await world.turns.run(lambda tx: issue_protocolos(tx, [one, None])) == [1, 2]
        assert await world.turns.run(lambda tx: issue_protocolos(tx, [])) == []
        assert await world.turns.run(lambda tx: issue_protocolos(tx, [None])) == [3]
        async with world.database.read() as connection:
            first = await protocolo_by_id(connection, 1)
            missing = await protocolo_by_id(connection, 4)
            page, total = await list_protocolos(connection, None, skip=1, limit=5)
            own, counted = await list_protocolos(connection, one, skip=0, limit=5)
        assert first is not None
        assert (first.consultor_id, first.created_at, missing) == (one, world.clock.now, None)
        assert ([protocolo.id for protocolo in page], total) == ([2, 3], 3)
        assert ([protocolo.id for protocolo in own], counted) == ([1], 1)

    async def test_of_a_turn_that_fails_go_to_the_next(self, world: World) -> None:
        async def fails(tx: Transaction) -> None:
            assert await issue_protocolos(tx, [None]) == [1]
            raise LookupError

        with pytest.raises(LookupError):
            await world.turns.run(fails)
        assert await world.turns.run(lambda tx: issue_protocolos(tx, [None])) == [1]

    async def test_of_many_at_once_have_no_gap_and_no_repeat(self, world: World) -> None:
        processes = [world.turns, world.process(), world.process()]
        # A process has this many transactions under way at the most, and each holds a connection.
        asked = [processes[number % 3].run(lambda tx: issue_protocolos(tx, [None])) for number in range(30)]
        given = [number for (number,) in await asyncio.gather(*asked)]
        assert sorted(given) == list(range(1, 31))


@pytest.mark.parametrize(
    ("protocolo_id", "numero"), [(1, "#00001"), (42, "#00042"), (99_999, "#99999"), (123_456, "#123456")]
)
def test_a_number_as_it_is_written(protocolo_id: int, numero: str) -> None:
    assert numero_de(protocolo_id) == numero
    assert {id_do_numero(text) for text in (numero, numero[1:], f" {protocolo_id} ")} == {protocolo_id}


@pytest.mark.parametrize("text", ["", "#", "abc", "0", "#00000", "-1", "1.5", "##1", "٣", "9" * 30])
def test_what_is_no_number(text: str) -> None:
    assert id_do_numero(text) is None
