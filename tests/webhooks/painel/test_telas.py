"""Every page for every perfil in a real browser: in order for console and axe, by keyboard, narrow, without scripts."""

from uuid import UUID

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import update

from core.painel.acesso import INICIO
from storage.pessoa.perfil import EQUIPE, Perfil
from storage.tables import clientes, operadoras
from tests.support.browsing import inaccessible
from tests.support.operacao import uma_operacao
from tests.support.painel import Opened, browser_of
from tests.support.service import RunningService
from webhooks.painel.painel import Tela
from webhooks.painel.telas import TELAS
from webhooks.routes import PAGES

NARROW = {"width": 320, "height": 700}
# Pages one can simply open.
OPENED = [tela for tela in TELAS if tela.method == "GET" and "{" not in tela.path and "." not in tela.path]


async def person(service: RunningService, perfil: Perfil) -> UUID:
    return await service.usuario(f"Pessoa {perfil.title()}", "5531988804010", perfil)


def _whose(tela: Tela) -> Perfil:
    """One of those who see a page: an administrator, or who is first."""
    return Perfil.ADMINISTRADOR if Perfil.ADMINISTRADOR in tela.perfis else min(tela.perfis)


async def too_wide(page: Page) -> int:
    """By how many pixels one would have to scroll sideways."""
    return int(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("perfil", sorted(EQUIPE))
async def test_every_page_is_in_order(sqlite_service: RunningService, painel: Opened, perfil: Perfil) -> None:
    """What one perfil sees more or less than another is looked through on their first page; dark is as readable."""
    async with painel(sqlite_service, await person(sqlite_service, perfil)) as page:
        for tela in OPENED:
            if perfil not in tela.perfis:
                continue
            await page.goto(f"{sqlite_service.url}{tela.path}")
            await expect(page.get_by_role("main")).to_be_visible()
            if tela.path == INICIO or perfil == _whose(tela):
                assert await inaccessible(page) == [], tela.path
                await page.emulate_media(color_scheme="dark")
                assert await inaccessible(page, "color-contrast") == [], ("dark", tela.path)
                await page.emulate_media(color_scheme="light")
            await page.set_viewport_size(NARROW)
            assert await too_wide(page) == 0, tela.path
            await page.set_viewport_size({"width": 1440, "height": 900})


async def test_without_scripts_every_page_says_the_same(sqlite_service: RunningService, painel: Opened) -> None:
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm, java_script_enabled=False, viewport=NARROW) as page:
        for tela in OPENED:
            await page.goto(f"{sqlite_service.url}{tela.path}")
            await expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        await page.locator(".top summary").click()
        await page.locator(".top").get_by_role("button", name="Sair").click()
        await expect(page.get_by_text("Você saiu.")).to_be_visible()


async def test_the_keyboard_reaches_the_content_and_the_way_out(sqlite_service: RunningService, painel: Opened) -> None:
    async with painel(sqlite_service, await sqlite_service.administrador()) as page:
        await page.goto(f"{sqlite_service.url}/painel")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Ir para o conteúdo")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator("#conteudo")).to_be_focused()
        out = page.locator(".rail").get_by_role("button", name="Sair")
        await out.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Você saiu.")).to_be_visible()


async def test_each_speaks_their_own_language(sqlite_service: RunningService, painel: Opened) -> None:
    adm = await sqlite_service.administrador()
    for idioma, lang, words in (("en", "en", "Hello, Adm"), ("es", "es", "Hola, Adm")):
        async with painel(sqlite_service, adm, idioma=idioma) as page:
            await expect(page.get_by_role("heading", name=words)).to_be_visible()
            assert await page.locator("html").get_attribute("lang") == lang


async def test_the_theme_is_chosen_and_kept(sqlite_service: RunningService, painel: Opened) -> None:
    async with painel(sqlite_service, await sqlite_service.administrador()) as page:
        switch = page.locator(".rail").get_by_role("button", name="Mudar entre claro e escuro")
        await switch.click()
        await switch.click()
        await page.reload()
        assert await page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_every_page_that_can_be_opened_has_a_perfil_that_may() -> None:
    assert [page.path for page in PAGES if page.path in {tela.path for tela in TELAS if not tela.perfis}] == []


@pytest.mark.falha(489)
async def test_the_tab_that_is_open_is_seen_and_the_month_fits_a_laptop(
    sqlite_service: RunningService, painel: Opened
) -> None:
    await uma_operacao(sqlite_service, 12)
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm, viewport={"width": 390, "height": 800}) as page:
        await page.goto(f"{sqlite_service.url}/painel/vendas/vendedores")
        place = await page.locator(".tabs [aria-current]").bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390
        await page.set_viewport_size({"width": 1280, "height": 800})
        await page.goto(f"{sqlite_service.url}/painel/relatorios")
        hidden = "[...document.querySelectorAll('.table')].map((one) => one.scrollWidth - one.clientWidth)"
        assert await page.evaluate(hidden) == [0, 0]


