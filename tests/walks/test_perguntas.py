"""The robot's questions and the seller's answers: typed, tapped, wrong, and right the second time."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from sandbox import Job, Phone
from tests.support.sellers import CPF, seller, sells
from tests.support.service import RunningService


@dataclass(frozen=True)
class Case:
    """A question's tipo, answers that do not fit with what the seller hears, and one that does."""

    bad: dict[str, str]
    good: str
    sent: str
    opcoes: list[str | dict[str, str]] = field(default_factory=list)


CASES = {
    "texto": Case({"x" * 1001: "A resposta passou de 1000 caracteres."}, "Rua das Flores, 10", "Rua das Flores, 10"),
    "cpf": Case(
        {
            "529.982.247-26": "Esse CPF não confere; veja se algum número foi trocado.",
            "529.982": "O CPF tem 11 números; confira se não faltou ou sobrou algum.",
            "qualquer um": "O CPF só tem números.",
        },
        CPF,
        "52998224725",
    ),
    "cnpj": Case(
        {"11.222.333/0001-82": "Esse CNPJ não confere; veja se algum caractere foi trocado."},
        "11.222.333/0001-81",
        "11222333000181",
    ),
    "cep": Case({"30140": "O CEP tem 8 números.", "centro": "O CEP só tem números."}, "30140-071", "30140071"),
    "telefone": Case(
        {"98880-4000": "Faltou o DDD do telefone.", "+1 212 555 0100": "Preciso de um telefone do Brasil."},
        "(31) 98880-4000",
        "5531988804000",
    ),
    "email": Case(
        {"ana@": "Esse e-mail não parece completo; por exemplo nome@provedor.com.br."},
        "Ana@Provedor.com.br",
        "ana@provedor.com.br",
    ),
    "data": Case(
        {
            "31/02/2026": "Essa data não existe no calendário.",
            "semana que vem": "Não entendi a data; mande como 31/12/2026.",
        },
        "31/12/2026",
        "2026-12-31",
    ),
    "numero": Case({"muitos": "Preciso de um número, por exemplo 10 ou 1.234,56."}, "R$ 1.234,56", "1234.56"),
    "opcao": Case(
        {"7": "Escolha uma das 2 opções, pelo botão, pelo número ou pelo nome."}, "boleto", "Boleto", ["Boleto", "Pix"]
    ),
    "sim_nao": Case({"talvez": "Responda SIM ou NÃO."}, "sim", "sim"),
}


async def test_an_answer_that_does_not_fit_is_asked_again_kindly(ana: Phone, job: Job) -> None:
    sent: list[str] = []
    for tipo, case in CASES.items():
        await job.ask(f"O que digo ao portal ({tipo})?", tipo, case.opcoes or None)
        await ana.sees(f"O que digo ao portal ({tipo})?")
        for typed, sentence in case.bad.items():
            await ana.says(typed)
            await ana.sees(f"{sentence}\n\nO que digo ao portal ({tipo})?")
        assert len(job.answers) == len(sent)
        await ana.says(case.good)
        sent.append(case.sent)
        assert await job.answered(len(sent)) == sent


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_choice_is_tapped_or_typed_by_number_or_label(loja: RunningService, channel: str) -> None:
    ana = await seller(loja, channel=channel)
    job = await sells(loja, ana)
    planos: list[str | dict[str, str]] = [
        {"id": "f300", "texto": "Fibra 300"},
        {"id": "f500", "texto": "Fibra 500"},
        {"id": "g1", "texto": "Giga"},
    ]

    for way, sent in (("tap", "f500"), ("3", "g1"), ("fibra 300", "f300"), ("gig", "g1"), ("f500", "f500")):
        await job.ask("Qual plano?", "opcao", planos)
        await ana.sees("Qual plano?")
        if way == "tap":
            await ana.taps("Fibra 500")
        else:
            await ana.says(way)
        assert (await job.answered(len(job.history)))[-1] == sent


