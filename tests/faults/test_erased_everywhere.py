"""Somebody is erased while their conversation goes on: nothing of them comes back (LGPD)."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.commands.base import write_command
from core.commands.conversa import DropTranscript
from core.lgpd.lgpd import apagar, apagar_de_novo
from sandbox import Job
from storage.contatos.conversas import open_contato
from storage.outbox.claims import claim_lane, mark_done, postpone
from storage.outbox.written import write_down
from storage.pessoa.usuarios import add_usuario
from storage.tables import metadata
from storage.transaction import Call, Transaction
from tests.support.consultores import nothing_is_under_way
from tests.support.downloads import HUGO, download, operator, processos
from tests.support.sellers import ANA, eventually, seller
from tests.support.service import RunningService
from tests.support.turning import World, open_world

pytestmark = pytest.mark.each_database

WAMID = "wamid.HBgNNTUzMTk4ODgwNDAwMBUCABEYEjA5"


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def everything(service: RunningService) -> dict[str, str]:
    """All rows of every table, as text."""
    async with service.wiring.database.read() as connection:
        return {
            table.name: repr([tuple(row) for row in await connection.execute(select(table))])
            for table in metadata.sorted_tables
        }


@pytest.mark.falha(318)
async def test_a_message_that_waits_for_the_erasure_is_a_strangers(service: RunningService) -> None:
    """What they write then is a new conversation; of the one before nothing is in it."""
    ana = await seller(service, ANA)
    await ana.says("STATUS")
    await ana.sees("Não há venda em andamento")
    await nothing_is_under_way(service)
    erased, written = asyncio.Event(), asyncio.Event()

    async def slowly(tx: Transaction) -> None:
        await apagar(tx, ANA[1], LINHA_DE_COMANDO)
        erased.set()
        await written.wait()

    erasing = asyncio.create_task(service.wiring.turns.run(slowly))
    await erased.wait()
    message = await ana.says("oi de novo")
    written.set()
    await erasing
    await message.accepted()
    await ana.sees("escolha CONSULTOR")
    rows = await service.rows("SELECT external_id, usuario_id, state FROM contatos ORDER BY id")
    assert rows[0]["external_id"].startswith("apagado:")
    assert rows[1]["usuario_id"] is None, "they are nobody of the operation"
    assert await service.rows("SELECT event_id FROM failed_events") == []
    tables = await everything(service)
    assert [name for name in ("usuarios", "mensagens", "passos_venda") if ANA[1] in tables[name]] == []


@pytest.mark.falha(318)
async def test_a_call_that_is_being_made_leaves_nothing_of_them_when_it_comes_back(world: World) -> None:
    """The channel's answer names the message by an id that holds the number."""
    contato_id = await world.person("5531988804000", telefone="5531988804000", nome="Ana Souza")

    async def two_calls(tx: Transaction) -> None:
        for text in ("Oi, Ana", "e mais"):
            await write_down(
                tx, "contato:1", "whatsapp", "sendMessage", {"to": "5531988804000", "text": text}, contato_id
            )
        await write_command(tx, DropTranscript("transcricoes/9.pdf"), lane="contato:1", contato_id=contato_id)

    await world.turns.run(two_calls)
    world.clock.move(minutes=1)
    calls: list[Call] = await world.turns.run(lambda tx: claim_lane(tx, "contato:1", 9))
    assert len(calls) == 3
    gone = await world.turns.run(lambda tx: apagar(tx, "5531988804000", LINHA_DE_COMANDO))
    assert list(gone.arquivos) == ["transcricoes/9.pdf"], "what was made for them is not left in the store"
    await world.turns.run(lambda tx: mark_done(tx, [(calls[0].id, WAMID, None)]))
    assert not await world.turns.run(lambda tx: postpone(tx, calls[1], tx.now, "to 5531988804000: 500", counts=True)), (
        "it is not said later"
    )
    rows = await world.rows("SELECT params, provider_id, error, done_at FROM outbox ORDER BY id")
    assert all(row["done_at"] is not None and row["provider_id"] is None for row in rows)
    assert "988804000" not in str(rows)
    assert await world.turns.run(lambda tx: open_contato(tx, contato_id)) is None


@pytest.mark.falha(318)
async def test_what_a_robot_brings_afterwards_is_for_nobody(sqlite_service: RunningService) -> None:
    """Who asked for the download was erased before it ended: the invoice goes on, and they are told nothing."""
    service = sqlite_service
    service.sandbox.rpa.next("manual")
    hugo, quem = await operator(service)
    (processo,) = await processos(service)
    await download(service, processo, quem)
    job: Job = await service.sandbox.rpa.started()
    await hugo.sees("⬇️ Padaria Pão Quente Ltda")
    await nothing_is_under_way(service)
    await service.wiring.turns.run(lambda tx: apagar(tx, HUGO[1], LINHA_DE_COMANDO))
    shown = len(hugo.screen)
    await job.fail("PORTAL_FORA", "o portal não abre", definitivo=True)
    await eventually(service, "SELECT 1 AS n FROM execucoes WHERE data_fim IS NOT NULL")
    await nothing_is_under_way(service)
    assert len(hugo.screen) == shown
    assert await service.rows("SELECT id FROM outbox WHERE params LIKE '%apagado:%'") == []
    assert await service.rows("SELECT event_id FROM failed_events") == []


@pytest.mark.falha(380)
async def test_whoever_was_given_a_number_again_is_not_taken_for_who_was_erased(world: World) -> None:
    """After a restore: ids go on from where they were then, and a phone may have been somebody else's."""
    customer = await world.person(telefone="5531988804000", nome="Maria")
    unknown = await world.person("BR.15021", nome="Caio")
    usuario = uuid4()

    async def registered(tx: Transaction) -> None:
        row = {"id": usuario, "nome_completo": "Ana", "telefone": "5531988805000", "perfil_usuario": "VENDEDOR"}
        await add_usuario(tx, row)

    await world.turns.run(registered)
    of_staff = await world.person("5531988805000", telefone="5531988805000", usuario_id=usuario, nome="Ana")
    moment = f"{world.clock.now:%Y%m%dT%H%M%S%f}"
    names = {
        f"contato-{customer}-20200101T000000000000",
        f"contato-{of_staff}-{moment}",
        f"usuario-{uuid4()}-{moment}",
        "contato-99999-20200101T000000000000",
        "something else",
    }
    assert await world.turns.run(lambda tx: apagar_de_novo(tx, names, LINHA_DE_COMANDO)) == []
    names = {f"contato-{customer}-{moment}", f"contato-{unknown}-{moment}"}
    gone = await world.turns.run(lambda tx: apagar_de_novo(tx, names, LINHA_DE_COMANDO))
    assert sorted(one.titular.contatos for one in gone) == [(customer,), (unknown,)], "one whose phone we did not know"
    assert await world.turns.run(lambda tx: apagar_de_novo(tx, names, LINHA_DE_COMANDO)) == [], "once"
    assert [row["nome"] for row in await world.rows("SELECT nome FROM contatos ORDER BY id")] == [None, None, "Ana"]
