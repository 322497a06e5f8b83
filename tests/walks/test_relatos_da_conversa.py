"""What people of other products reported of conversations between customers and consultores."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from sandbox import Phone, small_pdf
from sandbox.telegram.phone import TelegramPhone
from storage.contatos.contatos import update_contato
from storage.conversa.respostas_rapidas import save_resposta
from storage.relatorio.equipe import atendimentos_por_consultor
from storage.transaction import Transaction
from tests.support.consultores import DAVI, ELISA, MARIA, PEDRO, attended, consultor, customer, nothing_is_under_way
from tests.support.sellers import seller
from tests.support.service import RunningService
from tests.support.talking import last, talking


async def edits(service: RunningService, davi: Phone, text: str) -> None:
    """Change the last message, once it is known."""
    assert isinstance(davi, TelegramPhone)
    await nothing_is_under_way(service)
    await davi.edits(last(davi), text)


@pytest.mark.falha(553)
class TestWhatAConsultorCorrects:
    @pytest.mark.parametrize("now", ["NOTA cliente enrolada", "encerrar", "/r oi", "FILA"])
    async def test_a_message_that_becomes_one_for_us_changes_nothing_at_the_customers(
        self, sqlite_service: RunningService, now: str
    ) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "telegram")
        await davi.says("Bom dia")
        said = await maria.sees("Bom dia")
        await edits(sqlite_service, davi, now)
        await davi.sees("Não mudei a mensagem do cliente: o que ela diz agora parece ser para mim.")
        await nothing_is_under_way(sqlite_service)
        assert said.text == "Bom dia"

    @pytest.mark.parametrize("now", ["sim", "Bom dia, Maria"])
    async def test_what_is_for_the_customer_is_corrected(self, sqlite_service: RunningService, now: str) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "telegram")
        await davi.says("Bom da")
        await maria.sees("Bom da")
        await edits(sqlite_service, davi, now)
        await maria.sees(now)

    @pytest.mark.parametrize("now", ["NOTA prefere à tarde", "prefere à tarde"])
    async def test_a_note_is_corrected_and_goes_nowhere(self, sqlite_service: RunningService, now: str) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "telegram")
        await davi.says("NOTA prefere de manhã")
        await davi.sees("📝 Anotado sobre Maria (#00001).")
        await edits(sqlite_service, davi, now)
        await davi.sees("📝 Nota corrigida.")
        rows = await sqlite_service.rows("SELECT texto FROM mensagens WHERE autor = 'NOTA'")
        assert rows == [{"texto": "prefere à tarde"}]
        await maria.quiet()

    async def test_a_word_of_ours_that_becomes_a_message_is_said_to_go_nowhere(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "telegram")
        await davi.says("FILA")
        await davi.sees("Com você:")
        await edits(sqlite_service, davi, "Maria, tudo bem?")
        await davi.sees("Você mudou essa mensagem, mas eu já tinha lido a de antes")
        await maria.quiet()


@pytest.mark.falha(554)
class TestTheHistoryOfWhoToldNoPhone:
    async def test_is_found_by_protocolo_name_and_the_end_of_a_phone(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi = await consultor(service, DAVI)
        paula = await customer(service, ("Paula Reis", "5531977709000"), "telegram")
        await attended(service, paula, davi)
        maria = await customer(service, MARIA)
        await attended(service, maria, davi)
        for typed in ("#00001", "Paula", "paul"):
            await davi.says(f"/historico {typed}")
            await davi.sees("1 atendimento deste cliente:\n#00001")
        for typed in ("1000", "97770-1000", "7770-1000"):
            await davi.says(f"/historico {typed}")
            await davi.sees("1 atendimento deste cliente:\n#00002")

    async def test_two_who_are_meant_are_told_apart(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi = await consultor(service, DAVI)
        for quem in (("Maria Souza", "5531977701000"), ("Maria Lima", "5531977701001")):
            await attended(service, await customer(service, quem), davi)
        await davi.says("/historico maria")
        asked = await davi.sees("De qual deles?")
        assert asked.labels == ["Maria Lima", "Maria Souza"]
        await davi.taps("Maria Souza")
        await davi.sees("1 atendimento deste cliente:\n#00001")

    async def test_who_was_here_last_is_named_first_however_long_they_are_known(
        self, sqlite_service: RunningService
    ) -> None:
        service = sqlite_service
        davi = await consultor(service, DAVI)
        souza = await customer(service, ("Maria Souza", "5531977701000"))
        await attended(service, souza, davi)
        await attended(service, await customer(service, ("Maria Lima", "5531977701001")), davi)
        await souza.taps("Encerrar conversa")
        await souza.sees("De 1 a 5")
        await attended(service, souza, davi)
        await davi.says("/historico maria")
        assert (await davi.sees("De qual deles?")).labels == ["Maria Souza", "Maria Lima"]

    async def test_nobody_elses_customer_is_found(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, maria = await consultor(service, DAVI), await customer(service, MARIA)
        await attended(service, maria, davi)
        await davi.says("OFFLINE")
        await davi.sees("offline")
        elisa = await consultor(service, ("Elisa Costa", "5531988804004"))
        for typed in ("maria", "1000"):
            await elisa.says(f"/historico {typed}")
            await elisa.sees("Digite /historico e o telefone com DDD, o nome ou o protocolo")
        await elisa.says("/historico #00001")
        await elisa.sees("Não encontrei atendimento entre os que você pode ver.")


@pytest.mark.falha(555)
async def test_a_file_that_telegram_does_not_give_just_now_comes_all_the_same(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
    away = "Bad Request: wrong file_id or the file is temporarily unavailable"
    sqlite_service.sandbox.telegram.faults.fail_next("getFile", status=400, description=away, times=2)
    fatura = small_pdf("Fatura de maio")
    await maria.sends_document("fatura.pdf", fatura, caption="a conta")
    came = await davi.sees("a conta")
    assert came.document == fatura


@pytest.mark.falha(556)
class TestAPreparedTextAsOtherProgramsHaveIt:
    async def test_its_name_as_a_command_sends_it(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
        [row] = await sqlite_service.rows("SELECT id FROM usuarios WHERE nome_completo = 'Davi Alves'")

        async def save(tx: Transaction) -> None:
            await save_resposta(tx, "obrigado", "Obrigado por falar com a gente, {nome}!", UUID(str(row["id"])))

        await sqlite_service.wiring.turns.run(save)
        await davi.says("/Obrigado")
        await maria.sees("Obrigado por falar com a gente, Maria!")
        assert not maria.shows("/Obrigado")

    async def test_one_that_there_is_not_goes_to_no_customer(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
        await davi.says("/obrigado")
        await davi.sees("Não conheço /r obrigado. Nada foi enviado.")
        await maria.quiet()
        await davi.says("/etc/hosts é o arquivo")
        await maria.sees("/etc/hosts é o arquivo")


@pytest.mark.falha(557)
async def test_a_line_that_was_held_back_from_who_cannot_be_reached_is_not_said_to_be_sent(
    sqlite_service: RunningService,
) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
    await davi.says("ela tem outro atendimento aberto?")
    held = await davi.sees("Isso parece ser para mim: não enviei a Maria.")
    [row] = await sqlite_service.rows("SELECT id FROM contatos WHERE nome = 'Maria'")

    async def reach(at: datetime | None) -> None:
        await sqlite_service.wiring.turns.run(lambda tx: update_contato(tx, row["id"], unreachable_at=at))

    await reach(sqlite_service.clock())
    for _tap in range(2):
        await davi.taps("Era para Maria", bubble=held)
        await davi.sees("⚠️ Maria não recebe as nossas mensagens agora. Nada foi enviado.")
    await reach(None)
    await davi.taps("Era para Maria", bubble=held)
    await davi.sees("↪️ Foi para Maria (#00001).")
    await maria.sees("ela tem outro atendimento aberto?")


@pytest.mark.falha(558)
async def test_who_waits_and_writes_on_hears_again_where_they_stand(sqlite_service: RunningService) -> None:
    service = sqlite_service
    pedro, maria = await customer(service, PEDRO), await customer(service, MARIA)
    await pedro.says("CONSULTOR")
    await pedro.sees("Seu protocolo")
    await maria.says("CONSULTOR")
    await maria.sees("Você é o 2º da fila.")
    await maria.says("minha internet caiu")
    await maria.sees("Anotei. O consultor vai ler a sua mensagem ao entrar.")
    await maria.says("desde ontem")
    await maria.quiet()
    service.clock.move(minutes=4)
    await maria.says("a luz do modem está vermelha")
    again = await maria.sees("Anotei. Você continua na fila, no mesmo lugar.")
    assert "Você é o 2º da fila." in again.text
    await maria.says("e pisca")
    await maria.quiet()


@pytest.mark.falha(561)
class TestWhoIsAttendedAlready:
    async def test_is_not_told_of_a_queue_by_the_button_of_before(self, sqlite_service: RunningService) -> None:
        davi, maria = await consultor(sqlite_service, DAVI), await customer(sqlite_service, MARIA)
        await maria.says("oi")
        greeted = await maria.sees("escolha CONSULTOR")
        await attended(sqlite_service, maria, davi)
        await maria.taps("Falar com consultor", bubble=greeted)
        await maria.sees("Você já fala com Davi Alves, protocolo #00001. É só escrever aqui.")
        assert not davi.shows("CONSULTOR")

    async def test_opens_the_bot_anew_and_hears_where_they_are(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        await maria.says("/start")
        await maria.sees("Você já fala com Davi Alves, protocolo #00001. É só escrever aqui.")
        await maria.says("start")
        await davi.sees("start")
        assert not davi.shows("/start")

    @pytest.mark.parametrize("command", ["/consultor", "/ajuda", "/menu"])
    async def test_taps_a_command_of_the_menu(self, sqlite_service: RunningService, command: str) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        await maria.says(command)
        await maria.sees("Você já fala com Davi Alves, protocolo #00001. É só escrever aqui.")
        await davi.quiet()

    async def test_chooses_another_language_by_its_command(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        await maria.says("/idioma")
        await maria.sees("Em que idioma prefere conversar?")
        await maria.taps("English")
        await nothing_is_under_way(sqlite_service)
        await maria.says("menu")
        await davi.sees("menu")
        assert not davi.shows("/idioma")


@pytest.mark.falha(562)
async def test_the_card_says_where_else_the_same_person_is(sqlite_service: RunningService) -> None:
    service = sqlite_service
    maria, there = await customer(service, MARIA), await customer(service, MARIA, "telegram")
    await there.says("/start")
    await there.sees("escolha CONSULTOR")
    await there.shares_contact()
    await nothing_is_under_way(service)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00001")
    await there.says("CONSULTOR")
    await there.sees("Seu protocolo: #00002")
    davi = await consultor(service, DAVI)
    assert "Também espera pelo Telegram: #00002." in (await davi.sees("Maria quer falar com um consultor")).text
    await davi.taps("Aceitar")
    again = await davi.sees("Protocolo #00002")
    assert "Também é atendido pelo WhatsApp: #00001." in again.text


@pytest.mark.falha(559)
async def test_the_wait_in_the_report_ends_with_who_took_them_first(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi, maria = await consultor(service, DAVI), await customer(service, MARIA)
    await maria.says("CONSULTOR")
    await davi.sees("quer falar com um consultor")
    began = service.clock()
    service.clock.move(seconds=30)
    await davi.taps("Aceitar")
    await maria.sees("Agora você fala com Davi Alves")
    await davi.says("OFFLINE")
    await davi.sees("offline")
    elisa = await consultor(service, ELISA)
    service.clock.move(hours=1)
    await davi.says("ONLINE")
    await davi.sees("🟢 Você está online.")
    await elisa.says("ONLINE")
    await elisa.sees("🟢 Você está online.")
    await davi.says("TRANSFERIR")
    await davi.taps("👤 Elisa Costa")
    await elisa.sees("Maria quer falar com um consultor")
    await elisa.taps("Aceitar")
    await maria.sees("Agora você fala com Elisa Costa")
    async with service.wiring.database.read() as connection:
        [of_elisa] = await atendimentos_por_consultor(connection, began - timedelta(days=1), service.clock())
    assert (of_elisa.consultor, round(of_elisa.espera or 0)) == ("Elisa Costa", 30)


@pytest.mark.falha(563)
class TestAContactOfACustomerOnTelegram:
    async def test_who_waits_passes_one_on_and_whoever_attends_reads_it(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        maria, pedro = await customer(service, MARIA, "telegram"), await customer(service, PEDRO, "telegram")
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        await maria.shares_contact_of(pedro)
        await maria.sees("Anotei. O consultor vai ler a sua mensagem ao entrar.")
        davi = await consultor(service, DAVI)
        await davi.sees("Maria quer falar com um consultor")
        await davi.taps("Aceitar")
        await davi.sees("Pedro")
        assert not maria.shows("Esse contato é de outra pessoa")

    async def test_ones_own_leads_to_a_person_too(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        maria = await customer(service, MARIA, "telegram")
        await maria.says("/start")
        await maria.sees("escolha CONSULTOR")
        await maria.taps("Compartilhar meu telefone")
        told = await maria.sees("Este telefone não está cadastrado.")
        assert told.labels == ["Falar com consultor"]
        await maria.taps("Falar com consultor")
        await maria.sees("Seu protocolo: #00001")
        await maria.shares_contact()
        await maria.sees("Anotei. O consultor vai ler a sua mensagem ao entrar.")


@pytest.mark.falha(564)
async def test_a_file_that_the_consultors_app_does_not_take_is_in_the_panel(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
    await maria.sends_document("IMG_0001.HEIC", b"\0\0\0\x18ftypheic" * 9, "image/heic")
    await davi.sees("IMG_0001.HEIC: este tipo de arquivo não pode ser enviado por aqui. Está guardado: PAINEL mostra")
    await davi.sends_document("IMG_0002.HEIC", b"\0\0\0\x18ftypheic" * 9, "image/heic")
    line = await maria.sees("IMG_0002.HEIC: este tipo de arquivo não pode ser enviado por aqui.")
    assert "PAINEL" not in line.text


@pytest.mark.falha(565)
async def test_the_card_of_a_customer_who_is_passed_on_says_from_whom(sqlite_service: RunningService) -> None:
    service = sqlite_service
    maria, davi = await talking(service, "whatsapp", "whatsapp")
    elisa = await consultor(service, ELISA)
    await davi.says("TRANSFERIR")
    await davi.taps("👤 Elisa Costa")
    card = await elisa.sees("Maria quer falar com um consultor")
    assert "Estava com Davi Alves." in card.text
    assert "Acabou de chegar." not in card.text
    await elisa.taps("Aceitar")
    await maria.sees("Agora você fala com Elisa Costa")


@pytest.mark.falha(567)
@pytest.mark.parametrize("typed", ["9", "0", "42"])
async def test_a_number_above_the_choices_shows_them_again(sqlite_service: RunningService, typed: str) -> None:
    maria, ana = await customer(sqlite_service, MARIA), await seller(sqlite_service)
    await maria.says("oi")
    greeted = await maria.sees("escolha CONSULTOR")
    await maria.says(typed)
    again = await maria.sees("As opções vão de 1 a 2: toque em uma, ou escreva o número.")
    assert again.labels == greeted.labels
    await maria.says("1")
    await maria.sees("Seu protocolo")
    await ana.says("MENU")
    menu = await ana.sees("O que você quer fazer, Ana?")
    await ana.says("42")
    assert (await ana.sees(f"As opções vão de 1 a {len(menu.labels)}")).labels == menu.labels


@pytest.mark.falha(568)
async def test_whoever_attends_hears_at_once_that_the_customer_blocked_us_and_is_back(
    sqlite_service: RunningService,
) -> None:
    maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
    assert isinstance(maria, TelegramPhone)
    await maria.blocks()
    await davi.sees("⚠️ Maria (#00001) bloqueou as nossas mensagens: nada chega até desbloquear.")
    await maria.unblocks()
    await davi.sees("Maria (#00001) desbloqueou as nossas mensagens: pode escrever de novo.")
    await davi.says("oi de novo")
    await maria.sees("oi de novo")


@pytest.mark.falha(569)
async def test_a_long_wait_is_told_in_hours(sqlite_service: RunningService) -> None:
    service = sqlite_service
    maria = await customer(service, MARIA, "telegram")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    service.clock.move(hours=25)
    davi = await consultor(service, DAVI)
    assert "Espera há 25 horas." in (await davi.sees("Maria quer falar com um consultor")).text


@pytest.mark.falha(570)
async def test_nobody_is_said_to_be_called_while_all_have_as_many_customers_as_they_may(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI)
    for number in range(3):
        await attended(service, await customer(service, (f"Ana {number}", f"553197770200{number}")), davi)
    maria = await customer(service, MARIA)
    await maria.says("CONSULTOR")
    told = await maria.sees("Todos os consultores estão atendendo agora. Você é o próximo da fila.")
    assert "Estou chamando" not in told.text


@pytest.mark.falha(571)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_what_answers_a_sentence_of_the_bots_says_which(sqlite_service: RunningService, channel: str) -> None:
    maria, davi = await talking(sqlite_service, channel, "whatsapp")
    ours = next(bubble for bubble in maria.screen if "Agora você fala com" in bubble.text)
    await maria.says("é esse protocolo?", reply_to=ours)
    read = await davi.sees("é esse protocolo?")
    assert read.text == "↩️ em resposta a “Agora você fala com Davi Alves. Protocolo #00001.”\né esse protocolo?"
    await davi.says("é sim", reply_to=read)
    assert (await maria.sees("é sim")).quote == "é esse protocolo?"
