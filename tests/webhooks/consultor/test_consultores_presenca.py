"""The person behind a consultor: whose phone it is, and that presence and `status_online` are one."""

from uuid import UUID

from storage.pessoa.perfil import Perfil
from tests.support.consultores_api import JOAO, Api

DAVI = "5531988804003"


class TestThePersonBehind:
    async def test_of_a_new_phone_is_registered_as_consultor(self, api: Api) -> None:
        joao = await api.new(telefone="+55 (31) 98880-4003")
        assert (joao["telefone"], joao["status_online"]) == (DAVI, False)
        assert await api.service.rows("SELECT nome_completo, telefone, perfil_usuario FROM usuarios") == [
            {"nome_completo": "João Silva", "telefone": DAVI, "perfil_usuario": "CONSULTOR"}
        ]

    async def test_is_whoever_has_that_phone_already_with_the_ninth_digit_or_without(self, api: Api) -> None:
        await api.service.usuario("Davi Alves", DAVI, Perfil.CONSULTOR)
        await api.new(telefone="553188804003")
        assert len(await api.service.rows("SELECT id FROM usuarios")) == 1

    async def test_is_the_person_of_one_consultor_only(self, api: Api) -> None:
        joao = await api.new(telefone=DAVI)
        wanted = f"telefone: consultor {joao['id']} has it"
        assert await api.refused("POST", "/consultor", 409, json=JOAO | {"telefone": DAVI}) == wanted
        ana = await api.new(nome="Ana")
        path = f"/consultor/{ana['id']}"
        assert await api.refused("PUT", path, 409, json={"telefone": DAVI}) == wanted
        await api.call("PUT", f"/consultor/{joao['id']}", json={"telefone": None})
        assert (await api.call("PUT", path, json={"telefone": DAVI}))["telefone"] == DAVI

    async def test_a_connection_is_their_presence(self, api: Api) -> None:
        davi = await api.service.usuario("Davi Alves", DAVI, Perfil.CONSULTOR)
        joao = await api.new(telefone=DAVI)
        for online, status in ((True, "online"), (False, "offline")):
            assert (await api.online(joao["id"], online))["status_online"] is online
            async with api.service.http.get("/api/v1/presence/me", headers=api.service.token(davi)) as response:
                assert (await response.json())["status"] == status
        assert [row["via"] for row in await api.service.rows("SELECT via FROM presence_changes")] == [
            "consultores",
            "consultores",
        ]

    async def test_a_connection_is_not_ended_by_missing_heartbeats_or_silence(self, sqlite_api: Api) -> None:
        service = sqlite_api.service
        joao = await sqlite_api.new(telefone=DAVI)
        await sqlite_api.online(joao["id"])
        service.clock.move(hours=9)
        assert (await service.clock_work.sweep_heartbeats(), await service.clock_work.ask_the_silent()) == (0, 0)
        assert (await sqlite_api.call("GET", f"/consultor/{joao['id']}"))["status_online"] is True

    async def test_what_they_choose_is_the_status_online(self, api: Api) -> None:
        davi = await api.service.usuario("Davi Alves", DAVI, Perfil.CONSULTOR)
        joao = await api.new(telefone=DAVI)
        for status, online in (("online", True), ("busy", False), ("online", True), ("away", False), ("online", True)):
            await self.sets(api, davi, status)
            assert (await api.call("GET", f"/consultor/{joao['id']}"))["status_online"] is online
            await api.da_vez(200 if online else 404)

    async def test_what_was_read_is_written_back_without_ending_what_they_chose(self, sqlite_api: Api) -> None:
        davi = await sqlite_api.service.usuario("Davi Alves", DAVI, Perfil.CONSULTOR)
        joao = await sqlite_api.new(telefone=DAVI)
        await self.sets(sqlite_api, davi, "busy")
        path = f"/consultor/{joao['id']}"
        assert await sqlite_api.call("PUT", path, json=joao) == joao
        assert await sqlite_api.service.rows("SELECT announced, via FROM agent_presence") == [
            {"announced": "busy", "via": "api"}
        ]
        await sqlite_api.call("PUT", path, json=joao | {"status_online": True})
        assert await sqlite_api.service.rows("SELECT announced, via FROM agent_presence") == [
            {"announced": "online", "via": "consultores"}
        ]

    async def test_an_app_that_falls_silent_takes_them_out_of_the_turn(self, api: Api) -> None:
        davi = await api.service.usuario("Davi Alves", DAVI, Perfil.CONSULTOR)
        joao = await api.new(telefone=DAVI)
        await self.sets(api, davi, "online")
        api.service.clock.move(minutes=3)
        assert await api.service.clock_work.sweep_heartbeats() == 1
        assert (await api.call("GET", f"/consultor/{joao['id']}"))["status_online"] is False
        await api.da_vez(404)

    async def test_who_is_online_when_they_become_a_consultor_is_in_turn_at_once(self, api: Api) -> None:
        davi = await api.service.usuario("Davi Alves", DAVI, Perfil.CONSULTOR)
        await self.sets(api, davi, "online")
        joao = await api.new(telefone=DAVI)
        assert (joao["status_online"], (await api.da_vez())["consultor_id"]) == (True, joao["id"])

    async def test_out_of_service_they_are_offline_and_back_what_their_presence_says(self, api: Api) -> None:
        davi = await api.service.usuario("Davi Alves", DAVI, Perfil.CONSULTOR)
        joao = await api.new(telefone=DAVI)
        await self.sets(api, davi, "online")
        path = f"/consultor/{joao['id']}"
        assert (await api.call("DELETE", path))["status_online"] is False
        assert (await api.online(joao["id"]))["status_online"] is False
        await self.sets(api, davi, "busy")
        await self.sets(api, davi, "online")
        for shown in (await api.call("GET", path), *await api.call("GET", "/consultores")):
            assert (shown["status_ativo"], shown["status_online"]) == (False, False)
        assert await api.call("GET", "/consultores", params={"status_online": "true"}) == []
        await api.da_vez(404)

        back = await api.call("PUT", path, json={"status_ativo": True})
        assert (back["status_online"], (await api.da_vez())["consultor_id"]) == (True, joao["id"])

    async def test_without_a_phone_they_come_back_as_they_were_told_to_be(self, api: Api) -> None:
        joao = await api.new()
        path = f"/consultor/{joao['id']}"
        before = await api.online(joao["id"])
        gone = await api.call("PUT", path, json=before | {"status_ativo": False})
        assert gone == before | {"status_ativo": False, "status_online": False}
        assert await api.call("PUT", path, json=gone) == gone
        assert await api.call("PUT", path, json=gone | {"status_ativo": True}) == before

        await api.call("PUT", path, json={"status_ativo": False, "status_online": False})
        assert (await api.call("PUT", path, json={"status_ativo": True}))["status_online"] is False

    @staticmethod
    async def sets(api: Api, usuario_id: UUID, status: str) -> None:
        headers, body = api.service.token(usuario_id), {"status": status}
        async with api.service.http.post("/api/v1/presence/set-status", headers=headers, json=body) as response:
            assert response.status == 200, await response.text()
