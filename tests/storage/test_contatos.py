"""The storage contract of conversations, the same on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import text
from structlog.testing import capture_logs

from dialogs.frame.speaking import Speaking, speaking
from dialogs.frame.state import TurnStorage
from dialogs.venda.venda import Vender
from storage.contatos.contatos import (
    Contato,
    attach_usuario,
    contato_by_external,
    contatos_of,
    learn_scoped_id,
    update_contato,
)
from storage.contatos.conversas import add_contato, contato_by_other_ids, hear_from, hear_from_many, open_contato
from storage.outbox.written import bring_ids, write_down
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario, change_usuario
from storage.transaction import Transaction
from tests.support.inbound import until
from tests.support.turning import World, open_world

ANA = "5531988804000"


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def register(world: World, telefone: str = ANA, **values: Any) -> UUID:
    usuario_id = uuid4()
    row = {"id": usuario_id, "nome_completo": "Ana Souza", "telefone": telefone, "perfil_usuario": Perfil.VENDEDOR}
    await world.turns.run(lambda tx: add_usuario(tx, row | values))
    return usuario_id


async def opened(world: World, contato_id: int) -> Contato:
    """The conversation as a later turn finds it."""
    contato = await world.turns.run(lambda tx: open_contato(tx, contato_id))
    assert contato is not None
    return contato


class TestHearing:
    async def test_an_event_is_new_once(self, world: World) -> None:
        contato_id = await world.person()
        for wanted in (True, False, False):
            fresh, contato = await world.turns.run(lambda tx: hear_from(tx, "whatsapp", ANA, "wamid.1"))
            assert fresh is wanted
            assert not fresh or (contato is not None and contato.id == contato_id)

    async def test_the_same_event_id_on_another_channel_is_another_event(self, world: World) -> None:
        for channel in ("telegram", "whatsapp"):
            assert await world.turns.run(lambda tx, c=channel: hear_from(tx, c, "1", "9")) == (True, None)  # type: ignore[misc]

    async def test_an_event_at_once_in_three_processes_is_new_in_one(self, world: World) -> None:
        await world.person()
        heard = await asyncio.gather(
            *(world.process().run(lambda tx: hear_from(tx, "whatsapp", ANA, "wamid.1")) for _ in range(3))
        )
        assert sorted(fresh for fresh, _ in heard) == [False, False, True]

    async def test_an_event_whose_turn_failed_is_new_again(self, world: World) -> None:
        async def fails(tx: Transaction) -> None:
            await hear_from(tx, "whatsapp", ANA, "wamid.1")
            raise ValueError

        with pytest.raises(ValueError):  # noqa: PT011 - ours, of a line before
            await world.turns.run(fails)
        assert (await world.turns.run(lambda tx: hear_from(tx, "whatsapp", ANA, "wamid.1")))[0]

    async def test_many_at_once_are_heard_as_one_by_one(self, world: World) -> None:
        ana, bruno = await world.person("1"), await world.person("2")
        await world.turns.run(lambda tx: hear_from(tx, "whatsapp", "1", "known"))
        events = {"1": "known", "2": "new", "3": "of a stranger"}
        fresh, found = await world.turns.run(lambda tx: hear_from_many(tx, "whatsapp", events))
        assert fresh == {"new", "of a stranger"}
        assert {name: contato.id for name, contato in found.items()} == {"1": ana, "2": bruno}

    async def test_what_a_group_says_comes_after_all_that_its_conversations_were_told_while_it_waited(
        self, world: World
    ) -> None:
        """Numbers are the order of a lane: taken before the wait, they would be lower than what was said meanwhile."""
        await world.person("1")
        bruno = await world.person("2")
        group: list[asyncio.Task[int]] = []

        async def last_to_come(tx: Transaction) -> int:
            await hear_from_many(tx, "whatsapp", {"1": "one", "2": "two"})
            return next(tx.ids)

        async def meanwhile(tx: Transaction) -> int:
            await open_contato(tx, bruno)
            if tx.dialect == "postgresql":
                group.append(asyncio.create_task(world.process().run(last_to_come)))
                await until(lambda: _somebody_waits(tx))
                await bring_ids(tx)
            return (await write_down(tx, "whatsapp:2", "whatsapp", "sendMessage", {"to": "2"}, bruno)).id

        told = await world.turns.run(meanwhile)
        said = await group[0] if group else await world.turns.run(last_to_come)
        assert said > told

    async def test_two_processes_that_were_sent_the_same_events_wait_in_one_order(self, postgresql_url: str) -> None:
        """Each holding what the other waits for, the database would choose one of them to begin anew."""
        async with open_world(postgresql_url) as world:
            other: list[asyncio.Task[Any]] = []

            async def sent_to_us(tx: Transaction) -> None:
                await hear_from_many(tx, "whatsapp", {"1": "a"})
                to_them = world.process().run(lambda tx: hear_from_many(tx, "whatsapp", {"2": "b", "1": "a"}))
                other.append(asyncio.create_task(to_them))
                await until(lambda: _somebody_waits(tx))
                await hear_from_many(tx, "whatsapp", {"2": "b"})

            with capture_logs() as logs:
                await world.turns.run(sent_to_us)
                fresh, _found = await other[0]
            assert (fresh, [line["event"] for line in logs]) == (set(), [])


async def _somebody_waits(tx: Transaction) -> bool:
    return bool(await tx.connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


class TestWhoItIs:
    async def test_a_new_person_is_added_once_however_many_add_them(self, world: World) -> None:
        ids = await asyncio.gather(*(_add(world) for _ in range(4)))
        assert len(set(ids)) == 1
        assert len(await world.rows("SELECT id FROM contatos")) == 1

    async def test_the_same_id_on_two_channels_is_two_conversations(self, world: World) -> None:
        assert await world.person("1", "telegram") != await world.person("1", "whatsapp")

    async def test_ids_of_ours_are_never_used_again(self, world: World) -> None:
        """Dialogs and outbox know people by them; a new person under an old id would read somebody else's chat."""
        first = await world.person("1")
        await world.turns.run(lambda tx: tx.connection.exec_driver_sql("DELETE FROM contatos"))
        assert await world.person("2") > first

    async def test_a_person_is_found_by_any_id_the_channel_has_used_for_them(self, world: World) -> None:
        contato_id = await world.person(ANA, scoped_id="BR.150")
        for name in (ANA, "BR.150"):
            found = await world.turns.run(lambda tx, name=name: contato_by_other_ids(tx, "whatsapp", [name, "x"]))  # type: ignore[misc]
            assert found is not None
            assert found.id == contato_id
        assert await world.turns.run(lambda tx: contato_by_other_ids(tx, "telegram", [ANA])) is None
        assert await world.turns.run(lambda tx: contato_by_external(tx, "whatsapp", ANA)) == contato_id

    async def test_a_scoped_id_is_learnt_once_and_never_taken_from_somebody(self, world: World) -> None:
        ana, bruno = await world.person("1"), await world.person("2", scoped_id="BR.2")

        async def learn(tx: Transaction, scoped_id: str) -> None:
            contato = await open_contato(tx, ana)
            assert contato is not None
            await learn_scoped_id(tx, contato, scoped_id)

        for scoped_id in ("BR.2", "BR.1", "BR.9"):
            await world.turns.run(lambda tx, scoped_id=scoped_id: learn(tx, scoped_id))  # type: ignore[misc]
        known = await world.rows("SELECT id, scoped_id FROM contatos ORDER BY id")
        assert known == [{"id": ana, "scoped_id": "BR.1"}, {"id": bruno, "scoped_id": "BR.2"}]

    async def test_the_usuario_is_as_the_row_says_in_this_turn(self, world: World) -> None:
        usuario_id, contato_id = await register(world), await world.person("1", "telegram")

        async def attach(tx: Transaction) -> None:
            contato = await open_contato(tx, contato_id)
            assert contato is not None
            assert contato.usuario is None
            await attach_usuario(tx, contato, usuario_id, ANA)
            assert contato.usuario is not None

        await world.turns.run(attach)
        usuario = (await opened(world, contato_id)).usuario
        assert usuario is not None
        assert (usuario.id, usuario.status_ativo, usuario.autorizar_venda_sem_auditoria) == (usuario_id, True, False)
        changes = {"status_ativo": False, "autorizar_venda_sem_auditoria": True, "matricula_pap": "V7"}
        await world.turns.run(lambda tx: change_usuario(tx, usuario_id, **changes))
        usuario = (await opened(world, contato_id)).usuario
        assert usuario is not None
        assert (usuario.status_ativo, usuario.autorizar_venda_sem_auditoria, usuario.matricula_pap) == (
            False, True, "V7",
        )  # fmt: skip

    async def test_people_are_reached_where_they_wrote_last_and_never_where_they_blocked_us(self, world: World) -> None:
        usuario_id = await register(world)
        chats = [await world.person(str(number), usuario_id=usuario_id) for number in range(4)]
        moments = {0: None, 1: world.clock(), 2: world.clock() + timedelta(hours=1), 3: world.clock()}
        for number, moment in moments.items():
            values: dict[str, Any] = {"last_inbound_at": moment} | ({"unreachable_at": moment} if number == 3 else {})
            await world.turns.run(lambda tx, n=number, v=values: update_contato(tx, chats[n], **v))  # type: ignore[misc]
        reached = await world.turns.run(lambda tx: contatos_of(tx, [usuario_id]))
        assert set(reached) == set(chats[:3])
        assert reached.index(chats[2]) < reached.index(chats[1])
        assert await world.turns.run(lambda tx: contatos_of(tx, [uuid4()])) == []


