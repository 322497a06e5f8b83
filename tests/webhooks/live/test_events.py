"""An event of the live stream: in which envelope, once, and what a sale tells of itself."""

import re
from typing import Any
from uuid import UUID

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.senders.live import LiveSender
from core.commands.live import PublishEvent, PublishEvents
from core.delivery_errors import Again
from core.live import publish
from storage import live as bus
from storage.pessoa.perfil import Perfil
from storage.transaction import Call, Transaction
from tests.support.listening import LISTENERS, TO_ALL, happen, on_the_bus, socket
from tests.support.sellers import ANA, BIA, CPF, seller, sells
from tests.support.service import RunningService


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
