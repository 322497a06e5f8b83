"""Quick answers in the database, the same on SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from storage.conversa.respostas_rapidas import names_of_respostas, remove_resposta, resposta_rapida, save_resposta
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario
from storage.transaction import Transaction
from tests.support.turning import World, open_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def test_a_text_is_kept_under_its_name_until_it_is_removed(world: World) -> None:
    adm = uuid4()
    row = {"id": adm, "nome_completo": "Adm", "telefone": "5531999990000", "perfil_usuario": Perfil.ADMINISTRADOR}

    async def work(tx: Transaction) -> None:
        await add_usuario(tx, row)
        assert await save_resposta(tx, "prazo", "Até amanhã.", adm)
        assert await save_resposta(tx, "boleto", "Segue o boleto.", adm)
        assert not await save_resposta(tx, "prazo", "Até sexta.", adm), "changed, not new"
        assert await names_of_respostas(tx.connection) == ["boleto", "prazo"]
        assert await resposta_rapida(tx.connection, "prazo") == "Até sexta."
        assert await remove_resposta(tx, "prazo")
        assert not await remove_resposta(tx, "prazo")
        assert await resposta_rapida(tx.connection, "prazo") is None

    await world.turns.run(work)
