"""People on WhatsApp: who they are, when they wrote, and what we cannot show (16, 22, 24, 25, 32, 33, 35)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.whatsapp.phone import WhatsAppPhone
from tests.support.inbound import nothing_failed, said, whatsapp_person
from tests.support.sellers import ANA, seller, sells
from tests.support.service import RunningService

NAME, WITH_NINE = ANA
WITHOUT_NINE = "553188804000"
SCOPED = "BR.13491208655302741918"
MENU_OF_ANA = "O que você quer fazer, Ana?"
NOT_READ = "Por enquanto só consigo ler texto"
# What a customer gets, somebody whom nobody registered.
GREETING = "Este é o atendimento da operação"

# How Meta may write one and the same person, once they have chosen a username: with or without `from`, or a phone.
WAYS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "from_is_the_scoped_id": lambda frame: frame | {"from": SCOPED},
    "no_from_at_all": lambda frame: frame,
    "only_user_id": lambda frame: frame | {"user_id": SCOPED},
    "only_from_user_id": lambda frame: frame | {"from_user_id": SCOPED},
}


class TestScopedIds:
    """A person may be named by their phone, by a business-scoped id, or by both."""

    @pytest.mark.falha(22)
    @pytest.mark.parametrize("way", WAYS)
    async def test_somebody_known_by_phone_and_id_is_the_same_person_by_the_id_alone(
        self, service: RunningService, way: str
    ) -> None:
        ana = await _registered(service, user_id=SCOPED)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")

        await _says(service, ana, "NAO", WAYS[way], [] if "only" in way else [{"user_id": SCOPED}])

        await ana.sees("nada foi iniciado")
        assert await _one_contato(service) == {"external_id": WITH_NINE, "scoped_id": SCOPED, "registered": 1}

    @pytest.mark.falha(22)
    async def test_the_id_is_learnt_from_somebody_known_by_phone_alone(self, service: RunningService) -> None:
        """Contatos of before Meta told ids, or whose id was once left out."""
        ana = await _registered(service, user_id=SCOPED)
        by_phone: Callable[[dict[str, Any]], dict[str, Any]] = lambda frame: frame | {"from": WITH_NINE}  # noqa: E731
        await _says(service, ana, "MENU", by_phone, [])
        await _says(service, ana, "VENDER", by_phone, [{"wa_id": WITH_NINE, "user_id": SCOPED}])
        await _says(service, ana, "NAO", WAYS["from_is_the_scoped_id"], [])

        await ana.sees("nada foi iniciado")
        assert await _one_contato(service) == {"external_id": WITH_NINE, "scoped_id": SCOPED, "registered": 1}

    @pytest.mark.falha(22)
    async def test_somebody_known_by_the_id_alone_is_recognised_once_their_phone_is_told(
        self, service: RunningService
    ) -> None:
        ana = await _registered(service, user_id=SCOPED)
        await _says(service, ana, "MENU", WAYS["from_is_the_scoped_id"], [])
        await ana.sees(GREETING)
        assert await _last_recipient(service) == {"recipient": SCOPED}

        await ana.says("MENU")

        await ana.sees(MENU_OF_ANA)
        assert await _one_contato(service) == {"external_id": WITH_NINE, "scoped_id": SCOPED, "registered": 1}

    @pytest.mark.falha(455)
    @pytest.mark.parametrize("then", ["writes_by_phone_alone", "has_another_number"])
    async def test_somebody_known_by_the_id_first_is_the_same_person_by_their_phone_alone(
        self, service: RunningService, then: str
    ) -> None:
        ana = await _registered(service, user_id=SCOPED)
        await _says(service, ana, "MENU", WAYS["from_is_the_scoped_id"], [])
        await ana.sees(GREETING)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")

        if then == "writes_by_phone_alone":
            await _says(service, ana, "NAO", lambda frame: frame | {"from": WITH_NINE}, [])
            await ana.sees("nada foi iniciado")
            assert await _one_contato(service) == {"external_id": WITH_NINE, "scoped_id": SCOPED, "registered": 1}
        else:
            await (await ana.changes_number("5531988809999")).finished()
            known = await _one_contato(service)
            assert (known["external_id"], known["registered"]) == ("5531988809999", 0)

    @pytest.mark.falha(22)
    async def test_answers_go_to_an_id_that_whatsapp_accepts(self, sqlite_service: RunningService) -> None:
        ana = await _registered(sqlite_service, user_id=SCOPED)
        await ana.says("MENU")
        await ana.sees(MENU_OF_ANA)
        assert await _last_recipient(sqlite_service) == {"to": WITH_NINE}

        await _says(sqlite_service, ana, "STATUS", WAYS["no_from_at_all"], [{"user_id": SCOPED}])

        await ana.sees("Não há venda em andamento")
        assert await _last_recipient(sqlite_service) == {"to": WITH_NINE}

    @pytest.mark.falha(22)
    async def test_two_contatos_of_before_do_not_break_a_message_that_names_both(self, service: RunningService) -> None:
        ana = await _registered(service, user_id=SCOPED)
        await _says(service, ana, "MENU", lambda frame: frame | {"from": WITH_NINE}, [])
        await _says(service, ana, "MENU", WAYS["from_is_the_scoped_id"], [])

        await ana.says("VENDER")

        await ana.sees("Posso começar?")
        assert await nothing_failed(service)

    @pytest.mark.falha(83)
    @pytest.mark.each_database
    async def test_two_contatos_that_one_message_names_are_one_person_from_then_on(
        self, service: RunningService
    ) -> None:
        ana = await _registered(service, user_id=SCOPED)
        await _says(service, ana, "MENU", lambda frame: frame | {"from": WITH_NINE}, [])
        await ana.sees(MENU_OF_ANA)
        await _says(service, ana, "CONSULTOR", WAYS["from_is_the_scoped_id"], [])
        await ana.sees("Seu protocolo")
        await ana.says("MENU")
        await ana.sees(MENU_OF_ANA)

        assert await _one_contato(service) == {"external_id": WITH_NINE, "scoped_id": SCOPED, "registered": 1}
        (row,) = await service.rows("SELECT c.external_id FROM atendimentos a JOIN contatos c ON c.id = a.contato_id")
        assert row == {"external_id": WITH_NINE}

    @pytest.mark.falha(23)
    async def test_a_new_business_scoped_id_is_followed(self, service: RunningService) -> None:
        ana = await _registered(service, user_id=SCOPED)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        system = {"type": "user_changed_user_id", "body": "x", "user_id": "BR.999"}
        change: Callable[[dict[str, Any]], dict[str, Any]] = lambda frame: {  # noqa: E731
            "id": frame["id"], "timestamp": frame["timestamp"], "from_user_id": SCOPED, "type": "system",
            "system": system,
        }  # fmt: skip
        await _says(service, ana, "", change, [])
        assert await _one_contato(service) == {"external_id": WITH_NINE, "scoped_id": "BR.999", "registered": 1}

    @pytest.mark.falha(23)
    async def test_a_new_number_keeps_the_history_and_not_the_rights_of_the_old_one(
        self, service: RunningService
    ) -> None:
        ana = await _registered(service)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        await (await ana.changes_number("5531988809999")).finished()
        known = await _one_contato(service)
        assert (known["external_id"], known["registered"]) == ("5531988809999", 0)
        await ana.says("VENDER")
        await ana.sees("Não encontrei o seu cadastro")


class TestTheNinthDigit:
    """WhatsApp still writes old Brazilian mobiles without the ninth digit."""

    @pytest.mark.falha(24)
    @pytest.mark.parametrize(
        ("registered", "writes_from"), [(WITH_NINE, WITHOUT_NINE), (WITHOUT_NINE, WITH_NINE)], ids=["13_12", "12_13"]
    )
    async def test_a_mobile_is_recognised_with_and_without_it(
        self, sqlite_service: RunningService, registered: str, writes_from: str
    ) -> None:
        await sqlite_service.vendedor(NAME, registered)
        ana = sqlite_service.sandbox.whatsapp.phone(NAME, registered, wa_id=writes_from)
        await ana.says("MENU")
        await ana.sees(MENU_OF_ANA)

    @pytest.mark.falha(24)
    @pytest.mark.parametrize("forms", [(WITHOUT_NINE, WITH_NINE), (WITH_NINE, WITHOUT_NINE)], ids=["12_13", "13_12"])
    async def test_one_person_has_one_conversation_however_their_number_is_written(
        self, service: RunningService, forms: tuple[str, str]
    ) -> None:
        ana = await _registered(service)
        for wa_id, text in zip(forms, ("VENDER", "NAO"), strict=True):
            await _says(service, ana, text, lambda frame, wa_id=wa_id: frame | {"from": wa_id}, [])  # type: ignore[misc]

        await ana.sees("nada foi iniciado")
        assert len(await service.rows("SELECT * FROM contatos")) == 1

    @pytest.mark.falha(24)
    async def test_a_landline_is_nobody_elses_number(self, sqlite_service: RunningService) -> None:
        await sqlite_service.vendedor("Loja Centro", "553133334444")
        shop = sqlite_service.sandbox.whatsapp.phone("Loja Centro", "553133334444")
        stranger = sqlite_service.sandbox.whatsapp.phone("Zé Esperto", "5531933334444")
        await stranger.says("MENU")
        await stranger.sees(GREETING)
        await shop.says("MENU")
        await shop.sees("O que você quer fazer, Loja?")
        assert len(await sqlite_service.rows("SELECT * FROM contatos")) == 2


class TestTimestamps:
    """Seconds as integer or as text; with anything else, the moment we got it."""

    @pytest.mark.falha(32)
    @pytest.mark.parametrize("kind", [int, str])
    async def test_integer_and_text_are_the_same_moment(self, sqlite_service: RunningService, kind: type) -> None:
        an_hour_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        ana = await _registered(sqlite_service)
        assert await _heard_at(sqlite_service, ana, kind(int(an_hour_ago.timestamp()))) == an_hour_ago

    @pytest.mark.falha(32)
    async def test_rubbish_is_the_moment_of_receipt(self, sqlite_service: RunningService) -> None:
        ana = await _registered(sqlite_service)
        for rubbish in ("ontem", "", None, 0, "0", -5, [], {}, 1.5e300, 1790000000000, "9" * 400):
            before = datetime.now(UTC)
            assert before <= await _heard_at(sqlite_service, ana, rubbish) <= datetime.now(UTC), rubbish

    @pytest.mark.falha(499)
    async def test_a_moment_to_come_is_that_of_receipt(self, sqlite_service: RunningService) -> None:
        """Else a customer could be written to freely, as we believe, for so much longer than WhatsApp lets us."""
        ana = await _registered(sqlite_service)
        for ahead in (timedelta(minutes=10), timedelta(hours=20), timedelta(days=400)):
            before = datetime.now(UTC)
            told = str(int((before + ahead).timestamp()))
            assert before <= await _heard_at(sqlite_service, ana, told) <= datetime.now(UTC), ahead

    @pytest.mark.falha(32)
    async def test_a_tap_without_a_time_still_counts(self, sqlite_service: RunningService) -> None:
        ana = await _registered(sqlite_service)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        reply = {"type": "button_reply", "button_reply": {"id": "venda:nao", "title": "NÃO"}}
        await _sends(sqlite_service, ana, {"type": "interactive", "interactive": reply, "timestamp": "0"})
        await ana.sees("nada foi iniciado")

    @pytest.mark.falha(17)
    async def test_a_message_that_comes_late_does_not_turn_back_the_last_sign_of_life(
        self, sqlite_service: RunningService
    ) -> None:
        an_hour_ago = int((datetime.now(UTC) - timedelta(hours=1)).timestamp())
        before = datetime.now(UTC).replace(microsecond=0)
        ana = await _registered(sqlite_service)
        await ana.says("MENU")
        await ana.sees(MENU_OF_ANA)
        await _sends(sqlite_service, ana, {"type": "text", "text": {"body": "STATUS"}, "timestamp": str(an_hour_ago)})
        await ana.sees("Não há venda em andamento")
        assert await _last_inbound_at(sqlite_service) >= before


class TestWhatCannotBeShown:
    """A kind sentence, the open question again, and never a step of a flow."""

    @pytest.mark.falha(35)
    async def test_a_message_of_a_kind_we_cannot_show_gets_a_kind_sentence(
        self, sqlite_service: RunningService
    ) -> None:
        ana = await _registered(sqlite_service)
        for kind in ("unsupported", "hologram", "order", "location", "sticker", "contacts", "button"):
            await _sends(sqlite_service, ana, {"type": kind, kind: [] if kind == "contacts" else {}})
            answer = await ana.sees(NOT_READ)
            assert MENU_OF_ANA in answer.text, kind

    @pytest.mark.falha(35)
    async def test_in_the_middle_of_a_question_it_is_asked_again(self, sqlite_service: RunningService) -> None:
        await sqlite_service.login_bo()
        ana = await seller(sqlite_service)
        job = await sells(sqlite_service, ana)
        await job.ask("Qual é o nome do cliente?")
        await ana.sees("Qual é o nome do cliente?")

        assert isinstance(ana, WhatsAppPhone)
        await ana.sends_unsupported()

        again = await ana.sees("Preciso da resposta em texto")
        assert "Qual é o nome do cliente?" in again.text
        assert job.answers == {}

    @pytest.mark.falha(25)
    async def test_a_tap_that_says_nothing_is_asked_again(self, sqlite_service: RunningService) -> None:
        ana = await _registered(sqlite_service)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")

        for body in (None, {}, {"type": "button_reply"}, {"button_reply": {}}, {"nfm_reply": {}}):
            await _sends(sqlite_service, ana, {"type": "interactive", "interactive": body})
            again = await ana.sees("Não entendi. Responda SIM para começar")
            assert "Posso começar?" in again.text, body
            assert again.labels == ["SIM", "NÃO"], body

    @pytest.mark.falha(33)
    async def test_what_is_said_in_a_group_is_no_step_of_a_flow(self, sqlite_service: RunningService) -> None:
        ana = await _registered(sqlite_service)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        before = await said(sqlite_service)
        group = {"type": "text", "text": {"body": "SIM"}, "group_id": "Y2FwaV9ncm91cDo1NTMx"}

        await _sends(sqlite_service, ana, group)

        assert await said(sqlite_service) == before
        assert await sqlite_service.rows("SELECT * FROM vendas") == []

    @pytest.mark.falha(16)
    async def test_a_shared_contact_says_nothing_about_who_shares_it(self, sqlite_service: RunningService) -> None:
        ana = await _registered(sqlite_service)
        thief = sqlite_service.sandbox.whatsapp.phone("Zé Esperto", "5531977773000")
        await thief.shares_contact_of(ana)
        await thief.sees(GREETING)
        assert await sqlite_service.rows("SELECT * FROM contatos WHERE usuario_id IS NOT NULL") == []


async def _registered(service: RunningService, user_id: str | None = None) -> WhatsAppPhone:
    await service.vendedor(NAME, WITH_NINE)
    return whatsapp_person(service, NAME, WITH_NINE, user_id=user_id)


async def _says(
    service: RunningService,
    phone: WhatsAppPhone,
    text: str,
    named: Callable[[dict[str, Any]], dict[str, Any]],
    contacts: list[dict[str, Any]],
) -> None:
    """Deliver a text whose sender is written in one of Meta's ways."""
    whatsapp = service.sandbox.whatsapp
    frame = {key: value for key, value in whatsapp.new_message(phone).items() if key != "from"}
    message = {"type": "text", "text": {"body": text}} | named(frame)
    profile = {"profile": {"name": NAME}}
    body = whatsapp.envelope({"contacts": [profile | ids for ids in contacts], "messages": [message]})
    assert (await whatsapp.deliver(body))[0] == 200


