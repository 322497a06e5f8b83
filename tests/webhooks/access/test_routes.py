"""Every door: who may open it, the one form of every error, and the pool of logins over HTTP."""

import asyncio
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import hdrs
from multidict import CIMultiDictProxy

from storage.engines.s3 import EmbeddedS3
from storage.pessoa.perfil import Perfil
from tests.support.service import RunningService, settings_for
from webhooks.app import PLACES, Room, make_app
from webhooks.auth import OPEN, Auth
from webhooks.docs.pages import STATIC
from webhooks.routes import PAGES, ROUTES, Route

# Open to everybody; nothing else is, and none of these shows anything of a person.
OPEN_PATHS = {"/healthz", "/readyz", "/metrics", "/openapi.json", *STATIC}
# Meta asks this one without a signature, and gets nothing without the verify token.
REFUSED_WITH = {("GET", "/webhooks/whatsapp"): 403}

VENDEDOR = "5531988804000"


def _name(route: Route) -> str:
    return f"{route.method} {route.path}"


class TestWhoMayCall:
    @pytest.mark.falha(275)
    def test_a_route_that_declares_nothing_does_not_start(self) -> None:
        with pytest.raises(TypeError):
            Route("GET", "/aberta", ROUTES[0].handler)  # type: ignore[call-arg]

    @pytest.mark.falha(275)
    def test_every_route_of_the_application_is_in_the_table_and_declares_its_auth(
        self, sqlite_service: RunningService
    ) -> None:
        declared = {(route.method, route.path): route.auth for route in ROUTES}
        wiring = sqlite_service.wiring
        resources = make_app(wiring.given(), wiring.painel()).router.resources()
        served = {(route.method, resource.canonical.rstrip("/") or "/") for resource in resources for route in resource}
        looked_at = {("HEAD", route.path) for route in (*ROUTES, *PAGES) if route.is_looked_at}
        assert served == {*declared, *((page.method, page.path) for page in PAGES), *looked_at, ("*", "/")}
        assert all(isinstance(auth, Auth) for auth in declared.values())
        assert {path for (_, path), auth in declared.items() if auth is OPEN} == OPEN_PATHS

    @pytest.mark.falha(275)
    @pytest.mark.parametrize("slash", ["", "/"])
    async def test_without_credentials_only_the_open_ones_answer(
        self, sqlite_service: RunningService, slash: str
    ) -> None:
        for route in ROUTES:
            path = re.sub(r"{\w+}", "1", route.path) + slash
            async with sqlite_service.http.request(route.method, path, data=b"{}") as response:
                wanted = 200 if route.path in OPEN_PATHS else REFUSED_WITH.get((route.method, route.path), 401)
                assert response.status == wanted, f"{_name(route)}{slash}"

    async def test_credentials_of_one_door_do_not_open_another(self, sqlite_service: RunningService) -> None:
        admin = sqlite_service.token(await sqlite_service.administrador())
        secret = {"X-Telegram-Bot-Api-Secret-Token": "segredo-do-webhook", "api-key": "chave-da-api"}
        for path, headers in (("/pool-bo", secret), ("/webhooks/telegram", admin), ("/webhooks/rpa", admin)):
            method = "GET" if path == "/pool-bo" else "POST"
            async with sqlite_service.http.request(method, path, headers=headers, data=b"{}") as response:
                assert response.status == 401, path

    @pytest.mark.falha(34)
    async def test_a_wrong_verify_token_gets_no_challenge_back(self, sqlite_service: RunningService) -> None:
        for token in ("errado", "", "whatsapp-verify-tokenX", "ç"):
            query = {"hub.mode": "subscribe", "hub.challenge": "31415926", "hub.verify_token": token}
            async with sqlite_service.http.get("/webhooks/whatsapp", params=query) as response:
                assert response.status == 403
                assert "31415926" not in await response.text()


