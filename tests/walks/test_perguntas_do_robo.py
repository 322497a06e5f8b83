"""A robot that downloads an invoice asks whoever is there, one after the other; the answer is not kept."""

from typing import Any

import pytest

from core.processo.quem import Quem
from sandbox import Job, Phone
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from tests.support.downloads import download, ended, found, processos
from tests.support.sellers import eventually
from tests.support.service import RunningService

HUGO = ("Hugo Melo", "5531988806001")
LIA = ("Lia Prado", "5531988806005")
CODIGO = "482913"
BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def operator(service: RunningService, quem: tuple[str, str], channel: str) -> tuple[Phone, Quem]:
    """Somebody who has just written to us."""
    usuario_id = await service.usuario(*quem, Perfil.OPERADOR)
    phone = await service.phone(channel, *quem)
    await phone.says("MENU")
    await phone.sees("O que você quer fazer")
    return phone, Quem(channel, usuario_id, Perfil.OPERADOR)


async def a_job(service: RunningService, quem: Quem) -> tuple[Processo, Job]:
    """A download that the test drives."""
    service.sandbox.rpa.next("manual")
    (processo,) = await processos(service)
    await download(service, processo, quem)
    job = await service.sandbox.rpa.started()
    await eventually(service, "SELECT 1 FROM execucoes WHERE job_id IS NOT NULL")
    return processo, job


async def nobody_answers(service: RunningService, seconds: float = 91) -> None:
    service.clock.move(seconds=seconds)
    await service.clock_work.processos.ask_the_next()


