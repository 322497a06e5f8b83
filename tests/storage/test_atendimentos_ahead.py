"""What customers' turns ask first is read, and locked, for all who share a transaction with one statement."""

from collections.abc import AsyncIterator

import pytest

from storage.atendimento.atendimentos import (
    atendimento_now,
    change_atendimento,
    lock_atendimento,
    note_lost,
    share_ahead,
    shared_ahead,
)
from storage.transaction import Transaction
from tests.support.asked import statements
from tests.support.past import new_atendimento, new_consultor
from tests.support.turning import World, open_world


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
