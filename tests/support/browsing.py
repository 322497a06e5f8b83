"""A real browser for the tests of the sandbox's page: one Chromium a session, a fresh profile for each page.

`pytest_plugins` in tests/conftest.py brings the fixtures. Without a Chromium on the machine the tests
that ask for one are skipped and say so; `.ci/run` installs Debian's.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, async_playwright, expect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP = {"width": 1440, "height": 900}
POCKET = {"width": 390, "height": 800}
# No sandbox of its own: tests may run as root. The microphone is Chromium's, which beeps.
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
)  # fmt: skip

# The driver, in Node, else compiles itself anew each time.
os.environ.setdefault("NODE_COMPILE_CACHE", str(Path(tempfile.gettempdir()) / "balcao-node"))

Opened = Callable[[str], AbstractAsyncContextManager[Page]]


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Chromium's remote control."""
    program = find_chromium()
    if program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    profile = tmp_path_factory.mktemp("chromium")
    command = [program, *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield _address(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            assert process.stderr is not None
            process.stderr.close()


def find_chromium() -> str | None:
    """The path of the browser, if there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if "DevTools listening on " in line:
            # Nobody reads what else it says, and it must not wait for a reader.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return line.partition("DevTools listening on ")[2].strip()
    raise AssertionError("Chromium ended before it listened")


@pytest.fixture
async def opened(chromium: str, driver: None) -> AsyncIterator[Opened]:
    """`async with opened(url) as page`: in Portuguese, light, as wide as a desktop.

    At the end nothing may be on the console, and nothing may have been asked of another host.
    """
    expect.set_options(timeout=15_000)
    async with async_playwright() as player:
        browser = await player.chromium.connect_over_cdp(chromium)

        @asynccontextmanager
        async def opened(url: str) -> AsyncIterator[Page]:
            context = await browser.new_context(
                locale="pt-BR", color_scheme="light", viewport=DESKTOP, reduced_motion="reduce"
            )
            await context.grant_permissions(["clipboard-read", "clipboard-write", "microphone"])
            context.set_default_timeout(15_000)
            page = await context.new_page()
            complaints = _listen(page, url)
            await page.goto(url)
            await page.locator(".panel.phone").first.wait_for()
            yield page
            await context.close()
            assert complaints == []

        yield opened
        await browser.close()


def _listen(page: Page, url: str) -> list[str]:
    """What the page complains about, and what it asks of anybody but us."""
    complaints: list[str] = []
    ours = (url, f"blob:{url}")
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("request", lambda request: None if request.url.startswith(ours) else complaints.append(request.url))
    return complaints


def phone_of(page: Page, name: str) -> Locator:
    """The phone of that person on the page."""
    return page.locator(f".panel.phone[aria-label^='{name}']")


def box_of(phone: Locator) -> Locator:
    """Where that person types."""
    return phone.get_by_role("textbox", name="Mensagem", exact=True)


async def inaccessible(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong with the page as it is now, by these of its rules or all: rule, and what first breaks it."""
    chosen = {"runOnly": list(rules)} if rules else {}
    found = await Axe().run(page, options={"resultTypes": ["violations"], **chosen})
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found.response["violations"]]


async def picked(page: Page, path: Path, opener: Locator) -> None:
    """Choose that file in the dialog that the opener opens."""
    async with page.expect_file_chooser() as chooser:
        await opener.click()
    await (await chooser.value).set_files(path)
