"""What live events and heartbeats are measured beside: aiohttp, redis-py and nothing else.

`POST /heartbeat` is one ZADD and a fixed answer; `GET /ws` listens; what is posted to `/say` is sent to every listener.
Nobody is asked who they are, nothing is kept, nothing is logged. What is asked and answered is as long as ours.
"""

import os
import time

from aiohttp import web
from redis.asyncio import Redis

_ANSWER = {
    "agent": "6f1e0c52-6a53-4d7e-9d53-0d1f2f2d3c11",
    "status": "offline",
    "status_message": "",
    "last_heartbeat": "2025-10-11T21:00:00Z",
    "websocket_connected": True,
    "status_changed_at": "2025-10-11T20:30:00Z",
    "is_available": False,
    "tempo_no_status_atual": 30,
    "esta_inativo": False,
}
_SOCKETS: set[web.WebSocketResponse] = set()
_REDIS = web.AppKey("redis", Redis)


async def heartbeat(request: web.Request) -> web.Response:
    """One write to memory."""
    await request.app[_REDIS].zadd("heartbeats", {request.headers["X-Person"]: time.time()}, gt=True)
    return web.json_response(_ANSWER)


async def listen(request: web.Request) -> web.WebSocketResponse:
    """One that only hears."""
    ws = web.WebSocketResponse(compress=False)
    await ws.prepare(request)
    _SOCKETS.add(ws)
    async for _ in ws:
        pass
    _SOCKETS.discard(ws)
    return ws


async def say(request: web.Request) -> web.Response:
    """The same sends, one after the other."""
    text = await request.text()
    for ws in _SOCKETS:
        await ws.send_str(text)
    return web.Response()


async def _redis(app: web.Application) -> None:
    app[_REDIS] = Redis.from_url(os.environ["REDIS_URL"])


def main() -> None:
    app = web.Application()
    app.on_startup.append(_redis)
    app.add_routes([web.post("/heartbeat", heartbeat), web.get("/ws", listen), web.post("/say", say)])
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)


if __name__ == "__main__":
    main()
