"""Usuarios over HTTP: registered, read, changed, deactivated; whose rights change lose them at once."""

from uuid import uuid4

import pytest

from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil, change_usuario
from storage.transaction import Transaction
from tests.support.service import RunningService
from tests.webhooks.processo.test_processos import Api, person

GIL = {"nome_completo": "Gil Torres", "telefone": "+55 (31) 98880-6002", "perfil_usuario": "APROVADOR"}


@pytest.fixture
async def admin(sqlite_service: RunningService) -> Api:
    return Api(sqlite_service, await sqlite_service.administrador())


async def test_registered_read_changed_deactivated(sqlite_service: RunningService, admin: Api) -> None:
    gil = await admin("POST", "/usuarios", 201, json=GIL | {"senha_pap": "s3nha", "email": "Gil@Example.com"})
    assert (gil["telefone"], gil["email"], gil["tem_senha_pap"]) == ("5531988806002", "gil@example.com", True)
    assert "s3nha" not in str(gil)
    assert await admin("GET", f"/usuarios/{gil['id']}") == gil
    for asked in ("telefone=31+8880-6002", "telefone=5531988806002", "email=GIL@example.com"):
        assert [one["id"] for one in await admin("GET", f"/usuarios?{asked}")] == [gil["id"]], asked
    assert await admin("GET", "/usuarios?email=gil@example.org") == []
    changed = await admin("PUT", f"/usuarios/{gil['id']}", json={"perfil_usuario": "OPERADOR", "email": None})
    assert (changed["perfil_usuario"], changed["email"], changed["nome_completo"]) == ("OPERADOR", None, "Gil Torres")
    assert [one["id"] for one in await admin("GET", "/usuarios?perfil_usuario=OPERADOR")] == [gil["id"]]
    assert (await admin("DELETE", f"/usuarios/{gil['id']}"))["status_ativo"] is False
    assert (await admin("DELETE", f"/usuarios/{gil['id']}"))["status_ativo"] is False
    assert gil["id"] not in [one["id"] for one in await admin("GET", "/usuarios?status_ativo=true")]
    (row,) = await sqlite_service.rows("SELECT senha_pap FROM usuarios WHERE nome_completo = 'Gil Torres'")
    assert "s3nha" not in row["senha_pap"]


@pytest.mark.falha(38)
@pytest.mark.falha(70)
async def test_whose_rights_change_loses_them_at_once(sqlite_service: RunningService, admin: Api) -> None:
    made = await admin("POST", "/usuarios", 201, json=GIL)
    gil = await person(sqlite_service, Perfil.ADMINISTRADOR, "5531988801009")
    (row,) = await admin("GET", "/usuarios?telefone=5531988801009")
    await gil("GET", "/usuarios")
    await admin("PUT", f"/usuarios/{row['id']}", json={"perfil_usuario": "OPERADOR"})
    await gil("GET", "/usuarios", 403)
    await gil("GET", "/processos")
    await admin("DELETE", f"/usuarios/{row['id']}")
    await gil("GET", "/processos", 401)
    assert made["status_ativo"]


async def test_a_phone_or_address_is_one_persons_in_any_form(admin: Api) -> None:
    gil = await admin("POST", "/usuarios", 201, json=GIL | {"email": "gil@example.com"})
    ivo = {"nome_completo": "Ivo Prado", "telefone": "5531988806003", "perfil_usuario": "APROVADOR"}
    for wrong, campo in (
        ({"telefone": "553188806002"}, "telefone"),
        ({"tel_whatsapp": "5531988806002"}, "tel_whatsapp"),
        ({"email": "GIL@example.com"}, "email"),
    ):
        taken = await admin("POST", "/usuarios", 409, json=ivo | wrong)
        assert taken["detail"] == f"{campo}: usuario {gil['id']} has it"
    made = await admin("POST", "/usuarios", 201, json=ivo)
    await admin("PUT", f"/usuarios/{made['id']}", 409, json={"tel_whatsapp": "5531988806002"})
    await admin("PUT", f"/usuarios/{made['id']}", 409, json={"telefone": "5531988806009"})
    await admin("PUT", f"/usuarios/{made['id']}", json={"telefone": "553188806003", "nome_completo": "Ivo P."})


async def test_somebody_stays_who_may_register_people(sqlite_service: RunningService, admin: Api) -> None:
    (only,) = await admin("GET", "/usuarios?perfil_usuario=ADMINISTRADOR")
    for method, body in (("DELETE", None), ("PUT", {"perfil_usuario": "OPERADOR"}), ("PUT", {"status_ativo": False})):
        refused = await admin(method, f"/usuarios/{only['id']}", 409, json=body)
        assert refused["detail"] == "no administrator would be left"
    await person(sqlite_service, Perfil.ADMINISTRADOR, "5531988801009")
    await admin("DELETE", f"/usuarios/{only['id']}")


async def test_a_new_login_is_tried_again(sqlite_service: RunningService, admin: Api) -> None:
    made = await admin("POST", "/usuarios", 201, json=GIL | {"perfil_usuario": "BACKOFFICE", "senha_pap": "velha"})
    await sqlite_service.wiring.turns.run(_refuse_all)
    await admin("PUT", f"/usuarios/{made['id']}", json={"senha_pap": "nova"})
    (row,) = await sqlite_service.rows("SELECT login_recusado_em FROM usuarios WHERE nome_completo = 'Gil Torres'")
    assert row["login_recusado_em"] is None


async def test_nobody_but_administrators_manages_people(sqlite_service: RunningService, admin: Api) -> None:
    for number, perfil in enumerate((Perfil.APROVADOR, Perfil.OPERADOR, Perfil.VENDEDOR, Perfil.CONSULTOR)):
        other = await person(sqlite_service, perfil, f"55319888010{number:02}")
        await other("GET", "/usuarios", 403)
        await other("POST", "/usuarios", 403, json=GIL)
    await admin("GET", f"/usuarios/{uuid4()}", 404)
    await admin("PUT", f"/usuarios/{uuid4()}", 404, json={})


@pytest.mark.falha(406)
async def test_what_is_wrong_is_named(admin: Api) -> None:
    for campo, wrong in (
        ("telefone", "123"),
        ("perfil_usuario", "CHEFE"),
        ("email", "gil"),
        ("nome_completo", " "),
        ("nome_completo", "\u200b\u2066"),
        ("cargo", "x"),
    ):
        refused = await admin("POST", "/usuarios", 422, json=GIL | {campo: wrong})
        assert refused["detail"].startswith(f"{campo}: "), wrong


@pytest.mark.falha(406)
async def test_a_name_is_one_line_that_turns_nothing_round(admin: Api) -> None:
    made = await admin("POST", "/usuarios", 201, json=GIL | {"nome_completo": "\u202eGil\nTorres 😀\u200d🔧"})
    assert made["nome_completo"] == "Gil Torres 😀\u200d🔧"


async def test_who_did_it_is_in_the_audit(sqlite_service: RunningService, admin: Api) -> None:
    gil = await admin("POST", "/usuarios", 201, json=GIL)
    await admin("PUT", f"/usuarios/{gil['id']}", json={"perfil_usuario": "OPERADOR"})
    rows = [row for row in await admin("GET", "/auditoria") if row["alvo"] == f"usuario:{gil['id']}"]
    assert [row["detalhe"]["campos"] for row in rows] == [["perfil_usuario"], ["criado"]]


async def _refuse_all(tx: Transaction) -> None:
    (row,) = await active_of_perfil(tx.connection, Perfil.BACKOFFICE, 1)
    await change_usuario(tx, row.id, login_recusado_em=tx.now)