class TestTheStateOfTheConversation:
    async def test_what_a_turn_changes_the_next_one_finds(self, world: World) -> None:
        contato_id = await world.person(idioma="es")
        moment = world.clock()

        async def change(tx: Transaction) -> None:
            contato = await open_contato(tx, contato_id)
            assert contato is not None
            assert (contato.state, contato.state_data, contato.choices, contato.idioma) == (None, {}, None, "es")
            contato.state, contato.state_data = "Vender:resposta", {"ç": [1, None, "\U0001f642"]}
            contato.choices, contato.last_inbound_id, contato.last_inbound_at = [["SIM", "venda:sim"]], "wamid", moment
            contato.changed = True

        await world.turns.run(change)
        found = await opened(world, contato_id)
        assert (found.state, found.state_data) == ("Vender:resposta", {"ç": [1, None, "\U0001f642"]})
        assert (found.choices, found.last_inbound_id) == ([["SIM", "venda:sim"]], "wamid")
        assert found.last_inbound_at == moment
        assert found.last_inbound_at.tzinfo is not None

    async def test_what_was_not_marked_as_changed_is_not_written(self, world: World) -> None:
        contato_id = await world.person()

        async def look(tx: Transaction) -> None:
            contato = await open_contato(tx, contato_id)
            assert contato is not None
            contato.state = "nothing"

        await world.turns.run(look)
        assert (await opened(world, contato_id)).state is None

    async def test_opened_twice_in_a_turn_it_is_one_conversation(self, world: World) -> None:
        contato_id = await world.person()

        async def work(tx: Transaction) -> bool:
            _, heard = await hear_from(tx, "whatsapp", ANA, "wamid.1")
            return heard is not None and heard is await open_contato(tx, contato_id)

        assert await world.turns.run(work)

    async def test_turns_of_one_conversation_wait_for_each_other(self, world: World) -> None:
        """Each adds one to what it read: none may read what another one is about to change."""
        contato_id = await world.person()

        async def count(tx: Transaction) -> None:
            contato = await open_contato(tx, contato_id)
            assert contato is not None
            await asyncio.sleep(0)
            contato.state_data = {"n": contato.state_data.get("n", 0) + 1}
            contato.changed = True

        processes = [world.turns, world.process(), world.process()]
        await asyncio.gather(*(processes[number % 3].run(count) for number in range(15)))
        assert (await opened(world, contato_id)).state_data == {"n": 15}

    async def test_dialogs_keep_their_state_in_the_turn(self, world: World) -> None:
        """aiogram's own contract of a storage, over the row of the conversation."""
        contato_id = await world.person()

        async def first(tx: Transaction) -> None:
            state = await _context(tx, contato_id)
            assert (await state.get_state(), await state.get_data()) == (None, {})
            await state.set_state(Vender.resposta)
            await state.set_data({"a": 1})
            assert await state.update_data(b=2) == {"a": 1, "b": 2}

        async def second(tx: Transaction) -> None:
            state = await _context(tx, contato_id)
            assert (await state.get_state(), await state.get_data()) == ("Vender:resposta", {"a": 1, "b": 2})
            await state.clear()

        async def third(tx: Transaction) -> None:
            state = await _context(tx, contato_id)
            assert (await state.get_state(), await state.get_data()) == (None, {})

        for turn in (first, second, third):
            await world.turns.run(turn)

    async def test_a_conversation_that_is_not_there_opens_as_none(self, world: World) -> None:
        assert await world.turns.run(lambda tx: open_contato(tx, 404)) is None


async def _context(tx: Transaction, contato_id: int) -> FSMContext:
    contato = await open_contato(tx, contato_id)
    speaking.set(Speaking(tx, contato))
    return FSMContext(TurnStorage(), StorageKey(bot_id=1, chat_id=contato_id, user_id=contato_id))


async def _add(world: World) -> int:
    async def work(tx: Transaction) -> int:
        return (await add_contato(tx, "whatsapp", ANA)).id

    return await world.process().run(work)
