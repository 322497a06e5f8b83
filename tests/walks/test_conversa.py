"""Customer and consultor talk, each on their own channel: what one sends is what the other sees, in order."""

import asyncio

import pytest

from consultores import DAVI, MARIA, PEDRO, consultor, customer, nothing_is_under_way
from sandbox import small_pdf
from sellers import eventually
from service import RunningService
from talking import becomes, following, last, opens, talking

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
        copy = await following(davi)
        await davi.says("O que não funciona?", reply_to=copy)
        question = await following(maria)
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
        hers, copy = last(maria), await following(davi)
        await davi.reacts(copy, "❤")
        await becomes(hers, "bot_reaction", "❤")
        await davi.reacts(copy, "")
        await becomes(hers, "bot_reaction", "")
        await davi.says("por nada")
        his, copy = last(davi), await following(maria)
        await maria.reacts(copy, "👍")
        await becomes(his, "bot_reaction", "👍")

    async def test_a_reaction_that_telegram_does_not_have_is_said(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service)
        await davi.says("chegou?")
        await maria.reacts(await following(maria), "🥳")
        said = await following(davi)
        assert (said.text, said.quote) == ("🥳", "chegou?")

    async def test_what_is_edited_on_telegram_is_corrected_on_the_other_side(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        await davi.says("Chego às 10h")
        assert (await following(maria)).text == "Chego às 10h"
        await davi.edits(last(davi), "Chego às 11h")
        corrected = await following(maria)
        assert (corrected.text, corrected.quote) == ("✏️ Chego às 11h", "Chego às 10h")
        [row] = await sqlite_service.rows("SELECT texto, editada_em FROM mensagens")
        assert row["texto"] == "Chego às 11h"
        assert row["editada_em"] is not None

    async def test_an_edit_between_two_telegrams_is_an_edit(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "telegram")
        await maria.says("moro na rua A")
        copy = await following(davi)
        await maria.edits(last(maria), "moro na rua B")
        assert await davi.sees("moro na rua B") is copy
        await maria.sends_photo(PHOTO, caption="fachada")
        photo = await following(davi)
        await maria.edits(last(maria), "fachada da casa")
        assert await davi.sees("fachada da casa") is photo

    async def test_what_only_its_own_channel_can_show_is_mentioned(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        maria._send({"poll": POLL})
        assert (await following(davi)).text == "❔ Maria mandou algo que só aparece no aplicativo de lá."


POLL = {
    "id": "1",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
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


class TestBeforeAndAfter:
    @SIDES
    async def test_what_was_written_while_waiting_is_shown_to_whoever_accepts(
        self, service: RunningService, of_maria: str, of_davi: str
    ) -> None:
        maria = await customer(service, MARIA, of_maria)
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        await maria.says("minha internet caiu")
        await maria.sees("Anotei.")
        await maria.sends_document("fatura.pdf", FATURA, caption="a conta")
        await maria.sends_location(-19.92, -43.94)
        await eventually(service, "SELECT 1 FROM mensagens WHERE tipo = 'LOCAL'")
        davi = await consultor(service, DAVI, of_davi)
        card = await davi.sees("Maria quer falar com um consultor")
        quoted = [line for line in card.text.splitlines() if line.startswith("“")]
        assert quoted == ["“minha internet caiu”", "“📎 fatura.pdf a conta”", "“📍”"]
        await davi.taps("Aceitar")
        said = await davi.sees("O que já foi dito:")
        assert [line.split(" ", 1)[1] for line in said.text.splitlines()[1:]] == [
            "Maria: minha internet caiu",
            "Maria: 📎 fatura.pdf a conta",
            "Maria: 📍",
        ]
        conta = await davi.sees("a conta")
        assert (conta.document, conta.topic) == (FATURA, said.topic)
        await davi.sees("-19.92, -43.94")
        await opens(davi, "Maria (#00001)")
        await davi.says("É esta conta?", reply_to=conta)
        question = await maria.sees("É esta conta?")
        assert question.reply_to == next(bubble.id for bubble in maria.screen if bubble.kind == "document")
        assert not maria.shows("guardei")

    async def test_what_was_corrected_while_waiting_is_shown_as_it_is_now(self, sqlite_service: RunningService) -> None:
        maria = await customer(sqlite_service, MARIA, "telegram")
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        await maria.says("moro na rua A")
        await maria.sees("Anotei.")
        await maria.edits(last(maria), "moro na rua B")
        await eventually(sqlite_service, "SELECT 1 FROM mensagens WHERE editada_em IS NOT NULL")
        davi = await consultor(sqlite_service, DAVI)
        assert (await davi.sees("Maria quer falar com um consultor")).text.endswith("“moro na rua B”")

    @SIDES
    async def test_after_the_end_the_bot_is_back(self, service: RunningService, of_maria: str, of_davi: str) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        await maria.says("obrigada, era só isso")
        hers = await following(davi)
        await davi.says("ENCERRAR")
        await maria.sees("O atendimento #00001 foi encerrado.")
        await davi.sees("Atendimento #00001 com Maria encerrado.")
        await davi.says("tchau", reply_to=hers)
        await davi.sees("Esse atendimento já foi encerrado. Nada foi enviado.")
        await maria.says("5")
        await maria.sees("Obrigado pela nota!")
        await maria.says("foi ótimo")
        await maria.says("oi de novo")
        await maria.sees("Para falar com uma pessoa da equipe, escolha CONSULTOR.")
        await nothing_is_under_way(service)
        assert not maria.shows("tchau")
        assert not davi.shows("oi de novo")

    async def test_a_message_that_meets_the_end_is_for_the_consultor_or_for_the_bot(
        self, service: RunningService
    ) -> None:
        maria, davi = await talking(service, "whatsapp", "telegram")
        whatsapp, telegram = service.sandbox.whatsapp, service.sandbox.telegram
        whatsapp.faults.withhold()
        telegram.faults.withhold()
        said, ended = await maria.says("espera!"), await davi.says("ENCERRAR")
        answers = await asyncio.gather(whatsapp.deliver(said.payload), telegram.deliver(ended.payload))
        assert [status for status, _ in answers] == [200, 200]
        await maria.sees("O atendimento #00001 foi encerrado.")
        await nothing_is_under_way(service)
        relayed = len(await service.rows("SELECT 1 FROM mensagens"))
        commented = len(await service.rows("SELECT 1 FROM atendimentos WHERE comentario = 'espera!'"))
        assert relayed + commented == 1
        assert (davi.shows("espera!"), maria.shows("O seu comentário foi guardado")) == (relayed == 1, commented == 1)

    @SIDES
    async def test_short_answers_are_for_the_other_person(
        self, service: RunningService, of_maria: str, of_davi: str
    ) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        for word in ("1", "SIM", "não"):
            await davi.says(word)
            assert (await following(maria)).text == word
            await maria.says(word)
            assert (await following(davi)).text == word
        [row] = await service.rows("SELECT status FROM atendimentos")
        assert row["status"] == "EM_ATENDIMENTO"


class TestWhatDoesNotArrive:
    async def test_the_consultor_hears_that_the_customer_blocked_us(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        sqlite_service.sandbox.telegram.faults.block(maria)
        await davi.says("alô?")
        refused = await following(davi)
        assert (refused.text, refused.quote) == (
            "⚠️ Esta mensagem não chegou: a pessoa bloqueou as nossas mensagens.",
            "alô?",
        )
        await davi.says("alô??")
        assert (await following(davi)).text == "⚠️ Maria não recebe as nossas mensagens agora. Nada foi enviado."

    async def test_the_customer_hears_that_their_consultor_cannot_be_reached(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        sqlite_service.sandbox.telegram.faults.block(davi)
        for texto in ("alô?", "tem alguém aí?"):
            await maria.says(texto)
            told = await following(maria)
            assert told.text == "⚠️ Esta mensagem não chegou: quem atende você não pode recebê-la agora."
            assert told.quote == texto

    async def test_after_24_hours_a_template_is_offered_instead_of_a_message_that_would_fail(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        sqlite_service.clock.move(hours=25)
        await davi.says("voltou a funcionar?")
        closed = await following(davi)
        assert closed.text.startswith("⏳ Passaram 24 horas desde a última mensagem de Maria")
        assert closed.labels == ["Enviar um modelo"]
        assert closed.topic == davi.topic.id
        await nothing_is_under_way(sqlite_service)
        assert maria.unseen == []

    async def test_a_window_that_closed_unseen_is_told_in_the_topic(self, sqlite_service: RunningService) -> None:
        _maria, davi = await talking(sqlite_service)
        sqlite_service.sandbox.whatsapp.faults.fail_next("text", code=131047)
        await davi.says("voltou?")
        refused = await following(davi)
        assert (refused.labels, refused.quote) == (["Enviar um modelo"], "voltou?")
        assert refused.topic == davi.topic.id

    async def test_who_answers_has_read_and_nobody_seems_to_type_before(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service)
        await maria.says("alguém aí?")
        hers = last(maria)
        await following(davi)
        await nothing_is_under_way(sqlite_service)
        assert (hers.status, maria.activity) == ("sent", "")
        await davi.says("Sim!")
        await following(maria)
        assert (hers.status, maria.activity) == ("read", "")