class TestEveryAnswer:
    async def test_carries_a_request_id(self, sqlite_service: RunningService) -> None:
        asked = [(route.method, route.path) for route in ROUTES]
        asked += [("GET", "/nao-existe"), ("DELETE", "/healthz"), ("GET", "/pool-bo/"), ("GET", "//"), ("GET", "/%00")]
        seen = set()
        for method, path in asked:
            async with sqlite_service.http.request(method, path) as response:
                seen.add(response.headers["X-Request-ID"])
        assert len(seen) == len(asked)

    async def test_carries_the_callers_request_id_when_it_is_one(self, sqlite_service: RunningService) -> None:
        for given, kept in (("abc.DEF_1-2", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ("ã", False)):
            async with sqlite_service.http.get("/healthz", headers={"X-Request-ID": given}) as response:
                assert (response.headers["X-Request-ID"] == given) is kept, given
                assert re.fullmatch(r"[A-Za-z0-9._-]{1,64}", response.headers["X-Request-ID"])

    async def test_an_unknown_path_is_404_in_the_one_form(self, sqlite_service: RunningService) -> None:
        for path in ("/nao-existe", "/pool-bo/5531999990000", "/webhooks", "/webhooks/telegram/x", "/docs/../etc"):
            status, body, _ = await ask(sqlite_service, "GET", path)
            assert (status, body) == (404, {"detail": "Not Found"}), path

    async def test_a_wrong_method_is_405_and_says_which_are_right(self, sqlite_service: RunningService) -> None:
        for method, path, allowed in (("POST", "/healthz", "GET,HEAD"), ("GET", "/pool-bo/liberar/", "POST")):
            status, body, headers = await ask(sqlite_service, method, path)
            assert (status, body) == (405, {"detail": "Method Not Allowed"})
            assert headers["Allow"] == allowed

    @pytest.mark.falha(440)
    async def test_head_asks_for_what_get_shows_and_uses_nothing_up(self, sqlite_service: RunningService) -> None:
        admin = sqlite_service.token(await sqlite_service.administrador())
        for path in ("/docs", "/redoc/", "/openapi.json", "/healthz", "/usuarios"):
            async with sqlite_service.http.get(path, headers=admin) as response:
                shown, size = response.headers, len(await response.read())
            async with sqlite_service.http.head(path, headers=admin) as response:
                assert (response.status, await response.read()) == (200, b""), path
                for name in ("Content-Type", "X-Total-Count"):
                    assert response.headers.get(name) == shown.get(name), path
                assert int(response.headers["Content-Length"]) == size, path
        async with sqlite_service.http.head("/usuarios") as response:
            assert response.status == 401
        for path in ("/consultor/da-vez?idioma=pt", "/gerar-protocolo"):
            async with sqlite_service.http.head(path, headers={"api-key": "chave-da-api"}) as response:
                assert (response.status, response.headers["Allow"]) == (405, "GET"), path
        assert await sqlite_service.rows("SELECT 1 FROM protocolos") == []

    @pytest.mark.falha(21)
    async def test_a_body_too_large_is_413_in_the_one_form(self, sqlite_service: RunningService) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": "segredo-do-webhook"}
        large = BytesIO(b" " * (4 * 1024 * 1024 + 1))
        status, body, _ = await ask(sqlite_service, "POST", "/webhooks/telegram", data=large, headers=headers)
        assert status == 413
        assert list(body) == ["detail"]

    async def test_a_fault_of_ours_shows_nothing_of_our_insides(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        admin = sqlite_service.token(await sqlite_service.administrador())

        async def broken(*args: object) -> None:
            raise RuntimeError("senha-do-portal em /etc/balcao")

        monkeypatch.setattr("core.venda.pool.pool_status", broken)
        status, body, headers = await ask(sqlite_service, "GET", "/pool-bo", headers=admin)
        assert (status, body) == (500, {"detail": "internal error"})
        assert "X-Request-ID" in headers

    async def test_more_than_a_process_can_do_is_refused_with_a_time_to_come_back(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        admin = sqlite_service.token(await sqlite_service.administrador())
        monkeypatch.setitem(PLACES, Room.ALONE, 0)
        status, body, headers = await ask(sqlite_service, "GET", "/pool-bo", headers=admin)
        assert (status, body) == (503, {"detail": "overloaded, try again"})
        assert 0 < int(headers["Retry-After"]) <= 30
        assert "X-Request-ID" in headers


class TestThePoolOverHttp:
    @pytest.fixture
    async def admin(self, sqlite_service: RunningService) -> dict[str, str]:
        return sqlite_service.token(await sqlite_service.administrador())

    async def test_who_holds_which_login(self, sqlite_service: RunningService, admin: dict[str, str]) -> None:
        held = await sqlite_service.login_bo()
        await sell(sqlite_service)
        await sqlite_service.login_bo("Bo Dois", "5531900000002")
        status, body, _ = await ask(sqlite_service, "GET", "/pool-bo", headers=admin)
        assert status == 200
        (em_uso,) = body.pop("em_uso")
        assert body == {"livres": 1, "na_fila": 0}
        assert (UUID(em_uso["bo_usuario_id"]), em_uso["telefone"]) == (held, VENDEDOR)
        assert em_uso["desde"] < em_uso["expira_em"]
        assert em_uso["desde"].endswith("Z")

    @pytest.mark.parametrize(
        ("wanted", "freed"),
        [
            ({"todos": True}, 1),
            ({"telefone": "+55 (31) 98880-4000"}, 1),
            ({"telefone": "553188804000"}, 1),
            ({"telefone": "5531988809999"}, 0),
            ({"expirados": True}, 0),
        ],
    )
    async def test_logins_are_taken_back(
        self, sqlite_service: RunningService, admin: dict[str, str], wanted: dict[str, Any], freed: int
    ) -> None:
        await sqlite_service.login_bo()
        ana = await sell(sqlite_service)
        status, body, _ = await ask(sqlite_service, "POST", "/pool-bo/liberar/", headers=admin, json=wanted)
        assert (status, body) == (200, {"liberados": freed})
        assert len((await ask(sqlite_service, "GET", "/pool-bo", headers=admin))[1]["em_uso"]) == 1 - freed
        if freed:
            await ana.sees("administrador liberou")

    @pytest.mark.parametrize("perfil", [perfil for perfil in Perfil if perfil is not Perfil.ADMINISTRADOR])
    async def test_only_administrators_may(self, sqlite_service: RunningService, perfil: Perfil) -> None:
        headers = sqlite_service.token(await sqlite_service.usuario("Bia", "5531977770000", perfil))
        for method, path in (("GET", "/pool-bo"), ("POST", "/pool-bo/liberar")):
            status, body, _ = await ask(sqlite_service, method, path, headers=headers, json={"todos": True})
            assert (status, list(body)) == (403, ["detail"])

    @pytest.mark.falha(78)
    async def test_what_is_no_plain_json_object_is_400(
        self, sqlite_service: RunningService, admin: dict[str, str]
    ) -> None:
        for body in (
            b"",
            b"todos=true",
            b"[]",
            b'"todos"',
            b'{"todos": true',
            b'{"todos": true}{}',
            b'{"todos": NaN}',
            b'{"todos": -Infinity}',
            b'{"todos": false, "todos": true}',
            b'{"telefone": "\\ud800"}',
            b'{"\\udfff": 1}',
            b'{"telefone": "\\u0000"}',
            b'{"\\u0000": true}',
            b'{"todos": 1e400}',
            b'{"todos": "\xff"}',
            '{"todos": true}'.encode("utf-16"),
            b'{"todos": ' + b"9" * 5000 + b"}",
            b'{"todos": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        ):
            status, answer, _ = await ask(sqlite_service, "POST", "/pool-bo/liberar", headers=admin, data=body)
            assert (status, list(answer)) == (400, ["detail"])

    @pytest.mark.falha(79)
    async def test_what_is_not_the_calls_own_is_422_with_the_field(
        self, sqlite_service: RunningService, admin: dict[str, str]
    ) -> None:
        for body, named in (
            ({}, "todos, expirados, telefone"),
            ({"todos": False}, "todos, expirados, telefone"),
            ({"todos": True, "expirados": True}, "exactly one"),
            ({"todos": True, "telefone": VENDEDOR}, "exactly one"),
            ({"todos": "true"}, "todos"),
            ({"todos": 1}, "todos"),
            ({"telefone": 5531988804000}, "telefone"),
            ({"telefone": "amanhã"}, "telefone"),
            ({"telefone": ""}, "telefone"),
            ({"todos": True, "motivo": "fim do dia"}, "motivo"),
        ):
            status, answer, _ = await ask(sqlite_service, "POST", "/pool-bo/liberar", headers=admin, json=body)
            assert (status, list(answer)) == (422, ["detail"])
            assert named in answer["detail"]

    async def test_nothing_is_freed_by_a_refused_call(
        self, sqlite_service: RunningService, admin: dict[str, str]
    ) -> None:
        await sqlite_service.login_bo()
        await sell(sqlite_service)
        for body in (b'{"todos": true, "todos": true}', b'{"todos": true, "x": 1}'):
            await ask(sqlite_service, "POST", "/pool-bo/liberar", headers=admin, data=body)
        assert len((await ask(sqlite_service, "GET", "/pool-bo", headers=admin))[1]["em_uso"]) == 1


class TestHowOftenSomebodyMayAsk:
    @pytest.mark.falha(283)
    async def test_more_than_the_limit_is_429_with_a_time_to_come_back(
        self, sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> None:
        environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | {"API_RATE_LIMIT": "3"}
        async with RunningService(environment) as service:
            admin = service.token(await service.administrador())
            other = service.token(await service.administrador("Bia", "5531999990001"))
            answers = await asyncio.gather(*(ask(service, "GET", "/pool-bo", headers=admin) for _ in range(5)))
            assert sorted(status for status, _, _ in answers) == [200, 200, 200, 429, 429]
            for _, body, headers in (answer for answer in answers if answer[0] == 429):
                assert body == {"detail": "too many requests"}
                assert 1 <= int(headers["Retry-After"]) <= 21
            assert (await ask(service, "GET", "/pool-bo", headers=other))[0] == 200, "each has a count of their own"
            assert (await ask(service, "GET", "/healthz"))[0] == 200, "the open ones are not counted"


async def ask(service: RunningService, method: str, path: str, **how: Any) -> tuple[int, Any, "CIMultiDictProxy[str]"]:
    """Status, JSON body and headers of one call."""
    async with service.http.request(method, path, **how) as response:
        assert response.headers[hdrs.CONTENT_TYPE].startswith("application/json")
        return response.status, await response.json(), response.headers


async def sell(service: RunningService) -> Any:
    """A seller holds a login; their phone."""
    service.sandbox.rpa.behaviour = "manual"
    await service.vendedor("Ana Souza", VENDEDOR)
    ana = await service.phone("whatsapp", "Ana Souza", VENDEDOR)
    await ana.says("VENDER")
    await ana.taps("SIM")
    await service.sandbox.rpa.started()
    return ana
