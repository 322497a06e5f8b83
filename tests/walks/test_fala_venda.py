"""Sellers speak as they do, to us and to the robot that sells: understood, and what is not sure is read back."""

import pytest

from sandbox import Phone
from tests.support.sellers import CPF, seller, sells
from tests.support.service import RunningService


@pytest.fixture(params=["whatsapp", "telegram"])
async def ana(loja: RunningService, request: pytest.FixtureRequest) -> Phone:
    return await seller(loja, channel=request.param)


async def test_a_seller_sells_in_their_own_words(loja: RunningService, ana: Phone) -> None:
    loja.sandbox.rpa.next("manual")
    await ana.says("oi")
    await ana.sees("Oi, Ana!\n\nO que você quer fazer, Ana?")
    await ana.says("quero vender")
    await ana.sees("Posso começar?")
    await ana.says("talvez")
    await ana.sees("Não entendi. Responda SIM para começar ou NÃO para desistir.\n\nNova venda no PAP")
    await ana.says("pode começar 👍🏽")
    await ana.sees("Venda iniciada")

    job = await loja.sandbox.rpa.started()
    await job.ask("Qual plano?", "opcao", [{"id": "a", "texto": "500 Mega"}, {"id": "b", "texto": "700 Mega"}])
    await ana.sees("Qual plano?")
    await ana.says("o de 700")
    assert await job.answered() == ["b"]
    await job.ask("Aceita o contrato?", "sim_nao")
    await ana.sees("Aceita o contrato?")
    await ana.says("aceita sim")
    assert await job.answered(2) == ["b", "sim"]


