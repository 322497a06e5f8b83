"""What is held back because of WhatsApp's window, the same on SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.contatos.contatos import update_contato
from storage.conversa.janela import closing_between, held_since_customer_wrote, template_sent_since
from storage.conversa.mensagens import unsent_messages
from storage.outbox.claims import mark_done
from storage.outbox.written import write_down
from storage.transaction import Transaction
from tests.support.past import WHEN, change_row, new_atendimento, new_consultor, new_mensagem
from tests.support.turning import World, open_world

OPEN = {"encerrado_em": None, "status": "EM_ATENDIMENTO"}


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def test_what_is_held_is_what_the_consultor_wrote_and_nothing_carries(world: World) -> None:
    contato_id = await world.person()

    async def work(tx: Transaction) -> None:
        davi = await new_consultor(tx)
        one = await new_atendimento(tx, contato_id, consultor_id=davi, **OPEN)
        await new_mensagem(tx, one, "CONSULTOR", "foi", consultor_id=davi, outbox_id=9)
        await new_mensagem(tx, one, "CLIENTE", "oi")
        await new_mensagem(tx, one, "NOTA", "nota", consultor_id=davi)
        assert await unsent_messages(tx.connection, one) == []
        assert not await held_since_customer_wrote(tx.connection, one)
        await new_mensagem(tx, one, "CONSULTOR", "um", consultor_id=davi)
        await new_mensagem(tx, one, "CONSULTOR", "dois", consultor_id=davi)
        assert [found.texto for found in await unsent_messages(tx.connection, one)] == ["um", "dois"]
        assert await held_since_customer_wrote(tx.connection, one)
        await new_mensagem(tx, one, "CLIENTE", "voltei")
        assert not await held_since_customer_wrote(tx.connection, one), "they have been offered"
        assert len(await unsent_messages(tx.connection, one)) == 2

    await world.turns.run(work)


async def test_a_template_counts_until_it_is_refused_or_answered(world: World) -> None:
    contato_id = await world.person()
    before = world.clock.now - timedelta(hours=1)

    async def sent(tx: Transaction) -> tuple[int, int]:
        one = await new_atendimento(tx, contato_id, **OPEN)
        call = await write_down(tx, "contato:1", "nowhere", "sendTemplate", {}, contato_id)
        await new_mensagem(tx, one, "CONSULTOR", "[modelo]", outbox_id=call.id)
        return one, call.id

    one, call_id = await world.turns.run(sent)
    async with world.database.read() as connection:
        assert await template_sent_since(connection, one, before) == world.clock.now
        assert await template_sent_since(connection, one, world.clock.now) is None
    await world.turns.run(lambda tx: mark_done(tx, [(call_id, None, "132001: no such template")]))
    async with world.database.read() as connection:
        assert await template_sent_since(connection, one, before) is None


async def test_whose_window_closes_soon_and_was_not_warned_of(world: World) -> None:
    contato_id, other = await world.person(), await world.person("77", channel="telegram")

    async def work(tx: Transaction) -> int:
        for one in (contato_id, other):
            await update_contato(tx, one, last_inbound_at=WHEN)
        await new_atendimento(tx, other, **OPEN)
        return await new_atendimento(tx, contato_id, **OPEN)

    one = await world.turns.run(work)
    hour, day = timedelta(hours=1), timedelta(hours=24)

    async def closing(now_after: timedelta) -> list[int]:
        now = WHEN + now_after
        async with world.database.read() as connection:
            return await closing_between(connection, "whatsapp", now - day, now - day + hour, now - hour, 10)

    assert await closing(22.9 * hour) == []
    assert await closing(23.5 * hour) == [one]
    assert await closing(24.5 * hour) == []
    await world.turns.run(lambda tx: change_row(tx, one, janela_avisada_em=WHEN + 23.2 * hour))
    assert await closing(23.5 * hour) == []
    await world.turns.run(lambda tx: change_row(tx, one, janela_avisada_em=WHEN - hour))
    assert await closing(23.5 * hour) == [one], "the warning was of the window before"
    await world.turns.run(lambda tx: change_row(tx, one, encerrado_em=WHEN, status="ENCERRADO"))
    assert await closing(23.5 * hour) == []
