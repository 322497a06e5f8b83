"""Atendimento in the panel: who waits, what is said; whom one ends or moves on here is so in chat, and both hear it."""

from uuid import UUID

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.consultores import CARLA, DAVI, ELISA, MARIA, attended, consultor, customer, nothing_is_under_way
from tests.support.painel import Browser, browser_of
from tests.support.service import RunningService

PATH = "/painel/atendimento"


async def enters_as(browser: Browser, quem: tuple[str, str]) -> None:
    query = "SELECT id FROM usuarios WHERE telefone = :telefone"
    (row,) = await browser.service.rows(query, telefone=quem[1])
    await browser.enters(UUID(str(row["id"])))


async def test_the_queue_and_the_conversations_whoever_waits_longest_first(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI)
    maria = await customer(service)
    await attended(service, maria, davi)
    await maria.says("Minha linha <b>caiu</b>")
    await davi.sees("Minha linha")
    await davi.says("OCUPADO")
    pedro = await customer(service, ("Pedro", "5531977701001"))
    await pedro.says("CONSULTOR")
    await pedro.sees("Seu protocolo: #00002")
    service.clock.move(minutes=4)
    async with browser_of(service) as browser:
        await browser.enters(await service.administrador(*CARLA))
        text = await browser.sees(PATH)
        queued, _, talking = text.partition("Em conversa")
        assert ("Pedro" in queued, "1 espera" in queued, "há 4 min" in queued) == (True, True, True)
        assert ("Maria" in talking, "com Davi Alves" in talking, "há 4 min" in talking) == (True, True, True)
        said = await browser.sees(f"{PATH}/1")
        assert "Minha linha &lt;b&gt;caiu" in said
        assert (await browser.http.get(f"{PATH}?busca=%2300001", allow_redirects=False)).headers["Location"] == (
            f"{PATH}/1"
        )
        assert f'href="{PATH}/1"' in (await browser.sees(f"{PATH}?busca={MARIA[1]}")).partition('id="agora"')[0]
        assert "Nada encontrado" in await browser.sees(f"{PATH}?busca=777")


async def test_consultores_see_theirs_and_nobody_elses(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI)
    maria = await customer(service)
    await attended(service, maria, davi)
    await consultor(service, ELISA, online=False)
    async with browser_of(service) as his, browser_of(service) as hers:
        await enters_as(his, DAVI)
        assert "Maria" in await his.sees(PATH)
        await his.sees(f"{PATH}/1")
        await enters_as(hers, ELISA)
        assert "Maria" not in await hers.sees(PATH)
        assert "Nada encontrado" in await hers.sees(f"{PATH}?busca=1")
        await hers.sees(f"{PATH}/1", 404)
        for act in ("encerrar", "transferir"):
            assert (await hers.does("/painel/sessoes", f"{PATH}/1/{act}", para="fila"))[0] == 404
        for wrong in ("0", str(2**63)):
            await his.sees(f"{PATH}/{wrong}", 404)


@pytest.mark.falha(233)
@pytest.mark.falha(285)
async def test_ended_here_it_is_over_in_chat_and_the_customer_is_asked_for_a_rating(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI, channel="telegram")
    maria = await customer(service)
    await attended(service, maria, davi)
    async with browser_of(service) as browser:
        await browser.enters(await service.administrador(*CARLA))
        status, where = await browser.does(f"{PATH}/1", f"{PATH}/1/encerrar")
        assert (status, where) == (303, f"{PATH}/1?feito=atendimento_encerrado")
        await davi.sees("O atendimento #00001 com Maria foi encerrado no painel por Carla Dias.")
        await maria.sees("O atendimento #00001 foi encerrado. De 1 a 5, que nota você dá?")
        await maria.says("5")
        await maria.sees("Obrigado pela nota!")
        assert "nota 5 de 5" in await browser.sees(f"{PATH}/1")
        again = await browser.does("/painel/sessoes", f"{PATH}/1/encerrar")
        assert again[1] == f"{PATH}/1?feito=nao_atendimento_mudou"
    await davi.says("ainda está aí?")
    await nothing_is_under_way(service)
    (row,) = await service.rows("SELECT encerrado_por FROM atendimentos")
    assert row["encerrado_por"] == "SUPERVISAO"
    acts = await service.rows("SELECT alvo, canal FROM auditoria WHERE acao = 'ATENDIMENTO'")
    assert [dict(act) for act in acts] == [{"alvo": "atendimento:1", "canal": "painel"}]
    assert "ainda está aí?" not in "\n".join(bubble.text for bubble in maria.screen)


