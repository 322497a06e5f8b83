"""Filters with a value that none of their fields has: said with its name and the way on, on every page that has one."""

import re
from html import unescape

import pytest
from playwright.async_api import expect

from storage.auditoria.tipos import Ato
from tests.support.painel import Opened, browser_of
from tests.support.service import RunningService
from tests.webhooks.painel.test_telas import OPENED
from webhooks.painel.entrada import PORTAS
from webhooks.painel.moldura import make_environment

NONSENSE = "2026-31-12"
# Robots may name reasons of their own.
OF_ROBOTS = {"motivo", "codigo"}


def filters_in(text: str) -> list[str]:
    """The fields of a page's filters of which one chooses, or types a day or a month."""
    forms = re.findall(r'<form class="filters".*?</form>', text, re.DOTALL)
    fields = r'<select name="(\w+)"|type="date" name="(\w+)"|name="(mes)"'
    return [name for form in forms for names in re.findall(fields, form) for name in names if name]


async def test_every_filter_says_that_it_does_not_take_a_value(sqlite_service: RunningService) -> None:
    adm, asked = await sqlite_service.administrador(), 0
    async with browser_of(sqlite_service) as browser:
        await browser.enters(adm)
        for tela in OPENED:
            if not (page := await browser.sees(tela.path)).startswith("<!"):
                continue
            names = filters_in(page)
            beside = "?busca=a" if "busca" in tela.nomes else ""
            for name in sorted({*names, "depois"} & tela.nomes - OF_ROBOTS):
                said = unescape(await browser.sees(f"{tela.path}{beside or '?'}&{name}={NONSENSE}", 422))
                assert f"não aceita “{NONSENSE}”" in said, (tela.path, name)
                assert f'href="{tela.path}{beside}"' in said, (tela.path, name)
                asked += 1
    assert asked > 20


async def test_a_name_that_is_no_filter_of_a_page_is_refused_and_not_passed_over(
    sqlite_service: RunningService,
) -> None:
    """`?statsu=` would show everything as if it were chosen."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador())
        seen = [tela.path for tela in OPENED if tela.path not in {door.path for door in PORTAS}]
        for path in [*seen, "/painel/processos.csv", "/painel/processos.xlsx"]:
            said = unescape(await browser.sees(f"{path}?statsu=FALHOU", 422))
            assert "Esta página não tem o filtro “statsu”" in said, path
            assert f'href="{path}"' in said, path
        assert 'href="/painel/vendas?status=FALHOU"' in await browser.sees("/painel/vendas?status=FALHOU&x=", 422)
        await browser.sees("/painel/vendas?status=FALHOU&feito=venda_encerrada&desfaz=x")


@pytest.mark.parametrize("filters", ["mes=13/2026", "desde=2026-12-01&ate=2026-11-30"])
async def test_what_is_typed_wrong_is_told_how_it_is_written(sqlite_service: RunningService, filters: str) -> None:
    path, hint = ("processos", "MM/AAAA") if "mes" in filters else ("vendas", "não vem antes de “Desde”")
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador())
        assert hint in await browser.sees(f"/painel/{path}?{filters}", 422)


async def test_a_month_is_taken_as_people_and_browsers_write_it(sqlite_service: RunningService) -> None:
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador())
        for page in ("processos", "relatorios"):
            for written in ("03/2026", "3/2026", "2026-03", "03-2026"):
                assert 'name="mes" value="03/2026"' in await browser.sees(f"/painel/{page}?mes={written}"), written


async def test_an_id_that_is_none_is_a_page_that_is_not_there(sqlite_service: RunningService) -> None:
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador())
        for noun in ("processos", "vendas", "execucoes", "clientes", "consultores"):
            said = await browser.sees(f"/painel/{noun}/x", 404)
            assert ("Não encontramos" in said, "UUID" in said) == (True, False)


def test_every_act_of_the_audit_and_every_way_has_a_name() -> None:
    environment = make_environment()
    names = environment.from_string("{% from 'auditoria/atos.html' import ato with context %}{{ ato(valor) }}")
    assert [one for one in Ato if names.render(valor=one.value).strip() == one.value] == []
    ways = environment.from_string("{% from 'pecas.html' import canal with context %}{{ canal(valor) }}")
    assert [one for one in ("rpa", "robo", "configuracao") if ways.render(valor=one) == one] == []


@pytest.mark.falha(590)
async def test_the_way_back_from_a_record_is_the_list_as_it_was_filtered(
    sqlite_service: RunningService, painel: Opened
) -> None:
    adm = await sqlite_service.administrador("Rita Prado", "5531988807001")
    await sqlite_service.vendedor("Bia Rocha", "5531988805000")
    async with painel(sqlite_service, adm, "/painel/usuarios?busca=bia&situacao=ativos") as page:
        back = page.locator(".crumb a")
        await page.get_by_role("link", name="Bia Rocha").click()
        await expect(back).to_have_attribute("href", "/painel/usuarios?busca=bia&situacao=ativos")
        await page.locator("[name=nome_completo]").fill("Bia Rocha Lima")
        await page.get_by_role("button", name="Guardar", exact=True).click()
        await expect(page.get_by_role("heading", name="Bia Rocha Lima")).to_be_visible()
        await back.click()
        await page.wait_for_url("**/painel/usuarios?busca=bia&situacao=ativos")
        record = await page.get_by_role("link", name="Bia Rocha Lima").get_attribute("href")
        await page.goto(f"{sqlite_service.url}/painel")
        await page.goto(f"{sqlite_service.url}{record}")
        await expect(back).to_have_attribute("href", "/painel/usuarios")
