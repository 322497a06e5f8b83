"""Whoever connects in the moment in which the sandbox lets go of its port."""

import asyncio
import socket
from contextlib import suppress

import pytest
from yarl import URL

from sandbox import Sandbox


@pytest.mark.parametrize("steps", range(5))
async def test_who_is_accepted_while_it_stops_is_sent_away(steps: int) -> None:
    """However many steps the loop has taken since: asyncio (3.11) forgets them, and they would wait for ever."""
    sandbox = Sandbox()
    await sandbox.start()
    port = URL(sandbox.url).port
    with socket.socket() as client:
        client.setblocking(False)
        with suppress(BlockingIOError):
            client.connect(("127.0.0.1", port))
        for _ in range(steps):
            await asyncio.sleep(0)
        await sandbox.stop()
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                assert await asyncio.get_running_loop().sock_recv(client, 1) == b""
