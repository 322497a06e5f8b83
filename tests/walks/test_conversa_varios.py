"""A consultor with several customers: whom each message is from, and whom each answer is for."""

import pytest

from bot.agendamento.limpeza import clean_up
from sandbox import Phone
from tests.support.consultores import DAVI, ELISA, MARIA, PEDRO, attended, consultor, customer, nothing_is_under_way
from tests.support.service import RunningService
from tests.support.talking import arrived, following, have_read, last, talking


async def two_customers(service: RunningService, of_davi: str, channel: str = "whatsapp") -> tuple[Phone, Phone, Phone]:
    """Maria and Pedro, both Davi's; Pedro came last and is on his screen."""
    maria, davi = await talking(service, channel, of_davi)
    pedro = await customer(service, PEDRO, channel)
    await attended(service, pedro, davi)
    await have_read(service, maria, pedro, davi)
    return maria, pedro, davi


class TestWithoutTopics:
    async def test_each_message_says_who_it_is_from(self, service: RunningService) -> None:
        maria, pedro, davi = await two_customers(service, "whatsapp")
        await pedro.says("oi, sou o Pedro")
        assert (await following(davi)).text == "👤 Pedro (#00002)\noi, sou o Pedro"
        await maria.says("e eu?")
        hers = await following(davi)
        assert (hers.text, hers.labels) == ("👤 Maria (#00001)\ne eu?", ["Responder Maria"])

        await davi.says("Bom dia, Pedro")
        assert (await following(pedro)).text == "Bom dia, Pedro"
        await davi.taps("Responder Maria")
        await davi.sees("Na tela agora: Maria. O que escrever aqui vai para Maria.")
        await davi.says("Bom dia, Maria")
        assert (await following(maria)).text == "Bom dia, Maria"
        await pedro.says("e agora?")
        assert (await following(davi)).labels == ["Responder Pedro"]

    async def test_each_file_says_who_it_is_from(self, sqlite_service: RunningService) -> None:
        maria, pedro, davi = await two_customers(sqlite_service, "whatsapp")
        await pedro.sends_document("conta.pdf", b"%PDF", caption="a conta")
        assert (await following(davi)).text == "👤 Pedro (#00002)\na conta"
        await maria.sends_voice(b"OggS")
        head = await following(davi)
        assert (head.text, head.labels) == ("👤 Maria (#00001)", ["Responder Maria"])
        assert (await following(davi)).document == b"OggS"

    async def test_an_answer_to_a_bubble_goes_to_whom_it_is_from(self, service: RunningService) -> None:
        maria, pedro, davi = await two_customers(service, "whatsapp")
        await maria.says("quanto custa?")
        hers = await arrived(service, davi)
        await davi.says("99 reais", reply_to=hers)
        answer = await following(maria)
        assert (answer.text, answer.quote) == ("99 reais", "quanto custa?")
        await davi.sees("↪️ Foi para Maria (#00001).")
        await davi.says("e você, Pedro?")
        assert (await following(pedro)).text == "e você, Pedro?", "he is still the one on the screen"
        assert maria.unseen == []

    @pytest.mark.falha(405)
    async def test_an_answer_to_a_line_of_ours_goes_to_whom_it_names_or_to_nobody(
        self, sqlite_service: RunningService
    ) -> None:
        maria, pedro, davi = await two_customers(sqlite_service, "whatsapp")
        await maria.says("e o meu CPF?")
        await davi.says("o seu CPF está errado", reply_to=await arrived(sqlite_service, davi))
        assert (await following(maria)).text == "o seu CPF está errado"
        went = await davi.sees("↪️ Foi para Maria (#00001).")
        await nothing_is_under_way(sqlite_service)
        await davi.says("corrija, Maria", reply_to=went)
        assert (await following(maria)).text == "corrija, Maria"
        await davi.sees("↪️ Foi para Maria (#00001).")
        online = next(bubble for bubble in davi.screen if "Você está online" in bubble.text)
        await davi.says("segredo", reply_to=online)
        await davi.sees("Para quem é? Nada foi enviado ainda.")
        await nothing_is_under_way(sqlite_service)
        assert pedro.unseen == []
        assert maria.unseen == []

    async def test_the_only_customer_needs_no_heading(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        await maria.says("oi")
        assert (await following(davi)).text == "oi"

    async def test_what_was_meant_for_somebody_who_left_goes_to_nobody(self, service: RunningService) -> None:
        maria, pedro, davi = await two_customers(service, "whatsapp")
        await maria.says("tchau")
        hers = await following(davi)
        await maria.taps("Encerrar conversa")
        await davi.sees("Maria encerrou o atendimento #00001.")
        await davi.says("não vá!", reply_to=hers)
        ended = await davi.sees("Esse atendimento já foi encerrado. Nada foi enviado.")
        assert ended.labels == ["Responder Pedro"]
        await nothing_is_under_way(service)
        assert not maria.shows("não vá!")
        assert not pedro.shows("não vá!")

    async def test_what_is_typed_while_the_customer_leaves_goes_to_nobody_else(self, service: RunningService) -> None:
        maria, pedro, davi = await two_customers(service, "whatsapp")
        await pedro.taps("Encerrar conversa")
        left = await davi.sees("Pedro encerrou o atendimento #00002.")
        assert left.labels == ["Maria"]
        await davi.says("o seu CPF é o 529.982.247-25?")
        await davi.sees("Esse atendimento já foi encerrado. Nada foi enviado.")
        await davi.taps("Responder Maria")
        await davi.sees("Na tela agora: Maria.")
        await davi.says("Bom dia, Maria")
        assert (await following(maria)).text == "Bom dia, Maria"
        assert not pedro.shows("CPF")

    async def test_who_leaves_takes_nobody_else_off_the_screen(self, sqlite_service: RunningService) -> None:
        maria, pedro, davi = await two_customers(sqlite_service, "whatsapp")
        await maria.taps("Encerrar conversa")
        assert (await davi.sees("Maria encerrou o atendimento #00001.")).labels == []
        await davi.says("Bom dia, Pedro")
        assert (await following(pedro)).text == "Bom dia, Pedro"

    async def test_a_telegram_bot_without_topics_has_a_customer_on_the_screen(
        self, sqlite_service: RunningService
    ) -> None:
        sqlite_service.wiring.bots["telegram"].has_topics = False
        davi = await consultor(sqlite_service, DAVI, "telegram")
        maria, pedro = await customer(sqlite_service, MARIA), await customer(sqlite_service, PEDRO)
        await attended(sqlite_service, maria, davi)
        await attended(sqlite_service, pedro, davi)
        await have_read(sqlite_service, maria, pedro, davi)
        await maria.says("oi")
        assert (await following(davi)).text == "👤 Maria (#00001)\noi"
        await davi.says("oi, Pedro")
        assert (await following(pedro)).text == "oi, Pedro"

    async def test_where_telegram_makes_no_topics_any_more_each_message_says_who_it_is_from(
        self, sqlite_service: RunningService
    ) -> None:
        """The bot's owner switched them off, or the server refuses: known only when one is made."""
        sqlite_service.sandbox.telegram.topics_enabled = False
        davi = await consultor(sqlite_service, DAVI, "telegram")
        maria, pedro = await customer(sqlite_service, MARIA), await customer(sqlite_service, PEDRO)
        await attended(sqlite_service, maria, davi)
        await attended(sqlite_service, pedro, davi)
        await have_read(sqlite_service, maria, pedro, davi)
        await maria.says("oi")
        assert (await following(davi)).text == "👤 Maria (#00001)\noi"
        await davi.says("oi, Pedro")
        assert (await following(pedro)).text == "oi, Pedro"
        await davi.says("ENCERRAR")
        await davi.sees("Atendimento #00002 com Pedro encerrado.")

    async def test_topics_that_go_away_are_missed_once(self, sqlite_service: RunningService) -> None:
        maria, pedro, davi = await two_customers(sqlite_service, "telegram")
        sqlite_service.sandbox.telegram.topics_enabled = False
        await maria.says("um")
        assert (await following(davi)).text == "👤 Maria (#00001)\num"
        await nothing_is_under_way(sqlite_service)
        await maria.says("dois")
        assert (await following(davi)).text == "👤 Maria (#00001)\ndois"
        davi.opens_topic(None)
        await davi.says("oi, Pedro")
        assert (await following(pedro)).text == "oi, Pedro"

    async def test_who_writes_from_another_channel_is_asked_for_whom(self, sqlite_service: RunningService) -> None:
        maria, pedro, _davi = await two_customers(sqlite_service, "telegram")
        davi = sqlite_service.sandbox.whatsapp.phone(*DAVI)
        await davi.says("bom dia")
        asked = await davi.sees("Você atende mais de um cliente. Para quem é? Nada foi enviado ainda.")
        assert asked.labels == ["Responder Maria", "Responder Pedro"]
        await davi.taps("Responder Maria")
        await davi.sees("Na tela agora: Maria.")
        await davi.says("bom dia, Maria")
        assert (await following(maria)).text == "bom dia, Maria"
        await maria.says("bom dia!")
        await davi.sees("👤 Maria (#00001)\nbom dia!"), "he is answered where he writes now"
        assert pedro.unseen == []


class TestTopics:
    async def test_each_customer_has_a_topic(self, service: RunningService) -> None:
        maria, pedro, davi = await two_customers(service, "telegram")
        of_maria, of_pedro = await davi.sees_topic("Maria (#00001)"), await davi.sees_topic("Pedro (#00002)")
        await maria.says("oi, sou a Maria")
        hers = await following(davi)
        assert (hers.text, hers.topic, hers.labels) == ("oi, sou a Maria", of_maria.id, [])
        await pedro.sends_photo(b"\xff\xd8\xff", caption="e eu o Pedro")
        his = await following(davi)
        assert (his.text, his.topic) == ("e eu o Pedro", of_pedro.id)
        davi.opens_topic(of_maria)
        await davi.says("Bom dia, Maria")
        davi.opens_topic(of_pedro)
        await davi.says("Bom dia, Pedro")
        assert (await following(maria)).text == "Bom dia, Maria"
        assert (await following(pedro)).text == "Bom dia, Pedro"
        davi.opens_topic(None)
        await davi.says("tudo certo?")
        assert (await following(pedro)).text == "tudo certo?"
        await davi.sees("↪️ Foi para Pedro (#00002).")

    async def test_a_customer_who_writes_in_a_topic_of_their_own_is_answered_there(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        await maria.creates_topic("Minha dúvida")
        await maria.says("quanto custa?")
        await following(davi)
        await davi.says("99 reais")
        answer = await maria.sees("99 reais")
        assert answer.topic == maria.topic.id

    async def test_what_a_consultor_writes_in_a_topic_of_their_own_goes_to_nobody(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        await davi.creates_topic("Minhas anotações")
        await davi.says("a Maria parece irritada")
        told = await davi.sees("Este tópico não é de um cliente.")
        assert told.topic == davi.topic.id
        await nothing_is_under_way(sqlite_service)
        assert maria.unseen == []

    async def test_what_is_said_of_a_customer_in_their_own_topic_is_held_back_whoever_is_on_the_screen(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        pedro = await customer(sqlite_service, PEDRO)
        await attended(sqlite_service, pedro, davi)
        davi.opens_topic("Maria (#00001)")
        await have_read(sqlite_service, maria, pedro, davi)
        await davi.says("puxa o cadastro da Maria")
        assert (await following(davi)).labels == ["Era para Maria"]
        await nothing_is_under_way(sqlite_service)
        assert maria.unseen == []

    @pytest.mark.falha(388)
    async def test_the_topic_of_before_is_of_a_customer_who_is_back(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        maria, davi = await talking(service)
        await davi.says("ENCERRAR")
        await maria.sees("De 1 a 5")
        await attended(service, maria, davi)
        await davi.sees_topic("Maria (#00002)")
        await have_read(service, maria, davi)
        davi.opens_topic("✓ Maria (#00001)")
        await davi.says("Olá de novo")
        assert (await following(maria)).text == "Olá de novo"
        told = await davi.sees("↪️ Foi para Maria (#00002).")
        assert told.topic == davi.topic.id

    @pytest.mark.falha(388)
    async def test_the_topic_of_before_of_one_who_came_back_by_a_transfer(self, sqlite_service: RunningService) -> None:
        """The same atendimento, in a new topic; while another consultor has her it is not over."""
        service = sqlite_service
        maria, davi = await talking(service)
        old = await davi.sees_topic("Maria (#00001)")
        elisa = await consultor(service, ELISA)
        await davi.says("TRANSFERIR")
        await davi.taps("👤 Elisa Costa")
        await elisa.taps("Aceitar")
        await maria.sees("Agora você fala com Elisa Costa")
        davi.opens_topic(old)
        await davi.says("mais uma coisa")
        await davi.sees("Esse atendimento já não está com você. Nada foi enviado.")
        await elisa.says("TRANSFERIR")
        await elisa.taps("👤 Davi Alves")
        davi.opens_topic(None)
        await davi.taps("Aceitar")
        await maria.sees("Agora você fala com Davi Alves")
        await have_read(service, maria, davi)
        davi.opens_topic(old)
        await davi.says("Voltei")
        assert (await following(maria)).text == "Voltei"
        await davi.sees("↪️ Foi para Maria (#00001).")
        assert not maria.shows("mais uma coisa")

    async def test_a_deleted_topic_is_made_again(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service)
        old = await davi.sees_topic("Maria (#00001)")
        davi.deletes_topic(old)
        await maria.says("ainda está aí?")
        hers = await davi.sees("ainda está aí?")
        new = await davi.sees_topic("Maria (#00001)")
        assert hers.topic == new.id != old.id
        davi.opens_topic(new)
        await davi.says("Estou")
        assert (await following(maria)).text == "Estou"

    async def test_the_words_of_the_consultor_are_about_the_topic_they_are_said_in(
        self, sqlite_service: RunningService
    ) -> None:
        maria, pedro, davi = await two_customers(sqlite_service, "telegram")
        davi.opens_topic("Maria (#00001)")
        await davi.says("ENCERRAR")
        await maria.sees("O atendimento #00001 foi encerrado")
        ended = await davi.sees("Atendimento #00001 com Maria encerrado.")
        assert ended.topic == davi.topic.id
        await davi.sees_topic("✓ Maria (#00001)")
        await davi.says("esqueci uma coisa")
        await davi.sees("Esse atendimento já foi encerrado. Nada foi enviado.")
        await davi.says("ENCERRAR")
        await davi.sees("Você não está atendendo ninguém agora."), "Pedro is not ended in Maria's topic"
        await pedro.says("oi")
        assert (await davi.sees("oi")).text == "oi"
        assert not maria.shows("esqueci")
        assert not pedro.shows("esqueci")

    async def test_the_topic_is_known_however_long_the_customer_stays(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "telegram")
        sqlite_service.clock.move(days=60)
        await clean_up(sqlite_service.wiring.turns)
        await maria.says("dois meses depois")
        hers = await following(davi)
        assert hers.topic == davi.topic.id
        await davi.says("ainda aqui")
        assert (await following(maria)).text == "ainda aqui"

    async def test_another_consultor_gets_a_topic_of_their_own_with_what_was_said(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        await maria.sends_document("conta.pdf", b"%PDF", caption="a conta")
        await following(davi)
        await davi.says("Vou ver")
        await following(maria)
        elisa = await consultor(sqlite_service, ELISA, "telegram")
        await davi.says("TRANSFERIR")
        await davi.taps("👤 Elisa Costa")
        await davi.sees_topic("✓ Maria (#00001)")
        await elisa.sees("Maria quer falar com um consultor")
        await elisa.taps("Aceitar")
        said = await elisa.sees("O que já foi dito:")
        assert [line.split(" ", 1)[1] for line in said.text.splitlines()[1:]] == [
            "Maria: 📎 conta.pdf a conta",
            "Consultor: Vou ver",
        ]
        conta = await elisa.sees("a conta")
        await nothing_is_under_way(sqlite_service)
        assert conta.document == b"%PDF"
        assert conta.topic == said.topic == (await elisa.sees_topic("Maria (#00001)")).id
        await elisa.says("Recebi a sua conta", reply_to=conta)
        answer = await maria.sees("Recebi a sua conta")
        assert answer.reply_to == next(bubble.id for bubble in maria.screen if bubble.kind == "document")
        assert last(elisa).topic == conta.topic