@pytest.mark.falha(489)
async def test_long_names_hide_neither_the_way_out_nor_a_column(sqlite_service: RunningService, painel: Opened) -> None:
    await uma_operacao(sqlite_service, 12)
    company = "Comércio e Distribuição de Produtos Alimentícios do Nordeste Importação e Exportação Ltda"
    for column in (
        update(clientes).values(razao_social=company, filtro=clientes.c.filtro + "8" * 26),
        update(operadoras).values(nome=operadoras.c.nome + " Telecomunicações do Brasil S.A. em Recuperação"),
    ):
        await sqlite_service.wiring.turns.run(lambda tx, column=column: tx.execute(column))
    adm = await sqlite_service.administrador("Maria Aparecida da Conceição dos Santos Albuquerque de Vasconcelos Neta")
    async with painel(sqlite_service, adm, viewport={"width": 1280, "height": 800}) as page:
        for path in ("/painel/clientes", "/painel/processos"):
            await page.goto(f"{sqlite_service.url}{path}")
            hidden = "[...document.querySelectorAll('.table')].map((one) => one.scrollWidth - one.clientWidth)"
            assert await page.evaluate(hidden) == [0], path
            first = await page.locator("tbody th").first.bounding_box()
            assert first is not None
            assert first["width"] >= 150
            out = await page.locator(".rail").get_by_role("button", name="Sair").bounding_box()
            assert out is not None
            assert out["y"] + out["height"] <= 800


@pytest.mark.falha(489)
async def test_a_month_without_invoices_is_named(sqlite_service: RunningService) -> None:
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador())
        assert "Nenhuma fatura em 01/2026." in await browser.sees("/painel/processos?mes=01/2026")
        assert "Nenhuma fatura com estes filtros." in await browser.sees("/painel/processos?mes=01/2026&busca=x")


@pytest.mark.falha(526)
async def test_a_filter_is_chosen_by_the_keyboard_without_filtering_by_what_is_passed_by(
    sqlite_service: RunningService, painel: Opened
) -> None:
    await uma_operacao(sqlite_service, 12)
    async with painel(sqlite_service, await sqlite_service.administrador(), "/painel/usuarios") as page:
        perfil = page.get_by_role("combobox", name="Perfil")
        before = page.url
        await perfil.focus()
        for _ in range(2):
            await page.keyboard.press("ArrowDown")
        chosen = await perfil.input_value()
        assert (page.url, bool(chosen)) == (before, True)
        await page.get_by_role("button", name="Filtrar").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**perfil={chosen}**")
        await perfil.select_option("")
        await page.wait_for_url("**perfil=&**")


@pytest.mark.falha(526)
async def test_what_the_keyboard_comes_to_is_not_under_the_bar_of_a_phone(
    sqlite_service: RunningService, painel: Opened
) -> None:
    await uma_operacao(sqlite_service, 24)
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm, "/painel/processos", viewport={"width": 360, "height": 640}) as page:
        bar = await page.locator("header.top").bounding_box()
        assert bar is not None
        await page.get_by_role("button", name="Aprovar").focus()
        for _ in range(40):
            await page.keyboard.press("Shift+Tab")
            place = await page.locator(":focus").bounding_box()
            if await page.locator("main :focus").count() and place is not None:
                assert place["y"] >= bar["height"] - 1, await page.locator(":focus").evaluate("e => e.outerHTML")


@pytest.mark.falha(526)
async def test_a_tab_that_does_not_fit_is_in_sight_when_the_keyboard_comes_to_it(
    sqlite_service: RunningService, painel: Opened
) -> None:
    await uma_operacao(sqlite_service, 12)
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm, "/painel/processos", viewport={"width": 360, "height": 640}) as page:
        tabs = page.locator(".tabs a")
        await tabs.first.focus()
        for number in range(await tabs.count()):
            await expect(tabs.nth(number)).to_be_focused()
            place = await tabs.nth(number).bounding_box()
            assert place is not None
            assert place["x"] >= 0
            assert place["x"] + place["width"] <= 360
            await page.keyboard.press("Tab")


@pytest.mark.falha(526)
async def test_all_are_ticked_by_the_keyboard_on_a_phone_too(sqlite_service: RunningService, painel: Opened) -> None:
    await uma_operacao(sqlite_service, 12)
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm, "/painel/processos", viewport={"width": 360, "height": 640}) as page:
        ticks = page.locator("tbody input[type=checkbox]")
        await page.get_by_role("button", name="Filtrar").focus()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        every = page.get_by_role("checkbox", name="Marcar todas")
        await expect(every).to_be_focused()
        await expect(every).to_be_visible()
        await page.keyboard.press("Space")
        assert await page.locator("tbody input:checked").count() == await ticks.count() > 0
        await page.keyboard.press("Tab")
        assert await page.locator("main :focus").bounding_box() is not None, "nothing that nobody sees is come to"
