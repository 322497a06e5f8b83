"""Consultores and protocolos over HTTP: the reference's calls and examples, to the field."""

import re
from typing import Any

import pytest

from tests.support.consultores_api import JOAO, Api


class TestTheExamplesOfTheReference:
    async def test_the_consultor_of_the_turn_and_a_protocolo_made_by_hand(self, api: Api) -> None:
        joao = await api.new()
        await api.online(joao["id"])
        assert await api.da_vez() == {
            "consultor_id": joao["id"],
            "consultor_nome": "João Silva",
            "consultor_idiomas": ["pt", "en"],
            "consultor_status_online": True,
            "consultor_atendimento_iso": "2024-01-23T14:30:00Z",
            "consultor_id_pipedrive": 456,
            "protocolo": "#00001",
        }
        api.service.clock.move(minutes=5)
        assert await api.call("POST", "/protocolo", 201, json={"consultor_id": joao["id"]}) == {
            "id": 2,
            "numero": "#00002",
            "consultor_id": joao["id"],
            "created_at": "2024-01-23T14:35:00Z",
        }

    async def test_the_consultor_of_the_model(self, api: Api) -> None:
        joao = await api.new()
        assert joao == {
            "id": joao["id"],
            "nome": "João Silva",
            "idiomas": ["pt", "en"],
            "status_ativo": True,
            "status_ativo_sequencial": True,
            "status_online": False,
            "ultimo_atendimento": None,
            "id_pipedrive": 456,
        }
        await api.online(joao["id"])
        await api.da_vez()
        seen = await api.call("GET", f"/consultor/{joao['id']}/")
        assert seen == joao | {"status_online": True, "ultimo_atendimento": "2024-01-23T14:30:00Z"}

    async def test_a_number_of_nobody_is_a_protocolo_like_any_other(self, api: Api) -> None:
        free = await api.call("GET", "/gerar-protocolo")
        assert free == {"id": 1, "numero": "#00001", "consultor_id": None, "created_at": "2024-01-23T14:30:00Z"}
        assert await api.call("GET", "/protocolos") == [free]
        assert await api.call("GET", "/protocolo/1") == free

    async def test_the_time_of_a_turn_is_told_to_the_second_and_in_utc(self, api: Api) -> None:
        joao = await api.new()
        await api.online(joao["id"])
        first, second = await api.da_vez(), await api.da_vez()
        assert first["consultor_atendimento_iso"] == second["consultor_atendimento_iso"] == "2024-01-23T14:30:00Z"
        assert re.fullmatch(r"#[0-9]{5,}", second["protocolo"])


