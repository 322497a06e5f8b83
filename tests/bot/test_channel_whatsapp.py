"""What is written down for WhatsApp reaches the phone: files, answers, reactions, places, templates; in order.

Limits and codes: developers.facebook.com/docs/whatsapp/cloud-api. The stand-in checks them on its own.
"""

from typing import Any

import pytest

from sandbox.whatsapp.templates import Template
from tests.support.service import RunningService
from tests.support.written import Written, follow_ups, on_whatsapp

PDF = b"%PDF-1.4 fatura"


@pytest.fixture
async def bia(sqlite_service: RunningService) -> Written:
    return await on_whatsapp(sqlite_service)


class TestFiles:
    @pytest.mark.parametrize(
        ("method", "field", "name", "mime_type", "kind"),
        [
            ("sendPhoto", "photo", "foto.jpg", "image/jpeg", "photo"),
            ("sendPhoto", "photo", "foto.webp", "image/webp", "document"),
            ("sendDocument", "document", "fatura.pdf", "application/pdf", "document"),
            ("sendDocument", "document", "vendas.csv", "text/csv", "document"),
            ("sendVoice", "voice", "voz.ogg", "audio/ogg; codecs=opus", "audio"),
            ("sendAudio", "audio", "musica.mp3", "audio/mpeg", "audio"),
            ("sendVideo", "video", "video.mp4", "video/mp4", "video"),
            ("sendSticker", "sticker", "figurinha.webp", "image/webp", "sticker"),
            ("sendSticker", "sticker", "figurinha.png", "image/png", "photo"),
        ],
    )
    async def test_each_kind_arrives_as_what_it_is_or_as_a_document(
        self, bia: Written, method: str, field: str, name: str, mime_type: str, kind: str
    ) -> None:
        file = await bia.stored(b"conteudo", name, mime_type)
        row = await bia.done((await bia.calls((method, {field: file})))[0])

        [bubble] = bia.phone.screen
        assert (bubble.kind, row["error"], row["provider_id"]) == (kind, None, bubble.id)
        assert bubble.file is not None
        assert (bubble.file.name, bubble.file.data) == (name, b"conteudo")

    @pytest.mark.falha(477)
    @pytest.mark.parametrize(
        ("method", "field", "name", "mime_type", "taken", "kind"),
        [
            ("sendAudio", "audio", "nota.m4a", "audio/x-m4a", "audio/mp4", "audio"),
            ("sendAudio", "audio", "aula.mp3", "audio/mp3", "audio/mpeg", "audio"),
            ("sendVoice", "voice", "voz.ogg", "audio/ogg", "audio/ogg; codecs=opus", "audio"),
            ("sendVoice", "voice", "PTT-1.opus", "audio/opus", "audio/ogg; codecs=opus", "audio"),
            ("sendPhoto", "photo", "foto.jpg", "image/jpg", "image/jpeg", "photo"),
            ("sendDocument", "document", "conta.pdf", "application/x-pdf", "application/pdf", "document"),
        ],
    )
    async def test_a_type_is_called_as_whatsapp_calls_it(
        self, bia: Written, method: str, field: str, name: str, mime_type: str, taken: str, kind: str
    ) -> None:
        """Meta takes an upload by the name of its type, and Ogg by its codec (131053 comes later otherwise)."""
        row = await bia.done(await bia.call(method, **{field: await bia.stored(b"conteudo", name, mime_type)}))
        [bubble] = bia.phone.screen
        assert bubble.file is not None
        assert (bubble.kind, bubble.file.mime, row["error"]) == (kind, taken, None)

    async def test_only_a_spoken_message_is_played_as_one(self, bia: Written) -> None:
        file = await bia.stored(b"OggS", "voz.ogg", "audio/ogg; codecs=opus")
        await bia.calls(("sendVoice", {"voice": file}), ("sendAudio", {"audio": file}))
        calls = await bia.service.sandbox.whatsapp.calls.wait_for("audio", 2)
        assert [call.params["audio"].get("voice") for call in calls] == [True, None]

    async def test_calls_of_one_lane_arrive_in_the_order_they_were_written(self, bia: Written) -> None:
        file = await bia.stored(PDF)
        calls = await bia.calls(
            ("sendMessage", {"text": "primeiro"}),
            ("sendDocument", {"document": file, "caption": "segundo"}),
            ("sendLocation", {"latitude": -19.9, "longitude": -43.9}),
            ("sendVenue", {"latitude": -19.9, "longitude": -43.9, "title": "Loja", "address": "Rua A, 1"}),
            ("sendContact", {"phone_number": "5531977773000", "first_name": "Rui", "last_name": "Dias"}),
            ("sendMessage", {"text": "último"}),
        )
        await bia.done(calls[-1])

        assert [(bubble.kind, bubble.text) for bubble in bia.phone.screen] == [
            ("text", "primeiro"), ("document", "segundo"), ("location", "-19.9, -43.9"),
            ("location", "Loja\nRua A, 1"), ("contact", "Rui Dias\n+5531977773000"), ("text", "último"),
        ]  # fmt: skip

    async def test_what_cannot_have_a_caption_has_it_after_it(self, bia: Written) -> None:
        file = await bia.stored(b"OggS", "voz.ogg", "audio/ogg")
        await bia.done(await bia.call("sendVoice", voice=file, caption="Ouça"))
        assert [(bubble.kind, bubble.text) for bubble in bia.phone.screen] == [("audio", ""), ("text", "Ouça")]

    async def test_a_file_that_is_too_large_is_told_to_both(self, bia: Written) -> None:
        """Pictures end at 5 MB, as documents too: Meta goes by the type of the upload."""
        file = await bia.stored(b"x" * 5_000_001, "foto.jpg", "image/jpeg")
        row = await bia.done(await bia.call("sendPhoto", photo=file, about={"mensagem_id": 7}))

        assert (await bia.phone.sees("foto.jpg: este arquivo é grande demais")).id == row["provider_id"]
        assert await follow_ups(bia.service, "mensagem_recusada") == [{"mensagem_id": 7, "codigo": "too_large"}]

    @pytest.mark.parametrize(("name", "mime_type"), [("fotos.zip", "application/zip"), ("musica.flac", "audio/flac")])
    async def test_a_type_that_whatsapp_does_not_take_is_told_to_both(
        self, bia: Written, name: str, mime_type: str
    ) -> None:
        call = await bia.call(
            "sendDocument", document=await bia.stored(b"PK", name, mime_type), about={"mensagem_id": 7}
        )
        await bia.done(call)

        await bia.phone.sees(f"{name}: este tipo de arquivo não pode ser enviado")
        assert await follow_ups(bia.service, "mensagem_recusada") == [{"mensagem_id": 7, "codigo": "not_taken"}]

    async def test_a_file_that_is_kept_no_longer_leaves_a_line_and_its_author_hears_it(self, bia: Written) -> None:
        lost = {"object_key": "nunca/chegou", "filename": "foto.jpg", "mime_type": "image/jpeg"}
        calls = await bia.calls(
            ("sendPhoto", {"photo": lost, "about": {"mensagem_id": 7}}), ("sendMessage", {"text": "depois"})
        )
        await bia.done(calls[-1])

        assert [bubble.text for bubble in bia.phone.screen] == [
            "📎 foto.jpg: este arquivo já não está guardado aqui. Peça de novo a quem mandou.", "depois",
        ]  # fmt: skip
        assert await follow_ups(bia.service, "mensagem_recusada") == [{"mensagem_id": 7, "codigo": "lost"}]


