"""What the channels bring beside texts and taps: answers, edits, reactions, topics, places, contacts, stickers."""

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from core.heard import Heard
from core.idiomas import first_language
from core.outcome import Outcome
from core.time import utc_now
from sandbox import Phone
from sandbox.telegram.phone import TelegramPhone
from storage.contatos.contatos import attach_usuario
from storage.contatos.conversas import open_contato
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import usuario_by_phone
from storage.transaction import Transaction
from tests.support.inbound import nothing_failed, said
from tests.support.service import RunningService
from tests.support.written import Written, on_telegram, on_whatsapp
from webhooks.doors.whatsapp import to_heard
from webhooks.doors.whatsapp_models import Message


@pytest.fixture
def heard(sqlite_service: RunningService) -> list[Heard]:
    """Every event as it came through the door."""
    hearing = sqlite_service.wiring.hearing
    found: list[Heard] = []
    answer = hearing._answer

    async def listening(tx: Transaction, several: Sequence[Heard]) -> list[Outcome]:
        found.extend(replace(one, update=copy.deepcopy(one.update)) for one in several)
        return await answer(tx, several)

    hearing._answer = listening
    return found


@pytest.fixture
async def ana(sqlite_service: RunningService) -> Written:
    return await on_telegram(sqlite_service)


@pytest.fixture
async def bia(sqlite_service: RunningService) -> Written:
    return await on_whatsapp(sqlite_service)


async def settled(service: RunningService) -> None:
    await service.sandbox.telegram.settled()
    await service.sandbox.whatsapp.settled()


async def told(written: Written, text: str = "Qual é o CEP?") -> Any:
    """The bubble of something we said to this person."""
    await written.call("sendMessage", text=text)
    return await written.phone.sees(text)


async def own(phone: Phone, text: str) -> Any:
    await phone.says(text)
    return next(bubble for bubble in reversed(phone.screen) if bubble.mine)


class TestEditsAndReactions:
    async def test_an_edit_on_telegram_names_the_message_it_changes(self, ana: Written, heard: list[Heard]) -> None:
        phone = ana.phone
        assert isinstance(phone, TelegramPhone)
        bubble = await own(phone, "errado")
        await phone.edits(bubble, "certo")
        await settled(ana.service)

        said_first, edit = heard
        assert (said_first.kind, edit.kind) == ("message", "edited_message")
        assert edit.inbound_id == said_first.inbound_id == bubble.id
        assert edit.update["edited_message"]["text"] == "certo"

    @pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
    async def test_a_reaction_names_what_it_is_put_on(
        self, sqlite_service: RunningService, heard: list[Heard], channel: str
    ) -> None:
        written = await (on_telegram if channel == "telegram" else on_whatsapp)(sqlite_service)
        bubble = await told(written)
        await written.phone.reacts(bubble, "👍")
        await written.phone.reacts(bubble, "")
        await settled(written.service)

        put_on, taken_back = heard
        assert [one.kind for one in heard] == ["message_reaction"] * 2
        assert put_on.quoted_id == taken_back.quoted_id == bubble.id
        assert [one["emoji"] for one in put_on.update["message_reaction"]["new_reaction"]] == ["👍"]
        assert taken_back.update["message_reaction"]["new_reaction"] == []

    @pytest.mark.falha(16)
    @pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
    async def test_those_that_concern_nobody_are_answered_with_silence(
        self, sqlite_service: RunningService, channel: str
    ) -> None:
        written = await (on_telegram if channel == "telegram" else on_whatsapp)(sqlite_service)
        bubble = await told(written)
        before = await said(sqlite_service)
        await written.phone.reacts(bubble, "👍")
        if isinstance(written.phone, TelegramPhone):
            mine = written.phone.mine("7777", 0, text="antes", raw={
                "message_id": 7777, "from": written.phone.user, "chat": written.phone.chat, "date": 1, "text": "antes",
            })  # fmt: skip
            await written.phone.edits(mine, "VENDER")
        await settled(sqlite_service)

        assert await said(sqlite_service) == before
        assert await nothing_failed(sqlite_service)

    async def test_a_reaction_opens_no_window(self, bia: Written) -> None:
        """Only a message does (developers.facebook.com/docs/whatsapp/pricing): after one we may still be refused."""
        await bia.phone.reacts(await told(bia), "👍")
        await settled(bia.service)
        [row] = await bia.service.rows("SELECT last_inbound_at FROM contatos")
        assert row["last_inbound_at"] is None


