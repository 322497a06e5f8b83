"""What customers' turns ask first is read, and locked, for all who share a transaction with one statement."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from storage.atendimento.atendimentos import (
    atendimento_now,
    attended_by,
    change_atendimento,
    learn_customers,
    lock_atendimento,
    note_lost,
    share_ahead,
    shared_ahead,
)
from storage.consultor.consultores import change_consultor, consultor_now, learn_consultores
from storage.pessoa.perfil import Perfil
from storage.tables import usuarios
from storage.transaction import Transaction
from tests.support.asked import statements
from tests.support.past import new_atendimento, new_consultor
from tests.support.turning import World, open_world

_OPEN: dict[str, Any] = {"status": "EM_ATENDIMENTO", "encerrado_em": None}


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def _two(tx: Transaction, contato_id: int) -> list[int]:
    davi = await new_consultor(tx)
    values = {"consultor_id": davi, "status": "EM_ATENDIMENTO", "encerrado_em": None}
    return [await new_atendimento(tx, contato_id, **(values if number else {})) for number in range(2)]


async def test_what_was_locked_ahead_is_not_asked_again(world: World) -> None:
    contato_id = await world.person()

    async def work(tx: Transaction) -> None:
        several = await _two(tx, contato_id)
        await share_ahead(tx, several)
        with statements() as asked:
            for one in several:
                assert (looked_at := shared_ahead(tx, one)) is not None
                assert await atendimento_now(tx, one) == looked_at
                assert await lock_atendimento(tx, one, shared=True) == looked_at
        assert asked == []
        assert shared_ahead(tx, several[0]) is None, "whoever has it may change it: the next one reads it anew"
        with statements() as asked:
            assert await lock_atendimento(tx, several[0], shared=True) is not None
        assert len(asked) == 1

    await world.turns.run(work)


async def test_what_was_changed_since_is_read_anew(world: World) -> None:
    contato_id = await world.person()

    async def work(tx: Transaction) -> None:
        ended, attended = await _two(tx, contato_id)
        await share_ahead(tx, [ended, attended])
        await change_atendimento(tx, ended, avaliacao=5)
        rated = await lock_atendimento(tx, ended, shared=True)
        assert rated is not None
        assert rated.avaliacao == 5

        known = shared_ahead(tx, attended)
        assert known is not None
        assert await note_lost(tx, known, tx.now)
        lost = await lock_atendimento(tx, attended, shared=True)
        assert lost is not None
        assert lost.consultor_sumiu_em == tx.now

    await world.turns.run(work)


async def test_who_is_about_to_change_it_gets_it_as_it_is_under_their_own_lock(world: World) -> None:
    contato_id = await world.person()

    async def work(tx: Transaction) -> None:
        (one, _) = await _two(tx, contato_id)
        await share_ahead(tx, [one])
        with statements() as asked:
            await lock_atendimento(tx, one)
        assert len(asked) == 1
        assert shared_ahead(tx, one) is None

    await world.turns.run(work)


async def _consultor(tx: Transaction, nome: str, telefone: str) -> tuple[int, UUID]:
    usuario_id = uuid4()
    stamps = {"criado_em": tx.now, "atualizado_em": tx.now}
    row = {"id": usuario_id, "nome_completo": nome, "telefone": telefone, "perfil_usuario": Perfil.CONSULTOR}
    await tx.execute(insert(usuarios).values(row | stamps))
    return await new_consultor(tx, nome, usuario_id), usuario_id


async def test_a_consultor_and_their_customers_are_asked_for_once_in_a_turn(world: World) -> None:
    maria, pedro = await world.person(), await world.person("5531988804001")

    async def work(tx: Transaction) -> None:
        (davi, of_davi), (elisa, of_elisa) = (
            await _consultor(tx, "Davi", "5531988800001"),
            await _consultor(tx, "Elisa", "5531988800002"),
        )
        hers = [await new_atendimento(tx, contato_id, consultor_id=davi, **_OPEN) for contato_id in (maria, pedro)]
        nobody = uuid4()
        with statements() as asked:
            assert sorted(await learn_consultores(tx, [of_davi, of_elisa, nobody])) == sorted([davi, elisa])
            await learn_customers(tx, [davi, elisa])
        assert len(asked) == 2
        with statements() as asked:
            assert [one.id for one, _nome in await attended_by(tx, davi)] == hers
            assert await attended_by(tx, elisa) == []
            found = await consultor_now(tx, of_davi)
            assert found is not None
            assert found.id == davi
            assert await consultor_now(tx, nobody) is None
        assert asked == []

    await world.turns.run(work)


async def test_a_consultor_who_was_put_out_of_service_in_the_turn_is_read_anew(world: World) -> None:
    async def work(tx: Transaction) -> None:
        davi, of_davi = await _consultor(tx, "Davi", "5531988800001")
        await learn_consultores(tx, [of_davi])
        await change_consultor(tx, davi, {"status_ativo": False})
        found = await consultor_now(tx, of_davi)
        assert found is not None
        assert not found.status_ativo

    await world.turns.run(work)


async def test_a_customer_who_left_in_the_turn_is_no_longer_their_consultors(world: World) -> None:
    maria, pedro = await world.person(), await world.person("5531988804001")

    async def work(tx: Transaction) -> None:
        davi, _ = await _consultor(tx, "Davi", "5531988800001")
        first, second = [await new_atendimento(tx, one, consultor_id=davi, **_OPEN) for one in (maria, pedro)]
        await learn_customers(tx, [davi])
        await change_atendimento(tx, first, status="ENCERRADO", encerrado_em=tx.now)
        assert [one.id for one, _nome in await attended_by(tx, davi)] == [second]

    await world.turns.run(work)
