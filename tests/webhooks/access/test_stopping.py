"""Whoever connects in the moment in which the service lets go of its port."""

import asyncio
import socket
from contextlib import suppress

import pytest
from aiohttp import web

from webhooks.http.connections import let_in_no_more


@pytest.mark.parametrize("steps", range(5))
async def test_who_is_accepted_while_the_server_stops_is_sent_away(steps: int) -> None:
    """However many steps the loop has taken since; their socket was left open, and a later test was blamed for it."""
    runner = web.AppRunner(web.Application(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    with socket.socket() as client:
        client.setblocking(False)
        with suppress(BlockingIOError):
            client.connect(runner.addresses[0])
        for _ in range(steps):
            await asyncio.sleep(0)
        await let_in_no_more(runner)
        await runner.cleanup()
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                assert await asyncio.get_running_loop().sock_recv(client, 1) == b""
