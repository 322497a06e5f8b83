"""Everybody can use the page: by keyboard alone, in the dark, at phone width, with a screen reader, in English."""

import time
from datetime import datetime
from unittest.mock import AsyncMock
from zoneinfo import ZoneInfo

from playwright.async_api import expect

from sandbox import Hooks, Pool, Uso, small_pdf
from tests.support.browsing import POCKET, box_of, inaccessible, phone_of

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


async def _talk(sandbox, service):
    """Something of everything on both phones."""
    ana, bruno = sandbox.whatsapp.phones[0], next(iter(sandbox.telegram.phones.values()))
    await (await ana.says("oi")).accepted()
    await ana.reacts(ana.screen[0], "🙏")
    await ana.sends_location(-19.9, -43.9, "Praça Sete", "Centro")
    await ana.sends_document("fatura.pdf", small_pdf("fatura"), caption="a fatura")
    rows = [{"id": "1", "title": "Fibra 500", "description": "R$ 99,90"}]
    action = {"button": "Planos", "sections": [{"title": "Casa", "rows": rows}]}
    body = {"type": "list", "header": {"type": "text", "text": "Planos"}, "body": {"text": "Qual?"}, "action": action}
    await service.whatsapp({"to": ana.wa_id, "type": "interactive", "interactive": body})
    await (await bruno.says("/start")).accepted()
    markup = {"inline_keyboard": [[{"text": "Sim", "callback_data": "s"}, {"text": "Abrir", "url": "https://a.test"}]]}
    await service.telegram("sendMessage", chat_id=bruno.user_id, text="*Posso?*", reply_markup=markup)
    await bruno.says("já volto", reply_to=bruno.screen[-1])
    await service.telegram(
        "sendMessage", chat_id=bruno.user_id, text="Escolha", reply_markup={"keyboard": [["Um", "Dois"]]}
    )


