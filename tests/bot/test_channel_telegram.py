"""What is written down for Telegram reaches the phone: files, answers, reactions, topics; in order, within its limits.

Limits and refusals: core.telegram.org/bots/api. The stand-in checks them on its own.
"""

import pytest

from bot.channels.pace import Paces
from sandbox.telegram.phone import TelegramPhone
from tests.support.service import RunningService
from tests.support.written import Written, follow_ups, on_telegram

PDF = b"%PDF-1.4 fatura"


@pytest.fixture
async def ana(sqlite_service: RunningService) -> Written:
    return await on_telegram(sqlite_service)


def phone_of(written: Written) -> TelegramPhone:
    assert isinstance(written.phone, TelegramPhone)
    return written.phone


class TestFiles:
    @pytest.mark.parametrize(
        ("method", "field", "name", "mime_type", "kind"),
        [
            ("sendPhoto", "photo", "foto.jpg", "image/jpeg", "photo"),
            ("sendDocument", "document", "fatura.pdf", "application/pdf", "document"),
            ("sendVoice", "voice", "voz.ogg", "audio/ogg; codecs=opus", "voice"),
            ("sendAudio", "audio", "musica.mp3", "audio/mpeg", "audio"),
            ("sendVideo", "video", "video.mp4", "video/mp4", "video"),
            ("sendSticker", "sticker", "figurinha.webp", "image/webp", "sticker"),
        ],
    )
    async def test_each_kind_arrives_as_what_it_is(
        self, ana: Written, method: str, field: str, name: str, mime_type: str, kind: str
    ) -> None:
        file = await ana.stored(b"conteudo", name, mime_type)
        row = await ana.done((await ana.calls((method, {field: file})))[0])

        bubble = ana.phone.screen[-1]
        assert (bubble.kind, row["error"]) == (kind, None)
        assert bubble.file is not None
        assert (bubble.file.name, bubble.file.data) == (name, b"conteudo")
        assert row["provider_id"] == bubble.id

    async def test_calls_of_one_lane_arrive_in_the_order_they_were_written(self, ana: Written) -> None:
        file = await ana.stored(PDF)
        calls = await ana.calls(
            ("sendMessage", {"text": "primeiro"}),
            ("sendDocument", {"document": file, "caption": "segundo"}),
            ("sendLocation", {"latitude": -19.9, "longitude": -43.9}),
            ("sendContact", {"phone_number": "5531988804000", "first_name": "Rui"}),
            ("sendMessage", {"text": "último"}),
        )
        await ana.done(calls[-1])

        assert [bubble.kind for bubble in ana.phone.screen] == ["text", "document", "location", "contact", "text"]
        assert [bubble.text for bubble in ana.phone.screen][:2] == ["primeiro", "segundo"]

    async def test_a_caption_too_long_to_stand_under_a_file_comes_after_it(self, ana: Written) -> None:
        file = await ana.stored(PDF)
        await ana.done(await ana.call("sendDocument", document=file, caption="x" * 1025))

        assert [(bubble.kind, bubble.text) for bubble in ana.phone.screen] == [("document", ""), ("text", "x" * 1025)]

    async def test_what_telegram_does_not_take_as_its_kind_goes_as_a_document(self, ana: Written) -> None:
        """People may forbid voice messages, pictures may have odd dimensions."""
        ana.service.sandbox.telegram.faults.fail_next("sendVoice", description="Bad Request: VOICE_MESSAGES_FORBIDDEN")
        file = await ana.stored(b"OggS", "voz.ogg", "audio/ogg")
        await ana.done(await ana.call("sendVoice", voice=file))

        assert [bubble.kind for bubble in ana.phone.screen] == ["document"]

    async def test_a_file_that_is_too_large_is_told_to_both(self, ana: Written) -> None:
        ana.service.sandbox.telegram.faults.fail_next(
            "sendDocument", status=413, description="Request Entity Too Large"
        )
        file = await ana.stored(PDF)
        call = await ana.call("sendDocument", document=file, about={"mensagem_id": 7})
        row = await ana.done(call)

        assert (await ana.phone.sees("fatura.pdf: este arquivo é grande demais")).id == row["provider_id"]
        assert await follow_ups(ana.service, "mensagem_recusada") == [{"mensagem_id": 7, "codigo": "too_large"}]

    async def test_a_file_that_is_kept_no_longer_leaves_a_line_and_its_author_hears_it(self, ana: Written) -> None:
        lost = {"object_key": "nunca/chegou", "filename": "foto.jpg", "mime_type": "image/jpeg"}
        calls = await ana.calls(
            ("sendPhoto", {"photo": lost, "about": {"mensagem_id": 7}}), ("sendMessage", {"text": "depois"})
        )
        await ana.done(calls[-1])

        assert [bubble.text for bubble in ana.phone.screen] == [
            "📎 foto.jpg: este arquivo já não está guardado aqui. Peça de novo a quem mandou.", "depois",
        ]  # fmt: skip
        assert await follow_ups(ana.service, "mensagem_recusada") == [{"mensagem_id": 7, "codigo": "lost"}]

    async def test_the_line_is_in_the_language_of_who_reads_it(self, sqlite_service: RunningService) -> None:
        bob = await on_telegram(sqlite_service, "Bob", idioma="en")
        missing = {"object_key": "nunca/chegou", "filename": "foto.jpg", "mime_type": "image/jpeg"}
        await bob.call("sendPhoto", photo=missing)
        await bob.phone.sees("foto.jpg: this file is no longer kept here")


