"""`/r`: prepared texts, sent to the customer by their name and administered in chat."""

from sandbox import Phone
from storage.pessoa.perfil import Perfil
from tests.support.consultores import CHANNELS, DAVI, MARIA, PEDRO, attended, consultor, customer, nothing_is_under_way
from tests.support.service import RunningService

ADM = ("Adm Silva", "5531999990000")
PRAZO = "Olá {nome}, o prazo do protocolo {protocolo} é amanhã. {consultor}"


async def administrator(service: RunningService, channel: str = "whatsapp") -> Phone:
    await service.usuario(*ADM, Perfil.ADMINISTRADOR)
    return await service.phone(channel, *ADM)


async def prepared(service: RunningService, **answers: str) -> Phone:
    """An administrator's phone, from which these were made."""
    adm = await administrator(service)
    for name, text in answers.items():
        await adm.says(f"/r {name} = {text}")
        await adm.sees(f"✅ /r {name} criada")
    return adm


@CHANNELS
async def test_its_name_sends_the_text_with_its_blanks_filled_in(service: RunningService, channel: str) -> None:
    await prepared(service, prazo=PRAZO)
    davi, maria = await consultor(service, DAVI, channel), await customer(service)
    await attended(service, maria, davi)
    await davi.says("/R Prazo")
    said = "Olá Maria, o prazo do protocolo #00001 é amanhã. Davi Alves"
    await maria.sees(said)
    await davi.sees(f"➡️ Maria recebe:\n{said}")
    assert not maria.shows("/R")
    rows = await service.rows("SELECT texto FROM mensagens WHERE autor = 'CONSULTOR'")
    assert [row["texto"] for row in rows] == [said]


@CHANNELS
async def test_alone_it_lists_them_and_a_tap_sends(sqlite_service: RunningService, channel: str) -> None:
    service = sqlite_service
    await prepared(service, prazo="Até amanhã.", boleto="Segue o boleto.")
    davi, maria = await consultor(service, DAVI, channel), await customer(service)
    await attended(service, maria, davi)
    await davi.says("/r")
    bubble = await davi.sees("Respostas rápidas:")
    assert bubble.labels == ["/r boleto", "/r prazo"]
    assert "criar" not in bubble.text
    await davi.taps("/r boleto")
    await maria.sees("Segue o boleto.")


async def test_many_of_them_can_be_told_apart_on_whatsapp(sqlite_service: RunningService) -> None:
    adm = await prepared(sqlite_service, **{f"texto-{n:02d}": f"Texto {n}" for n in range(12)})
    await adm.says("/r")
    bubble = await adm.sees("Respostas rápidas:")
    assert "12. /r texto-11" in bubble.text


async def test_an_unknown_name_sends_nothing_and_suggests(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await prepared(service, prazo="Até amanhã.")
    davi, maria = await consultor(service), await customer(service)
    await attended(service, maria, davi)
    await davi.says("/r praso")
    bubble = await davi.sees("Não conheço /r praso. Nada foi enviado. Quis dizer:")
    assert bubble.labels == ["/r prazo"]
    await davi.taps("/r prazo")
    await maria.sees("Até amanhã.")
    await davi.says("/r zzz")
    bubble = await davi.sees("Não conheço /r zzz. Nada foi enviado.")
    assert bubble.labels == []
    await maria.quiet()
    assert not maria.shows("/r")


async def test_without_a_customer_nothing_is_sent(sqlite_service: RunningService) -> None:
    adm = await prepared(sqlite_service, prazo=PRAZO)
    davi = await consultor(sqlite_service)
    await davi.says("/r prazo")
    await davi.sees("Você não está atendendo ninguém agora.")
    # Who attends nobody at all reads what it says.
    await adm.says("/r prazo")
    await adm.sees(f"/r prazo:\n{PRAZO}")


async def test_with_several_customers_it_goes_to_the_one_of_the_topic(sqlite_service: RunningService) -> None:
    service = sqlite_service
    service.sandbox.telegram.topics_enabled = True
    await prepared(service, ola="Olá {nome}!")
    davi = await consultor(service, DAVI, "telegram")
    maria, pedro = await customer(service, MARIA), await customer(service, PEDRO)
    await attended(service, maria, davi)
    await attended(service, pedro, davi)
    await nothing_is_under_way(service)
    davi.opens_topic(await davi.sees_topic("Maria"))
    await davi.says("/r ola")
    await maria.sees("Olá Maria!")
    davi.opens_topic(await davi.sees_topic("Pedro"))
    await davi.says("/r ola")
    await pedro.sees("Olá Pedro!")
    assert not maria.shows("Pedro!")


class TestAdministered:
    @CHANNELS
    async def test_made_changed_and_removed_in_chat(self, service: RunningService, channel: str) -> None:
        adm = await administrator(service, channel)
        await adm.says("/r")
        await adm.sees("Ainda não há respostas rápidas.\nPara criar ou mudar: /r nome = texto.")
        await adm.says("/r Segunda Via = Aqui está: a=b")
        await adm.sees("✅ /r segunda via criada:\nAqui está: a=b")
        await adm.says("/r segunda via = Aqui está\na segunda via.")
        await adm.sees("✅ /r segunda via mudou:\nAqui está\na segunda via.")
        await adm.says("/r apagar Segunda Via")
        bubble = await adm.sees("Apagar /r segunda via?")
        assert bubble.labels == ["Apagar", "Manter"]
        await adm.taps("Manter")
        await adm.sees("Tudo bem, fica como está.")
        await adm.taps("Apagar", bubble=bubble)
        await adm.sees("/r segunda via não existe mais.")
        assert await service.rows("SELECT * FROM respostas_rapidas") == []

    async def test_what_cannot_be_is_explained(self, sqlite_service: RunningService) -> None:
        adm = await administrator(sqlite_service)
        for typed, answer in (
            ("/r apagar = x", "O nome tem até 20 letras"),
            ("/r um nome comprido demais mesmo = x", "O nome tem até 20 letras"),
            (
                "/r oi = Olá {telefone}",
                "Não sei preencher {telefone}. Posso preencher {nome}, {protocolo}, {consultor}.",
            ),
            ("/r oi =", "Falta o texto: /r oi = texto"),
            ("/r apagar nada", "Não conheço /r nada."),
        ):
            await adm.says(typed)
            await adm.sees(answer)
            assert await sqlite_service.rows("SELECT * FROM respostas_rapidas") == []

    async def test_a_consultor_changes_nothing_and_the_customer_sees_nothing_of_it(
        self, sqlite_service: RunningService
    ) -> None:
        service = sqlite_service
        await prepared(service, prazo="Até amanhã.")
        davi, maria = await consultor(service), await customer(service)
        await attended(service, maria, davi)
        for typed in ("/r prazo = Nunca", "/r apagar prazo"):
            await davi.says(typed)
            await davi.sees("Só administradores mudam as respostas rápidas. Nada foi enviado.")
        await davi.taps_data("r:apagar:prazo", bubble=davi.screen[-1])
        await davi.sees("Só administradores mudam as respostas rápidas.")
        await maria.quiet()
        assert not maria.shows("prazo")
        assert [row["texto"] for row in await service.rows("SELECT texto FROM respostas_rapidas")] == ["Até amanhã."]


async def test_for_a_customer_it_is_a_text_like_any(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await prepared(service, prazo="Até amanhã.")
    davi, maria = await consultor(service), await customer(service)
    await attended(service, maria, davi)
    await maria.says("/r prazo")
    await davi.sees("/r prazo")
    await maria.quiet()
    assert not maria.shows("Até amanhã.")
