"""Typing over HTTP: the calls and the events of the reference, to the field, with a clock that moves."""

import asyncio

import pytest

from storage.contatos.contatos import update_contato
from storage.pessoa.perfil import Perfil
from storage.presenca import digitacao as typing_indicators
from storage.presenca import sinais as presence_signs
from tests.support.apps import (
    CLIENTE,
    ELISA,
    TYPING,
    app,
    time_moves_only_when_told,
)
from tests.support.service import RunningService

__all__ = ["time_moves_only_when_told"]


class TestTyping:
    async def test_it_begins_once_and_ends_when_told(self, service: RunningService) -> None:
        davi, elisa = await app(service), await app(service, ELISA)
        async with elisa.listening() as events:
            body = await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
            assert (body["chat_id"], body["from"]) == (CLIENTE, "Davi Alves")
            assert await events.next() == {"event": "typing_start", "data": body, "version": "v1"}
            await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
            stopped = await davi.call("DELETE", TYPING, params={"chat_id": CLIENTE})
            assert await events.next() == {"event": "typing_stop", "data": stopped, "version": "v1"}
            await davi.call("DELETE", TYPING, params={"chat_id": CLIENTE})
            await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
            assert (await events.next())["event"] == "typing_start", "ending twice is told once"

    async def test_thirty_seconds_without_renewal_end_it(self, service: RunningService) -> None:
        davi = await app(service)
        async with davi.listening() as events:
            await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
            service.clock.move(seconds=25)
            await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
            service.clock.move(seconds=25)
            assert await service.clock_work.end_typing() == 0
            service.clock.move(seconds=6)
            assert sum(await asyncio.gather(*(service.clock_work.end_typing() for _ in range(4)))) == 1
            assert (await events.next())["event"] == "typing_start"
            stop = await events.next()
            assert (stop["event"], stop["data"]["chat_id"], stop["data"]["from"]) == (
                "typing_stop", CLIENTE, "Davi Alves",
            )  # fmt: skip

    async def test_two_attendants_and_two_chats_are_kept_apart(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, elisa = await app(service), await app(service, ELISA)
        for quem, chat in ((davi, CLIENTE), (elisa, CLIENTE), (davi, "5511988887777")):
            await quem.call("POST", TYPING, json={"chat_id": chat})
        await davi.call("DELETE", TYPING, params={"chat_id": CLIENTE})
        service.clock.move(seconds=31)
        assert await service.clock_work.end_typing() == 2

    async def test_a_seller_does_not_see_who_types_to_whom(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, ana = await app(service), await app(service, ("Ana", "5531988804000"), Perfil.VENDEDOR)
        async with ana.listening() as events:
            await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
            await davi.sets("online")
            assert (await events.next())["event"] == "agent_presence_changed"

    @pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
    async def test_the_customer_sees_that_a_consultant_types(
        self, sqlite_service: RunningService, channel: str
    ) -> None:
        service = sqlite_service
        davi = await app(service)
        if channel == "whatsapp":
            cliente = service.sandbox.whatsapp.phone("Cliente", CLIENTE)
        else:
            cliente = service.sandbox.telegram.phone("Cliente", CLIENTE)
        await cliente.says("oi")
        await cliente.quiet()
        await service.wiring.turns.run(lambda tx: update_contato(tx, 1, telefone=CLIENTE))
        assert cliente.activity == ""
        await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
        await cliente._changed.until(lambda: cliente.activity == "typing" or None, 10)

    async def test_renewing_often_does_not_flood_the_channel(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi = await app(service)
        cliente = service.sandbox.whatsapp.phone("Cliente", CLIENTE)
        await cliente.says("oi")
        await cliente.quiet()
        for _ in range(5):
            await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
        rows = await service.rows(
            "SELECT count(*) AS n FROM outbox WHERE method = 'sendChatAction' AND request_id IN "
            "(SELECT request_id FROM outbox WHERE method = 'typing_start')"
        )
        assert rows == [{"n": 1}]

    async def test_a_chat_that_is_none_is_422(self, sqlite_service: RunningService) -> None:
        davi = await app(sqlite_service)
        for given in ({}, {"chat_id": ""}, {"chat_id": "5511 99999"}, {"chat_id": "9" * 65}):
            assert "chat_id" in (await davi.call("POST", TYPING, 422, json=given))["detail"], given
            assert "chat_id" in (await davi.call("DELETE", TYPING, 422, params=given))["detail"], given


async def test_every_key_expires_or_is_known_to_be_permanent_and_none_holds_a_phone(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    davi = await app(service)
    await davi.sets("online")
    await davi.call("POST", TYPING, json={"chat_id": CLIENTE})
    redis = service.wiring.redis
    keys = {key.decode() async for key in redis.scan_iter() if b"presenca" in key or b"digitando" in key}
    permanent = {key for key in keys if await redis.pttl(key) == -1}
    assert permanent <= presence_signs.PERMANENT_KEYS | typing_indicators.PERMANENT_KEYS
    assert len(keys) > len(permanent) >= 3
    kept = repr([await redis.zrange(typing_indicators.TIMES, 0, -1), await redis.hgetall(typing_indicators.SAID), keys])
    assert CLIENTE not in kept
