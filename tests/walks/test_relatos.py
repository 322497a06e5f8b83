"""What people report of other products, in ours: who left is not waited for, no customer reads what is meant for us."""

import pytest

from sandbox import small_pdf
from sandbox.telegram.phone import TelegramPhone
from sandbox.whatsapp.phone import WhatsAppPhone
from storage.pessoa.perfil import Perfil
from tests.support.consultores import (
    DAVI,
    ELISA,
    MARIA,
    PEDRO,
    attended,
    consultor,
    customer,
    nothing_is_under_way,
)
from tests.support.service import RunningService
from tests.support.talking import arrived, last, talking

MEGABYTE = 1_000_000


@pytest.mark.falha(347)
@pytest.mark.parametrize("word", ["OFFLINE", "AUSENTE almoço", "OCUPADO em reunião"])
async def test_whoever_leaves_with_a_card_on_the_screen_keeps_no_customer_waiting(
    sqlite_service: RunningService, word: str
) -> None:
    davi, elisa = await consultor(sqlite_service, DAVI), await consultor(sqlite_service, ELISA)
    maria = await customer(sqlite_service)
    await maria.says("CONSULTOR")
    await davi.sees("Maria quer falar com um consultor")
    await davi.says(word)
    await davi.sees("Como você não está online, o cliente é oferecido a quem estiver livre.")
    await elisa.sees("Maria quer falar com um consultor")


@pytest.mark.falha(347)
async def test_who_blocks_us_while_they_wait_has_left_the_queue(sqlite_service: RunningService) -> None:
    davi, maria = await consultor(sqlite_service), await customer(sqlite_service, MARIA, "telegram")
    assert isinstance(maria, TelegramPhone)
    await maria.says("CONSULTOR")
    await davi.sees("Maria quer falar com um consultor")
    await maria.blocks()
    await davi.sees("O cliente desistiu de esperar.")
    await davi.says("FILA")
    await davi.sees("Ninguém na fila.")
    await maria.unblocks()
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00002")


