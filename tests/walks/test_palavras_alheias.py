"""What a word means depends on whose it is and where it is said: labels, words of other perfis, the queue's own."""

import pytest

from tests.support.consultores import CHANNELS, DAVI, attended, consultor, customer, nothing_is_under_way
from tests.support.sellers import seller, sells
from tests.support.service import RunningService


@pytest.mark.falha(98)
@CHANNELS
async def test_of_options_that_are_numbers_the_one_so_called_is_taken_and_any_other_number_is_a_place(
    service: RunningService, channel: str
) -> None:
    await service.login_bo()
    ana = await seller(service, channel=channel)
    job = await sells(service, ana)
    for opcoes, typed, answer in ((["3", "2", "1", "0"], "1", "1"), (["10", "20", "1"], "2", "20")):
        await job.ask("Quantos pontos?", "opcao", opcoes=[*opcoes])
        await ana.sees("Quantos pontos?")
        await ana.says(typed)
        assert (await job.answered(len(job.history)))[-1] == answer


class TestWordsOfAnotherPerfil:
    @pytest.mark.falha(99)
    @CHANNELS
    async def test_said_by_a_consultor_they_go_to_the_customer(
        self, sqlite_service: RunningService, channel: str
    ) -> None:
        davi, maria = await consultor(sqlite_service, DAVI, channel), await customer(sqlite_service)
        await attended(sqlite_service, maria, davi)
        for word in ("vender", "Status", "pool", "consultor", "Cancelar"):
            await davi.says(word)
            await maria.sees(word)

    @pytest.mark.falha(99)
    async def test_written_as_a_command_they_are_held_back_once(self, sqlite_service: RunningService) -> None:
        davi, maria = await consultor(sqlite_service, DAVI), await customer(sqlite_service)
        await attended(sqlite_service, maria, davi)
        for word in ("/vendas", "TOKEN", "VENDER"):
            await davi.says(word)
            await davi.sees("não enviei a Maria")
            await davi.says(word)
            await maria.sees(word)

    @pytest.mark.falha(99)
    @CHANNELS
    async def test_said_by_a_customer_they_go_to_the_consultor(self, service: RunningService, channel: str) -> None:
        davi, maria = await consultor(service), await customer(service, channel=channel)
        await attended(service, maria, davi)
        for word in ("vender", "status", "cancelar", "encerrar"):
            await maria.says(word)
            await davi.sees(word)

    @pytest.mark.falha(99)
    @CHANNELS
    async def test_a_sellers_answer_may_be_a_word_of_consultores(self, service: RunningService, channel: str) -> None:
        await service.login_bo()
        ana = await seller(service, channel=channel)
        job = await sells(service, ana)
        await job.ask("Em que situação está o imóvel?", "texto")
        await ana.sees("Em que situação")
        await ana.says("ocupado")
        assert await job.answered() == ["ocupado"]

    @pytest.mark.falha(99)
    @CHANNELS
    async def test_with_nobody_to_say_it_to_vender_tells_what_is_missing(
        self, service: RunningService, channel: str
    ) -> None:
        davi = await consultor(service, DAVI, channel)
        await davi.says("VENDER")
        await davi.sees("O seu perfil não inclui vendas pelo PAP.")
        await davi.says("CANCELAR")
        await davi.sees("Não há nada em andamento para cancelar.")


class TestInTheQueue:
    @pytest.mark.falha(100)
    @CHANNELS
    async def test_cancelar_of_a_customer_leaves_it(self, service: RunningService, channel: str) -> None:
        maria = await customer(service, channel=channel)
        await maria.says("CONSULTOR")
        await maria.sees("Você é o 1º da fila.")
        await maria.says("/Cancelar")
        await maria.sees("Tudo bem, você saiu da fila. Protocolo #00001.")
        (row,) = await service.rows("SELECT status, encerrado_por FROM atendimentos")
        assert (row["status"], row["encerrado_por"]) == ("ENCERRADO", "CLIENTE")

    @pytest.mark.falha(100)
    @CHANNELS
    async def test_status_of_a_customer_says_their_place(self, service: RunningService, channel: str) -> None:
        maria = await customer(service, channel=channel)
        await maria.says("CONSULTOR")
        await maria.sees("Você é o 1º da fila.")
        await maria.says("status")
        bubble = await maria.sees("Você é o 1º da fila.")
        assert "venda" not in bubble.text
        await nothing_is_under_way(service)
        assert await service.rows("SELECT 1 FROM mensagens") == []

    @pytest.mark.falha(100)
    @CHANNELS
    async def test_other_words_are_kept_for_the_consultor(self, service: RunningService, channel: str) -> None:
        maria = await customer(service, channel=channel)
        await maria.says("CONSULTOR")
        await maria.sees("Você é o 1º da fila.")
        await maria.says("vender")
        await maria.sees("Anotei. O consultor vai ler a sua mensagem ao entrar.")


async def test_who_speaks_of_a_login_hears_who_sees_to_it(sqlite_service: RunningService) -> None:
    ana = await seller(sqlite_service, channel="whatsapp")
    for said in ("minha senha expirou", "meu acesso caiu"):
        await ana.says(said)
        await ana.sees("Fale com o administrador da sua operação.")


async def test_who_asks_whether_they_may_sell_hears_what_is_missing(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI)
    for said in ("posso vender?", "consigo vender?"):
        await davi.says(said)
        await davi.sees("O seu perfil não inclui vendas pelo PAP.")


async def test_a_seller_who_asks_whether_it_is_down_hears_of_it(sqlite_service: RunningService) -> None:
    ana = await seller(sqlite_service)
    await ana.says("tá fora do ar?")
    await ana.sees("Eu estou no ar.")