class TestConsultores:
    async def test_what_a_change_does_not_name_stays(self, api: Api) -> None:
        joao = await api.new()
        path = f"/consultor/{joao['id']}"
        changed = await api.call("PUT", path, json={"nome": "João S.", "id_pipedrive": None})
        assert changed == joao | {"nome": "João S.", "id_pipedrive": None}
        assert await api.call("PUT", path, json={}) == changed

    async def test_what_was_read_may_be_written_back(self, api: Api) -> None:
        joao = await api.new()
        seen = await api.online(joao["id"]) | {"idiomas": ["es"]}
        assert await api.call("PUT", f"/consultor/{joao['id']}", json=seen) == seen
        assert (await api.da_vez(idioma="es"))["consultor_id"] == joao["id"]

    async def test_who_it_is_and_their_last_attendance_are_not_changed(self, sqlite_api: Api) -> None:
        joao = await sqlite_api.new()
        for field in ({"id": 99}, {"ultimo_atendimento": "2020-01-01T00:00:00Z"}):
            (name,) = field
            assert await sqlite_api.refused("PUT", f"/consultor/{joao['id']}", 422, json=field) == (
                f"{name}: cannot be changed"
            )

    async def test_whoever_is_made_starts_offline_whatever_they_say(self, sqlite_api: Api) -> None:
        joao = await sqlite_api.new(status_online=True)
        assert joao["status_online"] is False
        await sqlite_api.da_vez(404)

    async def test_a_deactivated_one_takes_no_turns_and_can_be_read(self, api: Api) -> None:
        joao = await api.new()
        await api.online(joao["id"])
        path = f"/consultor/{joao['id']}"
        for _ in range(2):
            assert (await api.call("DELETE", path))["status_ativo"] is False
        await api.da_vez(404)
        assert (await api.call("GET", path))["status_ativo"] is False
        await api.call("PUT", path, json={"status_ativo": True})
        assert (await api.da_vez())["protocolo"] == "#00001"

    async def test_the_list_is_filtered_and_counted(self, api: Api) -> None:
        names = ("Ana Maria", "Bia", "Davi 100%", "João", "Mariana")
        made = [await api.new(nome=name, idiomas=["pt", "es"] if name[0] < "D" else ["en"]) for name in names]
        await api.online(made[1]["id"])
        await api.call("DELETE", f"/consultor/{made[4]['id']}")

        async def listed(**query: str) -> list[str]:
            return [one["nome"] for one in await api.call("GET", "/consultores", params=query)]

        assert await listed() == list(names)
        assert api.headers["X-Total-Count"] == "5"
        assert await listed(skip="1", limit="2") == ["Bia", "Davi 100%"]
        assert api.headers["X-Total-Count"] == "5"
        assert await listed(skip="9") == []
        assert await listed(idioma="es") == ["Ana Maria", "Bia"]
        assert api.headers["X-Total-Count"] == "2"
        assert await listed(status_online="true") == ["Bia"]
        assert await listed(status_ativo="false") == ["Mariana"]
        assert await listed(nome="MARIA") == ["Ana Maria", "Mariana"]
        assert await listed(nome="100%") == ["Davi 100%"]
        assert await listed(id_pipedrive="456", idioma="en", status_ativo="true") == ["Davi 100%", "João"]
        assert await listed(status_ativo_sequencial="false") == []

    async def test_a_field_that_is_wrong_is_named(self, sqlite_api: Api) -> None:
        for values, detail in (
            ({"nome": "  "}, "nome: "),
            ({"nome": None}, "nome: "),
            ({"idiomas": []}, "idiomas: "),
            ({"idiomas": ["português!"]}, "idiomas: not a language code such as pt"),
            ({"idiomas": "pt"}, "idiomas: "),
            ({"id_pipedrive": 2**63}, "body: an integer of more than 64 bits"),
            ({"id_pipedrive": "456"}, "id_pipedrive: "),
            ({"status_ativo": "sim"}, "status_ativo: "),
            ({"telefone": "12"}, "telefone: not a phone number"),
        ):
            assert (await sqlite_api.refused("POST", "/consultor", 422, json=JOAO | values)).startswith(detail)
            joao = await sqlite_api.new()
            assert (await sqlite_api.refused("PUT", f"/consultor/{joao['id']}", 422, json=values)).startswith(detail)

    @pytest.mark.falha(79)
    async def test_a_field_that_nobody_knows_is_refused(self, sqlite_api: Api) -> None:
        path = f"/consultor/{(await sqlite_api.new())['id']}"
        for method, where, body in (
            ("POST", "/consultor", JOAO),
            ("PUT", path, {}),
            ("PUT", f"{path}/connection", {"status_online": True}),
            ("POST", "/protocolo", {"consultor_id": 1}),
            ("PUT", "/protocolo/1", {"consultor_id": None}),
        ):
            assert (await sqlite_api.refused(method, where, 422, json=body | {"senha": "x"})).startswith("senha: ")

    @pytest.mark.falha(78)
    async def test_a_body_that_is_no_object_is_400(self, sqlite_api: Api) -> None:
        for body in (b"", b"[]", b"{", b'{"nome": NaN}', b'{"a": 1, "a": 2}', b'"\\ud800"'):
            await sqlite_api.refused("POST", "/consultor", 400, data=body)

    async def test_languages_are_one_under_every_way_to_write_them(self, api: Api) -> None:
        joao = await api.new(idiomas=["PT-br", "pt", "es_419"])
        assert joao["idiomas"] == ["pt", "es"]
        await api.online(joao["id"])
        for idioma in ("pt", "pt-BR", "ES", "es-MX"):
            assert (await api.da_vez(idioma=idioma))["consultor_id"] == joao["id"]

    async def test_a_consultor_there_is_not(self, sqlite_api: Api) -> None:
        for path, status in (("99", 404), ("abc", 422), ("9" * 19, 404), ("-1", 422)):
            for method, rest, body in (
                ("GET", "", None),
                ("PUT", "", {"nome": "X"}),
                ("DELETE", "", None),
                ("PUT", "/connection", {"status_online": True}),
            ):
                await sqlite_api.refused(method, f"/consultor/{path}{rest}", status, json=body)

    async def test_a_query_that_is_wrong_is_named(self, sqlite_api: Api) -> None:
        for query in ({"limit": "0"}, {"limit": "501"}, {"skip": "-1"}, {"status_ativo": "talvez"}):
            (name,) = query
            assert (await sqlite_api.refused("GET", "/consultores", 422, params=query)).startswith(f"{name}: ")