class TestAnswers:
    async def test_a_quoted_message_stays_quoted(self, ana: Written) -> None:
        first = await ana.call("sendMessage", text="Qual é o CEP?")
        row = await ana.done(first)
        await ana.done(await ana.call("sendMessage", text="Este mesmo", quote={"outbox_id": first}))
        await ana.done(await ana.call("sendMessage", text="E este", quote={"provider_id": row["provider_id"]}))

        assert [bubble.quote for bubble in ana.phone.screen] == ["", "Qual é o CEP?", "Qual é o CEP?"]

    async def test_an_answer_to_what_is_gone_is_sent_without_the_quote(self, ana: Written) -> None:
        never_sent = await ana.call("answerCallbackQuery", callback_query_id="antigo")
        await ana.done(never_sent)
        for quote in ({"provider_id": "999"}, {"outbox_id": never_sent}, {"provider_id": "wamid.de.outro.canal"}):
            row = await ana.done(await ana.call("sendMessage", text="Mesmo assim", quote=quote))
            assert row["error"] is None
        assert [bubble.quote for bubble in ana.phone.screen] == [""] * 3

    async def test_an_edit_changes_the_copy(self, ana: Written) -> None:
        text = await ana.call("sendMessage", text="errado")
        file = await ana.call("sendDocument", document=await ana.stored(PDF), caption="errada")
        await ana.calls(
            ("editMessageText", {"message": {"outbox_id": text}, "text": "certo"}),
            ("editMessageCaption", {"message": {"outbox_id": file}, "caption": "certa"}),
        )
        await ana.phone.sees("certa")
        assert [bubble.text for bubble in ana.phone.screen] == ["certo", "certa"]

    async def test_what_was_never_sent_cannot_change_and_nobody_minds(self, ana: Written) -> None:
        never_sent = await ana.call("answerCallbackQuery", callback_query_id="antigo")
        edit = await ana.call("editMessageText", message={"outbox_id": never_sent}, text="certo")
        assert (await ana.done(edit))["error"] is None

    async def test_a_text_longer_than_a_message_arrives_whole(self, ana: Written) -> None:
        await ana.done(await ana.call("sendMessage", text="palavra " * 1000))
        assert " ".join(bubble.text for bubble in ana.phone.screen).split() == ["palavra"] * 1000


class TestReactions:
    async def test_a_reaction_is_put_on_and_taken_back(self, ana: Written) -> None:
        said = {"outbox_id": await ana.call("sendMessage", text="Pronto")}
        await ana.done(await ana.call("setMessageReaction", message=said, emoji="👍"))
        assert ana.phone.screen[-1].bot_reaction == "👍"
        await ana.done(await ana.call("setMessageReaction", message=said, emoji=None))
        assert ana.phone.screen[-1].bot_reaction == ""

    async def test_an_emoji_that_telegram_does_not_have_answers_the_message(self, ana: Written) -> None:
        said = {"outbox_id": await ana.call("sendMessage", text="Pronto")}
        row = await ana.done(await ana.call("setMessageReaction", message=said, emoji="🦷"))

        bubble = ana.phone.screen[-1]
        assert (bubble.text, bubble.quote, bubble.id) == ("🦷", "Pronto", row["provider_id"])

    async def test_a_reaction_to_a_message_that_is_gone_is_dropped(self, ana: Written) -> None:
        row = await ana.done(await ana.call("setMessageReaction", message={"provider_id": "999"}, emoji="👍"))
        assert row["error"] is None


