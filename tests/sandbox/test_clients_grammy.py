"""grammY, unmodified, talks to the stand-in of the Bot API: by long polling and with its own webhook."""

import asyncio
import os
import shutil
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent / "grammy"
NODE, NPM = shutil.which("node"), shutil.which("npm")
# What npm says when it cannot reach its registry.
OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH")

pytestmark = pytest.mark.skipif(NODE is None or NPM is None, reason="needs node and npm to run grammY")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """The bot with the packages of its lock file."""
    folder = tmp_path_factory.mktemp("grammy")
    for path in PROJECT.iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    done = subprocess.run(
        [NPM, "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True, timeout=180, check=False
    )
    if done.returncode and any(word in done.stderr for word in OFFLINE):
        pytest.skip("npm ci needs the registry (or its cache) for grammY")
    assert done.returncode == 0, done.stderr
    return folder


@asynccontextmanager
async def _bot(sandbox, project, mode):
    settings = sandbox.settings()
    environment = {
        "PATH": os.environ["PATH"],
        "API_ROOT": settings["TELEGRAM_API_URL"],
        "TOKEN": settings["TELEGRAM_BOT_TOKEN"],
        "MODE": mode,
        "SECRET": "segredo-do-webhook",
    }
    process = await asyncio.create_subprocess_exec(
        NODE, "bot.mjs", cwd=project, env=environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(30):
            assert (await process.stdout.readline()).startswith(b"ready")
        yield
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_grammy_greets_handles_the_tap_and_sends_the_file_back(sandbox, project, mode):
    ana = sandbox.telegram.phone("Ana Souza", "5531988804000")
    async with _bot(sandbox, project, mode):
        await ana.says("oi")
        assert (await ana.sees("Olá, Ana")).buttons == [["SIM", "NÃO"]]
        await ana.taps("SIM")
        assert (await ana.sees("Anotado")).kind == "toast"
        assert (await ana.sees("Confirmado")).keyboard == ()
        await ana.sends_document("contrato.pdf", b"%PDF-1.4")
        copy = await ana.sees("8 bytes")
        assert (copy.file.name, copy.document, copy.quote) == ("copia-contrato.pdf", b"%PDF-1.4", "contrato.pdf")
        await ana.sends_sticker()
        await ana.sees("400 Bad Request: message is too long")
        assert sandbox.telegram.connected == (mode == "webhook")
        await sandbox.telegram.settled()