class TestAnswers:
    async def test_a_quoted_message_stays_quoted(self, bia: Written) -> None:
        first = await bia.call("sendMessage", text="Qual é o CEP?")
        row = await bia.done(first)
        file = await bia.stored(PDF)
        await bia.done(await bia.call("sendDocument", document=file, caption="Este", quote={"outbox_id": first}))
        await bia.done(await bia.call("sendMessage", text="E este", quote={"provider_id": row["provider_id"]}))

        assert [bubble.quote for bubble in bia.phone.screen] == ["", "Qual é o CEP?", "Qual é o CEP?"]

    async def test_only_the_first_of_several_messages_quotes(self, bia: Written) -> None:
        first = await bia.call("sendMessage", text="Qual é o CEP?")
        await bia.done(await bia.call("sendMessage", text="palavra " * 800, quote={"outbox_id": first}))
        assert [bool(bubble.quote) for bubble in bia.phone.screen] == [False, True, False]

    async def test_an_edit_is_a_new_message_under_the_old_one(self, bia: Written) -> None:
        """WhatsApp cannot change what was sent."""
        text = await bia.call("sendMessage", text="errado")
        file = await bia.call("sendDocument", document=await bia.stored(PDF), caption="errada")
        await bia.calls(
            ("editMessageText", {"message": {"outbox_id": text}, "text": "certo"}),
            ("editMessageCaption", {"message": {"outbox_id": file}, "caption": "certa"}),
        )
        await bia.phone.sees("✏️ certa")
        shown = [(bubble.text, bubble.quote) for bubble in bia.phone.screen]
        assert shown == [("errado", ""), ("errada", ""), ("✏️ certo", "errado"), ("✏️ certa", "errada")]

    async def test_a_reaction_is_put_on_and_taken_back(self, bia: Written) -> None:
        said = {"outbox_id": await bia.call("sendMessage", text="Pronto")}
        await bia.done(await bia.call("setMessageReaction", message=said, emoji="🦷"))
        assert bia.phone.screen[-1].bot_reaction == "🦷"
        await bia.done(await bia.call("setMessageReaction", message=said, emoji=None))
        assert bia.phone.screen[-1].bot_reaction == ""

    async def test_topics_are_unknown_here_and_hold_nothing_up(self, bia: Written) -> None:
        topic = await bia.call("createForumTopic", name="Bia")
        await bia.call("sendMessage", text="Boa tarde", topic={"outbox_id": topic, "name": "Bia"})
        await bia.phone.sees("Boa tarde")


