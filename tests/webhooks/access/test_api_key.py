"""The header `api-key`, and whose tokens are remembered for a minute."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web
from redis.asyncio import Redis

from bot.turn import LeftToWorkers
from storage.database import Database
from storage.engines.s3 import EmbeddedS3
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario
from storage.rate import RATE_PREFIX
from tests.support.log_lines import Logged
from tests.support.service import RunningService, settings_for
from webhooks.auth import API_KEY
from webhooks.http.answers import as_json
from webhooks.people import KNOWN_FOR, People
from webhooks.routes import ROUTES, Route

OLD, NEW = "chave-antiga-da-integração", "chave-nova"
PER_MINUTE = 5


async def _answer(request: web.Request) -> web.Response:
    return as_json({"ok": True})


@pytest.fixture(autouse=True)
def one_route(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webhooks.app.ROUTES", (*ROUTES, Route("GET", "/teste", _answer, API_KEY)))


async def ask(service: RunningService, key: str | None) -> web.Response | Any:
    headers = {} if key is None else {"api-key": key}
    async with service.http.get("/teste", headers=headers) as response:
        await response.read()
        return response


class TestTheKey:
    @pytest.fixture
    async def service(
        self, sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> AsyncIterator[RunningService]:
        environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path)
        environment |= {"AUTHENTICATION_API_KEY": f"{OLD},{NEW}", "API_RATE_LIMIT": str(PER_MINUTE)}
        async with RunningService(environment) as running:
            yield running

    async def test_each_of_several_keys_opens(self, service: RunningService) -> None:
        assert [(await ask(service, key)).status for key in (OLD, NEW)] == [200, 200]

    @pytest.mark.falha(276)
    @pytest.mark.parametrize(
        "key", [None, "", NEW[:-1], f"{NEW}x", NEW.upper(), f"{OLD},{NEW}", "\x80\xff", "chave-da-api"]
    )
    async def test_anything_else_does_not(self, service: RunningService, key: str | None) -> None:
        response = await ask(service, key)
        assert response.status == 401
        assert await response.json() == {"detail": "wrong or no api-key"}

    async def test_the_key_counts_in_its_header_only(self, service: RunningService) -> None:
        for params, headers in (({"api-key": NEW}, {}), ({}, {"Authorization": f"Bearer {NEW}"})):
            async with service.http.get("/teste", params=params, headers=headers) as response:
                assert response.status == 401

    @pytest.mark.falha(283)
    async def test_each_key_has_its_own_number_of_requests_a_minute(self, service: RunningService) -> None:
        statuses = [(await ask(service, OLD)).status for _ in range(PER_MINUTE)]
        refused = await ask(service, OLD)
        assert (statuses, refused.status) == ([200] * PER_MINUTE, 429)
        assert 0 < int(refused.headers["Retry-After"]) <= 60 / PER_MINUTE + 1
        assert await refused.json() == {"detail": "too many requests"}
        assert (await ask(service, NEW)).status == 200

    async def test_redis_and_the_logs_never_hold_a_key(
        self, service: RunningService, clean_redis_url: str, logging_put_back: None
    ) -> None:
        logged = Logged(service.settings.secret_values())
        for key in (OLD, NEW, f"{NEW}-quase"):
            await ask(service, key)
        redis = Redis.from_url(clean_redis_url, decode_responses=True)
        names = await redis.keys("*")
        await redis.aclose()
        assert len([name for name in names if name.startswith(f"{RATE_PREFIX}key:")]) == 2
        assert not any(key in text for key in (OLD, NEW) for text in (*names, logged.text))


class TestWhoseTokensAreRemembered:
    @pytest.fixture
    async def ana(self, sqlite_service: RunningService) -> UUID:
        return await sqlite_service.administrador()

    @pytest.fixture
    def reads(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """How many people each statement read."""
        counts: list[int] = []
        read = People._read

        async def counted(people: People, usuario_id: UUID) -> Any:
            found = await read(people, usuario_id)
            counts.append(len(people._known))
            return found

        monkeypatch.setattr(People, "_read", counted)
        return counts

    async def status(self, service: RunningService, usuario_id: UUID) -> int:
        async with service.http.get("/pool-bo", headers=service.token(usuario_id, hours=5)) as response:
            return response.status

    async def change_elsewhere(self, service: RunningService, usuario_id: UUID, **values: Any) -> None:
        """As another process would: this one hears nothing of it."""
        here, service.wiring.turns.after = service.wiring.turns.after, LeftToWorkers()
        await service.wiring.turns.run(lambda tx: change_usuario(tx, usuario_id, **values))
        service.wiring.turns.after = here

    async def test_a_person_is_read_once_a_minute(
        self, sqlite_service: RunningService, ana: UUID, reads: list[int]
    ) -> None:
        for seconds in (0, 30, 29, 1, 59):
            sqlite_service.clock.move(seconds=seconds)
            assert await self.status(sqlite_service, ana) == 200
        assert len(reads) == 2

    async def test_a_thousand_people_are_read_together(
        self, sqlite_service: RunningService, ana: UUID, reads: list[int]
    ) -> None:
        people = [await sqlite_service.usuario("P", f"55319770000{n:02}", Perfil.ADMINISTRADOR) for n in range(5)]
        for usuario_id in (*people, ana, *people):
            await self.status(sqlite_service, usuario_id)
        assert reads == [1, 2, 3, 4, 5, 6]
        sqlite_service.clock.move(seconds=61)
        for usuario_id in (ana, *people):
            assert await self.status(sqlite_service, usuario_id) == 200
        assert reads[6:] == [5 + 1], "ana's statement read those along who asked more than once"

    async def test_whoever_does_not_come_again_is_forgotten(
        self, sqlite_service: RunningService, ana: UUID, reads: list[int]
    ) -> None:
        gone = await sqlite_service.usuario("P", "5531977000000", Perfil.ADMINISTRADOR)
        await self.status(sqlite_service, gone)
        sqlite_service.clock.move(seconds=31)
        await self.status(sqlite_service, ana)
        assert reads == [1, 1]

    @pytest.mark.falha(70)
    @pytest.mark.parametrize(
        ("change", "status"), [({"status_ativo": False}, 401), ({"perfil_usuario": Perfil.VENDEDOR}, 403)]
    )
    async def test_a_change_by_another_process_counts_within_60_s(
        self, sqlite_service: RunningService, ana: UUID, change: dict[str, Any], status: int
    ) -> None:
        assert await self.status(sqlite_service, ana) == 200
        await self.change_elsewhere(sqlite_service, ana, **change)
        for _ in range(5):
            sqlite_service.clock.move(seconds=10)
            await self.status(sqlite_service, ana)
        sqlite_service.clock.move(seconds=10)
        assert await self.status(sqlite_service, ana) == status

    async def test_whoever_is_enabled_by_another_process_is_back_at_once(
        self, sqlite_service: RunningService, ana: UUID
    ) -> None:
        for active, status in ((False, 401), (True, 200)):
            await self.change_elsewhere(sqlite_service, ana, status_ativo=active)
            assert await self.status(sqlite_service, ana) == status

    @pytest.mark.falha(70)
    async def test_a_connection_that_stays_is_opened_only_to_whoever_is_active_now(
        self, sqlite_service: RunningService, ana: UUID
    ) -> None:
        assert await self.status(sqlite_service, ana) == 200
        await self.change_elsewhere(sqlite_service, ana, status_ativo=False)
        for path in ("/api/v1/events", "/ws/v1/events"):
            async with sqlite_service.http.get(path, headers=sqlite_service.token(ana)) as response:
                assert response.status == 401

    async def test_a_clock_set_back_keeps_nobody_for_longer(
        self, sqlite_service: RunningService, ana: UUID, reads: list[int]
    ) -> None:
        await self.status(sqlite_service, ana)
        sqlite_service.clock.move(minutes=-10)
        await self.status(sqlite_service, ana)
        assert len(reads) == 2
        assert KNOWN_FOR.total_seconds() == 60

    async def test_who_was_read_while_they_were_changed_is_read_again(
        self, sqlite_service: RunningService, ana: UUID, monkeypatch: pytest.MonkeyPatch, reads: list[int]
    ) -> None:
        people = sqlite_service.wiring.people
        read = Database.read

        def changed_meanwhile(database: Database) -> Any:
            people.forget([ana])
            return read(database)

        monkeypatch.setattr(Database, "read", changed_meanwhile)
        assert (await people.one(ana)) is not None
        monkeypatch.setattr(Database, "read", read)
        assert reads == [0]
