"""Presence over HTTP: the calls and the events of the reference, to the field, with a clock that moves."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from redis.exceptions import ConnectionError as RedisGone

import storage.presenca.presenca
from storage.engines.s3 import EmbeddedS3
from storage.pessoa.perfil import Perfil
from storage.presenca import sinais as presence_signs
from storage.presenca.sinais import Kind
from tests.support.apps import (
    ELISA,
    HEARTBEAT,
    ME,
    SET_STATUS,
    TYPING,
    App,
    app,
    time_moves_only_when_told,
)
from tests.support.service import RunningService, settings_for

__all__ = ["time_moves_only_when_told"]


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

    async def test_what_is_not_the_calls_own_is_422_with_the_field(self, sqlite_service: RunningService) -> None:
        davi = await app(sqlite_service)
        for body, named in (
            ({}, "status"),
            ({"status": "ocupado"}, "status"),
            ({"status": "ONLINE"}, "status"),
            ({"status": 1}, "status"),
            ({"status": "busy", "message": 3}, "message"),
            ({"status": "busy", "message": "x" * 201}, "message"),
            ({"status": "busy", "mensagem": "almoço"}, "mensagem"),
        ):
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
        await service.wiring.redis.delete(Kind.HEARTBEAT)
        await service.clock_work.keep_watch()
        service.clock.move(seconds=100)
        assert await service.clock_work.sweep_heartbeats() == 0, "an app gets its time to say that it is there"
        service.clock.move(seconds=21)
        assert await service.clock_work.sweep_heartbeats() == 1
        await service.clock_work.keep_watch()
        service.clock.move(seconds=121)
        assert await service.clock_work.sweep_heartbeats() == 0


class TestHowOftenAnAppMayAsk:
    """A heartbeat is counted with the batch that it is noted in, once its person is known."""

    @pytest.fixture
    async def strict(
        self, sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> AsyncIterator[RunningService]:
        environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | {"API_RATE_LIMIT": "3"}
        async with RunningService(environment) as service:
            yield service

    @pytest.mark.falha(283)
    async def test_one_too_many_is_429_and_no_sign_of_life(self, strict: RunningService) -> None:
        davi, elisa = await app(strict), await app(strict, ELISA)
        for quem in (davi, elisa):
            await quem.is_now()
        for _ in range(2):
            await davi.is_now()
        asked = [("429", davi), ("200", elisa), ("429", davi), ("200", elisa), ("429", elisa)]
        await asyncio.gather(*(quem.call("POST", HEARTBEAT, int(wanted)) for wanted, quem in asked))
        signs = [await strict.wiring.redis.zscore(Kind.HEARTBEAT, UUID(quem.id).hex) for quem in (davi, elisa)]
        assert [sign is None for sign in signs] == [True, False]

    @pytest.mark.falha(283)
    @pytest.mark.parametrize(
        ("how", "answered"),
        [
            pytest.param({"headers": {"Idempotency-Key": "a"}}, 200, id="answered before"),
            pytest.param({"headers": {"Idempotency-Key": "a b"}}, 422, id="a key that is none"),
            pytest.param({"params": {"quem": "eu"}}, 422, id="a query that is not ours"),
            pytest.param({"data": b" " * (5 * 1024 * 1024)}, 413, id="a body that is too large"),
        ],
    )
    async def test_one_that_is_not_noted_counts_too(
        self, strict: RunningService, how: dict[str, Any], answered: int
    ) -> None:
        davi = await app(strict)
        await davi.is_now()
        statuses = []
        for _ in range(4):
            headers = strict.token(UUID(davi.id)) | how.get("headers", {})
            body = BytesIO(how.get("data", b""))
            async with strict.http.post(HEARTBEAT, **(how | {"headers": headers, "data": body})) as response:
                statuses.append(response.status)
        assert statuses == [answered, answered, 429, 429]


def _seconds(later: str, earlier: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()