async def test_more_than_ten_choices_are_numbered_on_whatsapp(ana: Phone, job: Job) -> None:
    await job.ask("Qual bairro?", "opcao", [f"Bairro {name}" for name in "ABCDEFGHIJKL"])
    bubble = await ana.sees("Qual bairro?")
    assert "12. Bairro L" in bubble.text
    await ana.says("12")
    assert await job.answered() == ["Bairro L"]


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_sim_and_nao_are_buttons(loja: RunningService, channel: str) -> None:
    ana = await seller(loja, channel=channel)
    job = await sells(loja, ana)
    await job.ask("O cliente aceita o contrato?", "sim_nao")
    asked = await ana.sees("O cliente aceita o contrato?")
    assert asked.labels == ["SIM", "NÃO"]
    await ana.taps("NÃO")
    assert await job.answered() == ["nao"]


async def test_on_telegram_the_answer_tapped_stays_readable_without_its_buttons(
    loja: RunningService,
) -> None:
    ana = await seller(loja, channel="telegram")
    job = await sells(loja, ana)
    await job.ask("Em que turno?", "opcao", ["Manhã", "Tarde"])
    asked = await ana.sees("Em que turno?")
    await ana.taps("Tarde")
    await ana.sees("Em que turno?\n✅ Tarde")
    assert asked.labels == []


async def test_an_answer_tapped_twice_counts_once(ana: Phone, job: Job) -> None:
    await job.ask("Em que turno?", "opcao", ["Manhã", "Tarde"])
    asked = await ana.sees("Em que turno?")
    await ana.taps("Tarde", bubble=asked)
    assert await job.answered() == ["Tarde"]
    await ana.taps("Manhã", bubble=asked)
    await ana.sees("Essa pergunta já foi respondida ou não vale mais.")

    await job.ask("Qual plano?", "opcao", ["300 Mega", "500 Mega"])
    await ana.sees("Qual plano?")
    await ana.taps("Manhã", bubble=asked)
    await ana.sees("Essa pergunta já foi respondida ou não vale mais.")
    await ana.says("2")
    assert await job.answered(2) == ["Tarde", "500 Mega"]


async def test_what_is_no_text_is_asked_for_as_text(ana: Phone, job: Job) -> None:
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.shares_contact()
    await ana.sees("Preciso da resposta em texto.\n\nQual é o CEP?")
    await ana.says("30140071")
    assert await job.answered() == ["30140071"]


async def test_words_typed_in_between_do_not_become_the_answer(ana: Phone, job: Job) -> None:
    await job.ask("Qual é o nome do cliente?", "texto")
    await ana.sees("Qual é o nome do cliente?")
    await ana.says("AJUDA")
    await ana.sees("Digite uma destas palavras a qualquer momento:")
    await ana.says("VENDAS")
    await ana.sees("Suas últimas vendas:")
    await ana.says("VENDER")
    await ana.sees("Você já tem uma venda em andamento")
    await ana.taps("Continuar")
    await ana.sees("O robô espera a sua resposta:\n\nQual é o nome do cliente?")
    assert job.answers == {}
    await ana.says("Maria das Dores")
    assert await job.answered() == ["Maria das Dores"]


async def test_a_text_while_the_robot_works_is_answered_with_where_the_sale_stands(
    ana: Phone,
    job: Job,
) -> None:
    await job.progress(40, "Analisando o crédito")
    await ana.says("e aí?")
    await ana.sees("Oi, Ana!\n\n🤖 O robô está trabalhando na sua venda: Analisando o crédito.")


async def test_an_answer_the_robot_refuses_is_asked_for_again(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana, "stall")
    await ana.sees("Qual é o CEP")
    loja.sandbox.rpa.faults.fail_next("responder", status=422)
    await ana.says("30140-071")
    await loja.sandbox.rpa.calls.wait_for("responder")
    await ana.quiet()
    await loja.wiring.robot_events.poll(timedelta(0))
    await ana.sees("Qual é o CEP")
    await ana.says("30140-072")
    assert await job.answered() == ["30140072"]


async def test_an_answer_that_cannot_get_through_at_first_is_sent_again(
    loja: RunningService, ana: Phone, job: Job
) -> None:
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    loja.sandbox.rpa.faults.fail_next("responder", status=503, times=2)
    await ana.says("30140-071")
    assert await job.answered() == ["30140071"]
    keys = {call.params["idempotency_key"] for call in loja.sandbox.rpa.calls.of("responder")}
    assert len(keys) == 1
