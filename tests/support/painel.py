"""Somebody in the panel: over HTTP, or in a real browser."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from io import BytesIO
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from core.painel.acesso import INICIO, oferecer_link
from tests.support.browsing import DESKTOP
from tests.support.service import RunningService

Opened = Callable[..., AbstractAsyncContextManager[Page]]


async def link_for(service: RunningService, usuario_id: UUID, idioma: str = "pt_BR", destino: str = INICIO) -> str:
    """What the word PAINEL gives: the token of a link."""
    token = secrets.token_urlsafe(32)
    await service.wiring.turns.run(
        lambda tx: oferecer_link(tx, usuario_id, token, canal="telegram", idioma=idioma, destino=destino)
    )
    return token


class Browser:
    """A browser without a screen: cookies, and headers as a page of ours sends them."""

    def __init__(self, service: RunningService, http: aiohttp.ClientSession) -> None:
        self.service = service
        self.http = http
        # The way back that the last answer offered (webhooks/painel/desfazer.py); its name is chance.
        self.way_back = ""

    async def enters(self, usuario_id: UUID, **how: Any) -> None:
        """Come in by a link."""
        headers = how.pop("headers", {})
        link = await link_for(self.service, usuario_id, **how)
        status, _ = await self.posts("/painel/entrar", token=link, headers=headers)
        assert status == 303

    async def sees(self, path: str, wanted: int = 200, **how: Any) -> str:
        """What a page says."""
        async with self.http.get(path, allow_redirects=False, **how) as response:
            text = await response.text()
            assert response.status == wanted, (path, response.status, text[:400])
            return text

    async def posts(self, path: str, **fields: Any) -> tuple[int, str]:
        """Send a form as its page does; the status, and where it leads to or what it says."""
        headers = {"Origin": self.service.url, "Sec-Fetch-Site": "same-origin"} | fields.pop("headers", {})
        form = aiohttp.FormData(quote_fields=False)
        for name, value in ((name, one) for name, some in fields.items() for one in _each(some)):
            given = {"filename": "fatura.pdf", "content_type": "application/pdf"} if isinstance(value, BytesIO) else {}
            form.add_field(name, value, **given)
        async with self.http.post(path, data=form, headers=headers, allow_redirects=False) as response:
            where = response.headers.get("Location")
            if where is None:
                return response.status, await response.text()
            where, _, self.way_back = where.partition("&desfaz=")
            return response.status, where

    async def takes_back(self, page: str) -> tuple[int, str]:
        """Tap Desfazer in the notice that the last act left, on that page."""
        assert self.way_back, "nothing can be taken back"
        csrf = csrf_in(await self.sees(f"{page}?feito=x&desfaz={self.way_back}"))
        return await self.posts("/painel/desfazer", csrf=csrf, nome=self.way_back, volta=page)

    async def does(self, page: str, path: str, **fields: Any) -> tuple[int, str]:
        """Send a form that stands on that page."""
        return await self.posts(path, csrf=csrf_in(await self.sees(page)), **fields)


def _each(some: Any) -> list[Any]:
    return some if isinstance(some, list) else [some]


def csrf_in(text: str) -> str:
    """The token of the forms of a page."""
    return text.partition('name="csrf" value="')[2].partition('"')[0]


@asynccontextmanager
async def browser_of(service: RunningService) -> AsyncIterator[Browser]:
    """A browser nobody has used yet."""
    async with aiohttp.ClientSession(service.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Browser(service, http)


@pytest.fixture
async def painel(chromium: str, driver: None) -> AsyncIterator[Opened]:
    """`async with painel(service, usuario_id, path) as page`: signed in, in a profile of its own.

    At the end nothing may be on the console, and nothing may have been asked of another host.
    """
    expect.set_options(timeout=15_000)
    async with async_playwright() as player:
        browser = await player.chromium.connect_over_cdp(chromium)

        @asynccontextmanager
        async def opened(
            service: RunningService,
            usuario_id: UUID,
            path: str = INICIO,
            idioma: str = "pt_BR",
            without_news: bool = False,
            **how: Any,
        ) -> AsyncIterator[Page]:
            context: BrowserContext = await browser.new_context(
                **({"locale": "pt-BR", "color_scheme": "light", "viewport": DESKTOP, "reduced_motion": "reduce"} | how)
            )
            context.set_default_timeout(15_000)
            page = await context.new_page()
            complaints = listen(page, service.url)
            await page.goto(f"{service.url}/painel/entrar?token={await link_for(service, usuario_id, idioma, path)}")
            await page.locator("button.main").click()
            await page.wait_for_url(f"{service.url}{path}")
            yield page
            await context.close()
            # The console names what is kept from a page, and nothing else may be wrong with it.
            assert [
                one for one in complaints if not (without_news and one.startswith(("htmx:", "Failed to load")))
            ] == []

        yield opened
        await browser.close()


def listen(page: Page, url: str) -> list[str]:
    """What the page complains about, and what it asks of anybody but us."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    # Chromium shows a PDF by a page of its own.
    ours = (url, "chrome-extension://", "chrome://")
    page.on("request", lambda request: None if request.url.startswith(ours) else complaints.append(request.url))
    return complaints


# Elements that stand out to the right; what scrolls by itself may.
_CUT_OFF = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = (e) => e.getBoundingClientRect().right > wide + 1 && !e.closest(".tabs, .unseen");
  return [...document.querySelectorAll("main *")].filter(out).map((e) => e.outerHTML.slice(0, 90));
}"""


async def cut_off(page: Page) -> list[str]:
    """What one would have to scroll sideways for."""
    found: list[str] = await page.evaluate(_CUT_OFF)
    return found
