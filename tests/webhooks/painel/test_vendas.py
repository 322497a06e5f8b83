"""Vendas in the panel: sellers see their own, what happened and by whom, and a sale ends here as it does in chat."""

from uuid import UUID

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.painel import browser_of
from tests.support.sellers import ANA, BIA, CPF, eventually, seller, sells
from tests.support.service import RunningService

ADM = ("Rita Prado", "5531988807001")


@pytest.fixture(autouse=True)
async def login(sqlite_service: RunningService) -> None:
    """One that a sale can be made under."""
    await sqlite_service.login_bo()


async def usuario_of(service: RunningService, telefone: str) -> UUID:
    (row,) = await service.rows("SELECT id FROM usuarios WHERE telefone = :telefone", telefone=telefone)
    return UUID(str(row["id"]))


async def page_of_the_sale(service: RunningService) -> str:
    (row,) = await service.rows("SELECT id FROM vendas ORDER BY criada_em DESC LIMIT 1")
    return f"/painel/vendas/{UUID(str(row['id']))}"


@pytest.mark.falha(232)
async def test_what_was_asked_is_told_and_what_was_answered_only_where_the_robot_offered_it(
    sqlite_service: RunningService,
) -> None:
    ana = await seller(sqlite_service, ANA, "telegram")
    job = await sells(sqlite_service, ana)
    await job.progress(20, "Consultando o CEP")
    await job.ask("Qual é o CPF de 529.982.247-25?", "cpf")
    await ana.sees("Qual é o CPF")
    await ana.says(CPF)
    await job.answered()
    await job.ask("Qual plano?", "opcao", ["500 Mega", "1 Giga"])
    await ana.sees("Qual plano?")
    await ana.taps("1 Giga")
    await job.answered(2)
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador(*ADM))
        page = await page_of_the_sale(sqlite_service)
        text = await browser.sees(page)
        for said in ("Consultando o CEP", "Qual é o CPF de ***?", "CPF não fica guardado aqui", "1 Giga", "Ana Souza"):
            assert said in text, said
        assert CPF not in text
        await job.fail("NEGADO", "score do CPF 529.982.247-25 baixo")
        await ana.sees("não foi concluída")
        ended = await browser.sees(page)
        assert "score do CPF *** baixo" in ended
        assert "O portal negou o pedido" in ended
        assert 'hx-trigger="every' not in ended


async def test_sellers_see_their_own_and_nobody_elses(sqlite_service: RunningService) -> None:
    ana = await seller(sqlite_service, ANA, "telegram")
    job = await sells(sqlite_service, ana)
    await job.complete({"numero_pedido": "PED-77"})
    await ana.sees("PED-77")
    page = await page_of_the_sale(sqlite_service)
    await sqlite_service.vendedor(*BIA)
    async with browser_of(sqlite_service) as hers, browser_of(sqlite_service) as anothers:
        await hers.enters(await usuario_of(sqlite_service, ANA[1]))
        assert "PED-77" in await hers.sees("/painel/vendas")
        assert "Acesso usado" not in await hers.sees(page)
        await anothers.enters(await usuario_of(sqlite_service, BIA[1]))
        bia = await anothers.sees(f"/painel/vendas?vendedor={await usuario_of(sqlite_service, ANA[1])}")
        assert "Ainda não há vendas" in bia
        await anothers.sees(page, 404)
        assert (await anothers.does("/painel/sessoes", f"{page}/parar"))[0] == 404


async def test_the_filters_are_the_address_and_pages_go_on_behind_the_last(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webhooks.painel.venda.vendas._SHOWN", 1)
    ana = await seller(sqlite_service, ANA, "telegram")
    for numero in ("ped-1", "PED-2"):
        job = await sells(sqlite_service, ana)
        await job.complete({"numero_pedido": numero})
        await ana.sees(numero)
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador(*ADM))
        first = await browser.sees("/painel/vendas")
        assert ("PED-2" in first, "ped-1" in first, "1 de 2" in first) == (True, False, True)
        onward = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
        second = await browser.sees(onward)
        assert ("PED-2" in second, "ped-1" in second) == (False, True)
        found = await browser.sees("/painel/vendas?pedido=%23PED-1")
        assert ("ped-1" in found, "1 venda" in found) == (True, True)
        assert "Nenhuma venda" in await browser.sees("/painel/vendas?abertas=1")
        assert "Nenhuma venda" in await browser.sees("/painel/vendas?ate=2020-01-31")
        for wrong in ("desde=ontem", "ate=0001-01-01", "status=FEITA", "vendedor=eu"):
            await browser.sees(f"/painel/vendas?{wrong}", 422)


async def test_a_seller_gives_up_in_the_panel_and_hears_the_end_in_chat(sqlite_service: RunningService) -> None:
    ana = await seller(sqlite_service, ANA, "telegram")
    job = await sells(sqlite_service, ana)
    page = await page_of_the_sale(sqlite_service)
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await usuario_of(sqlite_service, ANA[1]))
        assert (await browser.does(page, f"{page}/parar"))[1] == f"{page}?feito=venda_parando"
        await job.cancel_asked()
        await job.cancelled()
        await ana.sees("Venda cancelada")
        assert (await browser.does(page, f"{page}/parar"))[1] == f"{page}?feito=nao_venda_terminou"
        text = await browser.sees(page)
        assert "Cancelamento pedido" in text
        assert "Ana Souza" in text.partition("Cancelamento pedido")[2][:200]


@pytest.mark.falha(285)
async def test_a_sale_in_the_queue_that_an_administrator_stops_is_in_the_audit(sqlite_service: RunningService) -> None:
    await sells(sqlite_service, await seller(sqlite_service, BIA, "telegram"))
    ana = await seller(sqlite_service, ANA, "telegram")
    await ana.says("VENDER")
    await ana.sees("Posso começar?")
    await ana.says("SIM")
    await ana.sees("Quer um lugar na fila?")
    await ana.says("SIM")
    await ana.sees("Você é o 1º da fila")
    page = await page_of_the_sale(sqlite_service)
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador(*ADM))
        assert (await browser.does(page, f"{page}/parar"))[1] == f"{page}?feito=venda_encerrada"
        assert f">{ANA[0]}</td>" in await browser.sees("/painel/auditoria?acao=VENDA"), "not by an id"
    (act,) = await sqlite_service.rows("SELECT alvo FROM auditoria WHERE acao = 'VENDA'")
    assert page.endswith(act["alvo"].removeprefix("venda:"))


async def test_an_administrator_takes_the_login_back_and_the_audit_knows(sqlite_service: RunningService) -> None:
    ana = await seller(sqlite_service, ANA, "telegram")
    await sells(sqlite_service, ana)
    page = await page_of_the_sale(sqlite_service)
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador(*ADM))
        assert (await browser.does(page, f"{page}/parar"))[1] == f"{page}?feito=venda_encerrada"
        await ana.sees("Um administrador liberou o seu acesso")
        assert "Acesso liberado pela administração" in await browser.sees(page)
    rows = await eventually(sqlite_service, "SELECT canal FROM auditoria WHERE acao = 'LIBERAR'")
    assert [row["canal"] for row in rows] == ["painel"]


@pytest.mark.parametrize("perfil", [Perfil.APROVADOR, Perfil.CONSULTOR])
async def test_who_sells_nothing_sees_no_sales(sqlite_service: RunningService, perfil: Perfil) -> None:
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.usuario("Gil Torres", "5531988806002", perfil))
        await browser.sees("/painel/vendas", 403)
