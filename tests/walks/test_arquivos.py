"""Files, both ways: what people send is kept in our store, and what we send arrives on their phone."""

from typing import Any

import pytest
from aiogram.types import InputFile

from bot.channels.recorder import StoredFile
from core.palavras import Palavra
from dialogs.frame.talk import Talk, keyboard
from dialogs.frame.words import WordButton
from sandbox import Phone, small_pdf
from storage.transaction import Transaction
from tests.support.service import RunningService

CHANNELS = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
PHOTO = b"\xff\xd8\xff\xe0" + b"jpeg" * 100 + b"\xff\xd9"
FATURA = small_pdf("Fatura de maio")


async def ana_on(service: RunningService, channel: str) -> Phone:
    await service.vendedor("Ana Souza", "5531988804000")
    return await service.phone(channel, "Ana Souza", "5531988804000")


async def arquivo(service: RunningService) -> dict[str, Any]:
    (row,) = await service.rows("SELECT * FROM arquivos")
    return row


class TestWhatPeopleSend:
    @CHANNELS
    async def test_a_document_is_fetched_and_kept_under_a_key_of_ours(
        self, sqlite_service: RunningService, channel: str
    ) -> None:
        ana = await ana_on(sqlite_service, channel)
        await ana.sends_document("../Fatura de maio ✅.pdf", FATURA, caption="da Vivo")
        await ana.sees("Recebi o arquivo Fatura de maio ✅.pdf e guardei")
        row = await arquivo(sqlite_service)
        assert await sqlite_service.wiring.objects.get(row["object_key"]) == FATURA
        assert ".." not in row["object_key"]
        assert (row["legenda"], row["mime_type"], row["erro"]) == ("da Vivo", "application/pdf", None)

    @CHANNELS
    async def test_a_photo_is_kept_in_its_largest_size(self, sqlite_service: RunningService, channel: str) -> None:
        ana = await ana_on(sqlite_service, channel)
        await ana.sends_photo(PHOTO, caption="o poste")
        await ana.sees("Recebi a foto e guardei")
        row = await arquivo(sqlite_service)
        assert await sqlite_service.wiring.objects.get(row["object_key"]) == PHOTO
        assert (row["legenda"], row["mime_type"]) == ("o poste", "image/jpeg")

    @CHANNELS
    async def test_it_is_fetched_in_spite_of_a_failure_on_the_way(
        self, sqlite_service: RunningService, channel: str
    ) -> None:
        sqlite_service.wiring.courier.senders["files"].first_wait = 0.05
        ana = await ana_on(sqlite_service, channel)
        provider = sqlite_service.sandbox.telegram if channel == "telegram" else sqlite_service.sandbox.whatsapp
        provider.faults.fail_next("getFile" if channel == "telegram" else "media", status=500)
        await ana.sends_document("fatura.pdf", FATURA)
        await ana.sees("Recebi o arquivo fatura.pdf e guardei")

    @CHANNELS
    async def test_one_that_is_too_large_is_not_fetched_and_its_sender_told(
        self, sqlite_service: RunningService, channel: str
    ) -> None:
        ana = await ana_on(sqlite_service, channel)
        await ana.sends_document("filme.pdf", bytes(20_000_001))
        await ana.sees("filme.pdf passa de 20 MB, que é o máximo por aqui.")
        row = await arquivo(sqlite_service)
        assert (row["object_key"], row["erro"]) == (None, "too_large")

    @CHANNELS
    async def test_the_same_message_again_is_the_same_file(self, sqlite_service: RunningService, channel: str) -> None:
        ana = await ana_on(sqlite_service, channel)
        provider = sqlite_service.sandbox.telegram if channel == "telegram" else sqlite_service.sandbox.whatsapp
        provider.faults.deliver(3)
        delivery = await ana.sends_document("fatura.pdf", FATURA)
        await ana.sees("Recebi o arquivo fatura.pdf e guardei")
        await delivery.finished()
        assert len(await sqlite_service.rows("SELECT id FROM arquivos")) == 1


