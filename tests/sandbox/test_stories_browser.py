"""The stories and the rooms of the panel in a real browser: clicked, watched, and compared by what is read."""

import os
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from sandbox import Phone
from sandbox.stories import STORIES, Story
from tests.support import panel
from tests.support.browsing import POCKET, Opened, inaccessible, phone_of
from tests.support.service import RunningService

WATCHED = 60_000
# Several phones, a queue; files. tests/sandbox/test_stories.py plays all of them without a browser, and below one phone
# sells and a customer is attended.
_SHORT = ("fila", "fatura")
WATCHED_STORIES = [story for story in STORIES if story.key in _SHORT or os.environ.get("BALCAO_PAIRS") == "all"]


@pytest.fixture
async def service(sqlite_service: RunningService) -> AsyncIterator[RunningService]:
    """The demonstration, played at once."""
    async with panel.demonstration(sqlite_service):
        yield sqlite_service


async def play(page: Page, title: str) -> None:
    """One click, and watch to the end."""
    await page.get_by_role("tab", name="Histórias").click()
    await page.get_by_role("button", name=f"Tocar: {title}").click()
    await expect(page.locator(".story small")).to_have_text(f"{title} · fim", timeout=WATCHED)


@pytest.mark.parametrize("story", WATCHED_STORIES, ids=lambda story: story.key)
async def test_a_story_is_clicked_and_watched_to_its_end(
    service: RunningService, opened: Opened, tmp_path: Path, story: Story
) -> None:
    """What is read on each phone is what was said and written; the picture shows these phones alone."""
    async with opened(service.sandbox.url) as page:
        await play(page, story.title.pt)
        for name in story.cast:
            # What the end of the story sets going may still be on its way, to the phone and from there to the page.
            await panel.phone_of(service, name).quiet()
            texts = phone_of(page, name).locator(".bubble .text")
            await expect(texts).to_have_text(_texts(panel.phone_of(service, name)), use_inner_text=True)
            await expect(phone_of(page, name).locator(".bubble").last).to_be_in_viewport()
        assert await page.locator(".panel.phone:visible").count() == len(story.cast)
        await expect(page.locator(".story p")).not_to_be_empty()
        picture = await page.screenshot(path=tmp_path / f"{story.key}.png")
        assert struct.unpack(">II", picture[16:24]) == (1440, 900)
        await page.get_by_role("button", name="EN", exact=True).click()
        await expect(page.locator(".story small")).to_have_text(f"{story.title.en} · the end")


def _texts(phone: Phone) -> list[str]:
    """Every text on a phone, without the marks of bold and the like; a new topic says that it is one."""
    shown = [bubble for bubble in phone.screen if not bubble.deleted and bubble.kind not in ("toast", "alert")]
    texts = [(bubble.kind, bubble.text.replace("*", "")) for bubble in shown if bubble.text and not bubble.contacts]
    return [f"Tópico: {text}" if kind == "service" else text for kind, text in texts]


async def test_the_sale_ends_with_its_number_on_the_phone_and_in_the_robots_room(
    service: RunningService, opened: Opened
) -> None:
    async with opened(service.sandbox.url) as page:
        await play(page, "Uma venda")
        (job,) = service.sandbox.rpa.jobs
        number = job.resultado["numero_pedido"]
        await expect(phone_of(page, "Ana").locator(".bubble").last).to_contain_text(f"Número do pedido: {number}")
        await expect(page.get_by_role("tab", name="Robôs")).to_have_attribute("aria-selected", "true")
        await expect(page.locator(".job")).to_contain_text(f"Pedido {number}")


async def test_a_story_is_stopped_and_played_again_from_its_strip(service: RunningService, opened: Opened) -> None:
    async with opened(service.sandbox.url) as page:
        await page.get_by_role("radio", name="devagar").click()
        await page.get_by_role("button", name="Tocar: Uma venda").click()
        strip = page.get_by_role("region", name="História")
        await expect(strip.locator("small")).to_have_text("Uma venda · 1")
        await expect(phone_of(page, "Ana")).to_be_visible()
        await strip.get_by_role("button", name="Parar").click()
        await expect(strip.locator("small")).to_have_text("Uma venda · interrompida")
        service.sandbox.player.keep_pace(0)
        await strip.get_by_role("button", name="De novo").click()
        await expect(strip.locator("small")).to_have_text("Uma venda · fim", timeout=WATCHED)
        await strip.get_by_role("button", name="Fechar a faixa").click()
        await expect(strip).to_be_hidden()


