"""Live events of Balcão in Python: comes back by itself and goes on where it was.

    async with aiohttp.ClientSession() as http:
        async for event in live_events(http, "https://balcao.example", lambda: TOKEN):
            print(event["event"], event["data"])

An event `eventos_perdidos` means that some were lost for good: read the state again before you go on.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp

LOST = {"event": "eventos_perdidos", "data": {}, "version": "v1", "id": None}
# The service pings every 30 s.
HEARTBEAT_SECONDS = 45.0
LONGEST_WAIT_SECONDS = 30.0


async def live_events(
    http: aiohttp.ClientSession,
    base_url: str,
    token: Callable[[], str],
    desde: str | None = None,
    first_wait: float = 1.0,
) -> AsyncIterator[dict[str, Any]]:
    """Every event this token may see, after the id `desde` if it is given. PermissionError when the token is refused.

    `token` is asked anew for every connection, so that it may give a fresh one when the last has expired.
    """
    wait, connected = first_wait, False
    while True:
        headers = {"Authorization": f"Bearer {token()}"}
        params = {"desde": desde} if desde else {}
        try:
            async with http.ws_connect(
                f"{base_url}/ws/v1/events", headers=headers, params=params, heartbeat=HEARTBEAT_SECONDS
            ) as ws:
                if connected and desde is None:
                    # The last connection broke before it knew its place.
                    yield LOST
                wait, connected = first_wait, True
                async for message in ws:
                    event = message.json()
                    desde = event["id"]
                    if event["event"] != "ping":
                        yield event
        except aiohttp.WSServerHandshakeError as error:
            if error.status in (401, 403, 422):
                raise PermissionError(f"refused with {error.status}") from None
        except (aiohttp.ClientError, OSError):
            # Gone for a while: a restart, or a network that changed.
            pass
        # Not all clients of a process that restarts come back in the same moment.
        await asyncio.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