@pytest.mark.falha(233)
async def test_a_consultor_gives_their_customer_to_another_who_gets_the_card(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI)
    maria = await customer(service)
    await attended(service, maria, davi)
    elisa = await consultor(service, ELISA)
    async with browser_of(service) as browser:
        await enters_as(browser, DAVI)
        page = await browser.sees(f"{PATH}/1")
        assert ">Elisa Costa</option>" in page
        assert ">Davi Alves</option>" not in page
        (row,) = await service.rows("SELECT id FROM consultores WHERE nome = 'Elisa Costa'")
        _, where = await browser.does(f"{PATH}/1", f"{PATH}/1/transferir", para=f"c:{row['id']}")
        assert where == f"{PATH}/1?feito=atendimento_oferecido"
        await maria.sees("Vou passar você para outra pessoa da equipe. O protocolo continua o mesmo.")
        await davi.sees("Maria (#00001) foi oferecido a Elisa Costa no painel por Davi Alves.")
        await elisa.sees("Maria quer falar com um consultor")
        await elisa.taps("Aceitar")
        await maria.sees("Agora você fala com Elisa Costa. Protocolo #00001.")
        refused = await browser.does("/painel/sessoes", f"{PATH}/1/transferir", para="fila")
        assert refused[1] == f"{PATH}/1?feito=nao_atendimento_mudou", "she is another's now"
    assert await service.rows("SELECT 1 FROM auditoria WHERE acao = 'ATENDIMENTO'") == [], "she was his own"


@pytest.mark.falha(509)
async def test_whoever_went_offline_since_the_page_was_shown_is_given_nobody(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI)
    maria = await customer(service)
    await attended(service, maria, davi)
    elisa = await consultor(service, ELISA)
    async with browser_of(service) as browser:
        await enters_as(browser, DAVI)
        await browser.sees(f"{PATH}/1")
        await elisa.says("OFFLINE")
        await elisa.sees("offline")
        (row,) = await service.rows("SELECT id FROM consultores WHERE nome = 'Elisa Costa'")
        _, where = await browser.does(f"{PATH}/1", f"{PATH}/1/transferir", para=f"c:{row['id']}")
    assert where == f"{PATH}/1?feito=nao_sem_destino"
    assert not maria.shows("Vou passar você")


async def test_who_waits_is_told_when_the_team_closes_the_request(sqlite_service: RunningService) -> None:
    service = sqlite_service
    maria = await customer(service)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00001")
    async with browser_of(service) as browser:
        await browser.enters(await service.administrador(*CARLA))
        await browser.does(f"{PATH}/1", f"{PATH}/1/encerrar")
        await maria.sees("A equipe encerrou o seu atendimento #00001. Quando precisar, escolha CONSULTOR.")
        assert ">#00001</td>" in await browser.sees("/painel/auditoria")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00002")


async def test_quick_answers_are_those_of_chat_and_administrators_change_them(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service, DAVI)
    path = "/painel/respostas"
    async with browser_of(service) as hers, browser_of(service) as his:
        await hers.enters(await service.administrador(*CARLA))
        made = await hers.does(path, path, nome="Saudação", texto="Bom dia, {nome}!")
        assert made == (303, f"{path}?feito=resposta_criada&nome=saudacao")
        maria = await customer(service)
        await attended(service, maria, davi)
        await davi.says("/r saudacao")
        await maria.sees("Bom dia, Maria!")
        for nome, texto, why in (
            ("x" * 30, "a", "até 20 letras"),
            ("b", "Olá {cpf}", "Não sei preencher {cpf}."),
            ("c", " ", "Falta o texto."),
        ):
            status, text = await hers.does(path, path, nome=nome, texto=texto)
            assert (status, why in text) == (422, True)
        await enters_as(his, DAVI)
        assert "Bom dia, {nome}!" in await his.sees(path)
        assert (await his.does("/painel/sessoes", path, nome="b", texto="c"))[0] == 403
        assert ">/r saudacao</td>" in await hers.sees("/painel/auditoria?acao=RESPOSTA"), "as it is called up"
        gone = await hers.does(path, f"{path}/apagar", nome="saudacao")
        assert gone == (303, f"{path}?feito=resposta_apagada&nome=saudacao")
        assert "/r saudacao não existe mais." in await hers.sees(gone[1])
    await davi.says("/r saudacao")
    await davi.sees("Não conheço /r saudacao.")
    acts = await service.rows("SELECT alvo FROM auditoria WHERE acao = 'RESPOSTA'")
    assert [act["alvo"] for act in acts] == ["resposta:saudacao"] * 2


async def test_approvers_and_operators_have_no_part_in_it(sqlite_service: RunningService) -> None:
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.usuario("Gil Torres", "5531988806002", Perfil.APROVADOR))
        for path in (PATH, f"{PATH}/1", "/painel/respostas"):
            await browser.sees(path, 403)
