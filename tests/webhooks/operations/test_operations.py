"""What whoever runs the service sees of it: alive, ready, and what it is doing, with nobody's name in it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.outbox.written import write_down
from storage.transaction import Transaction
from tests.support.sellers import ANA, BIA, CPF, asks_to_sell, eventually, seller, sells
from tests.support.service import RunningService, free_port, settings_for

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


async def readiness(service: RunningService) -> tuple[int, dict[str, Any]]:
    async with service.http.get("/readyz") as response:
        return response.status, await response.json()


async def metrics(service: RunningService) -> Samples:
    """Every sample of `/metrics`, by name and labels."""
    async with service.http.get("/metrics") as response:
        assert response.status == 200
        assert response.content_type == "text/plain"
        families = text_string_to_metric_families(await response.text())
        return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


def of(samples: Samples, name: str, **labels: str) -> float:
    """The value of one sample; 0 for a counter that has not counted yet."""
    return samples.get((name, frozenset(labels.items())), 0.0)


class TestAliveAndReady:
    async def test_alive_needs_nothing_but_the_process(self, sqlite_service: RunningService) -> None:
        async with sqlite_service.http.get("/healthz") as response:
            assert (response.status, await response.json()) == (200, {"status": "ok"})

    @pytest.mark.each_database
    async def test_ready_names_every_engine(self, service: RunningService) -> None:
        assert await readiness(service) == (
            200,
            {"status": "ok", "engines": {"database": "ok", "redis": "ok", "objects": "ok"}},
        )

    async def test_without_redis_we_are_alive_and_not_ready_and_ready_again_when_it_is_back(
        self, sqlite_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> None:
        redis = EmbeddedRedis(tmp_path)
        await redis.start()
        async with RunningService(settings_for(sqlite_url, redis.url, s3, tmp_path)) as service:
            assert (await readiness(service))[0] == 200
            await redis.stop()
            assert await broken_engine(service) == "redis"
            async with service.http.get("/healthz") as response:
                assert response.status == 200
            await redis.start()
            async with asyncio.timeout(10):
                while (await readiness(service))[0] != 200:
                    pass
        await redis.stop()

    async def test_without_the_object_store_we_are_not_ready(
        self, sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> None:
        nobody = {"MINIO_ENDPOINT": f"127.0.0.1:{free_port()}"}
        environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | nobody
        async with RunningService(environment) as service:
            assert await broken_engine(service) == "objects"

    async def test_without_the_database_we_are_not_ready(
        self, postgresql_url: str, postgres_server: Any, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> None:
        async with RunningService(settings_for(postgresql_url, clean_redis_url, s3, tmp_path)) as service:
            postgres_server.drop_database(postgresql_url)
            assert await broken_engine(service) == "database"


async def broken_engine(service: RunningService) -> str:
    """The one engine that is not there, of a service that says so; what it says is a word and no address."""
    status, body = await readiness(service)
    assert (status, body["status"]) == (503, "unavailable")
    ((engine, said),) = [(name, said) for name, said in body["engines"].items() if said != "ok"]
    assert said.isidentifier()
    return str(engine)


class TestMetrics:
    async def test_turns_are_counted_by_channel_and_outcome(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        before = await metrics(sqlite_service)
        sqlite_service.sandbox.whatsapp.faults.deliver(2)
        delivery = await ana.says("MENU")
        await delivery.finished()
        after = await metrics(sqlite_service)
        for outcome in ("done", "repeated"):
            name = "balcao_turns_total"
            grown = of(after, name, channel="whatsapp", outcome=outcome) - of(
                before, name, channel="whatsapp", outcome=outcome
            )
            assert grown == 1, outcome
        counted = of(after, "balcao_turn_seconds_count", channel="whatsapp")
        assert counted - of(before, "balcao_turn_seconds_count", channel="whatsapp") == 2

    async def test_the_outbox_shows_how_much_waits_in_how_many_lanes_and_since_when(
        self, sqlite_service: RunningService
    ) -> None:
        async def work(tx: Transaction) -> None:
            for lane in ("a", "a", "b"):
                await write_down(tx, lane, "nobody", "sendMessage", {})

        await sqlite_service.wiring.turns.run(work)
        sqlite_service.clock.move(minutes=2)
        shown = await metrics(sqlite_service)
        assert (of(shown, "balcao_outbox_calls"), of(shown, "balcao_outbox_lanes")) == (3, 2)
        assert 120 <= of(shown, "balcao_outbox_oldest_seconds") < 130

    async def test_the_pool_and_the_robots_are_shown_by_state(self, sqlite_service: RunningService) -> None:
        for number in range(2):
            await sqlite_service.login_bo(f"Bo {number}", f"553190000000{number}")
        ana, bia = await seller(sqlite_service), await seller(sqlite_service, BIA)
        job = await sells(sqlite_service, ana)
        assert pool_and_robots(await metrics(sqlite_service)) == (1, 1, 0, 0)
        await sells(sqlite_service, bia, "refuse_password")
        await bia.sees("não foi concluída")
        assert pool_and_robots(await metrics(sqlite_service)) == (0, 1, 1, 0)
        await asks_to_sell(bia)
        await bia.taps("Entrar na fila")
        await bia.sees("da fila")
        shown = await metrics(sqlite_service)
        assert pool_and_robots(shown) == (0, 1, 1, 1)
        states = {dict(labels)["status"]: value for (name, labels), value in shown.items() if name == JOBS}
        assert sum(states.values()) == 2
        assert states["NA_FILA"] == 1
        await job.cancelled()

    async def test_errors_of_providers_are_shown_by_their_code(self, sqlite_service: RunningService) -> None:
        ana = await seller(sqlite_service)
        labels = {"target": "whatsapp", "code": "131009"}
        before = of(await metrics(sqlite_service), "balcao_provider_errors_total", **labels)
        await ana.says("MENU")
        await ana.sees("O que você quer fazer")
        sqlite_service.sandbox.whatsapp.faults.fail_next("text", code=131009)
        await ana.says("AJUDA")
        await eventually(sqlite_service, "SELECT 1 FROM outbox WHERE error LIKE '131009%'")
        assert of(await metrics(sqlite_service), "balcao_provider_errors_total", **labels) - before == 1

    @pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
    async def test_nobody_is_named_after_a_whole_sale(self, sqlite_service: RunningService, channel: str) -> None:
        await sqlite_service.login_bo()
        ana = await seller(sqlite_service, ANA, channel)
        await sells(sqlite_service, ana, "normal")
        for question, answer in (("CEP", "30140-071"), ("CPF", CPF), ("plano", "1"), ("turno", "manhã")):
            await ana.sees(question)
            await ana.says(answer)
        await ana.sees("Número do pedido")
        shown = await metrics(sqlite_service)
        values = {value for _, labels in shown for _, value in labels if not value.replace(".", "").isdigit()}
        numbers = {value for _, labels in shown for name, value in labels if value.isdigit() and name != "le"}
        people = {ANA[1], ana.id, "Ana", "Souza", CPF, *await chats(sqlite_service)}
        assert not people & (values | numbers)
        assert all(len(value) < 40 for value in values), "a label is a word of a short list"
        assert all(len(number) <= 6 for number in numbers), "a code, not a phone or an id"


JOBS = "balcao_robot_jobs"


def pool_and_robots(shown: Samples) -> tuple[float, ...]:
    """Logins free, held and set aside; sellers waiting."""
    logins = (of(shown, "balcao_pool_logins", state=state) for state in ("free", "held", "set_aside"))
    return (*logins, of(shown, "balcao_pool_queue"))


async def chats(service: RunningService) -> set[str]:
    rows = await service.rows("SELECT external_id, scoped_id, telefone FROM contatos")
    return {str(value) for row in rows for value in row.values() if value}