class TestWhatWeSend:
    @CHANNELS
    async def test_a_document_arrives_with_its_name_and_caption(
        self, sqlite_service: RunningService, channel: str
    ) -> None:
        ana = await ana_on(sqlite_service, channel)
        await greet(ana)
        fatura = await stored(sqlite_service, "fatura de maio.pdf", FATURA, "application/pdf")
        await send(sqlite_service, lambda talk: talk.bot.send_document(talk.contato.id, fatura, caption="Maio"))
        bubble = await ana.sees("fatura de maio.pdf")
        assert (bubble.kind, bubble.document, bubble.text) == ("document", FATURA, "Maio")

    @CHANNELS
    async def test_a_photo_arrives(self, sqlite_service: RunningService, channel: str) -> None:
        ana = await ana_on(sqlite_service, channel)
        await greet(ana)
        photo = await stored(sqlite_service, "poste.jpg", PHOTO, "image/jpeg")
        await send(sqlite_service, lambda talk: talk.bot.send_photo(talk.contato.id, photo, caption="O poste"))
        bubble = await ana.sees("O poste")
        assert (bubble.kind, bubble.document) == ("photo", PHOTO)

    @CHANNELS
    async def test_choices_under_a_document_can_be_tapped(self, sqlite_service: RunningService, channel: str) -> None:
        ana = await ana_on(sqlite_service, channel)
        await greet(ana)
        fatura = await stored(sqlite_service, "fatura.pdf", FATURA, "application/pdf")
        choices = keyboard(("Menu", WordButton(palavra=Palavra.MENU)), ("Ajuda", WordButton(palavra=Palavra.AJUDA)))
        await send(
            sqlite_service,
            lambda talk: talk.bot.send_document(talk.contato.id, fatura, caption="E agora?", reply_markup=choices),
        )
        assert (await ana.sees("fatura.pdf")).document == FATURA
        await ana.taps("Ajuda")
        await ana.sees("Digite uma destas palavras")

    @CHANNELS
    async def test_a_file_that_is_gone_blocks_nobody(self, sqlite_service: RunningService, channel: str) -> None:
        ana = await ana_on(sqlite_service, channel)
        await greet(ana)
        gone = StoredFile("arquivos/2026/05/nada", "nada.pdf", "application/pdf")
        await send(sqlite_service, lambda talk: talk.bot.send_document(talk.contato.id, gone))
        await ana.says("AJUDA")
        await ana.sees("Digite uma destas palavras")

    async def test_only_what_is_in_the_store_can_be_sent_in_a_turn(self, sqlite_service: RunningService) -> None:
        """Bytes in memory would be lost with the process; the turn fails at once, not the delivery."""
        ana = await ana_on(sqlite_service, "whatsapp")
        await greet(ana)

        class Loose(InputFile):
            read = StoredFile.read

        with pytest.raises(TypeError, match="StoredFile"):
            await send(sqlite_service, lambda talk: talk.bot.send_document(talk.contato.id, Loose()))


async def greet(ana: Phone) -> None:
    """WhatsApp lets us write only after the person did."""
    if ana.channel == "whatsapp":
        await ana.says("MENU")
        await ana.sees("O que você quer fazer")


async def stored(service: RunningService, name: str, content: bytes, mime_type: str) -> StoredFile:
    await service.wiring.objects.put("teste/enviado", content, mime_type)
    return StoredFile("teste/enviado", name, mime_type)


async def send(service: RunningService, say: Any) -> None:
    """A turn of our own that says something in Ana's conversation."""

    async def work(tx: Transaction) -> None:
        (row,) = await service.rows("SELECT id FROM contatos")
        talk = await service.wiring.conversations.open(tx, row["id"])
        assert isinstance(talk, Talk)
        await say(talk)

    await service.wiring.turns.run(work)
