"""Customer and consultor talk, each on their own channel: what one sends is what the other sees, in order."""

from typing import Any

import pytest

from sandbox import small_pdf
from tests.support.consultores import PEDRO, customer
from tests.support.service import RunningService
from tests.support.talking import arrived, becomes, following, last, talking

SIDES = pytest.mark.parametrize(("of_maria", "of_davi"), [("whatsapp", "telegram"), ("telegram", "whatsapp")])
PHOTO = b"\xff\xd8\xff\xe0" + b"jpeg" * 100 + b"\xff\xd9"
FATURA = small_pdf("Fatura de maio")


class TestEveryKindCrosses:
    @SIDES
    async def test_texts_both_ways(self, service: RunningService, of_maria: str, of_davi: str) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        await maria.says("minha internet caiu")
        assert (await following(davi)).text == "minha internet caiu"
        await davi.says("Desde quando?")
        assert (await following(maria)).text == "Desde quando?"
        await maria.says("Desde ontem, MENU nenhum resolve")
        await maria.says("MENU")
        assert (await following(davi)).text == "Desde ontem, MENU nenhum resolve"
        assert (await following(davi)).text == "MENU", "what a customer writes is for the consultor, every word of it"

    @SIDES
    async def test_files_both_ways(self, service: RunningService, of_maria: str, of_davi: str) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        for sender, reader in ((maria, davi), (davi, maria)):
            await sender.sends_photo(PHOTO, caption="o poste")
            photo = await following(reader)
            assert (photo.kind, photo.document, photo.text) == ("photo", PHOTO, "o poste")
            await sender.sends_document("Fatura de maio ✅.pdf", FATURA)
            pdf = await following(reader)
            assert pdf.file is not None
            assert (pdf.kind, pdf.document, pdf.file.name) == ("document", FATURA, "Fatura de maio ✅.pdf")
            await sender.sends_voice(b"OggS voz")
            voice = await following(reader)
            assert voice.document == b"OggS voz"
            assert voice.kind == "voice" or voice.raw["audio"]["voice"], "spoken, not a file"
            await sender.sends_audio("toque.mp3", b"ID3 som")
            assert (await following(reader)).document == b"ID3 som"
            await sender.sends_video(b"mp4 filme", caption="a luz pisca")
            video = await following(reader)
            assert (video.kind, video.document, video.text) == ("video", b"mp4 filme", "a luz pisca")
            await sender.sends_sticker(b"RIFF0000WEBP")
            sticker = await following(reader)
            assert (sticker.kind, sticker.document) == ("sticker", b"RIFF0000WEBP")
        assert not maria.shows("guardei"), "they are for a person, not for us"
        assert not davi.shows("guardei")

    @SIDES
    async def test_places_and_contacts_both_ways(self, service: RunningService, of_maria: str, of_davi: str) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        pedro = await customer(service, PEDRO, "whatsapp")
        for sender, reader in ((maria, davi), (davi, maria)):
            await sender.sends_location(-19.92, -43.94)
            place = (await following(reader)).location
            assert place is not None
            assert (place.latitude, place.longitude, place.name) == (-19.92, -43.94, "")
            await sender.sends_location(-19.92, -43.94, name="Praça Sete", address="Centro")
            place = (await following(reader)).location
            assert place is not None
            assert (place.name, place.address) == ("Praça Sete", "Centro")
            await sender.shares_contact_of(pedro)
            [card] = (await following(reader)).contacts
            assert (card.name, card.telefone.lstrip("+")) == ("Pedro", PEDRO[1])

    @SIDES
    async def test_a_quoted_message_stays_quoted(self, service: RunningService, of_maria: str, of_davi: str) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        await maria.says("não funciona")
        copy = await arrived(service, davi)
        await davi.says("O que não funciona?", reply_to=copy)
        question = await arrived(service, maria)
        assert question.quote == "não funciona", "her own message, on her phone"
        await maria.says("a televisão", reply_to=question)
        answer = await following(davi)
        assert answer.quote == "O que não funciona?"
        await maria.says("e o telefone", reply_to=maria.screen[-3])
        assert (await following(davi)).quote == "não funciona", "she quotes herself"
        rows = await service.rows("SELECT id, responde_a FROM mensagens ORDER BY id")
        assert [row["responde_a"] for row in rows] == [None, rows[0]["id"], rows[1]["id"], rows[0]["id"]]

    @SIDES
    async def test_a_reaction_crosses_and_is_taken_back(
        self, service: RunningService, of_maria: str, of_davi: str
    ) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        await maria.says("obrigada!")
        hers, copy = last(maria), await arrived(service, davi)
        await davi.reacts(copy, "❤")
        await becomes(hers, "bot_reaction", "❤")
        await davi.reacts(copy, "")
        await becomes(hers, "bot_reaction", "")
        await davi.says("por nada")
        his, copy = last(davi), await arrived(service, maria)
        await maria.reacts(copy, "👍")
        await becomes(his, "bot_reaction", "👍")

    async def test_a_reaction_that_telegram_does_not_have_is_said(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service)
        await davi.says("chegou?")
        await maria.reacts(await arrived(sqlite_service, maria), "🥳")
        said = await following(davi)
        assert (said.text, said.quote) == ("🥳", "chegou?")

    async def test_what_is_edited_on_telegram_is_corrected_on_the_other_side(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        await davi.says("Chego às 10h")
        assert (await arrived(sqlite_service, maria)).text == "Chego às 10h"
        await davi.edits(last(davi), "Chego às 11h")
        corrected = await following(maria)
        assert (corrected.text, corrected.quote) == ("✏️ Chego às 11h", "Chego às 10h")
        [row] = await sqlite_service.rows("SELECT texto, editada_em FROM mensagens")
        assert row["texto"] == "Chego às 11h"
        assert row["editada_em"] is not None

    async def test_an_edit_between_two_telegrams_is_an_edit(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "telegram")
        await maria.says("moro na rua A")
        copy = await arrived(sqlite_service, davi)
        await maria.edits(last(maria), "moro na rua B")
        assert await davi.sees("moro na rua B") is copy
        await maria.sends_photo(PHOTO, caption="fachada")
        photo = await arrived(sqlite_service, davi)
        await maria.edits(last(maria), "fachada da casa")
        assert await davi.sees("fachada da casa") is photo

    async def test_what_only_its_own_channel_can_show_is_mentioned(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        maria._send({"story": {"chat": {"id": 1, "type": "private"}, "id": 3}})
        assert (await following(davi)).text == "❔ Maria mandou algo que só aparece no aplicativo de lá."
        heard = await following(maria)
        assert "só aparece no seu aplicativo" in heard.text, "else she waits for an answer to it"

    @pytest.mark.falha(401)
    @pytest.mark.parametrize(
        ("sent", "read"),
        [
            ("poll", "📊 Qual plano?\n• 500\n• 700"),
            ("checklist", "☑️ Compras\n• chip\n• modem"),
            ("card", "Zé\n+5531988887777\n+553133334444\nze@example.com"),
            ("quote", "é esse?\n\n“plano de 500”"),
        ],
    )
    async def test_what_has_words_is_read(self, sqlite_service: RunningService, sent: str, read: str) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        maria._send(ONLY_THERE[sent])
        assert (await following(davi)).text == read


POLL = {
    "id": "1",
    "question": "Qual plano?",
    "options": [{"persistent_id": str(n), "text": n, "voter_count": 0} for n in ("500", "700")],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
VCARD = "BEGIN:VCARD\nFN:Zé\nTEL;CELL:+5531988887777\nitem1.TEL:+553133334444\nEMAIL:ze@example.com\nEND:VCARD"
ELSEWHERE = {"origin": {"type": "hidden_user", "sender_user_name": "X", "date": 1}}
ONLY_THERE: dict[str, dict[str, Any]] = {
    "poll": {"poll": POLL},
    "checklist": {"checklist": {"title": "Compras", "tasks": [{"id": 1, "text": "chip"}, {"id": 2, "text": "modem"}]}},
    "card": {"contact": {"phone_number": "+5531988887777", "first_name": "Zé", "vcard": VCARD}},
    "quote": {"text": "é esse?", "external_reply": ELSEWHERE, "quote": {"text": "plano de 500", "position": 0}},
}


class TestOrder:
    @SIDES
    async def test_a_slow_file_is_not_overtaken(self, service: RunningService, of_maria: str, of_davi: str) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        channel = service.sandbox.telegram if of_maria == "telegram" else service.sandbox.whatsapp
        channel.faults.fail_next("getFile" if of_maria == "telegram" else "download", status=500, code=131000)
        await maria.sends_document("fatura.pdf", FATURA, caption="a conta")
        await maria.says("viu?")
        assert (await following(davi)).text == "a conta"
        assert (await following(davi)).text == "viu?"

    async def test_two_who_type_at_once_do_not_wait_for_each_other(self, service: RunningService) -> None:
        maria, davi = await talking(service, "telegram", "telegram")
        for number in range(10):
            await maria.says(f"pergunta {number}")
            await davi.says(f"resposta {number}")
        assert [(await following(davi)).text for _ in range(10)] == [f"pergunta {number}" for number in range(10)]
        assert [(await following(maria)).text for _ in range(10)] == [f"resposta {number}" for number in range(10)]

    async def test_a_file_that_cannot_be_had_leaves_a_line_in_its_place(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        sqlite_service.sandbox.telegram.faults.fail_next("getFile", status=400)
        await maria.sends_document("fatura.pdf", FATURA)
        await maria.says("viu?")
        assert "📎 fatura.pdf: não foi possível baixar este arquivo" in (await following(davi)).text
        assert (await following(davi)).text == "viu?"
        await maria.sees("Não consegui baixar o arquivo que você mandou. Pode enviar de novo?")
