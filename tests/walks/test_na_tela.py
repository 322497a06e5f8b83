"""Said of what is on the screen: of the card, of the list it was opened from, of a list that has come to its end."""

import pytest

from sandbox import Phone
from storage.transaction import Transaction
from tests.support.faturas import chega
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver
from tests.walks.test_processos import person, processos


@pytest.fixture
async def hugo(sqlite_service: RunningService) -> Phone:
    """An operator; an invoice of VIVO has come, and one of OI is awaited."""

    async def work(tx: Transaction) -> None:
        await chega(tx, numero=1)

    await sqlite_service.wiring.turns.run(work)
    await processos(sqlite_service, "Moinho Ltda", codigo="OI")
    return await person(sqlite_service)


async def test_of_the_card_on_the_screen_people_ask_what_it_says(hugo: Phone) -> None:
    await hugo.says("tem da vivo?")
    await hugo.sees("🧾")
    for asked in ("qual o vencimento?", "já baixou?", "quanto deu"):
        await hugo.says(asked)
        await hugo.sees("R$ 111,00")
    await hugo.says("quem aprovou?")
    await hugo.sees("🕓")
    await hugo.says("pq não foi aprovada ainda")
    await hugo.sees("Espera que 1 aprovador decida.")


async def test_a_value_is_put_right_in_the_panel_and_the_chat_says_so(hugo: Phone) -> None:
    await hugo.says("e da vivo")
    await hugo.sees("🧾")
    await hugo.says("valor certo é 89,90")
    await hugo.sees("Por aqui nada é corrigido")
    await hugo.says("aprova, o valor está certo: 111,00")
    await hugo.sees("PENDENTES não é do seu perfil.")


async def test_from_a_card_people_go_back_to_its_list_and_a_list_that_ends_says_so(hugo: Phone) -> None:
    await hugo.says("quantas faltam baixar?")
    await hugo.sees("Aguardando download")
    await hugo.says("próximas")
    await hugo.sees("A lista acaba aqui")
    await hugo.says("1")
    await hugo.sees("🧾 Moinho")
    await hugo.says("blorgh wrzl")
    await hugo.sees("O cartão de Moinho Ltda · OI")
    await hugo.says("volta pra lista")
    await hugo.sees("Aguardando download")


async def test_an_operadora_is_named_whatever_else_its_name_means(hugo: Phone) -> None:
    await hugo.says("e da oi?")
    await hugo.sees("🧾 Moinho Ltda")
    await hugo.says("tem da claro?")
    await hugo.sees("Não achei processo de “claro”")
    await hugo.says("setembro")
    await hugo.sees("09/")


async def test_whose_it_is_shows_it_however_it_is_asked(hugo: Phone) -> None:
    await hugo.says("me vê a da moinho")
    await hugo.sees("🧾 Moinho Ltda")


async def test_who_wants_what_another_perfil_does_hears_so(hugo: Phone) -> None:
    await hugo.says("quem tá online aí?")
    await hugo.sees("PRESENCA não é do seu perfil.")


async def test_of_a_list_the_oldest_is_shown_and_of_which_one_is_asked(hugo: Phone) -> None:
    await hugo.says("tem da oi?")
    assert "CNPJ " in (await hugo.sees("🧾")).text
    await hugo.says("processos ltda")
    await hugo.sees("processos")
    await hugo.says("essa tá certa?")
    kept = await hugo.sees("De qual da lista?")
    assert len(kept.labels) > 1
    await hugo.says("e a segunda?")
    await hugo.sees("🧾")
    await hugo.says("processos ltda")
    await hugo.sees("processos")
    await hugo.says("qual a mais velha?")
    await hugo.sees("🧾 Padaria")
    await hugo.says("cancela esse download")
    await hugo.sees("Cada robô se para no seu cartão")


async def test_who_sent_a_robot_asks_how_it_went(sqlite_service: RunningService, hugo: Phone) -> None:
    sqlite_service.sandbox.rpa.next("manual")
    await hugo.says("o que falta baixar da oi?")
    await hugo.sees("🧾 Moinho Ltda")
    await hugo.taps("Baixar")
    await hugo.sees("um robô foi buscar a fatura")
    await hugo.says("já foi?")
    await hugo.sees("🧾 Moinho Ltda")
    await hugo.says("o que falta baixar da vivo?")
    await hugo.sees("Aguardando download · vivo")


async def test_of_a_list_which_one_is_asked_and_a_card_opens(hugo: Phone) -> None:
    await hugo.says("processos ltda")
    await hugo.sees("🔍")
    await hugo.says("abre ela")
    await hugo.sees("De qual da lista?")
    await hugo.says("tem da vivo?")
    await hugo.sees("🧾")
    await hugo.says("abre ela")
    await hugo.sees("fatura.pdf")


async def test_a_question_of_ours_in_between_takes_no_card_away(sqlite_service: RunningService) -> None:
    async def work(tx: Transaction) -> None:
        await chega(tx, numero=1)

    await sqlite_service.wiring.turns.run(work)
    gil = await approver(sqlite_service, channel="whatsapp")
    await gil.says("e da vivo")
    await gil.sees("🧾")
    await gil.says("talvez delegar pra alguém")
    await gil.sees("Você quis dizer")
    await gil.says("qual o vencimento?")
    await gil.sees("🧾")
    await gil.says("talvez delegar pra alguém")
    await gil.sees("Você quis dizer")
    await gil.says("rejeita, valor acima do contrato")
    await gil.sees("Motivo: valor acima do contrato")


async def test_a_number_is_of_the_list_above_where_a_month_is_empty(hugo: Phone) -> None:
    await hugo.says("quantas faltam baixar?")
    await hugo.sees("1. 📥 Moinho")
    await hugo.says("processos de janeiro")
    empty = await hugo.sees("Não há processos em 01/")
    assert len(empty.labels) == 1
    await hugo.says("1")
    await hugo.sees("🧾 Moinho")


async def test_the_file_of_a_card_takes_no_card_away_and_one_goes_back_to_the_list(hugo: Phone) -> None:
    await hugo.says("processos ltda")
    await hugo.sees("🔍")
    await hugo.says("e da vivo")
    await hugo.sees("🧾")
    await hugo.says("mostra o pdf")
    await hugo.sees("fatura.pdf")
    await hugo.says("qual o vencimento?")
    await hugo.sees("R$ 111,00")
    await hugo.says("volta")
    await hugo.sees("🔍")


async def test_a_number_alone_below_a_card_sends_no_robot_before_it_is_confirmed(hugo: Phone) -> None:
    await hugo.says("e da oi")
    card = await hugo.sees("🧾 Moinho")
    assert card.labels[0] == "Baixar"
    await hugo.says("1")
    await hugo.sees("Você quis dizer “Baixar”?")
    await hugo.says("para")
    await hugo.sees("Tudo bem, não fiz nada.")
    await hugo.says("e da oi")
    await hugo.sees("🧾 Moinho")
    await hugo.says("1")
    await hugo.sees("Você quis dizer “Baixar”?")
    await hugo.says("1")
    await hugo.sees("só o número não basta")
    await hugo.says("sim")
    await hugo.sees("um robô foi buscar a fatura")
