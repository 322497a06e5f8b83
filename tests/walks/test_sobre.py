"""Sentences that nothing understands are about something all the same: each person hears what there is of it."""

from tests.support.sellers import seller
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives
from tests.walks.test_processos import person, processos


async def test_a_seller_hears_what_is_kept_of_a_sale_and_what_is_not(service: RunningService) -> None:
    await service.administrador()
    ana = await seller(service)
    await ana.says("me manda ai o contrato q o cliente assinou")
    told = await ana.sees("ficam no portal da operadora")
    assert told.labels == ["Minhas últimas vendas"]
    await ana.says("qual o zap da cliente maria q comprou semana passada")
    await ana.sees("nome, CPF e telefone de quem comprou estão no portal")
    await ana.says("o cliente mudou de ideia nao quer mais")
    await ana.sees("Nenhuma venda sua está em andamento.")
    await ana.says("preciso do meu numero de matricula")
    await ana.sees("A sua matrícula PAP é")
    await ana.says("kd a venda q eu fiz q nao apareceu")
    told = await ana.sees("Não sei se entendi. VENDER começa uma venda")
    assert "Minhas últimas vendas" in told.labels


async def test_what_stands_on_the_screen_stays(service: RunningService) -> None:
    gil, _processo = await approver(service), await arrives(service)
    await gil.sees("🧾")
    await gil.says("eita aprovei sem querer desfaz")
    told = await gil.sees("Abra a fatura e toque em Desfazer")
    assert "Rejeitar" in told.labels


async def test_a_question_about_a_sale_begins_none_and_a_number_is_looked_for(service: RunningService) -> None:
    ana = await seller(service)
    await ana.says("da pra trocar o vencimento da venda q eu fiz")
    await ana.sees("O que já foi ao portal se corrige lá")
    await processos(service, "Moinho Ltda")
    hugo = await person(service)
    await hugo.says("esse aqui de quem eh 31.415.926/0001-71")
    await hugo.sees("31.415.926/0001-71")


async def test_of_what_is_another_perfils_nothing_is_told(service: RunningService) -> None:
    await processos(service, "Moinho Ltda")
    hugo = await person(service)
    await hugo.says("o pessoal quer a comissao deles")
    await hugo.sees("Não entendi")


async def test_the_one_of_a_list_that_was_asked_about_keeps_its_place(service: RunningService) -> None:
    await processos(service, "Alfa Ltda", "Beta Ltda")
    hugo = await person(service)
    await hugo.says("quais faltam baixar")
    listed = await hugo.sees("1. 📥")
    first = listed.labels[0]
    for _twice in range(2):
        await hugo.says("baixa a 1")
    await hugo.says("anexa isso pra mim")
    told = await hugo.sees("Não sei se entendi.")
    assert told.labels[0] == first
