"""Answers to a robot as people say them: a reason behind the no, one thing instead of another, talk."""

import pytest

from sandbox import Job, Phone

PLANOS: list[object] = [{"id": "a", "texto": "500 Mega R$ 99,90"}, {"id": "b", "texto": "700 Mega R$ 119,90"}]


@pytest.mark.falha(335)
async def test_a_no_with_its_reason_is_read_back_and_goes(ana: Phone, job: Job) -> None:
    await job.ask("Aceita a fidelidade de 12 meses?", "sim_nao")
    await ana.sees("Aceita a fidelidade")
    await ana.says("não, ele acha o plano caro")
    await ana.sees("Entendi: NÃO. Certo?")
    await ana.says("isso")

    assert await job.answered() == ["nao"]


@pytest.mark.falha(336)
async def test_what_is_no_answer_in_free_words_does_not_become_one(ana: Phone, job: Job) -> None:
    await job.ask("Qual o nome do titular?", "texto")
    await ana.sees("Qual o nome")
    await ana.says("cancela tudo o cliente desistiu")
    await ana.sees("Entendi: cancela tudo o cliente desistiu. Certo?")
    await ana.says("não")
    await ana.sees("Qual o nome")
    await ana.says("Maria da Silva, digo, Maria de Souza")
    await ana.sees("Entendi: Maria de Souza. Certo?")
    await ana.says("sim")

    assert await job.answered() == ["Maria de Souza"]


@pytest.mark.falha(337)
async def test_of_several_options_one_is_asked_for_and_the_last_said_is_read_back(ana: Phone, job: Job) -> None:
    await job.ask("Qual plano?", "opcao", PLANOS)  # type: ignore[arg-type]
    await ana.sees("Qual plano?")
    await ana.says("os dois")
    await ana.sees("Aqui só cabe uma das opções, e eu não escolho por ninguém: qual delas?")
    await ana.says("não, pera, o segundo")
    await ana.sees("Entendi: 700 Mega R$ 119,90. Certo?")
    await ana.says("sim")

    assert await job.answered() == ["b"]


async def test_what_is_asked_beside_a_reading_back_takes_nothing_away(ana: Phone, job: Job) -> None:
    await job.ask("Qual o CEP?", "cep")
    await ana.sees("Qual o CEP?")
    await ana.says("acho que é 30140-071")
    await ana.sees("Entendi: 30140071. Certo?")
    await ana.says("mas tem cobertura lá?")
    await ana.sees("Isso eu não sei responder. O robô espera a sua resposta:\n\nQual o CEP?\nEntendi: 30140071. Certo?")
    await ana.says("isso")

    assert await job.answered() == ["30140071"]


async def test_a_sentence_without_digits_is_no_attempt_at_them(ana: Phone, job: Job) -> None:
    await job.ask("Qual o CPF?", "cpf")
    await ana.sees("Qual o CPF?")
    await ana.says("ele não quer passar o cpf")
    await ana.sees("Sem pressa, o robô espera a sua resposta:")


async def test_a_yes_said_with_the_verb_cancels(ana: Phone, job: Job) -> None:
    await job.ask("Qual o CPF?", "cpf")
    await ana.sees("Qual o CPF?")
    await ana.says("cancelar")
    await ana.sees("Cancelar mesmo assim?")
    await ana.says("sim pode cancelar")
    await ana.sees("Cancelando a venda")


async def test_what_is_asked_beside_what_was_found_takes_nothing_away(ana: Phone, job: Job) -> None:
    await job.ask("Qual o CPF?", "cpf")
    await ana.sees("Qual o CPF?")
    await ana.says("o cep dela é 30140-071")
    await ana.sees("Uso isso quando o robô perguntar?")
    await ana.says("qual é o prazo de instalação?")
    await ana.sees("Isso eu não sei responder.\n\nUso isso quando o robô perguntar?")
    await ana.says("tá certo")
    await ana.sees("Combinado.")


async def test_what_will_not_do_is_not_chosen_and_what_stands_behind_it_is_read_back(ana: Phone, job: Job) -> None:
    await job.ask("Que turno?", "opcao", ["Manhã", "Tarde", "Noite"])
    await ana.sees("Que turno?")
    await ana.says("de noite não pode, só de manhã")
    await ana.sees("Entendi: Manhã. Certo?")


async def test_what_gets_past_a_question_is_no_name(ana: Phone, job: Job) -> None:
    await job.ask("Qual o nome completo do titular?", "texto")
    await ana.sees("Qual o nome completo")
    for said, heard in (("null", "Não entendi."), ("não sei", "robô espera a sua resposta")):
        await ana.says(said)
        await ana.sees(heard)
    await ana.says("Li Wu")

    assert await job.answered() == ["Li Wu"]


async def test_a_question_with_a_number_in_it_takes_no_document_away(ana: Phone, job: Job) -> None:
    await job.ask("Qual é o CPF?", "cpf")
    await ana.sees("Qual é o CPF?")
    await ana.says("ops 529.982.247-25")
    await ana.sees("Entendi: 52998224725. Certo?")
    await ana.says("tem de 600?")
    await ana.sees("Qual é o CPF?\nEntendi: 52998224725. Certo?")
    await ana.says("n, deixa")
    await ana.sees("Qual é o CPF?")
    await ana.says("🙌")
    await ana.sees("Sem pressa, o robô espera a sua resposta:")
    await ana.says("529.982.247-25")

    assert await job.answered() == ["52998224725"]


async def test_who_asks_which_is_the_cheapest_is_told(ana: Phone, job: Job) -> None:
    await job.ask("Qual plano?", "opcao", PLANOS)  # type: ignore[arg-type]
    await ana.sees("Qual plano?")
    await ana.says("qual é o mais barato?")
    await ana.sees("Desses, 500 Mega R$ 99,90. Escolha:")
    await ana.says("o mais caro")

    assert await job.answered() == ["b"]


async def test_what_is_sent_before_its_question_is_gathered_and_read_back_when_it_comes(ana: Phone, job: Job) -> None:
    await ana.says("CEP 30140-071")
    await ana.sees("• CEP: 30140-071")
    await ana.says("cpf 529.982.247-25")
    await ana.sees("• CEP: 30140-071\n• CPF: 529.982.247-25")
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?\nEntendi: 30140071. Certo?")
    await ana.says("sim")
    await job.answered()
    await job.ask("Qual é o CPF?", "cpf")
    await ana.sees("Qual é o CPF?\nEntendi: 52998224725. Certo?")
    await ana.says("não")
    await ana.sees("CPF, 11 números.")
    await ana.says("111.444.777-35")

    assert await job.answered(2) == ["30140071", "11144477735"]
