"""A file that crosses from one channel to the other: fetched in the lane of who gets it, then sent."""

from uuid import UUID, uuid4

import pytest

from sandbox.bubbles import File
from storage.conversa.arquivos import Arquivo, add_arquivo, object_key_of
from storage.outbox.written import write_down
from storage.transaction import Transaction
from tests.support.inbound import until
from tests.support.service import RunningService
from tests.support.written import Written, on_telegram, on_whatsapp

PDF = b"%PDF-1.4 fatura"


@pytest.fixture
async def ana(sqlite_service: RunningService) -> Written:
    return await on_telegram(sqlite_service)


@pytest.fixture
async def bia(sqlite_service: RunningService) -> Written:
    return await on_whatsapp(sqlite_service)


async def cross(author: Written, reader: Written, file_id: str, tamanho: int = 15) -> int:
    """What a turn writes down for a file of one person that another one gets; the last call."""

    async def work(tx: Transaction) -> int:
        arquivo_id = uuid4()
        arquivo = Arquivo(file_id, "fatura.pdf", "application/pdf", tamanho, None)
        await add_arquivo(tx, arquivo_id, author.contato_id, author.phone.channel, arquivo)
        params = {"arquivo_id": str(arquivo_id), "de_atendimento": True}
        await write_down(tx, _lane(reader), "files", "fetch", params)
        return await _send(tx, reader, arquivo_id)

    return await reader.service.wiring.turns.run(work)


async def _send(tx: Transaction, reader: Written, arquivo_id: UUID) -> int:
    stored = {
        "object_key": object_key_of(arquivo_id, tx.now),
        "filename": "fatura.pdf",
        "mime_type": "application/pdf",
    }
    for method, params in (("sendDocument", {"document": stored}), ("sendMessage", {"text": "Recebeu?"})):
        own = {"to": reader.phone.id, **params}
        call = await write_down(tx, _lane(reader), reader.phone.channel, method, own, reader.contato_id)
    return call.id


def _lane(reader: Written) -> str:
    return f"contato:{reader.contato_id}"


async def told(author: Written) -> list[str]:
    return [bubble.text for bubble in author.phone.screen]


async def test_from_telegram_to_whatsapp(ana: Written, bia: Written) -> None:
    kept = ana.service.sandbox.telegram.files.keep(File("fatura.pdf", "application/pdf", PDF))
    await bia.done(await cross(ana, bia, kept["file_id"]))

    document, after = bia.phone.screen
    assert document.file is not None
    assert (document.file.name, document.file.data, after.text) == ("fatura.pdf", PDF, "Recebeu?")
    assert await told(ana) == [], "nobody says that a file was kept which was for somebody else"


async def test_from_whatsapp_to_telegram(ana: Written, bia: Written) -> None:
    media_id = bia.service.sandbox.whatsapp.media.keep(File("fatura.pdf", "application/pdf", PDF))
    await ana.done(await cross(bia, ana, media_id))

    document, after = ana.phone.screen
    assert document.file is not None
    assert (document.file.name, document.file.data, after.text) == ("fatura.pdf", PDF, "Recebeu?")
    assert await told(bia) == []


async def test_one_that_takes_its_time_holds_its_place(ana: Written, bia: Written) -> None:
    ana.service.sandbox.telegram.faults.fail_next("getFile", status=502)
    kept = ana.service.sandbox.telegram.files.keep(File("fatura.pdf", "application/pdf", PDF))
    await bia.done(await cross(ana, bia, kept["file_id"]))
    assert [bubble.kind for bubble in bia.phone.screen] == ["document", "text"]


@pytest.mark.parametrize(
    ("file_id", "tamanho", "said", "read"),
    [
        ("ninguém", 15, "Não consegui baixar o arquivo que você mandou", "não foi possível baixar este arquivo"),
        ("grande", 20_000_001, "fatura.pdf passa de 20 MB, que é o máximo por aqui.", "é grande demais"),
    ],
)
async def test_one_that_cannot_be_had_is_told_to_both(
    ana: Written, bia: Written, file_id: str, tamanho: int, said: str, read: str
) -> None:
    """Telegram gives bots 20 MB at most."""
    await bia.done(await cross(ana, bia, file_id, tamanho))

    line, after = bia.phone.screen
    assert line.text.startswith("📎 fatura.pdf: ")
    assert read in line.text
    assert after.text == "Recebeu?"
    await ana.phone.sees(said)

    async def noted() -> bool:
        return await bia.service.rows("SELECT id FROM arquivos WHERE erro IS NOT NULL") != []

    await until(noted)


async def test_one_that_the_store_has_lost_is_told_as_that(ana: Written, bia: Written) -> None:
    """It was fetched in its time; nothing is wrong with where it was sent from."""
    kept = ana.service.sandbox.telegram.files.keep(File("fatura.pdf", "application/pdf", PDF))
    await bia.done(await cross(ana, bia, kept["file_id"]))
    (arquivo,) = await bia.service.rows("SELECT id, object_key FROM arquivos")
    await bia.service.wiring.objects.delete(arquivo["object_key"])
    arquivo_id = UUID(str(arquivo["id"]))
    await bia.done(await bia.service.wiring.turns.run(lambda tx: _send(tx, bia, arquivo_id)))

    assert bia.phone.screen[-2].text.startswith("📎 fatura.pdf: este arquivo já não está guardado aqui.")
