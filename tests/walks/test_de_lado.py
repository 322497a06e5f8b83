"""What is asked where a question of ours stands open is answered first; the question stays, and is asked once more."""

import pytest

from sandbox import Job, Phone
from tests.support.sellers import seller
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives
from tests.walks.test_processos import person

GANHOS = "Comissão, meta e pagamento não ficam aqui"


async def test_before_a_sale_begins(service: RunningService) -> None:
    ana = await seller(service)
    await ana.says("vender, cep 30130010")
    await ana.sees("Posso começar?")
    await ana.says("quanto q eu ganho de comissao")
    await ana.sees(GANHOS)
    assert (await ana.sees("Posso começar?")).labels == ["SIM", "NÃO"]
    await ana.says("o tecnico vai no mesmo dia?")
    await ana.sees("depois quem diz é o portal.\n\nNova venda no PAP")
    await ana.says("mas antes, qts vendas eu ja fiz hj")
    await ana.sees("Hoje: nenhuma venda sua.")
    assert (await ana.sees("Posso começar?")).labels == ["SIM", "NÃO"]
    await ana.says("blá blá blá")
    await ana.sees("Não entendi. Responda SIM para começar")
    await ana.says("esquece ela vai pensar")
    await ana.sees("nada foi iniciado")


async def test_while_a_robot_waits(ana: Phone, job: Job) -> None:
    await job.ask("Qual o CPF?", "cpf")
    await ana.sees("Qual o CPF?")
    await ana.says("quanto q eu ganho de comissao")
    await ana.sees(GANHOS)
    await ana.sees("O robô espera a sua resposta:\n\nQual o CPF?")
    await ana.says("qual é a minha matricula mesmo")
    await ana.sees("A sua matrícula PAP é")
    await ana.says("529.982.247-25")
    assert await job.answered() == ["52998224725"]


async def test_while_a_robot_works(ana: Phone, job: Job) -> None:
    await ana.says("quanto q eu ganho de comissao")
    await ana.sees(GANHOS)
    await ana.says("o tecnico vai no mesmo dia?")
    await ana.sees("depois quem diz é o portal.\n\n🤖 O robô está trabalhando")
    await job.ask("Qual o CPF?", "cpf")
    await ana.sees("Qual o CPF?")


@pytest.mark.parametrize("until", [False, True])
async def test_while_a_delegation_is_made(service: RunningService, until: bool) -> None:
    await person(service)
    gil, _processo = await approver(service), await arrives(service)
    await gil.says("DELEGAR")
    await gil.sees("Quem decide sobre faturas em seu nome?")
    await gil.taps("Hugo Melo")
    await gil.sees("A partir de quando?")
    if until:
        await gil.taps("Agora")
        await gil.sees("Até quando")
    await gil.says("como rejeita uma fatura?")
    await gil.sees("Escreva PENDENTES, abra a fatura e toque em Rejeitar")
    await gil.sees("Até quando" if until else "A partir de quando?")
    await gil.says("amanhã")
    await gil.sees("Hugo Melo decide em seu nome" if until else "Até quando")
