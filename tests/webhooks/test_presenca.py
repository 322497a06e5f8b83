"""Presence and typing over HTTP: the calls and the events of the reference, to the field, with a clock that moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from redis.exceptions import ConnectionError as RedisGone

import storage.presenca.presenca
from storage.contatos.contatos import update_contato
from storage.pessoa.perfil import Perfil
from storage.presenca import digitacao as typing_indicators
from storage.presenca import sinais as presence_signs
from tests.support.service import MovableClock, RunningService

DAVI = ("Davi Alves", "5531988804003")
ELISA = ("Elisa Costa", "5531988804004")
CLIENTE = "5511999999999"

ME, SET_STATUS, HEARTBEAT = (f"/api/v1/presence/{name}/" for name in ("me", "set-status", "heartbeat"))
TYPING = "/api/v1/typing/"


@pytest.fixture(autouse=True)
def time_moves_only_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer and its event are made in two moments, and are compared to the second."""
    start = datetime.now(UTC)
    monkeypatch.setattr(MovableClock, "__call__", lambda clock: start + clock.ahead)


class App:
    """An attendant's app, as the reference describes it."""

    def __init__(self, service: RunningService, usuario_id: UUID) -> None:
        self.service = service
        self.id = str(usuario_id)
        self._usuario_id = usuario_id

    async def call(self, method: str, path: str, wanted: int = 200, **how: Any) -> Any:
        headers = self.service.token(self._usuario_id)
        async with self.service.http.request(method, path, headers=headers, **how) as response:
            assert response.status == wanted, await response.text()
            return await response.json()

    async def is_now(self) -> dict[str, Any]:
        return dict(await self.call("GET", ME))

    async def sets(self, status: str, **more: str) -> dict[str, Any]:
        return dict(await self.call("POST", SET_STATUS, json={"status": status, **more}))

    async def beats(self) -> dict[str, Any]:
        return dict(await self.call("POST", HEARTBEAT))

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Events"]:
        headers = self.service.token(self._usuario_id)
        async with self.service.http.ws_connect("/ws/v1/events", headers=headers) as socket:
            yield Events(socket)