async def test_a_value_in_a_sentence_is_read_back(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CPF?", "cpf")
    await ana.sees("Qual é o CPF?")
    await ana.says(f"o cpf dele é {CPF}")
    await ana.sees("Qual é o CPF?\nEntendi: 52998224725. Certo?")
    await ana.says("não")
    await ana.sees("Qual é o CPF?")
    await ana.says(f"o cpf dele é {CPF}")
    await ana.sees("Entendi: 52998224725. Certo?")
    await ana.says("isso mesmo")
    assert await job.answered() == ["52998224725"]


async def test_another_answer_instead_of_a_yes_is_read_back_in_its_turn(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.says("é 30140-071")
    await ana.sees("Entendi: 30140071. Certo?")
    await ana.says("30140-072")
    assert await job.answered() == ["30140072"]


async def test_who_does_not_want_to_sell_does_not(loja: RunningService, ana: Phone) -> None:
    for said in ("não quero vender", "vendi ontem", "a Bia vai vender hoje", "cancelei a venda dele"):
        await ana.says(said)
        await ana.sees("ão sei se entendi.")
    await ana.says("posso vender?")
    await ana.sees("Você quis dizer “Iniciar uma venda”?")
    assert await loja.rows("SELECT id FROM vendas") == []
    await ana.taps("Iniciar uma venda")
    await ana.sees("Posso começar?")


async def test_answers_pasted_with_vender_answer_the_robots_questions(loja: RunningService, ana: Phone) -> None:
    loja.sandbox.rpa.next("manual")
    await ana.says(f"vender, CEP 30140 - 071, CPF {CPF}, ta, plano 700, manhã")
    await ana.sees("Encontrei no que você mandou:\n• CEP: 30140 - 071\n• CPF: 529.982.247-25")
    await ana.says("sim")
    await ana.sees("Venda iniciada")
    job = await loja.sandbox.rpa.started()
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?\n✅ 30140 - 071 (você já tinha mandado)")
    await job.answered()
    await job.ask("Qual plano?", "opcao", [{"id": "a", "texto": "500 Mega"}, {"id": "b", "texto": "700 Mega"}])
    await ana.sees("✅ 700 (você já tinha mandado)")
    await job.answered(2)
    await job.ask("Qual é o CEP da cobrança?", "cep")
    await ana.sees("Qual é o CEP da cobrança?\n\nCEP, 8 números.")
    await ana.says("30140-072")
    assert await job.answered(3) == ["30140071", "b", "30140072"]
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")
    assert "52998224725" not in str(await loja.rows("SELECT state_data FROM contatos"))


async def test_a_sale_in_one_sentence_keeps_what_it_says_of_the_client(loja: RunningService, ana: Phone) -> None:
    await ana.says(f"vende pro cliente cpf {CPF} cep 30140-071 plano de 1 giga turno noite")
    await ana.sees("• CPF: 529.982.247-25\n• CEP: 30140-071\n• plano: 1\n\nNova venda no PAP")
    assert await loja.rows("SELECT id FROM vendas") == []


async def test_answers_pasted_while_the_robot_asks_are_confirmed_once(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.says(f"CEP 30140-071, CPF {CPF}")
    await ana.sees("Uso isso quando o robô perguntar?")
    await ana.says("pode")
    await ana.sees("Qual é o CEP?\n✅ 30140-071 (você já tinha mandado)")
    await job.answered()
    await job.ask("Qual é o CPF?", "cpf")
    await ana.sees("✅ 529.982.247-25 (você já tinha mandado)")
    assert await job.answered(2) == ["30140071", "52998224725"]


async def test_an_answer_to_another_question_is_kept_for_it(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.says(f"o cpf dele é {CPF}")
    await ana.sees("Encontrei no que você mandou:\n• CPF: 529.982.247-25")
    await ana.says("sim")
    await ana.sees("Qual é o CEP?")
    await ana.says("30140-071")
    await job.answered()
    await job.ask("Qual é o CPF?", "cpf")
    await ana.sees("✅ 529.982.247-25 (você já tinha mandado)")
    assert await job.answered(2) == ["30140071", "52998224725"]


async def test_a_reaction_on_the_question_answers_it_and_on_an_old_message_does_not(
    loja: RunningService, ana: Phone
) -> None:
    loja.sandbox.rpa.next("manual")
    await ana.says("VENDER")
    first = await ana.sees("Posso começar?")
    await ana.reacts(first, "👎")
    await ana.sees("Tudo bem, nada foi iniciado.")
    await ana.says("VENDER")
    again = await ana.sees("Posso começar?")
    await ana.reacts(first, "👍")
    await ana.quiet()
    assert await loja.rows("SELECT id FROM vendas") == []
    await ana.reacts(again, "👍")
    await ana.sees("Venda iniciada")


async def test_an_answer_the_robot_has_is_not_corrected_and_that_is_said(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.says("30140-071")
    await job.answered()
    await job.ask("Aceita o contrato?", "sim_nao")
    await ana.sees("Aceita o contrato?")
    await ana.says("não, pera, o CEP é 30140-072")
    said = await ana.sees("O robô já levou a resposta sobre CEP ao portal: daqui não dá para trocar.")
    assert said.text.endswith("Aceita o contrato?")
    assert await job.answered() == ["30140071"]


async def test_a_value_that_waits_for_its_question_is_corrected(loja: RunningService, ana: Phone) -> None:
    loja.sandbox.rpa.next("manual")
    await ana.says(f"vender, CEP 30140-071, CPF {CPF}")
    await ana.sees("Encontrei no que você mandou")
    await ana.says("sim")
    job = await loja.sandbox.rpa.started()
    await job.ask("Qual o nome da mãe?", "texto")
    await ana.sees("Qual o nome da mãe?")
    await ana.says("errei o CEP, o certo é 30140-072")
    await ana.sees("Corrigido: uso 30140-072 quando o robô perguntar.\n\nQual o nome da mãe?")


async def test_what_is_said_again_takes_the_place_of_what_was_pasted(loja: RunningService, ana: Phone) -> None:
    """By its name, or as "na verdade o de 700"; what nobody has confirmed stands once in the list."""
    job = await sells(loja, ana)
    await ana.says("cep 30140-071, plano 500")
    await ana.sees("• CEP: 30140-071\n• plano: 500")
    await ana.says("ops, o cep é 30140-072")
    await ana.sees("Encontrei no que você mandou:\n• plano: 500\n• CEP: 30140-072\n\nUso isso")
    await ana.says("na verdade o de 700")
    await ana.sees("Encontrei no que você mandou:\n• CEP: 30140-072\n• plano: 700\n\nUso isso")
    await ana.says("não, espera 5 minutos")
    await ana.sees("robô")
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")


async def test_who_asks_for_patience_while_the_robot_works_is_not_misunderstood(
    loja: RunningService, ana: Phone
) -> None:
    await sells(loja, ana)
    await ana.says("o cliente ainda tá procurando o cpf, espera um pouquinho")
    assert "Não entendi" not in (await ana.sees("Sem pressa.")).text
    await ana.says("qual ficou o número do pedido?")
    await ana.sees("O robô está trabalhando na sua venda")


async def test_a_document_sent_in_pieces_is_put_together_and_read_back(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CPF?", "cpf")
    await ana.sees("Qual é o CPF?")
    await ana.says("529")
    await ana.sees("O CPF tem 11 números")
    await ana.says("982")
    await ana.sees("Juntei com o que veio antes: 6 de 11 números.")
    await ana.says("247-25")
    await ana.sees("Entendi: 52998224725. Certo?")
    await ana.says("sim")
    assert await job.answered() == ["52998224725"]


async def test_who_is_not_ready_yet_says_so_and_nothing_begins(loja: RunningService, ana: Phone) -> None:
    for said in (
        "deixa pra depois",
        "nao agora nao, o cliente ainda ta decidindo",
        "ih cliquei errado cancela isso",
        "quero cancelar o pedido da dona rita",
        "mudei de ideia, n quero mais n",
    ):
        await ana.says("quero vender pro seu João da padaria")
        await ana.sees("Posso começar?")
        await ana.says(said)
        await ana.sees("Tudo bem, nada foi iniciado.")
    assert await loja.rows("SELECT id FROM vendas") == []


async def test_who_looks_for_the_answer_is_not_told_that_it_is_wrong(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.says("perai q o cliente foi buscar o documento")
    await ana.sees("Sem pressa, o robô espera a sua resposta:\n\nQual é o CEP?")
    await ana.says("valeu")
    await ana.sees("Sem pressa, o robô espera a sua resposta:")
    await ana.says("demora muito pra instalar?")
    await ana.sees("Instalação e técnico são da operadora")
    await ana.says("e se chover bastante amanhã?")
    await ana.sees("Isso eu não sei responder. O robô espera a sua resposta:")
    await ana.says("mudei de ideia, n quero mais n")
    await ana.sees("Para desistir da venda, digite CANCELAR.")
    await ana.says("desiste mesmo dessa venda")
    await ana.sees("Para desistir da venda, digite CANCELAR.")
    await ana.says("3014")
    await ana.sees("Qual é o CEP?")


async def test_of_an_album_one_refusal_is_enough(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.sends_photos([b"a", b"b", b"c"])
    await ana.sees("Preciso da resposta em texto.")
    await ana.quiet()


async def test_what_is_asked_and_what_is_talk_is_no_answer_for_later(loja: RunningService, ana: Phone) -> None:
    await ana.says("vender")
    await ana.sees("Posso começar?")
    await ana.says("sim mas antes, qual a diferença do plano de 500 pro de 700?")
    assert "Encontrei no que você mandou" not in (await ana.sees("Posso começar?")).text


async def test_the_answer_to_the_open_question_counts_whatever_was_found_before(
    loja: RunningService, ana: Phone
) -> None:
    job = await sells(loja, ana)
    await job.ask("Qual é o CEP?", "cep")
    await ana.sees("Qual é o CEP?")
    await ana.says("nao pera esse eh o cpf do marido, o cpf dela eh 111.444.777-35")
    found = await ana.sees("Encontrei no que você mandou:")
    assert "marido" not in found.text
    await ana.says("30140071")
    await ana.sees("Entendi: 30140071. Certo?")
    await ana.says("sim")
    assert await job.answered() == ["30140071"]


async def test_a_document_said_again_takes_the_place_of_what_was_found(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await ana.says("cep 30140-071")
    await ana.sees("• CEP: 30140-071")
    await ana.says("era 30140072")
    await ana.sees("• CEP: 30140072")
    await ana.says("sim")
    await ana.sees("Combinado.")
    await job.ask("Qual é o CEP?", "cep")
    assert await job.answered() == ["30140072"]


async def test_eight_digits_alone_are_a_cep_and_a_birthday_is_none(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await ana.says("01121990")
    await ana.sees("Não entendi")
    await ana.says("30140072")
    await ana.sees("Encontrei no que você mandou:\n• CEP: 30140072\n\nUso isso")
    await ana.says("quero o de 300 mega")
    await ana.sees("• CEP: 30140072\n• plano: 300\n\nUso isso")
    await ana.says("sim")
    await ana.sees("Combinado.")
    await job.ask("Qual é o CEP?", "cep")
    assert await job.answered() == ["30140072"]


async def test_plan_and_turn_said_ahead_in_words_answer_when_they_are_asked(loja: RunningService, ana: Phone) -> None:
    job = await sells(loja, ana)
    await ana.says("o de trezentos")
    await ana.sees("Encontrei no que você mandou:\n• plano: 300\n\nUso isso")
    await ana.says("de tarde")
    await ana.sees("• plano: 300\n• turno: de tarde\n\nUso isso")
    await ana.says("sim")
    await ana.sees("Combinado.")
    await job.ask("Qual plano?", "opcao", [{"id": "a", "texto": "300 Mega"}, {"id": "b", "texto": "700 Mega"}])
    assert await job.answered() == ["a"]
    await job.ask("Que turno?", "opcao", [{"id": "m", "texto": "Manhã"}, {"id": "t", "texto": "Tarde"}])
    assert await job.answered(2) == ["a", "t"]
    await ana.says("o cpf dela é cinco dois nove nove oito dois dois quatro sete dois cinco")
    await ana.sees("Encontrei no que você mandou:\n• CPF: 52998224725")


async def test_to_give_up_a_sale_that_was_is_no_no_to_the_one_that_is_asked_about(
    loja: RunningService, ana: Phone
) -> None:
    await ana.says("vender")
    await ana.sees("Posso começar?")
    await ana.says("cancela a venda do joao de ontem q ele desistiu")
    await ana.sees("Posso começar?")
    await ana.says("cancela que ele desistiu")
    await ana.sees("Tudo bem, nada foi iniciado.")


async def test_what_somebody_else_sold_is_not_told_as_ones_own(loja: RunningService, ana: Phone) -> None:
    for said in ("quantas vendas o davi fez hj", "qto o davi vendeu esse mês?"):
        await ana.says(said)
        await ana.sees("O que outra pessoa vendeu está nos relatórios")
    await ana.says("quantas vendas a ana fez hoje")
    await ana.sees("Hoje: nenhuma venda sua.")
