"""A writing call that is sent again under its `Idempotency-Key` is done once, and answered as it was first (120)."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.service import RunningService
from webhooks.given import RUN, RUN_AGAIN
from webhooks.http.answers import ApiError
from webhooks.http.one_turn import within
from webhooks.idempotency import answered_once

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
@pytest.mark.parametrize("key", ["", "x" * 256, "chave com espaço"])
async def test_what_is_no_key_is_refused(service: RunningService, key: str) -> None:
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


@pytest.mark.falha(120)
async def test_a_form_is_known_by_its_parts(service: RunningService) -> None:
    """What stands between the parts is another text each time."""
    seen: list[bytes] = []

    async def upload(request: web.Request) -> web.Response:
        form = await request.post()
        part = form["fatura_pdf"]
        assert isinstance(part, web.FileField)
        data = part.file.read()

        async def work(tx: Transaction) -> None:
            seen.append(data)

        await request.app[RUN](work)
        return web.json_response({"processo_id": form["processo_id"]}, status=201)

    async def once(request: web.Request) -> web.StreamResponse:
        try:
            return await answered_once(request, upload)
        except ApiError as error:
            return web.json_response({"detail": error.detail}, status=error.status)

    app = web.Application()
    app[RUN], app[RUN_AGAIN] = within(service.wiring.turns.write), service.wiring.turns.run
    app.router.add_post("/envio", once)
    processo = str(uuid4())
    async with TestClient(TestServer(app)) as client:

        async def send(data: bytes) -> tuple[int, str | None]:
            form = FormData({"processo_id": processo})
            form.add_field("fatura_pdf", data, filename="fatura.pdf", content_type="application/pdf")
            async with client.post("/envio", data=form, headers={"Idempotency-Key": "k1"}) as response:
                return response.status, response.headers.get("Idempotent-Replayed")

        assert [await send(b"%PDF-1.7 a"), await send(b"%PDF-1.7 a")] == [(201, None), (201, "true")]
        assert await send(b"%PDF-1.7 b") == (422, None)
    assert seen == [b"%PDF-1.7 a"]


@pytest.mark.falha(120)
async def test_a_key_is_known_for_a_day_and_then_forgotten(service: RunningService) -> None:
    await call(service, "GET", "/gerar-protocolo", "k1")
    service.clock.move(hours=23)
    await service.clock_work.clean_up()
    assert (await call(service, "GET", "/gerar-protocolo", "k1"))[2]
    service.clock.move(hours=2)
    await service.clock_work.clean_up()
    assert not (await call(service, "GET", "/gerar-protocolo", "k1"))[2]
