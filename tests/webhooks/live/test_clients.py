"""The example clients of docs/clients: they come back by themselves and go on where they were."""

import asyncio
import importlib.util
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import async_playwright

from tests.support.listening import PATIENCE, happen, hub, token_of, until
from tests.support.service import RunningService
from webhooks.live.readers import Ending

CLIENTS = Path(__file__).parents[3] / "docs" / "clients"
NODE = shutil.which("node")

# Reports what it hears, one JSON text a call.
_SCRIPT = """
(url, token, say) => liveEvents({
  url,
  token: () => token,
  onEvent: (event) => say(JSON.stringify(event)),
  onLost: () => say(JSON.stringify({ event: "lost" })),
  firstWait: 20,
})
"""

Hears = Callable[[], Any]


@pytest.fixture(scope="module")
def python_client() -> ModuleType:
    spec = importlib.util.spec_from_file_location("live_client", CLIENTS / "live.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def cut_off(service: RunningService) -> None:
    """Every connection ends; what happens before they are back is missed."""
    await until(lambda: len(hub(service)) == 1)
    hub(service).end_all(Ending.GOING_AWAY)


async def test_the_python_client_resumes_after_each_interruption(
    sqlite_service: RunningService, administrador: UUID, python_client: ModuleType
) -> None:
    token = token_of(sqlite_service, administrador)
    events = python_client.live_events(sqlite_service.http, sqlite_service.url, lambda: token, first_wait=0.02)
    async with asyncio.timeout(PATIENCE), aclosing(events):
        first = asyncio.ensure_future(anext(events))
        await until(lambda: len(hub(sqlite_service)) == 1)
        await happen(sqlite_service, "e0")
        heard = [await first]
        for number in (1, 2, 3):
            await cut_off(sqlite_service)
            await happen(sqlite_service, f"e{number}")
            heard.append(await anext(events))
    assert [event["event"] for event in heard] == ["e0", "e1", "e2", "e3"]


async def test_the_python_client_says_when_it_cannot_know_what_it_missed(
    sqlite_service: RunningService, administrador: UUID, python_client: ModuleType
) -> None:
    token = token_of(sqlite_service, administrador)
    events = python_client.live_events(sqlite_service.http, sqlite_service.url, lambda: token, first_wait=0.02)
    async with asyncio.timeout(PATIENCE), aclosing(events):
        first = asyncio.ensure_future(anext(events))
        await cut_off(sqlite_service)
        assert (await first)["event"] == "eventos_perdidos"


async def test_the_python_client_does_not_knock_for_ever_with_a_token_that_is_refused(
    sqlite_service: RunningService, python_client: ModuleType
) -> None:
    with pytest.raises(PermissionError):
        await anext(python_client.live_events(sqlite_service.http, sqlite_service.url, lambda: "x.y.z"))


def _node_has_websockets() -> bool:
    """Node 20 has them behind this flag, later ones have them anyway."""
    command = [str(NODE), "--experimental-websocket", "-e", "process.exit(typeof WebSocket === 'function' ? 0 : 1)"]
    return subprocess.run(command, check=False).returncode == 0


@asynccontextmanager
async def in_node(url: str, token: str, directory: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hears]:
    if NODE is None or not await asyncio.to_thread(_node_has_websockets):
        pytest.skip("no node of version 20 or later: the browser client is run in chromium only")
    shutil.copy(CLIENTS / "live.js", directory / "live.mjs")
    main = f"import {{ liveEvents }} from './live.mjs';\n({_SCRIPT})({url!r}, {token!r}, console.log);"
    (directory / "main.mjs").write_text(main)
    process = await asyncio.create_subprocess_exec(
        NODE, "--experimental-websocket", "main.mjs", cwd=directory, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    stdout = process.stdout

    async def hears() -> Any:
        return json.loads(await stdout.readline())

    try:
        yield hears
    finally:
        process.kill()
        # Read to the end, so that the pipe is closed when the loop is.
        await process.communicate()


@asynccontextmanager
async def in_chromium(url: str, token: str, directory: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hears]:
    request.getfixturevalue("driver")
    said: asyncio.Queue[str] = asyncio.Queue()
    source = (CLIENTS / "live.js").read_text().replace("export function", "function")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(request.getfixturevalue("chromium"))
        context = await browser.new_context()
        page = await context.new_page()
        await page.expose_function("say", said.put_nowait)
        await page.evaluate(f"([url, token]) => {{ {source}\n({_SCRIPT})(url, token, say); }}", [url, token])

        async def hears() -> Any:
            return json.loads(await said.get())

        yield hears
        await context.close()
        await browser.close()


@pytest.mark.parametrize("engine", [in_node, in_chromium], ids=["node", "chromium"])
async def test_the_browser_client_resumes_after_each_interruption(
    sqlite_service: RunningService, administrador: UUID, tmp_path: Path, engine: Any, request: pytest.FixtureRequest
) -> None:
    url = f"{sqlite_service.url.replace('http', 'ws', 1)}/ws/v1/events"
    token = token_of(sqlite_service, administrador)
    async with asyncio.timeout(30), engine(url, token, tmp_path, request) as hears:
        # Cut off before it heard anything, it cannot know what it missed.
        await cut_off(sqlite_service)
        assert await hears() == {"event": "lost"}
        for number in range(3):
            await happen(sqlite_service, f"e{number}", data={"texto": "João"})
            event = await hears()
            assert event == {"event": f"e{number}", "data": {"texto": "João"}, "version": "v1", "id": event["id"]}
            await cut_off(sqlite_service)
