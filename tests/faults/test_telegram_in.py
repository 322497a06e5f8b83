"""Telegram in: who may knock, what is refused, and that everything happens once and in order (1-10)."""

import asyncio
import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from dialogs.frame.talk import Talk
from sandbox import Phone
from tests.support.inbound import (
    answered,
    ignored,
    metric,
    nothing_failed,
    payload,
    payload_bytes,
    telegram_person,
    telegram_tap,
    telegram_text,
)
from tests.support.service import RunningService
from webhooks.app import PLACES, Room

ANA, BIA = "5531988804000", "5531977773000"
SECRET = "segredo-do-webhook"
GROUP, SUPERGROUP = -4001002003, -1001002003004


class TestTheDoor:
    """Who may knock, and with what."""

    @pytest.mark.falha(1)
    @pytest.mark.parametrize("secret", ["segredo-de-outro", ""])
    async def test_a_wrong_or_missing_secret_is_refused_and_nothing_is_stored(
        self, sqlite_service: RunningService, secret: str
    ) -> None:
        status, _ = await sqlite_service.sandbox.telegram.deliver(payload("telegram", "text"), secret=secret)
        assert status == 401
        for table in ("events", "contatos", "outbox", "failed_events"):
            assert await sqlite_service.rows(f"SELECT * FROM {table}") == []  # noqa: S608 - names of ours

    @pytest.mark.falha(2)
    @pytest.mark.parametrize("secret", [SECRET.encode() + b"\xe7\xe3o", "segredo-do-balcão".encode(), b"\xff\xfe"])
    async def test_a_secret_of_strange_bytes_is_refused_like_any_other(
        self, sqlite_service: RunningService, secret: bytes
    ) -> None:
        assert await _post_with_secret(sqlite_service, secret) == 401

    async def test_the_right_secret_opens(self, sqlite_service: RunningService) -> None:
        assert await _post_with_secret(sqlite_service, SECRET.encode()) == 200

    @pytest.mark.falha(4, 5)
    async def test_what_is_not_json_in_utf8_or_no_update_is_refused_and_counted(
        self, sqlite_service: RunningService
    ) -> None:
        no_json = [b"VENDER", b"", b'{"update_id": 1', b"\xff\xfe{}", b'{"update_id": 1, "a": "\xe3"}']
        no_update: list[Any] = [[], "VENDER", None, {}, {"update_id": "7"}, {"update_id": 7.5}, {"update_id": True}]
        for body in (*no_json, *no_update):
            before = await ignored(sqlite_service, "telegram", "malformed")
            status, _ = await sqlite_service.sandbox.telegram.deliver(body)
            assert status == 400, body
            assert await ignored(sqlite_service, "telegram", "malformed") == before + 1, body

    @pytest.mark.falha(6)
    async def test_an_update_that_means_nothing_to_us_is_taken_and_counted(
        self, sqlite_service: RunningService
    ) -> None:
        """Refused, Telegram would bring it again for a day, and everything else of that chat would wait behind it."""
        contents: list[tuple[dict[str, Any], str]] = [
            ({"hologram": {"text": "VENDER"}}, "unknown"),
            ({"poll": {"id": "1"}}, "poll"),
            ({"message_reaction": {}}, "malformed"),
            ({"message": []}, "malformed"),
            ({"message": {"chat": {"id": 1, "type": "private"}, "from": {"id": "um"}}}, "malformed"),
            ({"callback_query": {"id": "1", "data": "palavra:MENU"}}, "malformed"),
            ({"my_chat_member": {"chat": {"id": 1}}}, "malformed"),
        ]
        for number, (content, kind) in enumerate(contents, 7):
            before = await ignored(sqlite_service, "telegram", kind)
            status, _ = await sqlite_service.sandbox.telegram.deliver({"update_id": number, **content})
            assert status == 200, content
            assert await ignored(sqlite_service, "telegram", kind) == before + 1, content

    @pytest.mark.falha(10)
    async def test_overloaded_we_ask_to_come_back_soon_and_then_it_is_done(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ana = await _seller(sqlite_service)
        busy = _SlowMenu(monkeypatch)
        monkeypatch.setitem(PLACES, Room.ALONE, 1)
        first = asyncio.create_task(sqlite_service.sandbox.telegram.deliver(telegram_text(ana, "MENU", 101)))
        async with asyncio.timeout(20):
            await busy.entered.wait()

        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        vender = telegram_text(ana, "VENDER", 102)
        async with sqlite_service.http.post("/webhooks/telegram", json=vender, headers=headers) as response:
            assert response.status == 503
            # A tap lives 150 s at Telegram.
            assert 0 < int(response.headers["Retry-After"]) <= 30
        busy.go_on.set()
        assert (await first)[0] == 200

        assert (await sqlite_service.sandbox.telegram.deliver(vender))[0] == 200
        await ana.sees("Posso começar?")


@pytest.mark.each_database
class TestOnceAndInOrder:
    """Telegram repeats, and delivers a person's messages and taps side by side."""

    @pytest.mark.falha(7)
    @pytest.mark.parametrize("at_once", [False, True], ids=["one_by_one", "at_once"])
    async def test_the_same_update_three_times_has_one_effect(self, service: RunningService, at_once: bool) -> None:
        ana = await _seller(service)
        service.sandbox.telegram.faults.deliver(3, at_once=at_once)

        delivery = await ana.says("VENDER")
        await delivery.finished()

        assert [reply.status for reply in delivery.attempts] == [200, 200, 200]
        assert (await answered(service, ana)).count("Posso começar?") == 1

    @pytest.mark.falha(8)
    async def test_messages_and_taps_at_once_are_handled_one_after_the_other(
        self, service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ana = await _seller(service)
        monkeypatch.setattr("dialogs.pessoa.menu.show_menu", _count_in_the_conversation)
        deliver = service.sandbox.telegram.deliver
        texts = [deliver(telegram_text(ana, "MENU", number)) for number in range(200, 205)]
        taps = [deliver(telegram_tap(ana, "palavra:MENU", number)) for number in range(300, 305)]

        answers = await asyncio.gather(*texts, *taps)

        assert {status for status, _ in answers} == {200}
        # Two at once would have read the same count.
        await ana.sees("contei 10")
        counted = [bubble.text for bubble in ana.screen if "contei" in bubble.text]
        assert counted == [f"contei {number}" for number in range(1, 11)]

    @pytest.mark.falha(8)
    async def test_a_typed_answer_and_a_tap_at_once_leave_the_conversation_in_one_piece(
        self, service: RunningService
    ) -> None:
        ana = await _seller(service)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        deliver = service.sandbox.telegram.deliver

        answers = await asyncio.gather(
            deliver(telegram_text(ana, "STATUS", 201)), deliver(telegram_tap(ana, "venda:nao", 301))
        )

        assert {status for status, _ in answers} == {200}
        await ana.sees("nada foi iniciado")
        # Whichever came first, STATUS answered for the conversation as it stood then.
        transcript = await answered(service, ana)
        declined = transcript.index("nada foi iniciado")
        assert ("Falta só confirmar" in transcript[:declined]) != ("Não há venda em andamento" in transcript[declined:])

    @pytest.mark.falha(9)
    async def test_an_event_that_always_fails_is_put_aside_after_three_times_and_the_conversation_goes_on(
        self, service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ana = await _seller(service)
        monkeypatch.setattr("dialogs.pessoa.menu.show_menu", _break)

        with capture_logs() as logs:
            broken = await ana.says("MENU")
            after = await ana.says("VENDER")
            await after.accepted()

        assert [log["log_level"] for log in logs if log["event"] == "turn_failed"] == ["error"] * 3
        assert [reply.status for reply in broken.attempts] == [500, 500, 200]
        assert "RuntimeError" not in broken.attempts[0].body
        await ana.sees("Posso começar?")
        [dead] = await service.rows("SELECT * FROM failed_events WHERE dead_at IS NOT NULL")
        assert dead["event_id"] == str(broken.payload["update_id"])
        assert dead["attempts"] == 3
        assert "MENU" in json.dumps(dead["payload"])
        assert await metric(service, "balcao_dead_letters") == 1

    @pytest.mark.falha(9)
    async def test_what_cannot_be_stored_does_not_block_the_conversation(self, service: RunningService) -> None:
        bia = telegram_person(service, 5200000001)
        strange = payload_bytes("telegram", "half_an_emoji_and_nul")
        assert (await service.sandbox.telegram.deliver(strange))[0] == 200
        await bia.sees("Compartilhar meu telefone")
        assert await nothing_failed(service)


class _SlowMenu:
    """A menu that takes as long as a test wants."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered, self.go_on = asyncio.Event(), asyncio.Event()
        monkeypatch.setattr("dialogs.pessoa.menu.show_menu", self._show)

    async def _show(self, talk: Talk, before: str = "") -> None:
        self.entered.set()
        await self.go_on.wait()


async def _count_in_the_conversation(talk: Talk, before: str = "") -> None:
    """Read, let the others run, write: what a turn that is not alone would lose."""
    count = (await talk.state.get_data()).get("count", 0) + 1
    for _ in range(20):
        await asyncio.sleep(0)
    await talk.state.set_data({"count": count})
    await talk.say(f"contei {count}")


async def _break(talk: Talk, before: str = "") -> None:
    raise RuntimeError("a mistake of ours")


async def _seller(service: RunningService) -> Phone:
    await service.vendedor("Ana Souza", ANA)
    return await service.phone("telegram", "Ana Souza", ANA)


async def _post_with_secret(service: RunningService, secret: bytes) -> int:
    """The status for a header of these very bytes, which no HTTP client would send."""
    body = json.dumps({"update_id": 1, "poll": {}}).encode()
    reader, writer = await asyncio.open_connection(service.settings.host, service.settings.port)
    head = b"POST /webhooks/telegram HTTP/1.1\r\nHost: balcao\r\nConnection: close\r\n"
    head += b"X-Telegram-Bot-Api-Secret-Token: " + secret + b"\r\nContent-Length: %d\r\n\r\n" % len(body)
    writer.write(head + body)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(answer.split(b" ", 2)[1])
