"""An offer is answered by a tap, and as well in words: whatever asks "is it this?" hears yes and no."""

import pytest

from core.prazos import OFERTA
from sandbox import Phone
from tests.support.consultores import ELISA, MARIA, consultor, customer
from tests.support.sellers import seller
from tests.support.service import RunningService
from tests.support.talking import talking

OFFER = "Você quis dizer “Iniciar uma venda”?"


@pytest.fixture(params=["whatsapp", "telegram"])
async def ana(loja: RunningService, request: pytest.FixtureRequest) -> Phone:
    return await seller(loja, channel=request.param)


async def offered(ana: Phone) -> None:
    await ana.says("posso vender?")
    await ana.sees(OFFER)


async def test_a_no_in_words_leaves_everything_and_a_yes_is_the_tap(loja: RunningService, ana: Phone) -> None:
    """What else is a yes or a no: tests/core/fala/test_respondidas.py."""
    for said in ("nao quero", "deixa", "nada disso"):
        await offered(ana)
        await ana.says(said)
        await ana.sees("Tudo bem, não fiz nada. Me diga com outras palavras o que você quer.")
    await offered(ana)
    await ana.says("isso mesmo")
    await ana.sees("Posso começar?")


async def test_a_yes_after_something_else_or_too_late_answers_no_offer(loja: RunningService, ana: Phone) -> None:
    await offered(ana)
    await ana.says("valeu")
    await ana.sees("Por nada!")
    await ana.says("sim")
    await ana.sees("Não há nada para confirmar agora.")
    await offered(ana)
    loja.clock.move(seconds=OFERTA.total_seconds() + 60)
    await ana.says("sim")
    await ana.sees("Não há nada para confirmar agora.")


async def test_of_several_a_yes_asks_which_and_the_first_is_the_first(loja: RunningService, ana: Phone) -> None:
    await ana.says("xpto zzz")
    await ana.sees("Não entendi.")
    await ana.says("blorgh wrzl")
    await ana.sees("Ainda não entendi. É uma destas coisas?")
    await ana.says("sim")
    await ana.sees("Qual delas?")
    await ana.says("nenhuma")
    await ana.sees("Tudo bem, não fiz nada.")


async def test_a_no_to_what_asked_nothing_is_to_all_that_is_on_the_screen(loja: RunningService, ana: Phone) -> None:
    await ana.says("MENU")
    await ana.sees("O que você quer fazer, Ana?")
    await ana.says("não")
    await ana.sees("Tudo bem, não fiz nada.")


async def test_one_of_several_is_named_in_words(loja: RunningService, ana: Phone) -> None:
    await ana.says("xpto zzz")
    await ana.sees("Não entendi.")
    await ana.says("blorgh wrzl")
    await ana.sees("Ainda não entendi. É uma destas coisas?")
    await ana.says("primeira opção")
    await ana.sees("Posso começar?")