async def test_a_step_that_did_not_happen_is_read_on_the_strip(
    service: RunningService, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.stories.story.PATIENCE_SECONDS", 0.5)
    service.sandbox.rpa.behaviour = "silent"
    async with opened(service.sandbox.url) as page:
        await page.get_by_role("button", name="Tocar: Uma venda").click()
        strip = page.get_by_role("region", name="História")
        await expect(strip.locator("small")).to_have_text("Uma venda · um passo não aconteceu")
        await expect(strip.locator("p")).to_have_text("Ana Souza não viu “Qual é o CEP” em 0.5 s.")
        assert await inaccessible(page) == []


async def test_in_a_pocket_the_phone_whose_turn_it_is_comes_into_sight(service: RunningService, opened: Opened) -> None:
    service.sandbox.player.keep_pace(0.5)
    async with opened(service.sandbox.url) as page:
        await page.set_viewport_size(POCKET)
        await page.locator("[data-chip=side]").click()
        await page.get_by_role("button", name="Tocar: Um cliente e um consultor").click()
        for name in ("Davi", "Marina", "Elisa"):
            await expect(phone_of(page, name)).to_be_visible()
        await expect(page.locator(".story small")).to_have_text("Um cliente e um consultor · fim", timeout=WATCHED)


async def test_the_rooms_are_worked_by_hand(service: RunningService, opened: Opened) -> None:
    ana = panel.phone_of(service, "Ana Souza")
    async with opened(service.sandbox.url) as page:
        await page.get_by_role("tab", name="Robôs").click()
        await page.get_by_role("radio", name="manual").click()
        await ana.says("VENDER")
        await ana.taps("SIM")
        await page.get_by_role("button", name="Perguntar").click()
        await ana.sees("Qual é o CEP da instalação?")
        await expect(page.get_by_role("button", name="Perguntar")).to_be_disabled()

        await page.get_by_role("tab", name="Pool").click()
        await expect(page.locator(".pool .list li")).to_contain_text("Ana Souza")
        await expect(page.locator("[data-count=free] dd")).to_have_text("1")

        await page.get_by_role("tab", name="Relógio").click()
        await page.get_by_role("button", name="+31 min").click()
        await ana.sees("passou tempo demais sem sinal do robô")
        await expect(page.locator(".face small").last).to_have_text("31 min à frente da hora real")

        await page.get_by_role("tab", name="Falhas").click()
        await page.get_by_role("switch", name="WhatsApp fora do ar").press("Space")
        await expect(page.get_by_role("switch", name="WhatsApp fora do ar")).to_be_checked()
        await expect(page.get_by_role("switch", name="WhatsApp fora do ar")).to_be_focused()
        assert service.sandbox.whatsapp.faults.down
        await page.get_by_role("radio", name="atrasadas").click()
        await ana.says("STATUS")
        await expect(page.get_by_text("1 guardadas.")).to_be_visible()
        await page.get_by_role("button", name="Tudo normal").click()
        await expect(page.get_by_role("switch", name="WhatsApp fora do ar")).not_to_be_checked()
        await ana.sees("Não há venda em andamento")


async def test_axe_finds_nothing_in_any_room_while_a_story_plays(service: RunningService, opened: Opened) -> None:
    found = {}
    async with opened(service.sandbox.url) as page:
        await play(page, "Todos os acessos em uso")
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            for room in ("Histórias", "Robôs", "Pool", "Relógio", "Falhas"):
                await page.get_by_role("tab", name=room).click()
                found[scheme, room] = await inaccessible(page)
        await page.set_viewport_size(POCKET)
        found["pocket"] = await inaccessible(page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}
