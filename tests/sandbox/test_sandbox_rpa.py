"""The robots' stand-in keeps the contract, and misbehaves when asked."""

import asyncio

import pytest
from standardwebhooks import Webhook

from sandbox import Ask, fail, late, normal, refuse_password, silent, stall


def _events(service):
    return [body["event"].removeprefix("job.") for body in service.events("rpa")]


async def _answer(service, job, resposta):
    question = await job.asked()
    body = {"pergunta_id": question["pergunta_id"], "resposta": resposta}
    return (await service.rpa("POST", f"/jobs/{job.id}/responder", body))[0]


async def test_sale_asks_four_things_and_ends_with_an_order_number(sandbox, service):
    status, answer = await service.sell()
    job = await sandbox.rpa.started("v1")
    assert (status, answer) == (200, {"job_id": job.id})
    for resposta in ("30130-010", "529.982.247-25", "fibra-500", "Manhã"):
        assert await _answer(service, job, resposta) == 200
    assert await job.ended() == "completed"
    await sandbox.rpa.settled()
    assert _events(service).count("question") == 4
    assert _events(service)[-1] == "completed"
    assert [body["seq"] for body in service.events("rpa")] == list(range(1, len(service.events("rpa")) + 1))
    assert job.resultado["numero_pedido"].startswith("NIO-")


async def test_callbacks_are_signed_and_keep_their_id_when_repeated(sandbox, service):
    service.answers = [500, 500]
    await service.sell()
    await (await sandbox.rpa.started()).asked()
    await sandbox.rpa.settled()
    first = [headers for channel, headers, _ in service.heard if channel == "rpa"][:3]
    assert len({headers["webhook-id"] for headers in first}) == 1
    for raw, (_, headers, _) in zip(service.raw, service.heard, strict=True):
        Webhook(sandbox.rpa.secret).verify(raw, headers)


async def test_secret_that_is_not_base64_signs_as_it_is(sandbox, service):
    sandbox.rpa.secret = "qualquer texto"
    await service.sell()
    await sandbox.rpa.settled()
    Webhook(b"qualquer texto").verify(service.raw[0], service.heard[0][1])


async def test_same_key_never_starts_a_second_job(sandbox, service):
    answers = await asyncio.gather(*(service.sell() for _ in range(3)))
    assert len({answer["job_id"] for _, answer in answers}) == 1
    assert len(sandbox.rpa.jobs) == 1


async def test_password_is_in_the_body_and_nowhere_else(sandbox, service):
    await service.sell()
    job = await sandbox.rpa.started()
    assert job.body["senha"] == "segredo"
    assert "segredo" not in repr(sandbox.rpa.calls) + repr(job.history) + repr(job.as_polled())


async def test_polling_shows_question_progress_and_logs(sandbox, service):
    sandbox.rpa.next(silent())
    await service.sell()
    job = await sandbox.rpa.started()
    await job.asked()
    status, body = await service.rpa("GET", f"/jobs/{job.id}")
    assert (status, body["status"], body["erro"]) == (200, "running", None)
    assert body["progresso"] == {"percentual": 5, "etapa": "Entrando no portal"}
    assert body["pergunta"]["tipo"] == "cep"
    _, logs = await service.rpa("GET", f"/jobs/{job.id}/logs?desde=0")
    assert set(logs[0]) == {"seq", "timestamp", "level", "message"}
    assert (await service.rpa("GET", f"/jobs/{job.id}/logs?desde={logs[-1]['seq']}"))[1] == []
    assert (await service.rpa("GET", "/jobs/nenhum"))[0] == 404
    assert _events(service) == []


@pytest.mark.parametrize(
    ("behaviour", "codigo", "definitivo"),
    [
        (fail("TEMPO_ESGOTADO", "demorou"), "TEMPO_ESGOTADO", False),
        (refuse_password(), "CREDENCIAL_RECUSADA", True),
    ],
)
async def test_job_can_fail(sandbox, service, behaviour, codigo, definitivo):
    sandbox.rpa.next(behaviour)
    await service.sell()
    job = await sandbox.rpa.started()
    assert await job.ended() == "failed"
    assert (job.erro["codigo"], job.erro["definitivo"]) == (codigo, definitivo)
    await sandbox.rpa.settled()
    assert _events(service)[-1] == "failed"


async def test_refused_login_is_refused_every_time(sandbox, service):
    sandbox.rpa.refused_logins.add("BO01")
    await service.sell("v1")
    await service.sell("v2")
    assert [job.behaviour.name for job in sandbox.rpa.jobs] == ["refuse_password"] * 2


async def test_stalled_robot_says_nothing_after_its_question(sandbox, service):
    sandbox.rpa.next(stall(after=1))
    await service.sell()
    job = await sandbox.rpa.started()
    await _answer(service, job, "30130010")
    await sandbox.rpa.settled()
    assert _events(service)[-1] == "question"
    assert job.status == "running"


async def test_waiting_robot_gives_signs_of_life(sandbox, service):
    sandbox.rpa.heartbeat = 0.01
    await service.sell()
    job = await sandbox.rpa.started()
    await job._until(lambda: "heartbeat" in job.history or None, "gave no sign", 5)