class TestTheWindow:
    @pytest.mark.falha(28)
    async def test_after_24_hours_a_template_goes_where_a_message_does_not(self, bia: Written) -> None:
        whatsapp = bia.service.sandbox.whatsapp
        whatsapp.templates["retomar"] = Template("Olá {{1}}, podemos continuar?", "pt_BR", buttons=("Continuar",))
        whatsapp.faults.close_window(bia.phone)  # type: ignore[arg-type]
        parameters = [{"type": "text", "text": "Bia"}]
        template = {
            "name": "retomar", "language": "pt_BR", "components": [{"type": "body", "parameters": parameters}],
        }  # fmt: skip
        refused = await bia.call("sendMessage", text="Ainda aí?", about={"mensagem_id": 9})
        await bia.call("sendTemplate", template=template)

        bubble = await bia.phone.sees("Olá Bia, podemos continuar?")
        assert bubble.buttons == [["Continuar"]]
        assert (await bia.done(refused))["error"].startswith("131047")
        assert await follow_ups(bia.service, "mensagem_recusada") == [{"mensagem_id": 9, "codigo": "131047"}]

    @pytest.mark.falha(28)
    async def test_a_refusal_that_comes_as_a_status_is_told_too(self, service: RunningService) -> None:
        """Meta accepts the message, and reports 131047 later."""
        bia = await on_whatsapp(service)
        bia.service.sandbox.whatsapp.faults.close_window(bia.phone)  # type: ignore[arg-type]
        bia.service.sandbox.whatsapp.faults.failures_come_later = True
        row = await bia.done(await bia.call("sendMessage", text="Ainda aí?", about={"mensagem_id": 9}))
        assert row["error"] is None
        assert await follow_ups(bia.service, "mensagem_recusada") == [{"mensagem_id": 9, "codigo": "131047"}]

    @pytest.mark.falha(27)
    async def test_a_status_faster_than_the_answer_finds_its_message_all_the_same(
        self, service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bia, api = await on_whatsapp(service), service.wiring.whatsapp
        assert api is not None
        send = api.send

        async def slowly(payload: dict[str, Any]) -> dict[str, Any]:
            answer = await send(payload)
            await service.sandbox.whatsapp.settled()
            return answer

        monkeypatch.setattr(api, "send", slowly)
        service.sandbox.whatsapp.faults.failures_come_later = True
        service.sandbox.whatsapp.faults.fail_next("text", code=131026)
        await bia.call("sendMessage", text="Ainda aí?", about={"mensagem_id": 9})
        assert await follow_ups(service, "mensagem_recusada") == [{"mensagem_id": 9, "codigo": "131026"}]

    async def test_a_status_that_is_repeated_is_told_once(self, bia: Written) -> None:
        whatsapp = bia.service.sandbox.whatsapp
        whatsapp.faults.failures_come_later = True
        whatsapp.faults.deliver(3)
        whatsapp.faults.fail_next("text", code=131026)
        await bia.done(await bia.call("sendMessage", text="Oi", about={"mensagem_id": 9}))
        await follow_ups(bia.service, "mensagem_recusada")
        await whatsapp.settled()
        assert len(await follow_ups(bia.service, "entrega_falhou")) == 1

    async def test_a_report_of_a_message_nobody_wrote_is_only_kept(self, bia: Written) -> None:
        whatsapp = bia.service.sandbox.whatsapp
        whatsapp.faults.failures_come_later = True
        whatsapp.faults.fail_next("text", code=131026)
        await bia.done(await bia.call("sendMessage", text="De um robô"))
        await follow_ups(bia.service, "entrega_falhou")
        assert await bia.service.rows("SELECT id FROM outbox WHERE method = 'mensagem_recusada'") == []
