"""Every question, link and button has an end of life: what comes after it is not acted on, and asked again."""

import pytest

from sandbox import Phone, manual
from sandbox.telegram.phone import TelegramPhone
from tests.support.consultores import CHANNELS, DAVI, MARIA, attended, consultor, customer, nothing_is_under_way
from tests.support.sellers import pool, seller, sells
from tests.support.service import RunningService


async def rated(service: RunningService) -> tuple[object, object]:
    (row,) = await service.rows("SELECT avaliacao, comentario FROM atendimentos")
    return row["avaliacao"], row["comentario"]


async def ended(service: RunningService, channel: str, *, read: bool = True) -> tuple[Phone, Phone]:
    """Maria's atendimento is over, and she is asked for a rating."""
    davi, maria = await consultor(service), await customer(service, MARIA, channel)
    await attended(service, maria, davi)
    await davi.says("ENCERRAR")
    if read:
        await maria.sees("que nota você dá?")
    return davi, maria


async def arrives_late(service: RunningService, phone: Phone, text: str, **by: float) -> None:
    """They write it now, and the channel brings it so much later."""
    channel = service.sandbox.telegram if isinstance(phone, TelegramPhone) else service.sandbox.whatsapp
    channel.faults.withhold()
    await phone.says(text)
    service.clock.move(**by)
    for again in channel.faults.release():
        await again.finished()