class Events:
    """What an open WebSocket hears."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def next(self) -> dict[str, Any]:
        """The next event in its envelope, whose id is only looked at."""
        async with asyncio.timeout(10):
            event = await self._socket.receive_json()
        assert event.pop("id")
        return dict(event)


async def app(service: RunningService, quem: tuple[str, str] = DAVI, perfil: Perfil = Perfil.CONSULTOR) -> App:
    return App(service, await service.usuario(*quem, perfil))


def changed(quem: App, status: str, message: str, timestamp: str) -> dict[str, Any]:
    data = {"agent_id": quem.id, "status": status, "message": message, "timestamp": timestamp}
    return {"event": "agent_presence_changed", "data": data, "version": "v1"}


async def changes(service: RunningService) -> list[tuple[str, str | None, str]]:
    rows = await service.rows("SELECT status, status_message, via FROM presence_changes ORDER BY id")
    return [(row["status"], row["status_message"], row["via"]) for row in rows]


class TestPresence:
    async def test_whoever_never_chose_a_state_is_offline(self, sqlite_service: RunningService) -> None:
        davi = await app(sqlite_service)
        me = await davi.is_now()
        assert datetime.fromisoformat(me.pop("status_changed_at"))
        assert me == {
            "agent": davi.id,
            "status": "offline",
            "status_message": "",
            "last_heartbeat": None,
            "websocket_connected": False,
            "is_available": False,
            "tempo_no_status_atual": 0,
            "esta_inativo": True,
        }

    async def test_a_state_is_set_read_and_told_to_everybody(self, service: RunningService) -> None:
        davi, ana = await app(service), await app(service, ("Ana", "5531988804000"), Perfil.VENDEDOR)
        async with ana.listening() as events:
            online = await davi.sets("online", message="Disponível")
            since = online["status_changed_at"]
            assert online == {
                "agent": davi.id,
                "status": "online",
                "status_message": "Disponível",
                "last_heartbeat": since,
                "websocket_connected": False,
                "status_changed_at": since,
                "is_available": True,
                "tempo_no_status_atual": 0,
                "esta_inativo": False,
            }
            assert await events.next() == changed(davi, "online", "Disponível", since)
            busy = await davi.sets("busy", message="Em ligação")
            assert (busy["status"], busy["is_available"]) == ("busy", False)
            assert await events.next() == changed(davi, "busy", "Em ligação", busy["status_changed_at"])
        assert await davi.is_now() == busy
        assert await changes(service) == [("online", "Disponível", "api"), ("busy", "Em ligação", "api")]

    async def test_a_new_message_is_told_and_a_repetition_is_not(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi = await app(service)
        since = (await davi.sets("busy", message="almoço"))["status_changed_at"]
        service.clock.move(seconds=50)
        await davi.sets("busy", message="almoço")
        assert len(await changes(service)) == 1
        again = await davi.sets("busy")
        assert (again["status_message"], again["status_changed_at"]) == ("", since)
        assert await changes(service) == [("busy", "almoço", "api"), ("busy", None, "api")]

    async def test_the_minutes_in_a_state_are_counted(self, sqlite_service: RunningService) -> None:
        davi = await app(sqlite_service)
        await davi.sets("away")
        sqlite_service.clock.move(seconds=119)
        await davi.beats()
        sqlite_service.clock.move(seconds=119)
        assert (await davi.is_now())["tempo_no_status_atual"] == 3

    async def test_two_minutes_without_heartbeat_are_offline_although_nobody_swept(
        self, sqlite_service: RunningService
    ) -> None:
        service = sqlite_service
        davi = await app(service)
        last = (await davi.sets("online", message="Disponível"))["last_heartbeat"]
        service.clock.move(seconds=121)
        me = await davi.is_now()
        assert (me["status"], me["status_message"], me["is_available"], me["esta_inativo"]) == (
            "offline", "", False, True,
        )  # fmt: skip
        assert me["last_heartbeat"] == last
        assert len(await changes(service)) == 1, "reading tells nobody"

    async def test_the_sweep_tells_who_is_gone_once(self, service: RunningService) -> None:
        davi = await app(service)
        async with davi.listening() as events:
            online = await davi.sets("online")
            assert await events.next() == changed(davi, "online", "", online["status_changed_at"])
            assert await service.clock_work.sweep_heartbeats() == 0
            service.clock.move(seconds=121)
            swept = await asyncio.gather(*(service.clock_work.sweep_heartbeats() for _ in range(4)))
            assert sum(swept) == 1, "any number of clocks"
            me = await davi.is_now()
            assert await events.next() == changed(davi, "offline", "", me["status_changed_at"])
        assert _seconds(me["status_changed_at"], online["last_heartbeat"]) == 120, (
            "since it was true, not since it was seen"
        )
        assert me["last_heartbeat"] == online["last_heartbeat"]
        assert await changes(service) == [("online", None, "api"), ("offline", None, "sem_heartbeat")]

    async def test_a_heartbeat_after_a_silence_brings_back_what_was_chosen(self, service: RunningService) -> None:
        davi = await app(service)
        async with davi.listening() as events:
            await davi.sets("busy", message="fechamento")
            service.clock.move(minutes=5)
            await service.clock_work.sweep_heartbeats()
            me = await davi.beats()
            assert (me["status"], me["status_message"], me["esta_inativo"]) == ("busy", "fechamento", False)
            assert me["tempo_no_status_atual"] == 0, "since they are back"
            assert [(await events.next())["data"]["status"] for _ in range(2)] == ["busy", "offline"]
            assert await events.next() == changed(davi, "busy", "fechamento", me["status_changed_at"])
        await davi.beats()
        assert [change[2] for change in await changes(service)] == ["api", "sem_heartbeat", "sinal"]
        quando = [row["quando"] for row in await service.rows("SELECT quando FROM presence_changes ORDER BY id")]
        assert quando == sorted(quando)

    async def test_heartbeats_are_no_rows_and_the_sweep_reads_only_who_is_silent(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service = sqlite_service
        davi, elisa = await app(service), await app(service, ELISA)
        await davi.sets("online")
        await elisa.sets("online")
        before = await service.rows("SELECT * FROM agent_presence ORDER BY usuario_id")
        service.clock.move(seconds=90)
        await davi.beats()
        assert await service.rows("SELECT * FROM agent_presence ORDER BY usuario_id") == before
        service.clock.move(seconds=90)
        read: list[int] = []
        lock_presencas = storage.presenca.presenca.lock_presencas

        async def seen(tx: Any, ids: Any) -> Any:
            read.append(len(ids))
            return await lock_presencas(tx, ids)

        monkeypatch.setattr("storage.presenca.presenca.lock_presencas", seen)
        assert await service.clock_work.sweep_heartbeats() == 1
        assert read == [1]
        assert (await davi.is_now())["status"] == "online"
        assert (await elisa.is_now())["status"] == "offline"

    async def test_a_heartbeat_alone_makes_nobody_online(self, sqlite_service: RunningService) -> None:
        davi = await app(sqlite_service)
        assert (await davi.beats())["status"] == "offline"
        assert await changes(sqlite_service) == []
        sqlite_service.clock.move(seconds=121)
        assert await sqlite_service.clock_work.sweep_heartbeats() == 0

    async def test_a_time_in_the_message_brings_back_by_itself(self, service: RunningService) -> None:
        davi = await app(service)
        await davi.sets("busy", message="Em reunião por 1 hora")
        assert await service.clock_work.bring_back() == 0
        service.clock.move(minutes=61)
        await davi.beats()
        assert (await davi.is_now())["status"] == "online", "reading knows before the clock does"
        async with davi.listening() as events:
            assert sum(await asyncio.gather(*(service.clock_work.bring_back() for _ in range(3)))) == 1
            me = await davi.is_now()
            while (event := await events.next())["data"]["status"] == "busy":
                pass
            assert event == changed(davi, "online", "", me["status_changed_at"])
        assert [change[::2] for change in await changes(service)] == [("busy", "api"), ("online", "horario")]

    async def test_whose_app_is_gone_when_the_time_comes_stays_offline(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi = await app(service)
        await davi.sets("away", message="volto em 10 minutos")
        service.clock.move(minutes=11)
        await service.clock_work.sweep_heartbeats()
        await service.clock_work.bring_back()
        assert (await davi.is_now())["status"] == "offline"
        assert (await davi.beats())["status"] == "online"

    async def test_who_says_offline_is_not_brought_back(self, sqlite_service: RunningService) -> None:
        davi = await app(sqlite_service)
        await davi.sets("offline", message="por 10 min")
        sqlite_service.clock.move(minutes=11)
        assert await sqlite_service.clock_work.bring_back() == 0

    async def test_an_open_websocket_shows(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi = await app(service)
        await presence_signs.sockets_alive(service.wiring.redis, [UUID(davi.id)], service.clock())
        assert (await davi.is_now())["websocket_connected"] is True
        service.clock.move(seconds=91)
        assert (await davi.is_now())["websocket_connected"] is False
        await service.clock_work.keep_watch()
        assert await service.wiring.redis.exists(presence_signs.Kind.SOCKET) == 0

    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ({}, "status"),
            ({"status": "ocupado"}, "status"),
            ({"status": "ONLINE"}, "status"),
            ({"status": 1}, "status"),
            ({"status": "busy", "message": 3}, "message"),
            ({"status": "busy", "message": "x" * 201}, "message"),
            ({"status": "busy", "mensagem": "almoço"}, "mensagem"),
        ],
    )
    async def test_what_is_not_the_calls_own_is_422_with_the_field(
        self, sqlite_service: RunningService, body: dict[str, Any], named: str
    ) -> None:
        davi = await app(sqlite_service)
        answer = await davi.call("POST", SET_STATUS, 422, json=body)
        assert named in answer["detail"]
        assert await changes(sqlite_service) == []

    @pytest.mark.parametrize("perfil", sorted(set(Perfil) - {Perfil.CONSULTOR, Perfil.ADMINISTRADOR}))
    async def test_only_who_attends_customers_has_a_presence(
        self, sqlite_service: RunningService, perfil: Perfil
    ) -> None:
        bia = await app(sqlite_service, perfil=perfil)
        for method, path in (("GET", ME), ("POST", SET_STATUS), ("POST", HEARTBEAT), ("POST", TYPING)):
            assert list(await bia.call(method, path, 403, json={})) == ["detail"]


class TestWhenRedisIsAway:
    async def test_what_was_last_told_is_read_and_heartbeats_are_asked_for_again(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service = sqlite_service
        davi = await app(service)
        await davi.sets("online")

        async def gone(*args: object, **kwargs: object) -> None:
            raise RedisGone

        monkeypatch.setattr("webhooks.presenca.endpoints.read_signs", gone)
        monkeypatch.setattr("webhooks.presenca.together.note_heartbeats", gone)
        service.clock.move(minutes=5)
        assert (await davi.is_now())["status"] == "online"
        await davi.call("POST", HEARTBEAT, 503)

    async def test_a_redis_that_came_back_empty_leaves_nobody_online_for_ever(self, service: RunningService) -> None:
        davi = await app(service)
        await davi.sets("online")
        await service.wiring.redis.delete(presence_signs.Kind.HEARTBEAT)
        await service.clock_work.keep_watch()
        service.clock.move(seconds=100)
        assert await service.clock_work.sweep_heartbeats() == 0, "an app gets its time to say that it is there"
        service.clock.move(seconds=21)
        assert await service.clock_work.sweep_heartbeats() == 1
        await service.clock_work.keep_watch()
        service.clock.move(seconds=121)
        assert await service.clock_work.sweep_heartbeats() == 0


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

    @pytest.mark.parametrize("method", ["POST", "DELETE"])
    @pytest.mark.parametrize("chat_id", [None, "", "5511 99999", "9" * 65])
    async def test_a_chat_that_is_none_is_422(
        self, sqlite_service: RunningService, method: str, chat_id: str | None
    ) -> None:
        davi = await app(sqlite_service)
        given = {} if chat_id is None else {"chat_id": chat_id}
        how = {"json": given} if method == "POST" else {"params": given}
        assert "chat_id" in (await davi.call(method, TYPING, 422, **how))["detail"]


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


def _seconds(later: str, earlier: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()