@pytest.mark.falha(348)
async def test_a_word_of_ours_with_a_name_behind_it_is_read_by_no_customer(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
    await consultor(sqlite_service, ELISA)
    where, whether = "Para onde vai o cliente?", "Encerrar o atend"
    for typed, asked in (
        ("TRANSFERIR Elisa", where), ("transferir, elisa.", where), ("TRANSFERIR para: Elisa", where),
        ("encerrar resolvido", whether),
    ):  # fmt: skip
        await davi.says(typed)
        assert asked in (await davi.sees("não enviei a Maria")).text
    await nothing_is_under_way(sqlite_service)
    assert not maria.shows("TRANSFERIR")
    assert not maria.shows("transferir")
    await davi.says("encerrar resolvido")
    await maria.sees("encerrar resolvido"), "said again, it is for her after all"


@pytest.mark.falha(349)
async def test_what_changes_after_a_transfer_is_read_by_who_has_the_customer_now(
    sqlite_service: RunningService,
) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    assert isinstance(maria, WhatsAppPhone)
    assert isinstance(davi, TelegramPhone)
    elisa = await consultor(sqlite_service, ELISA)
    await maria.says("moro na rua A")
    hers = last(maria)
    await davi.sees("moro na rua A")
    await davi.says("a instalação é terça")
    his, answer = last(davi), await arrived(sqlite_service, maria)
    await davi.says("TRANSFERIR")
    await davi.taps("👤 Elisa Costa")
    await elisa.taps("Aceitar")
    await elisa.sees("O que já foi dito:")

    await maria.edits(hers, "moro na rua B")
    await elisa.sees("✏️ moro na rua B")
    await maria.says("e de manhã?", reply_to=answer)
    assert "em resposta a “a instalação é terça”" in (await elisa.sees("e de manhã?")).text
    await davi.edits(his, "a instalação é quarta")
    await davi.sees("Esse atendimento já não está com você. A sua correção não chegou ao cliente.")
    assert not maria.shows("quarta")


@pytest.mark.falha(349)
async def test_what_a_consultor_deletes_the_customer_still_has(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
    assert isinstance(davi, WhatsAppPhone)
    await davi.says("o preço é 10")
    await maria.sees("o preço é 10")
    await davi.takes_back(last(davi))
    await davi.sees("O cliente já recebeu essa mensagem")
    (row,) = await sqlite_service.rows("SELECT texto FROM mensagens WHERE autor = 'CONSULTOR'")
    assert row["texto"] == "o preço é 10"


@pytest.mark.falha(350)
@pytest.mark.parametrize(("of_maria", "of_davi"), [("telegram", "whatsapp"), ("whatsapp", "telegram")])
async def test_a_file_that_is_too_large_says_so_and_keeps_what_was_written_under_it(
    sqlite_service: RunningService, of_maria: str, of_davi: str
) -> None:
    maria, davi = await talking(sqlite_service, of_maria, of_davi)
    await maria.sends_document("contrato.pdf", b"%PDF" + bytes(21 * MEGABYTE), caption="é este o certo?")
    line = await davi.sees("grande demais")
    assert "é este o certo?\n📎 contrato.pdf" in line.text
    await maria.sees("contrato.pdf passa de 20 MB")


@pytest.mark.falha(350)
async def test_a_file_arrives_under_its_own_name_alone(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    await maria.sends_document("C:\\Users\\Maria\\..\\conta nº 1 – março.pdf", small_pdf("x"))
    assert "<conta nº 1 – março.pdf>" in (await davi.sees_kind("document")).as_text()


@pytest.mark.falha(351)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_an_album_is_answered_once_and_shows_the_way_to_a_person(
    sqlite_service: RunningService, channel: str
) -> None:
    maria = await customer(sqlite_service, MARIA, channel)
    await maria.says("oi")
    await maria.sends_photos([b"a", b"b", b"c"], "minha conta")
    await maria.sees("Recebi 3 arquivos e guardei.")
    assert sum("guardei" in bubble.text for bubble in maria.screen) == 1
    await maria.taps("Falar com consultor")
    await maria.sees("Seu protocolo")


@pytest.mark.falha(352)
async def test_customers_of_one_name_are_told_apart_on_buttons(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service)
    for quem in (("Maria Lima", MARIA[1]), ("Maria Lima", PEDRO[1]), ("Pedro", "5531977701002")):
        await attended(sqlite_service, await customer(sqlite_service, quem), davi)
    await davi.says("FILA")
    assert {"#00001 Maria Lima", "#00002 Maria Lima"} <= set((await davi.sees("Com você:")).labels)
    await davi.says("NOTA ligar amanhã")
    await davi.says("ENCERRAR")


@pytest.mark.falha(352)
@pytest.mark.parametrize("typed", ["10", "nota 0", "8/10"])
async def test_a_rating_of_another_scale_is_asked_again(sqlite_service: RunningService, typed: str) -> None:
    davi, maria = await consultor(sqlite_service), await customer(sqlite_service)
    await attended(sqlite_service, maria, davi)
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await maria.says(typed)
    await maria.sees("A nota vai de 1 a 5.")
    await maria.says("5")
    await maria.sees("Obrigado pela nota!")


@pytest.mark.falha(355)
async def test_who_gives_a_customer_back_is_not_asked_about_them_again(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
    await davi.says("TRANSFERIR")
    await davi.taps("Voltar para a fila")
    await davi.sees("voltou ao começo da fila")
    await nothing_is_under_way(sqlite_service)
    assert not [bubble for bubble in davi.unseen if "quer falar com um consultor" in bubble.text]
    elisa = await consultor(sqlite_service, ELISA)
    await elisa.sees("Maria quer falar com um consultor")
    assert maria.shows("Vou passar você para outra pessoa")


@pytest.mark.falha(355)
@pytest.mark.parametrize("word", ["ENCERRAR", "TRANSFERIR"])
async def test_a_word_about_one_customer_beside_the_topics_of_several_is_done_to_none(
    sqlite_service: RunningService, word: str
) -> None:
    davi = await consultor(sqlite_service, DAVI, "telegram")
    assert isinstance(davi, TelegramPhone)
    for quem in (MARIA, PEDRO):
        await attended(sqlite_service, await customer(sqlite_service, quem), davi)
    davi.opens_topic(None)
    await davi.says(word)
    await davi.sees("Escreva isso no tópico do cliente de quem se trata.")
    davi.opens_topic("Maria (#00001)")
    await davi.says("ENCERRAR")
    await davi.sees("Atendimento #00001 com Maria encerrado.")


@pytest.mark.falha(356)
async def test_a_pdf_is_one_whatever_its_senders_app_calls_it(sqlite_service: RunningService) -> None:
    await sqlite_service.usuario("Hugo Melo", "5531988806004", Perfil.OPERADOR)
    hugo = await sqlite_service.phone("telegram", "Hugo Melo", "5531988806004")
    await hugo.sends_document("fatura de maio", small_pdf("Fatura de maio"), "application/octet-stream")
    await hugo.sees("📄 fatura de maio: não achei o processo desta fatura.", timeout=30)


@pytest.mark.falha(359)
@pytest.mark.parametrize("typed", ["PROCESSOS 11/1899", "PROCESSOS 01/0001", "PROCESSOS 12/2199"])
async def test_a_slip_of_the_year_is_no_month(sqlite_service: RunningService, typed: str) -> None:
    await sqlite_service.administrador()
    adm = await sqlite_service.phone("whatsapp", "Adm Silva", "5531999990000")
    await adm.says(typed)
    await adm.sees(typed.partition(" ")[2])
    assert await sqlite_service.rows("SELECT * FROM failed_events") == []
