"""One sale on two channels of its seller: what one of them shows may be a question that the other has answered."""

import pytest

from tests.support.sellers import ANA, CPF, seller, sells
from tests.support.service import RunningService


@pytest.mark.falha(504)
async def test_a_value_read_back_on_one_is_no_answer_to_what_was_asked_on_the_other(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service, channel="telegram")
    job = await sells(service, ana)
    desk = await service.phone("whatsapp", *ANA)
    await job.ask("Qual é o CPF do cliente?", "cpf")
    await ana.sees("Qual é o CPF do cliente?")
    await ana.says(f"acho que é o {CPF} viu")
    await ana.sees("Entendi: 52998224725. Certo?")

    await desk.says("STATUS")
    await desk.sees("Qual é o CPF do cliente?")
    await desk.says("111.444.777-35")
    assert await job.answered() == ["11144477735"]
    await job.ask("E o CPF do titular da conta?", "cpf")
    await desk.sees("E o CPF do titular da conta?")

    await ana.says("sim")
    await ana.sees("Essa pergunta já foi respondida ou não vale mais.")
    await ana.says("isso mesmo")
    await ana.sees("A pergunta agora é outra:\n\nE o CPF do titular da conta?")
    assert await job.answered() == ["11144477735"]
    await desk.says(CPF)
    assert (await job.answered(2))[-1] == "52998224725"


@pytest.mark.falha(504)
async def test_what_is_typed_under_a_question_of_before_is_no_answer_to_the_next(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    desk = await service.phone("telegram", *ANA)
    await job.ask("Qual é o CPF do cliente?", "cpf")
    await ana.sees("Qual é o CPF do cliente?")
    await desk.says("STATUS")
    await desk.sees("Qual é o CPF do cliente?")
    await desk.says("111.444.777-35")
    await job.answered()
    await job.ask("E o CPF do titular da conta?", "cpf")
    await desk.sees("E o CPF do titular da conta?")

    await ana.says("111.444.777-35")
    await ana.sees("A pergunta agora é outra:\n\nE o CPF do titular da conta?")
    assert await job.answered() == ["11144477735"]
    await ana.says(CPF)
    assert (await job.answered(2))[-1] == "52998224725"
