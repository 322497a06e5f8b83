"""The documentation in a real browser: everything is there, and nothing is asked of anybody else."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import async_playwright

import webhooks
from tests.support.service import RunningService
from webhooks.docs.pages import STATIC

FILES = Path(webhooks.__file__).parent / "docs" / "static"
DIRECTIVE = re.compile(r"(\S+)-src ([^;]+)")


class TestWhatIsServed:
    async def test_pages_with_and_without_a_slash_and_their_files(self, sqlite_service: RunningService) -> None:
        for path in ("/openapi.json", *STATIC):
            async with sqlite_service.http.get(path) as response:
                assert response.status == 200
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert "X-Request-ID" in response.headers
                first = await response.read()
            async with sqlite_service.http.get(f"{path}/") as response:
                assert await response.read() == first

    async def test_a_page_may_load_nothing_of_another_host(self, sqlite_service: RunningService) -> None:
        async with sqlite_service.http.get("/docs") as response:
            policy = response.headers["Content-Security-Policy"]
        allowed = dict(DIRECTIVE.findall(policy))
        assert allowed["default"] == "'none'"
        assert {source for sources in allowed.values() for source in sources.split()} == {
            *("'none'", "'self'", "'unsafe-inline'", "data:", "blob:")
        }
        assert "'unsafe-inline'" not in allowed["script"]

    async def test_files_are_sent_again_only_when_they_changed(self, sqlite_service: RunningService) -> None:
        async with sqlite_service.http.get("/docs/swagger-ui-bundle.js") as response:
            etag = response.headers["ETag"]
        async with sqlite_service.http.get("/docs/swagger-ui-bundle.js", headers={"If-None-Match": etag}) as response:
            assert (response.status, await response.read()) == (304, b"")

    async def test_no_address_reaches_another_file(self, sqlite_service: RunningService) -> None:
        for path in ("/docs/README.md", "/docs/..%2fapp.py", "/redoc/%2e%2e/%2e%2e/app.py", "/docs/LICENSE"):
            async with sqlite_service.http.get(path) as response:
                assert response.status == 404

    def test_every_program_comes_with_its_licence(self) -> None:
        for folder, licence in (("swagger-ui", "Apache License"), ("redoc", "MIT")):
            assert licence in (FILES / folder / "LICENSE").read_text()
            assert list((FILES / folder).glob("*.js.LICENSE.txt"))
        assert {path.name for path in FILES.iterdir() if path.is_dir()} == {"swagger-ui", "redoc"}


class TestInABrowser:
    @pytest.fixture
    async def page(self, chromium: str, driver: None) -> AsyncIterator[Any]:
        """A page that remembers what it asked for and what it complained of."""
        async with async_playwright() as player:
            browser = await player.chromium.connect_over_cdp(chromium)
            context = await browser.new_context()
            page = await context.new_page()
            page.asked, page.complaints = [], []
            page.on("request", lambda request: page.asked.append(request.url))
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.on("console", lambda line: page.complaints.append(line.text) if line.type != "log" else None)
            yield page
            await context.close()
            await browser.close()

    def in_order(self, page: Any, service: RunningService) -> None:
        assert page.complaints == []
        hosts = {urlsplit(url).netloc for url in page.asked if not url.startswith(("data:", "blob:"))}
        assert hosts == {urlsplit(service.url).netloc}

    async def summaries(self, service: RunningService) -> list[str]:
        async with service.http.get("/openapi.json") as response:
            document = json.loads(await response.text())
        return [operation["summary"] for path in document["paths"].values() for operation in path.values()]

    async def test_swagger_ui_shows_every_operation_and_tries_one(
        self, sqlite_service: RunningService, page: Any
    ) -> None:
        await page.goto(f"{sqlite_service.url}/docs")
        await page.wait_for_selector(".opblock")
        summaries = await self.summaries(sqlite_service)
        assert sorted(await page.locator(".opblock-summary-description").all_inner_texts()) == sorted(summaries)
        await page.locator("#operations-operação-get_healthz .opblock-summary").click()
        await page.get_by_role("button", name="Execute").click()
        shown = page.locator(".live-responses-table .response-col_description pre").first
        assert '"status": "ok"' in " ".join((await shown.inner_text()).split())
        self.in_order(page, sqlite_service)

    async def test_redoc_shows_every_operation_and_finds_one(self, sqlite_service: RunningService, page: Any) -> None:
        await page.goto(f"{sqlite_service.url}/redoc/")
        await page.wait_for_selector("[data-section-id]")
        shown = await page.locator("h2").all_inner_texts()
        assert set(await self.summaries(sqlite_service)) <= {text.strip() for text in shown}
        await page.get_by_role("textbox", name="Search").fill("rotation")
        await page.wait_for_selector("[data-role='search:results'] li")
        assert "Whose turn it is" in await page.locator("[data-role='search:results']").inner_text()
        self.in_order(page, sqlite_service)