async def _sends(service: RunningService, phone: WhatsAppPhone, content: dict[str, Any]) -> None:
    """Deliver a message with this content."""
    whatsapp = service.sandbox.whatsapp
    message = whatsapp.new_message(phone) | content
    assert (await whatsapp.deliver(whatsapp.envelope({"contacts": [phone.contact], "messages": [message]})))[0] == 200


async def _heard_at(service: RunningService, ana: WhatsAppPhone, timestamp: Any) -> datetime:
    """When we take a message to have been written that carries this timestamp."""
    await _sends(service, ana, {"type": "text", "text": {"body": "MENU"}, "timestamp": timestamp})
    return await _last_inbound_at(service)


async def _last_inbound_at(service: RunningService) -> datetime:
    [row] = await service.rows("SELECT last_inbound_at FROM contatos")
    return datetime.fromisoformat(row["last_inbound_at"]).replace(tzinfo=UTC)


async def _one_contato(service: RunningService) -> dict[str, Any]:
    """The only Contato there is: its ids, and whether it is a Usuario."""
    [row] = await service.rows("SELECT external_id, scoped_id, usuario_id FROM contatos")
    registered = int(row.pop("usuario_id") is not None)
    return {**row, "registered": registered}


async def _last_recipient(service: RunningService) -> dict[str, str]:
    """How the last message of ours named its recipient."""
    call = service.sandbox.whatsapp.calls.of("text", "interactive")[-1]
    return {key: call.params[key] for key in ("to", "recipient") if key in call.params}