async def test_a_consultor_answers_what_was_held_back_and_no_customer_reads_it(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    await davi.says("encerra esse atendimento")
    await davi.sees("Encerrar o atendimento?")
    await davi.says("não")
    await davi.sees("Tudo bem, não fiz nada.")
    await davi.says("encerra o atendimento aí")
    await davi.sees("Encerrar o atendimento?")
    await davi.says("isso")
    await maria.sees("foi encerrado")


async def test_a_yes_once_the_customer_wrote_is_for_the_customer(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    await davi.says("encerra esse atendimento")
    await davi.sees("Encerrar o atendimento?")
    await maria.says("posso pagar amanhã?")
    await davi.sees("posso pagar amanhã?")
    await davi.says("sim")
    await maria.sees("sim")


async def test_what_answers_where_a_customer_should_go_is_for_no_customer(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    for asks, said in (("financeiro", "não"), ("suporte", "deixa"), ("comercial", "sim")):
        await davi.says(f"transfere pro {asks}")
        await davi.sees("Para onde vai o cliente?")
        await davi.says(said)
        await davi.sees("Você quis dizer “Voltar para a fila”?" if said == "sim" else "Tudo bem, não fiz nada.")
    await maria.quiet()
    assert await loja.rows("SELECT 1 FROM mensagens WHERE autor = 'CONSULTOR'") == []


async def test_who_asks_for_time_keeps_the_offer_and_a_no_may_have_its_reason(loja: RunningService, ana: Phone) -> None:
    await offered(ana)
    await ana.says("peraí")
    await ana.sees("Sem pressa. Ainda é isso que você quer?")
    await ana.says("agora n, o homem saiu")
    await ana.sees("Tudo bem, não fiz nada.")


async def test_a_no_to_what_was_held_back_reaches_no_customer(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    for order, said in (("encerra o chamado dela", "não, espera"), ("encerra esse chamado", "deixa")):
        await davi.says(order)
        await davi.sees("Encerrar o atendimento?")
        await davi.says(said)
        await davi.sees("Tudo bem, não fiz nada.")
    await maria.quiet()


async def test_a_customers_yes_to_the_greeting_is_to_a_person_and_to_no_language(loja: RunningService) -> None:
    maria = await customer(loja, MARIA, "whatsapp")
    await maria.says("xpto zzz")
    await maria.sees("Este é o atendimento da operação.")
    await maria.says("sim")
    await maria.sees("Você quis dizer “Falar com consultor”?")
    await maria.says("sim")
    await maria.sees("Seu protocolo")


async def test_who_says_that_they_want_it_is_asked_nothing_more(loja: RunningService) -> None:
    maria = await customer(loja, MARIA, "whatsapp")
    await maria.says("xpto zzz")
    await maria.sees("Este é o atendimento da operação.")
    await maria.says("quero sim")
    await maria.sees("Seu protocolo")


async def test_a_person_is_called_with_the_verb_people_have_for_it(loja: RunningService) -> None:
    maria = await customer(loja, MARIA, "whatsapp")
    await maria.says("minha conta veio errada")
    await maria.sees("Este é o atendimento da operação.")
    await maria.says("e o boleto também")
    await maria.sees("Quer falar agora com uma pessoa da equipe?")
    await maria.says("pode chamar")
    await maria.sees("Seu protocolo")


async def test_cancela_under_an_offer_of_giving_up_is_no_no(loja: RunningService, ana: Phone) -> None:
    await ana.says("melhor cancelar")
    await ana.sees("Você quis dizer “Desistir do que está em andamento”?")
    await ana.says("cancela")
    await ana.sees("Não há nada em andamento para cancelar.")


async def test_a_longer_sentence_after_what_was_held_back_is_for_the_customer(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    await davi.says("encerra o chamado dela")
    await davi.sees("Encerrar o atendimento?")
    await davi.says("não, o boleto só vence na sexta")
    await maria.sees("não, o boleto só vence na sexta")


async def test_what_asks_of_our_own_rooms_is_read_by_no_customer(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    await davi.says("quem mais tá online?")
    await davi.sees("Você quis dizer “Quem da equipe está disponível”?")
    await davi.says("sim")
    await davi.sees("Presença da equipe:")
    await davi.says("pode passar ela pra Elisa?")
    await davi.sees("não enviei a Maria")
    await davi.says("não")
    await davi.sees("Tudo bem, não fiz nada.")
    await maria.quiet()
    assert await loja.rows("SELECT 1 FROM mensagens WHERE autor = 'CONSULTOR'") == []


async def test_whoever_is_named_where_a_customer_should_go_is_named_to_us(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    for said in ("Bruna", "financeiro", "pra Bruna"):
        await davi.says("TRANSFERIR")
        await davi.sees("Para onde vai o cliente?")
        await davi.says(said)
        await davi.sees("Com esse nome não há ninguém livre agora.\n\nPara onde vai o cliente?")
    await maria.quiet()
    assert await loja.rows("SELECT 1 FROM mensagens WHERE autor = 'CONSULTOR'") == []
    await davi.says("pra Bruna")
    await maria.sees("pra Bruna")


async def test_one_who_is_free_is_named_without_a_tap(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    elisa = await consultor(loja, ELISA)
    await davi.says("TRANSFERIR")
    await davi.sees("Para onde vai o cliente?")
    await davi.says("elisa")
    await davi.sees("não enviei a Maria")
    await davi.taps("👤 Elisa Costa")
    await elisa.sees("🔔 Maria")
    await maria.sees("Vou passar você para outra pessoa da equipe.")


async def test_the_verbs_of_sellers_are_a_customers_yes_to_nothing(loja: RunningService) -> None:
    maria = await customer(loja, MARIA, "whatsapp")
    await maria.says("minha conta veio errada")
    await maria.sees("Este é o atendimento da operação.")
    await maria.says("e o boleto também")
    await maria.sees("Quer falar agora com uma pessoa da equipe?")
    await maria.says("lança uma pra mim")
    await maria.quiet()
    assert await loja.rows("SELECT 1 FROM atendimentos") == []


async def test_a_no_behind_something_written_to_the_customer_is_for_the_customer(loja: RunningService) -> None:
    maria, davi = await talking(loja, of_davi="whatsapp")
    await davi.says("encerra esse atendimento")
    await davi.sees("Encerrar o atendimento?")
    await davi.says("ainda falta o comprovante")
    await maria.sees("ainda falta o comprovante")
    await davi.says("não")
    await maria.sees("não")