async def test_accepted_job_whose_answer_comes_late_goes_on(sandbox, service):
    sandbox.rpa.next(late())
    call = asyncio.create_task(service.sell())
    job = await sandbox.rpa.started()
    await job.asked()
    assert not call.done()
    job.answer_start()
    assert (await call)[1] == {"job_id": job.id}


async def test_cancelled_at_a_question(sandbox, service):
    await service.sell()
    job = await sandbox.rpa.started()
    await job.asked()
    assert (await service.rpa("POST", f"/jobs/{job.id}/cancelar"))[0] == 200
    assert (await service.rpa("POST", f"/jobs/{job.id}/cancelar"))[0] == 200
    assert await job.ended() == "cancelled"
    await sandbox.rpa.settled()
    assert _events(service)[-1] == "cancelled"


async def test_answers_must_fit_the_open_question(sandbox, service):
    sandbox.rpa.next(normal(Ask("Turno?", "opcao", ("Manhã", "Tarde"))))
    await service.sell()
    job = await sandbox.rpa.started()
    question = await job.asked()
    path = f"/jobs/{job.id}/responder"
    right = {"pergunta_id": question["pergunta_id"], "resposta": "Tarde"}
    assert (await service.rpa("POST", path, right | {"resposta": "Noite"}))[0] == 422
    assert (await service.rpa("POST", path, right | {"pergunta_id": "p9"}))[0] == 409
    assert (await service.rpa("POST", path, right))[0] == 200
    assert (await service.rpa("POST", path, right))[0] == 200
    assert (await service.rpa("POST", path, right | {"resposta": "Manhã"}))[0] == 409


async def test_manual_job_is_driven_by_the_test(sandbox, service):
    sandbox.rpa.next("manual")
    await service.sell()
    job = await sandbox.rpa.started()
    assert (await job.progress(50, "Metade", seq=7)).status == 200
    await job.complete({"numero_pedido": "N1"}, times=5)
    reply = await sandbox.rpa.call_back(job, {"event": "job.heartbeat"}, signed=False)
    assert reply.status == 200
    bodies = service.events("rpa")
    assert bodies[0]["seq"] == 7
    assert [body["event"] for body in bodies[1:6]] == ["job.completed"] * 5
    ids = {headers["webhook-id"] for channel, headers, _ in service.heard[1:6] if channel == "rpa"}
    assert len(ids) == 1
    assert "webhook-signature" not in service.heard[-1][1]


async def test_download_job_gives_a_pdf(sandbox, service):
    names = (
        "processo_id",
        "mes_ano",
        "cnpj",
        "razao",
        "operadora",
        "nome_filtro",
        "unidade",
        "servico",
        "login",
    )
    body = dict.fromkeys((*names, "senha", "cpf"), "x") | {"callback_url": f"{service.url}/rpa"}
    assert (await service.rpa("POST", "/executar/vivo", body, key="e1"))[0] == 200
    job = await sandbox.rpa.started(processo_id="x")
    assert await job.ended() == "completed"
    async with service.http.get(job.resultado["url"]) as response:
        assert (await response.read()).startswith(b"%PDF-")
    upload = dict.fromkeys(
        ("processo_id", "cnpj", "razao", "operadora", "nome_filtro", "unidade", "servico", "dados_sat"), "x"
    )
    upload |= {"nome_arquivo": "f.pdf", "data_vencimento": "2026-12-10", "url_arquivo": job.resultado["url"]}
    await service.rpa("POST", "/executar/sat", upload | {"callback_url": body["callback_url"]}, key="e2")
    sat = await sandbox.rpa.started()
    assert await sat.ended() == "completed"
    assert sat.fetched.startswith(b"%PDF-")


async def test_start_needs_token_key_and_every_field(sandbox, service):
    url = sandbox.settings()["RPA_API_URL"]
    async with service.http.get(f"{url}/health") as response:
        assert response.status == 401
    assert (await service.rpa("GET", "/health"))[0] == 200
    assert (await service.rpa("POST", "/executar/pap", {"venda_id": "v"}))[0] == 400
    status, answer = await service.rpa("POST", "/executar/pap", {"venda_id": "v"}, key="k")
    assert (status, "callback_url" in answer["detail"]) == (422, True)
    sandbox.rpa.faults.down = True
    assert (await service.rpa("GET", "/health"))[0] == 503


async def test_repeated_start_is_answered_while_the_first_answer_is_late(sandbox, service):
    sandbox.rpa.next(late("manual"))
    first = asyncio.create_task(service.sell())
    job = await sandbox.rpa.started()
    assert (await service.sell())[1] == {"job_id": job.id}
    assert not first.done()
    job.answer_start()
    await first


async def test_manual_job_may_go_on_after_its_cancellation_was_asked(sandbox, service):
    sandbox.rpa.next("manual")
    await service.sell()
    job = await sandbox.rpa.started()
    assert (await service.rpa("POST", f"/jobs/{job.id}/cancelar"))[0] == 200
    await job.cancel_asked()
    assert job.status == "queued"
    await job.complete()
    assert _events(service) == ["completed"]
