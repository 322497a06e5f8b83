"""Addresses of the panel as browsers, programs and people use them, and what its answers say of themselves."""

from collections.abc import AsyncIterator

import pytest

from tests.support.painel import Browser, browser_of
from tests.support.service import RunningService


@pytest.fixture
async def rita(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """An administrator in the panel."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador("Rita Prado", "5531988807001"))
        yield browser


@pytest.mark.falha(586)
@pytest.mark.parametrize(
    "path", ["/painel/processos", "/painel/processos.csv", "/painel/processos.xlsx", "/painel/nada"]
)
async def test_no_answer_of_the_panel_is_kept_by_anybody(rita: Browser, path: str) -> None:
    async with rita.http.get(path) as response:
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "frame-ancestors" in response.headers["Content-Security-Policy"]


@pytest.mark.falha(588)
@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("PUT", "/painel/processos", {"GET"}), ("GET", "/painel/sair", {"POST"}), ("DELETE", "/painel", {"GET"})],
)
async def test_a_method_that_a_page_has_not_is_told_which_it_has(
    rita: Browser, method: str, path: str, allowed: set[str]
) -> None:
    async with rita.http.request(method, path, allow_redirects=False) as response:
        assert response.status == 405
        assert set(response.headers["Allow"].replace(" ", "").split(",")) - {"HEAD"} == allowed


@pytest.mark.falha(588)
@pytest.mark.parametrize("hung_on", ["utm_source=mail&utm_medium=x", "fbclid=IwAR0", "gclid=1&_gl=2", "mc_cid=1"])
async def test_what_others_hang_on_to_a_link_is_no_filter(rita: Browser, hung_on: str) -> None:
    assert "Processos" in await rita.sees(f"/painel/processos?{hung_on}&busca=a")
    await rita.sees(f"/painel/processos?{hung_on}&xyz=1", 422)
