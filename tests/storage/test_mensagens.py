"""The transcript: a message is found by whatever id either side's channel knows it by; and where it has to go."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.agendamento.limpeza import clean_up
from storage.atendimento.atendimentos import Atendimento, add_atendimento, change_atendimento, lock_atendimento
from storage.consultor.consultores import add_consultor
from storage.consultor.protocolos import issue_protocolos
from storage.contatos.contatos import update_contato
from storage.conversa.destinos import call_of_topic, living_topics, screen_of
from storage.conversa.mensagens import (
    Mensagem,
    add_mensagem,
    change_mensagem,
    last_messages,
    mensagem_by_id,
    mensagem_seen_as,
    mensagem_written_as,
)
from storage.conversa.tipos import Autor, TipoMensagem
from storage.outbox.claims import mark_done
from storage.outbox.written import write_down
from storage.pessoa.usuarios import add_usuario
from storage.transaction import Transaction
from tests.support.turning import World, open_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


class Hall:
    """A customer on WhatsApp with a consultor who has both channels."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def open(self) -> "Hall":
        self.usuario_id: UUID = uuid4()
        self.maria = await self.world.person("5531977701000")
        self.telegram = await self.world.person("100", "telegram")
        self.whatsapp = await self.world.person("5531988804003")
        await self.world.turns.run(self._people)
        self.atendimento_id = await self.attended()
        return self

    async def _people(self, tx: Transaction) -> None:
        row = {"id": self.usuario_id, "nome_completo": "Davi", "telefone": "5531988804003"}
        await add_usuario(tx, row | {"perfil_usuario": "CONSULTOR"})
        for contato_id in (self.telegram, self.whatsapp):
            await update_contato(tx, contato_id, usuario_id=self.usuario_id)
        consultor = {"nome": "Davi", "idiomas": ["pt"], "telefone": "5531988804003", "usuario_id": self.usuario_id}
        self.consultor_id = await add_consultor(tx, consultor)

    async def attended(self, contato_id: int | None = None) -> int:
        """The id of an atendimento that the consultor has."""

        async def work(tx: Transaction) -> int:
            [protocolo_id] = await issue_protocolos(tx, [self.consultor_id])
            made = await add_atendimento(tx, protocolo_id, contato_id or self.maria, "pt")
            await change_atendimento(tx, made.id, status="EM_ATENDIMENTO", consultor_id=self.consultor_id)
            return made.id

        return await self.world.turns.run(work)

    async def atendimento(self) -> Atendimento:
        found = await self.world.turns.run(lambda tx: lock_atendimento(tx, self.atendimento_id, shared=True))
        assert found is not None
        return found

    async def says(self, texto: str, **values: Any) -> int:
        """The id of a new message."""
        autor = values.pop("autor", Autor.CLIENTE)

        async def work(tx: Transaction) -> int:
            return await add_mensagem(tx, self.atendimento_id, autor, TipoMensagem.TEXTO, texto=texto, **values)

        return await self.world.turns.run(work)

    async def waiting(self, contato_id: int = 0, method: str = "createForumTopic") -> int:
        """The id of a call that is still to be made."""
        where = contato_id or self.telegram

        async def work(tx: Transaction) -> int:
            return (await write_down(tx, f"contato:{where}", "telegram", method, {}, where)).id

        return await self.world.turns.run(work)

    async def carried(self, contato_id: int, provider_id: str, method: str = "sendMessage") -> int:
        """The id of a call that was made."""
        call_id = await self.waiting(contato_id, method)
        await self.world.turns.run(lambda tx: mark_done(tx, [(call_id, provider_id, None)]))
        return call_id

    async def screen(self) -> tuple[int, int, int | None]:
        atendimento = await self.atendimento()
        async with self.world.database.read() as connection:
            found = await screen_of(connection, atendimento)
        assert found is not None
        return found[0].id, found[1], found[2]


@pytest.fixture
async def hall(world: World) -> Hall:
    return await Hall(world).open()


class TestIds:
    async def test_a_message_is_found_where_it_was_written_and_where_it_was_carried_to(self, hall: Hall) -> None:
        call_id = await hall.carried(hall.telegram, "555")
        said = await hall.says("oi", contato_id=hall.maria, inbound_id="wamid.1", outbox_id=call_id)
        async with hall.world.database.read() as connection:
            written = await mensagem_seen_as(connection, hall.maria, "wamid.1")
            copy = await mensagem_seen_as(connection, hall.telegram, "555")
            assert written == copy == await mensagem_by_id(connection, said)
            assert copy is not None
            assert (copy.texto, copy.copia_contato_id) == ("oi", hall.telegram)
            assert await mensagem_written_as(connection, hall.telegram, "555") is None, "it was not written there"

    async def test_an_id_means_nothing_in_another_conversation(self, hall: Hall) -> None:
        call_id = await hall.carried(hall.telegram, "555")
        await hall.says("oi", contato_id=hall.maria, inbound_id="wamid.1", outbox_id=call_id)
        async with hall.world.database.read() as connection:
            assert await mensagem_seen_as(connection, hall.whatsapp, "555") is None
            assert await mensagem_seen_as(connection, hall.telegram, "wamid.1") is None

    async def test_what_changes_is_read_again(self, hall: Hall) -> None:
        said = await hall.says("antes")
        await hall.world.turns.run(lambda tx: change_mensagem(tx, said, texto="depois", editada_em=tx.now))
        found = await message(hall, said)
        assert (found.texto, found.editada_em) == ("depois", hall.world.clock())