class TestAQuestionOfAnotherDay:
    @pytest.mark.falha(101)
    @CHANNELS
    async def test_an_answer_three_days_after_its_question_starts_nothing_and_is_asked_again(
        self, service: RunningService, channel: str
    ) -> None:
        await service.login_bo()
        ana = await seller(service, channel=channel)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        for answer in ("SIM", "sim", "Não", "CANCELAR"):
            service.clock.move(days=3)
            await ana.says(answer)
            await ana.sees("Faz tempo que perguntei isso")
            await ana.sees("Posso começar?")
            assert (await pool(service)).livres == 1, answer
        await ana.says("SIM")
        await ana.sees("Venda iniciada")

    @pytest.mark.falha(101)
    @CHANNELS
    async def test_so_is_a_tap(self, service: RunningService, channel: str) -> None:
        await service.login_bo()
        ana = await seller(service, channel=channel)
        await ana.says("VENDER")
        card = await ana.sees("Posso começar?")
        service.clock.move(days=3)
        await ana.taps("SIM", bubble=card)
        await ana.sees("já não vale: nada foi feito.")
        assert await service.rows("SELECT 1 FROM vendas") == []

    @pytest.mark.falha(101)
    @CHANNELS
    async def test_words_of_another_kind_work_as_ever(self, sqlite_service: RunningService, channel: str) -> None:
        ana = await seller(sqlite_service, channel=channel)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        sqlite_service.clock.move(days=3)
        await ana.says("vendas")
        await ana.sees("Você ainda não tem vendas.")

    @pytest.mark.falha(101)
    @CHANNELS
    async def test_a_note_asked_for_long_ago_goes_neither_to_the_notes_nor_to_the_customer(
        self, service: RunningService, channel: str
    ) -> None:
        davi, maria = await consultor(service, DAVI, channel), await customer(service)
        await attended(service, maria, davi)
        await davi.says("NOTA")
        await davi.sees("Escreva a nota")
        service.clock.move(hours=2)
        await davi.says("Cliente difícil")
        await davi.sees("nada foi anotado nem enviado")
        await nothing_is_under_way(service)
        assert not maria.shows("Cliente difícil")
        assert await service.rows("SELECT 1 FROM mensagens") == []

    @pytest.mark.falha(101)
    @CHANNELS
    async def test_an_old_button_that_frees_logins_frees_none(self, service: RunningService, channel: str) -> None:
        await service.administrador("Carla Dias", "5531988804002")
        carla = await service.phone(channel, "Carla Dias", "5531988804002")
        await carla.says("LIBERAR")
        asked = await carla.sees("Liberar quais acessos?")
        service.clock.move(days=1)
        await carla.taps("Todos", bubble=asked)
        await carla.sees("já não vale: nada foi feito.")
        assert await service.rows("SELECT 1 FROM auditoria WHERE acao = 'LIBERAR'") == []
        assert len(await service.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'botao_vencido'")) == 1


class TestAQuestionThatNeverArrived:
    """Whoever was never asked answers nothing, whatever they write."""

    @pytest.mark.falha(118)
    @pytest.mark.parametrize("answer", ["SIM", "1", "pode ser"])
    async def test_a_confirmation_starts_nothing_and_is_asked_again(self, service: RunningService, answer: str) -> None:
        await service.login_bo()
        ana = await seller(service)
        await never_reached(service, ana, "VENDER", "interactive")
        await ana.says(answer)
        await ana.sees("A minha pergunta não tinha chegado a você")
        await ana.sees("Posso começar?")
        assert await service.rows("SELECT 1 FROM vendas") == []
        await ana.says("SIM")
        await ana.sees("Venda iniciada")

    @pytest.mark.falha(118)
    async def test_a_robots_question_gets_no_answer_and_is_asked_again(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        job = await sells(service, ana, manual())
        await nothing_is_under_way(service)
        service.sandbox.whatsapp.faults.fail_next("text", code=131026, person=ana)
        await job.ask("Qual o CEP?", tipo="texto")
        await nothing_is_under_way(service)
        await ana.says("ele já pagou?")
        told = await ana.sees("A minha pergunta não tinha chegado a você")
        assert told.text.endswith("Qual o CEP?")
        assert not job.answers
        await ana.says("30140-071")
        await job.answered(1)

    @pytest.mark.falha(118)
    async def test_a_note_that_was_never_asked_for_is_neither_kept_nor_sent(self, service: RunningService) -> None:
        davi, maria = await consultor(service), await customer(service)
        await attended(service, maria, davi)
        await never_reached(service, davi, "NOTA", "text")
        await davi.says("mora no segundo andar")
        await davi.sees("A minha pergunta não tinha chegado a você")
        assert await service.rows("SELECT 1 FROM mensagens WHERE texto = 'mora no segundo andar'") == []

    @pytest.mark.falha(118)
    async def test_a_tap_shows_that_it_arrived(self, service: RunningService) -> None:
        """Reported as failed, and yet it is there: what is tapped under it counts."""
        await service.login_bo()
        ana = await seller(service)
        await ana.says("VENDER")
        card = await ana.sees("Posso começar?")
        await nothing_is_under_way(service)
        await ana.taps("SIM", bubble=card)
        await ana.sees("Venda iniciada")


async def never_reached(service: RunningService, phone: Phone, word: str, kind: str) -> None:
    """The channel does not deliver what the word is answered."""
    await nothing_is_under_way(service)
    service.sandbox.whatsapp.faults.fail_next(kind, code=131026, person=phone)
    await (await phone.says(word)).accepted()
    await nothing_is_under_way(service)


class TestRatings:
    @pytest.mark.falha(102)
    @CHANNELS
    async def test_a_tap_a_month_later_is_not_counted_and_asked_again(
        self, service: RunningService, channel: str
    ) -> None:
        _davi, maria = await ended(service, channel)
        asked = maria.screen[-1]
        service.clock.move(days=30)
        await maria.taps("5 ⭐⭐⭐⭐⭐", bubble=asked)
        await maria.sees("já não vale: nada foi feito.")
        assert await rated(service) == (None, None)
        await maria.taps("4 ⭐⭐⭐⭐")
        await maria.sees("Obrigado pela nota!")
        assert await rated(service) == (4, None)

    @pytest.mark.falha(102)
    @CHANNELS
    @pytest.mark.parametrize("text", ["5", "Oi, preciso de ajuda", "ótimo"])
    async def test_what_is_written_a_month_later_is_no_comment(
        self, service: RunningService, channel: str, text: str
    ) -> None:
        _davi, maria = await ended(service, channel)
        service.clock.move(days=30)
        await maria.says(text)
        await maria.sees("O prazo para avaliar o seu último atendimento já passou")
        assert await rated(service) == (None, None)

    @pytest.mark.falha(401)
    async def test_what_it_says_then_is_read_by_who_attends_them_next(self, sqlite_service: RunningService) -> None:
        _davi, maria = await ended(sqlite_service, "whatsapp")
        sqlite_service.clock.move(days=30)
        await maria.says("5")
        await maria.sees("O prazo para avaliar")
        await maria.says("a luz do modem pisca")
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        [said] = await sqlite_service.rows("SELECT texto FROM mensagens WHERE autor = 'CLIENTE' AND atendimento_id = 2")
        assert said["texto"] == "a luz do modem pisca"

    @pytest.mark.falha(102)
    @CHANNELS
    async def test_within_its_time_a_typed_number_is_the_rating(self, service: RunningService, channel: str) -> None:
        _davi, maria = await ended(service, channel)
        service.clock.move(days=2)
        await maria.says("5")
        await maria.sees("Obrigado pela nota!")
        assert await rated(service) == (5, None)

    @pytest.mark.falha(103)
    @pytest.mark.parametrize("later", [False, True], ids=["refused at once", "reported later"])
    async def test_what_follows_a_request_that_never_arrived_is_no_comment(
        self, service: RunningService, later: bool
    ) -> None:
        davi, maria = await consultor(service), await customer(service)
        await attended(service, maria, davi)
        await nothing_is_under_way(service)
        service.sandbox.whatsapp.faults.failures_come_later = later
        service.sandbox.whatsapp.faults.close_window(maria)
        await davi.says("ENCERRAR")
        await davi.sees("encerrado")
        await nothing_is_under_way(service)
        # What is reported later comes in a webhook of its own, and is told to the dialog by a row.
        await service.sandbox.whatsapp.settled()
        await nothing_is_under_way(service)
        service.sandbox.whatsapp.faults.failures_come_later = False
        await maria.says("Oi, minha internet caiu")
        await maria.sees("Olá! Este é o atendimento da operação.")
        assert await rated(service) == (None, None)

    @pytest.mark.falha(104)
    @CHANNELS
    async def test_a_photo_after_the_end_is_no_comment_is_kept_and_asked_again(
        self, service: RunningService, channel: str
    ) -> None:
        _davi, maria = await ended(service, channel)
        await maria.sends_photo(b"\xff\xd8\xff\xe0 foto", caption="Olha isto")
        bubble = await maria.sees("O atendimento já terminou e ninguém da equipe viu isso.")
        assert any("5 ⭐" in label for label in bubble.labels)
        assert await rated(service) == (None, None)
        assert len(await service.rows("SELECT 1 FROM arquivos")) == 1
        await maria.says("Foi ótimo")
        await maria.sees("O seu comentário foi guardado.")
        assert await rated(service) == (None, "Foi ótimo")


class TestWhatArrivesLate:
    @pytest.mark.falha(30, 105)
    @CHANNELS
    async def test_a_sim_of_yesterday_starts_nothing(self, service: RunningService, channel: str) -> None:
        await service.login_bo()
        ana = await seller(service, channel=channel)
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        await arrives_late(service, ana, "SIM", hours=20)
        await ana.sees("só chegou agora, e não fiz nada com ela.")
        assert await service.rows("SELECT 1 FROM vendas") == []
        assert len(await service.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'chegou_tarde'")) == 1

    @pytest.mark.falha(30, 105)
    @CHANNELS
    async def test_consultor_of_yesterday_joins_no_queue(self, service: RunningService, channel: str) -> None:
        maria = await customer(service, channel=channel)
        await maria.says("Oi")
        await maria.sees("Olá!")
        await arrives_late(service, maria, "CONSULTOR", hours=20)
        await maria.sees("só chegou agora, e não fiz nada com ela.")
        assert await service.rows("SELECT 1 FROM atendimentos") == []

    @pytest.mark.falha(30, 105)
    @CHANNELS
    async def test_a_consultors_text_of_hours_ago_goes_to_nobody(self, service: RunningService, channel: str) -> None:
        davi, maria = await consultor(service, DAVI, channel), await customer(service)
        await attended(service, maria, davi)
        await arrives_late(service, davi, "Chego em 5 minutos", hours=5)
        await davi.sees("só chegou agora, e não fiz nada com ela.")
        assert not maria.shows("Chego em 5 minutos")

    @pytest.mark.falha(108)
    @CHANNELS
    async def test_a_customers_text_goes_on_and_says_when_it_was_written(
        self, service: RunningService, channel: str
    ) -> None:
        davi, maria = await consultor(service), await customer(service, channel=channel)
        await attended(service, maria, davi)
        written = service.clock()
        await arrives_late(service, maria, "Minha internet caiu", hours=5)
        bubble = await davi.sees("Minha internet caiu")
        assert bubble.text.startswith("🕒 Escrita em ")
        (row,) = await service.rows("SELECT texto, quando FROM mensagens")
        assert row["texto"] == "Minha internet caiu"
        assert str(row["quando"])[:13].replace("T", " ") == f"{written:%Y-%m-%d %H}"

    @pytest.mark.falha(108)
    @CHANNELS
    async def test_what_comes_in_time_shows_none(self, sqlite_service: RunningService, channel: str) -> None:
        davi, maria = await consultor(sqlite_service), await customer(sqlite_service, channel=channel)
        await attended(sqlite_service, maria, davi)
        await arrives_late(sqlite_service, maria, "Oi", minutes=3)
        assert (await davi.sees("Oi")).text == "Oi"

    @pytest.mark.falha(108)
    @CHANNELS
    async def test_written_while_waiting_it_is_kept_with_its_time(self, service: RunningService, channel: str) -> None:
        maria = await customer(service, channel=channel)
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        await arrives_late(service, maria, "Minha internet caiu", hours=5)
        await maria.sees("Anotei.")
        (row,) = await service.rows("SELECT texto FROM mensagens")
        assert row["texto"] == "Minha internet caiu"
