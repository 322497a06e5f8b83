"""A customer reaches the consultor whose turn it is: the card, the queue, the end, the rating."""

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.consultores import (
    CARLA,
    CHANNELS,
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


@CHANNELS
async def test_a_customer_is_handed_to_a_consultor_and_back(service: RunningService, channel: str) -> None:
    davi = await consultor(service, DAVI, channel=channel)
    maria = await customer(service, channel=channel)

    await maria.says("oi")
    await maria.sees("Para falar com uma pessoa da equipe, escolha CONSULTOR")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00001\nEstou chamando um consultor para você.")

    await davi.sees("🔔 Maria quer falar com um consultor.\nProtocolo #00001 · Português\nAcabou de chegar.")
    await davi.taps("Aceitar")
    await maria.sees("Agora você fala com Davi Alves. Protocolo #00001.")
    await davi.sees("✅ Você atende Maria, protocolo #00001. O que escrever aqui vai para Maria.")

    await davi.says("ENCERRAR")
    await davi.sees("Atendimento #00001 com Maria encerrado.")
    await maria.sees("O atendimento #00001 foi encerrado. De 1 a 5, que nota você dá?")
    await maria.says("4")
    await maria.sees("Obrigado pela nota! Se quiser, escreva um comentário.")
    await maria.says("Muito atencioso")
    await maria.sees("Obrigado! O seu comentário foi guardado.")

    [row] = await service.rows("SELECT status, avaliacao, comentario, encerrado_por FROM atendimentos")
    assert row == {"status": "ENCERRADO", "avaliacao": 4, "comentario": "Muito atencioso", "encerrado_por": "CONSULTOR"}


@CHANNELS
async def test_whoever_passes_gives_way_and_keeps_their_place(service: RunningService, channel: str) -> None:
    davi = await consultor(service, DAVI, channel=channel)
    elisa = await consultor(service, ELISA, channel=channel)
    maria = await customer(service)

    await maria.says("CONSULTOR")
    await davi.sees("Maria quer falar com um consultor")
    await davi.taps("Passar")
    await davi.sees("Você passou. O seu lugar na vez continua o mesmo.")
    await elisa.sees("Maria quer falar com um consultor")
    await elisa.taps("Aceitar")
    await maria.sees("Agora você fala com Elisa Costa. Protocolo #00001.")

    pedro = await customer(service, PEDRO)
    await pedro.says("CONSULTOR")
    await davi.sees("Pedro quer falar com um consultor"), "he never attended, so he is still the first"


async def test_a_card_left_lying_goes_to_the_next_and_supervisors_hear_of_the_third(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    await service.administrador("Carla Dias", CARLA[1])
    carla = await service.phone("whatsapp", *CARLA)
    await carla.says("MENU")
    phones = [
        await consultor(service, quem)
        for quem in (DAVI, ELISA, ("Fabio Reis", "5531988804005"), ("Gil Luz", "5531988804006"))
    ]
    maria = await customer(service)
    await maria.says("CONSULTOR")
    for phone in phones[:3]:
        await phone.sees("Maria quer falar com um consultor")
        assert await service.clock_work.atendimentos.expire_offers() == 0, "there is still time to answer"
        service.clock.move(seconds=61)
        assert await service.clock_work.atendimentos.expire_offers() == 1
        await phone.sees("⏰ Sem resposta, o cliente é oferecido a quem estiver livre.")
    await carla.sees("⚠️ 3 consultores não atenderam Maria, protocolo #00001. Veja a FILA.")
    await phones[3].sees("Maria quer falar com um consultor")
    await phones[0].taps("Aceitar")
    await phones[0].sees("Esse cartão já não vale")
    await phones[3].taps("Aceitar")
    await maria.sees("Agora você fala com Gil Luz.")


@CHANNELS
async def test_nobody_free_is_a_queue_in_order(service: RunningService, channel: str) -> None:
    maria, pedro = await customer(service, MARIA, channel), await customer(service, PEDRO, channel)
    await maria.says("CONSULTOR")
    await maria.sees(
        "Seu protocolo: #00001\nNenhum consultor está disponível agora. Assim que um estiver, você será atendido."
        "\nVocê é o 1º da fila."
    )
    await pedro.says("CONSULTOR")
    place = await pedro.sees("Seu protocolo: #00002\nNenhum consultor está disponível agora.")
    assert "Você é o 2º da fila." in place.text
    await maria.says("minha internet caiu")
    await maria.sees("Anotei. O consultor vai ler a sua mensagem ao entrar.")

    davi = await consultor(service, DAVI)
    await davi.sees(
        "Maria quer falar com um consultor.\nProtocolo #00001 · Português\nAcabou de chegar.\n“minha internet caiu”"
    )
    await davi.taps("Aceitar")
    await maria.sees("Agora você fala com Davi Alves.")
    await davi.sees("Pedro quer falar com um consultor.")


async def test_a_queue_for_a_language_that_nobody_speaks_keeps_nobody_else_waiting(
    service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.atendimento.distribuicao.HEAD", 2)
    for number in range(3):
        who = await customer(service, (f"Ana {number}", f"549115555000{number}"))
        await who.says("CONSULTOR")
        await who.sees("#0000")
    maria = await customer(service, MARIA)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00004")
    davi = await consultor(service, DAVI)
    await davi.sees("Maria quer falar com um consultor.")


async def test_asking_again_says_where_one_is_and_uses_no_other_protocolo(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service)
    for _ in range(2):
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo: #00001")
    assert await sqlite_service.rows("SELECT id FROM protocolos") == [{"id": 1}]


async def test_a_customer_gives_up_and_the_card_is_withdrawn(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI)
    maria = await customer(sqlite_service)
    await maria.says("CONSULTOR")
    await davi.sees("Maria quer falar com um consultor")
    await maria.taps("Desistir")
    await maria.sees("Tudo bem, você saiu da fila. Protocolo #00001.")
    await davi.sees("O cliente desistiu de esperar.")
    await davi.taps("Aceitar")
    await davi.sees("Esse cartão já não vale: o cliente desistiu ou outra pessoa foi chamada.")


async def test_a_customer_ends_the_conversation(service: RunningService) -> None:
    davi, maria = await consultor(service, DAVI, "telegram"), await customer(service)
    await attended(service, maria, davi)
    await maria.taps("Encerrar conversa")
    await maria.sees("De 1 a 5, que nota você dá?")
    await davi.sees("Maria encerrou o atendimento #00001.")
    await maria.taps("5 ⭐⭐⭐⭐⭐")
    await maria.sees("Obrigado pela nota!")
    await maria.taps("Agora não")
    await maria.sees("Combinado. Até a próxima!")
    await davi.says("ENCERRAR")
    await davi.sees("Você não está atendendo ninguém agora.")


@CHANNELS
async def test_a_customer_is_transferred_to_a_person(service: RunningService, channel: str) -> None:
    davi, maria = await consultor(service, DAVI, channel), await customer(service)
    await attended(service, maria, davi)
    elisa = await consultor(service, ELISA, channel)
    await davi.says("TRANSFERIR")
    await davi.sees("Para onde vai o cliente?")
    await davi.taps("👤 Elisa Costa")
    await davi.sees("Maria (#00001) foi oferecido a Elisa Costa.")
    await maria.sees("Vou passar você para outra pessoa da equipe. O protocolo continua o mesmo.")
    await elisa.sees("Maria quer falar com um consultor")
    await elisa.taps("Aceitar")
    await maria.sees("Agora você fala com Elisa Costa. Protocolo #00001.")
    [row] = await service.rows("SELECT consultor_id, prioridade FROM atendimentos")
    assert row == {"consultor_id": 2, "prioridade": 0}


@pytest.mark.falha(509)
@CHANNELS
async def test_whoever_went_offline_before_the_tap_is_given_nobody(service: RunningService, channel: str) -> None:
    davi, maria = await consultor(service, DAVI, channel), await customer(service)
    await attended(service, maria, davi)
    elisa = await consultor(service, ELISA, channel)
    await davi.says("TRANSFERIR")
    await davi.sees("Para onde vai o cliente?")
    await elisa.says("OFFLINE")
    await elisa.sees("offline")
    await davi.taps("👤 Elisa Costa")
    await davi.sees("Elisa Costa não pode receber ninguém agora: Maria continua com você.")
    await davi.says("Um momento, por favor")
    await maria.sees("Um momento, por favor")
    assert not maria.shows("Vou passar você")


@pytest.mark.falha(444)
async def test_consultores_of_one_name_are_told_apart(sqlite_service: RunningService) -> None:
    davi, maria = await consultor(sqlite_service, DAVI), await customer(sqlite_service)
    await attended(sqlite_service, maria, davi)
    await consultor(sqlite_service, (ELISA[0], "5531988804014"))
    second = await consultor(sqlite_service, (ELISA[0], "5531988804015"))
    await davi.says("TRANSFERIR")
    asked = await davi.sees("Para onde vai o cliente?")
    assert {"👤 …4014 Elisa Costa", "👤 …4015 Elisa Costa"} <= set(asked.labels)
    await davi.taps("👤 …4015 Elisa Costa")
    await second.sees("Maria quer falar com um consultor")


async def test_a_customer_is_transferred_to_a_language(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    elisa = await consultor(service, ELISA, idiomas=("en",))
    await davi.says("TRANSFERIR")
    await davi.sees("Para onde vai o cliente?")
    await davi.taps("🌐 English")
    await davi.sees("Maria (#00001) voltou ao começo da fila.")
    await elisa.sees("Maria quer falar com um consultor.\nProtocolo #00001 · English")


async def test_a_consultor_who_is_lost_loses_the_customer_after_the_time_of_grace(service: RunningService) -> None:
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    elisa = await consultor(service, ELISA)
    pedro = await customer(service, PEDRO)
    follow = service.clock_work.atendimentos.follow_lost_consultores
    assert await follow() == 0

    await davi.says("OFFLINE")
    await davi.sees("⚪ Você está offline.")
    assert await follow() == 0
    service.clock.move(seconds=299)
    assert await follow() == 0, "he may come back"
    await elisa.says("OCUPADO")
    await elisa.sees("🔴")
    await pedro.says("CONSULTOR")
    await pedro.sees("Seu protocolo: #00002")
    service.clock.move(seconds=2)
    assert await follow() == 1
    await maria.sees("O consultor que atendia você ficou indisponível. Você é o próximo da fila")
    await davi.sees("Maria (#00001) voltou ao começo da fila, porque você não estava disponível.")
    await elisa.says("ONLINE")
    await elisa.sees("Maria quer falar com um consultor.\nProtocolo #00001"), "before Pedro, who came later"


async def test_a_consultor_who_comes_back_in_time_keeps_the_customer(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    follow = service.clock_work.atendimentos.follow_lost_consultores
    await davi.says("OFFLINE")
    await davi.sees("⚪ Você está offline.")
    await follow()
    service.clock.move(seconds=200)
    await davi.says("ONLINE")
    await davi.sees("🟢 Você está online.")
    await follow()
    service.clock.move(seconds=200)
    assert await follow() == 0
    [row] = await service.rows("SELECT status, consultor_sumiu_em FROM atendimentos")
    assert row == {"status": "EM_ATENDIMENTO", "consultor_sumiu_em": None}


async def test_presenca_says_who_is_free_and_who_has_how_many(sqlite_service: RunningService) -> None:
    davi, maria = await consultor(sqlite_service, DAVI), await customer(sqlite_service)
    await consultor(sqlite_service, ELISA)
    await attended(sqlite_service, maria, davi)
    await davi.says("PRESENCA")
    team = (await davi.sees("Presença da equipe:")).text
    assert [line.rsplit(" · ", 1)[1] for line in team.splitlines()[1:]] == ["1 cliente", "livre"]


async def test_one_consultor_has_no_more_customers_than_the_setting_says(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI)
    for number in range(3):
        await attended(service, await customer(service, (f"Cliente {number}", f"553197770200{number}")), davi)
    maria = await customer(service)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00004")
    await nothing_is_under_way(service)
    await davi.says("FILA")
    queue = await davi.sees("1 cliente na fila:\n1. Maria")
    assert "Com você:\n• Cliente 0 · #00001" in queue.text
    await davi.says("ENCERRAR")
    await davi.sees("encerrado")
    await davi.sees("Maria quer falar com um consultor")


@pytest.mark.parametrize(
    ("telefone", "greeting"),
    [
        ("5531977701000", "Olá! Este é o atendimento da operação."),
        ("351912345678", "Olá! Este é o atendimento da operação."),
        ("34612345678", "¡Hola! Este es nuestro servicio de atención."),
        ("14155550123", "Hello! This is our customer service."),
    ],
    ids=["Brazil", "Portugal", "Spain", "United States"],
)
async def test_a_customer_is_greeted_in_the_language_of_their_phone(
    sqlite_service: RunningService, telefone: str, greeting: str
) -> None:
    phone = await customer(sqlite_service, ("Alex", telefone))
    await phone.says("!")
    await phone.sees(greeting)


async def test_a_customer_whose_language_nobody_knows_chooses_it(sqlite_service: RunningService) -> None:
    service = sqlite_service
    hans = await customer(service, ("Hans", "4915112345678"))
    await hans.says("Guten Tag")
    asked = await hans.sees("Olá! Em que idioma prefere conversar?\nHello! Which language do you prefer?")
    assert asked.labels == ["Português", "English", "Español"]
    await hans.taps("English")
    await hans.sees("Hello! This is our customer service.")
    await hans.says("CONSULTOR")
    await hans.sees("Your reference: #00001")
    assert await service.rows("SELECT idioma FROM atendimentos") == [{"idioma": "en"}]


async def test_a_customer_without_a_phone_is_greeted_as_their_country_speaks(sqlite_service: RunningService) -> None:
    phone = sqlite_service.sandbox.whatsapp.phone("Rosa")
    await phone.says("oi")
    await phone.sees("Olá! Este é o atendimento da operação.")


@pytest.mark.parametrize("perfil", [Perfil.ADMINISTRADOR, Perfil.CONSULTOR])
async def test_a_word_about_a_customer_of_whoever_has_none_is_answered_as_that(
    sqlite_service: RunningService, perfil: Perfil
) -> None:
    if perfil is Perfil.CONSULTOR:
        ivo = await consultor(sqlite_service, DAVI, "whatsapp")
    else:
        await sqlite_service.usuario("Ivo Prado", "5531988806010", perfil)
        ivo = await sqlite_service.phone("whatsapp", "Ivo Prado", "5531988806010")
    for said in ("ENCERRAR", "TRANSFERIR", "TRANSFERIR Elisa", "NOTA cliente difícil"):
        await ivo.says(said)
        await ivo.sees("Você não está atendendo ninguém agora.")
