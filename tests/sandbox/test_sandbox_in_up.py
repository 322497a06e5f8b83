"""The sandbox where people meet it: beside `balcao up`. And where nobody ever does: in production."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from sandbox import Sandbox
from tests.support.panel import Page, page_of
from tests.support.programs import Program, running, up_environment


@asynccontextmanager
async def up_with_page(cwd: Path) -> AsyncIterator[tuple[Program, Page]]:
    environment = up_environment()
    async with running("up", environment=environment, cwd=cwd) as up:
        await up.says("Sandbox: ")
        async with page_of(f"http://127.0.0.1:{environment['SANDBOX_PORT']}") as page:
            await page.post("stories/pace", pace=0)
            yield up, page


async def test_a_story_the_clock_and_a_restart_of_redis(tmp_path: Path) -> None:
    async with up_with_page(tmp_path) as (up, page):
        assert [story["key"] for story in page.told["stories"]][:3] == ["venda", "fila", "presenca"]
        assert (await page.plays("venda"))["status"] == "done"

        await page.post("controls/clock", seconds=31 * 60)
        await page.shows("controls", clock={"ahead": 31 * 60, "zone": "America/Sao_Paulo"})
        assert (await page.plays("presenca"))["status"] == "done"

        assert page.told["controls"]["redis"]
        await page.post("controls/redis")
        assert (await page.plays("fila"))["status"] == "done"
        await page.shows_pool(livres=2, na_fila=0, em_uso=[])
        complaints = [line for line in up.err if "listening to the broker" in line]
        assert len(complaints) < 10, "while Redis is away it is looked for now and then, and not all the time"
        await up.stops()


async def test_what_a_crash_left_open_stands_in_no_storys_way(tmp_path: Path) -> None:
    async with up_with_page(tmp_path) as (up, page):
        await page.post("controls/clock", seconds=60)
        await page.post("stories/fila/play")
        await page.shows("story", step=2)
        await up.dies()
    async with up_with_page(tmp_path) as (_, page):
        assert page.told["controls"]["pool"]["livres"] == 0
        assert page.told["controls"]["clock"]["ahead"] == 60, "the service's time never goes back"
        end = await page.plays("fila")
        assert end["problem"] is None
        assert end["status"] == "done"


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_with_a_token_there_is_no_sandbox(tmp_path: Path, channel: str) -> None:
    """These are the settings of a channel elsewhere: here another sandbox, in production the real one."""
    elsewhere = Sandbox()
    await elsewhere.start()
    environment = up_environment()
    environment |= {name: value for name, value in elsewhere.settings().items() if name.startswith(channel.upper())}
    async with running("up", environment=environment, cwd=tmp_path) as up:
        await up.says("Balcão: ")
        await up.says('"listening"')
        async with aiohttp.ClientSession() as http:
            with pytest.raises(aiohttp.ClientConnectorError):
                await http.get(f"http://127.0.0.1:{environment['SANDBOX_PORT']}")
        await up.stops()
        assert up.out == [f"Balcão: http://127.0.0.1:{environment['PORT']}"]
    await elsewhere.stop()