async def test_axe_finds_nothing_in_light_and_dark_on_a_desk_and_in_a_pocket(service_with_people, opened):
    sandbox, service = service_with_people
    await _talk(sandbox, service)
    found = {}
    async with opened(sandbox.url) as page:
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            found[scheme, "desk"] = await inaccessible(page)
            await phone_of(page, "Ana").get_by_role("button", name="Planos").click()
            await phone_of(page, "Bruno").locator(".bubble").last.click(button="right")
            found[scheme, "sheets"] = await inaccessible(page)
            await page.keyboard.press("Escape")
            await phone_of(page, "Ana").get_by_role("radio").press("Escape")
            await page.get_by_role("button", name="Nova pessoa").click()
            found[scheme, "dialog"] = await inaccessible(page)
            await page.keyboard.press("Escape")
        await page.set_viewport_size(POCKET)
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            for key in ("whatsapp-1", "telegram-1", "side"):
                await page.locator(f"[data-chip='{key}']").click()
                found[scheme, key] = await inaccessible(page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def _hooks():
    """A service around the sandbox that lends one login and leaves the clock alone."""

    async def pool():
        return Pool(1, 0, 1, (Uso("BO2001", "5531988804000", time.time() - 60, time.time() + 600),))

    return Hooks(lambda: datetime.now(SAO_PAULO), AsyncMock(), pool, AsyncMock(), AsyncMock(), AsyncMock())


async def test_rooms_beside_the_phones_are_as_accessible(service_with_people, opened):
    sandbox, service = service_with_people
    await service.sell()
    found = {}
    async with sandbox.attached(_hooks()), opened(sandbox.url) as page:
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            for tab in await page.get_by_role("tab").all():
                await tab.click()
                found[scheme, await tab.inner_text()] = await inaccessible(page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


async def test_times_are_those_of_the_business_wherever_the_browser_is(service_with_people, opened):
    sandbox, _ = service_with_people
    ana = sandbox.whatsapp.phones[0]
    async with sandbox.attached(_hooks()), opened(sandbox.url) as page:
        await ana.says("oi")
        there = datetime.fromtimestamp(ana.screen[0].when, SAO_PAULO)
        await expect(phone_of(page, "Ana").locator(".meta")).to_contain_text(f"{there:%H:%M}")


async def test_page_is_walked_with_the_keyboard_alone(service_with_people, opened):
    sandbox, service = service_with_people
    await _talk(sandbox, service)
    async with opened(sandbox.url) as page:
        press = page.keyboard.press
        for _ in range(4):
            await press("Tab")
        await expect(page.locator("[data-chip='whatsapp-1']")).to_be_focused()
        await press("ArrowRight")
        await expect(page.locator("[data-chip='telegram-1']")).to_be_focused()
        await press("Enter")
        await expect(phone_of(page, "Bruno")).to_be_hidden()
        await press("Enter")
        await expect(phone_of(page, "Bruno")).to_be_visible()
        ana = phone_of(page, "Ana")
        await press("Tab")
        await expect(ana.get_by_role("button", name="Guardar o telefone")).to_be_focused()
        await press("Tab")
        await expect(ana.get_by_role("log")).to_be_focused()
        outline = await ana.get_by_role("log").evaluate("log => getComputedStyle(log).outlineStyle")
        assert outline == "solid"
        await press("ArrowUp")
        await expect(ana.locator(".bubble").last).to_be_focused()
        await press("Enter")
        await expect(ana.get_by_role("button", name="Reagir com 👍")).to_be_focused()
        await press("Escape")
        await expect(ana.locator(".bubble").last).to_be_focused()
        await press("Tab")
        await expect(ana.get_by_role("button", name="Planos")).to_be_focused()
        await press("Enter")
        await press("Space")
        await press("Enter")
        await service.whatsapp_said("Fibra 500")
        # However many buttons of older messages lie between: what is typed in the conversation is written in its box.
        await ana.get_by_role("button", name="Planos").focus()
        await page.keyboard.type("obrigada")
        await expect(box_of(ana)).to_have_value("obrigada")
        await press("Enter")
        await service.whatsapp_said("obrigada")
        await press("ArrowRight")
        await expect(box_of(phone_of(page, "Bruno"))).to_be_focused()


async def test_on_the_narrowest_phone_nothing_at_the_top_lies_on_another(service_with_people, opened):
    async with opened(service_with_people[0].url) as page:
        await page.set_viewport_size({"width": 360, "height": 740})
        brand = await page.locator(".brand h1").evaluate("e => e.scrollWidth + e.offsetLeft")
        assert brand <= await page.locator(".tools").evaluate("e => e.offsetLeft")


async def test_english_is_one_click_away_and_stays(service_with_people, opened):
    sandbox, service = service_with_people
    await _talk(sandbox, service)
    async with opened(sandbox.url) as page:
        await page.get_by_role("button", name="EN", exact=True).click()
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(phone_of(page, "Ana").get_by_label("Message", exact=True)).to_be_visible()
        await expect(phone_of(page, "Ana").get_by_role("img", name="delivered").first).to_be_visible()
        await expect(page.get_by_role("tab", name="Robots")).to_be_visible()
        await expect(phone_of(page, "Bruno").get_by_text("Escolha")).to_be_visible()
        await page.reload()
        await expect(page.get_by_text("Nothing leaves this machine.")).to_be_visible()


async def test_page_remembers_what_lies_on_the_table_and_somebody_new_gets_a_phone(service_with_people, opened):
    sandbox, service = service_with_people
    async with opened(sandbox.url) as page:
        await phone_of(page, "Bruno").get_by_role("button", name="Guardar o telefone").click()
        await page.get_by_role("button", name="Nova pessoa").click()
        dialog = page.get_by_role("dialog", name="Nova pessoa")
        await dialog.get_by_label("Nome").fill("Marina Castro")
        await dialog.get_by_label("Telefone").fill("+55 31 98880-4000")
        await dialog.get_by_role("button", name="Adicionar").click()
        await expect(dialog.get_by_role("alert")).to_have_text("Esse telefone já está na mesa, nesse canal.")
        await dialog.get_by_label("Telefone").fill("+55 11 98880-4006")
        await dialog.get_by_label("Telefone").press("Enter")
        marina = phone_of(page, "Marina")
        await expect(box_of(marina)).to_be_focused()
        await page.keyboard.type("quero falar com alguém")
        await page.keyboard.press("Enter")
        await service.whatsapp_said("quero falar com alguém")
        await page.reload()
        await expect(marina.get_by_text("quero falar com alguém")).to_be_visible()
        await expect(phone_of(page, "Bruno")).to_be_hidden()
        await expect(page.get_by_role("button", name="Ana vendedora")).to_have_attribute("aria-pressed", "true")


async def test_in_a_pocket_one_phone_is_shown_and_the_others_count_what_they_missed(service_with_people, opened):
    sandbox, service = service_with_people
    await _talk(sandbox, service)
    bruno = next(iter(sandbox.telegram.phones.values()))
    async with opened(sandbox.url) as page:
        await page.set_viewport_size(POCKET)
        await expect(page.locator(".panel:visible")).to_have_count(1)
        await service.telegram("sendMessage", chat_id=bruno.user_id, text="Você está aí?")
        chip = page.locator("[data-chip='telegram-1']")
        await expect(chip.locator(".badge")).to_contain_text("1 por ler")
        await chip.click()
        await expect(phone_of(page, "Bruno").get_by_text("Você está aí?")).to_be_in_viewport()
        await expect(page.locator(".panel:visible")).to_have_count(1)
        await expect(chip.locator(".badge")).to_have_count(0)
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width == POCKET["width"]


async def test_a_page_that_lost_the_line_says_so_and_comes_back(service_with_people, opened):
    sandbox, _ = service_with_people
    async with opened(sandbox.url) as page:
        await expect(page.locator("#live")).to_have_text("ao vivo")
        sandbox._page.news.close()
        await expect(page.locator("#live")).to_have_text("sem conexão")
        await expect(page.locator("#live")).to_have_text("ao vivo")
        await expect(phone_of(page, "Ana")).to_be_visible()