class TestProtocolos:
    async def test_are_listed_in_order_and_by_consultor(self, api: Api) -> None:
        joao, ana = [(await api.new(nome=name))["id"] for name in ("João", "Ana")]
        for one in (joao, ana, joao, None):
            await api.call("POST", "/protocolo", 201, json={"consultor_id": one}) if one else await api.call(
                "GET", "/gerar-protocolo"
            )

        async def listed(**query: Any) -> tuple[list[str], str]:
            page = await api.call("GET", "/protocolos", params=query)
            return [one["numero"] for one in page], api.headers["X-Total-Count"]

        assert await listed() == (["#00001", "#00002", "#00003", "#00004"], "4")
        assert await listed(skip=1, limit=2) == (["#00002", "#00003"], "4")
        assert await listed(consultor_id=joao) == (["#00001", "#00003"], "2")
        assert await listed(consultor_id=joao, skip=1) == (["#00003"], "2")
        assert await listed(consultor_id=99) == ([], "0")

    async def test_may_be_given_to_another(self, api: Api) -> None:
        joao = (await api.new())["id"]
        free = await api.call("GET", "/gerar-protocolo")
        given = await api.call("PUT", "/protocolo/1", json={"consultor_id": joao})
        assert given == free | {"consultor_id": joao}
        assert await api.call("PUT", "/protocolo/1/", json={"consultor_id": None}) == free
        assert await api.refused("PUT", "/protocolo/1", 404, json={"consultor_id": 99}) == "Consultor não encontrado"
        assert await api.call("GET", "/protocolo/1") == free

    async def test_are_found_by_the_number_as_it_is_written(self, sqlite_api: Api) -> None:
        free = await sqlite_api.call("GET", "/gerar-protocolo")
        for written in ("1", "00001", "%2300001"):
            assert await sqlite_api.call("GET", f"/protocolo/{written}") == free
        for missing in ("2", "abc", "0", "9" * 30):
            assert await sqlite_api.refused("GET", f"/protocolo/{missing}", 404) == "Protocolo não encontrado"

    async def test_of_a_consultor_there_is_not_use_up_no_number(self, api: Api) -> None:
        for wrong in (99, 2**63 - 1):
            assert await api.refused("POST", "/protocolo", 404, json={"consultor_id": wrong}) == (
                "Consultor não encontrado"
            )
        for malformed in ({}, {"consultor_id": None}, {"consultor_id": "1"}, {"consultor_id": True}):
            assert "consultor_id" in await api.refused("POST", "/protocolo", 422, json=malformed)
        assert (await api.call("GET", "/gerar-protocolo"))["numero"] == "#00001"