class TestAnswersAndTopics:
    @pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
    async def test_an_answer_names_the_message_it_quotes(
        self, sqlite_service: RunningService, heard: list[Heard], channel: str
    ) -> None:
        written = await (on_telegram if channel == "telegram" else on_whatsapp)(sqlite_service)
        bubble = await told(written)
        await written.phone.says("30140-071", reply_to=bubble)
        await settled(written.service)

        assert [one.quoted_id for one in heard] == [bubble.id]
        assert heard[0].inbound_id == next(one.id for one in written.phone.screen if one.mine)

    async def test_what_is_written_in_a_topic_says_in_which(self, ana: Written, heard: list[Heard]) -> None:
        phone = ana.phone
        assert isinstance(phone, TelegramPhone)
        await ana.done(await ana.call("createForumTopic", name="Bia"))
        topic = phone.opens_topic("Bia")
        assert topic is not None
        await phone.says("Bom dia")
        await settled(ana.service)

        assert [(one.topic, one.quoted_id) for one in heard] == [(str(topic.id), None)]

    async def test_what_answers_a_message_in_a_topic_goes_there(self, ana: Written) -> None:
        phone = ana.phone
        assert isinstance(phone, TelegramPhone)
        await ana.done(await ana.call("createForumTopic", name="Bia"))
        topic = phone.opens_topic("Bia")
        assert topic is not None
        await ana.service.usuario("Ana Souza", "5531988804000", Perfil.VENDEDOR)
        await ana.service.wiring.turns.run(lambda tx: _is_known(tx, ana.contato_id))
        await phone.says("AJUDA")
        await settled(ana.service)
        await phone.quiet()

        assert {bubble.topic for bubble in phone.screen if not bubble.mine} == {topic.id}

    async def test_a_topic_that_a_person_makes_is_no_message(self, ana: Written, heard: list[Heard]) -> None:
        phone = ana.phone
        assert isinstance(phone, TelegramPhone)
        await phone.creates_topic("Outro assunto")
        await settled(ana.service)
        assert heard == []


async def _is_known(tx: Transaction, contato_id: int) -> None:
    contato, usuario_id = await open_contato(tx, contato_id), await usuario_by_phone(tx, ("5531988804000",))
    assert contato is not None
    assert usuario_id is not None
    await attach_usuario(tx, contato, usuario_id)


class TestWhatsappContent:
    async def test_places_contacts_stickers_and_recordings_have_the_bot_apis_form(
        self, bia: Written, heard: list[Heard]
    ) -> None:
        rui = bia.service.sandbox.whatsapp.phone("Rui Dias", "5531977773000")
        await bia.phone.sends_location(-19.9, -43.9)
        await bia.phone.sends_location(-19.9, -43.9, "Loja", "Rua A, 1")
        await bia.phone.shares_contact_of(rui)
        await bia.phone.sends_sticker()
        await bia.phone.sends_voice()
        await bia.phone.sends_audio("musica.mp3", b"ID3")
        await settled(bia.service)

        point, place, contact, sticker, voice, audio = (one.update["message"] for one in heard)
        assert point["location"] == {"latitude": -19.9, "longitude": -43.9}
        assert "venue" not in point
        assert (place["venue"]["title"], place["venue"]["address"]) == ("Loja", "Rua A, 1")
        assert (contact["contact"]["first_name"], contact["contact"]["phone_number"]) == ("Rui", "+5531977773000")
        assert sticker["sticker"]["is_animated"] is False
        assert voice["voice"]["mime_type"] == "audio/ogg; codecs=opus"
        assert audio["audio"]["mime_type"] == "audio/mpeg"
        assert await nothing_failed(bia.service)

    def test_several_contacts_are_read_as_a_text(self) -> None:
        """The Bot API has one contact in a message."""
        cards = [{"name": {"formatted_name": nome}, "phones": [{"phone": fone}]} for nome, fone in CARDS]
        update = _update(type="contacts", contacts=cards)
        assert update["message"]["text"] == "Ana\n+5531988804000\n\nRui\n+5531977773000"

    def test_a_templates_button_says_its_label(self) -> None:
        """It is tapped days later, and stands for words of the person, not for a choice of ours."""
        button = {"text": "Continuar", "payload": "Continuar"}
        assert _update(type="button", button=button)["message"]["text"] == "Continuar"


CARDS = [("Ana", "+5531988804000"), ("Rui", "+5531977773000")]


def _update(**content: Any) -> dict[str, Any]:
    message = Message.model_validate({"from": "5531988804000", "id": "wamid.1", **content})
    found = to_heard(message, [], utc_now())
    assert found is not None
    return found.update


class TestLanguage:
    @pytest.mark.parametrize(
        ("telefone", "idioma"),
        [
            ("5531988804000", "pt_BR"), ("351912345678", "pt_BR"), ("244923123456", "pt_BR"),
            ("258821234567", "pt_BR"), ("34612345678", "es"), ("5491155555555", "es"), ("595981123456", "es"),
            ("12025550123", "en"), ("4915112345678", None), ("999", None), (None, None),
        ],
    )  # fmt: skip
    def test_without_another_sign_it_is_that_of_the_phones_country(
        self, telefone: str | None, idioma: str | None
    ) -> None:
        assert first_language(None, telefone) == idioma

    @pytest.mark.parametrize(("code", "idioma"), [("pt-br", "pt_BR"), ("es-419", "es"), ("en", "en"), ("fr", "pt_BR")])
    def test_the_apps_language_counts_before_the_phones(self, code: str, idioma: str) -> None:
        assert first_language(code, "5531988804000") == idioma

    async def test_a_customer_is_met_in_their_language(self, sqlite_service: RunningService) -> None:
        chile = sqlite_service.sandbox.whatsapp.phone("Pablo", "56961234567")
        await chile.says("Hola")
        await settled(sqlite_service)
        assert await sqlite_service.rows("SELECT idioma FROM contatos") == [{"idioma": "es"}]
