"""WhatsApp in: who may knock, what is refused, and that everything happens once (17-21, 26, 27, 31, 34)."""

import asyncio
import json
from io import BytesIO
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.hearing import GroupCommit, Waiting
from core.outcome import Outcome
from dialogs.frame.talk import Talk
from sandbox import Phone
from sandbox.whatsapp.phone import WhatsAppPhone
from sandbox.whatsapp.whatsapp import PHONE_NUMBER_ID, new_wamid, signature
from tests.support.inbound import answered, ignored, nothing_failed, said, whatsapp_person
from tests.support.sellers import seller
from tests.support.service import RunningService
from webhooks.doors.several import Act, each_in_their_order

MIB = 1024 * 1024
NO_TELEFONE = "Olá! Este é o atendimento"


class TestTheDoor:
    """Who may knock, and with what."""

    @pytest.mark.falha(34)
    @pytest.mark.parametrize("token", ["outro-token", "", "whatsapp-verify-tokén", "\udcff"])
    async def test_a_wrong_verify_token_is_refused_and_the_challenge_not_echoed(
        self, sqlite_service: RunningService, token: str
    ) -> None:
        url = f"{sqlite_service.url}/webhooks/whatsapp"
        token = token.encode("utf-8", "surrogateescape").decode("latin-1")
        status, body = await sqlite_service.sandbox.whatsapp.verify(url, token=token, challenge="1158201444")
        assert status == 403
        assert "1158201444" not in body

    @pytest.mark.falha(34)
    async def test_without_a_verify_token_the_challenge_is_not_echoed(self, sqlite_service: RunningService) -> None:
        query = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
        async with sqlite_service.http.get("/webhooks/whatsapp", params=query) as response:
            assert response.status == 403
            assert "1158201444" not in await response.text()

    async def test_the_right_verify_token_gets_the_challenge_back(self, sqlite_service: RunningService) -> None:
        url = f"{sqlite_service.url}/webhooks/whatsapp"
        answer = await sqlite_service.sandbox.whatsapp.verify(url, challenge="1158201444")
        assert answer == (200, "1158201444")

    @pytest.mark.falha(20)
    async def test_the_signature_is_over_the_bytes_as_they_came(self, sqlite_service: RunningService) -> None:
        """Meta escapes and spaces its JSON in its own way: only the very same bytes have the same signature."""
        ana = await seller(sqlite_service)
        body = _post_of(sqlite_service, ana, "VENDER")
        raw = json.dumps(body, ensure_ascii=True, indent=1).encode()
        signed = signature(raw, sqlite_service.sandbox.whatsapp.app_secret)

        assert await _post(sqlite_service, json.dumps(body).encode(), signed) == 401
        assert await sqlite_service.rows("SELECT * FROM events") == []
        assert await _post(sqlite_service, raw, signed) == 200
        await ana.sees("Posso começar?")

    @pytest.mark.falha(20)
    async def test_a_wrong_or_missing_signature_is_refused_and_nothing_is_stored(
        self, sqlite_service: RunningService
    ) -> None:
        ana = await seller(sqlite_service)
        raw = json.dumps(_post_of(sqlite_service, ana, "VENDER")).encode()
        good = signature(raw, sqlite_service.sandbox.whatsapp.app_secret).removeprefix("sha256=")
        for header in (None, "", "sha256=", "sha256=ção", "segredo", f"sha1={good}", f"{good}00"):
            assert await _post(sqlite_service, raw, header) == 401, header
        assert await sqlite_service.rows("SELECT * FROM events") == []

    @pytest.mark.falha(21)
    async def test_three_mebibytes_are_handled(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        body = _post_of(sqlite_service, ana, "VENDER") | {"padding": "x" * 3 * MIB}
        assert await _post_signed(sqlite_service, body) == 200
        await ana.sees("Posso começar?")

    @pytest.mark.falha(21)
    async def test_more_than_four_mebibytes_are_too_much(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        body = _post_of(sqlite_service, ana, "VENDER") | {"padding": "x" * 4 * MIB}
        assert await _post_signed(sqlite_service, body) == 413
        assert await sqlite_service.rows("SELECT * FROM events") == []

    @pytest.mark.falha(4)
    async def test_what_is_no_notification_is_refused_and_counted(self, sqlite_service: RunningService) -> None:
        for body in (b"VENDER", b"\xff\xfe", b"[]", b"{}", b'{"entry": "x"}', b'{"entry": [1]}'):
            before = await ignored(sqlite_service, "whatsapp", "malformed")
            assert (await sqlite_service.sandbox.whatsapp.deliver(body))[0] == 400, body
            assert await ignored(sqlite_service, "whatsapp", "malformed") == before + 1, body

    @pytest.mark.falha(31)
    async def test_what_is_for_another_number_is_taken_and_set_aside(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        before = await ignored(sqlite_service, "whatsapp", "other_number")
        body = json.dumps(_post_of(sqlite_service, ana, "VENDER")).replace(PHONE_NUMBER_ID, "999999999999999")

        assert (await sqlite_service.sandbox.whatsapp.deliver(body.encode()))[0] == 200

        assert await ignored(sqlite_service, "whatsapp", "other_number") == before + 1
        assert await said(sqlite_service) == []
        assert await sqlite_service.rows("SELECT * FROM contatos") == []


@pytest.mark.each_database
class TestOnce:
    """Meta repeats for days, out of order, and packs many events into one POST."""

    @pytest.mark.falha(17)
    async def test_the_same_messages_three_times_out_of_order_have_one_effect_each(
        self, service: RunningService
    ) -> None:
        ana = await seller(service)
        first, second = (_post_of(service, ana, text) for text in ("STATUS", "VENDAS"))
        deliver = service.sandbox.whatsapp.deliver

        answers = await asyncio.gather(*(deliver(body) for body in (second, first, second, first)))
        answers += [await deliver(first), await deliver(second)]

        assert {status for status, _ in answers} == {200}
        transcript = await answered(service, ana)
        assert transcript.count("Não há venda em andamento") == 1
        assert transcript.count("Você ainda não tem vendas") == 1

    @pytest.mark.falha(17)
    async def test_every_message_brought_three_times_makes_one_sale(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.whatsapp.faults.deliver(3, at_once=True)

        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        await ana.taps("SIM")
        await ana.sees("CEP")

        transcript = await ana.quiet()
        assert transcript.count("Posso começar?") == 1
        assert transcript.count("Venda iniciada") == 1
        assert len(await service.rows("SELECT * FROM vendas")) == 1

    @pytest.mark.falha(18)
    async def test_a_message_twice_in_one_post_has_one_effect(self, service: RunningService) -> None:
        ana = await seller(service)
        message = _text(service, ana, "VENDER")
        whatsapp = service.sandbox.whatsapp

        status, _ = await whatsapp.deliver(whatsapp.envelope({"contacts": [ana.contact], "messages": [message] * 2}))

        assert status == 200
        assert (await answered(service, ana)).count("Posso começar?") == 1

    @pytest.mark.falha(19)
    async def test_two_changes_of_two_people_in_one_post_are_both_handled(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        bia = whatsapp_person(sqlite_service, "Bia Rocha", "5531988805000")
        changes = [{"contacts": [p.contact], "messages": [_text(sqlite_service, p, "MENU")]} for p in (ana, bia)]
        whatsapp = sqlite_service.sandbox.whatsapp

        assert (await whatsapp.deliver(whatsapp.envelope(*changes)))[0] == 200

        await ana.sees("O que você quer fazer, Ana?")
        await bia.sees(NO_TELEFONE)

    @pytest.mark.falha(19)
    async def test_two_entries_and_a_message_nobody_can_read_do_not_hold_each_other_up(
        self, sqlite_service: RunningService
    ) -> None:
        ana = await seller(sqlite_service)
        body = _post_of(sqlite_service, ana, "STATUS")
        body["entry"] += _post_of(sqlite_service, ana, "VENDAS")["entry"]
        body["entry"][0]["changes"][0]["value"]["messages"].insert(0, {"id": ["new", "form"], "type": "text"})
        before = await ignored(sqlite_service, "whatsapp", "malformed")

        assert (await sqlite_service.sandbox.whatsapp.deliver(body))[0] == 200

        await ana.sees("Não há venda em andamento")
        await ana.sees("Você ainda não tem vendas")
        assert await ignored(sqlite_service, "whatsapp", "malformed") == before + 1

    @pytest.mark.falha(481)
    async def test_many_people_of_one_post_share_transactions_and_each_is_answered_in_order(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One after the other, the last of 400 waits for 399 commits."""
        groups = _groups(monkeypatch)
        people = [whatsapp_person(sqlite_service, f"Pessoa {n}", f"55319888{n:05}") for n in range(40)]
        changes = [{"contacts": [p.contact], "messages": [_text(sqlite_service, p, "MENU")]} for p in people]
        changes.append({"contacts": [people[0].contact], "messages": [_text(sqlite_service, people[0], "IDIOMA")]})
        whatsapp = sqlite_service.sandbox.whatsapp

        assert (await whatsapp.deliver(whatsapp.envelope(*changes)))[0] == 200

        assert 0 < len(groups) < len(people) / 2
        for person in people:
            await person.sees(NO_TELEFONE)
        await people[0].sees("English")

    @pytest.mark.falha(481)
    async def test_what_one_person_did_stays_in_its_order_by_whatever_name(self) -> None:
        taken: list[str] = []
        others = asyncio.Event()

        def act(name: str, *names: str, waits: bool = False) -> Act:
            async def take() -> Outcome:
                if waits:
                    await others.wait()
                taken.append(name)
                if name == "other":
                    others.set()
                return Outcome.DONE

            return Act(names, take)

        first, second = act("1", "5531", waits=True), act("2", "BR.1")
        both, last = act("both", "5531", "BR.1"), act("3", "BR.1")
        async with asyncio.timeout(5):
            await each_in_their_order([first, second, both, last, act("other", "5532")])
        assert taken == ["other", "1", "2", "both", "3"]

    @pytest.mark.falha(9)
    async def test_a_message_that_always_fails_does_not_take_its_neighbours_with_it(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ana = await seller(sqlite_service)
        monkeypatch.setattr("dialogs.pessoa.menu.show_menu", _break)
        whatsapp = sqlite_service.sandbox.whatsapp
        messages = [_text(sqlite_service, ana, text) for text in ("VENDAS", "MENU", "STATUS")]
        body = whatsapp.envelope({"contacts": [ana.contact], "messages": messages})

        with capture_logs():
            statuses = [(await whatsapp.deliver(body))[0] for _ in range(3)]

        assert statuses == [500, 500, 200]
        transcript = await answered(sqlite_service, ana)
        assert transcript.count("Você ainda não tem vendas") == 1
        assert transcript.count("Não há venda em andamento") == 1
        assert len(await sqlite_service.rows("SELECT * FROM failed_events WHERE dead_at IS NOT NULL")) == 1


class TestStatuses:
    """What became of our messages: unordered, repeated, and sometimes before we know the message ourselves."""

    @pytest.mark.falha(26)
    async def test_a_status_never_goes_back(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        sqlite_service.sandbox.whatsapp.statuses = ()
        await ana.says("STATUS")
        wamid = (await ana.sees("Não há venda em andamento")).id

        for status in ("sent", "read", "delivered", "sent"):
            await _report(sqlite_service, ana, wamid, status)

        assert await _status_of(sqlite_service, wamid) == "read"

    @pytest.mark.falha(26)
    async def test_statuses_of_one_post_count_in_their_order_of_rank(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        await _report(sqlite_service, ana, "wamid.sent", "read", "sent", "delivered")
        assert await _status_of(sqlite_service, "wamid.sent") == "read"

    @pytest.mark.falha(450)
    @pytest.mark.parametrize("reports", [("delivered", "failed"), ("failed", "delivered")], ids=", then ".join)
    async def test_what_was_delivered_did_not_fail(
        self, sqlite_service: RunningService, reports: tuple[str, str]
    ) -> None:
        ana = await seller(sqlite_service)
        await _report(sqlite_service, ana, "wamid.apart", reports[0])
        await _report(sqlite_service, ana, "wamid.apart", reports[1])
        await _report(sqlite_service, ana, "wamid.together", *reports)
        for wamid in ("wamid.apart", "wamid.together"):
            assert await _status_of(sqlite_service, wamid) == "delivered"

    @pytest.mark.falha(27)
    async def test_a_status_of_an_unknown_message_is_kept_and_matched_later(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ana = await seller(sqlite_service)
        sqlite_service.sandbox.whatsapp.statuses = ()
        wamid = new_wamid()
        await _report(sqlite_service, ana, wamid, "delivered")
        assert await _status_of(sqlite_service, wamid) == "delivered"

        monkeypatch.setattr("sandbox.whatsapp.messages.new_wamid", lambda: wamid)
        await ana.says("STATUS")
        await ana.sees("Não há venda em andamento")
        await ana.quiet()

        matched = "SELECT s.status FROM outbox o JOIN message_statuses s ON s.provider_id = o.provider_id"
        assert await sqlite_service.rows(matched) == [{"status": "delivered"}]
        assert await nothing_failed(sqlite_service)

    @pytest.mark.falha(26)
    async def test_a_status_without_its_parts_is_counted_and_the_others_are_kept(
        self, sqlite_service: RunningService
    ) -> None:
        whatsapp = sqlite_service.sandbox.whatsapp
        before = await ignored(sqlite_service, "whatsapp", "malformed")
        statuses: list[Any] = [{"status": "sent"}, {"id": "wamid.sound", "status": "sent", "timestamp": "rubbish"}]
        assert (await whatsapp.deliver(whatsapp.envelope({"statuses": statuses})))[0] == 200
        assert await _status_of(sqlite_service, "wamid.sound") == "sent"
        assert await ignored(sqlite_service, "whatsapp", "malformed") == before + 1


def _groups(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many turns each transaction held."""
    groups: list[int] = []
    run = GroupCommit._run

    async def counted(self: GroupCommit, group: list[Waiting]) -> None:
        groups.append(len(group))
        await run(self, group)

    monkeypatch.setattr(GroupCommit, "_run", counted)
    return groups


async def _break(talk: Talk, before: str = "") -> None:
    raise RuntimeError("a mistake of ours")


def _text(service: RunningService, phone: Phone, text: str) -> dict[str, Any]:
    """A message of this person, to be delivered by hand."""
    assert isinstance(phone, WhatsAppPhone)
    phone.last_wrote = service.sandbox.whatsapp.clock()
    return service.sandbox.whatsapp.new_message(phone) | {"type": "text", "text": {"body": text}}


def _post_of(service: RunningService, phone: Phone, text: str) -> dict[str, Any]:
    assert isinstance(phone, WhatsAppPhone)
    message = _text(service, phone, text)
    return service.sandbox.whatsapp.envelope({"contacts": [phone.contact], "messages": [message]})


async def _post(service: RunningService, raw: bytes, signed: str | None) -> int:
    headers = {} if signed is None else {"X-Hub-Signature-256": signed}
    async with service.http.post("/webhooks/whatsapp", data=BytesIO(raw), headers=headers) as response:
        return response.status


async def _post_signed(service: RunningService, body: dict[str, Any]) -> int:
    raw = json.dumps(body).encode()
    return await _post(service, raw, signature(raw, service.sandbox.whatsapp.app_secret))


async def _report(service: RunningService, phone: Phone, wamid: str, *statuses: str) -> None:
    """Deliver these statuses of one message in one POST."""
    reports = [
        {"id": wamid, "status": status, "timestamp": "1790000000", "recipient_id": phone.id} for status in statuses
    ]
    whatsapp = service.sandbox.whatsapp
    assert (await whatsapp.deliver(whatsapp.envelope({"statuses": reports})))[0] == 200


async def _status_of(service: RunningService, wamid: str) -> str:
    [row] = await service.rows("SELECT status FROM message_statuses WHERE provider_id = :wamid", wamid=wamid)
    return str(row["status"])
