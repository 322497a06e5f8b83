"""`balcao up` killed or told to stop in the middle: what was said before is said once it is back."""

import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from sandbox import Phone, Sandbox
from tests.support.programs import STOP_SECONDS, Program, running, up_environment

ADMIN = ("Adm Silva", "5531988809000")
Up = Callable[[], AbstractAsyncContextManager[Program]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def up(sandbox: Sandbox, tmp_path: Path) -> Up:
    """`async with up()`: the service on its own engines, started, with the tests' providers around it."""
    environment = up_environment() | sandbox.settings() | {"ADMIN_TELEFONES": ADMIN[1]}

    @asynccontextmanager
    async def start() -> AsyncIterator[Program]:
        async with running("up", environment=environment, cwd=tmp_path) as program:
            await program.says("Balcão: ")
            await sandbox.whatsapp.connect(f"http://127.0.0.1:{environment['PORT']}/webhooks/whatsapp")
            yield program

    return start


async def asks(phone: Phone, text: str) -> None:
    """Says it, and knows that the service has it: the turn is committed."""
    await (await phone.says(text)).accepted()


def times_shown(phone: Phone, fragment: str) -> int:
    return sum(bubble.shows(fragment) for bubble in phone.screen if not bubble.mine)


@pytest.mark.falha(58)
async def test_what_was_committed_and_not_sent_at_kill_9_is_sent_after_the_restart(sandbox: Sandbox, up: Up) -> None:
    adm = sandbox.whatsapp.phone(*ADMIN)
    async with up() as program:
        sandbox.whatsapp.faults.hang = True
        await asks(adm, "POOL")
        # The first call, our sign that we have read it, gets no answer; the message behind it is not sent yet.
        await sandbox.whatsapp.calls.wait_for("read")
        await program.dies()
    assert times_shown(adm, "acessos livres") == 0
    sandbox.whatsapp.faults.hang = False
    async with up() as program:
        await adm.sees("acessos livres")
        await asks(adm, "AJUDA")
        await adm.sees("POOL")
        assert times_shown(adm, "acessos livres") == 1
        await program.stops()


@pytest.mark.falha(59)
async def test_what_was_sent_and_not_marked_at_kill_9_is_sent_at_most_once_more(sandbox: Sandbox, up: Up) -> None:
    ana = sandbox.telegram.phone("Ana Souza", "5531988804000")
    async with up() as program:
        sandbox.telegram.faults.hang = True
        await asks(ana, "/start")
        await sandbox.telegram.calls.wait_for("sendMessage")
        await program.dies()
        # Telegram goes on with what it was given, and nobody is there any more to hear that it did.
        sandbox.telegram.faults.hang = False
        await ana.sees("Compartilhar meu telefone")
    async with up() as program:
        await sandbox.telegram.calls.wait_for("sendMessage", 2)
        await asks(ana, "AJUDA")
        await sandbox.telegram.calls.wait_for("sendMessage", 3)
        await ana.quiet()
        assert len(sandbox.telegram.calls.of("sendMessage")) == 3
        await program.stops()


@pytest.mark.falha(60)
async def test_sigterm_lets_the_call_being_made_finish_and_the_rest_is_made_after_the_restart(
    sandbox: Sandbox, up: Up
) -> None:
    ana = sandbox.telegram.phone("Ana Souza", "5531988804000")
    async with up() as program:
        sandbox.telegram.faults.hang = True
        await asks(ana, "/start")
        await sandbox.telegram.calls.wait_for("sendMessage")
        await asks(ana, "AJUDA")
        program.send(signal.SIGTERM)
        await program.says('"event": "stopping"')
        sandbox.telegram.faults.hang = False
        assert await program.ended() == 0
    assert len(sandbox.telegram.calls.of("sendMessage")) == 1
    async with up() as program:
        await sandbox.telegram.calls.wait_for("sendMessage", 2)
        await ana.quiet()
        assert len(sandbox.telegram.calls.of("sendMessage")) == 2
        await program.stops()


@pytest.mark.falha(60)
async def test_sigterm_ends_within_25_s_even_when_a_call_never_does(sandbox: Sandbox, up: Up) -> None:
    adm = sandbox.whatsapp.phone(*ADMIN)
    async with up() as program:
        sandbox.whatsapp.faults.hang = True
        await asks(adm, "POOL")
        await sandbox.whatsapp.calls.wait_for("read")
        await program.stops(timeout=STOP_SECONDS)
    sandbox.whatsapp.faults.hang = False
    async with up() as program:
        await adm.sees("acessos livres")
        await program.stops()
