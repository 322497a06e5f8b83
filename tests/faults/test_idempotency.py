"""A writing call that is sent again under its `Idempotency-Key` is done once, and answered as it was first (120)."""

import asyncio
from asyncio.subprocess import Process
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from sandbox.faturas.estragos import pdf_of
from storage.pessoa.perfil import Perfil
from tests.support.faturas import conta
from tests.support.service import RunningService
from tests.webhooks.processo import test_upload as upload
from webhooks.http.bodies import MAX_BODY_BYTES

pytestmark = pytest.mark.each_database

KEY = {"api-key": "chave-da-api"}
JOAO = {"nome": "João", "idiomas": ["pt"]}


async def call(
    service: RunningService, method: str, path: str, key: str, body: Any = None, headers: dict[str, str] = KEY
) -> tuple[int, Any, bool]:
    """Status, body, whether it is said to be the first answer once more."""
    async with service.http.request(method, path, json=body, headers=headers | {"Idempotency-Key": key}) as response:
        return response.status, await response.json(), response.headers.get("Idempotent-Replayed") == "true"


@pytest.mark.falha(120)
async def test_the_same_call_again_is_answered_the_same_and_done_once(service: RunningService) -> None:
    first = await call(service, "POST", "/consultor", "k1", JOAO)
    again = await call(service, "POST", "/consultor/", "k1", JOAO)
    assert first[0] == again[0] == 201
    assert (first[1], first[2], again[2]) == (again[1], False, True)
    assert len(await service.rows("SELECT id FROM consultores")) == 1


@pytest.mark.falha(120)
async def test_another_body_under_the_same_key_is_refused(service: RunningService) -> None:
    await call(service, "POST", "/consultor", "k1", JOAO)
    status, body, _ = await call(service, "POST", "/consultor", "k1", JOAO | {"nome": "Rita"})
    assert (status, body["detail"]) == (422, "Idempotency-Key: it came first with another body")
    assert len(await service.rows("SELECT id FROM consultores")) == 1


@pytest.mark.falha(120)
async def test_what_is_no_key_is_refused(service: RunningService) -> None:
    for key in ("", "x" * 256, "chave com espaço"):
        assert (await call(service, "POST", "/consultor", key, JOAO))[0] == 422
        assert await service.rows("SELECT id FROM consultores") == []


@pytest.mark.falha(120)
async def test_each_caller_and_each_path_has_keys_of_its_own(service: RunningService) -> None:
    ana = service.token(await service.usuario("Ana", "5531988880001", Perfil.CONSULTOR))
    bia = service.token(await service.usuario("Bia", "5531988880002", Perfil.CONSULTOR))
    for headers in (ana, bia):
        answer = await call(service, "POST", "/api/v1/presence/set-status", "k1", {"status": "online"}, headers)
        assert (answer[0], answer[1]["status"], answer[2]) == (200, "online", False)
    await call(service, "POST", "/consultor", "k1", JOAO)
    assert (await call(service, "GET", "/gerar-protocolo", "k1"))[1]["numero"] == "#00001"
    assert len(await service.rows("SELECT id FROM answered_calls")) == 4


@pytest.mark.falha(120)
async def test_twenty_at_once_are_done_once_and_all_get_one_answer(service: RunningService) -> None:
    answers = await asyncio.gather(*(call(service, "POST", "/consultor", "k1", JOAO) for _ in range(20)))
    assert {status for status, _, _ in answers} == {201}
    assert len({body["id"] for _, body, _ in answers}) == 1
    assert sum(replayed for _, _, replayed in answers) == 19
    assert len(await service.rows("SELECT id FROM consultores")) == 1


@pytest.mark.falha(120)
@pytest.mark.parametrize(
    ("method", "path", "body", "status", "made"),
    [
        ("POST", "/consultor", JOAO, 201, "SELECT id FROM consultores"),
        ("GET", "/gerar-protocolo", None, 200, "SELECT id FROM protocolos"),
    ],
)
async def test_a_call_whose_answer_to_commit_is_lost_finds_itself(
    service: RunningService,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    body: Any,
    status: int,
    made: str,
) -> None:
    commit, lose = AsyncConnection.commit, ["once"]

    async def lossy(self: AsyncConnection) -> None:
        await commit(self)
        if lose:
            lose.pop()
            raise ConnectionError("the answer to COMMIT was lost")

    monkeypatch.setattr(AsyncConnection, "commit", lossy)
    assert (await call(service, method, path, "k1", body))[0] == status
    assert lose == []
    assert len(await service.rows(made)) == 1


@pytest.mark.falha(120)
async def test_a_number_is_given_out_once_and_a_consultor_has_their_turn_once(service: RunningService) -> None:
    for nome in ("Davi", "Rita"):
        _, made, _ = await call(service, "POST", "/consultor", nome, JOAO | {"nome": nome})
        await call(service, "PUT", f"/consultor/{made['id']}/connection", nome, {"status_online": True})
    answers = [await call(service, "GET", "/consultor/da-vez?idioma=pt", "k1") for _ in range(2)]
    assert answers[0][1] == answers[1][1]
    assert (await call(service, "GET", "/consultor/da-vez?idioma=en", "k1"))[0] == 422
    other = await call(service, "GET", "/consultor/da-vez?idioma=pt", "k2")
    assert (other[1]["protocolo"], other[1]["consultor_nome"]) != (answers[0][1]["protocolo"], "Davi")