async def message(hall: Hall, mensagem_id: int) -> Mensagem:
    async with hall.world.database.read() as connection:
        found = await mensagem_by_id(connection, mensagem_id)
    assert found is not None
    return found


async def test_the_last_messages_come_oldest_first_and_only_of_that_atendimento(hall: Hall) -> None:
    for texto in ("um", "dois", "três"):
        await hall.says(texto)
    other = await hall.attended(await hall.world.person("5531977701001"))
    await hall.world.turns.run(lambda tx: add_mensagem(tx, other, Autor.CLIENTE, TipoMensagem.TEXTO, texto="outro"))
    async with hall.world.database.read() as connection:
        said = await last_messages(connection, hall.atendimento_id, 2)
    assert [one.texto for one in said] == ["dois", "três"]


class TestScreens:
    async def test_the_chat_that_shows_the_customer_is_written_to(self, hall: Hall) -> None:
        await hall.world.turns.run(lambda tx: update_contato(tx, hall.whatsapp, last_inbound_at=tx.now))
        assert await hall.screen() == (hall.whatsapp, 1, None), "the one they wrote in last"
        await hall.world.turns.run(lambda tx: update_contato(tx, hall.telegram, atendimento_id=hall.atendimento_id))
        assert (await hall.screen())[0] == hall.telegram

    async def test_the_chat_with_the_topic_is_written_to_until_the_consultor_writes_from_another(
        self, hall: Hall
    ) -> None:
        topic = await hall.carried(hall.telegram, "70", "createForumTopic")
        await hall.world.turns.run(lambda tx: change_atendimento(tx, hall.atendimento_id, topico_outbox_id=topic))
        assert await hall.screen() == (hall.telegram, 1, hall.telegram)
        await hall.says("oi", autor=Autor.CONSULTOR, consultor_id=hall.consultor_id, contato_id=hall.whatsapp)
        assert await hall.screen() == (hall.whatsapp, 1, hall.telegram)

    async def test_a_chat_that_cannot_be_reached_is_not_written_to(self, hall: Hall) -> None:
        for contato_id, left in ((hall.telegram, hall.whatsapp), (hall.whatsapp, None)):
            await hall.world.turns.run(
                lambda tx, gone=contato_id: update_contato(tx, gone, unreachable_at=tx.now)  # type: ignore[misc]
            )
            atendimento = await hall.atendimento()
            async with hall.world.database.read() as connection:
                found = await screen_of(connection, atendimento)
            assert (found[0].id if found is not None else None) == left

    async def test_the_customers_of_a_consultor_are_counted(self, hall: Hall) -> None:
        await hall.attended(await hall.world.person("5531977701001"))
        assert (await hall.screen())[1] == 2


class TestTopics:
    async def test_a_topic_is_known_by_its_id_in_that_chat(self, hall: Hall) -> None:
        topic = await hall.carried(hall.telegram, "70", "createForumTopic")
        await hall.carried(hall.telegram, "71")
        async with hall.world.database.read() as connection:
            assert await call_of_topic(connection, hall.telegram, "70") == topic
            assert await call_of_topic(connection, hall.telegram, "71") is None, "a message is no topic"
            assert await call_of_topic(connection, hall.whatsapp, "70") is None

    async def test_a_topic_that_telegram_refused_to_make_is_none(self, hall: Hall) -> None:
        made, refused = await hall.carried(hall.telegram, "70", "createForumTopic"), await hall.waiting()
        async with hall.world.database.read() as connection:
            both = {made: (hall.telegram, "70"), refused: (hall.telegram, None)}
            assert await living_topics(connection, [made, refused]) == both, "it may still be made"
        await hall.world.turns.run(lambda tx: mark_done(tx, [(refused, None, "400")]))
        async with hall.world.database.read() as connection:
            assert await living_topics(connection, [made, refused]) == {made: (hall.telegram, "70")}
            assert await living_topics(connection, []) == {}

    async def test_it_is_remembered_for_as_long_as_the_customer_is_attended(self, hall: Hall) -> None:
        topic = await hall.carried(hall.telegram, "70", "createForumTopic")
        await hall.carried(hall.telegram, "71")
        await hall.carried(hall.telegram, "72")
        await hall.world.turns.run(lambda tx: change_atendimento(tx, hall.atendimento_id, topico_outbox_id=topic))
        hall.world.clock.move(days=400)
        await clean_up(hall.world.turns)
        left = await hall.world.rows("SELECT provider_id FROM outbox ORDER BY id")
        assert [row["provider_id"] for row in left] == ["70", "72"], "and the newest row, from which ids are counted"
        await hall.world.turns.run(lambda tx: change_atendimento(tx, hall.atendimento_id, encerrado_em=tx.now))
        await clean_up(hall.world.turns)
        assert await hall.world.rows("SELECT provider_id FROM outbox") == [{"provider_id": "72"}]
