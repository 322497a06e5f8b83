"""The OpenAPI document: every route is in it, and what it says of them holds together."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from yarl import URL

from storage.pessoa.perfil import Perfil
from tests.support.service import RunningService
from webhooks.auth import SECURITY_SCHEMES
from webhooks.docs.document import document
from webhooks.docs.pages import STATIC
from webhooks.http.endpoints import operation_of
from webhooks.routes import ROUTES, Route

DOCUMENT = document(ROUTES)
# Parts of the two pages, not of the API.
FILES = set(STATIC) - {"/docs", "/redoc"}


def described() -> Iterator[tuple[Route, dict[str, Any]]]:
    for route in ROUTES:
        if route.path not in FILES and route.method != "HEAD":
            yield route, DOCUMENT["paths"][route.path][route.method.lower()]


def examples() -> Iterator[Any]:
    """Every example, with the schema it stands beside."""
    for route, operation in described():
        name = f"{route.method} {route.path}"
        contents = [("body", operation.get("requestBody", {}))]
        contents += [(status, answer) for status, answer in operation["responses"].items()]
        for where, holder in contents:
            for content in holder.get("content", {}).values():
                if "example" in content:
                    yield pytest.param(content["schema"], content["example"], id=f"{name} {where}")


class TestWhatItHolds:
    def test_every_route_is_described_and_nothing_else(self) -> None:
        assert {
            route.path for route in ROUTES if operation_of(route.handler) is None and route.method != "HEAD"
        } == FILES

    @pytest.mark.parametrize(("schema", "example"), list(examples()))
    def test_examples_are_what_they_are_examples_of(self, schema: dict[str, Any], example: Any) -> None:
        components = {"components": {"schemas": DOCUMENT["components"]["schemas"]}}
        jsonschema_rs.validate(schema | components, example, validate_formats=True)

    def test_every_reference_leads_somewhere(self) -> None:
        names = set(DOCUMENT["components"]["schemas"])
        text = json.dumps(DOCUMENT)
        used = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
        assert used == names, "every schema is used, and every one used is there"

    def test_every_operation_has_its_own_name_and_a_summary(self) -> None:
        operations = [operation for _, operation in described()]
        assert len({operation["operationId"] for operation in operations}) == len(operations)
        assert all(operation["summary"] for operation in operations)


class TestWhoMayCall:
    def test_what_opens_a_route_is_said_with_its_refusals(self) -> None:
        for route, operation in described():
            assert operation["security"] == [{scheme: []} for scheme in route.auth.schemes]
            assert set(route.auth.schemes) <= set(SECURITY_SCHEMES)
            assert ("401" in operation["responses"]) is bool(route.auth.schemes)
            assert ("429" in operation["responses"]) is route.auth.limited

    def test_the_perfis_that_may_are_named(self) -> None:
        liberar = DOCUMENT["paths"]["/pool-bo/liberar"]["post"]
        assert Perfil.ADMINISTRADOR in liberar["description"]
        assert "403" in liberar["responses"]
        assert "403" not in DOCUMENT["paths"]["/consultores"]["get"]["responses"]

    def test_every_answer_has_a_request_id_and_every_refusal_the_one_form(self) -> None:
        for route, operation in described():
            for status, answer in operation["responses"].items():
                assert "X-Request-ID" in answer["headers"], f"{route.path} {status}"
                if int(status) >= 400 and (route.path, status) != ("/readyz", "503"):
                    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
                if status == "429":
                    assert "Retry-After" in answer["headers"]

    def test_lists_say_that_they_tell_the_total(self) -> None:
        for path in ("/consultores", "/protocolos"):
            assert "X-Total-Count" in DOCUMENT["paths"][path]["get"]["responses"]["200"]["headers"]


class TestQueries:
    @pytest.mark.falha(442)
    def test_every_list_is_read_in_pages(self) -> None:
        for route in ROUTES:
            operation = operation_of(route.handler)
            if operation is not None and next(iter(operation.answers.values())).many:
                assert {"skip", "limit"} <= operation.asked, route.path

    def test_every_call_of_a_program_says_that_it_may_be_refused(self) -> None:
        for route, operation in described():
            assert not route.is_called or "422" in operation["responses"], route.path

    async def test_a_name_that_nobody_asks_for_is_named_with_those_that_are(
        self, sqlite_service: RunningService
    ) -> None:
        """A filter that is passed over answers with every row, and nobody sees that it was."""
        token = sqlite_service.token(await sqlite_service.administrador())
        for route in ROUTES:
            if not route.is_called or route.method not in ("GET", "DELETE"):
                continue
            path = route.path.replace("{id}", "1c9f2f57-3a2b-4b58-8f0e-9d8d0f7a5b22")
            headers = token | {"api-key": "chave-da-api"}
            async with sqlite_service.http.request(route.method, f"{path}?statuss=X", headers=headers) as response:
                said = (await response.json())["detail"]
                assert (response.status, said.partition(":")[0]) == (422, "statuss"), path
        async with sqlite_service.http.get("/processos?status=CONCLUIDO", headers=token) as response:
            assert "status_processo" in (await response.json())["detail"]

    async def test_a_name_that_stands_there_twice_is_refused(self, sqlite_service: RunningService) -> None:
        token = sqlite_service.token(await sqlite_service.administrador())
        both = "/processos?mes_ano=10/2026&mes_ano=11/2026"
        async with sqlite_service.http.get(both, headers=token) as response:
            assert (response.status, await response.json()) == (422, {"detail": "mes_ano: given more than once"})


class TestServed:
    async def test_it_is_served_as_json_to_whoever_asks(self, sqlite_service: RunningService) -> None:
        async with sqlite_service.http.get("/openapi.json") as response:
            assert response.content_type == "application/json"
            assert await response.json() == json.loads(json.dumps(DOCUMENT))

    @pytest.mark.falha(440)
    async def test_who_has_it_is_not_sent_it_again(self, sqlite_service: RunningService) -> None:
        async with sqlite_service.http.get("/openapi.json") as response:
            tag = response.headers["ETag"]
        for known, status in ((tag, 304), (f'"other", {tag}', 304), ('"other"', 200)):
            async with sqlite_service.http.get("/openapi.json", headers={"If-None-Match": known}) as response:
                assert (response.status, response.headers["ETag"]) == (status, tag)
                assert bool(await response.read()) is (status == 200)

    @pytest.mark.falha(452)
    async def test_a_body_behind_a_byte_order_mark_is_read(self, sqlite_service: RunningService) -> None:
        token = sqlite_service.token(await sqlite_service.administrador())
        body = b"\xef\xbb\xbf" + json.dumps({"nome": "Vivo", "codigo": "VIVO"}).encode()
        async with sqlite_service.http.post("/operadoras", headers=token, data=body) as response:
            assert response.status == 201

    @pytest.mark.each_database
    async def test_nul_in_an_address_is_refused_before_it_meets_the_database(self, service: RunningService) -> None:
        asked = ("/consultores?nome=a%00b", "/consultores?nome%00=a", "/protocolo/%2300001%00", "/consultor/%00")
        for path in asked:
            async with service.http.get(URL(path, encoded=True), headers={"api-key": "chave-da-api"}) as response:
                assert (response.status, await response.json()) == (422, {"detail": "NUL in the address"}), path

    async def test_a_word_is_never_taken_for_an_id(self, sqlite_service: RunningService) -> None:
        key = {"api-key": "chave-da-api"}
        for path in ("/consultor/da-vez", "/consultor/da-vez/"):
            async with sqlite_service.http.put(path, headers=key) as response:
                assert (response.status, response.headers["Allow"]) == (405, "GET")
        async with sqlite_service.http.get("/consultor/da-vezes", headers=key) as response:
            assert response.status == 422