@pytest.mark.falha(120)
async def test_a_change_is_answered_the_same_although_things_went_on(
    service: RunningService,
) -> None:
    _, made, _ = await call(service, "POST", "/consultor", "k0", JOAO)
    path = f"/consultor/{made['id']}"
    changed = await call(service, "PUT", path, "k1", {"nome": "João Silva"})
    await call(service, "PUT", path, "k2", {"nome": "João Souza"})
    assert (await call(service, "PUT", path, "k1", {"nome": "João Silva"}))[1] == changed[1]
    assert [row["nome"] for row in await service.rows("SELECT nome FROM consultores")] == ["João Souza"]
    gone = await call(service, "DELETE", path, "k3")
    await call(service, "PUT", path, "k4", {"status_ativo": True})
    assert (await call(service, "DELETE", path, "k3"))[:2] == gone[:2]
    assert [bool(row["status_ativo"]) for row in await service.rows("SELECT status_ativo FROM consultores")] == [True]


@pytest.mark.falha(120)
async def test_a_refusal_is_answered_again_and_what_could_not_be_tried_is_tried(
    service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"consultor_id": 1}
    assert (await call(service, "POST", "/protocolo", "k1", body))[0] == 404
    await call(service, "POST", "/consultor", "k2", JOAO)
    assert await call(service, "POST", "/protocolo", "k1", body) == (404, {"detail": "Consultor não encontrado"}, True)
    assert (await call(service, "POST", "/protocolo", "k3", body))[0] == 201
    with monkeypatch.context() as patched:
        patched.setattr("webhooks.consultor.consultores.create_consultor", _overloaded)
        assert (await call(service, "POST", "/consultor", "k4", JOAO))[0] == 503
    assert (await call(service, "POST", "/consultor", "k4", JOAO))[0] == 201


async def _overloaded(*_: object, **__: object) -> None:
    raise ConnectionError("no room")


async def send(
    service: RunningService, hugo: dict[str, str], processo_id: UUID, content: bytes
) -> tuple[int, str, bool]:
    """An invoice brought by hand under a key: status, text, whether it is the first answer once more."""
    headers = hugo | {"Idempotency-Key": "k1"}
    async with service.http.post(upload.PATH, data=upload.form(processo_id, content), headers=headers) as response:
        return response.status, await response.text(), "Idempotent-Replayed" in response.headers


@pytest.mark.falha(120)
async def test_a_form_is_known_by_its_parts(service: RunningService) -> None:
    """What stands between the parts is another text each time."""
    processo = await upload.waits(service)
    hugo = service.token(await service.usuario("Hugo", "5531988801000", Perfil.OPERADOR))
    content = pdf_of(conta())
    first, again = [await send(service, hugo, processo.id, content) for _ in range(2)]
    assert (first[0], first[2], again) == (201, False, (201, first[1], True))
    assert (await send(service, hugo, processo.id, content + b"\n"))[0] == 422
    assert len(await service.rows("SELECT id FROM documentos_fatura")) == 1


@pytest.mark.falha(120)
async def test_a_file_is_read_once_and_before_the_transaction(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading it takes seconds, in which others write: SQLite has one writer."""
    processo = await upload.waits(sqlite_service)
    hugo = sqlite_service.token(await sqlite_service.usuario("Hugo", "5531988801000", Perfil.OPERADOR))
    leitor = sqlite_service.wiring.leitor
    read = leitor._run
    wrote: list[UUID] = []

    async def slowly(process: Process, asked: bytes) -> tuple[int, bytes]:
        async with asyncio.timeout(3):
            wrote.append(await sqlite_service.usuario("Ana", f"553198880100{len(wrote) + 1}", Perfil.VENDEDOR))
        return await read(process, asked)

    monkeypatch.setattr(leitor, "_run", slowly)
    answers = [await send(sqlite_service, hugo, processo.id, pdf_of(conta())) for _ in range(2)]
    assert [status for status, _, _ in answers] == [201, 201]
    assert len(wrote) == 1


@pytest.mark.falha(120)
async def test_a_form_under_a_key_may_be_as_large_as_without_and_its_refusal_is_kept(
    sqlite_service: RunningService,
) -> None:
    processo = await upload.waits(sqlite_service)
    hugo = sqlite_service.token(await sqlite_service.usuario("Hugo", "5531988801000", Perfil.OPERADOR))
    archive = b"PK\x03\x04" + bytes(MAX_BODY_BYTES)
    answers = [await send(sqlite_service, hugo, processo.id, archive) for _ in range(2)]
    refusal = '{"detail": "fatura_pdf: arquivo_zip"}'
    assert answers == [(422, refusal, False), (422, refusal, True)]


@pytest.mark.falha(120)
async def test_a_key_is_known_for_a_day_and_then_forgotten(service: RunningService) -> None:
    await call(service, "GET", "/gerar-protocolo", "k1")
    service.clock.move(hours=23)
    await service.clock_work.clean_up()
    assert (await call(service, "GET", "/gerar-protocolo", "k1"))[2]
    service.clock.move(hours=2)
    await service.clock_work.clean_up()
    assert not (await call(service, "GET", "/gerar-protocolo", "k1"))[2]
