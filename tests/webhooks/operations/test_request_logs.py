"""The log lines of requests, as the reference has them, and what they never show."""

import io
import re
from typing import Any

import pytest
import structlog
from aiohttp import web

from bot.runtime.logs import configure_logging
from bot.runtime.redaction import MASK
from storage.pessoa.perfil import Perfil
from tests.support.log_lines import Logged
from tests.support.service import RunningService
from webhooks.auth import API_KEY
from webhooks.http.answers import ApiError, as_json
from webhooks.http.logs import LOG_DATA
from webhooks.routes import ROUTES, Route

KEY = {"api-key": "chave-da-api"}
CPF, PHONE = "529.982.247-25", "5531988804000"


async def da_vez(request: web.Request) -> web.Response:
    if request.query.get("idioma") == "xx":
        raise ApiError(404, f"Consultor não encontrado para {CPF}")
    if request.query.get("idioma") == "falha":
        raise RuntimeError(f"telefone={PHONE}")
    request[LOG_DATA] = {"consultor_id": 1, "numero_protocolo": "#00001"}
    return as_json({"consultor_id": 1, "consultor_nome": "João Silva", "protocolo": "#00001"})


@pytest.fixture
def logged(logging_put_back: None) -> Logged:
    return Logged(("chave-da-api",), "INFO")


@pytest.fixture
def service(logged: Logged, sqlite_service: RunningService) -> RunningService:
    """Started, and what it said of that forgotten."""
    logged.forget()
    return sqlite_service


@pytest.fixture(autouse=True)
def route_like_da_vez(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webhooks.app.ROUTES", (*ROUTES, Route("GET", "/teste/da-vez", da_vez, API_KEY)))


def only(lines: list[dict[str, Any]]) -> dict[str, Any]:
    (line,) = lines
    return line


class TestTheReferencesLines:
    async def test_a_request_its_response_and_one_id(self, service: RunningService, logged: Logged) -> None:
        async with service.http.get("/teste/da-vez", params={"idioma": "pt"}, headers=KEY) as response:
            id_ = response.headers["X-Request-ID"]
        request, answer = only(logged.lines("request")), only(logged.lines("response"))
        assert request["request"] == {"id": id_, "method": "GET", "path": "/teste/da-vez", "params": {"idioma": "pt"}}
        assert re.fullmatch(r"\d+\.\d\ds", answer["response"].pop("time"))
        data = {"consultor_id": 1, "numero_protocolo": "#00001"}
        assert answer["response"] == {"id": id_, "status": 200, "data": data}
        assert logged.lines("error") == []
        assert {request["request_id"], answer["request_id"]} == {id_}
        assert request["timestamp"] <= answer["timestamp"]

    async def test_an_error_says_what_was_wrong(self, service: RunningService, logged: Logged) -> None:
        async with service.http.get("/teste/da-vez/", params={"idioma": "xx"}, headers=KEY) as response:
            id_ = response.headers["X-Request-ID"]
        error = {"id": id_, "method": "GET", "path": "/teste/da-vez/", "error": f"Consultor não encontrado para {MASK}"}
        assert only(logged.lines("error"))["error"] == error
        assert only(logged.lines("response"))["response"]["status"] == 404
        assert "data" not in only(logged.lines("response"))["response"]

    async def test_a_fault_of_ours_has_its_traceback(self, service: RunningService, logged: Logged) -> None:
        async with service.http.get("/teste/da-vez", params={"idioma": "falha"}, headers=KEY) as response:
            assert response.status == 500
        line = only(logged.lines("error"))
        assert line["error"]["error"] == f"RuntimeError: telefone={MASK}"
        assert (line["level"], line["error"]["id"]) == ("error", response.headers["X-Request-ID"])
        assert "da_vez" in line["exception"]
        assert PHONE not in logged.text

    async def test_the_id_is_the_callers_when_they_give_one(self, service: RunningService, logged: Logged) -> None:
        for given in ("18d2e9b4", "1700000000000", "pedido-7"):
            async with service.http.get("/teste/da-vez", headers=KEY | {"X-Request-ID": given}) as response:
                assert response.headers["X-Request-ID"] == given
            assert logged.lines("request")[-1]["request"]["id"] == given
            assert logged.lines("response")[-1]["response"]["id"] == given


class TestOtherDoors:
    async def test_a_channel_gets_one_line_with_both(self, service: RunningService, logged: Logged) -> None:
        await (await service.phone("whatsapp", "Ana", PHONE)).says("oi")
        await service.sandbox.whatsapp.settled()
        (line,) = logged.lines("request")
        assert line["request"]["path"] == "/webhooks/whatsapp"
        assert (line["response"]["status"], line["response"]["id"]) == (200, line["request"]["id"])
        assert logged.lines("response") == []

    async def test_what_is_asked_all_the_time_is_told_only_when_it_fails(
        self, service: RunningService, logged: Logged
    ) -> None:
        header = service.token(await service.usuario("Ana", PHONE, Perfil.CONSULTOR))
        for headers, status in ((header, 200), ({}, 401)):
            async with service.http.post("/api/v1/presence/heartbeat", headers=headers) as response:
                assert response.status == status
        for path in ("/healthz", "/readyz", "/metrics"):
            async with service.http.get(path) as response:
                assert response.status == 200
        assert logged.lines("request") + logged.lines("response") == []
        assert only(logged.lines("error"))["error"]["error"] == "a Bearer *** is needed", (
            "what comes after Bearer is masked"
        )


class TestNeverShown:
    async def test_keys_tokens_cpfs_and_phones_in_addresses(self, service: RunningService, logged: Logged) -> None:
        token = service.token(await service.administrador())["Authorization"].split()[1]
        asked = [
            ("/teste/da-vez", {"api-key": "chave-da-api", "idioma": "pt"}, KEY),
            ("/teste/da-vez", {"idioma": "chave-da-api", "cpf": CPF}, {"api-key": "chave-da-api-errada"}),
            ("/webhooks/whatsapp", {"hub.mode": "subscribe", "hub.verify_token": "adivinhado"}, {}),
            ("/ws/v1/events", {"token": token}, {}),
            ("/api/v1/typing", {"chat_id": PHONE}, {}),
            (f"/pool-bo/{PHONE}", {}, {}),
            ("/consultores", {"busca": CPF, "senha": "adivinhado"}, {}),
        ]
        for path, params, headers in asked:
            async with service.http.get(path, params=params, headers=headers):
                pass
        assert len(logged.lines("request")) == len(asked)
        shown = logged.text
        assert [secret for secret in ("chave-da-api", "adivinhado", token, CPF, PHONE) if secret in shown] == []
        assert logged.lines("request")[0]["request"]["params"] == {"api-key": MASK, "idioma": "pt"}


class TestForReading:
    def test_console_says_each_thing_by_itself(self, logging_put_back: None) -> None:
        stream = io.StringIO()
        configure_logging("console", stream=stream)
        log = structlog.get_logger("teste")
        log.info("request", request={"id": "18d2e9b4", "method": "GET", "path": "/consultor/da-vez", "params": {}})
        log.info("response", response={"id": "18d2e9b4", "status": 200, "time": "0.02s"}, request_id="18d2e9b4")
        log.info("error", error={"id": "18d2e9b4", "error": "Consultor não encontrado"})
        request, response, error = stream.getvalue().splitlines()
        for line, shown in ((request, "method=GET"), (request, "path=/consultor/da-vez"), (response, "status=200")):
            assert shown in line
        assert "{" not in request
        assert "time=0.02s" in response
        assert "error='Consultor não encontrado'" in error