class TestTopics:
    async def test_a_message_goes_to_its_topic(self, ana: Written) -> None:
        topic = await ana.call("createForumTopic", name="Bia · #00001")
        await ana.call("sendMessage", text="Boa tarde", topic={"outbox_id": topic, "name": "Bia · #00001"})

        bubble = await ana.phone.sees("Boa tarde")
        [made] = phone_of(ana).topics
        assert (made.name, made.id) == ("Bia · #00001", bubble.topic)
        assert (await ana.done(topic))["provider_id"] == str(made.id)

    async def test_a_deleted_topic_is_made_again_and_nothing_is_lost(self, ana: Written) -> None:
        topic = await ana.call("createForumTopic", name="Bia")
        await ana.done(topic)
        phone_of(ana).deletes_topic(phone_of(ana).topics[0])

        into = {"topic": {"outbox_id": topic, "name": "Bia"}}
        file = await ana.stored(PDF)
        calls = await ana.calls(
            ("sendDocument", {"document": file, **into}), ("sendMessage", {"text": "Está aí?", **into})
        )
        await ana.done(calls[-1])

        [again] = phone_of(ana).topics.open
        shown = [(bubble.kind, bubble.topic) for bubble in ana.phone.screen if bubble.kind != "service"]
        assert shown == [("document", again.id), ("text", again.id)]
        assert (await ana.done(topic))["provider_id"] == str(again.id)

    async def test_where_no_topic_can_be_made_the_chat_itself_will_do(self, ana: Written) -> None:
        topic = await ana.call("createForumTopic", name="Bia")
        await ana.done(topic)
        ana.service.sandbox.telegram.topics_enabled = False
        for reference in ({"outbox_id": topic, "name": "Bia"}, {"provider_id": "77"}):
            row = await ana.done(await ana.call("sendMessage", text="Boa tarde", topic=reference))
            assert row["error"] is None
        assert [bubble.topic for bubble in ana.phone.screen[-2:]] == [0, 0]

    @pytest.mark.falha(560)
    async def test_where_not_even_the_new_topic_can_be_written_in_the_chat_says_who_it_is_from(
        self, ana: Written
    ) -> None:
        """As on 8 May 2026, when the Bot API refused every topic of private chats."""
        topic = await ana.call("createForumTopic", name="Bia (#00001)")
        await ana.done(topic)
        faults = ana.service.sandbox.telegram.faults
        into = {"topic": {"outbox_id": topic, "name": "Bia (#00001)"}}
        gone = {"status": 400, "description": "Bad Request: message thread not found", "times": 2}
        faults.fail_next("sendMessage", **gone)
        row = await ana.done(await ana.call("sendMessage", text="Boa tarde", **into))
        assert row["error"] is None
        assert (ana.phone.screen[-1].text, ana.phone.screen[-1].topic) == ("👤 Bia (#00001)\nBoa tarde", 0)
        await ana.done(await ana.call("sendDocument", document=await ana.stored(PDF), **into))
        assert ana.phone.screen[-1].topic == 0

    async def test_a_topic_that_is_gone_needs_no_new_name(self, ana: Written) -> None:
        topic = await ana.call("createForumTopic", name="Bia")
        await ana.done(topic)
        phone_of(ana).deletes_topic(phone_of(ana).topics[0])
        row = await ana.done(await ana.call("editForumTopic", topic={"outbox_id": topic}, name="Bia · encerrado"))
        assert (row["error"], phone_of(ana).topics.open) == (None, [])


class TestRefusals:
    @pytest.mark.falha(14)
    async def test_the_author_hears_that_a_message_did_not_arrive(self, ana: Written) -> None:
        ana.service.sandbox.telegram.faults.block(ana.phone)
        row = await ana.done(await ana.call("sendMessage", text="Oi", about={"mensagem_id": 31}))
        assert row["error"] is not None
        assert await follow_ups(ana.service, "mensagem_recusada") == [{"mensagem_id": 31, "codigo": "403"}]

    async def test_a_second_try_of_several_messages_goes_on_where_the_first_one_failed(self, ana: Written) -> None:
        ana.service.sandbox.telegram.faults.fail_next("sendMessage", status=502)
        file = await ana.stored(PDF)
        await ana.done(await ana.call("sendDocument", document=file, caption="x" * 2000))
        assert [bubble.kind for bubble in ana.phone.screen] == ["document", "text"]

    async def test_every_request_of_a_call_counts_for_the_pace(
        self, ana: Written, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A message a second and chat, says Telegram, whatever our calls are."""
        taken: list[str] = []
        take = Paces.take

        def counting(paces: Paces, key: str) -> float:
            taken.append(key)
            return take(paces, key)

        monkeypatch.setattr(Paces, "take", counting)
        topic = await ana.call("createForumTopic", name="Bia")
        await ana.done(topic)
        phone_of(ana).deletes_topic(phone_of(ana).topics[0])
        into = {"outbox_id": topic, "name": "Bia"}
        await ana.done(await ana.call("sendMessage", text="palavra " * 1000, topic=into))

        requests = [call for call in ana.service.sandbox.telegram.calls if call.person == ana.phone.id]
        assert [call.method for call in requests] == [
            "createForumTopic", "sendMessage", "createForumTopic", "sendMessage", "sendMessage", "sendMessage",
        ]  # fmt: skip
        assert taken == [ana.phone.id] * len(requests)
        assert len(phone_of(ana).topics.open) == 1
