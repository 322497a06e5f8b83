"""Live events: who hears what, in which envelope, and what somebody who was away has missed."""

import re
from collections import deque
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.senders.live import LiveSender
from core.commands.live import PublishEvent, PublishEvents
from core.delivery_errors import Again
from core.live import Assunto, Audience, publish
from storage import live as bus
from storage.pessoa.perfil import Perfil
from storage.presenca.sinais import read_signs
from storage.transaction import Call, Transaction
from tests.support.listening import TO_ALL, happen, hub, on_the_bus, socket, stream, token_of, until
from tests.support.sellers import ANA, BIA, CPF, change, seller, sells
from tests.support.service import RunningService
from webhooks.app import PLACES, Room
from webhooks.live import backlog as live_backlog
from webhooks.live import endpoints as live
from webhooks.live import hub as live_hub

LISTENERS = {"socket": socket, "stream": stream}


@pytest.fixture
async def administrador(sqlite_service: RunningService) -> UUID:
    return await sqlite_service.administrador()


class TestTheEnvelope:
    @pytest.mark.parametrize("listen", LISTENERS.values(), ids=LISTENERS.keys())
    async def test_an_event_is_heard_as_the_contract_says(
        self, sqlite_service: RunningService, administrador: UUID, listen: Any
    ) -> None:
        async with listen(sqlite_service, administrador) as reader:
            data = {"chat_id": "5511999999999", "from": "João Silva", "timestamp": "2025-10-11T21:00:00Z"}
            await happen(sqlite_service, "typing_start", data=data)
            event = await reader.event()
        assert event == {"event": "typing_start", "data": data, "version": "v1", "id": event["id"]}
        bus.parse_position(event["id"])

    async def test_an_event_is_heard_of_if_and_only_if_its_turn_commits(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        async def fails(tx: Transaction) -> None:
            await publish(tx, "nunca_aconteceu", {}, audience=TO_ALL, lane="live:nunca")
            raise RuntimeError("after the event was written down")

        async with socket(sqlite_service, administrador) as reader:
            with pytest.raises(RuntimeError):
                await sqlite_service.wiring.turns.run(fails)
            await happen(sqlite_service, "aconteceu")
            assert await reader.heard("aconteceu") == ["aconteceu"]

    async def test_an_event_that_the_outbox_delivers_twice_is_heard_once(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        add = sqlite_service.wiring.live.add
        async with socket(sqlite_service, administrador) as reader:
            assert await add("chave", "uma_vez", {}, ["ADMINISTRADOR"], []) is not None
            assert await add("chave", "uma_vez", {}, ["ADMINISTRADOR"], []) is None
            await happen(sqlite_service, "depois")
            assert await reader.heard("depois") == ["uma_vez", "depois"]

    @pytest.mark.falha(330)
    async def test_events_of_one_moment_are_heard_once_each_though_redis_went_away_between_them(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        live, names = sqlite_service.wiring.live, ["primeiro", "segundo", "terceiro"]
        events = PublishEvents(tuple(PublishEvent(name, name, {}, (Perfil.ADMINISTRADOR,)) for name in names))
        call, add = Call(1, "live:pool", "live", "varios", {}), live.add

        async def gone_after_the_first(chave: str, *what: Any) -> str | None:
            if chave != "primeiro":
                raise RedisConnectionError
            return await add(chave, *what)

        async with socket(sqlite_service, administrador) as reader:
            with monkeypatch.context() as patched:
                patched.setattr(live, "add", gone_after_the_first)
                with pytest.raises(Again):
                    await LiveSender(live).publish_all(events, call)
            await LiveSender(live).publish_all(events, call)
            await happen(sqlite_service, "depois")
            assert await reader.heard("depois") == [*names, "depois"]

    async def test_redis_holds_nothing_of_it_in_clear_and_every_key_but_the_stream_expires(
        self, sqlite_service: RunningService
    ) -> None:
        await happen(sqlite_service, "typing_start", data={"chat_id": "5511999999999", "cpf": CPF})
        redis = sqlite_service.wiring.redis
        keys = [key.decode() async for key in redis.scan_iter("{live}*")]
        assert {key for key in keys if await redis.pttl(key) == -1} == bus.PERMANENT_KEYS
        stored = repr(await redis.xrange(bus.STREAM_KEY))
        assert "typing_start" in stored
        assert "5511999999999" not in stored
        assert CPF not in stored

    async def test_what_is_no_event_of_ours_does_not_stop_the_readers(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        async with socket(sqlite_service, administrador) as reader:
            redis = sqlite_service.wiring.redis
            await redis.xadd(bus.STREAM_KEY, {"outra": "coisa"})
            await redis.xadd(
                bus.STREAM_KEY,
                {"chave": "1", "event": "x", "perfis": "ADMINISTRADOR", "usuarios": "", "data": "v1.aaaaaaaa.xyz"},
            )
            await happen(sqlite_service, "depois")
            assert await reader.heard("depois") == ["depois"]

    async def test_the_bus_keeps_no_more_than_its_length(self, sqlite_service: RunningService) -> None:
        short = bus.LiveBus(sqlite_service.wiring.redis, sqlite_service.wiring.secrets, length=100)
        for number in range(400):
            await short.add(str(number), "x", {}, [], [])
        assert 100 <= await sqlite_service.wiring.redis.xlen(bus.STREAM_KEY) < 250


class TestASale:
    async def test_its_seller_and_administrators_hear_it_from_sim_to_the_order_number(
        self, service: RunningService
    ) -> None:
        await service.login_bo()
        ana = await seller(service)
        ana_id = (await service.rows("SELECT id FROM usuarios WHERE telefone = :t", t=ANA[1]))[0]["id"]
        bia_id = await service.vendedor(*BIA)
        admin_id = await service.administrador()
        async with (
            socket(service, UUID(str(ana_id))) as seller_hears,
            socket(service, bia_id) as other_hears,
            socket(service, admin_id) as admin_hears,
        ):
            job = await sells(service, ana)
            await job.progress(60, "Consultando a viabilidade")
            await job.ask("Qual é o CPF do cliente?", "cpf")
            await ana.sees("Qual é o CPF do cliente?")
            await ana.says(CPF)
            await job.answered()
            await job.complete({"numero_pedido": "NIO-1"})
            await ana.sees("NIO-1")
            await on_the_bus(service)
            await happen(service, "fim")

            vendas = [
                "venda_iniciada",
                "venda_progrediu",
                "venda_pergunta_feita",
                "venda_pergunta_respondida",
                "venda_encerrada",
                "fim",
            ]
            assert await seller_hears.heard("fim") == vendas
            assert await other_hears.heard("fim") == ["fim"]
            heard = [await admin_hears.event() for _ in range(len(vendas) + 2)]
        names = [event["event"] for event in heard]
        assert sorted(names) == sorted([*vendas, "login_emprestado", "login_liberado"])
        assert [name for name in names if not name.startswith("login")] == vendas
        (end,) = [event["data"] for event in heard if event["event"] == "venda_encerrada"]
        assert end.pop("timestamp").endswith("Z")
        assert end == {
            "venda_id": job.idempotency_key,
            "vendedor_id": str(UUID(str(ana_id))),
            "status_venda": "CONCLUIDO",
            "numero_pedido": "NIO-1",
            "codigo": None,
        }
        assert "CPF do cliente" not in repr(heard)
        # Whatever stands between its digits; three of them are in many an id.
        assert not re.search(r"529\D?982\D?247", repr(heard))


# Who hears of what, perfil by perfil (docs/integrators.md).
HEARD_BY = {
    Perfil.ADMINISTRADOR: set(Assunto),
    Perfil.APROVADOR: {Assunto.PRESENCA, Assunto.PROCESSO, Assunto.EXECUCAO},
    Perfil.OPERADOR: {Assunto.PRESENCA, Assunto.PROCESSO, Assunto.EXECUCAO},
    Perfil.VENDEDOR: {Assunto.PRESENCA},
    Perfil.BACKOFFICE: {Assunto.PRESENCA},
    Perfil.CONSULTOR: {Assunto.PRESENCA, Assunto.DIGITACAO, Assunto.ATENDIMENTO},
}


class TestWhoHears:
    @pytest.mark.parametrize("listen", LISTENERS.values(), ids=LISTENERS.keys())
    @pytest.mark.parametrize("perfil", Perfil)
    async def test_only_what_the_perfil_may_see(
        self, sqlite_service: RunningService, perfil: Perfil, listen: Any
    ) -> None:
        somebody = await sqlite_service.usuario("Fulana", "5531977770000", perfil)
        async with listen(sqlite_service, somebody) as reader:
            for assunto in Assunto:
                await happen(sqlite_service, assunto, audience=Audience.of(assunto))
            await happen(sqlite_service, "fim")
            heard = await reader.heard("fim")
        assert set(heard[:-1]) == HEARD_BY[perfil]
        async with listen(sqlite_service, somebody, desde="0") as reader:
            assert await reader.heard("fim") == heard

    async def test_whom_an_event_is_about_hears_it_whatever_their_perfil(self, sqlite_service: RunningService) -> None:
        ana, bia = await sqlite_service.vendedor(*ANA), await sqlite_service.vendedor(*BIA)
        async with socket(sqlite_service, ana) as hers, socket(sqlite_service, bia) as others:
            await happen(sqlite_service, "venda_iniciada", audience=Audience.of(Assunto.VENDA, ana))
            await happen(sqlite_service, "fim")
            assert await hers.heard("fim") == ["venda_iniciada", "fim"]
            assert await others.heard("fim") == ["fim"]

    async def test_another_perfil_counts_from_the_next_check(self, sqlite_service: RunningService) -> None:
        somebody = await sqlite_service.usuario("Fulana", "5531977770000", Perfil.VENDEDOR)
        pool = Audience.of(Assunto.POOL)
        async with socket(sqlite_service, somebody) as reader:
            await happen(sqlite_service, "antes", audience=pool)
            await change(sqlite_service, somebody, perfil_usuario=Perfil.ADMINISTRADOR)
            await hub(sqlite_service).check()
            await happen(sqlite_service, "promovida", audience=pool)
            assert (await reader.event())["event"] == "promovida"
            await change(sqlite_service, somebody, perfil_usuario=Perfil.VENDEDOR)
            await hub(sqlite_service).check()
            await happen(sqlite_service, "depois", audience=pool)
            await happen(sqlite_service, "fim")
            assert await reader.heard("fim") == ["fim"]


class TestWhatWasMissed:
    @pytest.mark.parametrize("kept_in", ["memory", "redis"])
    async def test_is_replayed_once_and_in_order_from_an_id_on(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch, kept_in: str
    ) -> None:
        names = [f"e{number}" for number in range(7)]
        if kept_in == "redis":
            hub(sqlite_service)._backlog._recent = deque(maxlen=1)
            monkeypatch.setattr(live_backlog, "_PAGE", 2)
        async with socket(sqlite_service, administrador) as reader:
            await happen(sqlite_service, *names)
            ids = [(await reader.event())["id"] for _ in names]
        for place in (0, 3, 6):
            async with (
                socket(sqlite_service, administrador, desde=ids[place]) as reader,
                stream(sqlite_service, administrador, last_id=ids[place], desde="1") as twin,
            ):
                await happen(sqlite_service, "agora")
                wanted = [*names[place + 1 :], *["agora"] * [0, 3, 6, 9].index(place), "agora"]
                for listener in (reader, twin):
                    assert [(await listener.event())["event"] for _ in wanted] == wanted

    async def test_a_stream_knows_where_it_is_before_it_heard_anything(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        await happen(sqlite_service, "antes")
        async with stream(sqlite_service, administrador) as reader:
            place = (await reader._block())["id"]
        await happen(sqlite_service, "entretanto")
        async with stream(sqlite_service, administrador, last_id=place) as reader:
            assert (await reader.event())["event"] == "entretanto"

    @pytest.mark.parametrize("where", ["1-0", "99999999999999-0"], ids=["trimmed", "never"])
    async def test_an_id_that_is_not_kept_is_told_so_and_then_comes_what_is_kept(
        self, sqlite_service: RunningService, administrador: UUID, where: str
    ) -> None:
        await happen(sqlite_service, "antes")
        async with socket(sqlite_service, administrador, desde=where) as reader:
            await happen(sqlite_service, "depois")
            heard = await reader.heard("depois")
        assert heard == (["eventos_perdidos", "antes", "depois"] if where == "1-0" else ["eventos_perdidos", "depois"])

    async def test_from_zero_everything_kept_comes_and_nothing_is_called_lost(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        await happen(sqlite_service, "primeiro", "segundo")
        async with socket(sqlite_service, administrador, desde="0") as reader:
            assert await reader.heard("segundo") == ["primeiro", "segundo"]

    @pytest.mark.parametrize("desde", ["abc", "1-2-3", "-1", "²", "9" * 21, str(2**64), "1_0"])
    async def test_what_is_no_id_is_refused(
        self, sqlite_service: RunningService, administrador: UUID, desde: str
    ) -> None:
        query = {"desde": desde}
        async with sqlite_service.http.get(
            "/api/v1/events", params=query, headers=sqlite_service.token(administrador)
        ) as response:
            assert (response.status, await response.json()) == (422, {"detail": "desde: not the id of an event"})
        with pytest.raises(WSServerHandshakeError, match="422"):
            async with socket(sqlite_service, administrador, desde=desde):
                pass

    async def test_a_ping_moves_the_place_of_who_hears_little(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        somebody = await sqlite_service.usuario("Fulana", "5531977770000", Perfil.VENDEDOR)
        async with socket(sqlite_service, somebody) as reader, stream(sqlite_service, somebody) as twin:
            async with socket(sqlite_service, administrador) as other:
                await happen(sqlite_service, "so_para_administradores", audience=Audience.of(Assunto.POOL))
                place = (await other.event())["id"]
            await hub(sqlite_service).ping()
            assert await reader.event() == {"event": "ping", "data": {}, "version": "v1", "id": place}
            assert (await twin.event())["id"] == place
        await happen(sqlite_service, "depois")
        async with socket(sqlite_service, somebody, desde=place) as reader:
            assert await reader.heard("depois") == ["depois"]


class TestPresence:
    """Whether somebody is connected is part of their presence, see `websocket_connected`."""

    @staticmethod
    async def connected(service: RunningService, usuario_id: UUID) -> bool:
        signs = await read_signs(service.wiring.redis, [usuario_id], service.clock())
        return signs[usuario_id].websocket_connected

    async def test_hears_of_the_first_socket_and_of_the_last(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        service = sqlite_service
        async with socket(service, administrador):
            async with socket(service, administrador):
                assert await self.connected(service, administrador)
            await until(lambda: len(hub(service)) == 1)
            assert await self.connected(service, administrador)
        await until(lambda: len(hub(service)) == 0)
        assert not await self.connected(service, administrador)
        async with stream(service, administrador):
            assert not await self.connected(service, administrador)

    async def test_hears_of_open_sockets_with_every_ping(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        service = sqlite_service
        async with socket(service, administrador):
            service.clock.move(seconds=91)
            assert not await self.connected(service, administrador)
            await hub(service).ping()
            assert await self.connected(service, administrador)


class TestTheDoor:
    async def test_what_the_server_itself_refuses_has_a_request_id_too(self, sqlite_service: RunningService) -> None:
        async with sqlite_service.http.get("/api/v1/events", headers={"Expect": "outra coisa"}) as response:
            assert response.status == 417
            assert response.headers["X-Request-ID"]

    @pytest.mark.parametrize("path", ["/ws/v1/events", "/api/v1/events"])
    async def test_without_a_token_that_counts_nobody_comes_in(
        self, sqlite_service: RunningService, administrador: UUID, path: str
    ) -> None:
        gone = await sqlite_service.usuario("Gone", "5531977770000", Perfil.CONSULTOR, status_ativo=False)
        unknown = sqlite_service.token(uuid4())
        for headers in ({}, {"Authorization": "Bearer x.y.z"}, sqlite_service.token(gone), unknown):
            async with sqlite_service.http.get(path, headers=headers) as response:
                assert response.status == 401
                assert response.headers["X-Request-ID"]

    async def test_a_token_in_the_address_opens_the_socket_only(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        query = {"token": token_of(sqlite_service, administrador)}
        for path in ("/api/v1/events", "/pool-bo"):
            async with sqlite_service.http.get(path, params=query) as response:
                assert response.status == 401
        async with sqlite_service.http.ws_connect("/ws/v1/events/", params=query) as ws:
            assert not ws.closed
        async with sqlite_service.http.ws_connect("/ws/v1/events", headers=sqlite_service.token(administrador)) as ws:
            assert ws._response.headers["X-Request-ID"]

    async def test_a_token_in_the_address_is_in_no_log(
        self, sqlite_service: RunningService, administrador: UUID, capfd: pytest.CaptureFixture[str]
    ) -> None:
        async with socket(sqlite_service, administrador) as reader:
            await happen(sqlite_service, "x")
            await reader.event()
        await until(lambda: len(hub(sqlite_service)) == 0)
        out, err = capfd.readouterr()
        assert "/ws/v1/events" in out + err
        assert token_of(sqlite_service, administrador)[:20] not in out + err

    async def test_who_asks_the_socket_without_one_is_told_of_the_stream(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        async with sqlite_service.http.get("/ws/v1/events", headers=sqlite_service.token(administrador)) as response:
            assert response.status == 400
            assert "/api/v1/events" in (await response.json())["detail"]

    async def test_a_full_process_sends_people_on(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_hub, "MAX_READERS", 1)
        async with (
            socket(sqlite_service, administrador),
            sqlite_service.http.get("/api/v1/events", headers=sqlite_service.token(administrador)) as response,
        ):
            assert response.status == 503
            assert int(response.headers["Retry-After"]) <= 30

    async def test_open_connections_are_no_work_that_keeps_others_out(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PLACES, Room.ALONE, 1)
        async with (
            socket(sqlite_service, administrador),
            stream(sqlite_service, administrador),
            sqlite_service.http.get("/healthz") as response,
        ):
            assert response.status == 200

    async def test_what_readers_say_is_not_listened_to_and_long_speeches_end_it(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        async with socket(sqlite_service, administrador) as reader:
            await reader.ws.send_str("alô")
            await happen(sqlite_service, "x")
            assert (await reader.event())["event"] == "x"
            await reader.ws.send_str("x" * 5000)
            assert await reader.closed() == 1009

    async def test_a_socket_is_pinged(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert live_hub.PING_SECONDS == 30.0
        monkeypatch.setattr(live, "PING_SECONDS", 0.02)
        query = {"token": token_of(sqlite_service, administrador)}
        async with sqlite_service.http.ws_connect("/ws/v1/events", params=query, autoping=False) as ws:
            assert (await ws.receive(10)).type is WSMsgType.PING
