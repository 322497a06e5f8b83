"""Schedules over HTTP (contract, section 8)."""

from typing import Any

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.service import RunningService

BACKUP = {
    "nome_agendamento": "Backup diário",
    "cron_expressao": "0 2 * * *",
    "tipo_agendamento": "BACKUP_DIARIO_BD",
    "parametros_execucao": {},
    "status_ativo": True,
}


@pytest.fixture
async def adm(sqlite_service: RunningService) -> dict[str, str]:
    return sqlite_service.token(await sqlite_service.administrador())


async def asked(
    service: RunningService, method: str, path: str, headers: dict[str, str], body: Any = None
) -> tuple[int, Any]:
    async with service.http.request(method, path, json=body, headers=headers) as response:
        return response.status, await response.json()


async def test_it_is_made_read_changed_paused_and_run(sqlite_service: RunningService, adm: dict[str, str]) -> None:
    status, made = await asked(sqlite_service, "POST", "/agendamentos", adm, BACKUP)
    assert status == 201
    assert made["proxima_execucao"].endswith("05:00:00Z"), "02:00 in São Paulo"
    assert made["parametros_execucao"] == {"restaurar": True}
    path = f"/agendamentos/{made['id']}"
    assert (await asked(sqlite_service, "GET", path, adm))[1] == made
    assert (await asked(sqlite_service, "GET", "/agendamentos", adm))[1] == [made]
    _, changed = await asked(sqlite_service, "PUT", path, adm, {"cron_expressao": "0 3 * * *"})
    assert changed["proxima_execucao"].endswith("06:00:00Z")
    assert changed["nome_agendamento"] == made["nome_agendamento"], "what is not named stays"
    _, paused = await asked(sqlite_service, "DELETE", path, adm)
    assert (paused["status_ativo"], paused["proxima_execucao"]) == (False, None)
    assert (await asked(sqlite_service, "POST", f"{path}/executar", adm))[0] == 409, "it was put to rest"
    await asked(sqlite_service, "PUT", path, adm, {"status_ativo": True})
    status, run = await asked(sqlite_service, "POST", f"{path}/executar", adm)
    assert (status, run["agendamento_id"]) == (202, made["id"])


async def test_what_cannot_be_is_refused_by_its_field(sqlite_service: RunningService, adm: dict[str, str]) -> None:
    for changes, status, names in (
        (
            {"cron_expressao": "0 0 31 2 *"},
            422,
            "cron_expressao: no month has a dia '31' as it says: it would never run",
        ),
        ({"cron_expressao": "0 25 * * *"}, 422, "cron_expressao: '25' is no hora"),
        ({"cron_expressao": "0 8 * *"}, 422, "cron_expressao: five fields are needed (minuto hora dia mes dia_semana)"),
        ({"tipo_agendamento": "OUTRO"}, 422, "tipo_agendamento"),
        ({"parametros_execucao": {"janela": 1}}, 422, "parametros_execucao.janela"),
        ({"nome_agendamento": " "}, 422, "nome_agendamento"),
    ):
        answered, body = await asked(sqlite_service, "POST", "/agendamentos", adm, BACKUP | changes)
        assert answered == status
        assert body["detail"].startswith(names)


DOWNLOADS = {"nome_agendamento": "Downloads", "cron_expressao": "0 8 * * *", "tipo_agendamento": "EXECUTAR_DOWNLOADS"}
RELATORIOS = {"nome_agendamento": "Relatórios", "cron_expressao": "0 8 * * *", "tipo_agendamento": "ENVIAR_RELATORIOS"}


async def test_an_operadora_that_there_is_not_is_refused_and_one_is_known_by_its_name(
    sqlite_service: RunningService, adm: dict[str, str]
) -> None:
    await asked(sqlite_service, "POST", "/operadoras", adm, {"nome": "Vivo Empresas", "codigo": "VIVO"})
    wrong = DOWNLOADS | {"parametros_execucao": {"operadoras": ["VIVO", "NAOHA"]}}
    status, body = await asked(sqlite_service, "POST", "/agendamentos", adm, wrong)
    assert (status, body["detail"].split(": ")[0]) == (404, "parametros_execucao.operadoras.1")
    right = DOWNLOADS | {"parametros_execucao": {"operadoras": ["vivo", "vivo empresas"]}}
    status, made = await asked(sqlite_service, "POST", "/agendamentos", adm, right)
    assert (status, made["parametros_execucao"]["operadoras"]) == (201, ["VIVO"])
    path = f"/agendamentos/{made['id']}"
    assert (await asked(sqlite_service, "PUT", path, adm, {"parametros_execucao": {"operadoras": ["OI"]}}))[0] == 404
    assert (await asked(sqlite_service, "PUT", path, adm, {"cron_expressao": "0 9 * * *"}))[0] == 200


async def test_a_report_goes_to_somebody(sqlite_service: RunningService, adm: dict[str, str]) -> None:
    wrong = RELATORIOS | {"parametros_execucao": {"para": ["aprovador", "5531977776666"]}}
    status, body = await asked(sqlite_service, "POST", "/agendamentos", adm, wrong)
    assert (status, body["detail"].split(": ")[0]) == (404, "parametros_execucao.para.1")
    await sqlite_service.usuario("Gil", "5531977776666", Perfil.APROVADOR)
    right = RELATORIOS | {"parametros_execucao": {"para": ["aprovador", "(31) 7777-6666"]}}
    status, made = await asked(sqlite_service, "POST", "/agendamentos", adm, right)
    assert (status, made["parametros_execucao"]["para"]) == (201, ["APROVADOR", "5531977776666"])


async def test_a_name_is_one_schedules(sqlite_service: RunningService, adm: dict[str, str]) -> None:
    await asked(sqlite_service, "POST", "/agendamentos", adm, BACKUP)
    assert (await asked(sqlite_service, "POST", "/agendamentos", adm, BACKUP))[0] == 409


async def test_nobody_but_administrators_has_schedules(sqlite_service: RunningService) -> None:
    seller = sqlite_service.token(await sqlite_service.usuario("Ana", "5531988881111", Perfil.VENDEDOR))
    assert (await asked(sqlite_service, "GET", "/agendamentos", seller))[0] == 403


async def test_one_that_is_not_there(sqlite_service: RunningService, adm: dict[str, str]) -> None:
    for name, status in (("nada", 422), ("1c9f2f57-3a2b-4b58-8f0e-9d8d0f7a5b22", 404)):
        assert (await asked(sqlite_service, "GET", f"/agendamentos/{name}", adm))[0] == status
        assert (await asked(sqlite_service, "POST", f"/agendamentos/{name}/executar", adm))[0] == status