async def everything(service: RunningService) -> str:
    """All that the database holds, once nothing is under way."""
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)")
    tables = ("outbox", "contatos", "perguntas_execucao", "execucoes", "historico", "ocorrencias", "logs_execucao")
    rows: list[Any] = [await service.rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608
    return repr(rows)


@BOTH
async def test_a_code_is_typed_goes_to_the_robot_and_is_kept_nowhere(service: RunningService, channel: str) -> None:
    hugo, quem = await operator(service, HUGO, channel)
    processo, job = await a_job(service, quem)
    await job.ask("Qual código chegou por SMS?")
    question = await hugo.sees("Qual código chegou por SMS?")
    assert "Você tem 90 segundos" in question.text
    await hugo.says(CODIGO)
    await hugo.sees("Enviei ao robô")
    assert await job.answered() == [CODIGO]
    await job.complete(found(service, job))
    await ended(service, processo, "CONCLUIDO")
    assert CODIGO not in await everything(service)


@BOTH
async def test_a_choice_is_a_tap(service: RunningService, channel: str) -> None:
    hugo, quem = await operator(service, HUGO, channel)
    _processo, job = await a_job(service, quem)
    await job.ask("Qual conta?", "opcao", [{"id": "a", "texto": "Matriz"}, {"id": "b", "texto": "Filial"}])
    await hugo.sees("Qual conta?")
    await hugo.taps("Filial")
    await hugo.sees("Enviei ao robô")
    # Where nothing can be edited the question stays as it was.
    assert hugo.shows("Respondida") == (channel == "telegram")
    assert await job.answered() == ["b"]


@BOTH
async def test_after_90_seconds_the_next_one_is_asked(service: RunningService, channel: str) -> None:
    hugo, quem = await operator(service, HUGO, channel)
    lia, _ = await operator(service, LIA, channel)
    _processo, job = await a_job(service, quem)
    await job.ask("Qual código chegou por SMS?")
    await hugo.sees("Qual código chegou por SMS?")
    await nobody_answers(service, seconds=60)
    assert not [bubble for bubble in lia.screen if "SMS" in bubble.text]
    await nobody_answers(service, seconds=31)
    await lia.sees("Qual código chegou por SMS?")
    await hugo.sees("passou para outra pessoa")
    await hugo.says(CODIGO)
    await lia.says("771")
    await lia.sees("Enviei ao robô")
    assert await job.answered() == ["771"]


async def test_whoever_cannot_answer_passes_it_on(service: RunningService) -> None:
    hugo, quem = await operator(service, HUGO, "telegram")
    lia, _ = await operator(service, LIA, "telegram")
    _processo, job = await a_job(service, quem)
    await job.ask("O que está escrito na imagem?")
    await hugo.sees("O que está escrito na imagem?")
    await hugo.taps("Passar adiante")
    await lia.sees("O que está escrito na imagem?")
    await lia.says("xk7p")
    assert await job.answered() == ["xk7p"]


@BOTH
async def test_nobody_there_ends_the_job_with_a_sentence_to_a_person(service: RunningService, channel: str) -> None:
    hugo, quem = await operator(service, HUGO, channel)
    processo, job = await a_job(service, quem)
    await job.ask("Qual código chegou por SMS?")
    await hugo.sees("Qual código chegou por SMS?")
    await nobody_answers(service)
    await hugo.sees("ninguém que pudesse responder estava por perto")
    await job.cancel_asked()
    (row,) = await ended(service, processo, "FALHOU")
    assert "SEM_RESPOSTA" in str(row["detalhes_erro"])
    assert row["numero_tentativa"] == 1, "a question nobody answers is not asked in another attempt"


async def test_whoever_wrote_long_ago_is_not_there(service: RunningService) -> None:
    hugo, _ = await operator(service, HUGO, "telegram")
    service.clock.move(hours=1)
    lia, quem = await operator(service, LIA, "telegram")
    _processo, job = await a_job(service, quem)
    await job.ask("Qual código chegou por SMS?")
    await lia.sees("Qual código chegou por SMS?")
    await nobody_answers(service)
    await lia.sees("ninguém que pudesse responder")
    assert not [bubble for bubble in hugo.screen if "SMS" in bubble.text and "o robô pergunta." in bubble.text]


async def test_the_same_id_with_another_text_is_another_question(service: RunningService) -> None:
    hugo, quem = await operator(service, HUGO, "telegram")
    _processo, job = await a_job(service, quem)
    await job.ask("Qual código chegou por SMS?")
    first = await hugo.sees("Qual código chegou por SMS?")
    again = {"pergunta_id": job.pergunta["pergunta_id"] if job.pergunta else "", "tipo": "texto"}
    await job._drive("job.question", again | {"texto": "O código expirou. Qual é o novo?"})
    await hugo.sees("O código expirou. Qual é o novo?")
    await hugo.says(CODIGO)
    assert await job.answered() == [CODIGO]
    assert "não vale mais" in first.text


async def test_the_same_question_again_is_asked_once(service: RunningService) -> None:
    hugo, quem = await operator(service, HUGO, "telegram")
    _processo, job = await a_job(service, quem)
    await job.ask("Qual código chegou por SMS?", times=3)
    await hugo.sees("Qual código chegou por SMS?")
    await job._drive("job.question", dict(job.pergunta or {}))
    await everything(service)
    assert len([bubble for bubble in hugo.screen if "Qual código" in bubble.text]) == 1


async def test_an_answer_that_does_not_fit_is_asked_again(service: RunningService) -> None:
    hugo, quem = await operator(service, HUGO, "telegram")
    _processo, job = await a_job(service, quem)
    await job.ask("Qual é o CPF do titular?", "cpf")
    await hugo.sees("CPF, 11 números.")
    await hugo.says("123")
    await hugo.sees("O CPF tem 11 números")
    await hugo.says("529.982.247-25")
    assert await job.answered() == ["52998224725"]


async def test_who_is_in_the_middle_of_something_chooses_to_answer(service: RunningService) -> None:
    """What an administrator types may be for somebody else: they say that it is the answer."""
    usuario_id = await service.administrador()
    phone = await service.phone("telegram", "Adm Silva", "5531999990000")
    _processo, job = await a_job(service, Quem("telegram", usuario_id, Perfil.ADMINISTRADOR))
    await job.ask("Qual código chegou por SMS?")
    await phone.sees("Qual código chegou por SMS?")
    await phone.taps("Responder")
    await phone.sees("Escreva a resposta.")
    await phone.says(CODIGO)
    assert await job.answered() == [CODIGO]


async def test_a_robot_that_did_not_take_the_answer_is_asked_what_it_still_wants(service: RunningService) -> None:
    hugo, quem = await operator(service, HUGO, "telegram")
    _processo, job = await a_job(service, quem)
    await job.ask("Qual código chegou por SMS?")
    await hugo.sees("Qual código chegou por SMS?")
    service.sandbox.rpa.faults.fail_next("responder", status=422)
    await hugo.says("111")
    await hugo.sees("Enviei ao robô")
    await eventually(service, "SELECT 1 FROM perguntas_execucao WHERE desfecho = 'PERDIDA'")
    service.clock.move(seconds=7200)
    await hugo.says("MENU")
    await hugo.sees("O que você quer fazer")
    await service.clock_work.processos.poll_execucoes()
    await hugo.sees("Você tem 90 segundos")
    await hugo.says(CODIGO)
    assert await job.answered() == [CODIGO]


async def test_a_job_that_ends_takes_its_question_back(service: RunningService) -> None:
    hugo, quem = await operator(service, HUGO, "telegram")
    _processo, job = await a_job(service, quem)
    await job.ask("Qual código chegou por SMS?")
    await hugo.sees("Qual código chegou por SMS?")
    await job.fail("NEGADO", "Sessão encerrada", definitivo=True)
    await hugo.sees("Sessão encerrada")
    await service.clock_work.processos.ask_the_next()
    await hugo.sees("não vale mais")
