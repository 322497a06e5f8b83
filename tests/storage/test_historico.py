"""What was: a customer's atendimentos and their transcripts, the same on SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.conversa.transcricao import Transcricao, customers_of_phone, has_attended, past_of, transcricao
from storage.transaction import Transaction
from tests.support.past import WHEN, change_row, new_arquivo, new_atendimento, new_consultor, new_mensagem, new_oferta
from tests.support.turning import World, open_world

CLARA = "5531977776666"


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def clara(world: World) -> int:
    return await world.person(CLARA, nome="Clara Dias", telefone=CLARA)


class TestThePastOfACustomer:
    async def test_newest_first_with_consultor_rating_and_first_words(self, world: World) -> None:
        contato_id = await clara(world)

        async def work(tx: Transaction) -> tuple[int, int]:
            davi = await new_consultor(tx)
            first = await new_atendimento(tx, contato_id, consultor_id=davi, avaliacao=5)
            await new_mensagem(tx, first, "BOT", "Olá!")
            await new_mensagem(tx, first, "CLIENTE", None, tipo="FOTO")
            await new_mensagem(tx, first, "CLIENTE", "Minha internet caiu")
            await new_mensagem(tx, first, "CLIENTE", "de novo")
            other = await new_atendimento(tx, contato_id, encerrado_em=None, status="NA_FILA")
            return first, other

        first, other = await world.turns.run(work)
        async with world.database.read() as connection:
            page, total = await past_of(connection, [contato_id], 0, 10)
            rest, _ = await past_of(connection, [contato_id], 1, 10)
        assert total == 2
        assert [one.id for one in page] == [other, first]
        assert (page[0].consultor, page[0].avaliacao, page[0].inicio, page[0].encerrado_em) == (None, None, None, None)
        assert (page[1].consultor, page[1].avaliacao, page[1].inicio) == ("Davi Alves", 5, "Minha internet caiu")
        assert [one.id for one in rest] == [first]

    async def test_one_person_on_two_channels_is_found_by_their_phone(self, world: World) -> None:
        there = await clara(world)
        here = await world.person("77", channel="telegram", telefone=CLARA)
        await world.person("5531966665555")
        async with world.database.read() as connection:
            assert await customers_of_phone(connection, [CLARA, "553177776666"]) == [there, here]
            assert await customers_of_phone(connection, ["5531900000000"]) == []


class TestWhoAttendsOrAttendedThem:
    async def test_the_consultor_who_has_or_had_them(self, world: World) -> None:
        contato_id = await clara(world)

        async def work(tx: Transaction) -> None:
            davi, elisa = await new_consultor(tx), await new_consultor(tx, "Elisa Costa")
            await new_atendimento(tx, contato_id, consultor_id=davi)
            assert await has_attended(tx.connection, davi, [contato_id])
            assert not await has_attended(tx.connection, elisa, [contato_id])
            assert not await has_attended(tx.connection, davi, [contato_id + 1])

        await world.turns.run(work)

    async def test_who_handed_them_on_had_them_and_who_let_them_pass_did_not(self, world: World) -> None:
        contato_id = await clara(world)

        async def work(tx: Transaction) -> None:
            davi, elisa = await new_consultor(tx), await new_consultor(tx, "Elisa Costa")
            atendimento_id = await new_atendimento(tx, contato_id, consultor_id=None)
            await new_oferta(tx, atendimento_id, davi, contato_id, respondida_em=WHEN, resposta="ACEITOU")
            await new_oferta(tx, atendimento_id, elisa, contato_id, respondida_em=WHEN, resposta="PASSOU")
            assert await has_attended(tx.connection, davi, [contato_id])
            assert not await has_attended(tx.connection, elisa, [contato_id])

        await world.turns.run(work)

    async def test_who_looks_at_their_card_may_read_before_taking_them(self, world: World) -> None:
        contato_id = await clara(world)

        async def work(tx: Transaction) -> None:
            elisa = await new_consultor(tx, "Elisa Costa")
            atendimento_id = await new_atendimento(tx, contato_id)
            await new_oferta(tx, atendimento_id, elisa, contato_id)
            assert await has_attended(tx.connection, elisa, [contato_id])

        await world.turns.run(work)


async def test_a_transcript_has_everything_in_the_order_it_was_said(world: World) -> None:
    contato_id = await clara(world)

    async def work(tx: Transaction) -> int:
        davi = await new_consultor(tx)
        atendimento_id = await new_atendimento(tx, contato_id, consultor_id=davi, avaliacao=4)
        await change_row(tx, atendimento_id, comentario="Rápido")
        foto = await new_arquivo(tx, contato_id, nome="poste.jpg", mime_type="image/jpeg")
        asked = await new_mensagem(tx, atendimento_id, "CLIENTE", "o poste", tipo="FOTO", arquivo_id=foto)
        edited = WHEN + timedelta(minutes=5)
        await new_mensagem(tx, atendimento_id, "NOTA", "cliente antiga", consultor_id=davi)
        await new_mensagem(
            tx, atendimento_id, "CONSULTOR", "Vi!", consultor_id=davi, outbox_id=9, responde_a=asked, editada_em=edited
        )
        await new_mensagem(tx, atendimento_id, "CONSULTOR", "retida", consultor_id=davi)
        return atendimento_id

    atendimento_id = await world.turns.run(work)
    async with world.database.read() as connection:
        found = await transcricao(connection, atendimento_id)
        assert await transcricao(connection, atendimento_id + 1) is None
    assert isinstance(found, Transcricao)
    assert (found.customer, found.telefone, found.consultor) == ("Clara Dias", CLARA, "Davi Alves")
    assert (found.avaliacao, found.comentario) == (4, "Rápido")
    said = [(fala.autor, fala.consultor, fala.texto, fala.arquivo, fala.enviada) for fala in found.falas]
    assert said == [
        ("CLIENTE", None, "o poste", "poste.jpg", False),
        ("NOTA", "Davi Alves", "cliente antiga", None, False),
        ("CONSULTOR", "Davi Alves", "Vi!", None, True),
        ("CONSULTOR", "Davi Alves", "retida", None, False),
    ]
    assert found.falas[2].responde_a == found.falas[0].id
    assert found.falas[2].editada_em == WHEN + timedelta(minutes=5)
