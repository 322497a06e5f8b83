"""Vendas by who sold: the administration sees who sells, who does not, and why; sellers do not see each other."""

import re

import pytest

from tests.support.painel import browser_of
from tests.support.sellers import ANA, BIA, seller, sells
from tests.support.service import RunningService

ADM = ("Rita Prado", "5531988807001")
CAIO = ("Caio Reis", "5531988804555")
PATH = "/painel/vendas/vendedores"


def rows_of(page: str) -> list[list[str]]:
    """The cells of the table, as text."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


@pytest.fixture
async def sold(service: RunningService) -> RunningService:
    """Ana concluded one of two, Bia none of one; Caio never began."""
    await service.login_bo()
    ana, bia = await seller(service, ANA, "telegram"), await seller(service, BIA)
    await service.vendedor(*CAIO)
    done = await sells(service, ana)
    await done.complete({"numero_pedido": "PED-1"})
    await ana.sees("PED-1")
    for phone in (ana, bia):
        await (await sells(service, phone)).fail("NEGADO", "score baixo")
        await phone.sees("não foi concluída")
    return service


@pytest.mark.each_database
async def test_who_concluded_most_comes_first_and_who_sold_nothing_is_there(sold: RunningService) -> None:
    async with browser_of(sold) as browser:
        await browser.enters(await sold.administrador(*ADM))
        page = await browser.sees(PATH)
        found = [(row[0], *row[1:6]) for row in rows_of(page)]
        assert found == [
            (ANA[0], "1", "1", "0", "0", "50%"),
            (BIA[0], "0", "1", "0", "0", "0%"),
            (CAIO[0], "0", "0", "0", "0", "–"),
        ]
        assert "1 venda concluída" in page
        assert "venderam 1 de 3 pessoas" in page
        assert "O portal negou o pedido" in page
        (reason,) = re.findall(r'href="(/painel/vendas\?[^"]*motivo=NEGADO)"', page)
        listed = await browser.sees(reason.replace("&amp;", "&"))
        assert [row[1] for row in rows_of(listed)] == [BIA[0], ANA[0]]
        assert '<option value="NEGADO" selected>O portal negou o pedido' in listed
        back = re.findall(r'href="(/painel/vendas/vendedores\?[^"]+)"', listed)
        assert back == [reason.replace("/vendas?", "/vendas/vendedores?").partition("&amp;motivo")[0]], "the same days"
        assert rows_of(await browser.sees("/painel/vendas?motivo=DO_ROBO")) == []
        nothing = await browser.sees(f"{PATH}?sem_venda=1")
        assert [row[0] for row in rows_of(nothing)] == [BIA[0], CAIO[0]]
        named = await browser.sees(f"{PATH}?busca=caio")
        assert [row[0] for row in rows_of(named)] == [CAIO[0]]
        before = await browser.sees(f"{PATH}?desde=2020-01-01&ate=2020-01-31")
        assert [row[1:5] for row in rows_of(before)] == [["0"] * 4] * 3
        for wrong in ("desde=ontem", "desde=2026-02-01&ate=2026-01-01", "depois=x"):
            await browser.sees(f"{PATH}?{wrong}", 422)


async def test_the_way_to_somebodys_sales_keeps_the_days_and_a_list_that_is_long_has_pages(
    sold: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webhooks.painel.venda.vendedores._SHOWN", 2)
    async with browser_of(sold) as browser:
        await browser.enters(await sold.administrador(*ADM))
        first = await browser.sees(PATH)
        theirs = re.search(r'href="(/painel/vendas\?desde=[^"]*&amp;vendedor=[^"]*)"', first)
        assert theirs is not None
        assert "PED-1" in await browser.sees(theirs[1].replace("&amp;", "&"))
        onward = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
        assert [row[0] for row in rows_of(await browser.sees(onward))] == [CAIO[0]]


async def test_whoever_is_chosen_stays_chosen_where_there_are_more_sellers_than_the_list_names(
    sold: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.venda.lista.who_sold.__defaults__", (None, 1))
    (bia,) = await sold.rows("SELECT id FROM usuarios WHERE nome_completo = :nome", nome=BIA[0])
    async with browser_of(sold) as browser:
        await browser.enters(await sold.administrador(*ADM))
        page = await browser.sees(f"/painel/vendas?vendedor={bia['id']}")
        assert f"selected>{BIA[0]}</option>" in page


async def test_a_seller_is_shown_no_way_there_and_has_none(sold: RunningService) -> None:
    (ana,) = await sold.rows("SELECT id FROM usuarios WHERE nome_completo = :nome", nome=ANA[0])
    async with browser_of(sold) as browser:
        await browser.enters(ana["id"])
        for page in ("/painel", "/painel/vendas"):
            assert "vendedores" not in await browser.sees(page)
        await browser.sees(PATH, 403)


@pytest.mark.falha(483)
async def test_sellers_of_one_name_are_told_apart(sqlite_service: RunningService) -> None:
    for number, telefone in enumerate((ANA[1], "5531988804777")):
        await sqlite_service.login_bo(f"Bo {number}", f"553190000000{number}")
        await sells(sqlite_service, await seller(sqlite_service, (ANA[0], telefone)))
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador(*ADM))
        called = {f"…{ANA[1][-4:]} {ANA[0]}", f"…4777 {ANA[0]}"}
        assert {row[0] for row in rows_of(await browser.sees(PATH))} == called
        listed = await browser.sees("/painel/vendas")
        assert {row[1] for row in rows_of(listed)} == called
        assert all(f">{one}</option>" in listed for one in called)
