"""Draws the README's picture: `balcao up` in an empty folder, and two sales played on its page.

    python -m tests.support.pictures            # writes docs/sandbox.png

It needs Chromium, and takes half a minute because the robots take their time.
"""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Locator, Page, async_playwright, expect

from tests.support.browsing import box_of, find_chromium, phone_of

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "sandbox.png"
SIZE = {"width": 1440, "height": 900}
ANSWERS = ("30140-071", "529.982.247-25")


async def draw() -> None:
    """Play the scene and take its picture."""
    async with _running() as url, _page(url) as page:
        ana, bruno = phone_of(page, "Ana"), phone_of(page, "Bruno")
        await page.get_by_role("tab", name="Robôs").click()
        await bruno.get_by_role("button", name="INICIAR").click()
        await bruno.get_by_role("button", name="Compartilhar meu telefone").click()
        await bruno.get_by_role("dialog").get_by_role("button", name="Compartilhar").click()
        await expect(bruno.get_by_text("O que você quer fazer")).to_be_visible()
        await _sell(bruno)
        await bruno.get_by_role("button", name="500 Mega").click()
        await bruno.get_by_role("button", name="Manhã").click()
        await expect(bruno.get_by_text("Venda concluída!")).to_be_visible()
        await _sell(ana)
        await ana.get_by_role("button", name="Escolher").click()
        await ana.get_by_role("radio", name="500 Mega").check()
        await page.mouse.move(0, 0)
        await page.screenshot(path=PICTURE)


async def _sell(phone: Locator) -> None:
    """From VENDER to the question which plan it is."""
    await phone.get_by_role("button", name="VENDER", exact=True).click()
    await phone.get_by_role("button", name="SIM", exact=True).click()
    for question, answer in zip(("CEP da instalação", "CPF do cliente"), ANSWERS, strict=True):
        await expect(phone.get_by_text(question)).to_be_visible()
        await box_of(phone).fill(answer)
        await box_of(phone).press("Enter")
    await expect(phone.get_by_text("Qual plano o cliente escolheu?")).to_be_visible()


@asynccontextmanager
async def _page(url: str) -> AsyncIterator[Page]:
    expect.set_options(timeout=30_000)
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page(viewport=SIZE, locale="pt-BR", color_scheme="light", reduced_motion="reduce")
        await page.goto(url)
        yield page
        await browser.close()


@asynccontextmanager
async def _running() -> AsyncIterator[str]:
    """`balcao up` in a folder of its own; the address of its page."""
    with TemporaryDirectory() as folder:
        ports = {"PORT": str(_free_port()), "SANDBOX_PORT": str(_free_port())}
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LOG_LEVEL": "ERROR", **ports}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "up", cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE
        )
        try:
            yield await _address(process)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    while line := (await process.stdout.readline()).decode():
        if line.startswith("Sandbox: "):
            return line.removeprefix("Sandbox: ").strip()
    raise RuntimeError("balcao up ended before it was ready")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    asyncio.run(draw())
